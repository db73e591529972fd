#include "scan.h"
#include "join.h"

#include <ctype.h>

struct scanner {
	const uint8_t *p;
	size_t n;
	const struct marks *marks;
	struct arena *a;
	struct scan *out;
	size_t cap_lines, cap_stops;
	size_t open;            /* offset of the quotation mark that is open, or n */
	size_t run, title;      /* end of the closers looked at last; behind the last 》 in them */
};

/* A quotation that was never closed does not hide a whole paragraph. */
enum { QUOTE_MOST = 450 };

uint32_t scan_skip(struct str text, uint32_t i, uint32_t e)
{
	size_t k;
	/* nearly always there is none: a Han character stands here */
	if (i < e && (uint8_t)text.s[i] >= 0xE4 && (uint8_t)text.s[i] <= 0xEE)
		return i;
	while (i < e && (k = space_at(text.s + i, e - i)) > 0)
		i += (uint32_t)k;
	return i;
}

static bool at3(const struct scanner *s, size_t i, const char *z)
{
	return s->n - i >= 3 && memcmp(s->p + i, z, 3) == 0;
}

/* Quotes and brackets that close with the sentence, and repeated stops; a run of them
 * is walked once, whichever of its stops asks. */
static size_t closers(struct scanner *s, size_t i, bool *title)
{
	size_t from = i;

	if (i < s->run) {
		*title = s->title > i;
		return s->run;
	}
	s->title = 0;
	for (;;) {
		s->run = i;
		*title = s->title > from;
		if (i >= s->n)
			return i;
		if (at3(s, i, "》"))
			s->title = i + 3;
		if (s->p[i] == ')' || s->p[i] == '!' || s->p[i] == '?')
			i++;
		else if (at3(s, i, "”") || at3(s, i, "’") || at3(s, i, "）") || at3(s, i, "》")
			 || at3(s, i, "」") || at3(s, i, "』") || at3(s, i, "！") || at3(s, i, "？")
			 || at3(s, i, "。"))
			i += 3;
		else
			return i;
	}
}

static void add_stop(struct scanner *s, size_t i, size_t end, enum stop_kind kind)
{
	bool quoted = s->open < i && i - s->open < QUOTE_MOST;
	bool title = false;

	if (kind == STOP_END) {
		end = closers(s, end, &title);
		/* “……！”，他说 and 《……？》 go on */
		if (title || (end < s->n && s->p[end] == ',') || at3(s, end, "，") || at3(s, end, "、"))
			return;
	}
	struct scan *o = s->out;
	struct stop *last = o->nstops ? &o->stops[o->nstops - 1] : NULL;
	if (kind == STOP_END && last && last->kind == STOP_END && last->end == end) {
		last->quoted &= quoted;         /* 。” in a quotation, then 。 */
		return;
	}
	uint32_t after = scan_skip((struct str){(const char *)s->p, s->n}, (uint32_t)end, (uint32_t)s->n);
	bool may = after < s->n && marks_may(s->marks, (const char *)s->p + after, s->n - after);
	if (kind != STOP_END && !may)
		return;
	if (o->nstops == s->cap_stops)
		o->stops = arena_grow(s->a, o->stops, &s->cap_stops, o->nstops + 1, sizeof *o->stops);
	o->stops[o->nstops++] = (struct stop){(uint32_t)end, (uint8_t)kind, quoted, may};
}

/* A half-width stop ends a sentence only between Chinese characters. */
static void ascii_stop(struct scanner *s, size_t i)
{
	bool han = i > 0 && s->p[i - 1] >= 0x80;

	switch (s->p[i]) {
	case '!': case '?':
		if (han)
			add_stop(s, i, i + 1, STOP_END);
		break;
	case '.':
		if (han && i + 1 < s->n && !isalnum(s->p[i + 1]) && s->p[i + 1] != '.'
		    && !(i >= 3 && marks_may(s->marks, (const char *)s->p + i - 3, s->n - i + 3)))
			add_stop(s, i, i + 1, STOP_END);
		break;
	case ';':
		add_stop(s, i, i + 1, STOP_SEMICOLON);
		break;
	case ':':
		add_stop(s, i, i + 1, STOP_COLON);
		break;
	case ',':
		add_stop(s, i, i + 1, STOP_COMMA);
		break;
	}
}

static void wide_stop(struct scanner *s, size_t i)
{
	const uint8_t *p = s->p + i;

	if (s->n - i < 3)
		return;
	if (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x82) {             /* 。 */
		add_stop(s, i, i + 3, STOP_END);
	} else if (p[0] == 0xEF && p[1] == 0xBC) {
		switch (p[2]) {
		case 0x81: case 0x9F: add_stop(s, i, i + 3, STOP_END); break;   /* ！？ */
		case 0x9B: add_stop(s, i, i + 3, STOP_SEMICOLON); break;
		case 0x9A: add_stop(s, i, i + 3, STOP_COLON); break;
		case 0x8C: add_stop(s, i, i + 3, STOP_COMMA); break;
		}
	} else if (p[0] == 0xE2 && p[1] == 0x80) {
		if (p[2] == 0x9C)                                       /* “ */
			s->open = i;
		else if (p[2] == 0x9D)                                  /* ” */
			s->open = s->n;
	}
}

static void add_line(struct scanner *s, size_t b, size_t e, uint32_t stop, uint32_t tabs, uint32_t bars,
	bool *gap)
{
	struct scan *o = s->out;
	struct str t = str_trim((struct str){(const char *)s->p + b, e - b});

	if (!t.n) {
		*gap = true;
		return;
	}
	uint32_t at = (uint32_t)(t.s - (const char *)s->p);
	if (o->nlines == s->cap_lines)
		o->lines = arena_grow(s->a, o->lines, &s->cap_lines, o->nlines + 1, sizeof *o->lines);
	o->lines[o->nlines++] = (struct line){.b = at, .e = at + (uint32_t)t.n, .stop = stop,
		.stops = (uint32_t)o->nstops, 
		.cells = tabs + (bars > 1 ? bars : 0), .bars = bars, .gap = *gap};
	*gap = false;
}

/* What is left of a line without the bars at its ends. */
static struct str unbarred(struct str s)
{
	for (;;) {
		s = str_trim(s);
		if (s.n && s.s[0] == '|')
			s = str_sub(s, 1, s.n);
		else if (s.n && s.s[s.n - 1] == '|')
			s = str_sub(s, 0, s.n - 1);
		else
			return s;
	}
}

static bool is_row(struct str text, const struct line *l)
{
	struct str s = unbarred(str_sub(text, l->b, l->e));
	return s.n && (memchr(s.s, '|', s.n) || memchr(s.s, '\t', s.n));
}

/* A text made from the cells of a page's layout has bars where nothing is divided.
 * Beside rows of a table they stand, elsewhere they are no part of a line. */
static void unbar(struct scan *o, struct str text)
{
	enum { TABLE_ROWS = 3 };        /* fewer may be a bar of links */
	size_t above = 0;

	for (size_t i = 0; i < o->nlines; i++) {
		struct line *l = &o->lines[i];
		if (!l->bars) {
			above = 0;
			continue;
		}
		bool row = is_row(text, l);
		size_t k = i + 1;
		/* empty rows, and a row of one cell, go with the rows they stand among */
		while (!row && !above && k < o->nlines && o->lines[k].bars && !o->lines[k].gap && k < i + 3
		       && !(row = is_row(text, &o->lines[k])))
			k++;
		if (row || above) {
			if (++above > TABLE_ROWS && !l->gap && !l->cells)
				l->cells = l->bars;
			continue;
		}
		struct str s = unbarred(str_sub(text, l->b, l->e));
		l->cells = 0;
		if (s.n) {
			l->b = (uint32_t)(s.s - text.s);
			l->e = l->b + (uint32_t)s.n;
		}
	}
}

void scan_text(struct scan *out, struct str text, const struct marks *marks, struct arena *a)
{
	struct scanner s = {.p = (const uint8_t *)text.s, .n = text.n, .marks = marks, .a = a,
		.out = out, .open = text.n};
	size_t i = 0, b = 0;
	uint32_t first = 0, tabs = 0, bars = 0, barred = 0;
	bool gap = false;

	*out = (struct scan){0};
	while (i < s.n) {
		uint8_t c = s.p[i];
		if (c >= 0xE4 && c <= 0xED) {           /* nearly all: a Han character */
			i += 3;
		} else if (c == '\n' || c == '\r') {
			add_line(&s, b, i, first, tabs, bars, &gap);
			if (c == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
				i++;
			b = ++i;
			first = (uint32_t)out->nstops;
			tabs = bars = 0;
			s.open = s.n;
		} else if (c < 0x80) {
			if (c == '\t')
				tabs++;
			else if (c == '|')
				barred |= ++bars;
			else if (c == ',' || c == '.' || c == ':' || c == ';' || c == '!' || c == '?')
				ascii_stop(&s, i);
			i++;
		} else {
			if (c == 0xE3 || c == 0xEF || c == 0xE2)
				wide_stop(&s, i);
			i += c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
		}
	}
	add_line(&s, b < s.n ? b : s.n, s.n, first, tabs, bars, &gap);
	if (barred)
		unbar(out, text);
	join_torn(out, text);
	join_marks(out, text, marks);
}
