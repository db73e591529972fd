/* targets: a promise and what became of it. */
#include "series.h"

#include <stdlib.h>

static const char *const results[] = {"reached", "not_reached", "unclear"};       /* by enum figure_result */

/* What is promised: the figure itself, or its growth; a fall is a negative growth. */
struct promise {
	const struct claim *claim;
	struct figure figure;
	bool at_most, grows;
};

/* What became of it. */
struct outcome {
	const char *result, *why;
	const struct claim *claim;      /* the figure that tells; NULL where there is none */
	struct figure figure;           /* that figure, or the growth that came out */
};

static struct promise promise_of(const struct claim *t, const struct indicator *x)
{
	struct promise p = {.claim = t, .figure = t->figure, .grows = t->change != CHANGE_LEVEL};

	if (t->change == CHANGE_DOWN) {
		struct decimal low = t->figure.has_high ? t->figure.high : t->figure.value;
		p.figure.high.mant = -t->figure.value.mant;
		p.figure.high.exp = t->figure.value.exp;
		p.figure.value = (struct decimal){-low.mant, low.exp};
		p.figure.bound = t->figure.bound == BOUND_OVER ? BOUND_UNDER
			: t->figure.bound == BOUND_UNDER ? BOUND_OVER : t->figure.bound;
	}
	if (p.figure.bound == BOUND_OVER || p.figure.bound == BOUND_UNDER)
		p.at_most = p.figure.bound == BOUND_UNDER;
	else
		p.at_most = p.grows ? t->change == CHANGE_DOWN : x->less;
	return p;
}

/* Does the promise ask for less than there was when it was made? */
static bool is_below(const struct claim *was, const struct promise *p)
{
	struct decimal v, mark = figure_mark(&p->figure, p->at_most);

	if (!p->at_most)
		return figure_least(&was->figure, &v) && decimal_cmp(mark, v) < 0;
	return figure_most(&was->figure, &v) && decimal_cmp(mark, v) > 0;
}

static const char *unlike(const struct series *s, const struct claim *t, const struct claim *c)
{
	if (t->nature != c->nature)
		return "nature";
	return choice_counts_times(series_name(s, t->unit)) != choice_counts_times(series_name(s, c->unit)) ? "unit" : NULL;
}

static struct outcome not_found(const struct series *s, const struct claim *t)
{
	return (struct outcome){.result = "not_found",
		.why = !s->reported ? "no_report" : s->gives[t->indicator] ? "no_level" : "not_found"};
}

static struct outcome judged(const struct promise *p, const struct claim *c, struct figure figure)
{
	enum figure_result what = figure_result(&figure, figure_mark(&p->figure, p->at_most), p->at_most);

	return (struct outcome){results[what], what == FIGURE_UNCLEAR ? "bound" : "", c, figure};
}

static struct outcome level_outcome(const struct series *s, const struct promise *p, const struct cell *c)
{
	if (!c->filled)
		return not_found(s, p->claim);
	const char *why = unlike(s, p->claim, &c->best);
	return why ? (struct outcome){"unclear", why, &c->best, c->best.figure} : judged(p, &c->best, c->best.figure);
}

/* The growth that comes out of two years that can be compared; else the one that the report
 * of the year states. */
static struct outcome growth_outcome(const struct series *s, const struct promise *p, const struct cell *c)
{
	int k = p->claim->indicator;
	const struct claim *was = s->year && s->last_year[k] == s->year - 1 ? &s->last[k] : NULL;
	struct figure grown = {.kind = p->figure.kind, .bound = BOUND_EXACT};
	struct buf breaks = {0};
	const char *why = !was ? "no_level_before" : c->filled ? series_unlike(s, &c->best, was, &breaks) : NULL;

	buf_free(&breaks);
	/* a share of it is promised, or a number; of a rate, points */
	bool share = p->figure.kind == FACT_PERCENT;
	if (c->filled && !why && (share ? series_percent(&c->best, was, 2, &grown.value)
	    : decimal_sub(c->best.figure.value, was->figure.value, &grown.value)))
		return judged(p, &c->best, grown);
	if (c->grows && c->growth.figure.kind == p->figure.kind) {
		grown = c->growth.figure;
		if (c->growth.change == CHANGE_DOWN) {
			grown.value.mant = -grown.value.mant;
			grown.bound = grown.bound == BOUND_OVER ? BOUND_UNDER : grown.bound == BOUND_UNDER ? BOUND_OVER : grown.bound;
		}
		return judged(p, &c->growth, grown);
	}
	if (!c->filled)
		return not_found(s, p->claim);
	return (struct outcome){.result = "unclear", .why = why ? why : "unit"};
}

static void outcome_cells(const struct figure *x, struct buf *b)
{
	if (x) {
		csv_decimal(b, x->value);
		csv_plain(b, str_of(fact_bounds[x->bound]));
	} else {
		csv_empty(b);
		csv_empty(b);
	}
}

static void row(struct series *s, const struct claim *t, const struct cell *c)
{
	struct output *o = &s->out[TABLE_TARGETS];
	struct buf *b = &o->row;
	const struct indicator *x = &s->catalogue->items[t->indicator];
	struct promise p = promise_of(t, x);
	struct outcome what = p.grows ? growth_outcome(s, &p, c) : level_outcome(s, &p, c);
	const struct claim *was = s->last_year[t->indicator] && s->last[t->indicator].period == t->made
		? &s->last[t->indicator] : NULL;

	if (was && !p.grows && unlike(s, t, was))
		was = NULL;
	series_place(s, t, b);
	csv_cells(b, x->id_cell);
	series_cell(s, t->made, b);
	series_cell(s, t->period, b);
	series_number(&p.figure, b);
	series_cell(s, t->unit, b);
	csv_plain(b, p.at_most ? STR("at_most") : STR("at_least"));
	csv_plain(b, str_of(what.result));
	csv_plain(b, str_of(what.why));
	outcome_cells(what.claim ? &what.figure : NULL, b);
	outcome_cells(was ? &was->figure : NULL, b);
	if (was && !p.grows)
		csv_bool(b, is_below(was, &p));
	else
		csv_empty(b);
	csv_plain(b, claim_fact(t));
	csv_plain(b, what.claim ? claim_fact(what.claim) : (struct str){"", 0});
	csv_plain(b, was ? claim_fact(was) : (struct str){"", 0});
	csv_plain(b, str_of(fact_changes[t->change]));
	output_row(o);
}

void targets_cell(struct series *s, const struct cell *c)
{
	for (size_t i = 0; i < c->ntargets; i++)
		row(s, &c->targets[i], c);
}
