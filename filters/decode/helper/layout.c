#include "layout.h"
#include "columns.h"
#include "radicals.h"
#include "ruled.h"

#include <math.h>
#include <stdlib.h>

enum { GLYPHS_MOST = 1 << 23, PAGE_GLYPHS_MOST = 1 << 19 };

/* Gaps, in widths of a wide character. */
static const float GAP_LATIN = 0.25f;   /* between Latin letters: another word */
static const float GAP_WIDE = 0.45f;    /* a space beside a Han character */
static const float GAP_CELL = 1.6f;     /* more than any word space: another cell */
static const float GAP_SOFT = 0.85f;    /* another cell where the lines around have a gap there, too */
static const float GAP_RUN = 0.55f;     /* the same, where the document's order says that it is apart */

/* A run of characters on one line. */
struct run {
	uint32_t b, e;          /* glyphs */
	float x0, x1, y0, y1;
};

void layout_run(struct layout *l)
{
	if (l->nruns && l->runs[l->nruns - 1] == l->n)
		return;
	l->runs = arena_grow(l->arena, l->runs, &l->runs_cap, l->nruns + 1, sizeof *l->runs);
	l->runs[l->nruns++] = (uint32_t)l->n;
}

static bool is_sound(const struct glyph *g)
{
	return isfinite(g->x0) && isfinite(g->x1) && isfinite(g->y0) && isfinite(g->y1)
		&& fabsf(g->x0) < 1e6f && fabsf(g->y0) < 1e6f && g->x1 >= g->x0 && g->y1 > g->y0
		&& g->x1 - g->x0 < 1e5f && g->y1 - g->y0 < 1e5f;
}

void layout_glyph(struct layout *l, struct glyph g)
{
	char utf8[4];

	if (!is_sound(&g) || g.cp < 0x20 || (g.cp >= 0x7F && g.cp < 0xA0) || g.cp == 0xAD)
		return;
	if (l->n >= PAGE_GLYPHS_MOST || l->nlines >= GLYPHS_MOST / 16) {
		l->full = true;
		return;
	}
	g.cp = radical_ideograph(g.cp);
	if (!(g.size > 0))
		g.size = g.y1 - g.y0;
	if (l->nruns == 0)
		layout_run(l);
	if (l->n > l->runs[l->nruns - 1]) {
		const struct glyph *last = &l->glyphs[l->n - 1];
		float height = fminf(last->y1 - last->y0, g.y1 - g.y0);
		float common = fminf(last->y1, g.y1) - fmaxf(last->y0, g.y0);
		if (common < height * 0.5f || g.x0 < last->x0 - g.size * 0.5f || g.x0 - last->x1 > g.size * GAP_CELL)
			layout_run(l);
	}
	if (space_at(utf8, utf8_put(utf8, g.cp)))
		return;                         /* gaps tell what spaces would */
	l->glyphs = arena_grow(l->arena, l->glyphs, &l->cap, l->n + 1, sizeof *l->glyphs);
	l->glyphs[l->n++] = g;
}

/* --- runs to lines --- */

static int by_height(const void *pa, const void *pb)
{
	const struct run *a = pa, *b = pb;
	float ya = a->y0 + a->y1, yb = b->y0 + b->y1;
	return ya != yb ? (ya > yb) - (ya < yb) : (a->b > b->b) - (a->b < b->b);
}

static int by_place(const void *pa, const void *pb)
{
	const struct run *a = pa, *b = pb;
	return a->x0 != b->x0 ? (a->x0 > b->x0) - (a->x0 < b->x0) : (a->b > b->b) - (a->b < b->b);
}

static size_t runs_make(struct layout *l, struct run **runs)
{
	size_t n = 0;

	*runs = arena_alloc(l->arena, (l->nruns + 1) * sizeof **runs);
	for (size_t i = 0; i < l->nruns; i++) {
		uint32_t b = l->runs[i], e = i + 1 < l->nruns ? l->runs[i + 1] : (uint32_t)l->n;
		if (b >= e)
			continue;
		struct run *r = &(*runs)[n++];
		*r = (struct run){b, e, l->glyphs[b].x0, l->glyphs[e - 1].x1, l->glyphs[b].y0, l->glyphs[b].y1};
		for (uint32_t k = b; k < e; k++) {
			r->x1 = fmaxf(r->x1, l->glyphs[k].x1);
			r->y0 = fminf(r->y0, l->glyphs[k].y0);
			r->y1 = fmaxf(r->y1, l->glyphs[k].y1);
		}
	}
	return n;
}

static bool is_wide(uint32_t cp)
{
	return cp >= 0x2E80 || (cp >= 0x2014 && cp <= 0x2026) || (cp >= 0x2460 && cp < 0x2500);
}

/* Characters that no line begins with (GB/T 15834, 行首禁则). */
static bool is_closing(uint32_t cp)
{
	static const uint32_t closing[] = {',', '.', ';', ':', '!', '?', ')', ']', '}', '%', 0x2019, 0x201D, 0x2026,
		0x3001, 0x3002, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0xFF01, 0xFF05, 0xFF09,
		0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D, 0x2030, 0x2103, 0x2014, 0};
	for (const uint32_t *c = closing; *c; c++)
		if (*c == cp)
			return true;
	return false;
}

static bool is_opening(uint32_t cp)
{
	static const uint32_t opening[] = {'(', '[', '{', 0x2018, 0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010,
		0x3014, 0x3016, 0xFF08, 0xFF3B, 0xFF5B, 0};
	for (const uint32_t *c = opening; *c; c++)
		if (*c == cp)
			return true;
	return false;
}

/* Could a line break between A and B? */
static bool can_break(uint32_t a, uint32_t b)
{
	return !is_closing(b) && !is_opening(a) && (is_wide(a) || is_wide(b));
}

/* Spaces that a gap between A and B stands for. */
static unsigned spaces_between(const struct glyph *a, const struct glyph *b)
{
	float gap = (b->x0 - a->x1) / fmaxf(fminf(a->size, b->size), 0.01f);

	if (!is_wide(a->cp) && !is_wide(b->cp))
		return b->space || gap > GAP_LATIN;
	if (gap < GAP_WIDE)
		return 0;                       /* between Han and Latin it is the typesetter's */
	return gap < 0.9f ? 1 : (unsigned)fminf(gap * 2, 8);
}

struct text {
	char *s;
	size_t n, cap;
	struct arena *arena;
};

static void text_put(struct text *t, uint32_t cp)
{
	t->s = arena_grow(t->arena, t->s, &t->cap, t->n + 4, 1);
	t->n += utf8_put(t->s + t->n, cp);
}

static struct piece *piece_add(struct line *l, size_t *cap, struct arena *a)
{
	size_t need = l->n + 1;
	l->pieces = arena_grow(a, l->pieces, cap, need, sizeof *l->pieces);
	l->pieces[l->n] = (struct piece){0};
	return &l->pieces[l->n++];
}

/* Makes a line of runs that stand side by side. */
static void line_make(struct layout *l, struct line *line, struct run *runs, size_t n)
{
	const struct glyph *last = NULL;
	struct piece *p = NULL;
	struct text t = {.arena = l->arena};
	size_t cap = 0;
	bool token = false;

	*line = (struct line){.page = l->npages};
	qsort(runs, n, sizeof *runs, by_place);
	for (size_t r = 0; r < n; r++)
		for (uint32_t i = runs[r].b; i < runs[r].e; i++) {
			const struct glyph *g = &l->glyphs[i];
			if (last && g->cp == last->cp && fabsf(g->x0 - last->x0) < g->size * 0.1f)
				continue;       /* printed twice to look bold */
			float gap = last ? (g->x0 - last->x1) / fmaxf(fmaxf(g->size, last->size), 0.01f) : 0;
			bool soft = last && gap > GAP_SOFT && gap <= GAP_CELL;
			bool cell = !last || soft || g->x0 - last->x1 > fmaxf(g->size, last->size) * (i == runs[r].b ? GAP_RUN : GAP_CELL);
			if (cell) {
				if (p)
					p->text = (struct str){t.s, t.n};
				t = (struct text){.arena = l->arena};
				p = piece_add(line, &cap, l->arena);
				*p = (struct piece){.soft = soft && gap <= GAP_CELL, .x0 = g->x0, .x1 = g->x1, .y0 = g->y0, .y1 = g->y1, .first = g->size};
				token = false;
			} else {
				for (unsigned k = spaces_between(last, g); k > 0; k--)
					text_put(&t, ' ');
				token |= can_break(last->cp, g->cp);
			}
			text_put(&t, g->cp);
			if (!token)
				p->token = g->x1 - p->x0;
			p->last = g->size;
			p->x1 = fmaxf(p->x1, g->x1);
			p->y0 = fminf(p->y0, g->y0);
			p->y1 = fmaxf(p->y1, g->y1);
			last = g;
		}
	if (!p)
		return;
	p->text = (struct str){t.s, t.n};
	line->x0 = line->pieces[0].x0;
	line->x1 = p->x1;
	line->y0 = p->y0;
	line->y1 = p->y1;
	for (uint32_t i = 0; i < line->n; i++) {
		line->y0 = fminf(line->y0, line->pieces[i].y0);
		line->y1 = fmaxf(line->y1, line->pieces[i].y1);
		line->x1 = fmaxf(line->x1, line->pieces[i].x1);
	}
}

/* --- gaps that may be spaces --- */

/* Has LINE a gap at [X0, X1]? */
static bool has_gap(const struct line *line, float x0, float x1)
{
	for (uint32_t k = 1; k < line->n; k++)
		if (fminf(line->pieces[k].x0, x1) - fmaxf(line->pieces[k - 1].x1, x0) > (x1 - x0) * 0.4f)
			return true;
	return false;
}

static bool is_near(const struct line *a, const struct line *b)
{
	return fabsf(a->y0 - b->y0) < 4 * line_em(a);
}

/* Makes one piece of those that only spaces separate: where no line near has a gap
 * in the same place. */
static void soft_join(struct layout *l, struct line *line, bool *cells)
{
	uint32_t n = 1;

	for (uint32_t k = 1; k < line->n; k++) {
		struct piece *a = &line->pieces[n - 1], *b = &line->pieces[k];
		if (!b->soft || cells[k]) {
			line->pieces[n++] = *b;
			continue;
		}
		unsigned spaces = (unsigned)fmaxf(fminf((b->x0 - a->x1) / fmaxf(b->first, 0.01f) * 2, 8), 1);
		char *s = arena_alloc(l->arena, a->text.n + spaces + b->text.n);
		memcpy(s, a->text.s, a->text.n);
		memset(s + a->text.n, ' ', spaces);
		memcpy(s + a->text.n + spaces, b->text.s, b->text.n);
		a->text = (struct str){s, a->text.n + spaces + b->text.n};
		a->x1 = fmaxf(a->x1, b->x1);
		a->y0 = fminf(a->y0, b->y0);
		a->y1 = fmaxf(a->y1, b->y1);
		a->last = b->last;
	}
	line->n = n;
}

static void soft_settle(struct layout *l, size_t first)
{
	enum { PIECES_MOST = 64, NEAR = 3 };
	size_t n = l->nlines - first;
	struct line *lines = l->lines + first;
	bool (*cells)[PIECES_MOST] = arena_calloc(l->arena, n + 1, sizeof *cells);

	for (size_t i = 0; i < n; i++)
		for (uint32_t k = 1; k < lines[i].n && k < PIECES_MOST; k++) {
			float x0 = lines[i].pieces[k - 1].x1, x1 = lines[i].pieces[k].x0;
			for (size_t j = i < NEAR ? 0 : i - NEAR; lines[i].pieces[k].soft && j < n && j <= i + NEAR; j++)
				cells[i][k] |= j != i && is_near(&lines[i], &lines[j]) && has_gap(&lines[j], x0, x1);
		}
	for (size_t i = 0; i < n; i++)
		if (lines[i].n <= PIECES_MOST)
			soft_join(l, &lines[i], cells[i]);
}

/* --- pages --- */

/* The runs that stand on one line, from B on, end where this says. */
static size_t band_end(const struct run *runs, size_t b, size_t n)
{
	float y0 = runs[b].y0, y1 = runs[b].y1;
	size_t e;

	for (e = b + 1; e < n; e++) {
		float height = fminf(y1 - y0, runs[e].y1 - runs[e].y0);
		if (fminf(y1, runs[e].y1) - fmaxf(y0, runs[e].y0) < height * 0.5f)
			break;
	}
	return e;
}

/* Does the page before end with a table, but for a page mark? */
static bool ends_with_table(const struct layout *l)
{
	enum { BEHIND_MOST = 2 };

	for (size_t i = l->nlines; i > 0 && l->nlines - i <= BEHIND_MOST && l->lines[i - 1].page + 1 == l->npages; i--)
		if (l->lines[i - 1].table)
			return true;
	return false;
}

bool layout_has_gaps(struct layout *l)
{
	struct run *runs;
	/* one row may be what is left of the page before's table */
	size_t n = runs_make(l, &runs), bands = 0, enough = ends_with_table(l) ? 1 : 2;

	if (n)
		qsort(runs, n, sizeof *runs, by_height);
	for (size_t b = 0, e; b < n && bands < enough; b = e) {
		e = band_end(runs, b, n);
		qsort(runs + b, e - b, sizeof *runs, by_place);
		bool gap = false;
		for (size_t i = b + 1; i < e; i++)
			gap |= runs[i].x0 - runs[i - 1].x1 > l->glyphs[runs[i].b].size * GAP_RUN;
		bands += gap;
	}
	return bands == enough;
}

/* Puts the page's tables among its lines, from FIRST on, by height. */
static void tables_insert(struct layout *l, size_t first)
{
	float em = l->nlines > first ? line_em(&l->lines[first]) : 1;

	for (size_t t = 0; t < l->ntables; t++) {
		struct ruled *table = &l->tables[t];
		size_t at = first;
		l->lines = arena_grow(l->arena, l->lines, &l->lines_cap, l->nlines + 1, sizeof *l->lines);
		while (at < l->nlines && l->lines[at].y0 < table->y0)
			at++;
		memmove(l->lines + at + 1, l->lines + at, (l->nlines - at) * sizeof *l->lines);
		l->nlines++;
		struct piece *p = arena_calloc(l->arena, 1, sizeof *p);
		*p = (struct piece){STR(""), table->x0, table->x1, table->y0, table->y1, em, em, 0, false};
		l->lines[at] = (struct line){.table = table, .pieces = p, .n = 1, .page = l->npages,
			.x0 = table->x0, .x1 = table->x1, .y0 = table->y0, .y1 = table->y1};
	}
	l->ntables = 0;
}

void layout_page(struct layout *l)
{
	struct run *runs;
	size_t n = runs_make(l, &runs), first = l->nlines;

	if (n)
		qsort(runs, n, sizeof *runs, by_height);
	for (size_t b = 0, e; b < n; b = e) {
		e = band_end(runs, b, n);
		l->lines = arena_grow(l->arena, l->lines, &l->lines_cap, l->nlines + 1, sizeof *l->lines);
		line_make(l, &l->lines[l->nlines++], runs + b, e - b);
	}
	soft_settle(l, first);
	tables_insert(l, first);
	columns_order(l, first);
	l->npages++;
	l->n = l->nruns = 0;
}

bool line_needs_space(const struct line *a, const struct line *b)
{
	uint32_t x = text_last(line_last(a)->text), y = 0;
	struct str next = b->pieces[0].text;
	if (next.n)
		utf8_next(next.s, next.n, &y);
	return x < 0x2E80 && y < 0x2E80 && x > ' ' && ((x | 32) >= 'a' || x == ',' || x == '.') && (y | 32) >= 'a' && y < 0x250
		&& !(x >= 0x2000);
}
