#include "output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { PROBLEMS_MOST = 8, PAGES_MOST = 1 << 20 };

void output_free(struct output *o)
{
	buf_free(&o->text);
	buf_free(&o->problems);
	free(o->pages);
	*o = (struct output){0};
}

void output_char(struct output *o, uint32_t cp)
{
	char utf8[4];

	if (cp == '\t' || cp == '\n' || cp == '\r' || cp == '\f' || cp == '\v' || cp == 0xA0)
		cp = ' ';
	if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0xFEFF || cp == 0xAD)
		return;
	if ((cp >= 0xD800 && cp < 0xE000) || cp > 0x10FFFF)
		cp = 0xFFFD;
	if (o->text.len >= OUTPUT_MOST) {
		if (!o->full)
			output_problem(o, "too_large", "more than %d MiB of text", OUTPUT_MOST >> 20);
		o->full = true;
		return;
	}
	size_t n = utf8_put(utf8, cp);
	if (o->text.len == o->cell && space_at(utf8, n))
		return;                         /* indents */
	buf_append(&o->text, utf8, n);
}

void output_text(struct output *o, struct str s)
{
	uint32_t cp;

	for (size_t i = 0; i < s.n;) {
		i += utf8_next(s.s + i, s.n - i, &cp);
		output_char(o, cp);
	}
}

void output_space(struct output *o)
{
	if (o->text.len > o->cell && o->text.data[o->text.len - 1] != ' ')
		buf_append(&o->text, " ", 1);
}

/* Strips white space from the end of the cell, or further cells' ends, too. */
static void trim_end(struct output *o, size_t from)
{
	struct str s = {(char *)o->text.data + from, o->text.len - from};

	while (s.n > 0) {
		size_t at = utf8_prev(s.s, s.n);
		if (space_at(s.s + at, s.n - at) != s.n - at)
			break;
		s.n = at;
	}
	o->text.len = from + s.n;
}

void output_cell(struct output *o)
{
	if (o->full)
		return;
	trim_end(o, o->cell);
	buf_append(&o->text, "\t", 1);
	o->cell = o->text.len;
}

void output_line(struct output *o)
{
	trim_end(o, o->line);
	if (o->text.len > o->line)
		buf_append(&o->text, "\n", 1);
	o->line = o->cell = o->text.len;
}

void output_page(struct output *o)
{
	if (o->npages >= PAGES_MOST)
		return;
	if (o->npages == o->cap) {
		o->cap = o->cap ? o->cap * 2 : 64;
		o->pages = xrealloc(o->pages, o->cap * sizeof *o->pages);
	}
	o->pages[o->npages++] = (uint32_t)o->text.len;
}

void output_problem(struct output *o, const char *code, const char *fmt, ...)
{
	char what[256];
	va_list ap;

	if (o->nproblems == PROBLEMS_MOST)
		return;
	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	size_t n = strlen(what);
	what[utf8_valid(what, n)] = 0;          /* a character may be cut, or a name be wild */
	pack_key(&o->problems, code);
	pack_key(&o->problems, what);
	o->nproblems++;
}

void output_pack(struct output *o, struct str type, struct buf *out)
{
	output_line(o);
	pack_str(out, o->type ? str_of(o->type) : type);
	pack_str(out, (struct str){o->text.data ? (char *)o->text.data : "", o->text.len});
	pack_array(out, o->npages);
	for (size_t i = 0; i < o->npages; i++)
		pack_uint(out, o->pages[i] < o->text.len ? o->pages[i] : o->text.len);
	pack_array(out, 2 * o->nproblems);
	buf_append(out, o->problems.data, o->problems.len);
}
