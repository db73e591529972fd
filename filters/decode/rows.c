#include "rows.h"
#include "csv.h"
#include "jsonl.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { READ_SIZE = 256 << 10, COLUMNS_MOST = 4096, CELL_MOST = 32767 };

struct rows {
	struct decode *d;
	const struct document *origin;
	struct charset_choice charset;
	struct charset *now;    /* that d->bytes is in: all of it may have been converted */
	int fd;                 /* -1: d->bytes is all */
	size_t pos;             /* of the next row in d->bytes */
	bool json;
	bool sheet;             /* of a workbook: CSV that decode-helper made, as UTF-8 */
	char separator;
	struct str *names;      /* of the columns, {NULL, 0} for those not taken (malloc) */
	size_t ncolumns, text;  /* which of them is the text */
	uint64_t number;        /* of the row in hand, from 1 */
};

bool rows_are(struct str in)
{
	size_t i = 0;

	/* behind a byte order mark, NUL bytes of UTF-16, and spaces */
	while (i < in.n && i < 4096 && (strchr(" \t\r\n", in.s[i]) || strchr("\xEF\xBB\xBF\xFE\xFF", in.s[i])))
		i++;
	return i < in.n && in.s[i] != '<';
}

static void problem(struct rows *r, const char *code, const char *message)
{
	arena_reset(&r->d->f.arena);
	document_problem(r->d, r->origin, code, "%s", message);
	document_emit(r->d, r->origin);
}

/* Reads on behind what d->bytes holds; what stands before pos is dropped. 1, 0 at the end, -1
 * on an error. */
static int more(struct rows *r)
{
	struct buf *b = &r->d->bytes;
	ssize_t n;

	if (r->fd < 0)
		return 0;
	if (r->pos) {
		memmove(b->data, b->data + r->pos, b->len - r->pos);
		b->len -= r->pos;
		r->pos = 0;
	}
	buf_reserve(b, READ_SIZE);
	do
		n = read(r->fd, b->data + b->len, b->cap - b->len);
	while (n < 0 && errno == EINTR);
	b->len += n > 0 ? (size_t)n : 0;
	return n < 0 ? -1 : n > 0;
}

/* The next row as it came, with its line end. False at the end, or after a problem. */
static bool raw_next(struct rows *r, struct str *out)
{
	struct buf *b = &r->d->bytes;
	struct csv_scan scan = {0};

	for (;;) {
		struct str rest = {(char *)b->data + r->pos, b->len - r->pos};
		if (r->json) {
			const char *end = memchr(rest.s + scan.at, '\n', rest.n - scan.at);
			scan.at = end ? (size_t)(end - rest.s) + 1 : rest.n;
			if (end)
				break;
		} else if (csv_scan(&scan, rest, r->separator)) {
			break;
		}
		if (rest.n > r->d->f.cli.max_record) {
			problem(r, "too_large", scan.state == CSV_QUOTED ? "a quote is not closed: what follows was not read"
				: "a row is too large: what follows was not read");
			return false;
		}
		int got = more(r);
		if (got < 0) {
			problem(r, "cannot_read", strerror(errno));
			return false;
		}
		if (got == 0) {
			if (rest.n && scan.state == CSV_QUOTED) {
				problem(r, "malformed", "a quote is not closed: what follows was not read");
				return false;
			}
			if (rest.n == 0)
				return false;
			break;
		}
	}
	*out = (struct str){(char *)b->data + r->pos, scan.at};
	r->pos += scan.at;
	return true;
}

/* The row as UTF-8, in d->row. */
static struct str converted(struct rows *r, struct str raw, size_t *replaced)
{
	struct buf *row = &r->d->row;

	row->len = 0;
	converter_run(&r->d->converter, r->now, raw, row, replaced);
	return (struct str){(char *)row->data, row->len};
}

/* Notes what a column, by its name, says of the document. */
static void tell(struct rows *r, struct document *doc, struct str name, struct str value)
{
	value = str_trim(value);
	if (!name.s || value.n == 0)
		return;
	if (str_is(name, "url"))
		doc->url = value;
	else
		head_add(&doc->given, &r->d->f.arena, name, value);
}

/* Finds the text of the row and what else it says. {NULL, 0} with a problem's words. */
static struct str row_text(struct rows *r, struct document *doc, struct str row, const char **why)
{
	struct decode *d = r->d;
	struct str text = {NULL, 0};
	size_t n;

	if (r->json) {
		struct jsonl_pair *pairs = jsonl_read(row, &d->f.arena, &n);
		*why = pairs ? "the row has no such key as --text names" : "the row is no JSON object";
		for (size_t i = 0; pairs && i < n; i++) {
			if (str_is(pairs[i].key, d->text_column))
				text = pairs[i].value.s ? pairs[i].value : STR("");
			else if (pairs[i].value.s)
				tell(r, doc, given_name(d->columns, &d->labels, pairs[i].key), pairs[i].value);
		}
		return text;
	}
	struct str *fields = csv_fields(row, r->separator, &d->f.arena, &n);
	while (n > r->ncolumns && fields[n - 1].n == 0)
		n--;
	if (r->sheet && n <= r->text)           /* a sheet does not store empty cells */
		return STR("");
	if (n > r->ncolumns || n <= r->text) {
		*why = n > r->ncolumns ? "the row has more fields than the first" : "the row ends before its text";
		return text;
	}
	for (size_t i = 0; i < n; i++)
		if (i != r->text)
			tell(r, doc, r->names[i], fields[i]);
	return fields[r->text];
}

/* Is the text as long as a cell of Excel can be (32,767 units of UTF-16)? What is longer it cuts. */
static bool is_full_cell(struct str text)
{
	size_t units = 0;

	if (text.n < CELL_MOST || text.n > 4 * CELL_MOST)
		return false;
	for (size_t i = 0; i < text.n; i++)
		units += (((uint8_t)text.s[i] & 0xC0) != 0x80) + ((uint8_t)text.s[i] >= 0xF0);
	return units == CELL_MOST;
}

/* A row of nothing but separators, as spreadsheets leave them at the end, is no row. */
static bool is_blank(const struct rows *r, struct str raw)
{
	size_t i = 0;

	while (i < raw.n && (strchr(" \t\r\n", raw.s[i]) || (!r->json && raw.s[i] == r->separator)))
		i++;
	return i == raw.n;
}

static void row_work(struct rows *r, struct str raw)
{
	struct decode *d = r->d;
	struct document doc = *r->origin;
	char number[24];
	const char *why = NULL;

	arena_reset(&d->f.arena);
	document_identify(&doc, raw);
	size_t n = (size_t)snprintf(number, sizeof number, "%" PRIu64, r->number);
	if (doc.member.s) {
		char *joined = arena_alloc(&d->f.arena, doc.member.n + n + 2);
		doc.member.n = (size_t)sprintf(joined, "%.*s/%s", STR_ARG(doc.member), number);
		doc.member.s = joined;
	} else {
		doc.member = (struct str){number, n};
	}
	struct str row = converted(r, raw, &doc.replaced);
	struct str text = row_text(r, &doc, row, &why);
	if (text.s) {
		if (!r->sheet) {
			doc.charset = r->charset.charset->name;
			doc.charset_by = r->charset.by;
		}
		if (is_full_cell(text))
			document_problem(d, &doc, "malformed",
				"%d characters, the most that a spreadsheet's cell holds: the end may be cut off", CELL_MOST);
		document_read(d, &doc, text);
	} else {
		document_problem(d, &doc, "malformed", "%s", why);
	}
	document_emit(d, &doc);
}

/* Finds the columns in the first row. */
static bool csv_open(struct rows *r, struct str row)
{
	static const char separators[] = ",\t;";
	struct decode *d = r->d;
	struct str *fields;
	size_t n;

	for (const char *s = separators; *s; s++) {
		/* the fields are cut in place: of a copy */
		char *copy = arena_strndup(&d->f.arena, row.s, row.n);
		fields = csv_fields((struct str){copy, row.n}, *s, &d->f.arena, &n);
		for (size_t i = 0; i < n && n <= COLUMNS_MOST; i++)
			if (str_is(str_trim(fields[i]), d->text_column)) {
				r->separator = *s;
				r->text = i;
				r->ncolumns = n;
				r->names = xmalloc(n * sizeof *r->names);
				for (size_t k = 0; k < n; k++)
					r->names[k] = given_name(d->columns, &d->labels, str_trim(fields[k]));
				return true;
			}
	}
	return false;
}

/* Charsets in whose bytes a quote may be part of another character: all is read and converted. */
static bool convert_all(struct rows *r)
{
	struct decode *d = r->d;
	size_t replaced = 0;
	int got = 1;

	r->pos = 0;
	while (d->bytes.len <= d->f.cli.max_record && (got = more(r)) > 0)
		;
	if (got != 0) {
		problem(r, got < 0 ? "cannot_read" : "too_large", got < 0 ? strerror(errno)
			: "too large for a table in this charset: convert it to UTF-8");
		return false;
	}
	struct str in = {(char *)d->bytes.data, d->bytes.len};
	in = str_sub(in, r->charset.skip, in.n);
	d->text.len = 0;
	converter_run(&d->converter, r->charset.charset, in, &d->text, &replaced);
	struct buf swap = d->bytes;
	d->bytes = d->text;
	d->text = swap;
	r->fd = -1;
	return true;
}

/* Decides on the charset, and what kind of table it is. False after a problem. */
static bool table_open(struct rows *r)
{
	struct decode *d = r->d;
	struct str in = {(char *)d->bytes.data, d->bytes.len};
	enum charset_kind kind;

	r->charset = charset_choose(&d->detector, in, d->given, r->origin->http);
	r->now = r->charset.charset;
	r->pos = r->charset.skip;
	kind = r->charset.charset->kind;
	if (kind != CHARSET_UTF8 && kind != CHARSET_GB18030 && kind != CHARSET_BIG5) {
		if (!convert_all(r))
			return false;
		r->now = converter_kind(&d->converter, CHARSET_UTF8);
	}
	struct str start = str_trim((struct str){(char *)d->bytes.data + r->pos, d->bytes.len - r->pos});
	r->json = start.n && start.s[0] == '{';
	if (start.n && start.s[0] == '[')
		problem(r, "unsupported", "a JSON array is no table of texts: write one object a line (jq -c '.[]')");
	return !(start.n && start.s[0] == '[');
}

/* Finds the columns, in the first row that is not empty. */
static bool columns_open(struct rows *r)
{
	struct decode *d = r->d;
	struct str raw;
	size_t replaced = 0;
	char what[512];

	do
		if (!raw_next(r, &raw))
			return false;
	while (str_trim(raw).n == 0);
	struct str row = converted(r, raw, &replaced);
	if (csv_open(r, row))
		return true;
	row = str_trim(row);
	size_t most = row.n < 200 ? row.n : 200;
	while (most > 0 && most < row.n && ((uint8_t)row.s[most] & 0xC0) == 0x80)
		most--;
	char *first = arena_strndup(&d->f.arena, row.s, most);
	first[strcspn(first, "\r\n")] = 0;
	snprintf(what, sizeof what, "no column '%s' in its first row: %s", d->text_column, first);
	document_problem(d, r->origin, "malformed", "%s", what);
	document_emit(d, r->origin);
	return false;
}

/* Makes records of the table, which is a sheet or is looked at first. An input is never without one. */
static void table_read(struct rows *r)
{
	struct str raw;
	uint64_t before = r->d->f.number;
	bool open = (r->sheet || table_open(r)) && (r->json || columns_open(r));

	while (open && !r->d->f.out.error && raw_next(r, &raw)) {
		if (is_blank(r, raw))
			continue;
		r->number++;
		row_work(r, raw);
	}
	if (r->d->f.number == before)
		problem(r, "empty", "a table without rows");
	free(r->names);
}

void rows_read(struct decode *d, const struct document *origin, int fd)
{
	struct rows r = {.d = d, .origin = origin, .fd = fd};

	arena_reset(&d->f.arena);
	table_read(&r);
}

void rows_sheet(struct decode *d, const struct document *origin, struct str text, bool several)
{
	struct document sheet = *origin;
	struct rows r = {.d = d, .origin = &sheet, .fd = -1, .sheet = true, .separator = ',',
		.now = converter_kind(&d->converter, CHARSET_UTF8)};
	struct buf member = {0};
	struct str raw;
	size_t n;

	arena_reset(&d->f.arena);
	d->bytes.len = 0;
	buf_append(&d->bytes, text.s, text.n);
	if (!raw_next(&r, &raw) || r.pos == d->bytes.len)
		return;
	if (several) {
		if (origin->member.s)
			buf_printf(&member, "%.*s/", STR_ARG(origin->member));
		document_name(d, *csv_fields(raw, ',', &d->f.arena, &n), &member);
		sheet.member = (struct str){(char *)member.data, member.len};
	}
	table_read(&r);
	buf_free(&member);
}
