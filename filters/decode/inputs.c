#include "inputs.h"
#include "arena.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_MOST = 64 << 10 };          /* bytes of a name in a list */

struct entry {
	char *name;
	bool folder;
	int error;              /* why it cannot be read, 0 where it can */
};

struct folder {
	struct folder *parent;
	char *path;
	struct entry *items;
	size_t n, cap, next;
	dev_t dev;              /* to know a loop of symbolic links */
	ino_t ino;
};

void inputs_open(struct inputs *in, const struct cli *cli, const char *list, char separator)
{
	*in = (struct inputs){.cli = cli, .list_name = list, .separator = separator};
	if (list)
		in->list = strcmp(list, "-") == 0 ? stdin : fopen(list, "re");
	if (list && !in->list)
		cli_die(cli, "--files-from: cannot open %s: %s", list, strerror(errno));
}

static void folder_free(struct folder *d)
{
	for (size_t i = 0; i < d->n; i++)
		free(d->items[i].name);
	free(d->items);
	free(d->path);
	free(d);
}

void inputs_close(struct inputs *in)
{
	while (in->open) {
		struct folder *d = in->open;
		in->open = d->parent;
		folder_free(d);
	}
	if (in->list && in->list != stdin)
		fclose(in->list);
	free(in->line);
	free(in->path);
}

static char *path_join(const char *folder, const char *name)
{
	size_t n = strlen(folder), k = strlen(name);
	char *s = xmalloc(n + k + 2);

	memcpy(s, folder, n);
	if (n > 0 && folder[n - 1] != '/')
		s[n++] = '/';
	memcpy(s + n, name, k + 1);
	return s;
}

/* Orders names as their whole paths order: a folder's name goes on with '/'. */
static int entry_order(const void *pa, const void *pb)
{
	const struct entry *ea = pa, *eb = pb;
	const unsigned char *a = (const unsigned char *)ea->name, *b = (const unsigned char *)eb->name;

	while (*a && *a == *b) {
		a++;
		b++;
	}
	int ca = *a ? *a : ea->folder ? '/' : 0;
	int cb = *b ? *b : eb->folder ? '/' : 0;
	return ca - cb;
}

static bool is_loop(const struct folder *d, dev_t dev, ino_t ino)
{
	for (; d; d = d->parent)
		if (d->dev == dev && d->ino == ino)
			return true;
	return false;
}

/* Notes what a name of folder D is. False where it is to be passed over. */
static bool entry_look(const struct folder *d, const struct dirent *e, struct entry *out)
{
	struct stat st;

	if (e->d_name[0] == '.')
		return false;           /* hidden: no document (see the page) */
	*out = (struct entry){.folder = e->d_type == DT_DIR};
	if (e->d_type != DT_DIR && e->d_type != DT_REG) {
		char *path = path_join(d->path, e->d_name);
		int bad = stat(path, &st);
		free(path);
		if (bad)
			out->error = errno;
		else if (S_ISDIR(st.st_mode) && is_loop(d, st.st_dev, st.st_ino))
			return false;
		else if (S_ISDIR(st.st_mode))
			out->folder = true;
		else if (!S_ISREG(st.st_mode))
			out->error = EINVAL;    /* a pipe in a folder would block for ever */
	}
	out->name = xstrndup(e->d_name, strlen(e->d_name));
	return true;
}

/* Opens the folder that FD reads and ST describes: 0, or why not. Takes FD over. */
static int folder_open(struct inputs *in, const char *path, int fd, const struct stat *st)
{
	bool loop = is_loop(in->open, st->st_dev, st->st_ino);
	DIR *dir = loop ? NULL : fdopendir(fd);
	struct folder *d;
	int error = loop ? ELOOP : errno;

	if (!dir) {
		close(fd);
		return error;
	}
	d = xmalloc(sizeof *d);
	*d = (struct folder){.parent = in->open, .path = xstrndup(path, strlen(path)),
		.dev = st->st_dev, .ino = st->st_ino};
	for (;;) {
		errno = 0;
		struct dirent *e = readdir(dir);
		struct entry item;
		if (!e) {
			error = errno;
			break;
		}
		if (!entry_look(d, e, &item))
			continue;
		if (d->n == d->cap) {
			d->cap = d->cap ? d->cap * 2 : 64;
			d->items = xrealloc(d->items, d->cap * sizeof *d->items);
		}
		d->items[d->n++] = item;
	}
	closedir(dir);
	if (error) {
		folder_free(d);
		return error;
	}
	if (d->n)
		qsort(d->items, d->n, sizeof *d->items, entry_order);
	in->open = d;
	return 0;
}

/* Makes PATH the input in hand, unless ERROR says why it cannot be read. False where it is a
 * folder that was opened: its files come next. Takes PATH over. */
static bool offer(struct inputs *in, char *path, int error, struct input *out)
{
	struct stat st;
	size_t n = strlen(path);

	free(in->path);
	in->path = path;
	*out = (struct input){.path = path, .fd = -1};
	if (error) {
		out->error = error == EINVAL ? "neither a file nor a folder" : strerror(error);
		return true;
	}
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		out->error = strerror(errno);
		if (fd >= 0)
			close(fd);
		return true;
	}
	if (!S_ISDIR(st.st_mode)) {
		out->fd = fd;
		out->size = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
		return true;
	}
	while (n > 1 && path[n - 1] == '/')
		path[--n] = '\0';
	error = folder_open(in, path, fd, &st);
	out->error = strerror(error);
	return error != 0;
}

static bool walk(struct inputs *in, struct input *out)
{
	while (in->open) {
		struct folder *d = in->open;
		if (d->next == d->n) {
			in->open = d->parent;
			folder_free(d);
			continue;
		}
		struct entry *e = &d->items[d->next++];
		if (offer(in, path_join(d->path, e->name), e->error, out))
			return true;
	}
	return false;
}

/* The next name of the list; NULL at its end. */
static const char *list_next(struct inputs *in)
{
	size_t n = 0;

	for (int c; (c = getc_unlocked(in->list)) != EOF;) {
		if (n == NAME_MOST && c != in->separator)
			cli_die(in->cli, "%s: name %zu is longer than %d bytes%s", in->list_name,
				in->list_line + 1, NAME_MOST, in->separator ? "" : " (-0 expects NUL after each name)");
		if (n + 2 > in->line_cap) {
			in->line_cap = in->line_cap ? in->line_cap * 2 : 256;
			in->line = xrealloc(in->line, in->line_cap);
		}
		if (c != in->separator) {
			in->line[n++] = (char)c;
			continue;
		}
		in->list_line++;
		if (c == '\n' && n > 0 && in->line[n - 1] == '\r')
			n--;                    /* a list made on Windows */
		if (n == 0)
			continue;
		in->line[n] = '\0';
		return in->line;
	}
	if (ferror(in->list))
		cli_die(in->cli, "--files-from: cannot read %s: %s", in->list_name, strerror(errno));
	if (n == 0)
		return NULL;
	in->line[n] = '\0';
	return in->line;
}

bool inputs_next(struct inputs *in, struct input *out)
{
	for (;;) {
		if (walk(in, out))
			return true;
		if (in->next_operand < in->cli->noperands) {
			const char *name = in->cli->operands[in->next_operand++];
			if (strcmp(name, "-") == 0) {
				struct stat st;
				*out = (struct input){.path = name, .is_stdin = true, .fd = STDIN_FILENO};
				if (fstat(out->fd, &st) == 0 && S_ISREG(st.st_mode))
					out->size = (uint64_t)st.st_size;
				return true;
			}
			if (offer(in, xstrndup(name, strlen(name)), 0, out))
				return true;
			continue;
		}
		const char *name = in->list ? list_next(in) : NULL;
		if (!name)
			return false;
		if (offer(in, xstrndup(name, strlen(name)), 0, out))
			return true;
	}
}
