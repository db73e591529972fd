#include "figure.h"

#include <math.h>

/* A number of the stream may be binary; the digits as written never are. They are
 * taken where they mean the same number. */
struct decimal figure_value(const struct fact *x)
{
	struct decimal v = x->value.value, written;

	if (!x->digits.n || x->scale < -300 || x->scale > 300
	    || !decimal_parse(x->digits.s, x->digits.n, &written))
		return v;
	written = decimal_norm(decimal_shift(written, (int)x->scale));
	struct decimal plain = decimal_norm(v);
	if (written.mant == plain.mant && written.exp == plain.exp)
		return written;
	double a = decimal_to_double(written), b = decimal_to_double(plain);
	return fabs(a - b) <= 1e-12 * fabs(b) ? written : v;
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

bool figure_take(const struct fact *x, const struct verdict *v, struct figure *out)
{
	if (!x->value.given || (v && v->wrong && !v->corrects))
		return false;
	out->kind = (uint8_t)x->kind;
	out->corrected = v && v->corrects;
	if (out->corrected) {
		out->value = decimal_norm(v->number);
		out->has_high = false;
		out->bound = BOUND_EXACT;
		out->place = (int8_t)(v->number.exp < 0 ? v->number.exp : 0);
	} else {
		out->value = decimal_norm(figure_value(x));
		out->has_high = x->high.given;
		out->bound = (uint8_t)x->bound;
		out->place = (int8_t)place_of(x, out->value);
	}
	out->high = out->has_high ? decimal_norm(x->high.value) : (struct decimal){0, 0};
	return true;
}

int figure_cmp(const struct figure *a, const struct figure *b)
{
	int c = decimal_cmp(a->value, b->value);

	c = c ? c : (int)a->bound - (int)b->bound;
	c = c ? c : (int)a->has_high - (int)b->has_high;
	return c || !a->has_high ? c : decimal_cmp(a->high, b->high);
}

/* The numbers that a figure may stand for. 约 is taken as a tenth to either side. */
static void reach_of(const struct figure *x, double *low, double *high)
{
	double v = decimal_to_double(x->value);

	*low = x->bound == BOUND_UNDER ? -INFINITY : x->bound == BOUND_ABOUT ? v - fabs(v) / 10 : v;
	*high = x->bound == BOUND_OVER ? INFINITY : x->bound == BOUND_ABOUT ? v + fabs(v) / 10 : v;
	if (x->has_high && x->bound != BOUND_OVER)
		*high = decimal_to_double(x->high);
}

bool figure_agrees(const struct figure *a, const struct figure *b)
{
	const struct figure *coarse = a->place > b->place ? a : b;
	double la, ha, lb, hb, unit = 0;

	/* the one with fewer digits may be rounded or cut: 1.2万 for 12034 */
	if (a->place != b->place && !(coarse->place == 0 && coarse->kind == FACT_COUNT))
		unit = pow(10, coarse->place);
	reach_of(a, &la, &ha);
	reach_of(b, &lb, &hb);
	*(coarse == a ? &la : &lb) -= unit / 2;
	*(coarse == a ? &ha : &hb) += unit * (1 - 1e-9);
	double slack = 1e-12 * (fabs(la == -INFINITY ? ha : la) + 1);
	return la <= hb + slack && lb <= ha + slack;
}

bool figure_least(const struct figure *x, struct decimal *out)
{
	*out = x->value;
	if (x->bound == BOUND_ABOUT)
		return decimal_mul(x->value, (struct decimal){9, -1}, out);
	return x->bound != BOUND_UNDER;
}

bool figure_most(const struct figure *x, struct decimal *out)
{
	*out = x->has_high ? x->high : x->value;
	if (x->bound == BOUND_ABOUT)
		return decimal_mul(*out, (struct decimal){11, -1}, out);
	return x->bound != BOUND_OVER;
}

struct decimal figure_mark(const struct figure *promise, bool ceiling)
{
	return ceiling && promise->has_high ? promise->high : promise->value;
}

enum figure_result figure_result(const struct figure *x, struct decimal mark, bool ceiling)
{
	struct decimal least, most;
	bool has_least = figure_least(x, &least), has_most = figure_most(x, &most);

	if (ceiling)
		return has_most && decimal_cmp(most, mark) <= 0 ? FIGURE_REACHES
			: has_least && decimal_cmp(least, mark) > 0 ? FIGURE_MISSES : FIGURE_UNCLEAR;
	return has_least && decimal_cmp(least, mark) >= 0 ? FIGURE_REACHES
		: has_most && decimal_cmp(most, mark) < 0 ? FIGURE_MISSES : FIGURE_UNCLEAR;
}

bool figure_is_quoted(const struct fact *x, const struct period *when, const struct period *own)
{
	return x->modality == MODALITY_REFERENCE && x->change == CHANGE_LEVEL && !x->scope.n && x->period.n
		&& when->end[0] && own->start[0] && strcmp(when->end, own->start) < 0;
}
