/* targets: a promise and what became of it. */
#include "series.h"

#include <stdlib.h>

enum aim { AT_LEAST, AT_MOST };

static const char *const results[] = {"reached", "not_reached", "unclear"};       /* by enum figure_result */

static enum aim aim_of(const struct claim *t, const struct indicator *x)
{
	if (t->figure.bound == BOUND_OVER)
		return AT_LEAST;
	return t->figure.bound == BOUND_UNDER || x->less ? AT_MOST : AT_LEAST;
}

/* Does the promise ask for less than there was when it was made? */
static bool is_below(const struct claim *was, enum aim aim, struct decimal mark)
{
	struct decimal v;

	if (aim == AT_LEAST)
		return figure_least(&was->figure, &v) && decimal_cmp(mark, v) < 0;
	return figure_most(&was->figure, &v) && decimal_cmp(mark, v) > 0;
}

static const char *unlike(const struct series *s, const struct claim *t, const struct claim *c)
{
	if (t->nature != c->nature)
		return "nature";
	return choice_counts_times(series_name(s, t->unit)) != choice_counts_times(series_name(s, c->unit)) ? "unit" : NULL;
}

static void row(struct series *s, const struct claim *t, const struct claim *reached)
{
	struct output *o = &s->out[TABLE_TARGETS];
	struct buf *b = &o->row;
	const struct indicator *x = &s->catalogue->items[t->indicator];
	enum aim aim = aim_of(t, x);
	struct decimal mark = figure_mark(&t->figure, aim == AT_MOST);
	const struct claim *was = s->last_year[t->indicator] && s->last[t->indicator].period == t->made
		? &s->last[t->indicator] : NULL;
	const char *result, *why = "";

	if (was && unlike(s, t, was))
		was = NULL;
	if (!reached) {
		result = "not_found";
		why = !s->reported ? "no_report" : s->gives[t->indicator] ? "no_level" : "not_found";
	} else if (unlike(s, t, reached)) {
		result = "unclear";
		why = unlike(s, t, reached);
	} else {
		enum figure_result what = figure_result(&reached->figure, mark, aim == AT_MOST);
		result = results[what];
		why = what == FIGURE_UNCLEAR ? "bound" : "";
	}
	series_place(s, t, b);
	csv_cells(b, x->id_cell);
	series_cell(s, t->made, b);
	series_cell(s, t->period, b);
	series_number(&t->figure, b);
	series_cell(s, t->unit, b);
	csv_plain(b, aim == AT_LEAST ? STR("at_least") : STR("at_most"));
	csv_plain(b, str_of(result));
	csv_plain(b, str_of(why));
	if (reached) {
		csv_decimal(b, reached->figure.value);
		csv_plain(b, str_of(fact_bounds[reached->figure.bound]));
	} else {
		csv_empty(b);
		csv_empty(b);
	}
	if (was) {
		csv_decimal(b, was->figure.value);
		csv_plain(b, str_of(fact_bounds[was->figure.bound]));
		csv_bool(b, is_below(was, aim, mark));
	} else {
		csv_empty(b);
		csv_empty(b);
		csv_empty(b);
	}
	csv_plain(b, claim_fact(t));
	csv_plain(b, reached ? claim_fact(reached) : (struct str){"", 0});
	csv_plain(b, was ? claim_fact(was) : (struct str){"", 0});
	output_row(o);
}

void targets_cell(struct series *s, const struct cell *c)
{
	for (size_t i = 0; i < c->ntargets; i++)
		row(s, &c->targets[i], c->filled ? &c->best : NULL);
}
