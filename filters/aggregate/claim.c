#include "claim.h"
#include "period.h"

#include <stdlib.h>

enum { SORT_MEMORY = 64 << 20 };

static int claim_cmp(const void *l, const void *r, void *claims)
{
	const struct claims *k = claims;
	const struct names *x = &k->names;
	const struct claim *a = l, *b = r;
	int c = a->code == b->code ? 0 : names_cmp(x, a->code, b->code);

	c = c || a->region == b->region ? c : names_cmp(x, a->region, b->region);
	c = c || a->subject == b->subject ? c : names_cmp(x, a->subject, b->subject);
	c = c || a->period == b->period ? c : names_cmp(x, a->period, b->period);
	c = c || a->end == b->end ? c : names_cmp(x, a->end, b->end);
	c = c ? c : (a->indicator > b->indicator) - (a->indicator < b->indicator);
	c = c ? c : (int)a->what - (int)b->what;
	c = c ? c : (int)a->rank - (int)b->rank;
	c = c ? c : figure_cmp(&a->figure, &b->figure);
	c = c ? c : order_cmp(k->order, a->document, b->document);
	return c ? c : (a->position > b->position) - (a->position < b->position);
}

static void prepare(void *claims)
{
	names_rank(&((struct claims *)claims)->names);
}

void claims_start(struct claims *c, const struct catalogue *catalogue, const struct choice *choice,
	const struct verdicts *verdicts, const struct order *order, int folder)
{
	*c = (struct claims){.catalogue = catalogue, .choice = choice, .verdicts = verdicts, .order = order};
	sorter_start(&c->sorter, folder, sizeof(struct claim), SORT_MEMORY, claim_cmp, c);
	c->sorter.prepare = prepare;
	c->government = names_add(&c->names, STR(CLAIM_GOVERNMENT));
}

/* What all figures of a document share while they are noted. */
struct noting {
	struct claims *k;
	const struct document *d;
	struct claim c;                 /* region, subject, document, … */
	struct claim report;            /* the same for the report's own period */
	const struct str *bases;        /* of each fact */
	uint8_t *given;                 /* enum gives of each indicator */
	uint32_t start, end;            /* days of the report's period */
	size_t sentence;                /* where the last fact was */
	struct str last;                /* its period, where it has one, and the days of that */
	struct period when;
};

/* Fills in the fact's side of a claim; false where it has no number or no days. */
static bool fact_take(struct noting *n, size_t i, const struct period *when)
{
	struct claims *k = n->k;
	const struct fact *x = &n->d->facts[i];
	struct claim *c = &n->c;
	const struct verdict *v = verdicts_find(k->verdicts, n->d->fact_keys[i].s, KEY_LEN);

	if (!when->end[0] || !figure_take(x, v, &c->figure))
		return false;
	c->position = (uint32_t)i;
	c->fact = n->d->fact_keys[i];
	c->full_year = when->full_year;
	if (x->period.n) {
		struct str period = when->full_year ? (struct str){when->start, 4} : x->period;
		c->period = names_again(&k->names, period, c->period);
		c->start = names_again(&k->names, str_of(when->start), c->start);
		c->end = names_again(&k->names, str_of(when->end), c->end);
	} else {
		c->period = c->made;
		c->start = n->start;
		c->end = n->end;
	}
	c->unit = names_again(&k->names, x->unit, c->unit);
	c->base = names_add(&k->names, n->bases[i]);
	c->change = (uint8_t)x->change;
	return c->period != 0;
}

static enum choice_nature nature_of(const struct noting *n, size_t i, struct span sentence)
{
	return choice_nature_of(n->k->choice, n->d->text, sentence, n->d->facts, i,
		n->k->catalogue->items[n->c.indicator].nature);
}

/* The figure, and once more for the region where a department speaks of all of it. */
static void level_add(struct noting *n, size_t i, const struct period *when)
{
	const struct document *d = n->d;
	const struct fact *x = &d->facts[i];
	struct claim *c = &n->c;
	struct span sentence = annotated_around(d, x, &n->sentence);
	bool own = strcmp(when->start, d->period.start) == 0 && strcmp(when->end, d->period.end) == 0;
	enum choice_nature usual = n->k->catalogue->items[c->indicator].nature;

	c->what = CLAIM_LEVEL;
	if (own)
		n->given[c->indicator] = GIVES_OWN;     /* the figure itself says so */
	c->nature = (uint8_t)nature_of(n, i, sentence);
	bool natural = usual == NATURE_UNKNOWN || c->nature == usual;
	c->rank = (uint8_t)choice_rank(x, annotated_role(d, x), true, own, natural);
	sorter_add(&n->k->sorter, c);
	if (c->subject == n->k->government
	    || !choice_whole_region(n->k->choice, d->text, sentence, x, d->about.region.name,
			d->about.subject.value))
		return;
	struct claim other = *c;
	other.by = c->subject;
	other.subject = n->k->government;
	other.rank = (uint8_t)choice_rank(x, annotated_role(d, x), false, own, natural);
	sorter_add(&n->k->sorter, &other);
}

/* A growth of the indicator: a share or a number of it, of a rate points. */
static bool is_growth(const struct fact *x, const struct indicator *k)
{
	if (x->scope.n || (x->change != CHANGE_UP && x->change != CHANGE_DOWN))
		return false;
	return k->kind == FACT_PERCENT ? x->kind == FACT_POINTS : x->kind == FACT_PERCENT || x->kind == k->kind;
}

/* Do facts I and I + 1 stand in one list, as figures of one indicator? */
static bool is_list(const struct document *d, size_t i)
{
	enum { WORDS_MOST = 60 };       /* bytes from a number to the next one */
	const struct fact *a = &d->facts[i], *b = i + 1 < d->nfacts ? a + 1 : NULL;

	if (!b || d->indicators[i] != d->indicators[i + 1] || a->kind != b->kind || a->change != CHANGE_LEVEL || b->change != CHANGE_LEVEL
	    || a->modality != MODALITY_ACTUAL || b->modality != MODALITY_ACTUAL || !str_eq(a->period, b->period)
	    || !str_eq(a->scope, b->scope) || str_eq(a->digits, b->digits) || b->at.b < a->at.e || b->at.b - a->at.e > WORDS_MOST)
		return false;
	struct str between = str_sub(d->text, a->at.e, b->at.b);
	return str_starts(between, STR("、")) && str_find(between, STR("，"), 0) == SIZE_MAX && str_find(between, STR("\n"), 0) == SIZE_MAX;
}

/* 中心1个、工作站13个、工作室186个: parts of what the indicator counts, whose sum nobody states. */
static bool is_listed(const struct document *d, size_t i)
{
	return is_list(d, i) || (i > 0 && is_list(d, i - 1));
}

static void fact_add(struct noting *n, size_t i)
{
	struct claims *k = n->k;
	const struct document *d = n->d;
	const struct fact *x = &d->facts[i];
	struct claim *c = &n->c;
	struct period when = d->period;
	int indicator = d->indicators[i];

	if (indicator < 0)
		return;
	const struct indicator *item = &k->catalogue->items[indicator];
	enum choice_why why = choice_of(x, annotated_role(d, x), item->kind);
	if (x->period.n && !str_eq(x->period, n->last)) {
		n->last = x->period;
		period_parse(x->period, str_of(d->period.end), &n->when);
	}
	if (x->period.n)
		when = n->when;
	if (!fact_take(n, i, &when))
		return;
	c->indicator = indicator;
	c->rank = 0;
	c->nature = (uint8_t)item->nature;
	bool counted = item->kind == FACT_COUNT || item->kind == FACT_MONEY;
	if (why == CHOICE_CLAIMS) {
		if (!counted || !is_listed(d, i))
			level_add(n, i, &when);
	} else if (why == CHOICE_TARGET && is_growth(x, item) && when.full_year && !c->figure.corrected) {
		c->what = CLAIM_TARGET;
		sorter_add(&k->sorter, c);
	} else if (why == CHOICE_TARGET && x->change == CHANGE_LEVEL && !x->scope.n && x->kind == item->kind) {
		c->what = CLAIM_TARGET;
		c->nature = (uint8_t)nature_of(n, i, annotated_around(d, x, &n->sentence));
		sorter_add(&k->sorter, c);
	} else if (figure_is_quoted(x, &when, &d->period) && x->kind == item->kind) {
		c->what = CLAIM_QUOTED;
		sorter_add(&k->sorter, c);
	} else if (why == CHOICE_CHANGE && x->modality == MODALITY_ACTUAL && !x->high.given && is_growth(x, item)
	    && when.full_year && !c->figure.corrected) {
		c->what = CLAIM_GROWTH;
		sorter_add(&k->sorter, c);
	}
}

/* What else the report speaks of, be it as a change only. */
static void gives_add(struct noting *n)
{
	const struct document *d = n->d;
	struct claim c = n->report;

	c.what = CLAIM_GIVES;
	for (size_t i = 0; i < d->nfacts; i++) {
		const struct fact *x = &d->facts[i];
		struct str rest = x->indicator, part;
		if (d->indicators[i] >= 0 && n->given[d->indicators[i]] == GIVES_OWN)
			continue;
		if (x->modality != MODALITY_ACTUAL || (x->period.n && !str_eq(x->period, d->about.period.value)))
			continue;
		while (str_part(&rest, '|', &part)) {
			uint8_t how = part.n == x->indicator.n && !x->scope.n ? GIVES_OWN : GIVES_MENTION;
			int k = catalogue_find(n->k->catalogue, part);
			if (k < 0 || n->given[k] >= how)
				continue;
			n->given[k] = c.rank = how;
			c.indicator = k;
			sorter_add(&n->k->sorter, &c);
		}
	}
}

static void report_add(struct noting *n)
{
	struct claim *c = &n->c;
	const struct period *own = &n->d->period;

	if (!c->made)
		return;
	c->full_year = own->full_year;
	c->period = c->made;
	c->start = n->start = names_add(&n->k->names, str_of(own->start));
	c->end = n->end = names_add(&n->k->names, str_of(own->end));
	c->what = CLAIM_REPORT;
	c->indicator = -1;
	n->report = *c;
	sorter_add(&n->k->sorter, c);
}

void claims_add(struct claims *k, const struct document *d, uint32_t index, struct arena *a)
{
	const struct about_region *r = &d->about.region;
	struct str own = d->period.full_year ? (struct str){d->period.start, 4} : d->about.period.value;
	struct noting n;

	if (!d->text.s)
		return;
	memset(&n, 0, sizeof n);        /* the bytes between the fields are written, too */
	n.k = k;
	n.d = d;
	n.c.document = index;
	n.c.code = names_add(&k->names, r->code);
	n.c.region = names_add(&k->names, r->name.n ? r->name : r->code);
	n.c.level = names_add(&k->names, r->level);
	n.c.subject = names_add(&k->names, d->about.subject.value);
	n.c.made = d->period.end[0] ? names_add(&k->names, own) : 0;
	if (!n.c.region || !n.c.subject || (!d->about.period.value.n && !d->period.end[0])) {
		k->placeless++;
		return;
	}
	n.bases = annotated_bases(d, a);
	n.given = arena_calloc(a, k->catalogue->n + 1, sizeof *n.given);
	report_add(&n);
	for (size_t i = 0; i < d->nfacts; i++)
		fact_add(&n, i);
	if (n.c.made)
		gives_add(&n);
}

void claims_free(struct claims *c)
{
	sorter_free(&c->sorter);
	names_free(&c->names);
}

bool claim_same_series(const struct claim *a, const struct claim *b)
{
	return a->code == b->code && a->region == b->region && a->subject == b->subject;
}

bool claim_same_period(const struct claim *a, const struct claim *b)
{
	return claim_same_series(a, b) && a->period == b->period && a->end == b->end;
}

bool claim_same_cell(const struct claim *a, const struct claim *b)
{
	return claim_same_period(a, b) && a->indicator == b->indicator;
}
