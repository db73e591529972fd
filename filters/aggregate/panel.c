#include "panel.h"

#include <stdlib.h>

/* A row of panel.csv in the making. */
struct wide {
	struct str *cells;              /* one an indicator, {NULL, 0} where empty */
	bool begun;
	struct arena arena;
	struct buf room, bounds, departments;
};

/* The choice while the claims of a cell pass by, best rank first, equal values together. */
struct choosing {
	struct claim run;               /* the first of the values that pass */
	uint64_t nbest, nrun;
};

struct walk {
	struct series s;
	struct cell cell;
	struct choosing choosing;
	struct wide wide;
	size_t cap_levels, cap_quoted, cap_targets;
	bool in_cell, in_period;
};

static void keep(struct claim **list, size_t *n, size_t *cap, const struct claim *c)
{
	if (*n == OTHERS_MOST)
		return;
	if (*n == *cap) {
		*cap = *cap ? 2 * *cap : 16;
		*list = xrealloc(*list, *cap * sizeof **list);
	}
	(*list)[(*n)++] = *c;
}

static bool is_earlier(const struct order *o, const struct claim *a, const struct claim *b)
{
	int c = order_cmp(o, a->document, b->document);
	return c ? c < 0 : a->position < b->position;
}

static void run_close(struct walk *w)
{
	struct choosing *c = &w->choosing;

	if (c->nrun > c->nbest || (c->nrun == c->nbest && is_earlier(w->s.order, &c->run, &w->cell.best))) {
		w->cell.best = c->run;
		c->nbest = c->nrun;
	}
	c->nrun = 0;
}

static void level_take(struct walk *w, const struct claim *x)
{
	struct cell *cell = &w->cell;
	struct choosing *c = &w->choosing;

	if (!cell->filled) {
		cell->filled = true;
		cell->best = c->run = *x;
		c->nbest = 0;
		c->nrun = 1;
	} else if (x->rank == cell->best.rank) {
		if (figure_cmp(&c->run.figure, &x->figure) == 0) {
			c->nrun++;
		} else {
			run_close(w);
			c->run = *x;
			c->nrun = 1;
		}
	}
	cell->claims++;
	keep(&cell->levels, &cell->nlevels, &w->cap_levels, x);
}

/* legal_aid_cases:over, so that no bound is dropped in the wide table. */
static void mark(struct buf *b, const char *column, const char *what)
{
	if (b->len)
		buf_append(b, " ", 1);
	buf_append(b, column, strlen(column));
	if (what) {
		buf_append(b, ":", 1);
		buf_append(b, what, strlen(what));
	}
}

static void wide_add(struct walk *w, const struct claim *c)
{
	struct wide *x = &w->wide;
	const struct indicator *k = &w->s.catalogue->items[c->indicator];

	x->room.len = 0;
	csv_decimal(&x->room, c->figure.value);
	x->cells[c->indicator] = (struct str){
		arena_strndup(&x->arena, (char *)x->room.data, x->room.len), x->room.len};
	if (c->figure.has_high)
		mark(&x->bounds, k->column, "range");
	else if (c->figure.bound != BOUND_EXACT)
		mark(&x->bounds, k->column, fact_bounds[c->figure.bound]);
	if (c->by)
		mark(&x->departments, k->column, NULL);
	x->begun = true;
}

static void list_cell(struct buf *row, struct buf *list)
{
	csv_plain(row, (struct str){list->data ? (char *)list->data : "", list->len});
	list->len = 0;
}

static void wide_flush(struct walk *w)
{
	struct wide *x = &w->wide;
	struct output *o = &w->s.out[TABLE_PANEL];

	if (!x->begun)
		return;
	series_place(&w->s, &w->s.head, &o->row);
	series_cell(&w->s, w->s.head.period, &o->row);
	list_cell(&o->row, &x->bounds);
	list_cell(&o->row, &x->departments);
	for (size_t i = 0; i < w->s.catalogue->n; i++) {
		if (x->cells[i].s)
			csv_cells(&o->row, x->cells[i]);
		else
			csv_empty(&o->row);
		x->cells[i] = (struct str){NULL, 0};
	}
	output_row(o);
	arena_reset(&x->arena);
	x->begun = false;
}

static void long_row(struct walk *w)
{
	struct series *s = &w->s;
	struct output *o = &s->out[TABLE_PANEL_LONG];
	struct buf *b = &o->row;
	const struct claim *c = &w->cell.best;

	series_place(s, c, b);
	series_cell(s, c->period, b);
	csv_plain(b, series_name(s, c->start));
	csv_plain(b, series_name(s, c->end));
	csv_cells(b, s->catalogue->items[c->indicator].id_cell);
	series_number(&c->figure, b);
	csv_plain(b, str_of(fact_bounds[c->figure.bound]));
	series_cell(s, c->base, b);
	csv_int(b, (int64_t)w->cell.claims - 1);
	csv_plain(b, claim_fact(c));
	series_cell(s, c->unit, b);
	csv_plain(b, str_of(choice_natures[c->nature]));
	series_cell(s, c->by, b);
	csv_bool(b, c->figure.corrected);
	output_row(o);
}

static void count(struct indicator *x, const struct claim *c, int year)
{
	x->values++;
	x->bounded += c->figure.bound != BOUND_EXACT || c->figure.has_high;
	if (!year)
		return;
	x->years++;
	x->first_year = x->first_year && x->first_year < year ? x->first_year : year;
	x->last_year = x->last_year > year ? x->last_year : year;
}

static void rank_add(struct series *s, const struct claim *best)
{
	struct claim c = *best;

	if (!c.full_year || !c.level || c.figure.bound != BOUND_EXACT || c.figure.has_high)
		return;
	c.rank = choice_counts_times(series_name(s, c.unit));
	sorter_add(s->ranks, &c);
}

static void cell_close(struct walk *w)
{
	struct series *s = &w->s;
	struct cell *c = &w->cell;

	if (!w->in_cell)
		return;
	if (c->filled) {
		run_close(w);
		long_row(w);
		count(&s->catalogue->items[c->best.indicator], &c->best, s->year);
		if (s->year) {
			wide_add(w, &c->best);
			s->now[c->best.indicator] = c->best;
			s->filled[c->best.indicator] = true;
		}
		changes_cell(s, c);
		conflicts_cell(s, c);
		rank_add(s, &c->best);
	}
	targets_cell(s, c);
	c->filled = c->grows = false;
	c->claims = 0;
	c->nlevels = c->nquoted = c->ntargets = 0;
	w->in_cell = false;
}

static void period_close(struct walk *w)
{
	struct series *s = &w->s;

	if (!w->in_period)
		return;
	wide_flush(w);
	changes_end(s);
	coverage_end(s);
	for (size_t k = 0; s->year && k < s->catalogue->n; k++)
		if (s->filled[k]) {
			s->last[k] = s->now[k];
			s->last_year[k] = s->year;
		}
	if (s->year && s->reported) {
		uint8_t *gave = s->gave;
		s->gave = s->gives;
		s->gives = gave;
		s->report_year = s->year;
	}
	w->in_period = false;
}

static void period_open(struct walk *w, const struct claim *x)
{
	struct series *s = &w->s;

	if (!claim_same_series(&s->head, x)) {
		s->report_year = 0;
		memset(s->last_year, 0, s->catalogue->n * sizeof *s->last_year);
	}
	s->head = *x;
	s->year = x->full_year ? atoi(series_name(s, x->start).s) : 0;
	coverage_start(s);
	w->in_period = true;
}

static void take(struct walk *w, const struct claim *x)
{
	struct series *s = &w->s;
	struct cell *c = &w->cell;

	if (w->in_cell && !claim_same_cell(&c->best, x))
		cell_close(w);
	if (w->in_period && !claim_same_period(&s->head, x))
		period_close(w);
	if (!w->in_period)
		period_open(w, x);
	if (!w->in_cell) {
		c->best = *x;
		w->in_cell = true;
	}
	switch ((enum claim_what)x->what) {
	case CLAIM_REPORT: s->reported = true; break;
	case CLAIM_GIVES:       /* ascending, so the last is the most */
		s->gives[x->indicator] = x->rank;
		break;
	case CLAIM_LEVEL:
		if (x->made == x->period && !x->by)
			s->gives[x->indicator] = GIVES_OWN;
		level_take(w, x);
		break;
	case CLAIM_QUOTED: keep(&c->quoted, &c->nquoted, &w->cap_quoted, x); break;
	case CLAIM_TARGET: keep(&c->targets, &c->ntargets, &w->cap_targets, x); break;
	case CLAIM_GROWTH:
		if (!c->grows)
			c->growth = *x;
		c->grows = true;
		break;
	}
}

static void walk_free(struct walk *w)
{
	struct series *s = &w->s;

	free(s->last);
	free(s->now);
	free(s->last_year);
	free(s->filled);
	free(s->gives);
	free(s->gave);
	free(w->cell.levels);
	free(w->cell.quoted);
	free(w->cell.targets);
	free(w->wide.cells);
	arena_free(&w->wide.arena);
	buf_free(&w->wide.room);
	buf_free(&w->wide.bounds);
	buf_free(&w->wide.departments);
}

int panel_write(struct claims *claims, struct catalogue *catalogue, const struct breaks *breaks,
	struct output *out, int folder)
{
	size_t n = catalogue->n + 1;
	struct sorter ranks;
	struct walk w = {.s = {.claims = claims, .catalogue = catalogue, .order = claims->order,
		.breaks = breaks, .out = out, .ranks = &ranks,
		.last = xmalloc(n * sizeof(struct claim)), .now = xmalloc(n * sizeof(struct claim)),
		.last_year = xmalloc(n * sizeof(int)), .filled = xmalloc(n), .gives = xmalloc(n), .gave = xmalloc(n)},
		.wide = {.cells = xmalloc(n * sizeof(struct str))}};
	const struct claim *x;

	ranks_start(&ranks, claims, folder);
	memset(w.s.last_year, 0, n * sizeof(int));
	memset(w.s.gave, 0, n);
	for (size_t i = 0; i < n; i++)
		w.wide.cells[i] = (struct str){NULL, 0};
	bool more = sorter_finish(&claims->sorter);
	while (more && (x = sorter_next(&claims->sorter)) != NULL) {
		const struct order_entry *e = &claims->order->items[x->document];
		struct claim witness = *x;
		witness.what = CLAIM_QUOTED;
		if (!order_is_out(claims->order, x->document))
			take(&w, x);
		else if (!e->dead && x->what == CLAIM_LEVEL)    /* a near-duplicate that was not chosen */
			take(&w, &witness);
	}
	cell_close(&w);
	period_close(&w);
	if (!claims->sorter.error)
		ranks_write(&w.s);
	int error = claims->sorter.error ? claims->sorter.error : ranks.error;
	sorter_free(&ranks);
	walk_free(&w);
	return error;
}
