#include "fields.h"

enum { TABLE_MOST = 160 << 20 };        /* bytes of all sheets; what does not fit is lost, with a problem */

static void put(struct fields *f, const char *s, size_t n)
{
	struct output *o = f->out;

	if (o->full)
		return;
	if (n > TABLE_MOST - o->text.len) {
		o->full = true;
		o->text.len = f->row;           /* no half of a report */
		output_problem(o, "too_large", "more than %d MiB of text: the rows behind it were not read", TABLE_MOST >> 20);
		return;
	}
	buf_append(&o->text, s, n);
}

/* As a quoted field (RFC 4180). */
static void put_quoted(struct fields *f, struct str s)
{
	put(f, "\"", 1);
	for (const char *quote; s.n && (quote = memchr(s.s, '"', s.n)) != NULL;) {
		size_t n = (size_t)(quote - s.s) + 1;
		put(f, s.s, n);
		put(f, "\"", 1);
		s = str_sub(s, n, s.n);
	}
	put(f, s.s, s.n);
	put(f, "\"", 1);
}

void fields_sheet(struct fields *f, struct str name)
{
	output_page(f->out);
	f->row = f->out->text.len;
	f->n = 0;
	put_quoted(f, name);
	put(f, "\n", 1);
	f->row = f->out->text.len;
}

void fields_cell(struct fields *f, size_t column, struct str s)
{
	for (; f->n < column; f->n++)
		put(f, ",", 1);
	put_quoted(f, s);
}

void fields_row(struct fields *f)
{
	if (f->out->text.len > f->row)
		put(f, "\n", 1);
	f->row = f->out->text.len;
	f->n = 0;
}
