#include "folder.h"
#include "arena.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const folder_files[] = {
	"documents.csv", "facts.csv", "panel_long.csv", "panel.csv", "findings.csv", "problems.csv",
	"codebook.csv", "gongwen.sqlite", "datapackage.json", "report.html", NULL
};

static bool fail(struct folder *f, const char *fmt, const char *what)
{
	if (!f->error[0])
		snprintf(f->error, sizeof f->error, fmt, what, strerror(errno));
	return false;
}

static bool is_ours(const char *name)
{
	for (int i = 0; folder_files[i]; i++)
		if (strcmp(name, folder_files[i]) == 0)
			return true;
	return false;
}

/* A datapackage.json that aggregate wrote has its mark near its start. */
static bool has_mark(const char *folder)
{
	char path[PATH_MAX], start[4096];

	snprintf(path, sizeof path, "%s/datapackage.json", folder);
	FILE *in = fopen(path, "r");
	if (!in)
		return false;
	size_t n = fread(start, 1, sizeof start - 1, in);
	fclose(in);
	start[n] = '\0';
	return strstr(start, "\"gongwen\":") != NULL;
}

static bool may_replace(struct folder *f)
{
	DIR *d = opendir(f->target);
	struct dirent *e;
	bool any = false;

	if (!d)
		return errno == ENOENT || fail(f, errno == ENOTDIR ? "%s is not a folder" : "cannot open %s: %s", f->target);
	while ((e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		any = true;
		if (!is_ours(e->d_name)) {
			snprintf(f->error, sizeof f->error,
				"%s holds '%s', which is none of a dataset's files: give an empty folder or a dataset", f->target, e->d_name);
			closedir(d);
			return false;
		}
	}
	closedir(d);
	if (any && !has_mark(f->target)) {
		snprintf(f->error, sizeof f->error, "%s is not a dataset that aggregate made: give an empty folder", f->target);
		return false;
	}
	return true;
}

static void remove_folder(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *e;

	if (!d)
		return;
	while ((e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			unlinkat(dirfd(d), e->d_name, 0);
	closedir(d);
	rmdir(path);
}

/* What killed runs left beside the target: names end in the dead process's id. */
static void clear_leftovers(const char *parent, const char *prefix)
{
	DIR *d = opendir(parent);
	struct dirent *e;
	size_t n = strlen(prefix);
	char path[PATH_MAX];

	if (!d)
		return;
	while ((e = readdir(d)) != NULL) {
		if (strncmp(e->d_name, prefix, n) != 0)
			continue;
		long pid = strtol(e->d_name + n, NULL, 10);
		if (pid <= 1 || (kill((pid_t)pid, 0) == 0 || errno != ESRCH))
			continue;
		if (snprintf(path, sizeof path, "%s/%s", parent, e->d_name) < (int)sizeof path)
			remove_folder(path);
	}
	closedir(d);
}

bool folder_begin(struct folder *f, const char *target)
{
	size_t n = strlen(target);
	char prefix[NAME_MAX + 1], path[PATH_MAX];

	memset(f, 0, sizeof *f);
	while (n > 1 && target[n - 1] == '/')
		n--;
	f->target = xstrndup(target, n);
	if (!n || strcmp(f->target, "/") == 0 || strcmp(f->target, ".") == 0 || strcmp(f->target, "..") == 0) {
		snprintf(f->error, sizeof f->error, "-o takes the name of a folder of its own, not '%s'", target);
		return false;
	}
	if (!may_replace(f))
		return false;
	char *slash = strrchr(f->target, '/');
	const char *name = slash ? slash + 1 : f->target;
	char *parent = slash ? xstrndup(f->target, slash == f->target ? 1 : (size_t)(slash - f->target)) : xstrndup(".", 1);
	if (snprintf(prefix, sizeof prefix, ".%s.gongwen-", name) >= (int)sizeof prefix
	    || snprintf(path, sizeof path, "%s/%s%ld", parent, prefix, (long)getpid()) >= (int)sizeof path) {
		errno = ENAMETOOLONG;
		free(parent);
		return fail(f, "%s: %s", target);
	}
	clear_leftovers(parent, prefix);
	f->parent = parent;
	f->planned = xstrndup(path, strlen(path));
	return true;
}

bool folder_make(struct folder *f)
{
	if (mkdir(f->planned, 0777) != 0)
		return fail(f, "cannot make %s: %s", f->planned);
	f->temporary = f->planned;
	f->planned = NULL;
	return true;
}

static void sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

bool folder_swap(struct folder *f)
{
	sync_folder(f->temporary);
	if (mkdir(f->target, 0777) != 0 && errno != EEXIST)
		return fail(f, "cannot make %s: %s", f->target);
	if (renameat2(AT_FDCWD, f->temporary, AT_FDCWD, f->target, RENAME_EXCHANGE) == 0) {
		remove_folder(f->temporary);    /* the old one, now under this name */
	} else if (errno == EINVAL || errno == ENOSYS) {
		/* a file system that cannot exchange: two steps, the old one kept aside between them */
		char aside[PATH_MAX];
		snprintf(aside, sizeof aside, "%s.old", f->temporary);
		if (rename(f->target, aside) != 0)
			return fail(f, "cannot replace %s: %s", f->target);
		if (rename(f->temporary, f->target) != 0) {
			fail(f, "cannot replace %s: %s", f->target);
			if (rename(aside, f->target) != 0)
				fail(f, "cannot put %s back: %s", f->target);
			return false;
		}
		remove_folder(aside);
	} else {
		return fail(f, "cannot replace %s: %s", f->target);
	}
	free(f->temporary);
	f->temporary = NULL;
	return true;
}

void folder_end(struct folder *f)
{
	if (f->temporary)
		remove_folder(f->temporary);
	free(f->temporary);
	free(f->planned);
	free(f->parent);
	free(f->target);
}
