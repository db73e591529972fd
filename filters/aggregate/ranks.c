/* ranks: n of N among the regions of one level in one year, none under ten, and among those
 * of the province; and the figures that lie far from all others there. */
#include "series.h"

#include <math.h>
#include <stdlib.h>

enum { GROUP_LEAST = 10, SORT_MEMORY = 32 << 20 };

static const double FAR = 5 * 1.4826;   /* five standard deviations, were they normal (MAD) */

/* Indicator, year, level, subject, what the figure is of: only like stands with like. */
static int group_cmp(const struct names *x, const struct claim *a, const struct claim *b)
{
	int c = (a->indicator > b->indicator) - (a->indicator < b->indicator);

	c = c ? c : names_cmp(x, a->period, b->period);
	c = c ? c : names_cmp(x, a->level, b->level);
	c = c ? c : names_cmp(x, a->subject, b->subject);
	c = c ? c : (int)a->nature - (int)b->nature;
	/* rank holds whether the unit counts times (ranks_add) */
	c = c ? c : (int)a->rank - (int)b->rank;
	return c ? c : names_cmp(x, a->base, b->base);
}

static int rank_cmp(const void *l, const void *r, void *claims)
{
	const struct names *x = &((const struct claims *)claims)->names;
	const struct claim *a = l, *b = r;
	int c = group_cmp(x, a, b);

	c = c ? c : decimal_cmp(b->figure.value, a->figure.value);
	c = c ? c : names_cmp(x, a->code, b->code);
	return c ? c : names_cmp(x, a->region, b->region);
}

void ranks_start(struct sorter *ranks, struct claims *c, int folder)
{
	sorter_start(ranks, folder, sizeof(struct claim), SORT_MEMORY, rank_cmp, c);
}

/* The regions of a group that one province has, while the group is written. */
struct province {
	size_t of, seen, rank;
	struct decimal last;
};

enum { PROVINCES = 100 };               /* GB/T 2260: the first two digits of a code */

static int province_of(const struct series *s, const struct claim *c)
{
	struct str code = series_name(s, c->code);

	for (size_t i = 0; i < code.n; i++)
		if (code.s[i] < '0' || code.s[i] > '9')
			return -1;
	return code.n == 6 ? (code.s[0] - '0') * 10 + code.s[1] - '0' : -1;
}

/* The place in the province; groups come from the largest figure on. */
static size_t province_rank(struct province *p, struct decimal value)
{
	p->seen++;
	if (p->seen == 1 || decimal_cmp(value, p->last) != 0)
		p->rank = p->seen;
	p->last = value;
	return p->rank;
}

static void province_cells(struct series *s, const struct claim *c, struct province *all, struct buf *b)
{
	int k = province_of(s, c);
	struct province *p = k < 0 ? NULL : &all[k];

	if (!p || p->of < GROUP_LEAST) {
		csv_empty(b);
		csv_empty(b);
		csv_empty(b);
		return;
	}
	const char code[] = {(char)('0' + k / 10), (char)('0' + k % 10), '0', '0', '0', '0'};
	csv_plain(b, (struct str){code, sizeof code});
	csv_int(b, (int64_t)province_rank(p, c->figure.value));
	csv_int(b, (int64_t)p->of);
}

static void row(struct series *s, const struct claim *c, size_t rank, size_t of, struct province *provinces)
{
	struct output *o = &s->out[TABLE_RANKS];
	struct buf *b = &o->row;

	csv_cells(b, s->catalogue->items[c->indicator].id_cell);
	series_cell(s, c->period, b);
	series_cell(s, c->level, b);
	series_cell(s, c->subject, b);
	csv_plain(b, str_of(choice_natures[c->nature]));
	series_cell(s, c->base, b);
	series_cell(s, c->code, b);
	series_cell(s, c->region, b);
	csv_decimal(b, c->figure.value);
	series_cell(s, c->unit, b);
	csv_int(b, (int64_t)rank);
	csv_int(b, (int64_t)of);
	series_cell(s, c->by, b);
	csv_plain(b, claim_fact(c));
	province_cells(s, c, provinces, b);
	output_row(o);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* Counts and money differ by factors, rates by points. */
static double scale_of(const struct series *s, const struct claim *c)
{
	double v = decimal_to_double(c->figure.value);
	return s->catalogue->items[c->indicator].kind == FACT_PERCENT ? v : v > 0 ? log(v) : NAN;
}

static void outliers(struct series *s, const struct claim *group, size_t n)
{
	double *v = xmalloc(2 * n * sizeof *v), *d = v + n;
	size_t m = 0;

	for (size_t i = n; i-- > 0;) {
		double x = scale_of(s, &group[i]);
		if (!isnan(x))
			v[m++] = x;
	}
	if (m >= GROUP_LEAST) {
		double middle = median(v, m);
		for (size_t i = 0; i < m; i++)
			d[i] = fabs(v[i] - middle);
		qsort(d, m, sizeof *d, by_size);
		double spread = median(d, m);
		for (size_t i = 0; spread > 0 && i < n; i++) {
			double x = scale_of(s, &group[i]);
			if (!isnan(x) && fabs(x - middle) > FAR * spread)
				outlier_row(s, &group[i], "group", group[n / 2].figure.value, true);
		}
	}
	free(v);
}

static void group_write(struct series *s, const struct claim *group, size_t n)
{
	struct province provinces[PROVINCES] = {{0}};
	size_t rank = 0;

	if (n < GROUP_LEAST)
		return;
	for (size_t i = 0; i < n; i++) {
		int k = province_of(s, &group[i]);
		if (k >= 0)
			provinces[k].of++;
	}
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || decimal_cmp(group[i].figure.value, group[i - 1].figure.value) != 0)
			rank = i + 1;
		row(s, &group[i], rank, n, provinces);
	}
	outliers(s, group, n);
}

void ranks_write(struct series *s)
{
	const struct names *x = &s->claims->names;
	struct claim *group = NULL;
	size_t n = 0, cap = 0;
	const struct claim *c;

	if (!sorter_finish(s->ranks))
		return;
	while ((c = sorter_next(s->ranks)) != NULL) {
		if (n > 0 && group_cmp(x, &group[0], c) != 0) {
			group_write(s, group, n);
			n = 0;
		}
		if (n == cap) {
			cap = cap ? 2 * cap : 64;
			group = xrealloc(group, cap * sizeof *group);
		}
		group[n++] = *c;
	}
	group_write(s, group, n);
	free(group);
}
