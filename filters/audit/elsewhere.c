/* elsewhere: a number of the document that gives the stated rate: nobody names it as the
 * base, yet it may be meant. Whole numbers are found by their value, so that a table of
 * rates without end costs no square. */
#include "audit.h"

#include <stdlib.h>

enum { AWAY_MOST = 4096 };      /* items between: as many as any report has */

static int by_near(const void *x, const void *y)
{
	const struct item *a = *(const struct item *const *)x, *b = *(const struct item *const *)y;

	if (a->near != b->near)
		return a->near < b->near ? -1 : 1;
	return (a > b) - (a < b);
}

static bool is_amount_here(const struct item *x)
{
	return item_is_amount(x) && x->exact && x->counted;
}

/* Amounts by their value, and those that are vague, by place. */
static void index_build(struct audit *a)
{
	const struct scene *s = &a->scene;
	struct elsewhere *w = &a->elsewhere;

	*w = (struct elsewhere){.built = true};
	w->sure = arena_alloc(s->arena, (s->n + 1) * sizeof *w->sure);
	w->vague = arena_alloc(s->arena, (s->n + 1) * sizeof *w->vague);
	for (size_t i = 0; i < s->n; i++) {
		if (is_amount_here(&s->items[i]))
			w->sure[w->nsure++] = &s->items[i];
		else if (item_is_amount(&s->items[i]))
			w->vague[w->nvague++] = &s->items[i];
	}
	qsort(w->sure, w->nsure, sizeof *w->sure, by_near);
}

/* The first of the sorted amounts that is not below V. */
static size_t first_from(const struct elsewhere *w, double v)
{
	size_t b = 0, e = w->nsure;

	while (b < e) {
		size_t m = b + (e - b) / 2;
		if (w->sure[m]->near < v)
			b = m + 1;
		else
			e = m;
	}
	return b;
}

static bool gives(const struct scene *s, const struct rate *r, const struct item *x)
{
	size_t at = (size_t)(r->num - s->items), i = (size_t)(x - s->items);

	return i + AWAY_MOST >= at && i < at + AWAY_MOST && x != r->num && x != r->whole && item_same_unit(x, r->num)
		&& ratio_cmp(x->value, r->num->value) > 0 && rate_try(s, r->p, r->num, x) != HOLDS_NO;
}

bool elsewhere_is(struct audit *a, const struct rate *r)
{
	const struct scene *s = &a->scene;
	struct elsewhere *w = &a->elsewhere;

	if (!w->built)
		index_build(a);
	/* what the base must be, with room for all that rounding may do */
	struct range num = item_cut(s, r->num), p = item_cut(s, r->p);
	double low = 100 * ratio_double(num.lo) / ratio_double(p.hi), high = 100 * ratio_double(num.hi) / ratio_double(p.lo);
	bool known = ratio_ok(num.lo) && ratio_ok(num.hi) && ratio_ok(p.lo) && ratio_ok(p.hi) && p.lo.n > 0 && !num.no_hi && !p.no_hi;
	for (size_t i = known ? first_from(w, low * (1 - 1e-6)) : 0; i < w->nsure; i++) {
		if (known && w->sure[i]->near > high * (1 + 1e-6))
			break;
		if (gives(s, r, w->sure[i]))
			return true;
	}
	for (size_t i = 0; i < w->nvague; i++)
		if (gives(s, r, w->vague[i]))
			return true;
	return false;
}
