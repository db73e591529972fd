#include "given.h"
#include "charset.h"
#include "csv.h"
#include "digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { META_MOST = 256 << 20, HEADING_MOST = 64, COLUMNS_MOST = 256 };

/* In lower case, without spaces and _. */
static struct str plain(struct str s, char out[static HEADING_MOST])
{
	size_t n = 0, k;

	for (size_t i = 0; i < s.n && n < HEADING_MOST; i++) {
		if ((k = space_at(s.s + i, s.n - i)) > 0)
			i += k - 1;
		else if (s.s[i] != '_')
			out[n++] = s.s[i] >= 'A' && s.s[i] <= 'Z' ? s.s[i] + 32 : s.s[i];
	}
	return (struct str){out, n};
}

struct str given_name(const struct table *columns, const struct labels *labels, struct str heading)
{
	char buffer[HEADING_MOST];
	struct str bare = plain(heading, buffer), rest, one;
	int name = table_column(columns, "name"), column = table_column(columns, "columns");

	for (size_t r = 0; r < columns->nrows; r++) {
		rest = table_cell(columns, r, column);
		while (str_part(&rest, '|', &one))
			if (str_eq(one, bare))
				return table_cell(columns, r, name);
	}
	const struct label *label = label_find(labels, heading);
	return label && !str_is(label->name, "-") ? label->name : (struct str){NULL, 0};
}

static bool fail(struct table *t, size_t row, const char *what)
{
	if (row)
		snprintf(t->error, sizeof t->error, "--meta: %s: row %zu: %s", t->path, row, what);
	else
		snprintf(t->error, sizeof t->error, "--meta: %s: %s", t->path, what);
	return false;
}

static bool read_file(struct table *t, struct buf *b)
{
	int fd = open(t->path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	ssize_t n = 1;

	if (fd < 0 || fstat(fd, &st) != 0) {
		fail(t, 0, strerror(errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	while (n > 0 && b->len <= META_MOST) {
		buf_reserve(b, 64 << 10);
		n = read(fd, b->data + b->len, b->cap - b->len);
		if (n > 0)
			b->len += (size_t)n;
		else if (n < 0 && errno == EINTR)
			n = 1;
	}
	if (n < 0)
		fail(t, 0, strerror(errno));
	else if (n > 0)
		fail(t, 0, "too large");
	close(fd);
	return n == 0;
}

/* Makes t->data of the file's bytes, as UTF-8. */
static bool decode_file(struct table *t, struct buf *in, struct detector *detector)
{
	struct buf out = {0};
	size_t replaced = 0;
	struct charset_choice choice = charset_choose(detector, (struct str){(char *)in->data, in->len}, NULL, NULL);
	struct str body = {(char *)in->data + choice.skip, in->len - choice.skip};

	bool ok = converter_run(detector->converter, choice.charset, body, &out, &replaced) && replaced == 0;
	buf_append(&out, "\n", 1);
	t->data = (char *)out.data;
	t->size = out.len;
	return ok || fail(t, 0, "bytes that fit no charset");
}

/* The path as documents have it: without ./ at its start. */
static struct str path_bare(struct str path)
{
	while (path.n > 2 && path.s[0] == '.' && path.s[1] == '/')
		path = str_sub(path, 2, path.n);
	return path;
}

/* The heading row. KEY[0] becomes the column of the path, KEY[1] that of the member or -1. */
static bool headings(struct table *t, const struct str *fields, size_t n, const struct table *columns,
	const struct labels *labels, int key[2])
{
	key[0] = key[1] = -1;
	t->columns = xmalloc((n + 1) * sizeof *t->columns);
	t->ncolumns = n;
	for (size_t i = 0; i < n; i++) {
		t->columns[i] = given_name(columns, labels, fields[i]);
		if (str_is(t->columns[i], "path") && key[0] < 0)
			key[0] = (int)i;
		else if (str_is(t->columns[i], "member") && key[1] < 0)
			key[1] = (int)i;
	}
	return key[0] >= 0 || fail(t, 0, "no column 'path' in its first row");
}

/* Rows are ordered by their first cell: the path, with the member behind it. */
static int row_order(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool rows(struct table *t, const struct table *columns, const struct labels *labels, struct arena *a)
{
	struct str rest = {t->data, t->size};
	size_t n, cap = 0, line = 0, width = 0;
	int key[2] = {-1, -1};
	char separator = ',';

	while (rest.n) {
		struct csv_scan scan = {0};
		if (!csv_scan(&scan, rest, line ? separator : 0))
			return fail(t, 0, "a quote is not closed");
		struct str row = str_sub(rest, 0, scan.at);
		rest = str_sub(rest, scan.at, rest.n);
		line++;
		if (str_trim(row).n == 0)
			continue;
		if (!t->columns) {
			separator = memchr(row.s, ',', row.n) ? ',' : memchr(row.s, '\t', row.n) ? '\t' : ';';
			struct str *fields = csv_fields(row, separator, a, &n);
			if (!headings(t, fields, n, columns, labels, key))
				return false;
			width = n;
			continue;
		}
		struct str *fields = csv_fields(row, separator, a, &n);
		if (n > width)
			return fail(t, line, "more fields than the first row has");
		if ((size_t)key[0] >= n || str_trim(fields[key[0]]).n == 0)
			return fail(t, line, "no path");
		if (t->nrows == cap) {
			cap = cap ? cap * 2 : 256;
			t->cells = xrealloc(t->cells, cap * (width + 1) * sizeof *t->cells);
		}
		struct str *cells = t->cells + t->nrows++ * (width + 1);
		cells[0] = path_bare(str_trim(fields[key[0]]));
		if (key[1] >= 0 && (size_t)key[1] < n && fields[key[1]].n) {
			size_t k = cells[0].n + fields[key[1]].n + 1;
			char *joined = arena_alloc(a, k + 1);
			snprintf(joined, k + 1, "%.*s/%.*s", STR_ARG(cells[0]), STR_ARG(fields[key[1]]));
			cells[0] = (struct str){joined, k};
		}
		for (size_t i = 0; i < width; i++)
			cells[i + 1] = i < n ? fields[i] : (struct str){"", 0};
	}
	if (t->nrows)
		qsort(t->cells, t->nrows, (width + 1) * sizeof *t->cells, row_order);
	for (size_t i = 1; i < t->nrows; i++)
		if (row_order(t->cells + (i - 1) * (width + 1), t->cells + i * (width + 1)) == 0) {
			snprintf(t->error, sizeof t->error, "--meta: %s: two rows for %.*s", t->path,
				STR_ARG(t->cells[i * (width + 1)]));
			return false;
		}
	return t->columns || fail(t, 0, "empty");
}

bool meta_load(struct meta *m, struct table *t, const char *path, const struct table *columns, const struct labels *labels,
	struct detector *detector)
{
	struct buf in = {0};

	*m = (struct meta){.table = t};
	*t = (struct table){.name = xstrndup("meta", 4), .path = xstrndup(path, strlen(path))};
	bool ok = read_file(t, &in);
	if (ok) {
		digest_bytes(in.data, in.len, t->sha256);
		ok = decode_file(t, &in, detector) && rows(t, columns, labels, &m->arena);
	}
	buf_free(&in);
	return ok;
}

/* The row of the longest end of PATH that is a whole path; SIZE_MAX for none. */
static size_t row_find(const struct table *t, struct str path)
{
	size_t width = t->ncolumns + 1;

	for (path = path_bare(path);;) {
		const struct str *found = t->nrows ? bsearch(&path, t->cells, t->nrows, width * sizeof *found, row_order) : NULL;
		if (found)
			return (size_t)(found - t->cells) / width;
		const char *slash = memchr(path.s, '/', path.n);
		if (!slash || slash + 1 == path.s + path.n)
			return SIZE_MAX;
		path = str_sub(path, (size_t)(slash - path.s) + 1, path.n);
	}
}

/* Adds what a row says and no row before it did. */
static void tell(const struct table *t, size_t row, struct arena *a, struct head *given, struct str *url)
{
	if (row == SIZE_MAX)
		return;
	for (size_t i = 0; i < t->ncolumns; i++) {
		struct str name = t->columns[i], value = str_trim(t->cells[row * (t->ncolumns + 1) + i + 1]);
		if (!name.s || str_is(name, "path") || str_is(name, "member"))
			continue;
		if (!str_is(name, "url") && !head_has(given, name))
			head_add(given, a, name, value);
		else if (str_is(name, "url") && !url->s && value.n)
			*url = value;
	}
}

void meta_find(const struct meta *m, struct str path, struct str member, struct arena *a,
	struct head *given, struct str *url)
{
	if (!m->table)
		return;
	if (member.s) {
		size_t n = path.n + member.n + 1;
		char *joined = arena_alloc(a, n + 1);
		snprintf(joined, n + 1, "%.*s/%.*s", STR_ARG(path), STR_ARG(member));
		size_t row = row_find(m->table, (struct str){joined, n});
		/* not the row of a path that is called as the member */
		if (row != SIZE_MAX && m->table->cells[row * (m->table->ncolumns + 1)].n > member.n)
			tell(m->table, row, a, given, url);
	}
	tell(m->table, row_find(m->table, path), a, given, url);
}

void meta_close(struct meta *m)
{
	arena_free(&m->arena);
}
