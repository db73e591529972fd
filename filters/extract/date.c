#include "date.h"

#include <stdio.h>

struct ymd {
	int y, m, d;            /* 0 where not given */
};

/* What stands at p. Each reader moves p only where it succeeds. */
struct reader {
	const char *p, *end;
};

/* What stands behind up to two blanks: dates copied out of word processors are set wide, 2022 年 5 月 3 日. */
static const char *behind_blanks(const struct reader *r)
{
	const char *p = r->p;

	for (int i = 0; i < 2 && p < r->end && (uint8_t)*p < 0xE4 && *p != '\t' && *p != '\n'; i++)
		p += space_at(p, (size_t)(r->end - p));
	return p;
}

static bool take(struct reader *r, const char *z)
{
	const char *p = behind_blanks(r);
	size_t n = strlen(z);
	if ((size_t)(r->end - p) < n || memcmp(p, z, n) != 0)
		return false;
	r->p = p + n;
	return true;
}

static bool take_any(struct reader *r, const char *const *list)
{
	for (; *list; list++)
		if (take(r, *list))
			return true;
	return false;
}

/* A Chinese digit by its UTF-8 bytes, -1 for none. */
static int han_digit(uint32_t bytes)
{
	switch (bytes) {
	case 0xE38087: return 0;        /* 〇 */
	case 0xE99BB6: return 0;        /* 零 */
	case 0xE2978B: return 0;        /* ○ */
	case 0xEFBCAF: return 0;        /* Ｏ */
	case 0xE4B880: return 1;        /* 一 */
	case 0xE4BA8C: return 2;        /* 二 */
	case 0xE4B889: return 3;        /* 三 */
	case 0xE59B9B: return 4;        /* 四 */
	case 0xE4BA94: return 5;        /* 五 */
	case 0xE585AD: return 6;        /* 六 */
	case 0xE4B883: return 7;        /* 七 */
	case 0xE585AB: return 8;        /* 八 */
	case 0xE4B99D: return 9;        /* 九 */
	}
	return -1;
}

/* One digit, half width, full width or Chinese; -1 where there is none. */
static int digit(struct reader *r, bool chinese)
{
	const uint8_t *p = (const uint8_t *)r->p;
	int v = -1;

	if (r->p < r->end && *p < 0x80) {
		if (*p < '0' || *p > '9')
			return -1;
		r->p++;
		return *p - '0';
	}
	if (r->end - r->p < 3)
		return -1;
	if (p[0] == 0xEF && p[1] == 0xBC && p[2] >= 0x90 && p[2] <= 0x99)
		v = p[2] - 0x90;
	else if (chinese)
		v = han_digit((uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2]);
	if (v >= 0)
		r->p += 3;
	return v;
}

/* A number of at most two digits, or Chinese up to 三十一; 0 where none. */
static int small(struct reader *r)
{
	struct reader q = *r;
	q.p = behind_blanks(r);
	int a = digit(&q, false);

	if (a >= 0) {
		struct reader look = q;
		int b = digit(&look, false);
		if (b >= 0) {
			a = a * 10 + b;
			q = look;
			if (digit(&look, false) >= 0)
				return 0;
		}
		*r = q;
		return a;
	}
	a = digit(&q, true);
	int value = a > 0 ? a : 0;
	if (take(&q, "十")) {
		value = a > 0 ? a * 10 : 10;
		int b = digit(&q, true);
		if (b > 0)
			value += b;
	}
	if (value > 0)
		*r = q;
	return value;
}

/* Four digits of a year 1900..2099. */
static int year_of(struct reader *r)
{
	struct reader q = *r;
	q.p = behind_blanks(r);
	int y = 0;

	for (int i = 0; i < 4; i++) {
		int d = digit(&q, true);
		if (d < 0)
			return 0;
		y = y * 10 + d;
	}
	struct reader look = q;
	if (y < 1900 || y > 2099 || digit(&look, false) >= 0)
		return 0;
	*r = q;
	return y;
}

static bool range_mark(struct reader *r)
{
	static const char *const marks[] = {"——", "—", "–", "－", "-", "~", "～", "〜", "至", "到", "－", NULL};
	return take_any(r, marks);
}

static int days_of(int y, int m)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
	return m == 2 && leap ? 29 : days[m - 1];
}

static bool sane(struct ymd v)
{
	return v.m >= 0 && v.m <= 12 && (v.d == 0 || (v.m > 0 && v.d >= 1 && v.d <= days_of(v.y ? v.y : 2024, v.m)));
}

static size_t put(char *out, size_t room, struct ymd v)
{
	int n = v.d ? snprintf(out, room, "%04d-%02d-%02d", v.y, v.m, v.d)
		: v.m ? snprintf(out, room, "%04d-%02d", v.y, v.m)
		: snprintf(out, room, "%04d", v.y);
	return (size_t)n;
}

static bool give(struct date *out, const char *s, const char *p, struct ymd a, struct ymd b, int year)
{
	out->len = (size_t)(p - s);
	out->year = a.y;
	out->whole_year = a.m == 0;
	out->iso[0] = '\0';
	if (!a.y)
		a.y = year;
	if (!b.y)
		b.y = a.y;
	out->end_year = b.y;
	if (a.m && !a.d && b.d) {       /* 1月至12月31日: both as precise */
		struct ymd next = {b.y, b.m, b.d + 1};
		if (b.y && !sane(next))
			b.d = 0;
		else
			a.d = 1;
	}
	if (!sane(a) || !sane(b))
		return false;
	if (a.y == 0)
		return true;
	size_t n = put(out->iso, sizeof out->iso, a);
	if (b.m != a.m || b.d != a.d || b.y != a.y) {
		out->iso[n++] = '/';
		put(out->iso + n, sizeof out->iso - n, b);
	}
	return true;
}

/* 2024-03-04, 2024/3/4, 2024.3.4 */
static bool numeric(struct reader *r, int y, struct ymd *v)
{
	struct reader q = *r;

	if (q.p >= q.end || !strchr("-/.", *q.p))
		return false;
	char sep = *q.p++;
	int m = small(&q);
	if (m < 1 || m > 12 || q.p >= q.end || *q.p != sep)
		return false;
	q.p++;
	int d = small(&q);
	if (d < 1 || d > 31)
		return false;
	struct reader look = q;
	if (digit(&look, false) >= 0 || (q.p < q.end && (*q.p == '-' || *q.p == '.') && q.p + 1 < q.end
	    && q.p[1] >= '0' && q.p[1] <= '9'))
		return false;
	*v = (struct ymd){y, m, d};
	*r = q;
	return true;
}

static const char *const part_of_month[] = {"份", "底", "初", "末", "中旬", "上旬", "下旬", NULL};
static const char *const part_of_year[] = {"度", "底", "初", "末", NULL};

/* M月[D日] or M月; true with v filled and r moved. */
static bool month_day(struct reader *r, struct ymd *v)
{
	struct reader q = *r;
	int m = small(&q);

	if (m < 1 || m > 12 || !take(&q, "月"))
		return false;
	v->m = m;
	v->d = 0;
	*r = q;
	int d = small(&q);
	if (d >= 1 && d <= 31 && (take(&q, "日") || take(&q, "号"))) {
		v->d = d;
		*r = q;
	} else {
		take_any(r, part_of_month);
	}
	return true;
}

/* The second half of a range after a month or day; false where there is none. */
static bool range_end(struct reader *r, struct ymd a, struct ymd *b)
{
	struct reader q = *r;

	if (!range_mark(&q))
		return false;
	*b = (struct ymd){a.y, 0, 0};
	struct reader w = q;
	int y = year_of(&w);
	if (y && take(&w, "年")) {
		b->y = y;
		q = w;
	}
	if (month_day(&q, b)) {
		*r = q;
		return true;
	}
	int d = small(&q);
	if (a.d && d > a.d && d <= 31 && (take(&q, "日") || take(&q, "号"))) {
		b->m = a.m;
		b->d = d;
		*r = q;
		return true;
	}
	return false;
}

/* 1—6月, 1至11月 */
static bool month_range(struct reader *r, struct ymd *a, struct ymd *b)
{
	struct reader q = *r;
	int m = small(&q);

	if (m < 1 || m > 12 || !range_mark(&q))
		return false;
	int k = small(&q);
	if (k <= m || k > 12 || !take(&q, "月"))
		return false;
	struct reader look = q;
	if (take(&look, "份"))
		q = look;
	a->m = m;
	b->m = k;
	a->d = b->d = 0;
	*r = q;
	return true;
}

/* 6月24日、28日 stay apart; 6月24-28日 is one */
static bool day_range(struct reader *r, struct ymd *a, struct ymd *b)
{
	struct reader q = *r;
	int m = small(&q);

	if (m < 1 || m > 12 || !take(&q, "月"))
		return false;
	int d = small(&q);
	if (d < 1 || !range_mark(&q))
		return false;
	int e = small(&q);
	if (e <= d || e > 31 || !take(&q, "日"))
		return false;
	a->m = b->m = m;
	a->d = d;
	b->d = e;
	*r = q;
	return true;
}

bool date_read(const char *s, size_t n, int year, struct date *out)
{
	struct reader r = {s, s + n};
	struct ymd a = {0, 0, 0}, b;

	a.y = year_of(&r);
	if (a.y) {
		struct reader q = r;
		if (numeric(&r, a.y, &a))
			return give(out, s, r.p, a, a, year);
		if (range_mark(&q)) {
			int y = year_of(&q);
			if (y > a.y && take(&q, "年")) {
				take(&q, "度");
				return give(out, s, q.p, a, (struct ymd){y, 0, 0}, year);
			}
		}
		if (!take(&r, "年"))
			return false;
		b = a;
		if (day_range(&r, &a, &b) || month_range(&r, &a, &b)) {
			b.y = a.y;
			return give(out, s, r.p, a, b, year);
		}
		if (month_day(&r, &a)) {
			if (range_end(&r, a, &b))
				return give(out, s, r.p, a, b, year);
			return give(out, s, r.p, a, a, year);
		}
		q = r;
		int first = take(&q, "底") || take(&q, "末") ? 12 : 1;
		take_any(&q, part_of_year);
		struct reader end = q;
		if (range_end(&end, a, &b) && b.y > a.y) {      /* 2019年初至2021年6月底 */
			a.m = first;
			return give(out, s, end.p, a, b, year);
		}
		if (range_mark(&q)) {           /* 2021年至2023年 */
			int y = year_of(&q);
			if (y > a.y && take(&q, "年")) {
				take_any(&q, part_of_year);
				return give(out, s, q.p, a, (struct ymd){y, 0, 0}, year);
			}
		}
		take_any(&r, part_of_year);
		return give(out, s, r.p, a, a, year);
	}
	b = a;
	if (day_range(&r, &a, &b) || month_range(&r, &a, &b))
		return give(out, s, r.p, a, b, year);
	if (month_day(&r, &a)) {
		if (range_end(&r, a, &b))
			return give(out, s, r.p, a, b, year);
		return give(out, s, r.p, a, a, year);
	}
	return false;
}
