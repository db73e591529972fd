#include "panel.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

enum { SORT_MEMORY = 64 << 20 };

/* A figure that claims a cell. Names are indices, 0 is empty. */
struct claim {
	uint32_t region, subject, period, end;  /* with indicator: the cell */
	uint32_t code, start;
	uint32_t document, position;
	uint16_t indicator;
	uint8_t rank;                           /* smaller is better */
	uint8_t bound;
	bool has_high, full_year;
	struct key fact;
	struct decimal value, high;
};

static uint32_t *slot_of(const struct names *x, struct str s)
{
	size_t at = XXH3_64bits(s.s, s.n) & (x->nslots - 1);

	while (x->slots[at] && !str_eq(x->items[x->slots[at]], s))
		at = (at + 1) & (x->nslots - 1);
	return &x->slots[at];
}

static uint32_t names_add(struct names *x, struct str s)
{
	if (s.n == 0)
		return 0;
	if (2 * x->n >= x->nslots) {
		x->nslots = x->nslots ? 2 * x->nslots : 1024;
		x->slots = xrealloc(x->slots, x->nslots * sizeof *x->slots);
		memset(x->slots, 0, x->nslots * sizeof *x->slots);
		for (uint32_t i = 1; i < x->n; i++)
			*slot_of(x, x->items[i]) = i;
	}
	uint32_t *slot = slot_of(x, s);
	if (*slot)
		return *slot;
	if (x->n + 2 > x->cap) {
		x->cap = x->cap ? 2 * x->cap : 1024;
		x->items = xrealloc(x->items, x->cap * sizeof *x->items);
	}
	if (x->n == 0)
		x->items[x->n++] = (struct str){"", 0};
	x->items[x->n] = (struct str){arena_strndup(&x->arena, s.s, s.n), s.n};
	return *slot = (uint32_t)x->n++;
}

static int names_cmp(const struct names *x, uint32_t a, uint32_t b)
{
	return a == b ? 0 : str_cmp(x->items[a], x->items[b]);
}

static int cell_cmp(const struct panel *p, const struct claim *a, const struct claim *b)
{
	const struct names *x = &p->names;
	int c = names_cmp(x, a->code, b->code);

	c = c ? c : names_cmp(x, a->region, b->region);
	c = c ? c : names_cmp(x, a->subject, b->subject);
	c = c ? c : names_cmp(x, a->period, b->period);
	c = c ? c : names_cmp(x, a->end, b->end);
	return c ? c : (int)a->indicator - (int)b->indicator;
}

static int value_cmp(const struct claim *a, const struct claim *b)
{
	int c = decimal_cmp(a->value, b->value);

	c = c ? c : (int)a->bound - (int)b->bound;
	c = c ? c : (int)a->has_high - (int)b->has_high;
	return c || !a->has_high ? c : decimal_cmp(a->high, b->high);
}

static int claim_cmp(const void *l, const void *r, void *panel)
{
	const struct panel *p = panel;
	const struct claim *a = l, *b = r;
	int c = cell_cmp(p, a, b);

	c = c ? c : (int)a->rank - (int)b->rank;
	c = c ? c : value_cmp(a, b);
	c = c ? c : order_cmp(p->order, a->document, b->document);
	return c ? c : (a->position > b->position) - (a->position < b->position);
}

void panel_start(struct panel *p, struct catalogue *c, const struct order *o, int folder)
{
	*p = (struct panel){.catalogue = c, .order = o};
	sorter_start(&p->sorter, folder, sizeof(struct claim), SORT_MEMORY, claim_cmp, p);
}

/* The indicator of a fact that may claim a cell, else -1. */
static int claimed(const struct panel *p, const struct document *d, const struct fact *x)
{
	int i = x->modality == MODALITY_ACTUAL && x->change == CHANGE_LEVEL && !x->scope.n && x->value.given
		? catalogue_find(p->catalogue, x->indicator) : -1;

	if (i < 0 || p->catalogue->items[i].kind != x->kind)
		return -1;
	if (x->segment >= 0 && (uint64_t)x->segment < d->nlabels) {
		struct str role = d->labels[x->segment].role;
		if (str_is(role, "plan") || str_is(role, "furniture"))
			return -1;
	}
	return i;
}

static int rank_of(const struct document *d, const struct fact *x, const struct period *when)
{
	bool own = strcmp(when->start, d->period.start) == 0 && strcmp(when->end, d->period.end) == 0;
	bool done = x->segment >= 0 && (uint64_t)x->segment < d->nlabels
		&& str_is(d->labels[x->segment].role, "achievement");

	return (own ? 0 : 4) + (done ? 0 : 2) + (x->bound == BOUND_EXACT && !x->high.given ? 0 : 1);
}

/* The region's cell must not be empty: the name, else the code. */
static bool place_of(struct panel *p, const struct document *d, struct claim *c)
{
	const struct about_region *r = &d->about.region;

	c->code = names_add(&p->names, r->code);
	c->region = names_add(&p->names, r->name.n ? r->name : r->code);
	c->subject = names_add(&p->names, d->about.subject.value);
	return c->region && c->subject;
}

void panel_add(struct panel *p, const struct document *d, uint32_t index)
{
	struct claim c;
	memset(&c, 0, sizeof c);        /* the bytes between the fields are written, too */
	c.document = index;

	if (!d->text.s)
		return;
	if (!place_of(p, d, &c) || (!d->about.period.value.n && !d->period.end[0])) {
		p->placeless++;
		return;
	}
	for (size_t i = 0; i < d->nfacts; i++) {
		const struct fact *x = &d->facts[i];
		int indicator = claimed(p, d, x);
		struct period when = d->period;
		if (indicator < 0)
			continue;
		if (x->period.n)
			period_parse(x->period, str_of(d->period.end), &when);
		if (!when.end[0])
			continue;
		c.indicator = (uint16_t)indicator;
		c.position = (uint32_t)i;
		c.full_year = when.full_year;
		c.period = names_add(&p->names, when.full_year ? (struct str){when.start, 4} : fact_period(d, x));
		c.start = names_add(&p->names, str_of(when.start));
		c.end = names_add(&p->names, str_of(when.end));
		c.rank = (uint8_t)rank_of(d, x, &when);
		c.bound = (uint8_t)x->bound;
		c.has_high = x->high.given;
		c.value = decimal_norm(fact_value(x));
		c.high = c.has_high ? decimal_norm(x->high.value) : (struct decimal){0, 0};
		c.fact = d->fact_keys[i];
		if (c.period)
			sorter_add(&p->sorter, &c);
	}
}

/* A row of panel.csv in the making. */
struct wide {
	struct claim key;               /* of its first cell */
	struct str *cells;              /* one an indicator, {NULL, 0} where empty */
	bool begun;
	struct arena arena;
	struct buf room;
};

static void wide_flush(struct panel *p, struct wide *w, struct csv_file *out)
{
	const struct names *x = &p->names;

	if (!w->begun)
		return;
	w->room.len = 0;
	csv_prose(&w->room, x->items[w->key.code]);
	csv_prose(&w->room, x->items[w->key.region]);
	csv_prose(&w->room, x->items[w->key.subject]);
	csv_prose(&w->room, x->items[w->key.period]);
	for (size_t i = 0; i < p->catalogue->n; i++) {
		if (w->cells[i].s)
			csv_cells(&w->room, w->cells[i]);
		else
			csv_empty(&w->room);
		w->cells[i] = (struct str){NULL, 0};
	}
	csv_end(&w->room);
	csv_write(out, w->room.data, w->room.len);
	arena_reset(&w->arena);
	w->begun = false;
	p->rows++;
}

static void wide_add(struct panel *p, struct wide *w, const struct claim *c, struct csv_file *out)
{
	if (!c->full_year)
		return;
	if (w->begun && (w->key.code != c->code || w->key.region != c->region
	    || w->key.subject != c->subject || w->key.period != c->period))
		wide_flush(p, w, out);
	if (!w->begun) {
		w->key = *c;
		w->begun = true;
	}
	w->room.len = 0;
	csv_decimal(&w->room, c->value);
	w->cells[c->indicator] = (struct str){
		arena_strndup(&w->arena, (char *)w->room.data, w->room.len), w->room.len};
}

static void cell_row(struct panel *p, const struct claim *c, uint64_t others, struct buf *b)
{
	const struct names *x = &p->names;

	csv_prose(b, x->items[c->code]);
	csv_prose(b, x->items[c->region]);
	csv_prose(b, x->items[c->subject]);
	csv_prose(b, x->items[c->period]);
	csv_plain(b, x->items[c->start]);
	csv_plain(b, x->items[c->end]);
	csv_prose(b, p->catalogue->items[c->indicator].id);
	csv_decimal(b, c->value);
	if (c->has_high)
		csv_decimal(b, c->high);
	else
		csv_empty(b);
	csv_plain(b, str_of(fact_bounds[c->bound]));
	csv_empty(b);           /* base: extract does not say it yet */
	csv_int(b, (int64_t)others);
	csv_plain(b, (struct str){c->fact.s, KEY_LEN});
	csv_end(b);
}

/* The cell in hand while its claims pass by, best rank first, equal values together. */
struct choice {
	struct claim best, run;         /* the choice so far; the first of the values that pass */
	uint64_t nbest, nrun, total;
};

static bool is_earlier(const struct panel *p, const struct claim *a, const struct claim *b)
{
	int c = order_cmp(p->order, a->document, b->document);
	return c ? c < 0 : a->position < b->position;
}

static void run_close(const struct panel *p, struct choice *c)
{
	if (c->nrun > c->nbest || (c->nrun == c->nbest && is_earlier(p, &c->run, &c->best))) {
		c->best = c->run;
		c->nbest = c->nrun;
	}
	c->nrun = 0;
}

static void choice_add(const struct panel *p, struct choice *c, const struct claim *x)
{
	if (c->total++ == 0) {
		c->best = c->run = *x;
		c->nbest = 0;
		c->nrun = 1;
	} else if (x->rank == c->best.rank) {
		if (value_cmp(&c->run, x) == 0) {
			c->nrun++;
		} else {
			run_close(p, c);
			c->run = *x;
			c->nrun = 1;
		}
	}
}

bool panel_write(struct panel *p, struct csv_file *cells, struct csv_file *wide)
{
	struct wide w = {.cells = xmalloc((p->catalogue->n + 1) * sizeof *w.cells)};
	struct choice c = {.total = 0};
	struct buf row = {0};
	bool more = sorter_finish(&p->sorter);

	if (p->names.n == 0)
		names_add(&p->names, STR("-"));         /* so that item 0 stands */
	for (size_t i = 0; i < p->catalogue->n; i++)
		w.cells[i] = (struct str){NULL, 0};
	while (more) {
		const struct claim *x = sorter_next(&p->sorter);
		more = x != NULL;
		if (x && p->order->items[x->document].dead)
			continue;
		if (c.total && (!x || cell_cmp(p, &c.best, x) != 0)) {
			run_close(p, &c);
			row.len = 0;
			cell_row(p, &c.best, c.total - 1, &row);
			csv_write(cells, row.data, row.len);
			wide_add(p, &w, &c.best, wide);
			p->catalogue->items[c.best.indicator].values++;
			p->cells++;
			c.total = 0;
		}
		if (x)
			choice_add(p, &c, x);
	}
	wide_flush(p, &w, wide);
	arena_free(&w.arena);
	buf_free(&w.room);
	buf_free(&row);
	free(w.cells);
	return p->sorter.error == 0;
}

void panel_free(struct panel *p)
{
	sorter_free(&p->sorter);
	free(p->names.items);
	free(p->names.slots);
	arena_free(&p->names.arena);
}
