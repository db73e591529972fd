#include "period.h"

static bool digits(struct str s, size_t at, size_t n, int *out)
{
	*out = 0;
	if (s.n < at + n)
		return false;
	for (size_t i = at; i < at + n; i++) {
		if (s.s[i] < '0' || s.s[i] > '9')
			return false;
		*out = *out * 10 + (s.s[i] - '0');
	}
	return true;
}

static int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

/* YYYY-MM-DD, by hand: every fact with a period of its own asks. */
static void date_put(char *to, int year, int month, int day)
{
	const char date[] = {(char)('0' + year / 1000 % 10), (char)('0' + year / 100 % 10),
		(char)('0' + year / 10 % 10), (char)('0' + year % 10), '-', (char)('0' + month / 10),
		(char)('0' + month % 10), '-', (char)('0' + day / 10), (char)('0' + day % 10), '\0'};

	memcpy(to, date, sizeof date);
}

/* Months FROM to TO of a year, or one day of FROM where DAY is given. */
static bool span_of(int year, int from, int to, int day, char *start, char *end)
{
	if (year < 1 || from < 1 || to > 12 || from > to || day < 0 || day > month_days(year, from))
		return false;
	date_put(start, year, from, day ? day : 1);
	date_put(end, year, to, day ? day : month_days(year, to));
	return true;
}

static bool side_parse(struct str s, char *start, char *end)
{
	int year, k, day;

	if (!digits(s, 0, 4, &year) || (s.n > 4 && s.s[4] != '-'))
		return false;
	if (s.n == 4)
		return span_of(year, 1, 12, 0, start, end);
	if (s.n == 7 && s.s[5] == 'H' && digits(s, 6, 1, &k))
		return span_of(year, 6 * k - 5, 6 * k, 0, start, end);
	if (s.n == 7 && s.s[5] == 'Q' && digits(s, 6, 1, &k))
		return span_of(year, 3 * k - 2, 3 * k, 0, start, end);
	if (s.n == 7 && digits(s, 5, 2, &k))
		return span_of(year, k, k, 0, start, end);
	if (s.n == 10 && s.s[7] == '-' && digits(s, 5, 2, &k) && digits(s, 8, 2, &day))
		return day > 0 && span_of(year, k, k, day, start, end);
	return false;
}

static void copy_date(char *to, struct str from)
{
	char start[11], end[11];

	if (from.n == 10 && side_parse(from, start, end))
		memcpy(to, end, 11);
}

void period_parse(struct str value, struct str own_end, struct period *out)
{
	const char *slash = value.n ? memchr(value.s, '/', value.n) : NULL;
	char skip[11];

	*out = (struct period){"", "", false};
	if (str_is(value, "to-date")) {
		copy_date(out->end, own_end);
		return;
	}
	if (!slash) {
		if (!side_parse(value, out->start, out->end))
			*out = (struct period){"", "", false};
	} else {
		struct str from = {value.s, (size_t)(slash - value.s)};
		struct str to = {slash + 1, value.n - from.n - 1};
		bool ok = (from.n == 0 || str_is(from, "..") || side_parse(from, out->start, skip));
		if (to.n == 0 || str_is(to, ".."))
			copy_date(out->end, own_end);
		else
			ok = ok && side_parse(to, skip, out->end);
		if (!ok || (out->start[0] && out->end[0] && strcmp(out->start, out->end) > 0))
			*out = (struct period){"", "", false};
	}
	out->full_year = out->start[0] && strcmp(out->start + 4, "-01-01") == 0
		&& strcmp(out->end + 4, "-12-31") == 0 && memcmp(out->start, out->end, 4) == 0;
}
