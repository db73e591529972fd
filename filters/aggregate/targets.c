/* targets: a promise and what became of it. */
#include "series.h"

#include <stdlib.h>

enum aim { AT_LEAST, AT_MOST };

static enum aim aim_of(const struct claim *t, const struct indicator *x)
{
	if (t->bound == BOUND_OVER)
		return AT_LEAST;
	return t->bound == BOUND_UNDER || x->less ? AT_MOST : AT_LEAST;
}

/* What the promise asks for: of a range the easier end. */
static struct decimal mark_of(const struct claim *t, enum aim aim)
{
	return aim == AT_MOST && t->has_high ? t->high : t->value;
}

/* The figure may lie anywhere between these; false where that side is open. */
static bool least_of(const struct claim *c, struct decimal *out)
{
	*out = c->value;
	if (c->bound == BOUND_ABOUT)
		return decimal_mul(c->value, (struct decimal){9, -1}, out);
	return c->bound != BOUND_UNDER;
}

static bool most_of(const struct claim *c, struct decimal *out)
{
	*out = c->has_high ? c->high : c->value;
	if (c->bound == BOUND_ABOUT)
		return decimal_mul(*out, (struct decimal){11, -1}, out);
	return c->bound != BOUND_OVER;
}

static const char *result_of(const struct claim *c, enum aim aim, struct decimal mark)
{
	struct decimal least, most;
	bool has_least = least_of(c, &least), has_most = most_of(c, &most);

	if (aim == AT_LEAST) {
		if (has_least && decimal_cmp(least, mark) >= 0)
			return "reached";
		return has_most && decimal_cmp(most, mark) < 0 ? "not_reached" : "unclear";
	}
	if (has_most && decimal_cmp(most, mark) <= 0)
		return "reached";
	return has_least && decimal_cmp(least, mark) > 0 ? "not_reached" : "unclear";
}

/* Does the promise ask for less than there was when it was made? */
static bool is_below(const struct claim *was, enum aim aim, struct decimal mark)
{
	struct decimal v;

	if (aim == AT_LEAST)
		return least_of(was, &v) && decimal_cmp(mark, v) < 0;
	return most_of(was, &v) && decimal_cmp(mark, v) > 0;
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
	struct decimal mark = mark_of(t, aim);
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
		result = result_of(reached, aim, mark);
		why = strcmp(result, "unclear") == 0 ? "bound" : "";
	}
	series_place(s, t, b);
	csv_prose(b, x->id);
	csv_prose(b, series_name(s, t->made));
	csv_prose(b, series_name(s, t->period));
	csv_decimal(b, t->value);
	if (t->has_high)
		csv_decimal(b, t->high);
	else
		csv_empty(b);
	csv_prose(b, series_name(s, t->unit));
	csv_plain(b, aim == AT_LEAST ? STR("at_least") : STR("at_most"));
	csv_plain(b, str_of(result));
	csv_plain(b, str_of(why));
	if (reached) {
		csv_decimal(b, reached->value);
		csv_plain(b, str_of(fact_bounds[reached->bound]));
	} else {
		csv_empty(b);
		csv_empty(b);
	}
	if (was) {
		csv_decimal(b, was->value);
		csv_plain(b, str_of(fact_bounds[was->bound]));
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
