/* changes: a figure against the year before, or why the two cannot be compared. */
#include "series.h"

#include <stdlib.h>

void series_place(struct series *s, const struct claim *c, struct buf *b)
{
	series_cell(s, c->code, b);
	series_cell(s, c->region, b);
	series_cell(s, c->subject, b);
}

void series_number(const struct figure *x, struct buf *b)
{
	csv_decimal(b, x->value);
	if (x->has_high)
		csv_decimal(b, x->high);
	else
		csv_empty(b);
}

static bool is_exact(const struct claim *c)
{
	return c->figure.bound == BOUND_EXACT && !c->figure.has_high;
}

const char *series_unlike(const struct series *s, const struct claim *is, const struct claim *was, struct buf *breaks)
{
	if (is->by != was->by)
		return "department";
	if (is->nature != was->nature)
		return "nature";
	if (is->figure.kind != was->figure.kind)
		return "unit";
	if (is->base && was->base && is->base != was->base)
		return "base";
	if (choice_counts_times(series_name(s, is->unit)) != choice_counts_times(series_name(s, was->unit)))
		return "unit";
	if (breaks_between(s->breaks, &s->catalogue->items[is->indicator], series_name(s, is->code),
	    series_name(s, was->start), series_name(s, is->end), breaks))
		return "boundary";
	return is_exact(is) && is_exact(was) ? NULL : "bound";
}

/* What is known of the direction: two exact figures tell it, others where they do not touch. */
static const char *direction_of(const struct claim *was, const struct claim *is)
{
	int order = decimal_cmp(is->figure.value, was->figure.value);

	if (is_exact(was) && is_exact(is))
		return order > 0 ? "up" : order < 0 ? "down" : "same";
	if (order > 0 && (is_exact(is) || is->figure.bound == BOUND_OVER) && !was->figure.has_high
	    && (is_exact(was) || was->figure.bound == BOUND_UNDER))
		return "up";
	if (order < 0 && (is_exact(is) || is->figure.bound == BOUND_UNDER) && !is->figure.has_high
	    && (is_exact(was) || was->figure.bound == BOUND_OVER))
		return "down";
	return "unknown";
}

static bool percent_of(const struct claim *was, struct decimal difference, int places, struct decimal *out)
{
	return was->figure.value.mant > 0
		&& decimal_div_round(decimal_shift(difference, 2), was->figure.value, places, out);
}

bool series_percent(const struct claim *is, const struct claim *was, int places, struct decimal *out)
{
	struct decimal difference;

	return decimal_sub(is->figure.value, was->figure.value, &difference)
		&& percent_of(was, difference, places, out);
}

/* The stated change against what comes out, at the precision of the statement: yes, no,
 * or nothing where it cannot be told. A cut last digit is no contradiction. */
static const char *growth_agrees(const struct claim *g, const struct claim *was, struct decimal difference)
{
	struct decimal want = g->figure.value, got = difference, cut = difference;
	int places = g->figure.place < 0 ? -g->figure.place : 0;

	if (g->figure.bound != BOUND_EXACT || (was->figure.kind == FACT_COUNT && g->figure.kind == FACT_COUNT && g->figure.place > 0))
		return "";
	if (g->change == CHANGE_DOWN)
		want.mant = -want.mant;
	if (g->figure.kind == FACT_PERCENT
	    && (!percent_of(was, difference, places, &got)
	        || !decimal_div_cut(decimal_shift(difference, 2), was->figure.value, places, &cut)))
		return "";
	return decimal_cmp(want, got) == 0 || decimal_cmp(want, cut) == 0 ? "yes" : "no";
}

static void decimal_cell(struct buf *b, bool given, struct decimal v)
{
	if (given)
		csv_decimal(b, v);
	else
		csv_empty(b);
}

/* A row. IS or WAS may be NULL, where WHY says that it is not there. True where the two
 * were compared. */
static bool row(struct series *s, const struct claim *is, const struct claim *was, int indicator, const char *why,
	const struct claim *growth)
{
	struct output *o = &s->out[TABLE_CHANGES];
	const struct indicator *x = &s->catalogue->items[indicator];
	struct decimal difference = {0, 0}, percent = {0, 0};
	struct buf ids = {0};
	struct buf *b = &o->row;
	bool differs = false, rises = false;

	if (is && was && !why)
		why = series_unlike(s, is, was, &ids);
	if (is && was && !why) {
		differs = decimal_sub(is->figure.value, was->figure.value, &difference);
		rises = differs && x->kind != FACT_PERCENT && x->kind != FACT_RANK && percent_of(was, difference, 2, &percent);
	}
	bool ordered = !why || strcmp(why, "bound") == 0;
	series_place(s, is ? is : was, b);
	csv_cells(b, x->id_cell);
	series_cell(s, s->head.period, b);
	decimal_cell(b, is != NULL, is ? is->figure.value : difference);
	csv_plain(b, str_of(is ? fact_bounds[is->figure.bound] : ""));
	series_cell(s, was ? was->period : 0, b);
	decimal_cell(b, was != NULL, was ? was->figure.value : difference);
	csv_plain(b, str_of(was ? fact_bounds[was->figure.bound] : ""));
	series_cell(s, is ? is->unit : was->unit, b);
	decimal_cell(b, differs, difference);
	decimal_cell(b, rises, percent);
	csv_plain(b, str_of(is && was && ordered ? direction_of(was, is) : ""));
	csv_bool(b, !why);
	csv_plain(b, str_of(why ? why : ""));
	csv_prose(b, (struct str){ids.data ? (char *)ids.data : "", ids.len});
	series_cell(s, is && was && is->base == was->base ? is->base : 0, b);
	if (growth) {
		struct decimal v = growth->figure.value;
		v.mant = growth->change == CHANGE_DOWN ? -v.mant : v.mant;
		csv_decimal(b, v);
		series_cell(s, growth->unit, b);
		csv_plain(b, str_of(differs ? growth_agrees(growth, was, difference) : ""));
	} else {
		csv_empty(b);
		csv_empty(b);
		csv_empty(b);
	}
	csv_plain(b, is ? claim_fact(is) : (struct str){"", 0});
	csv_plain(b, was ? claim_fact(was) : (struct str){"", 0});
	output_row(o);
	buf_free(&ids);
	return !why;
}

void outlier_row(struct series *s, const struct claim *c, const char *kind, struct decimal against, bool given)
{
	struct output *o = &s->out[TABLE_OUTLIERS];
	struct buf *b = &o->row;

	series_place(s, c, b);
	series_cell(s, c->period, b);
	csv_cells(b, s->catalogue->items[c->indicator].id_cell);
	csv_plain(b, str_of(kind));
	csv_decimal(b, c->figure.value);
	decimal_cell(b, given, against);
	csv_plain(b, claim_fact(c));
	output_row(o);
}

/* Of two that were compared: ten times as much, or a tenth: more often a slip (万 left out) than news. */
static void jump_look(struct series *s, const struct claim *is, const struct claim *was)
{
	struct decimal more = was->figure.value, less = is->figure.value;

	if (was->figure.value.mant <= 0 || is->figure.value.mant <= 0)
		return;
	if (decimal_cmp(less, more) > 0) {
		struct decimal t = more;
		more = less;
		less = t;
	}
	if (decimal_cmp(more, (struct decimal){1, 1}) >= 0 && decimal_cmp(more, decimal_shift(less, 1)) >= 0)
		outlier_row(s, is, "jump", was->figure.value, true);
}

void changes_cell(struct series *s, const struct cell *c)
{
	const struct claim *is = &c->best;
	const struct indicator *x = &s->catalogue->items[is->indicator];
	const struct claim *growth = c->grows ? &c->growth : NULL;
	int k = is->indicator, before = s->last_year[k];
	const struct claim *was = before ? &s->last[k] : NULL;
	const char *why = NULL;

	if (x->kind == FACT_PERCENT && decimal_cmp(is->figure.value, (struct decimal){1, 2}) > 0)
		outlier_row(s, is, "over_100", (struct decimal){1, 2}, true);
	if (!s->year) {
		bool in_a_year = is->start && memcmp(series_name(s, is->start).s, series_name(s, is->end).s, 4) == 0;
		if (was)
			row(s, is, was, k, in_a_year ? "part_year" : "other_period", NULL);
		return;
	}
	if (before != s->year - 1 && s->report_year == s->year - 1) {
		why = s->gave[k] ? "no_level_before" : "not_found_before";
		was = NULL;
	} else if (!was) {
		return;
	} else if (before != s->year - 1) {
		why = "gap";
	}
	if (row(s, is, was, k, why, growth))
		jump_look(s, is, was);
}

void changes_end(struct series *s)
{
	if (!s->year || !s->reported)
		return;
	for (size_t k = 0; k < s->catalogue->n; k++)
		if (s->last_year[k] == s->year - 1 && !s->filled[k])
			row(s, NULL, &s->last[k], (int)k, s->gives[k] ? "no_level" : "not_found", NULL);
}
