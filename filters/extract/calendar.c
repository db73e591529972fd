/* calendar: numbers that are dates, or spans of the calendar (finder.h). */
#include "date.h"
#include "finder.h"

#include <stdio.h>
#include <stdlib.h>

/* 前4月, 前三个月: the year's first months. */
static bool first_months(struct finder *f, size_t at, size_t e, int months)
{
	if (!finder_ends(f, at, "前") || finder_ends(f, at, "提前") || !f->year || months < 1 || months > 12)
		return false;
	struct expr *x = finder_add(f, EXPR_DATE, at - 3, e);
	char iso[24];
	int n = snprintf(iso, sizeof iso, "%04d-01/%04d-%02d", f->year, f->year, months);
	x->iso = arena_strndup(f->arena, iso, (size_t)n);
	return true;
}

bool calendar_months(struct finder *f, size_t at, size_t e, const struct numeral *v)
{
	return !v->range && !v->scale && decimal_is_int(v->value) && v->value.exp == 0 && first_months(f, at, e, (int)v->value.mant);
}

bool calendar_years(struct finder *f, size_t b, size_t e, const struct numeral *v)
{
	static const char *const before[] = {"最近", "近", "过去", "这", NULL}, *const behind[] = {"以来", "来", "间", NULL};
	size_t from = b;
	bool past = false;

	if (v->range || v->scale || v->bound != NUMERAL_EXACT || !decimal_is_int(v->value)
	    || decimal_cmp(v->value, (struct decimal){1, 0}) <= 0 || decimal_cmp(v->value, (struct decimal){50, 0}) > 0)
		return false;
	int years = 0;
	for (const char *p = v->digits; *p >= '0' && *p <= '9'; p++)
		years = years * 10 + *p - '0';
	for (int i = 0; before[i] && !past && years <= 10; i++)
		if (finder_ends(f, b, before[i])) {
			from = b - strlen(before[i]);
			past = true;
		}
	for (int i = 0; behind[i] && !past; i++)
		past = finder_starts(f, e, behind[i]);
	if (!past && !finder_ends(f, b, "较前") && !finder_ends(f, b, "比前"))
		return false;
	struct expr *x = finder_add(f, EXPR_DATE, from, e);
	x->iso = "";
	if (past && f->year > years) {
		char iso[24];
		int n = snprintf(iso, sizeof iso, "%04d/%04d", f->year - years + 1, f->year);
		x->iso = arena_strndup(f->arena, iso, (size_t)n);
		x->year = f->year - years + 1;
		x->whole_year = true;
	}
	return true;
}

/* The year that a date without one belongs to: 去年12月 of the year before the report's, in
 * *OTHER as well; 次年3月 of none that is known. */
static int year_before(const struct finder *f, uint32_t at, int *other)
{
	static const struct { const char *word; int shift; } words[] = {
		{"去年", -1}, {"上年", -1}, {"上一年", -1}, {"前年", -2}, {"明年", 1}, {"来年", 1}};

	if (finder_ends(f, at, "次年") || finder_ends(f, at, "翌年"))
		return 0;
	for (size_t i = 0; f->year && i < sizeof words / sizeof *words; i++)
		if (finder_ends(f, at, words[i].word))
			return *other = f->year + words[i].shift;
	return f->year;
}

/* False where the Arabic digits at AT begin no date, by what stands behind them. */
static bool may_be_date(const struct finder *f, size_t at)
{
	size_t e = at;

	while (e < f->e && f->text.s[e] >= '0' && f->text.s[e] <= '9')
		e++;
	if (e == at)
		return true;
	if (e == f->e)
		return false;
	uint8_t c = (uint8_t)f->text.s[e];
	if (c < 0x80)
		return c <= ' ' || memchr("-/.~", c, 4);
	return c < 0xE4 || c > 0xEE || finder_starts(f, e, "年") || finder_starts(f, e, "月") || finder_starts(f, e, "至")
		|| finder_starts(f, e, "到") || numeral_may_start(f->text.s + e, f->e - e);
}

size_t calendar_read(struct finder *f, size_t at, bool arabic)
{
	struct date date;
	int other = 0;

	if (!may_be_date(f, at) || !date_read(f->text.s + at, f->e - at, year_before(f, at, &other), &date))
		return 0;
	size_t e = at + date.len;
	if (!date.year && !other && strlen(date.iso) == 7 && first_months(f, at, e, atoi(date.iso + 5)))
		return e;
	if (arabic && proof_is_tied(f, at, e, true))
		return 0;
	struct expr *x = finder_add(f, EXPR_DATE, at, e);
	x->iso = arena_strndup(f->arena, date.iso, strlen(date.iso));
	x->year = date.year ? date.year : other;
	x->whole_year = date.whole_year;
	return e;
}
