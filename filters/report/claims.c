#include "claims.h"

#include <math.h>
#include <stdlib.h>

#define GOVERNMENT "government"         /* the subject of a region's own reports */

static struct str keep(struct claims *k, struct str s)
{
	return s.n ? (struct str){arena_strndup(&k->arena, s.s, s.n), s.n} : (struct str){"", 0};
}

static void add(struct claims *k, const struct claim *c)
{
	if (k->n == k->cap) {
		k->cap = k->cap ? 2 * k->cap : 1024;
		k->items = xrealloc(k->items, k->cap * sizeof *k->items);
	}
	k->items[k->n++] = *c;
}

/* What all figures of a document share while they are noted. */
struct noting {
	struct claims *k;
	const struct document *d;
	struct claim c;                 /* region, subject, document, … */
	struct str *bases;              /* of each fact, what a rate is of */
	size_t sentence;                /* where the last fact was */
};

/* A rate that the audit recomputed has a base that is known. */
static struct str *bases_of(const struct document *d, struct arena *a)
{
	struct str *bases = arena_calloc(a, d->nfacts + 1, sizeof *bases);

	for (size_t i = 0; i < d->nfindings; i++) {
		const struct finding *x = &d->findings[i];
		if (!str_is(x->kind, "rate") || str_is(x->holds, "unclear") || x->facts.n != 3)
			continue;
		const struct fact *whole = &d->facts[x->facts.items[2]];
		bases[x->facts.items[0]] = whole->indicator.n ? whole->indicator : whole->measure;
	}
	return bases;
}

static struct span sentence_of(struct noting *n, const struct fact *x)
{
	const struct document *d = n->d;

	if (n->sentence >= d->nsentences || d->sentences[n->sentence].at.b > x->at.b)
		n->sentence = 0;
	while (n->sentence < d->nsentences && d->sentences[n->sentence].at.e <= x->at.b)
		n->sentence++;
	if (n->sentence < d->nsentences && d->sentences[n->sentence].at.b <= x->at.b)
		return d->sentences[n->sentence].at;
	return x->at;
}

/* The place of the last digit that is written; a number of the stream may have none. */
static int place_of(const struct fact *x, struct decimal value)
{
	const char *point = x->digits.n ? memchr(x->digits.s, '.', x->digits.n) : NULL;
	int64_t place = x->digits.n ? x->scale : value.exp;

	if (point)
		place -= (int64_t)(x->digits.n - (size_t)(point - x->digits.s) - 1);
	return place < -100 ? -100 : place > 100 ? 100 : (int)place;
}

/* Fills in the fact's side of a claim; false where it has no number or no period. */
static bool fact_take(struct noting *n, size_t i, const struct period *when)
{
	const struct fact *x = &n->d->facts[i];
	struct claim *c = &n->c;
	const struct verdict *v = verdicts_find(n->k->verdicts, n->d->fact_keys[i].s, KEY_LEN);
	struct str period = when->full_year ? (struct str){when->start, 4} : document_period(n->d, x);

	if (!x->value.given || !period.n || (v && v->wrong && !v->corrects))
		return false;
	c->position = (uint32_t)i;
	c->full_year = when->full_year;
	c->period = keep(n->k, period);
	c->start = keep(n->k, str_of(when->start));
	c->end = keep(n->k, str_of(when->end));
	c->unit = keep(n->k, x->unit);
	c->base = keep(n->k, n->bases[i]);
	c->measure = (struct str){"", 0};
	c->by = (struct str){"", 0};
	c->kind = (uint8_t)x->kind;
	c->bound = (uint8_t)x->bound;
	c->value = decimal_norm(document_value(x));
	c->has_high = x->high.given;
	c->high = c->has_high ? decimal_norm(x->high.value) : (struct decimal){0, 0};
	c->corrected = v && v->corrects;
	if (c->corrected) {
		c->value = decimal_norm(v->number);
		c->has_high = false;
		c->bound = BOUND_EXACT;
	}
	c->place = c->corrected ? (int8_t)(v->number.exp < 0 ? v->number.exp : 0) : (int8_t)place_of(x, c->value);
	return true;
}

static enum choice_nature nature_of(const struct noting *n, size_t i, struct span sentence, enum choice_nature usual)
{
	const struct document *d = n->d;
	uint32_t before = i > 0 && d->facts[i - 1].at.e <= d->facts[i].at.b ? d->facts[i - 1].at.e : 0;

	if (usual == NATURE_RATE || usual == NATURE_RANK)
		return usual;
	enum choice_nature said = choice_nature(n->k->choice, d->text, sentence, before, &d->facts[i]);
	return said ? said : usual;
}

/* The figure, and once more for the region where a department speaks of all of it. */
static void level_add(struct noting *n, size_t i, const struct period *when, struct str role)
{
	const struct document *d = n->d;
	const struct fact *x = &d->facts[i];
	struct claim *c = &n->c;
	struct span sentence = sentence_of(n, x);
	enum choice_nature usual = n->k->catalogue->items[c->indicator].nature;
	bool own = strcmp(when->start, d->period.start) == 0 && strcmp(when->end, d->period.end) == 0;

	c->what = CLAIM_LEVEL;
	c->nature = (uint8_t)nature_of(n, i, sentence, usual);
	bool natural = usual == NATURE_UNKNOWN || c->nature == usual;
	c->rank = (uint8_t)choice_rank(x, role, true, own, natural);
	add(n->k, c);
	if (str_is(c->subject, GOVERNMENT)
	    || !choice_whole_region(n->k->choice, d->text, sentence, x, d->about.region.name,
			c->subject))
		return;
	struct claim other = *c;
	other.by = c->subject;
	other.subject = STR(GOVERNMENT);
	other.rank = (uint8_t)choice_rank(x, role, false, own, natural);
	add(n->k, &other);
}

/* Last year's figure in a report of this year: a witness, never a value of the panel. */
static bool is_quoted(const struct noting *n, const struct fact *x, const struct period *when)
{
	return x->modality == MODALITY_REFERENCE && x->change == CHANGE_LEVEL && !x->scope.n && x->period.n
		&& when->end[0] && n->d->period.start[0] && strcmp(when->end, n->d->period.start) < 0;
}

static void fact_add(struct noting *n, size_t i)
{
	const struct document *d = n->d;
	const struct fact *x = &d->facts[i];
	const struct label *label = document_label(d, x);
	struct str role = label ? label->role : (struct str){NULL, 0};
	struct claim *c = &n->c;
	struct period when = d->period;
	const struct indicator *item;

	c->indicator = catalogue_find(n->k->catalogue, x->indicator);
	item = c->indicator < 0 ? NULL : &n->k->catalogue->items[c->indicator];
	if (!item && x->modality != MODALITY_TARGET)
		return;
	if (x->period.n)
		period_parse(x->period, str_of(d->period.end), &when);
	if (!fact_take(n, i, &when))
		return;
	enum choice_why why = choice_of(x, role, item ? item->kind : -1);
	c->rank = 0;
	c->nature = item ? (uint8_t)item->nature : NATURE_UNKNOWN;
	if (x->modality == MODALITY_TARGET && !x->scope.n) {
		/* a growth, a figure that no indicator fits: promises that only eyes can follow */
		if (!item || why != CHOICE_TARGET || x->change != CHANGE_LEVEL || x->kind != item->kind || !when.end[0])
			c->indicator = -1;
		else
			c->nature = (uint8_t)nature_of(n, i, sentence_of(n, x), item->nature);
		c->what = CLAIM_TARGET;
		c->measure = keep(n->k, x->measure);
		add(n->k, c);
	} else if (why == CHOICE_CLAIMS && when.end[0]) {
		level_add(n, i, &when, role);
	} else if (item && is_quoted(n, x, &when) && x->kind == item->kind) {
		c->what = CLAIM_QUOTED;
		add(n->k, c);
	}
}

void claims_add(struct claims *k, const struct document *d, uint32_t index, struct arena *a)
{
	const struct about_region *r = &d->about.region;
	struct str own = d->period.full_year ? (struct str){d->period.start, 4} : d->about.period.value;
	struct noting n = {.k = k, .d = d};

	if (!d->text.s || !(r->name.n || r->code.n) || !d->about.subject.value.n
	    || (!d->about.period.value.n && !d->period.end[0]))
		return;
	n.c.document = index;
	n.c.code = keep(k, r->code);
	n.c.region = keep(k, r->name.n ? r->name : r->code);
	n.c.level = keep(k, r->level);
	n.c.subject = keep(k, d->about.subject.value);
	n.c.made = keep(k, own);
	n.bases = bases_of(d, a);
	for (size_t i = 0; i < d->nfacts; i++)
		fact_add(&n, i);
}

static int cell_cmp(const struct claim *a, const struct claim *b)
{
	int c = str_cmp(a->code, b->code);

	c = c ? c : str_cmp(a->region, b->region);
	c = c ? c : str_cmp(a->subject, b->subject);
	c = c ? c : str_cmp(a->period, b->period);
	c = c ? c : str_cmp(a->end, b->end);
	return c ? c : (a->indicator > b->indicator) - (a->indicator < b->indicator);
}

static int claim_cmp(const void *l, const void *r)
{
	const struct claim *a = l, *b = r;
	int c = cell_cmp(a, b);

	c = c ? c : (int)a->what - (int)b->what;
	c = c ? c : (int)a->rank - (int)b->rank;
	c = c ? c : claim_value_cmp(a, b);
	c = c ? c : (a->order > b->order) - (a->order < b->order);
	return c ? c : (a->position > b->position) - (a->position < b->position);
}

void claims_sort(struct claims *k)
{
	if (k->n)
		qsort(k->items, k->n, sizeof *k->items, claim_cmp);
}

bool claim_same_cell(const struct claim *a, const struct claim *b)
{
	return cell_cmp(a, b) == 0;
}

int claim_value_cmp(const struct claim *a, const struct claim *b)
{
	int c = decimal_cmp(a->value, b->value);

	c = c ? c : (int)a->bound - (int)b->bound;
	c = c ? c : (int)a->has_high - (int)b->has_high;
	return c || !a->has_high ? c : decimal_cmp(a->high, b->high);
}

/* The numbers that a figure may stand for. 约 is taken as a tenth to either side. */
static void reach_of(const struct claim *c, double *low, double *high)
{
	double v = decimal_to_double(c->value);

	*low = c->bound == BOUND_UNDER ? -INFINITY : c->bound == BOUND_ABOUT ? v - fabs(v) / 10 : v;
	*high = c->bound == BOUND_OVER ? INFINITY : c->bound == BOUND_ABOUT ? v + fabs(v) / 10 : v;
	if (c->has_high && c->bound != BOUND_OVER)
		*high = decimal_to_double(c->high);
}

/* Could both be one number? The one with fewer digits may be rounded or cut: 1.2万 for 12034. */
static bool agrees(const struct claim *a, const struct claim *b)
{
	const struct claim *coarse = a->place > b->place ? a : b;
	double la, ha, lb, hb, unit = coarse->place == 0 && coarse->kind == FACT_COUNT ? 0 : pow(10, coarse->place);

	reach_of(a, &la, &ha);
	reach_of(b, &lb, &hb);
	if (a->place == b->place)
		unit = 0;
	*(coarse == a ? &la : &lb) -= unit / 2;
	*(coarse == a ? &ha : &hb) += unit * (1 - 1e-9);
	double slack = 1e-12 * (fabs(la == -INFINITY ? ha : la) + 1);
	return la <= hb + slack && lb <= ha + slack;
}

bool claim_disputes(const struct claim *a, const struct claim *b)
{
	return a->document != b->document && !agrees(a, b) && a->kind == b->kind
		&& (a->nature == b->nature || b->what == CLAIM_QUOTED)
		&& !(a->base.n && b->base.n && !str_eq(a->base, b->base))
		&& choice_counts_times(a->unit) == choice_counts_times(b->unit);
}

void claims_free(struct claims *k)
{
	free(k->items);
	arena_free(&k->arena);
	*k = (struct claims){0};
}
