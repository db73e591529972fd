#include "dates.h"

#include <stdio.h>

/* Digits as they stand in years and dates; 十 apart. */
static int digit_at(struct str s, size_t i, size_t *end)
{
	static const char han[] = "〇一二三四五六七八九";
	uint32_t cp;

	if (i >= s.n)
		return -1;
	size_t k = utf8_next(s.s + i, s.n - i, &cp);
	*end = i + k;
	if (cp >= '0' && cp <= '9')
		return (int)(cp - '0');
	if (cp >= 0xFF10 && cp <= 0xFF19)
		return (int)(cp - 0xFF10);
	if (cp == 'o' || cp == 'O')                     /* 二oo九 */
		return 0;
	if (cp == 0x96F6 || cp == 0x25CB || cp == 0x25EF || cp == 0x3007)       /* 零 ○ ◯ 〇 */
		return 0;
	for (int d = 1; d < 10 && k == 3; d++)
		if (memcmp(s.s + i, han + 3 * d, 3) == 0)
			return d;
	return -1;
}

static size_t skip(struct str s, size_t i)
{
	size_t k;
	while (i < s.n && (k = space_at(s.s + i, s.n - i)) > 0)
		i += k;
	return i;
}

int year_at(struct str s, size_t i, size_t *end)
{
	int v = 0;
	for (int n = 0; n < 4; n++) {
		int d = digit_at(s, skip(s, i), &i);
		if (d < 0)
			return 0;
		v = v * 10 + d;
	}
	*end = i;
	return v >= 1949 && v < 2100 ? v : 0;
}

/* A month or a day: 1..31, also 十一, 二十三. */
static int small_at(struct str s, size_t i, size_t *end)
{
	size_t at;
	int v = -1, d;

	i = skip(s, i);
	for (int n = 0; n < 2; n++) {
		if (i + 3 <= s.n && memcmp(s.s + i, "十", 3) == 0) {
			v = v < 0 ? 10 : v * 10;
			i += 3;
			d = digit_at(s, i, &at);
			if (d > 0) {
				v += d;
				i = at;
			}
			break;
		}
		d = digit_at(s, i, &at);
		if (d < 0)
			break;
		v = v < 0 ? d : v * 10 + d;
		i = at;
	}
	*end = i;
	return v;
}

static size_t sign_at(struct str s, size_t i, const char *unit)
{
	i = skip(s, i);
	if (str_starts(str_sub(s, i, s.n), str_of(unit)))
		return i + strlen(unit);
	if (i < s.n && (s.s[i] == '-' || s.s[i] == '/' || s.s[i] == '.'))
		return i + 1;
	return 0;
}

int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return month == 2 && leap ? 29 : days[(month - 1) % 12];
}

struct str iso_date(int year, int month, int day, struct arena *a)
{
	char out[40];
	int n = snprintf(out, sizeof out, "%04d-%02d-%02d", year, month, day);
	return (struct str){arena_strndup(a, out, (size_t)n), (size_t)n};
}

/* The end of the full date at I, 0 where there is none. */
static size_t date_at(struct str s, size_t i, int *year, int *month, int *day)
{
	size_t e;

	*year = year_at(s, i, &e);
	if (!*year || !(e = sign_at(s, e, "年")) || (*month = small_at(s, e, &e)) < 1 || *month > 12
	    || !(e = sign_at(s, e, "月")) || (*day = small_at(s, e, &e)) < 1 || *day > month_days(*year, *month))
		return 0;
	if (str_starts(str_sub(s, skip(s, e), s.n), STR("日")))
		e = skip(s, e) + 3;
	return e;
}

size_t date_starts(struct str s)
{
	int year, month, day;
	return date_at(s, 0, &year, &month, &day);
}

struct str date_find(struct str s, struct span *at, struct arena *a)
{
	size_t e;
	int year, month, day;

	for (size_t i = 0; i < s.n; i++) {
		int before = i ? digit_at(s, utf8_prev(s.s, i), &e) : -1;
		if (before >= 0 || ((uint8_t)s.s[i] & 0xC0) == 0x80)
			continue;
		if (!(e = date_at(s, i, &year, &month, &day)))
			continue;
		*at = (struct span){(uint32_t)i, (uint32_t)e};
		return iso_date(year, month, day, a);
	}
	*at = SPAN_NONE;
	return (struct str){NULL, 0};
}

int iso_year(struct str iso)
{
	size_t e;
	return iso.n >= 4 ? year_at(iso, 0, &e) : 0;
}
