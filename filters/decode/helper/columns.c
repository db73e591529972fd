#include "columns.h"

#include <math.h>

enum {
	BUCKETS = 200,
	LINES_LEAST = 6,        /* in each column */
	EM_LEAST = 8,           /* width of a column */
	DEPTH_MOST = 2,         /* four columns */
	LINES_PAGE_MOST = 20000
};

struct half {
	size_t lines, full;
	float x0, x1;
};

/* An empty strip between two halves: its middle; NAN where there is none. */
static float gutter_find(const struct line *lines, size_t n, float x0, float x1)
{
	unsigned covered[BUCKETS + 1] = {0}, most = 0;
	float step = (x1 - x0) / BUCKETS;
	int best = 0, best_at = 0, run = 0;

	for (size_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < lines[i].n; k++) {
			int b = (int)((lines[i].pieces[k].x0 - x0) / step), e = (int)((lines[i].pieces[k].x1 - x0) / step);
			for (b = b < 0 ? 0 : b; b <= e && b < BUCKETS; b++)
				covered[b]++;
		}
	for (int b = 0; b < BUCKETS; b++)
		most = covered[b] > most ? covered[b] : most;
	for (int b = BUCKETS / 5; b < BUCKETS * 4 / 5; b++) {
		run = covered[b] * 10 <= most ? run + 1 : 0;
		if (run > best) {
			best = run;
			best_at = b - run / 2;
		}
	}
	return best ? x0 + ((float)best_at + 0.5f) * step : NAN;
}

static bool crosses(const struct piece *p, float x)
{
	return p->x0 < x && p->x1 > x;
}

/* Do both halves hold running text, that is lines which fill them? LEAST: the share
 * of such lines in each, in percent. */
static bool is_gutter(const struct line *lines, size_t n, float x, unsigned least)
{
	struct half halves[2] = {{0, 0, INFINITY, -INFINITY}, {0, 0, INFINITY, -INFINITY}};
	float em = 0;

	for (size_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < lines[i].n; k++) {
			const struct piece *p = &lines[i].pieces[k];
			struct half *h = &halves[p->x0 > x];
			if (crosses(p, x))
				continue;
			h->x0 = fminf(h->x0, p->x0);
			h->x1 = fmaxf(h->x1, p->x1);
			em = fmaxf(em, p->first);
		}
	for (size_t i = 0; i < n; i++) {
		bool seen[2] = {false, false};
		for (uint32_t k = 0; k < lines[i].n; k++) {
			const struct piece *p = &lines[i].pieces[k];
			struct half *h = &halves[p->x0 > x];
			if (crosses(p, x))
				continue;
			h->lines += !seen[p->x0 > x];
			seen[p->x0 > x] = true;
			h->full += p->x1 - p->x0 > 0.82f * (h->x1 - h->x0);
		}
	}
	for (int s = 0; s < 2; s++)
		if (halves[s].lines < LINES_LEAST || halves[s].full * 100 < halves[s].lines * least
		    || halves[s].x1 - halves[s].x0 < em * EM_LEAST)
			return false;
	return (halves[0].full + halves[1].full) * 100 >= (halves[0].lines + halves[1].lines) * (least + 10);
}

static void line_bound(struct line *l)
{
	l->x0 = l->y0 = INFINITY;
	l->x1 = l->y1 = -INFINITY;
	for (uint32_t i = 0; i < l->n; i++) {
		l->x0 = fminf(l->x0, l->pieces[i].x0);
		l->x1 = fmaxf(l->x1, l->pieces[i].x1);
		l->y0 = fminf(l->y0, l->pieces[i].y0);
		l->y1 = fmaxf(l->y1, l->pieces[i].y1);
	}
}

struct sorted {
	struct line *lines;
	size_t n;
	struct arena *arena;
	uint8_t column;
	float *gutter;          /* the last page's, and this one's */
};

static void split(struct sorted *out, struct line *lines, size_t n, int depth);

/* Appends lines that stand below each other. */
static void append(struct sorted *out, const struct line *lines, size_t n, uint8_t column)
{
	for (size_t i = 0; i < n; i++) {
		out->lines[out->n] = lines[i];
		out->lines[out->n++].column = column;
	}
}

/* One band, between lines that cross the gutter. */
static void band(struct sorted *out, const struct line *lines, size_t n, float x, int depth)
{
	for (int side = 0; side < 2 && n > 0; side++) {
		struct line *half = arena_alloc(out->arena, n * sizeof *half);
		size_t k = 0;
		for (size_t i = 0; i < n; i++) {
			uint32_t cut = 0;
			while (cut < lines[i].n && lines[i].pieces[cut].x0 < x)
				cut++;
			half[k] = lines[i];
			half[k].pieces += side ? cut : 0;
			half[k].n = side ? lines[i].n - cut : cut;
			if (half[k].n)
				line_bound(&half[k++]);
		}
		split(out, half, k, depth + 1);
	}
}

static void split(struct sorted *out, struct line *lines, size_t n, int depth)
{
	float x0 = INFINITY, x1 = -INFINITY, x = NAN;

	for (size_t i = 0; i < n; i++) {
		x0 = fminf(x0, lines[i].x0);
		x1 = fmaxf(x1, lines[i].x1);
	}
	if (depth < DEPTH_MOST && n >= LINES_LEAST && n <= LINES_PAGE_MOST && x1 > x0)
		x = gutter_find(lines, n, x0, x1);
	unsigned least = depth == 0 && n && fabsf(x - *out->gutter) < 3 * line_em(&lines[0]) ? 15 : 35;
	if (isnan(x) || !is_gutter(lines, n, x, least)) {
		append(out, lines, n, depth ? ++out->column : 0);
		return;
	}
	if (depth == 0)
		*out->gutter = x;
	for (size_t b = 0, e; b < n; b = e) {
		for (e = b; e < n; e++) {
			bool over = false;
			for (uint32_t k = 0; k < lines[e].n; k++)
				over |= crosses(&lines[e].pieces[k], x);
			if (over)
				break;
		}
		band(out, lines + b, e - b, x, depth);
		if (e < n)
			append(out, &lines[e++], 1, 0);
	}
}

void columns_order(struct layout *l, size_t first)
{
	size_t n = l->nlines - first, most = 0;
	struct sorted out = {.arena = l->arena, .gutter = &l->gutter};

	for (size_t i = 0; i < n; i++)
		most += l->lines[first + i].n;  /* a line becomes as many as it has pieces, at most */
	out.lines = arena_alloc(l->arena, (most + 1) * sizeof *out.lines);
	split(&out, l->lines + first, n, 0);
	l->nlines = first;
	l->lines = arena_grow(l->arena, l->lines, &l->lines_cap, first + out.n, sizeof *l->lines);
	for (size_t i = 0; i < out.n; i++)
		l->lines[first + i] = out.lines[i];
	l->nlines += out.n;
}
