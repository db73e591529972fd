#include "scan.h"

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
	bool above = false;

	for (size_t i = 0; i < o->nlines; i++) {
		struct line *l = &o->lines[i];
		if (!l->bars) {
			above = false;
			continue;
		}
		bool row = is_row(text, l);
		size_t k = i + 1;
		/* empty rows, and a row of one cell, go with the rows they stand among */
		while (!row && !above && k < o->nlines && o->lines[k].bars && !o->lines[k].gap && k < i + 3
		       && !(row = is_row(text, &o->lines[k])))
			k++;
		if (row || above) {
			above = true;
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

/* A mark that stands alone numbers the line below it. */
static void join_marks(struct scan *o, struct str text, const struct marks *marks)
{
	enum { MARK_BYTES = 24 };
	size_t kept = 0;

	for (size_t i = 0; i < o->nlines; i++) {
		struct line l = o->lines[i];
		struct mark m;
		const char *p = text.s + l.b;
		if (l.e - l.b <= MARK_BYTES && i + 1 < o->nlines && !l.cells && !o->lines[i + 1].cells
		    && marks_may(marks, p, l.e - l.b) && marks_match(marks, p, l.e - l.b, &m) && m.len == l.e - l.b) {
			const struct line *next = &o->lines[i + 1];
			p = text.s + next->b;
			if (!marks_may(marks, p, next->e - next->b) || !marks_match(marks, p, next->e - next->b, &m)) {
				l.e = next->e;
				l.stops = next->stops;
				i++;
			}
		}
		o->lines[kept++] = l;
	}
	o->nlines = kept;
}

static bool starts_one_of(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_starts(s, str_of(*words)))
			return true;
	return false;
}

/* A figure and nothing else: 5928, 90.3%. */
static bool is_figure(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("0123456789.%", s.s[i]))
			return false;
	return s.n > 0 && s.n <= 16;
}

/* A bracket opens near the end of A that closes near the start of B. */
static bool bracketed(struct str a, struct str b)
{
	static const char *const open[] = {"（", "《", "(", NULL}, *const close[] = {"）", "》", ")", NULL};
	enum { NEAR = 120 };
	size_t from = a.n > NEAR ? a.n - NEAR : 0;

	for (int k = 0; open[k]; k++) {
		struct str tail = str_sub(a, from, a.n), head = str_sub(b, 0, b.n > NEAR ? NEAR : b.n);
		size_t last = SIZE_MAX, at = 0, first = str_find(head, str_of(close[k]), 0);
		while ((at = str_find(tail, str_of(open[k]), at)) != SIZE_MAX)
			last = at++;
		if (last != SIZE_MAX && str_find(tail, str_of(close[k]), last) == SIZE_MAX && first != SIZE_MAX
		    && str_find(str_sub(head, 0, first), str_of(open[k]), 0) == SIZE_MAX)
			return true;
	}
	return false;
}

/* A page that sets its figures and brackets apart breaks lines around them. No line starts
 * with a stop within a sentence, and a figure alone between such lines is part of one. */
static void join_torn(struct scan *o, struct str text)
{
	static const char *const inner[] = {"，", "。", "；", "、", "）", "》", "”", ")", ",", ";", "（以下简称", "(以下简称", NULL};
	static const char *const ends[] = {"。", "；", "：", ":", ";", "！", "？", NULL};
	static const char *const stops[] = {"，", "。", "；", ",", NULL};
	enum { NEAR = 60, LEAST = 18 };
	size_t kept = 0;

	for (size_t i = 0; i < o->nlines; i++) {
		struct line l = o->lines[i], *last = kept ? &o->lines[kept - 1] : NULL;
		struct str s = str_sub(text, l.b, l.e);
		const struct line *next = i + 1 < o->nlines ? &o->lines[i + 1] : NULL;
		bool open = last && !last->cells && !l.cells;
		for (const char *const *w = ends; open && *w; w++)
			open = !str_ends(str_sub(text, last->b, last->e), str_of(*w));
		bool torn = open && (starts_one_of(s, inner) || bracketed(str_sub(text, last->b, last->e), str_sub(text, l.b, text.n)));
		/* the figure's unit starts the next line, whose sentence goes on */
		if (open && !torn && next && !next->cells && last->e - last->b >= LEAST && is_figure(s)
		    && ((uint8_t)text.s[next->b] >= 0x80 || starts_one_of(str_sub(text, next->b, next->e), inner)))
			for (uint32_t k = next->b; k < next->e && k < next->b + NEAR && !torn; k++)
				torn = starts_one_of(str_sub(text, k, next->e), stops);
		bool figure = open && !torn && last->torn && (uint8_t)s.s[0] >= 0x80;
		if (torn || figure) {
			last->torn = !figure && is_figure(s);
			last->e = l.e;
			last->stops = l.stops;
		} else {
			o->lines[kept++] = l;
		}
	}
	o->nlines = kept;
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

/* Columns that a line takes: a Han character two, an ASCII one, but two for a stop
 * or bracket, which often was a full-width one when the text was set. */
static size_t columns(struct str text, const struct line *l)
{
	size_t n = 0;
	for (size_t i = l->b; i < l->e; i++) {
		uint8_t c = (uint8_t)text.s[i];
		n += c < 0x80 ? 1 + (c == ',' || c == ':' || c == ';' || c == '(' || c == ')') : c >= 0xE0 ? 2
			: c >= 0xC0 ? 1 : 0;
	}
	return n;
}

/* A line that does not end as paragraphs do. */
static bool is_open(const struct scan *s, struct str text, const struct line *l)
{
	if (l->stops > l->stop && s->stops[l->stops - 1].end >= l->e && s->stops[l->stops - 1].kind == STOP_END)
		return false;
	const char *last = l->e - l->b >= 3 ? text.s + l->e - 3 : "   ";
	return text.s[l->e - 1] != ':' && text.s[l->e - 1] != ';'
		&& memcmp(last, "：", 3) != 0 && memcmp(last, "；", 3) != 0;
}

/* A paragraph's first line is set in by two characters. */
static bool is_indented(struct str text, const struct line *l)
{
	return l->b > 0 && text.s[l->b - 1] != '\n' && text.s[l->b - 1] != '\r';
}

void scan_unwrap(struct scan *s, struct str text, const struct marks *marks)
{
	enum { COLUMNS_LEAST = 30, LINES_LEAST = 8, HISTOGRAM = 256 };
	uint32_t widths[HISTOGRAM] = {0};
	size_t full = 0, open = 0, width = 0, seen = 0, kept = 0, indented = 0, gaps = 0;

	/* most texts are not broken: the endings of lines tell without counting */
	for (size_t i = 0; i < s->nlines; i++) {
		const struct line *l = &s->lines[i];
		if (l->cells || l->e - l->b < COLUMNS_LEAST)
			continue;
		full++;
		open += is_open(s, text, l);
		gaps += l->gap;
	}
	if (full < LINES_LEAST || open * 2 < full)
		return;
	/* where an empty line stands behind every line, it divides nothing */
	bool doubled = gaps * 10 > full * 9;
	full = open = 0;
	for (size_t i = 0; i < s->nlines; i++) {
		const struct line *l = &s->lines[i];
		if (l->cells || l->e - l->b < COLUMNS_LEAST)
			continue;
		size_t w = l->e - l->b < 3 * HISTOGRAM ? columns(text, l) : HISTOGRAM;
		if (w < COLUMNS_LEAST)
			continue;
		full++;
		open += is_open(s, text, l);
		indented += is_indented(text, l);
		if (w < HISTOGRAM)
			widths[w]++;
	}
	if (full < LINES_LEAST || open * 2 < full)
		return;
	/* the width that all but one in ten lines keep to */
	while (width < HISTOGRAM && (seen += widths[width]) * 10 < full * 9)
		width++;
	if (width >= HISTOGRAM)
		return;
	/* where most lines are set in, that says nothing */
	bool indents = indented * 2 < full;
	for (size_t i = 0; i < s->nlines; i++) {
		struct line *last = kept ? &s->lines[kept - 1] : NULL, *l = &s->lines[i];
		bool join = last && (!l->gap || doubled) && !l->cells && !last->cells && is_open(s, text, last)
			&& !(indents && is_indented(text, l));
		if (join) {
			struct mark m;
			/* a word that may not be broken makes a line narrower, and so does the
			 * indent of a paragraph's first line, which may be lost */
			size_t slack = (width < 60 ? 6 : width / 8) + (last->e == s->lines[i - 1].e
				&& last->b == s->lines[i - 1].b ? 4 : 0);
			join = columns(text, &s->lines[i - 1]) + slack >= width
				&& !(marks_may(marks, text.s + l->b, l->e - l->b)
					&& marks_match(marks, text.s + l->b, l->e - l->b, &m));
		}
		if (join) {
			last->e = l->e;
			last->stops = l->stops;
		} else {
			s->lines[kept++] = *l;
		}
	}
	s->nlines = kept;
}
