#include "marks.h"
#include "arena.h"

#include <stdlib.h>

enum digits { DIGITS_HAN, DIGITS_ARABIC, DIGITS_RUN, DIGITS_WORD, DIGITS_PARTS };

enum { PARTS_MOST = 4 };        /* of 1.1.1.1 */

struct form {
	struct str open, close;         /* close: alternatives */
	enum digits digits;
	uint32_t first, last;           /* DIGITS_RUN: code points; DIGITS_WORD: the number */
	int level;
	bool item, over;
	uint16_t family;
};

struct marks {
	struct form *forms;
	size_t n, families;
	uint64_t may[64];               /* bits over a hash of the first character */
	uint64_t which[256];            /* forms by it; the last bit is of form 63 and all behind it */
};

static const char numerals[] = "一二三四五六七八九十";

static uint32_t hash(const char *s, size_t n)
{
	uint32_t v = (uint8_t)s[0];
	if (v >= 0xE0 && n >= 3)
		v = v * 0x9E5u + (uint8_t)s[1] * 0x1F3u + (uint8_t)s[2] * 7u;
	return v & 4095;
}

bool marks_may(const struct marks *m, const char *s, size_t n)
{
	uint32_t h = hash(s, n);
	return m->may[h / 64] >> h % 64 & 1;
}

/* Form I may start with S. */
static void allow(struct marks *m, size_t i, struct str s)
{
	uint32_t h = hash(s.s, s.n);
	m->may[h / 64] |= 1ull << h % 64;
	m->which[h & 255] |= 1ull << (i < 63 ? i : 63);
}

static void allow_point(struct marks *m, size_t i, uint32_t cp)
{
	char s[4];
	allow(m, i, (struct str){s, utf8_put(s, cp)});
}

/* What a form's first characters are, for marks_may and marks_match. */
static void allow_form(struct marks *m, size_t i)
{
	const struct form *f = &m->forms[i];

	if (f->open.n) {
		allow(m, i, f->open);
	} else if (f->digits == DIGITS_HAN) {
		for (size_t k = 0; k < sizeof numerals - 1; k += 3)
			allow(m, i, (struct str){numerals + k, 3});
	} else if (f->digits == DIGITS_ARABIC || f->digits == DIGITS_PARTS) {
		for (uint32_t d = 0; d < 10; d++) {
			allow_point(m, i, '0' + d);
			allow_point(m, i, 0xFF10 + d);
		}
	} else {
		for (uint32_t cp = f->first; cp <= f->last; cp++)
			allow_point(m, i, cp);
	}
}

static int integer(struct str s)
{
	int v = s.n ? 0 : -1;
	for (size_t i = 0; i < s.n && v >= 0; i++)
		v = s.s[i] >= '0' && s.s[i] <= '9' && v < 100 ? v * 10 + (s.s[i] - '0') : -1;
	return v;
}

static bool parse_digits(struct form *f, struct str d)
{
	if (str_is(d, "han") || str_is(d, "arabic") || str_is(d, "parts")) {
		f->digits = str_is(d, "han") ? DIGITS_HAN : str_is(d, "parts") ? DIGITS_PARTS : DIGITS_ARABIC;
		return true;
	}
	if (d.n >= 2 && d.s[0] == '=') {
		int v = integer(str_sub(d, 1, d.n));
		f->digits = DIGITS_WORD;
		f->first = f->last = (uint32_t)v;
		return v > 0 && f->open.n;
	}
	size_t dots = str_find(d, STR(".."), 0);
	if (dots == SIZE_MAX || dots == 0 || dots + 2 >= d.n)
		return false;
	f->digits = DIGITS_RUN;
	utf8_next(d.s, dots, &f->first);
	utf8_next(d.s + dots + 2, d.n - dots - 2, &f->last);
	return f->last > f->first && f->last - f->first < 100;
}

/* Forms that count together: the same level, kind and manner of counting. */
static uint16_t family(struct marks *m, size_t k)
{
	for (size_t i = 0; i < k; i++) {
		const struct form *a = &m->forms[i], *b = &m->forms[k];
		bool words = a->digits == DIGITS_WORD && b->digits == DIGITS_WORD;
		bool bracket = !a->open.n == !b->open.n || a->level == 2;
		if (a->level == b->level && a->item == b->item && a->over == b->over && (words || (a->digits == b->digits && bracket)))
			return a->family;
	}
	uint16_t next = (uint16_t)m->families;
	m->families += m->forms[k].digits == DIGITS_PARTS ? PARTS_MOST : 1;
	return next;
}

struct marks *marks_new(struct table *t)
{
	int open = table_need(t, "open"), digits = table_need(t, "digits"), close = table_need(t, "close");
	int level = table_need(t, "level"), kind = table_need(t, "kind"), over = table_column(t, "over");
	struct marks *m = xmalloc(sizeof *m);

	memset(m, 0, sizeof *m);
	if (t->error[0])
		return m;
	m->forms = xmalloc((t->nrows + 1) * sizeof *m->forms);
	for (size_t i = 0; i < t->nrows; i++) {
		struct form f = {.open = table_cell(t, i, open), .close = table_cell(t, i, close)};
		struct str k = table_cell(t, i, kind);
		f.level = integer(table_cell(t, i, level));
		f.item = str_is(k, "item");
		f.over = str_is(table_cell(t, i, over), "1");
		if (!f.item && !str_is(k, "heading"))
			table_bad(t, i, "kind is heading or item, not '%.*s'", STR_ARG(k));
		else if (!parse_digits(&f, table_cell(t, i, digits)))
			table_bad(t, i, "digits are han, arabic, parts, X..Y or =N, not '%.*s'",
				STR_ARG(table_cell(t, i, digits)));
		else if (f.level < 1 || f.level > 9)
			table_bad(t, i, "level is 1 to 9");
		m->forms[m->n] = f;
		m->forms[m->n].family = family(m, m->n);
		allow_form(m, m->n);
		m->n++;
	}
	return m;
}

void marks_free(struct marks *m)
{
	free(m->forms);
	free(m);
}

size_t marks_families(const struct marks *m)
{
	return m->families;
}

static unsigned han_digit(const char *s, size_t n)
{
	if (n < 3)
		return 0;
	if ((uint8_t)*s < 0xE4 || (uint8_t)*s > 0xE5)   /* 一 … 十 */
		return 0;
	for (unsigned i = 0; i < 10; i++)
		if (memcmp(s, numerals + 3 * i, 3) == 0)
			return i + 1;
	return 0;
}

/* 一 .. 九十九; returns bytes read. */
static size_t han_number(const char *s, size_t n, unsigned *v)
{
	unsigned a = han_digit(s, n), b, c;
	if (!a)
		return 0;
	b = han_digit(s + 3, n - 3);
	if (a == 10) {
		*v = b && b < 10 ? 10 + b : 10;
		return b && b < 10 ? 6 : 3;
	}
	if (b != 10) {
		*v = a;
		return b ? 0 : 3;       /* 二三 is no number of a list */
	}
	c = han_digit(s + 6, n - 6);
	*v = a * 10 + (c < 10 ? c : 0);
	return c && c < 10 ? 9 : 6;
}

static size_t digit_at(const char *s, size_t n, unsigned *d)
{
	uint32_t cp;
	if (n == 0)
		return 0;
	size_t k = utf8_next(s, n, &cp);
	if (cp >= 0xFF10 && cp <= 0xFF19)
		cp -= 0xFF10 - '0';
	if (cp < '0' || cp > '9')
		return 0;
	*d = cp - '0';
	return k;
}

static size_t arabic_number(const char *s, size_t n, unsigned *v)
{
	unsigned d;
	size_t i = 0, k;
	int count = 0;

	for (*v = 0; (k = digit_at(s + i, n - i, &d)) > 0; i += k) {
		*v = *v * 10 + d;
		if (++count > 2)
			return 0;
	}
	return *v ? i : 0;
}

/* 1.1 and 1.2.1, which are no amounts: what follows is a space or begins no measure. Puts
 * the last part into *V and their number into *PARTS. */
static size_t parted_number(const char *s, size_t n, unsigned *v, unsigned *parts)
{
	static const char measures[] = "万亿千百十倍元米公吨平个件人次名家起项期户岁折级年月日天小分秒多余至到以";
	size_t i = arabic_number(s, n, v), k;

	for (*parts = 1; i > 0 && i < n && s[i] == '.' && (k = arabic_number(s + i + 1, n - i - 1, v)) > 0; i += 1 + k)
		++*parts;
	if (*parts < 2 || *parts > PARTS_MOST || i == n)
		return 0;
	if (space_at(s + i, n - i) > 0 || *parts > 2)
		return i;
	if (n - i < 3 || (uint8_t)s[i] < 0xE4 || (uint8_t)s[i] > 0xE9)
		return 0;
	for (k = 0; k + 3 < sizeof measures; k += 3)
		if (memcmp(s + i, measures + k, 3) == 0)
			return 0;
	return i;
}

static size_t spaces(const char *s, size_t n)
{
	size_t i = 0, k;
	while (i < 12 && (k = space_at(s + i, n - i)) > 0 && s[i] != '\n' && s[i] != '\t')
		i += k;
	return i;
}

static size_t count_at(const struct form *f, const char *s, size_t n, unsigned *v, unsigned *parts)
{
	uint32_t cp;

	switch (f->digits) {
	case DIGITS_HAN:
		return han_number(s, n, v);
	case DIGITS_ARABIC:
		return arabic_number(s, n, v);
	case DIGITS_PARTS:
		return parted_number(s, n, v, parts);
	case DIGITS_RUN:
		if (n == 0)
			return 0;
		size_t k = utf8_next(s, n, &cp);
		*v = cp - f->first + 1;
		return cp >= f->first && cp <= f->last ? k : 0;
	case DIGITS_WORD:
		*v = f->first;
		return 0;
	}
	return 0;
}

static size_t close_at(const struct form *f, const char *s, size_t n)
{
	struct str rest = f->close, part;
	while (str_part(&rest, '|', &part))
		if (str_starts((struct str){s, n}, part))
			return part.n;
	return 0;
}

/* 2023年 and 3月28日: what a list tells of may start with a date. */
static bool starts_date(const char *s, size_t n)
{
	unsigned d;
	size_t i = 0, k, count = 0;

	for (; (k = digit_at(s + i, n - i, &d)) > 0 && count < 5; i += k)
		count++;
	if (n - i < 3)
		return false;
	if (count == 4)
		return memcmp(s + i, "年", 3) == 0;
	if (!count || count > 2 || memcmp(s + i, "月", 3) != 0)
		return false;
	for (i += 3, count = 0; (k = digit_at(s + i, n - i, &d)) > 0 && count < 3; i += k)
		count++;
	return count && count < 3 && n - i >= 3 && memcmp(s + i, "日", 3) == 0;
}

/* 一、二级 and 1.5 are numbers that go on, no marks. */
static bool goes_on(const struct form *f, unsigned number, const char *s, size_t n)
{
	unsigned d;
	if (f->item || f->digits == DIGITS_WORD)
		return false;
	if (f->open.n)
		return false;
	if (f->digits == DIGITS_ARABIC)
		return digit_at(s, n, &d) > 0 && !starts_date(s, n);
	if (f->digits == DIGITS_HAN && han_digit(s, n)) {
		/* 三、一个 and 一、三级联动 start a heading; 一、二级 and 一、二、三 do not */
		unsigned v;
		size_t k = han_number(s, n, &v);
		return k > 0 && v == number + 1 && n - k >= 3 && (memcmp(s + k, "、", 3) == 0 || memcmp(s + k, "级", 3) == 0
			|| memcmp(s + k, "线", 3) == 0 || memcmp(s + k, "审", 3) == 0);
	}
	return false;
}

bool marks_match(const struct marks *m, const char *s, size_t n, struct mark *out)
{
	uint64_t which = n ? m->which[hash(s, n) & 255] : 0;

	for (size_t i = 0; i < m->n && which; i++) {
		if (i < 63) {
			bool may = which & 1;
			which >>= 1;
			if (!may)
				continue;
		}
		const struct form *f = &m->forms[i];
		unsigned v = 0, parts = 1;
		size_t at = 0, k;

		if (f->open.n) {
			if (!str_starts((struct str){s, n}, f->open))
				continue;
			at = f->open.n;
			if (!f->item)
				at += spaces(s + at, n - at);
		}
		k = count_at(f, s + at, n - at, &v, &parts);
		if (k == 0 && f->digits != DIGITS_WORD)
			continue;
		at += k;
		if (f->close.n) {
			size_t gap = f->item ? 0 : spaces(s + at, n - at);
			k = close_at(f, s + at + gap, n - at - gap);
			if (k == 0)
				continue;
			at += gap + k;
		}
		if (goes_on(f, v, s + at, n - at))
			continue;
		*out = (struct mark){.form = (uint16_t)i, .family = (uint16_t)(f->family + parts - 1), .level = (int16_t)(f->level + (int)parts - 1), .line = f->digits == DIGITS_PARTS,
			.number = (uint16_t)v, .len = (uint16_t)at, .item = f->item, .over = f->over,
			.ends = f->digits == DIGITS_WORD && v > 3};
		return true;
	}
	return false;
}
