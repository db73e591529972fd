#include "numfmt.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct numfmt numfmt_of(long id, struct str code)
{
	struct numfmt f = {.id = id};
	bool date = false, time = false, point = false;

	for (size_t i = 0; i < code.n && code.s[i] != ';'; i++) {
		char c = code.s[i] | 32;
		if (code.s[i] == '"' || code.s[i] == '[') {
			char end = code.s[i] == '"' ? '"' : ']';
			/* [h] counts hours, [Red] and [$-804] do not */
			time |= end == ']' && i + 1 < code.n && (code.s[i + 1] | 32) == 'h';
			for (i++; i < code.n && code.s[i] != end; i++)
				;
		} else if (code.s[i] == '\\' || code.s[i] == '_' || code.s[i] == '*') {
			i++;
		} else if (c == 'y' || c == 'd') {
			date = true;
		} else if (c == 'h' || c == 's') {
			time = true;
		} else if (c == '%' || code.s[i] == '%') {
			f.kind = KIND_PERCENT;
		} else if (code.s[i] == '.') {
			point = true;
		} else if (point && (code.s[i] == '0' || code.s[i] == '#')) {
			f.decimals += f.decimals < 9;
		}
	}
	if (str_is(code, "General") || str_is(code, "@"))
		return (struct numfmt){.id = id};
	if (date || time)
		f.kind = date && time ? KIND_MOMENT : date ? KIND_DATE : KIND_TIME;
	return f;
}

struct numfmt numfmt_known(long id)
{
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58)
		return (struct numfmt){id, KIND_DATE, 0};
	if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56)
		return (struct numfmt){id, KIND_TIME, 0};
	if (id == 22)
		return (struct numfmt){id, KIND_MOMENT, 0};
	return (struct numfmt){id, id == 9 || id == 10 ? KIND_PERCENT : KIND_PLAIN, id == 10 ? 2 : 0};
}

/* The day count of spreadsheets to the Gregorian calendar (Hinnant's algorithm). */
static void date_format(char *out, size_t size, double v, enum numfmt_kind kind, bool from_1904)
{
	double whole = floor(v);
	long seconds = lround((v - whole) * 86400);
	if (seconds == 86400) {
		seconds = 0;
		whole++;
	}
	/* serial 60 is 1900-02-29, which never was */
	long days = (long)whole + (from_1904 ? 1462 : 0);
	days += days < 60 ? 1 : 0;
	long z = days - 25569 + 719468, era = z / 146097, doe = z - era * 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	long mp = (5 * doy + 2) / 153, d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9;
	long y = yoe + era * 400 + (m <= 2);
	char clock[64];

	snprintf(clock, sizeof clock, "%02ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
	if (kind == KIND_TIME && whole < 1)
		snprintf(out, size, "%s", clock);
	else if (kind == KIND_DATE || seconds == 0)
		snprintf(out, size, "%04ld-%02ld-%02ld", y, m, d);
	else
		snprintf(out, size, "%04ld-%02ld-%02ldT%s", y, m, d, clock);
}

struct str numfmt_show(struct numfmt f, bool from_1904, struct str s, char text[static NUMFMT_MOST])
{
	char *end;

	if (s.n == 0 || s.n >= NUMFMT_MOST)
		return s;
	memcpy(text, s.s, s.n);
	text[s.n] = 0;
	double v = strtod(text, &end);
	if (*end || !isfinite(v))
		return s;
	if (f.kind == KIND_PERCENT && fabs(v) < 1e9)
		snprintf(text, NUMFMT_MOST, "%.*f%%", f.decimals, v * 100);
	else if (f.kind != KIND_PLAIN && f.kind != KIND_PERCENT && v >= 0 && v < 2958466)
		date_format(text, NUMFMT_MOST, v, f.kind, from_1904);
	else if (fabs(v) < 1e15)
		snprintf(text, NUMFMT_MOST, "%.15g", v);        /* 0.1 is stored as 0.10000000000000001 */
	return str_of(text);
}
