#include "cells.h"

#include <stdlib.h>

enum { OTHERS_MOST = 50 };      /* figures beside the chosen one that a cell shows */

/* Names that come in order, each once; claims stand by series, then by period. */
struct maker {
	const struct claims *k;
	struct json cells, targets, series, periods;
	struct buf room[4];
	const struct claim *head;       /* of the series in hand */
	int64_t nseries, nperiods, ncells;
	struct str *names;              /* periods, with the day each ends */
	size_t cap;
};

/* The period's number: there are few, and they come back in every series. */
static int64_t period_of(struct maker *m, const struct claim *c)
{
	for (int64_t i = 0; i < m->nperiods; i++)
		if (str_eq(m->names[2 * i], c->period) && str_eq(m->names[2 * i + 1], c->end))
			return i;
	if ((size_t)m->nperiods == m->cap) {
		m->cap = m->cap ? 2 * m->cap : 64;
		m->names = xrealloc(m->names, 2 * m->cap * sizeof *m->names);
	}
	m->names[2 * m->nperiods] = c->period;
	m->names[2 * m->nperiods + 1] = c->end;
	json_list(&m->periods);
	json_str(&m->periods, c->period);
	json_str(&m->periods, c->start);
	json_str(&m->periods, c->end);
	json_flag(&m->periods, c->full_year);
	json_list_end(&m->periods);
	return m->nperiods++;
}

static int64_t series_of(struct maker *m, const struct claim *c)
{
	if (m->head && str_eq(m->head->code, c->code) && str_eq(m->head->region, c->region)
	    && str_eq(m->head->subject, c->subject))
		return m->nseries - 1;
	m->head = c;
	json_list(&m->series);
	json_str(&m->series, c->code);
	json_str(&m->series, c->region);
	json_str(&m->series, c->level);
	json_str(&m->series, c->subject);
	json_list_end(&m->series);
	return m->nseries++;
}

static void number_write(struct json *j, const struct figure *x)
{
	json_decimal(j, x->value);
	if (x->has_high)
		json_decimal(j, x->high);
	else
		json_null(j);
	json_int(j, x->bound);
}

static bool is_earlier(const struct claim *a, const struct claim *b)
{
	return a->order != b->order ? a->order < b->order : a->position < b->position;
}

/* Of N levels the best rank is at the front, equal values stand together: the value that is
 * stated most often, then the first by document and text. */
static const struct claim *best_of(const struct claim *x, size_t n)
{
	const struct claim *best = x;
	size_t most = 0;

	for (size_t i = 0, e; i < n && x[i].rank == x->rank; i = e) {
		for (e = i + 1; e < n && x[e].rank == x->rank && figure_cmp(&x[i].figure, &x[e].figure) == 0; e++)
			;
		if (e - i > most || (e - i == most && is_earlier(&x[i], best))) {
			best = &x[i];
			most = e - i;
		}
	}
	return best;
}

static void cell_write(struct maker *m, const struct claim *x, size_t levels, size_t quoted)
{
	const struct claim *best = best_of(x, levels);
	struct json *j = &m->cells;
	int flags = best->figure.corrected ? CELL_CORRECTED : 0;
	size_t shown = 0;

	for (size_t i = 0; i < levels + quoted; i++)
		if (claim_disputes(best, &x[i]))
			flags |= CELL_DISPUTED;
	json_list(j);
	json_int(j, series_of(m, best));
	json_int(j, period_of(m, best));
	json_int(j, best->indicator);
	number_write(j, &best->figure);
	json_int(j, flags);
	json_int(j, (int64_t)levels);
	json_int(j, best->order);
	json_int(j, best->position);
	json_str(j, best->by);
	json_int(j, best->nature);
	json_str(j, best->base);
	json_flag(j, choice_counts_times(best->unit));
	json_str(j, best->unit);
	json_list(j);
	for (size_t i = 0; i < levels + quoted && shown < OTHERS_MOST; i++) {
		if (&x[i] == best)
			continue;
		json_list(j);
		json_int(j, x[i].order);
		json_int(j, x[i].position);
		number_write(j, &x[i].figure);
		json_flag(j, x[i].what == CLAIM_QUOTED);
		json_flag(j, claim_disputes(best, &x[i]));
		json_str(j, x[i].unit);
		json_list_end(j);
		shown++;
	}
	json_list_end(j);
	json_list_end(j);
	m->ncells++;
}

/* Is the promise a ceiling? */
static bool is_ceiling(const struct claim *t, const struct indicator *x)
{
	return t->figure.bound == BOUND_UNDER || (t->figure.bound != BOUND_OVER && x->less);
}

static const char *const results[] = {"reached", "missed", "unclear"};    /* by enum figure_result */

/* Of these one; open where there is no figure, or none to hold against it. */
static const char *result_of(const struct claims *k, const struct claim *t, const struct claim *c)
{
	if (t->indicator < 0 || !c)
		return "open";
	if (t->nature != c->nature || choice_counts_times(t->unit) != choice_counts_times(c->unit))
		return "unclear";
	bool ceiling = is_ceiling(t, &k->catalogue->items[t->indicator]);
	return results[figure_result(&c->figure, figure_mark(&t->figure, ceiling), ceiling)];
}

static void target_write(struct maker *m, const struct claim *t, const struct claim *reached)
{
	struct json *j = &m->targets;

	json_list(j);
	json_int(j, series_of(m, t));
	json_int(j, period_of(m, t));
	json_str(j, t->made);
	json_int(j, t->indicator);
	number_write(j, &t->figure);
	json_str(j, t->unit);
	json_str(j, t->measure);
	json_int(j, t->order);
	json_int(j, t->position);
	json_int(j, reached ? m->ncells - 1 : -1);
	json_str(j, str_of(result_of(m->k, t, reached)));
	json_list_end(j);
}

static void member(struct json *j, const char *key, const struct buf *value)
{
	json_key(j, key);
	json_raw(j, (struct str){(const char *)value->data, value->len});
}

size_t cells_write(const struct claims *k, struct json *j)
{
	struct maker m = {.k = k};
	struct json *lists[] = {&m.series, &m.periods, &m.cells, &m.targets};

	for (int i = 0; i < 4; i++) {
		json_start(lists[i], &m.room[i]);
		json_list(lists[i]);
	}
	for (size_t i = 0, e; i < k->n; i = e) {
		const struct claim *x = &k->items[i];
		size_t levels = 0, quoted = 0;
		for (e = i; e < k->n && claim_same_cell(x, &k->items[e]); e++) {
			levels += k->items[e].what == CLAIM_LEVEL;
			quoted += k->items[e].what == CLAIM_QUOTED;
		}
		if (levels)
			cell_write(&m, x, levels, quoted);
		for (size_t t = i + levels + quoted; t < e; t++)
			target_write(&m, &k->items[t], levels ? best_of(x, levels) : NULL);
	}
	for (int i = 0; i < 4; i++) {
		json_list_end(lists[i]);
		json_end(lists[i]);
	}
	member(j, "series", &m.room[0]);
	member(j, "periods", &m.room[1]);
	member(j, "cells", &m.room[2]);
	member(j, "targets", &m.room[3]);
	for (int i = 0; i < 4; i++)
		buf_free(&m.room[i]);
	free(m.names);
	return (size_t)m.ncells;
}
