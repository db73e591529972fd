#include "join.h"
#include "furniture.h"
#include "grid.h"
#include "ruled.h"

#include <math.h>
#include <stdlib.h>

/* Where the lines of one page, or of one of its columns, begin and end. */
struct margin {
	uint32_t page;
	uint8_t column;
	float x0, x1;
};

struct join {
	struct layout *l;
	struct line *lines;     /* without furniture */
	size_t n;
	struct margin *margins; /* one per line, shared values */
	float pitch;            /* between lines of a paragraph, in characters; 0 where unknown */
	bool indents;           /* paragraphs begin with an indent */
};

static int float_order(const void *pa, const void *pb)
{
	float a = *(const float *)pa, b = *(const float *)pb;
	return (a > b) - (a < b);
}

static float width(const struct line *a)
{
	return a->x1 - a->x0;
}

/* The width of a full line: what a tenth of the lines, at least two, reach. */
static float width_full(struct join *j)
{
	float *widths = arena_alloc(j->l->arena, (j->n + 1) * sizeof *widths);
	size_t n = 0;

	for (size_t i = 0; i < j->n; i++)
		if (!j->lines[i].table)
			widths[n++] = width(&j->lines[i]);
	if (n == 0)
		return 0;
	qsort(widths, n, sizeof *widths, float_order);
	size_t back = n / 10 > 1 ? n / 10 : n > 3 ? 1 : 0;
	return widths[n - 1 - back];
}

/* Punctuation may hang over the margin, so that lines which end with it do not tell
 * where that is. */
static bool may_hang(const struct line *a)
{
	uint32_t cp = text_last(line_last(a)->text);
	return cp == ',' || cp == '.' || cp == 0x3001 || cp == 0x3002 || cp == 0xFF0C || cp == 0xFF1A || cp == 0xFF1B;
}

/* Where full lines start. Where most of them are the first of short paragraphs, the few that
 * start further left by an indent tell. */
static float start_of(float *starts, size_t n, float em)
{
	qsort(starts, n, sizeof *starts, float_order);
	float middle = starts[n / 2];
	size_t outer = n / 8;                   /* as many may stand out */
	return middle - starts[outer] > em * 1.2f && middle - starts[outer] < em * 4.5f ? starts[outer] : middle;
}

/* Margins of lines [b, e), one column: after its full lines, else the last such
 * column's. */
static struct margin margin_of(struct join *j, size_t b, size_t e, float full, struct margin before)
{
	float *starts = arena_alloc(j->l->arena, (e - b) * sizeof *starts), *ems = arena_alloc(j->l->arena, (e - b) * sizeof *ems);
	struct margin m = {j->lines[b].page, j->lines[b].column, INFINITY, -INFINITY};
	float hanging = -INFINITY;
	size_t n = 0;

	if (m.column) {                         /* a column of its own width */
		full = 0;
		for (size_t i = b; i < e; i++)
			full = fmaxf(full, width(&j->lines[i]));
	}
	for (size_t i = b; i < e; i++) {
		const struct line *a = &j->lines[i];
		if (a->table || width(a) < full - line_em(a) * 2.6f)
			continue;
		if (may_hang(a))
			hanging = fmaxf(hanging, a->x1);
		else if (width(a) < full + line_em(a))
			m.x1 = fmaxf(m.x1, a->x1);
		if (width(a) > full - line_em(a) * 0.8f) {
			ems[n] = line_em(a);
			starts[n++] = a->x0;
		}
	}
	if (m.x1 == -INFINITY)
		m.x1 = hanging;
	if (n > 0) {
		qsort(ems, n, sizeof *ems, float_order);
		float em = ems[n / 2];
		m.x0 = start_of(starts, n, em);
		/* the end of a report may have first lines only: the page before tells by how much they are indented */
		if (n < 4 && before.x1 > before.x0 && fabsf(m.x1 - before.x1) < em && m.x0 - before.x0 > em * 1.2f
		    && m.x0 - before.x0 < em * 4.5f)
			m.x0 = before.x0;
		return m;
	}
	if (m.x1 > -INFINITY) {                 /* first lines of paragraphs only */
		m.x0 = m.x1 - full;
		return m;
	}
	if (before.x1 > before.x0) {
		m.x0 = before.x0;
		m.x1 = before.x1;
		return m;
	}
	for (size_t i = b; i < e; i++) {
		m.x0 = fminf(m.x0, j->lines[i].x0);
		m.x1 = fmaxf(m.x1, j->lines[i].x1);
	}
	return m;
}

static void margins_make(struct join *j)
{
	float full = width_full(j);
	struct margin before = {0, 0, 0, 0};

	j->margins = arena_alloc(j->l->arena, (j->n + 1) * sizeof *j->margins);
	for (size_t b = 0, e; b < j->n; b = e) {
		for (e = b; e < j->n && j->lines[e].page == j->lines[b].page && j->lines[e].column == j->lines[b].column; e++)
			;
		struct margin m = margin_of(j, b, e, full, before);
		for (size_t i = b; i < e; i++)
			j->margins[i] = m;
		if (m.column == 0)
			before = m;
	}
}

static bool follows(const struct join *j, size_t i)
{
	const struct line *a = &j->lines[i], *b = &j->lines[i + 1];
	return !a->table && !b->table && a->page == b->page && a->column == b->column && b->y0 > a->y0;
}

static float indent(const struct join *j, size_t i)
{
	return (j->lines[i].x0 - j->margins[i].x0) / fmaxf(line_em(&j->lines[i]), 0.01f);
}

/* Characters from baseline to baseline. */
static float pitch(const struct join *j, size_t i)
{
	const struct line *a = &j->lines[i], *b = &j->lines[i + 1];
	return (b->y1 - a->y1) / fmaxf(line_em(b), 0.01f);
}

static bool is_centred(const struct join *j, size_t i)
{
	float left = j->lines[i].x0 - j->margins[i].x0, right = j->margins[i].x1 - j->lines[i].x1;
	return left > 0 && fabsf(left - right) < line_em(&j->lines[i]);
}

/* Was there no room in line I for the first word of the next one? */
static bool is_full(const struct join *j, size_t i)
{
	const struct line *a = &j->lines[i], *b = &j->lines[i + 1];
	float room = j->margins[i].x1 - a->x1, em = line_last(a)->last;

	if (is_centred(j, i) && is_centred(j, i + 1) && indent(j, i + 1) > 0.8f)
		room += a->x0 - j->margins[i].x0;       /* on both sides */
	return room < b->pieces[0].token + em * 0.25f;
}

static void habits_learn(struct join *j)
{
	float *pitches = arena_alloc(j->l->arena, (j->n + 1) * sizeof *pitches);
	size_t n = 0, indented = 0, starts = 0;

	for (size_t i = 0; i + 1 < j->n; i++) {
		if (follows(j, i) && is_full(j, i) && fabsf(indent(j, i + 1)) < 0.8f)
			pitches[n++] = pitch(j, i);
		if (!j->lines[i].table && !j->lines[i + 1].table && !is_full(j, i)) {
			starts++;
			indented += indent(j, i + 1) > 1.2f && indent(j, i + 1) < 4.5f;
		}
	}
	if (n)
		qsort(pitches, n, sizeof *pitches, float_order);
	j->pitch = n ? pitches[n / 2] : 0;
	j->indents = indented * 2 > starts;
}

static bool ends_sentence(struct str s)
{
	uint32_t cp = text_last(s);
	return cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F || cp == 0xFF1A || cp == ':' || cp == 0xFF1B || cp == ';';
}

static bool ends_colon(struct str s)
{
	uint32_t cp = text_last(s);
	return cp == 0xFF1A || cp == ':';
}

/* Does S begin with a heading's number: 一、 （一） 1. 第一章? */
static bool starts_mark(struct str s)
{
	static const char *const numerals = "一二三四五六七八九十百零";
	size_t i = 0, digits = 0;
	bool bracket = false, ordinal = false;
	uint32_t cp;

	for (i = 0; i < s.n;) {
		size_t k = utf8_next(s.s + i, s.n - i, &cp);
		bool digit = (cp >= '0' && cp <= '9') || (k == 3 && str_find(str_of(numerals), str_sub(s, i, i + k), 0) != SIZE_MAX);
		if (digit) {
			digits++;
		} else if (digits == 0 && (cp == '(' || cp == 0xFF08)) {
			bracket = true;
		} else if (digits == 0 && cp == 0x7B2C) {       /* 第 */
			ordinal = true;
		} else if (bracket) {
			return digits > 0 && digits < 4 && (cp == ')' || cp == 0xFF09);
		} else if (ordinal) {                           /* 章 节 条 编 部分 */
			return digits > 0 && (cp == 0x7AE0 || cp == 0x8282 || cp == 0x6761 || cp == 0x7F16 || cp == 0x90E8);
		} else {
			return digits > 0 && digits < 4 && (cp == 0x3001 || cp == 0xFF0E);
		}
		i += k;
	}
	return false;
}

/* 一、工作情况 ........ 3 */
static bool is_contents(struct str s)
{
	size_t digits = 0, dots = 0;

	while (s.n && s.s[s.n - 1] >= '0' && s.s[s.n - 1] <= '9') {
		s.n--;
		digits++;
	}
	s = str_trim(s);
	while (s.n) {
		uint32_t cp = text_last(s);
		if (cp != '.' && cp != 0x2026 && cp != 0xB7 && cp != ' ' && cp != 0x22EF)
			break;
		dots += cp != ' ';
		s.n = utf8_prev(s.s, s.n);
	}
	return digits > 0 && digits < 5 && dots >= 3;
}

/* Some typesetters leave room; a sentence that has not ended tells them. */
static bool is_nearly_full(const struct join *j, size_t i)
{
	const struct piece *last = line_last(&j->lines[i]);
	return j->margins[i].x1 - j->lines[i].x1 < 3.5f * last->last && !ends_sentence(last->text);
}

/* Is there more than a word space in it? */
static bool is_apart(const struct line *a)
{
	for (uint32_t k = 1; k < a->n; k++)
		if (a->pieces[k].x0 - a->pieces[k - 1].x1 > 2.5f * line_em(a))
			return true;
	return false;
}

/* Does the paragraph of line I go on in the next one? OPEN: line I itself goes on. */
static bool goes_on(const struct join *j, size_t i, bool open)
{
	const struct line *a = &j->lines[i], *b = &j->lines[i + 1];
	float in = indent(j, i + 1), em = line_em(b);

	if (a->table || b->table || fabsf(line_last(a)->last - b->pieces[0].first) > em * 0.15f || is_contents(line_last(a)->text))
		return false;
	bool running = (open && fabsf(indent(j, i)) < 0.8f) || (indent(j, i) > 1.2f && indent(j, i) < 4.5f);
	if (!is_full(j, i) && !(is_nearly_full(j, i) && running && j->indents && fabsf(in) < 0.8f))
		return false;
	if (follows(j, i) && j->pitch > 0 && pitch(j, i) > j->pitch * 1.5f)
		return false;
	if (is_apart(b) && a->n != b->n)
		return false;                   /* two things on a line: a signature, a table */
	if (i + 2 < j->n && j->lines[i + 2].table && ends_sentence(line_last(a)->text) && !is_full(j, i + 1))
		return false;                   /* a table's caption */
	if (fabsf(in) < 0.8f && (!running || is_centred(j, i)) && j->indents && b->n == 1 && ends_colon(b->pieces[0].text)
	    && width(b) * 2 < j->margins[i + 1].x1 - j->margins[i + 1].x0)
		return false;                   /* the addressee, below the document's number */
	if (fabsf(in) < 0.8f)
		return j->indents || !starts_mark(b->pieces[0].text) || !ends_sentence(line_last(a)->text);
	if (in < 0)
		return false;
	if (is_centred(j, i) && is_centred(j, i + 1))
		return true;                    /* a title, broken because it was full */
	/* a block that is indented as a whole: three lines that begin at one place */
	if (fabsf(a->x0 - b->x0) > em * 0.3f)
		return false;
	bool before = i > 0 && follows(j, i - 1) && fabsf(j->lines[i - 1].x0 - a->x0) < em * 0.3f && is_full(j, i - 1);
	bool behind = i + 2 < j->n && follows(j, i + 1) && fabsf(j->lines[i + 2].x0 - b->x0) < em * 0.3f && is_full(j, i + 1);
	return before || behind;
}

static void line_write(const struct line *a, struct output *o)
{
	for (uint32_t k = 0; k < a->n; k++) {
		if (k > 0) {
			float em = a->pieces[k].first > 0 ? a->pieces[k].first : 1;
			int spaces = (int)fminf((a->pieces[k].x0 - a->pieces[k - 1].x1) / em * 2, 20);
			for (; spaces > 0; spaces--)
				output_char(o, ' ');
		}
		output_text(o, a->pieces[k].text);
	}
}

/* Does the table of line I go on at the top of the next page? */
static bool table_goes_on(const struct join *j, size_t i)
{
	const struct line *a = &j->lines[i], *b = i + 1 < j->n ? a + 1 : NULL;

	return b && a->table && b->table && b->page == a->page + 1
		&& fabsf(a->x0 - b->x0) < line_em(a) && fabsf(a->x1 - b->x1) < line_em(a);
}

static void tables_unite(struct join *j)
{
	struct ruled **tables = arena_alloc(j->l->arena, (j->n + 1) * sizeof *tables);

	for (size_t i = 0, n; i < j->n; i += n + 1) {
		for (n = 0; table_goes_on(j, i + n); n++)
			tables[n] = j->lines[i + n].table;
		tables[n] = j->lines[i + n].table;
		if (n > 0)
			ruled_unite(tables, n + 1, j->l->arena);
	}
}

static void pages_note(struct output *o, uint32_t page)
{
	while (o->npages <= page)
		output_page(o);
}

void layout_write(struct layout *l, struct output *o)
{
	struct join j = {.l = l, .lines = arena_alloc(l->arena, (l->nlines + 1) * sizeof *j.lines)};

	furniture_mark(l);
	for (size_t i = 0; i < l->nlines; i++)
		if (!l->lines[i].furniture)
			j.lines[j.n++] = l->lines[i];
	l->lines = j.lines;
	l->nlines = j.n;
	margins_make(&j);
	habits_learn(&j);
	tables_unite(&j);
	bool open = false;
	for (size_t i = 0, end; i < j.n; i = end) {
		pages_note(o, j.lines[i].page);
		for (end = i; end < j.n && j.lines[end].page == j.lines[i].page; end++)
			;
		if (j.lines[i].table) {
			bool again = i > 0 && table_goes_on(&j, i - 1);
			ruled_write(j.lines[i].table, again ? j.lines[i - 1].table : NULL, o);
			end = i + 1;
			continue;
		}
		size_t rows = open ? 0 : grid_measure(l, i, end);
		end = i + (rows ? rows : 1);
		if (rows) {
			grid_write(l, i, end, o);
			continue;
		}
		line_write(&j.lines[i], o);
		open = i + 1 < j.n && goes_on(&j, i, open);
		if (!open)
			output_line(o);
		else if (line_needs_space(&j.lines[i], &j.lines[i + 1]))
			output_space(o);
	}
	output_line(o);
	pages_note(o, l->npages ? l->npages - 1 : 0);
}
