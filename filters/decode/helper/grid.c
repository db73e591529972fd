#include "grid.h"

#include <math.h>
#include <stdlib.h>

enum { COLUMNS_MOST = 64, PIECES_MOST = 4096, LINES_MOST = 200, ROWS_LEAST = 2 };

struct column {
	float x0, x1;
};

struct grid {
	struct column columns[COLUMNS_MOST];
	uint32_t n;
};

static float common(const struct piece *p, const struct column *c)
{
	return fminf(p->x1, c->x1) - fmaxf(p->x0, c->x0);
}

/* The column that P stands in, or the nearest one. */
static uint32_t column_of(const struct grid *g, const struct piece *p)
{
	uint32_t best = 0;
	for (uint32_t i = 1; i < g->n; i++)
		if (common(p, &g->columns[i]) > common(p, &g->columns[best]))
			best = i;
	return best;
}

static int by_width(const void *pa, const void *pb)
{
	const struct piece *const *a = pa, *const *b = pb;
	float wa = (*a)->x1 - (*a)->x0, wb = (*b)->x1 - (*b)->x0;
	return wa != wb ? (wa > wb) - (wa < wb) : ((*a)->x0 > (*b)->x0) - ((*a)->x0 < (*b)->x0);
}

static int by_place(const void *pa, const void *pb)
{
	const struct column *a = pa, *b = pb;
	return (a->x0 > b->x0) - (a->x0 < b->x0);
}

/* Pieces above each other make a column, narrow ones first: a heading over several
 * columns then finds them made, and joins none. */
static void grid_make(struct grid *g, const struct layout *l, size_t b, size_t e)
{
	const struct piece *pieces[PIECES_MOST];
	size_t n = 0;

	*g = (struct grid){.n = 0};
	for (size_t i = b; i < e; i++)
		for (uint32_t k = 0; k < l->lines[i].n && n < PIECES_MOST; k++)
			pieces[n++] = &l->lines[i].pieces[k];
	qsort(pieces, n, sizeof *pieces, by_width);
	for (size_t i = 0; i < n; i++) {
		uint32_t over = 0, at = 0;
		for (uint32_t c = 0; c < g->n; c++)
			if (common(pieces[i], &g->columns[c]) > 0) {
				over++;
				at = c;
			}
		if (over == 0 && g->n < COLUMNS_MOST)
			g->columns[g->n++] = (struct column){pieces[i]->x0, pieces[i]->x1};
		if (over == 1) {
			g->columns[at].x0 = fminf(g->columns[at].x0, pieces[i]->x0);
			g->columns[at].x1 = fmaxf(g->columns[at].x1, pieces[i]->x1);
		}
	}
	qsort(g->columns, g->n, sizeof *g->columns, by_place);
}

/* Does each piece of LINE stand in a column of its own, aligned with it? */
static bool fits(const struct grid *g, const struct line *line)
{
	uint32_t last = 0, aligned = 0;

	for (uint32_t k = 0; k < line->n; k++) {
		uint32_t c = column_of(g, &line->pieces[k]);
		if (k > 0 && c <= last)
			return false;
		last = c;
		aligned += common(&line->pieces[k], &g->columns[c]) > 0;
	}
	return aligned == line->n;
}

/* White space between two lines, in characters. */
static float gap(const struct layout *l, size_t i)
{
	return (l->lines[i].y0 - l->lines[i - 1].y1) / fmaxf(line_em(&l->lines[i]), 0.01f);
}

/* The gap from which on a line begins a new row: cells of several lines show in two
 * kinds of gaps. */
static float threshold(const struct layout *l, size_t b, size_t e)
{
	float low = INFINITY, high = -INFINITY;

	for (size_t i = b + 1; i < e; i++) {
		low = fminf(low, gap(l, i));
		high = fmaxf(high, gap(l, i));
	}
	return high - low > 0.35f ? (low + high) / 2 : -INFINITY;
}

static bool is_inside(const struct piece *p, const struct column *c)
{
	return p->x0 > c->x0 - p->first * 0.5f && p->x1 < c->x1 + p->first * 0.5f;
}

size_t grid_measure(const struct layout *l, size_t b, size_t e)
{
	struct grid g;
	size_t end = b, rows = 0;

	if (l->lines[b].n < 2)
		return 0;
	for (size_t i = b; i < e && i < b + LINES_MOST && l->lines[i].column == l->lines[b].column && !l->lines[i].table; i++) {
		const struct line *line = &l->lines[i];
		float em = line_em(line);
		if (i > b && line->y0 - l->lines[i - 1].y1 > 4 * em)
			break;
		grid_make(&g, l, b, i + 1);
		if (!fits(&g, line) || (line->n == 1 && line->x1 - line->x0 > 30 * em))
			break;
		if (line->n > 1) {
			rows++;
			end = i + 1;
		} else if (i + 1 - end > 8 || line->x1 - line->x0 > (g.columns[column_of(&g, line->pieces)].x1
		    - g.columns[column_of(&g, line->pieces)].x0) + em) {
			break;
		}
	}
	if (rows < ROWS_LEAST)
		return 0;
	/* the last row's cells may have further lines */
	grid_make(&g, l, b, end);
	float limit = threshold(l, b, end);
	while (end < e && !l->lines[end].table && l->lines[end].n == 1 && gap(l, end) < limit && fits(&g, &l->lines[end])
	       && is_inside(&l->lines[end].pieces[0], &g.columns[column_of(&g, &l->lines[end].pieces[0])]))
		end++;
	return end - b;
}

static void cell_append(struct arena *a, struct str *cell, struct str more)
{
	char *s = arena_alloc(a, cell->n + more.n + 1);
	memcpy(s, cell->s ? cell->s : "", cell->n);
	memcpy(s + cell->n, more.s, more.n);
	*cell = (struct str){s, cell->n + more.n};
}

void grid_write(const struct layout *l, size_t b, size_t e, struct output *o)
{
	struct grid g;
	grid_make(&g, l, b, e);
	float limit = threshold(l, b, e);

	for (size_t i = b, next; i < e; i = next) {
		struct str cells[COLUMNS_MOST] = {{NULL, 0}};
		bool whole = false;             /* a line of the row has most cells: no other one has */
		for (next = i; next < e; next++) {
			const struct line *line = &l->lines[next];
			bool most = line->n >= 2 && line->n * 10 >= g.n * 6;
			uint32_t shared = 0;
			for (uint32_t k = 0; k < line->n; k++)
				shared += cells[column_of(&g, &line->pieces[k])].n > 0;
			/* few cells of one row have several lines */
			if (next > i && (gap(l, next) >= limit || (whole && most) || shared >= 3))
				break;
			whole |= most;
			for (uint32_t k = 0; k < line->n; k++) {
				struct str *cell = &cells[column_of(&g, &line->pieces[k])];
				cell_append(l->arena, cell, line->pieces[k].text);
			}
		}
		for (uint32_t c = 0; c < g.n; c++) {
			output_text(o, cells[c]);
			if (c + 1 < g.n)
				output_cell(o);
		}
		output_line(o);
	}
}
