#include "periods.h"
#include "dates.h"

#include <stdio.h>
#include <stdlib.h>

enum kind { SOME, YEARS, SPAN, SCHOOL, HALF1, HALF2, QUARTER, MONTHS, MONTH, YEAR, SINCE, NOW1, NOWQ, NOWM, NOW, KINDS };
static const char *const kinds[] = {
	"some", "years", "span", "school", "half1", "half2", "quarter", "months", "month", "year", "since", "now1", "nowq", "nowm", "now", NULL
};

struct period_rule {
	enum kind kind;
	pcre2_code *code;
	size_t row;
	int from, to;           /* years that the words stand for (十三五), 0 where they name them */
};

/* Y and N of the table. */
static const char year_class[] = "(?<![0-9０-９])[12１２一二][0-9０-９〇零○一二三四五六七八九]{3}";
static const char month_class[] = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])";

static char *expand(struct str s, size_t *n)
{
	char *out = xmalloc(s.n * sizeof year_class + 1);
	*n = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *add = s.s[i] == 'Y' ? year_class : s.s[i] == 'N' ? month_class : NULL;
		size_t k = add ? strlen(add) : 1;
		memcpy(out + *n, add ? add : s.s + i, k);
		*n += k;
	}
	return out;
}

/* The year in an optional column; 0 where there is none. */
static int given_year(struct table *t, size_t row, int column)
{
	struct str s = column < 0 ? (struct str){NULL, 0} : table_cell(t, row, column);
	size_t e = 0;
	int y = s.n == 4 ? year_at(s, 0, &e) : 0;

	if (s.n && (!y || e != s.n))
		table_bad(t, row, "from and to are years");
	return y;
}

void periods_load(struct periods *p, struct table *t)
{
	int kind = table_need(t, "kind"), pattern = table_need(t, "pattern");
	int from = table_column(t, "from"), to = table_column(t, "to");

	*p = (struct periods){.matcher = matcher_new(t, 16)};
	if (t->error[0])
		return;
	p->items = xmalloc((t->nrows + 1) * sizeof *p->items);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		int k = 0;
		while (k < KINDS && !str_is(table_cell(t, i, kind), kinds[k]))
			k++;
		if (k == KINDS) {
			table_bad(t, i, "unknown kind '%.*s'", STR_ARG(table_cell(t, i, kind)));
			return;
		}
		size_t n;
		char *s = expand(table_cell(t, i, pattern), &n);
		p->items[p->n] = (struct period_rule){(enum kind)k, pattern_compile(t, i, (struct str){s, n}), i,
			given_year(t, i, from), given_year(t, i, to)};
		p->n += p->items[p->n].code != NULL;
		free(s);
	}
}

void periods_free(struct periods *p)
{
	for (size_t i = 0; i < p->n; i++)
		pcre2_code_free(p->items[i].code);
	free(p->items);
	matcher_free(p->matcher);
}

/* 《法治政府建设实施纲要(2021—2025年)》 speaks of another time. */
static struct str without_names(struct str s, struct arena *a)
{
	char *out = arena_strndup(a, s.s, s.n);
	size_t b = 0, e;

	while ((b = str_find(s, STR("《"), b)) != SIZE_MAX) {
		/* what was cut off inside a name is one, too */
		e = str_find(s, STR("》"), b);
		e = e == SIZE_MAX ? s.n : e + 3;
		memset(out + b, ' ', e - b);
		b = e;
	}
	return (struct str){out, s.n};
}

static int group_year(const struct period_rule *r, pcre2_match_data *d, const char *name, struct str s)
{
	struct span g = pattern_group(r->code, d, name);
	size_t e;
	return span_is_none(g) ? 0 : year_at(s, g.b, &e);
}

static int group_small(const struct period_rule *r, pcre2_match_data *d, const char *name, struct str s)
{
	static const char han[] = "一二三四五六七八九";
	struct span g = pattern_group(r->code, d, name);
	int v = 0;

	if (span_is_none(g))
		return 0;
	for (uint32_t i = g.b; i < g.e;) {
		if (s.s[i] >= '0' && s.s[i] <= '9') {
			v = v * 10 + (s.s[i++] - '0');
			continue;
		}
		if (memcmp(s.s + i, "十", 3) == 0)
			v += 10;
		for (int k = 0; k < 9; k++)
			if (memcmp(s.s + i, han + 3 * k, 3) == 0)
				v += k + 1;
		i += 3;
	}
	return v;
}

static struct str print(struct arena *a, const char *fmt, int x, int y, int z, int w)
{
	char out[64];
	int n = snprintf(out, sizeof out, fmt, x, y, z, w);
	return (struct str){arena_strndup(a, out, (size_t)n), (size_t)n};
}

static void months(int year, int m, int m2, struct about_period *out, struct arena *a)
{
	out->start = iso_date(year, m, 1, a);
	out->end = iso_date(year, m2, month_days(year, m2), a);
	out->part_year = m != 1 || m2 != 12;
	if (m == 1 && m2 == 12)
		out->value = print(a, "%d", year, 0, 0, 0);
	else if ((m == 1 && m2 == 6) || (m == 7 && m2 == 12))
		out->value = print(a, "%d-H%d", year, m == 1 ? 1 : 2, 0, 0);
	else if (m2 == m + 2 && m % 3 == 1)
		out->value = print(a, "%d-Q%d", year, m / 3 + 1, 0, 0);
	else if (m == m2)
		out->value = print(a, "%d-%02d", year, m, 0, 0);
	else
		out->value = print(a, "%d-%02d/%d-%02d", year, m, year, m2);
}

/* From a month of one year to a month of the next: 2022年9月1日至2023年8月31日, 2022—2023学年. */
static bool across(int y, int m, int y2, int m2, struct about_period *out, struct arena *a)
{
	if (y2 != y + 1 || m < 1 || m2 < 1 || m2 > 12)
		return false;
	out->start = iso_date(y, m, 1, a);
	out->end = iso_date(y2, m2, month_days(y2, m2), a);
	out->part_year = true;
	out->value = print(a, "%d-%02d/%d-%02d", y, m, y2, m2);
	return true;
}

void periods_year(int year, struct about_period *out, struct arena *a)
{
	months(year, 1, 12, out, a);
}

static bool until(int year, struct str day, struct about_period *out, struct arena *a)
{
	char *s = arena_alloc(a, 24);

	out->start = iso_date(year, 1, 1, a);
	out->end = day;
	out->part_year = true;
	memcpy(s, out->start.s, 10);
	s[10] = '/';
	memcpy(s + 11, day.s, 10);
	out->value = (struct str){s, 21};
	return true;
}

/* From the beginning of a year to the day on which the document was written. */
static bool to_date(int year, struct str written, struct about_period *out, struct arena *a)
{
	size_t e;
	int last = written.n == 10 ? year_at(written, 0, &e) : 0;

	/* a report of spring still says 2023年以来 of the year before */
	if (!last || last < year || (last == year + 1 && str_cmp(str_sub(written, 5, 10), STR("04")) < 0)) {
		months(year, 1, 12, out, a);
		return true;
	}
	return until(year, written, out, a);
}

/* The month of a day that is written out. */
static int month_of(struct str day)
{
	return (day.s[5] - '0') * 10 + day.s[6] - '0';
}

static bool take(const struct period_rule *r, pcre2_match_data *d, struct str s, struct str written,
	struct about_period *out, struct arena *a)
{
	size_t e;
	int y = group_year(r, d, "y", s), y2 = group_year(r, d, "y2", s);
	int m = group_small(r, d, "m", s), m2 = group_small(r, d, "m2", s), q = group_small(r, d, "q", s);

	if (r->kind == SOME)
		return true;            /* no period is better than a wrong one */
	if (r->kind >= NOW1)
		y = written.n == 10 ? year_at(written, 0, &e) : 0;
	y = y ? y : r->from;
	y2 = y2 ? y2 : r->to;
	if (!y)
		return false;
	switch (r->kind) {
	case YEARS:
		if (y2 <= y || y2 - y > 20)
			return false;
		out->value = print(a, "%d/%d", y, y2, 0, 0);
		out->start = iso_date(y, 1, 1, a);
		out->end = iso_date(y2, 12, 31, a);
		return true;
	case SPAN:
		return across(y, m, y2, m2, out, a);
	case SCHOOL:
		return across(y, 9, y2, 8, out, a);
	case HALF1:
		months(y, 1, 6, out, a);
		return true;
	case NOW1: case NOWQ: case NOWM:
		if (r->kind == NOW1 || !m2) {           /* 前三季度 names no month */
			m = q ? q * 3 - 2 : 1;
			m2 = q ? q * 3 : r->kind == NOW1 ? 6 : 9;
		}
		if (m < 1 || m2 > 12 || m2 < m)
			return false;
		/* told in the first months of a year, it is of the year before */
		months(y - (m2 > month_of(written)), m, m2, out, a);
		return true;
	case HALF2:
		months(y, 7, 12, out, a);
		return true;
	case QUARTER:
		if (q < 1 || q > 4)
			return false;
		months(y, q * 3 - 2, q * 3, out, a);
		return true;
	case MONTHS:
		if (!m && !m2) {                /* 前三季度 */
			m = 1;
			m2 = 9;
		}
		if (m < 1 || m2 > 12 || m2 <= m)
			return false;
		months(y, m, m2, out, a);
		return true;
	case MONTH:
		months(y, m, m, out, a);
		return true;
	case SINCE: case NOW:
		/* 十四五以来 says no more where the day is not known */
		if (r->from)
			return written.n == 10 ? until(y, written, out, a) : true;
		return to_date(y, written, out, a);
	case YEAR: default:
		months(y, 1, 12, out, a);
		return true;
	}
}

bool periods_find(const struct periods *p, struct str s, uint32_t base, struct str written,
	struct about_period *out, struct arena *a)
{
	if (!s.n)
		return false;
	s = without_names(s, a);
	uint32_t first = UINT32_MAX;
	for (size_t i = 0; i < p->n; i++) {
		struct about_period found = {.at = SPAN_NONE};
		if (!pattern_find(p->matcher, p->items[i].row, p->items[i].code, s))
			continue;
		PCRE2_SIZE *v = pcre2_get_ovector_pointer(p->matcher->data);
		struct span at = {(uint32_t)v[0], (uint32_t)v[1]};
		if (at.b >= first || !take(&p->items[i], p->matcher->data, s, written, &found, a))
			continue;
		first = at.b;
		if (base != UINT32_MAX && found.value.s)
			found.at = (struct span){base + at.b, base + at.e};
		*out = found;
	}
	return first != UINT32_MAX;
}
