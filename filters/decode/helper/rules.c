#include "rules.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum {
	RULES_MOST = 4000,      /* of one direction */
	DARK = 205              /* a darker pixel is drawn upon: thin lines come out as greys */
};

static const float THICKEST = 4;        /* units: what is thicker is an area with two edges */

/* Dark pixels beside each other, on one line of pixels or on several. */
struct run {
	int first, last;        /* lines */
	int from, to;           /* pixels of them */
};

struct runs {
	struct run *v;
	size_t n, cap;
};

/* What is found line by line: the runs of the line before, and of this one. */
struct finder {
	struct arena *arena;
	struct runs before, now, ended;
};

static void runs_add(struct finder *f, struct runs *r, struct run run)
{
	r->v = arena_grow(f->arena, r->v, &r->cap, r->n + 1, sizeof *r->v);
	r->v[r->n++] = run;
}

/* Ends a line of pixels: a run goes on one that it lies below. Both are in order. */
static void line_end(struct finder *f)
{
	struct runs swap = f->before;
	size_t k = 0;

	for (size_t i = 0; i < f->before.n; i++) {
		const struct run *a = &f->before.v[i];
		while (k < f->now.n && f->now.v[k].to <= a->from)
			k++;
		struct run *b = k < f->now.n ? &f->now.v[k] : NULL;
		if (!b || b->from >= a->to || b->first < b->last) {
			if (f->ended.n <= RULES_MOST)
				runs_add(f, &f->ended, *a);
			continue;
		}
		*b = (struct run){a->first, b->last, a->from < b->from ? a->from : b->from, a->to > b->to ? a->to : b->to};
	}
	f->before = f->now;
	f->now = swap;
	f->now.n = 0;
}

static bool is_dark(const unsigned char *pixel)
{
	return pixel[0] + 2 * pixel[1] + pixel[2] < 4 * DARK;
}

/* Is line Y of the pixels mostly light beside a run? Gaps between light characters on dark
 * ground are none of the table's. */
static bool is_light(const unsigned char *dark, int width, int height, int y, const struct run *r)
{
	int n = 0;

	for (int x = r->from; x < r->to && y >= 0 && y < height; x++)
		n += dark[(size_t)y * (size_t)width + (size_t)x];
	return n * 10 < (r->to - r->from) * 3;
}

/* The rules among WIDTH by HEIGHT pixels, a byte each. */
static size_t find(const unsigned char *dark, int width, int height, float scale, float shortest,
	struct rule **rules, struct arena *a)
{
	struct finder f = {.arena = a};
	int least = (int)(shortest * scale);
	size_t n = 0;

	for (int y = 0; y < height; y++) {
		const unsigned char *line = dark + (size_t)y * (size_t)width;
		for (int x = 0, e; x < width; x = e) {
			const unsigned char *b = memchr(line + x, 1, (size_t)(width - x));
			if (!b)
				break;
			x = (int)(b - line);
			const unsigned char *end = memchr(line + x, 0, (size_t)(width - x));
			e = end ? (int)(end - line) : width;
			if (e - x >= least)
				runs_add(&f, &f.now, (struct run){y, y, x, e});
		}
		line_end(&f);
	}
	line_end(&f);
	*rules = arena_alloc(a, (2 * f.ended.n + 1) * sizeof **rules);
	for (size_t i = 0; i < f.ended.n && f.ended.n <= RULES_MOST; i++) {
		const struct run *r = &f.ended.v[i];
		float from = (float)r->from / scale, to = (float)r->to / scale;
		float b = (float)r->first / scale, e = (float)(r->last + 1) / scale;
		bool before = is_light(dark, width, height, r->first - 1, r);
		bool behind = is_light(dark, width, height, r->last + 1, r);
		if (e - b <= THICKEST && before && behind)
			(*rules)[n++] = (struct rule){(b + e) / 2, from, to};
		if (e - b > THICKEST && before)
			(*rules)[n++] = (struct rule){b, from, to};
		if (e - b > THICKEST && behind)
			(*rules)[n++] = (struct rule){e, from, to};
	}
	return n;
}

static void rule_add(struct rule **rules, size_t *n, size_t *cap, struct rule rule, struct arena *a)
{
	if (*n == RULES_MOST)
		return;
	*rules = arena_grow(a, *rules, cap, *n + 1, sizeof **rules);
	(*rules)[(*n)++] = rule;
}

void rules_add(struct rules *r, float x0, float y0, float x1, float y1, float shortest, struct arena *a)
{
	float w = fabsf(x1 - x0), h = fabsf(y1 - y0), slope = 0.02f;

	if (w >= shortest && h <= w * slope)
		rule_add(&r->across, &r->nacross, &r->across_cap, (struct rule){(y0 + y1) / 2, fminf(x0, x1), fmaxf(x0, x1)}, a);
	else if (h >= shortest && w <= h * slope)
		rule_add(&r->down, &r->ndown, &r->down_cap, (struct rule){(x0 + x1) / 2, fminf(y0, y1), fmaxf(y0, y1)}, a);
}

void rules_find(struct rules *r, const struct picture *p, float shortest, struct arena *a)
{
	size_t w = (size_t)p->width, h = (size_t)p->height;
	unsigned char *across = arena_alloc(a, w * h + 1), *down = arena_alloc(a, w * h + 1);

	for (size_t y = 0; y < h; y++)
		for (size_t x = 0; x < w; x++) {
			bool dark = is_dark(p->data + y * (size_t)p->stride + 4 * x);
			across[y * w + x] = dark;
			down[x * h + y] = dark;
		}
	r->nacross = find(across, p->width, p->height, p->scale, shortest, &r->across, a);
	r->ndown = find(down, p->height, p->width, p->scale, shortest, &r->down, a);
}
