/* numeral_digits: Chinese digits in a row: years, pairs, and what stands behind 点. */
#include <stdio.h>

#include "numeral_part.h"

bool digits_pair(struct glyph a, struct glyph b)
{
	return a.value > 0 && (b.value == a.value + 1 || (a.value == 3 && b.value == 5));
}

/* Digit by digit: 二〇二三. A pair that may be a range is loose. */
bool digits_read(const struct in *in, size_t at, struct part *p)
{
	size_t count = 0, end = at;
	__int128 v = 0;
	struct glyph first = {0}, second = {0};
	bool zero = false;

	for (;;) {
		struct glyph g = glyph_read(in, end);
		if (g.kind != GLYPH_DIGIT || (g.style == STYLE_TWO && count > 0))
			break;
		if (count == 0)
			first = g;
		else if (count == 1)
			second = g;
		zero |= g.value == 0;
		if (count < NUMERAL_DIGITS - 1)
			p->n.digits[count] = (char)('0' + g.value);
		if (count++ < 19)
			v = v * 10 + g.value;
		end = g.end;
		if (g.style == STYLE_TWO && glyph_read(in, end).kind != GLYPH_DIGIT)
			break;
	}
	if (count < 2)
		return false;
	struct glyph next = glyph_read(in, end);
	bool range = count == 2 && digits_pair(first, second);
	if (first.style == STYLE_TWO && !range)
		return false;           /* 两: 两一 is no year */
	if (range && (next.kind == GLYPH_UNIT || (next.kind == GLYPH_BIG && next.value < 12)))
		return false;           /* 三四十: the walk reads it */
	if (!zero && count == 2 && !range && (next.kind == GLYPH_UNIT || next.kind == GLYPH_BIG))
		return false;
	p->end = end;
	p->whole = true;
	p->n.form = first.style == STYLE_FINANCIAL ? NUMERAL_FINANCIAL : NUMERAL_CHINESE;
	if (range) {
		p->n.range = p->n.loose = true;
		p->n.value = (struct decimal){first.value, 0};
		p->n.high = (struct decimal){second.value, 0};
		p->n.digits[1] = '\0';
		return true;
	}
	p->n.positional = true;
	p->n.huge = count > 18;
	p->n.value = (struct decimal){p->n.huge ? 0 : (int64_t)v, 0};
	return true;
}

/* 十二点五, 一点二亿; not 八点三十 (a time), 两点一线. False where it is none. */
bool point_read(const struct in *in, struct part *p, __int128 whole, bool small)
{
	struct glyph g = glyph_read(in, p->end);
	char text[NUMERAL_DIGITS];
	size_t count = 0, end = g.end;
	struct glyph d = {0}, last = {0};

	if (g.kind != GLYPH_POINT)
		return false;
	int n = snprintf(text, sizeof text, "%lld.", (long long)whole);
	for (;; end = d.end, last = d) {
		d = glyph_read(in, end);
		if ((d.kind != GLYPH_DIGIT && d.kind != GLYPH_ARABIC) || d.style == STYLE_TWO)
			break;
		if (count++ < 18)
			text[n++] = (char)('0' + d.value);
	}
	if (count == 0 || (count == 1 && last.value == 1 && char_in(in, end, "线刻是来")))
		return false;
	int exp = 0;
	struct glyph u = glyph_read(in, end), b = glyph_read(in, u.end);
	if (u.kind == GLYPH_UNIT) {
		if (u.value == 1 || b.kind != GLYPH_BIG)
			return false;
		exp = u.value;
		end = u.end;
		u = b;
	}
	for (int i = 0; i < 2 && small && u.kind == GLYPH_BIG && u.value < 12; i++) {
		exp += u.value;
		end = u.end;
		u = glyph_read(in, end);
	}
	text[n] = '\0';
	p->end = end;
	p->whole = false;
	p->share = exp;
	p->n.scale = exp;
	p->n.place = exp - (int)count;
	if (!decimal_parse(text, (size_t)n, &p->n.value)) {
		p->n.huge = true;
		p->n.value = (struct decimal){0, 0};
	}
	p->n.value.exp += exp;
	snprintf(p->n.digits, sizeof p->n.digits, "%.*s", NUMERAL_DIGITS - 1, text);
	enum numeral_bound bound;
	size_t more = exp ? more_read(in, end, &bound) : 0;
	if (more) {
		p->n.bound = bound;
		p->end = more;
	}
	return true;
}
