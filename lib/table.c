#include "table.h"
#include "arena.h"
#include "digest.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TABLE_MOST = 64 << 20 };         /* no rule file is larger */

static bool fail(struct table *t, size_t line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static bool fail_v(struct table *t, size_t line, const char *fmt, va_list ap)
{
	if (t->error[0])
		return false;
	int n = line ? snprintf(t->error, sizeof t->error, "%s:%zu: ", t->path, line)
		: snprintf(t->error, sizeof t->error, "%s: ", t->path);
	if (n > 0 && (size_t)n < sizeof t->error)
		vsnprintf(t->error + n, sizeof t->error - (size_t)n, fmt, ap);
	return false;
}

static bool fail(struct table *t, size_t line, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fail_v(t, line, fmt, ap);
	va_end(ap);
	return false;
}

void table_bad(struct table *t, size_t row, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fail_v(t, t->lines[row], fmt, ap);
	va_end(ap);
}

static bool read_file(struct table *t)
{
	int fd = open(t->path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return fail(t, 0, "cannot open: %s", strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > TABLE_MOST) {
		close(fd);
		return fail(t, 0, "not a file that can be a table");
	}
	t->data = xmalloc((size_t)st.st_size + 1);
	while (t->size < (size_t)st.st_size) {
		ssize_t n = read(fd, t->data + t->size, (size_t)st.st_size - t->size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		t->size += (size_t)n;
	}
	close(fd);
	if (t->size < (size_t)st.st_size)
		return fail(t, 0, "cannot read: %s", strerror(errno));
	t->data[t->size] = '\0';
	return true;
}

/* Splits LINE at tabs into at most MOST cells; returns how many there are. */
static size_t split(struct str line, struct str *cells, size_t most)
{
	size_t n = 0;
	const char *p = line.s, *end = line.s + line.n;

	for (;;) {
		const char *tab = memchr(p, '\t', (size_t)(end - p));
		const char *e = tab ? tab : end;
		if (n < most)
			cells[n] = (struct str){p, (size_t)(e - p)};
		n++;
		if (!tab)
			return n;
		p = tab + 1;
	}
}

/* How many rows there are from the start P of a line on, at most. */
static size_t rows_left(const char *p, const char *end)
{
	size_t n = 0;

	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		n += *p != '\n' && *p != '#';
		p = nl ? nl + 1 : end;
	}
	return n;
}

bool table_load(struct table *t, const char *name, const char *path)
{
	enum { COLUMNS_MOST = 64 };
	size_t line = 0;

	*t = (struct table){.name = xstrndup(name, strlen(name)), .path = xstrndup(path, strlen(path))};
	if (!read_file(t))
		return false;
	digest_bytes(t->data, t->size, t->sha256);
	size_t good = utf8_valid(t->data, t->size);
	const char *p = t->data, *end = t->data + t->size;
	if (t->size >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
		p += 3;
	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		struct str l = {p, (size_t)((nl ? nl : end) - p)};
		line++;
		if ((size_t)(p + l.n - t->data) > good)
			return fail(t, line, "not UTF-8");
		p = nl ? nl + 1 : end;
		if (l.n && l.s[l.n - 1] == '\r')
			l.n--;
		if (l.n == 0 || l.s[0] == '#')
			continue;
		if (!t->columns) {
			t->columns = xmalloc(COLUMNS_MOST * sizeof *t->columns);
			t->ncolumns = split(l, t->columns, COLUMNS_MOST);
			if (t->ncolumns > COLUMNS_MOST)
				return fail(t, line, "more than %d columns", COLUMNS_MOST);
			continue;
		}
		if (!t->cells) {
			size_t most = rows_left(l.s, end);
			t->cells = xmalloc(most * t->ncolumns * sizeof *t->cells);
			t->lines = xmalloc(most * sizeof *t->lines);
		}
		struct str *row = t->cells + t->nrows * t->ncolumns;
		size_t n = split(l, row, t->ncolumns);
		if (n > t->ncolumns)
			return fail(t, line, "%zu cells, but %zu columns", n, t->ncolumns);
		for (; n < t->ncolumns; n++)
			row[n] = (struct str){"", 0};
		t->lines[t->nrows++] = (uint32_t)line;
	}
	if (!t->columns)
		return fail(t, 0, "no line that names the columns");
	return true;
}

void table_free(struct table *t)
{
	free(t->name);
	free(t->path);
	free(t->data);
	free(t->columns);
	free(t->cells);
	free(t->lines);
	*t = (struct table){0};
}

int table_column(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		if (str_is(t->columns[i], name))
			return (int)i;
	return -1;
}

int table_need(struct table *t, const char *name)
{
	int i = table_column(t, name);
	if (i < 0)
		fail(t, 1, "no column '%s'", name);
	return i;
}

bool str_part(struct str *rest, char sep, struct str *part)
{
	while (rest->n > 0) {
		const char *p = memchr(rest->s, sep, rest->n);
		size_t n = p ? (size_t)(p - rest->s) : rest->n;
		*part = (struct str){rest->s, n};
		rest->s += n + (p != NULL);
		rest->n -= n + (p != NULL);
		if (part->n)
			return true;
	}
	return false;
}

static char *join(const char *folder, const char *name)
{
	char *s;
	if (asprintf(&s, "%s/%s", folder, name) < 0)
		return xstrndup("", 0);
	return s;
}

/* FOLDER/PROGRAM/NAME, else FOLDER/NAME: a table with one user stands in a
 * folder of its own, since several programs call theirs the same. */
static char *find_in(const char *folder, const char *program, const char *name)
{
	char *own = join(folder, program);
	char *path = join(own, name);

	free(own);
	if (access(path, R_OK) == 0)
		return path;
	free(path);
	return join(folder, name);
}

char *table_find(const char *program, const char *name)
{
	const char *env = getenv("GONGWEN_DATA");
	char exe[PATH_MAX];

	if (env && *env) {
		char *path = find_in(env, program, name);
		if (access(path, R_OK) == 0)
			return path;
		free(path);
	}
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	exe[n < 0 ? 0 : n] = '\0';
	char *slash = strrchr(exe, '/');
	if (slash)
		*slash = '\0';
	static const char *const folders[] = {"../filters", "../lib", "../share/gongwen", NULL};
	char *path = NULL;
	for (int i = 0; folders[i]; i++) {
		char *folder = join(exe, folders[i]);
		free(path);
		path = find_in(folder, program, name);
		free(folder);
		if (access(path, R_OK) == 0)
			break;
	}
	return path;
}
