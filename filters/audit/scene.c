#include "scene.h"

#include <stdlib.h>

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

/* Half up, and cut: [v - u/2, v + u/2) and [v - u/2, v + u). A whole number of
 * things is itself. */
static void range_exact(struct item *a)
{
	struct ratio half = ratio_div(a->ulp, ratio_int(2, 1)), v = a->value;
	bool counted = ratio_cmp(a->ulp, ratio_int(1, 1)) <= 0 && a->f->kind != FACT_PERCENT
		&& a->f->kind != FACT_POINTS && a->f->kind != FACT_RATIO && v.d == 1 && a->f->scale == 0
		&& memchr(a->f->digits.s ? a->f->digits.s : "", '.', a->f->digits.n) == NULL;

	if (!counted) {
		a->said = range_between(ratio_sub(v, half), ratio_add(v, half), false, true);
		a->cut = range_between(ratio_sub(v, half), ratio_add(v, a->ulp), false, true);
		return;
	}
	a->said = a->cut = range_point(v);
	a->zeros = last_figure(a);
}

struct range item_round(const struct item *a, int zeros)
{
	if (a->zeros < zeros)
		return a->cut;
	struct ratio u = ratio_ten(a->zeros), half = ratio_div(u, ratio_int(2, 1));
	return range_between(ratio_sub(a->value, half), ratio_add(a->value, u), false, true);
}

static void range_bound(const struct scene *s, struct item *a)
{
	uint64_t cues = surface_cues(s, a);
	struct ratio v = a->value, zero = ratio_int(0, 1);
	/* how far a vague word may reach: a unit of the last figure, at least 5 % */
	struct ratio reach = ratio_ten(last_figure(a)), part = ratio_div(v, ratio_int(20, 1));

	if (a->f->kind == FACT_PERCENT || a->f->kind == FACT_POINTS)
		reach = a->ulp;
	if (ratio_cmp(reach, part) < 0)
		reach = part;
	switch (a->f->bound) {
	case BOUND_OVER:
		a->said = range_from(v);
		if (cues & CUE_BIT(CUE_TIGHT))
			a->said = range_between(v, ratio_add(v, ratio_cmp(ratio_ten(last_figure(a)), reach) > 0
				? ratio_ten(last_figure(a)) : reach), false, false);
		break;
	case BOUND_UNDER:
		a->said = range_between(cues & CUE_BIT(CUE_NEAR) ? ratio_sub(v, reach) : zero, v, false, false);
		break;
	default:
		a->said = range_between(ratio_sub(v, reach), ratio_add(v, reach), false, false);
	}
	/* the bound itself may have been rounded */
	a->cut = a->said;
	struct ratio half = ratio_div(a->ulp, ratio_int(2, 1));
	if (a->f->kind == FACT_PERCENT || a->f->scale > 0) {
		if (a->f->bound == BOUND_OVER)
			a->cut.lo = ratio_sub(v, half);
		else
			a->cut.hi = ratio_add(a->cut.hi, half);
	}
}

static void item_read(const struct scene *s, struct item *a)
{
	a->value = ratio_of(a->f->value.value);
	a->ulp = ratio_ten(a->f->digits.n ? last_place(a->f) : a->f->value.value.exp);
	a->exact = a->f->bound == BOUND_EXACT && !a->f->high.given;
	if (a->f->high.given)
		a->said = a->cut = range_between(a->value, ratio_of(a->f->high.value), false, false);
	else if (a->exact)
		range_exact(a);
	else
		range_bound(s, a);
}

/* --- sentences and items --- */

static void sentences_cut(struct scene *s)
{
	static const char *const ends[] = {"。", "！", "？", "；", ";", "\n", NULL};
	size_t cap = 0, b = 0;

	for (size_t i = 0; i <= s->text.n;) {
		size_t k = 0;
		for (size_t e = 0; i < s->text.n && ends[e] && !k; e++)
			if (str_starts(str_sub(s->text, i, s->text.n), str_of(ends[e])))
				k = strlen(ends[e]);
		if (k || i == s->text.n) {
			if (i + k > b) {
				s->sentences = arena_grow(s->arena, s->sentences, &cap, s->nsentences + 1,
					sizeof *s->sentences);
				s->sentences[s->nsentences++] = (struct sentence){{(uint32_t)b, (uint32_t)(i + k)}, 0};
			}
			b = i + k;
		}
		if (i == s->text.n)
			break;
		i += k ? k : 1;
	}
}

static int by_place(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	if (x->f->at.b != y->f->at.b)
		return x->f->at.b < y->f->at.b ? -1 : 1;
	return x->index < y->index ? -1 : 1;
}

/* Relations look at all numbers of a sentence, for each of them: a sentence with
 * more than some 64 (a table without stops, a hostile text) is cut. */
static void sentences_limit(struct scene *s)
{
	enum { ITEMS_MOST = 64 };
	struct sentence *out = NULL;
	size_t cap = 0, n = 0, i = 0;

	for (size_t k = 0; k < s->nsentences; k++) {
		struct sentence whole = s->sentences[k];
		size_t held = 0;
		while (i < s->n && s->items[i].f->at.b < whole.at.e) {
			uint32_t b = s->items[i++].f->at.b;
			if (b < whole.at.b || ++held <= ITEMS_MOST)
				continue;
			out = arena_grow(s->arena, out, &cap, n + 1, sizeof *out);
			out[n++] = (struct sentence){{whole.at.b, b}, whole.segment};
			whole.at.b = b;
			held = 1;
		}
		out = arena_grow(s->arena, out, &cap, n + 1, sizeof *out);
		out[n++] = whole;
	}
	s->sentences = out;
	s->nsentences = n;
}

/* Puts items into sentences; those outside of any, or across the one before, go. */
static void items_place(struct scene *s)
{
	size_t k = 0, kept = 0;

	s->first = arena_calloc(s->arena, s->nsentences + 1, sizeof *s->first);
	for (size_t i = 0; i < s->n; i++) {
		struct item a = s->items[i];
		while (k < s->nsentences && s->sentences[k].at.e <= a.f->at.b)
			s->first[++k] = (uint32_t)kept;
		if (k == s->nsentences)
			break;
		const struct item *before = kept ? &s->items[kept - 1] : NULL;
		if (a.f->at.b < s->sentences[k].at.b || (before && before->f->at.e > a.f->at.b))
			continue;
		a.sentence = (uint32_t)k;
		a.from = before && before->sentence == k ? before->f->at.e : s->sentences[k].at.b;
		item_read(s, &a);
		s->items[kept++] = a;
	}
	while (k < s->nsentences)
		s->first[++k] = (uint32_t)kept;
	s->n = kept;
}

/* Cues are looked for only in sentences with numbers, between the numbers. */
static void hits_find(struct scene *s)
{
	size_t cap = 0;

	for (size_t k = 0; k < s->nsentences; k++) {
		size_t item = s->first[k], last = s->first[k + 1];
		if (item == last)
			continue;
		struct span at = s->sentences[k].at;
		for (uint32_t i = at.b; i < at.e;) {
			if (item < last && i == s->items[item].f->at.b) {
				i = s->items[item++].f->at.e;
				continue;
			}
			uint32_t stop = item < last ? s->items[item].f->at.b : at.e, cp;
			const struct cue_word *w = cues_at(s->cues, s->text, i, stop);
			if (!w) {
				i += (uint32_t)utf8_next(s->text.s + i, stop - i, &cp);
				continue;
			}
			s->hits = arena_grow(s->arena, s->hits, &cap, s->nhits + 1, sizeof *s->hits);
			s->hits[s->nhits++] = (struct hit){i, i + (uint32_t)w->text.n, w->classes};
			i += (uint32_t)w->text.n;
		}
	}
}

void scene_build(struct scene *s, const struct fact *facts, size_t nfacts)
{
	s->items = arena_calloc(s->arena, nfacts + 1, sizeof *s->items);
	for (size_t i = 0; i < nfacts; i++)
		if (facts[i].value.given)
			s->items[s->n++] = (struct item){.f = &facts[i], .index = (uint32_t)i};
	qsort(s->items, s->n, sizeof *s->items, by_place);
	if (!s->sentences)
		sentences_cut(s);
	if (s->n > 64)
		sentences_limit(s);
	items_place(s);
	hits_find(s);
}

/* --- questions --- */

static size_t hit_from(const struct scene *s, uint32_t b)
{
	size_t lo = 0, hi = s->nhits;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (s->hits[mid].b < b)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct hit *scene_cue(const struct scene *s, uint32_t b, uint32_t e, uint64_t classes)
{
	for (size_t i = hit_from(s, b); i < s->nhits && s->hits[i].b < e; i++)
		if (s->hits[i].classes & classes)
			return &s->hits[i];
	return NULL;
}

const struct hit *scene_cue_last(const struct scene *s, uint32_t b, uint32_t e, uint64_t classes)
{
	for (size_t i = hit_from(s, e); i-- > 0 && s->hits[i].b >= b;)
		if (s->hits[i].classes & classes)
			return &s->hits[i];
	return NULL;
}

size_t scene_other(const struct scene *s, uint32_t b, uint32_t e, uint64_t classes)
{
	size_t h = hit_from(s, b), other = 0;

	for (uint32_t i = b; i < e;) {
		while (h < s->nhits && s->hits[h].b < i)
			h++;
		if (h < s->nhits && s->hits[h].b == i && (s->hits[h].classes & classes)) {
			i = s->hits[h].e;
			continue;
		}
		uint32_t cp;
		size_t space = space_at(s->text.s + i, e - i), k = utf8_next(s->text.s + i, e - i, &cp);
		if (!space && cp != 0x201C && cp != 0x201D && cp != ':' && cp != 0xFF1A)
			other += k;
		i += (uint32_t)(space ? space : k);
	}
	return other;
}

void scene_sentence(const struct scene *s, size_t k, size_t *b, size_t *e)
{
	*b = s->first[k];
	*e = s->first[k + 1];
}

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

struct str item_words(const struct scene *s, const struct item *a)
{
	const struct hit *comma = scene_cue_last(s, a->from, a->f->at.b, CUE_BIT(CUE_COMMA)
		| CUE_BIT(CUE_BREAK));
	uint32_t b = comma ? comma->e : a->from;

	if (!span_is_none(a->f->measure_at) && a->f->measure_at.e <= a->f->at.b
	    && a->f->measure_at.b < b && a->f->measure_at.b >= s->sentences[a->sentence].at.b)
		b = a->f->measure_at.b;
	return str_sub(s->text, b, a->f->at.b);
}

size_t text_chars(struct str a)
{
	size_t n = 0;
	uint32_t cp;

	for (size_t i = 0; i < a.n; n++)
		i += utf8_next(a.s + i, a.n - i, &cp);
	return n;
}

size_t text_common(struct str a, struct str b)
{
	enum { MOST = 64 };
	uint32_t x[MOST], y[MOST];
	size_t nx = 0, ny = 0, best = 0, row[MOST + 1] = {0};

	for (size_t i = 0; i < a.n && nx < MOST; nx++)
		i += utf8_next(a.s + i, a.n - i, &x[nx]);
	for (size_t i = 0; i < b.n && ny < MOST; ny++)
		i += utf8_next(b.s + i, b.n - i, &y[ny]);
	for (size_t i = 0; i < nx; i++)
		for (size_t k = ny; k-- > 0;) {
			row[k + 1] = x[i] == y[k] && x[i] > 0x7F ? row[k] + 1 : 0;
			if (row[k + 1] > best)
				best = row[k + 1];
		}
	return best;
}
