#include "claims.h"

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
	const struct str *bases;        /* of each fact, what a rate is of */
	size_t sentence;                /* where the last fact was */
};

/* Fills in the fact's side of a claim; false where it has no number or no period. */
static bool fact_take(struct noting *n, size_t i, const struct period *when)
{
	const struct fact *x = &n->d->facts[i];
	struct claim *c = &n->c;
	const struct verdict *v = verdicts_find(n->k->verdicts, n->d->fact_keys[i].s, KEY_LEN);
	struct str period = when->full_year ? (struct str){when->start, 4} : annotated_period(n->d, x);

	if (!period.n || !figure_take(x, v, &c->figure))
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
	return true;
}

/* The figure, and once more for the region where a department speaks of all of it. */
static void level_add(struct noting *n, size_t i, const struct period *when, struct str role)
{
	const struct document *d = n->d;
	const struct fact *x = &d->facts[i];
	struct claim *c = &n->c;
	struct span sentence = annotated_around(d, x, &n->sentence);
	enum choice_nature usual = n->k->catalogue->items[c->indicator].nature;
	bool own = strcmp(when->start, d->period.start) == 0 && strcmp(when->end, d->period.end) == 0;

	c->what = CLAIM_LEVEL;
	c->nature = (uint8_t)choice_nature_of(n->k->choice, d->text, sentence, d->facts, i, usual);
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

static void fact_add(struct noting *n, size_t i)
{
	const struct document *d = n->d;
	const struct fact *x = &d->facts[i];
	struct str role = annotated_role(d, x);
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
			c->nature = (uint8_t)choice_nature_of(n->k->choice, d->text,
				annotated_around(d, x, &n->sentence), d->facts, i, item->nature);
		c->what = CLAIM_TARGET;
		c->measure = keep(n->k, x->measure);
		add(n->k, c);
	} else if (why == CHOICE_CLAIMS && when.end[0]) {
		level_add(n, i, &when, role);
	} else if (item && figure_is_quoted(x, &when, &d->period) && x->kind == item->kind) {
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
	n.bases = annotated_bases(d, a);
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
	c = c ? c : figure_cmp(&a->figure, &b->figure);
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

bool claim_disputes(const struct claim *a, const struct claim *b)
{
	return a->document != b->document && !figure_agrees(&a->figure, &b->figure) && a->figure.kind == b->figure.kind
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
