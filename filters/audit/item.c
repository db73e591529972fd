/* item: what one number means: its range, its kind, the words before it. */
#include "scene.h"

struct str item_surface(const struct scene *s, const struct item *a)
{
	return str_sub(s->text, a->f->at.b, a->f->at.e);
}

/* --- ranges --- */

/* The power of ten of the last digit that is written: 1152.47 万 -> 2. */
static int last_place(const struct fact *f)
{
	int places = 0;
	bool point = false;

	for (size_t i = 0; i < f->digits.n; i++)
		if (f->digits.s[i] == '.')
			point = true;
		else if (point)
			places++;
	if (f->scale < -36 || f->scale > 36 || places > 36)
		return 0;
	return (int)f->scale - places;
}

/* The power of ten of the last digit that is not 0: 3300 -> 2. */
static int last_figure(const struct item *a)
{
	struct decimal v = decimal_norm(a->f->value.value);
	return v.mant ? v.exp : 0;
}

static uint64_t surface_cues(const struct scene *s, const struct item *a)
{
	uint64_t found = 0;

	for (uint32_t i = a->f->at.b; i < a->f->at.e;) {
		const struct cue_word *w = cues_at(s->cues, s->text, i, a->f->at.e);
		uint32_t cp;
		found |= w ? w->classes : 0;
		i += w ? (uint32_t)w->text.n : (uint32_t)utf8_next(s->text.s + i, a->f->at.e - i, &cp);
	}
	return found;
}

struct ratio item_ulp(const struct item *a)
{
	return ratio_ten(a->f->digits.n ? last_place(a->f) : a->f->value.value.exp);
}

void item_set(struct item *a)
{
	const struct fact *f = a->f;

	a->value = ratio_of(f->value.value);
	a->near = ratio_double(a->value);
	a->exact = f->bound == BOUND_EXACT && !f->high.given;
	a->counted = f->kind != FACT_PERCENT && f->kind != FACT_POINTS && f->kind != FACT_RATIO && a->value.d == 1 && f->scale == 0
		&& (f->digits.n ? memchr(f->digits.s, '.', f->digits.n) == NULL : f->value.value.exp <= 0);
}

struct range item_round(const struct scene *s, const struct item *a, int zeros)
{
	int z = a->exact && a->counted ? last_figure(a) : 0;

	if (z < zeros)
		return item_cut(s, a);
	struct ratio u = ratio_ten(z), half = ratio_div(u, ratio_int(2, 1));
	return range_between(ratio_sub(a->value, half), ratio_add(a->value, u), false, true);
}

/* Vague words: 余, 近, 以上, 约. */
static struct range bound_said(const struct scene *s, const struct item *a)
{
	uint64_t cues = surface_cues(s, a);
	struct ratio v = a->value, zero = ratio_int(0, 1), figure = ratio_ten(last_figure(a));
	/* how far a vague word may reach: a unit of the last figure, at least 5 % */
	struct ratio reach = figure, part = ratio_div(v, ratio_int(20, 1));

	if (a->f->kind == FACT_PERCENT || a->f->kind == FACT_POINTS)
		reach = item_ulp(a);
	if (ratio_cmp(reach, part) < 0)
		reach = part;
	switch (a->f->bound) {
	case BOUND_OVER:
		if (cues & CUE_BIT(CUE_TIGHT))
			return range_between(v, ratio_add(v, ratio_cmp(figure, reach) > 0 ? figure : reach), false, false);
		return range_from(v);
	case BOUND_UNDER:
		return range_between(cues & CUE_BIT(CUE_NEAR) ? ratio_sub(v, reach) : zero, v, false, false);
	default:
		return range_between(ratio_sub(v, reach), ratio_add(v, reach), false, false);
	}
}

struct range item_said(const struct scene *s, const struct item *a)
{
	if (a->f->high.given)
		return range_between(a->value, ratio_of(a->f->high.value), false, false);
	if (!a->exact)
		return bound_said(s, a);
	if (a->counted)
		return range_point(a->value);
	struct ratio half = ratio_div(item_ulp(a), ratio_int(2, 1));
	return range_between(ratio_sub(a->value, half), ratio_add(a->value, half), false, true);
}

struct range item_cut(const struct scene *s, const struct item *a)
{
	struct range r = item_said(s, a);

	if (a->f->high.given || (a->exact && a->counted))
		return r;
	if (a->exact) {
		r.hi = ratio_add(a->value, item_ulp(a));
	} else if (a->f->kind == FACT_PERCENT || a->f->scale > 0) {
		/* the bound itself may have been rounded */
		struct ratio half = ratio_div(item_ulp(a), ratio_int(2, 1));
		if (a->f->bound == BOUND_OVER)
			r.lo = ratio_sub(a->value, half);
		else
			r.hi = ratio_add(r.hi, half);
	}
	return r;
}

/* --- what it counts --- */

bool item_same_unit(const struct item *a, const struct item *b)
{
	return a->f->kind == b->f->kind && str_eq(a->f->unit, b->f->unit);
}

bool item_is_level(const struct item *a)
{
	return a->f->change == CHANGE_LEVEL && a->f->modality == MODALITY_ACTUAL;
}

bool item_is_amount(const struct item *a)
{
	return item_is_level(a) && (a->f->kind == FACT_COUNT || a->f->kind == FACT_MONEY
		|| a->f->kind == FACT_MEASURE);
}

bool item_same_frame(const struct item *a, const struct item *b)
{
	return str_eq(a->f->scope, b->f->scope) && str_eq(a->f->period, b->f->period);
}

uint32_t item_clause(const struct scene *s, const struct item *a)
{
	const struct hit *comma = item_cue_last(s, a, CUE_BIT(CUE_COMMA)
		| CUE_BIT(CUE_BREAK));
	return comma ? comma->e : a->from;
}

struct str item_words(const struct scene *s, const struct item *a)
{
	uint32_t b = item_clause(s, a);

	if (!span_is_none(a->f->measure_at) && a->f->measure_at.e <= a->f->at.b
	    && a->f->measure_at.b < b && a->f->measure_at.b >= s->sentences[a->sentence].at.b)
		b = a->f->measure_at.b;
	return str_sub(s->text, b, a->f->at.b);
}

bool item_has_share(const struct scene *s, size_t i)
{
	const struct item *x = &s->items[i], *p = x + 1;

	return i + 1 < s->n && p->sentence == x->sentence && p->f->kind == FACT_PERCENT
		&& item_cue(s, p, CUE_BIT(CUE_SHARE)) != NULL
		&& !item_cue(s, p, CUE_BIT(CUE_BREAK) | CUE_BIT(CUE_EACH));
}

size_t text_chars(struct str a)
{
	size_t n = 0;
	uint32_t cp;

	for (size_t i = 0; i < a.n; n++)
		i += utf8_next(a.s + i, a.n - i, &cp);
	return n;
}

bool item_unit_is(const struct scene *s, const struct item *a, uint64_t classes)
{
	struct str unit = a->f->unit;
	const struct cue_word *w = unit.n ? cues_at(s->cues, unit, 0, unit.n) : NULL;

	return w && w->text.n == unit.n && (w->classes & classes);
}

enum { MOST = 64 };

/* The first MOST characters. */
static size_t text_read(struct str a, uint32_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < a.n && n < MOST; n++)
		i += utf8_next(a.s + i, a.n - i, &out[n]);
	return n;
}

size_t text_covered(struct str a, struct str b)
{
	uint32_t x[MOST], y[MOST];
	size_t nx = text_read(a, x), ny = text_read(b, y), covered = 0, last = 0;

	/* last: behind the last character of A that was counted */
	for (size_t i = 0; i + 1 < nx; i++)
		for (size_t k = 0; k + 1 < ny; k++)
			if (x[i] == y[k] && x[i + 1] == y[k + 1] && x[i] > 0x7F) {
				covered += last > i ? 1 : 2;
				last = i + 2;
				break;
			}
	return covered;
}

size_t text_common(struct str a, struct str b)
{
	uint32_t x[MOST], y[MOST];
	size_t nx = text_read(a, x), ny = text_read(b, y), best = 0, row[MOST + 1] = {0};

	for (size_t i = 0; i < nx; i++)
		for (size_t k = ny; k-- > 0;) {
			row[k + 1] = x[i] == y[k] && x[i] > 0x7F ? row[k] + 1 : 0;
			if (row[k + 1] > best)
				best = row[k + 1];
		}
	return best;
}

bool text_ends_in(struct str a, struct str b)
{
	size_t at = a.n;

	for (int k = 0; k < 2 && at > 0; k++)
		at = utf8_prev(a.s, at);
	return str_find(b, str_sub(a, at, a.n), 0) != SIZE_MAX;
}
