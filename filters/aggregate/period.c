#include "period.h"

#include <stdio.h>

static bool digits(struct str s, size_t at, size_t n, int *out)
{
	int v = 0;
	if (at + n > s.n)
		return false;
	for (size_t i = at; i < at + n; i++) {
		if (s.s[i] < '0' || s.s[i] > '9')
			return false;
		v = v * 10 + s.s[i] - '0';
	}
	*out = v;
	return true;
}

static int last_day(int y, int m)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return m == 2 && y % 4 == 0 && (y % 100 || y % 400 == 0) ? 29 : days[m - 1];
}

/* Months FROM to TO of year Y; false where they make no sense. */
static bool months(int y, int from, int to, char *start, char *end)
{
	if (from < 1 || to > 12 || from > to)
		return false;
	snprintf(start, 12, "%04u-%02u-01", (unsigned)y % 10000, (unsigned)from % 13);
	snprintf(end, 12, "%04u-%02u-%02u", (unsigned)y % 10000, (unsigned)to % 13, (unsigned)last_day(y, to) % 32);
	return true;
}

/* One point: a year, half, quarter(s), month or day. */
static bool point(struct str s, char *start, char *end, bool *year)
{
	int y, a, b;

	*year = false;
	if (!digits(s, 0, 4, &y))
		return false;
	if (s.n == 4) {
		*year = true;
		return months(y, 1, 12, start, end);
	}
	if (s.n == 7 && s.s[5] == 'H' && digits(s, 6, 1, &a))
		return months(y, a * 6 - 5, a * 6, start, end);
	if (s.n == 7 && s.s[5] == 'Q' && digits(s, 6, 1, &a))
		return months(y, a * 3 - 2, a * 3, start, end);
	if (s.n == 10 && s.s[5] == 'Q' && s.s[8] == 'Q' && digits(s, 6, 1, &a) && digits(s, 9, 1, &b))
		return months(y, a * 3 - 2, b * 3, start, end);
	if (s.n == 7 && digits(s, 5, 2, &a))
		return months(y, a, a, start, end);
	if (s.n == 10 && digits(s, 5, 2, &a) && digits(s, 8, 2, &b) && a >= 1 && a <= 12
	    && b >= 1 && b <= last_day(y, a)) {
		snprintf(start, 12, "%.10s", s.s);
		snprintf(end, 12, "%.10s", s.s);
		return true;
	}
	return false;
}

void period_resolve(struct str value, struct str end_of_report, struct period *out)
{
	char ignored[12];
	bool year = false, other;
	size_t slash = value.n ? str_find(value, STR("/"), 0) : SIZE_MAX;

	memset(out, 0, sizeof *out);
	if (!value.n)
		return;
	if (slash == SIZE_MAX) {
		if (str_is(value, "to-date"))
			snprintf(out->end, sizeof out->end, "%.*s", (int)(end_of_report.n < 10 ? end_of_report.n : 10),
				end_of_report.n ? end_of_report.s : "");
		else if (!point(value, out->start, out->end, &year))
			out->start[0] = out->end[0] = '\0';
		out->full_year = year && out->start[0];
		return;
	}
	if (!point(str_sub(value, 0, slash), out->start, ignored, &other))
		out->start[0] = '\0';
	struct str to = str_sub(value, slash + 1, value.n);
	if (str_is(to, ".."))
		snprintf(out->end, sizeof out->end, "%.*s", (int)(end_of_report.n < 10 ? end_of_report.n : 10),
			end_of_report.n ? end_of_report.s : "");
	else if (!point(to, ignored, out->end, &other))
		out->end[0] = '\0';
}
