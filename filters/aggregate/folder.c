#include "folder.h"
#include "arena.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

const char *const folder_files[] = {
	"documents.csv", "facts.csv", "panel_long.csv", "panel.csv", "findings.csv",
	"problems.csv", "codebook.csv", "changes.csv", "targets.csv", "coverage.csv", "ranks.csv",
	"conflicts.csv", "candidates.csv", "outliers.csv", "duplicates.csv", "publication.csv",
	"breaks.csv", "verdicts.csv", FOLDER_DATABASE, FOLDER_WORKBOOK, FOLDER_STATA, FOLDER_STATA_LONG,
	FOLDER_PAGE, FOLDER_PACKAGE, NULL
};

/* What this program leaves in a folder while it builds, besides. */
static const char *const helpers[] = {"sort", FOLDER_DATABASE "-journal", NULL};

enum { STALE_SECONDS = 60, PACKAGE_MOST = 64 << 20 };

/* The folder that is being built, for the signal handler and for exit: the one thing
 * that lives outside of main, since neither takes an argument and exit comes after it. */
static struct {
	volatile sig_atomic_t on;
	int fd;
	const char *temp;
} building;

/* Removes the files of ours; only calls that a signal handler may make. */
static void empty(int fd)
{
	for (int i = 0; folder_files[i]; i++)
		unlinkat(fd, folder_files[i], 0);
	for (int i = 0; helpers[i]; i++)
		unlinkat(fd, helpers[i], 0);
}

static void discard(void)
{
	if (!building.on)
		return;
	building.on = false;
	empty(building.fd);
	rmdir(building.temp);
}

static void on_signal(int number)
{
	discard();
	signal(number, SIG_DFL);
	raise(number);
}

static bool fail(struct folder *f, const char *what, const char *path)
{
	int e = errno;
	snprintf(f->error, sizeof f->error, "%s %s: %s", what, path, strerror(e));
	return false;
}

static bool is_one_of(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

/* The package of a folder, NUL-terminated; NULL where it has none that is ours. */
static char *package_read(int dir)
{
	struct stat st;
	int fd = openat(dir, FOLDER_PACKAGE, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char *s = NULL;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= PACKAGE_MOST) {
		size_t n = 0;
		ssize_t k = 1;
		s = xmalloc((size_t)st.st_size + 1);
		while (n < (size_t)st.st_size && (k = read(fd, s + n, (size_t)st.st_size - n)) > 0)
			n += (size_t)k;
		s[n] = '\0';
	}
	close(fd);
	if (s && !strstr(s, FOLDER_MARK)) {
		free(s);
		s = NULL;
	}
	return s;
}

/* Is NAME a file that the package lists, the package, or what SQLite leaves beside
 * a database that is open? */
static bool is_listed(const char *package, const char *name)
{
	char entry[NAME_MAX + 16];

	if (strcmp(name, FOLDER_PACKAGE) == 0)
		return true;
	if (strncmp(name, FOLDER_DATABASE "-", sizeof FOLDER_DATABASE) == 0)
		return true;
	snprintf(entry, sizeof entry, "\"path\": \"%s\"", name);
	return strstr(package, entry) != NULL;
}

/* May the folder be replaced? */
static bool target_check(struct folder *f)
{
	DIR *dir = opendir(f->target);
	char *package = NULL;
	bool good = true;

	if (!dir)
		return errno == ENOENT || fail(f, "cannot use", f->given);
	package = package_read(dirfd(dir));
	for (struct dirent *e; good && (e = readdir(dir));) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		good = package && is_listed(package, e->d_name);
		if (!good && strcmp(e->d_name, FOLDER_PACKAGE) == 0)
			snprintf(f->error, sizeof f->error, "%s is a data package that aggregate did not make", f->given);
		else if (!good)
			snprintf(f->error, sizeof f->error, "%s holds '%s', which is no part of a dataset: "
				"give a new or empty folder, or a dataset that aggregate made", f->given, e->d_name);
	}
	free(package);
	closedir(dir);
	return good;
}

static bool target_resolve(struct folder *f, const char *path)
{
	char *copy = xstrndup(path, strlen(path)), *again = xstrndup(path, strlen(path));
	char *real = realpath(path, NULL);

	if (real) {
		f->target = real;
		free(copy);
		copy = xstrndup(real, strlen(real));
		f->parent = xstrndup(dirname(copy), strlen(copy));
	} else if (errno == ENOENT && path[0]) {
		f->parent = realpath(dirname(copy), NULL);
		const char *name = basename(again);
		if (!f->parent || asprintf(&f->target, "%s/%s", strcmp(f->parent, "/") ? f->parent : "", name) < 0)
			fail(f, "cannot make", path);
	} else {
		fail(f, "cannot use", path[0] ? path : "''");
	}
	free(copy);
	free(again);
	return !f->error[0];
}

/* Removes what a killed run left beside the target: nobody holds its lock, it is not
 * quite new, and nothing is in it but files of ours. */
static void stale_remove(const char *path)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	bool ours = dir && fstat(fd, &st) == 0 && st.st_uid == geteuid()
		&& time(NULL) - st.st_mtime > STALE_SECONDS && flock(fd, LOCK_EX | LOCK_NB) == 0;

	for (struct dirent *e; ours && (e = readdir(dir));)
		ours = e->d_name[0] == '.' || is_one_of(folder_files, e->d_name) || is_one_of(helpers, e->d_name);
	if (ours) {
		empty(fd);
		rmdir(path);
	}
	if (dir)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
}

static void stale_find(const struct folder *f)
{
	const char *name = strrchr(f->target, '/') + 1;
	size_t n = strlen(name);
	DIR *dir = opendir(f->parent);

	if (!dir)
		return;
	for (struct dirent *e; (e = readdir(dir));) {
		char *path;
		if (strncmp(e->d_name, name, n) != 0 || strncmp(e->d_name + n, ".tmp-", 5) != 0
		    || strlen(e->d_name + n) != 11 || asprintf(&path, "%s/%s", f->parent, e->d_name) < 0)
			continue;
		stale_remove(path);
		free(path);
	}
	closedir(dir);
}

static const int ends[] = {SIGHUP, SIGINT, SIGTERM, SIGXCPU};
enum { ENDS = sizeof ends / sizeof *ends };

static void watch_ends(struct folder *f)
{
	struct sigaction act = {.sa_handler = on_signal}, old;

	building.fd = f->fd;
	building.temp = f->temp;
	building.on = true;
	atexit(discard);
	for (int i = 0; i < ENDS; i++)
		if (sigaction(ends[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(ends[i], &act, NULL);
	signal(SIGXFSZ, SIG_IGN);       /* too large a file is an error of write(2) */
}

/* Makes the folder that is being built, and sees to it that it goes whatever ends the program. */
static bool temp_make(struct folder *f)
{
	sigset_t held, before;

	/* a signal that came between both would leave it behind */
	sigemptyset(&held);
	for (int i = 0; i < ENDS; i++)
		sigaddset(&held, ends[i]);
	sigprocmask(SIG_BLOCK, &held, &before);
	bool made = asprintf(&f->temp, "%s.tmp-XXXXXX", f->target) >= 0 && mkdtemp(f->temp);
	if (!made) {
		fail(f, "cannot make a folder beside", f->given);
	} else if ((f->fd = open(f->temp, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) {
		fail(f, "cannot open", f->temp);
		rmdir(f->temp);
	} else {
		watch_ends(f);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return f->fd >= 0;
}

bool folder_open(struct folder *f, const char *path)
{
	mode_t mask = umask(0);

	umask(mask);
	*f = (struct folder){.given = path, .fd = -1};
	if (!target_resolve(f, path) || !target_check(f))
		return false;
	stale_find(f);
	if (!temp_make(f))
		return false;
	(void)flock(f->fd, LOCK_EX | LOCK_NB);
	if (fchmod(f->fd, 0777 & ~mask) != 0)
		return fail(f, "cannot change", f->temp);
	return true;
}

/* Puts temp in the place of a folder that is there; the old one comes to stand at
 * temp. Two renames where the file system cannot exchange. */
static bool exchange(struct folder *f)
{
	char *aside;
	bool done = false;

	if (renameat2(AT_FDCWD, f->temp, AT_FDCWD, f->target, RENAME_EXCHANGE) == 0)
		return true;
	if ((errno != EINVAL && errno != ENOSYS && errno != ENOTSUP) || asprintf(&aside, "%s.old", f->temp) < 0)
		return fail(f, "cannot replace", f->given);
	if (rename(f->target, aside) != 0) {
		fail(f, "cannot replace", f->given);
	} else if (rename(f->temp, f->target) != 0) {
		fail(f, "cannot replace", f->given);
		if (rename(aside, f->target) != 0)
			fail(f, "the old dataset now stands at", aside);
	} else {
		done = rename(aside, f->temp) == 0 || fail(f, "the old dataset now stands at", aside);
	}
	free(aside);
	return done;
}

/* Removes the old dataset, which was checked to hold nothing else. */
static void old_remove(struct folder *f)
{
	DIR *dir = opendir(f->temp);

	if (!dir)
		return;
	for (struct dirent *e; (e = readdir(dir));)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			unlinkat(dirfd(dir), e->d_name, 0);
	closedir(dir);
	rmdir(f->temp);
}

static void sync_parent(const struct folder *f)
{
	int fd = open(f->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

bool folder_commit(struct folder *f)
{
	sigset_t all, before;
	bool done;

	if (fsync(f->fd) != 0)
		return fail(f, "cannot write", f->temp);
	/* somebody may have put a file there in the meantime */
	if (!target_check(f))
		return false;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	bool there = access(f->target, F_OK) == 0;
	if (there)
		done = exchange(f);
	else
		done = rename(f->temp, f->target) == 0 || fail(f, "cannot make", f->given);
	if (done)
		building.on = false;
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (!done)
		return false;
	sync_parent(f);
	if (there)
		old_remove(f);
	return true;
}

bool folder_add(struct folder *f, const char *path, const char *name)
{
	int from = open(path, O_RDONLY | O_CLOEXEC);
	int to = from < 0 ? -1 : openat(f->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	char room[1 << 16];
	ssize_t n = -1;

	while (to >= 0 && (n = read(from, room, sizeof room)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		for (ssize_t done = 0, k; done < n; done += k)
			if ((k = write(to, room + done, (size_t)(n - done))) < 0) {
				if (errno != EINTR) {
					n = -1;
					break;
				}
				k = 0;
			}
		if (n < 0)
			break;
	}
	bool good = (n == 0 && fsync(to) == 0) || fail(f, "cannot take", path);
	if (from >= 0)
		close(from);
	if (to >= 0 && close(to) != 0 && good)
		good = fail(f, "cannot take", path);
	return good;
}

void folder_free(struct folder *f)
{
	discard();
	if (f->fd >= 0)
		close(f->fd);
	free(f->target);
	free(f->parent);
	free(f->temp);
	f->fd = -1;
}
