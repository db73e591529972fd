#include "join.h"
#include "cues.h"

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

void join_torn(struct scan *o, struct str text)
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

void join_marks(struct scan *o, struct str text, const struct marks *marks)
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

/* A line that the next one may go on with. */
static bool goes_on(const struct scan *s, struct str text, size_t i)
{
	return is_open(s, text, &s->lines[i])
		&& !(i + 1 < s->nlines && cues_bullet(str_sub(text, s->lines[i + 1].b, s->lines[i + 1].e)));
}

/* A paragraph's first line is set in by two characters. */
static bool is_indented(struct str text, const struct line *l)
{
	return l->b > 0 && text.s[l->b - 1] != '\n' && text.s[l->b - 1] != '\r';
}

void join_wrapped(struct scan *s, struct str text, const struct marks *marks)
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
		open += goes_on(s, text, i);
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
		open += goes_on(s, text, i);
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
			&& !(indents && is_indented(text, l)) && !cues_bullet(str_sub(text, l->b, l->e));
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
