/* numeral_arabic: numbers in Arabic digits, with scale words behind them. */
#include <stdio.h>

#include "numeral_part.h"

struct run {
	char digits[NUMERAL_DIGITS];
	int n;                  /* digits, the zeros that lead included */
	int frac;               /* of them behind the point */
	int full;               /* of them full width */
	size_t end;
	bool huge;
};

static void put(struct run *r, const struct glyph *g, size_t text)
{
	if (r->n < 20)
		r->digits[text] = (char)('0' + g->value);
	else
		r->huge = true;
	r->n += r->n < 1000;
	r->full += g->cp >= 0x80 && r->full < 1000;
}

static bool is_arabic(const struct in *in, size_t at, struct glyph *g)
{
	if (at >= in->n)
		return false;
	unsigned char c = (unsigned char)in->s[at];
	if (c != 0xEF && (c < '0' || c > '9'))  /* most often: no digit follows */
		return false;
	*g = glyph_read(in, at);
	return g->kind == GLYPH_ARABIC;
}

/* Exactly three digits at AT; returns their end, else 0. */
static size_t three(const struct in *in, size_t at, struct glyph *out)
{
	struct glyph g;
	for (int i = 0; i < 3; i++) {
		if (!is_arabic(in, at, &out[i]))
			return 0;
		at = out[i].end;
	}
	return is_arabic(in, at, &g) ? 0 : at;
}

/* The separator of thousands at AT: , and the narrow blanks of typography; the
 * full-width comma among full-width digits; returns its length. */
static size_t separator(const struct in *in, size_t at, bool full, uint32_t *cp)
{
	if (at >= in->n)
		return 0;
	size_t k = utf8_next(in->s + at, in->n - at, cp);
	switch (*cp) {
	case ',': case ' ': case 0xA0: case 0x2007: case 0x2009: case 0x202F: return k;
	case 0xFF0C: return full ? k : 0;
	default: return 0;
	}
}

/* Groups of three behind the first one to three digits. All of them must fit,
 * else 1,234,56 is a list, and the first number ends before its comma. */
static void groups(const struct in *in, struct run *r)
{
	struct run v = *r;
	uint32_t cp, first = 0;
	struct glyph g[3];

	if (r->n > 3 || r->digits[0] == '0')
		return;
	for (;;) {
		size_t k = separator(in, v.end, r->full == r->n, &cp);
		if (!k || (first && cp != first))
			break;
		if (cp == ' ' && r->n == 3 && !(in->flags & NUMERAL_JOINED))    /* 120 345 is rather two cells of a table */
			break;
		size_t e = three(in, v.end + k, g);
		if (!e) {
			if (is_arabic(in, v.end + k, &g[0]))
				return;
			break;
		}
		if (cp == 0xFF0C && (g[0].cp < 0x80 || g[1].cp < 0x80 || g[2].cp < 0x80))
			return;
		if (v.n + 3 > 18)
			return;
		for (int i = 0; i < 3; i++)
			put(&v, &g[i], (size_t)v.n);
		v.end = e;
		first = cp;
	}
	*r = v;
}

/* Digits, grouped or not, and digits behind a point. */
static bool run_read(const struct in *in, size_t at, struct run *r)
{
	struct glyph g;

	*r = (struct run){.end = at};
	for (; is_arabic(in, r->end, &g); r->end = g.end)
		put(r, &g, (size_t)r->n);
	if (r->n > 0)
		groups(in, r);
	else if (!(in->flags & NUMERAL_SIGNED))
		return false;
	int whole = r->n;
	size_t p = r->end;
	if (p < in->n && in->s[p] == '.')
		p++;
	else if (!(p = word_read(in, p, "．")))
		return whole > 0;
	if (!is_arabic(in, p, &g))
		return whole > 0;
	size_t text = (size_t)whole;
	if (whole == 0)
		r->digits[text++] = '0';
	if (text < 20)
		r->digits[text] = '.';
	for (; is_arabic(in, p, &g); p = g.end)
		put(r, &g, ++text);
	r->frac = r->n - whole;
	r->end = p;
	return true;
}

/* 千 behind digits is the prefix of 3千克, 百 the beginning of 百分点. */
static bool scale_word(const struct in *in, struct glyph g)
{
	if (g.kind == GLYPH_BIG)
		return g.value < 12;
	if (g.kind != GLYPH_UNIT)
		return false;
	struct glyph next = glyph_read(in, g.end);
	if (g.value == 1)
		return next.kind == GLYPH_BIG;
	return !char_in(in, g.end, g.value == 2 ? "分" : "克米瓦伏赫帕焦卡安字");
}

/* 万, 千万, 万亿 at AT: returns the end, 0 where none; *exp gets the power. */
static size_t scale_read(const struct in *in, size_t at, int *exp)
{
	size_t end = 0;

	*exp = 0;
	for (int i = 0; i < 3; i++) {
		struct glyph g = glyph_read(in, at);
		/* units first, then 万, then 亿 */
		if (!scale_word(in, g) || (end && (g.kind == GLYPH_UNIT || *exp + g.value > 16)))
			break;
		*exp += g.value;
		end = at = g.end;
	}
	return end;
}

/* 1000 万: a blank or two before a scale word of 万 or 亿. */
static size_t scale_spaced(const struct in *in, size_t at, int *exp)
{
	size_t p = at;

	for (int i = 0; i < 2 && p < in->n; i++) {
		uint32_t cp;
		size_t k = utf8_next(in->s + p, in->n - p, &cp);
		if (cp != ' ' && cp != 0xA0 && cp != 0x2009 && cp != 0x202F)
			break;
		p += k;
	}
	size_t e = scale_read(in, p, exp);
	if (e && p > at && (*exp < 4 || char_in(in, e, "里一物事象家")))
		e = 0;
	return e;
}

/* The digits of R as a number, times 10^EXP. */
static __int128 shifted(const struct run *r, int exp)
{
	__int128 v = 0;
	for (int k = 0; k < r->n; k++)
		v = v * 10 + (r->digits[k] - '0');
	for (; exp > 0; exp--)
		v *= 10;
	return v;
}

/* 3万5千, 1亿2000万, 3万4000, 1千零20, 3千5百万: smaller parts behind an integer. */
static void follow(const struct in *in, struct part *p, int exp)
{
	__int128 sum, unit = 1;
	int last = exp, named = exp;
	int64_t base;

	if (exp == 0 || exp > 16 || !decimal_to_int(p->n.value, &base))
		return;
	sum = base;
	for (int i = 0; i < 4; i++) {
		size_t zero = word_read(in, p->end, "零"), e;
		struct glyph g;
		struct run r;
		int small;
		size_t at = glyph_read(in, zero ? zero : p->end).at;
		if (!is_arabic(in, at, &g) || !run_read(in, at, &r) || r.frac || r.huge || r.n > last
		    || r.digits[0] == '0')
			break;
		e = scale_read(in, r.end, &small);
		int unit4 = e && exp < 4 && small >= 4 && small < 8 ? small - 4 : 0;
		if (unit4 && unit4 < last && r.n + unit4 <= last) {
			/* 3千5百万: 万 counts for all of it */
			sum = (sum + shifted(&r, unit4)) * 10000;
			named = small;
			p->end = e;
			break;
		}
		if (e ? small >= last || r.n + small > last : !zero && r.n != last)
			break;
		if (!e && char_in(in, r.end, "年月日号%％.．,，-—"))
			break;
		sum += shifted(&r, e ? small : 0);
		p->end = e ? e : r.end;
		last = e ? small : 0;
		named = last;
		if (!e)
			break;
	}
	if (named == exp)
		return;
	part_set(p, sum);
	for (int k = 0; k < named; k++)
		unit *= 10;
	if (!p->n.huge)
		snprintf(p->n.digits, sizeof p->n.digits, "%lld", (long long)(sum / unit));
	p->n.scale = p->n.place = named;
	p->share = 0;
}

/* 余 and 多 behind 10 and more; 几 behind tens: 300余, 500多万, 20几. */
static void more(const struct in *in, struct part *p)
{
	struct glyph g = glyph_read(in, p->end);
	enum numeral_bound bound = NUMERAL_OVER;
	struct decimal nine = {9, 0};
	int exp;
	bool tens = p->n.value.mant % 10 == 0 || p->n.value.exp > 0;
	size_t e = g.kind == GLYPH_SOME && tens && (g.cp == 0x51E0 || g.cp == 0x5E7E) ? g.end
		: more_read(in, p->end, &bound);

	size_t s = e ? scale_read(in, e, &exp) : 0;
	bool scaled = s && exp >= 4;    /* 12.18余万, 9多万 */
	if (!e || (!scaled && decimal_cmp(p->n.value, nine) <= 0) || (!p->whole && p->n.scale == 0 && !scaled)
	    || (bound == NUMERAL_ABOUT && !tens))
		return;
	p->end = e;
	p->n.bound = bound;
	if (s && exp >= 4 && p->n.scale + exp <= 16) {
		p->end = s;
		p->n.scale += exp;
		p->n.place += exp;
		p->n.value.exp += exp;
		p->n.form = NUMERAL_MIXED;
		p->share = p->n.scale;
	}
}

bool arabic_read(const struct in *in, size_t at, struct part *p)
{
	struct run r;
	struct glyph g;
	int exp;

	if (!run_read(in, at, &r))
		return false;
	p->end = r.end;
	p->n.form = NUMERAL_ARABIC;
	p->whole = r.frac == 0;
	p->n.place = -r.frac;
	r.digits[NUMERAL_DIGITS - 1] = '\0';
	memcpy(p->n.digits, r.digits, sizeof p->n.digits);
	if (r.huge || !decimal_parse(r.digits, strlen(r.digits), &p->n.value)) {
		p->n.huge = true;
		p->n.value = (struct decimal){0, 0};
	}
	/* 1.2.3, 192.168.0.1: one thing, and no number */
	while (r.frac && p->end < in->n && in->s[p->end] == '.' && is_arabic(in, p->end + 1, &g)) {
		p->n.dotted = true;
		for (p->end++; is_arabic(in, p->end, &g); p->end = g.end)
			;
	}
	if (p->n.dotted) {
		char *point = strchr(p->n.digits, '.');
		if (point)
			*point = '\0';
		p->n.place = 0;
		if (!decimal_parse(p->n.digits, strlen(p->n.digits), &p->n.value))
			p->n.value = (struct decimal){0, 0};
	}
	if (p->n.dotted || p->n.huge)
		return true;
	size_t e = scale_spaced(in, p->end, &exp);
	if (e) {
		p->end = e;
		p->share = p->n.scale = exp;
		p->n.place += exp;
		p->n.value.exp += exp;
		p->n.form = NUMERAL_MIXED;
		if (p->whole)
			follow(in, p, exp);
	}
	more(in, p);
	return true;
}
