/* numeral: what numbers combine to: fractions, percent, tenths, discounts, ranges. */
#include "numeral.h"

#include <stdio.h>

#include "numeral_part.h"

static const struct decimal zero = {0, 0};

static void quotient(struct numeral *n)
{
	for (int places = 15; places >= 0; places--)
		if (decimal_div_round(n->num, n->den, places, &n->value)) {
			n->value = decimal_norm(n->value);
			return;
		}
	n->huge = true;
	n->value = zero;
}

/* The mantissa of a percentage is its numerator; that of a fraction stays empty
 * where it has no end. */
static void fraction(struct part *p, struct decimal num, struct decimal den)
{
	char text[DECIMAL_TEXT];

	p->n.type = NUMERAL_FRACTION;
	p->n.num = num;
	p->n.den = den;
	p->n.range = p->n.loose = p->n.bare = false;
	p->n.high = zero;
	p->n.scale = p->share = 0;
	p->whole = false;
	quotient(&p->n);
	p->n.place = p->n.value.exp;
	decimal_format(p->n.value, text);
	snprintf(p->n.digits, sizeof p->n.digits, "%.*s", NUMERAL_DIGITS - 1, text);
}

static bool core_read(const struct in *in, size_t at, struct part *p)
{
	struct glyph g = glyph_read(in, at);

	*p = (struct part){.end = at};
	if (g.kind == GLYPH_ARABIC || ((in->flags & NUMERAL_SIGNED) && (g.cp == '.' || g.cp == 0xFF0E)))
		return arabic_read(in, g.at, p);
	return g.kind != GLYPH_NONE && chinese_read(in, g.at, p);
}

/* The end of a minus at AT, 0 where none. */
static size_t sign_read(const struct in *in, size_t at)
{
	static const char *const signs[] = {"-", "−", "－", "负", "負"};

	for (int i = 0; i < 5; i++) {
		size_t e = word_read(in, at, signs[i]);
		if (e)
			return e;
	}
	return 0;
}

static void negate(struct numeral *n)
{
	n->value.mant = -n->value.mant;
	n->num.mant = -n->num.mant;
	if (n->range) {                 /* 负三十至五十 names no clear range */
		n->range = false;
		n->high = zero;
	}
	if (n->digits[0] == '-') {      /* 负百分之负三 */
		memmove(n->digits, n->digits + 1, NUMERAL_DIGITS - 1);
		return;
	}
	memmove(n->digits + 1, n->digits, NUMERAL_DIGITS - 2);
	n->digits[0] = '-';
	n->digits[NUMERAL_DIGITS - 1] = '\0';
}

/* 分之 and what is divided: 百分之九十, 三分之一, 16分之5. */
static bool parts_read(const struct in *in, struct part *p)
{
	size_t e = word_read(in, p->end, "分之");
	size_t minus = e && in->flags & NUMERAL_SIGNED ? sign_read(in, e) : 0;
	struct in inside = {in->s, in->n, in->flags | NUMERAL_INSIDE};
	struct part num;

	if (!e || !p->whole || p->n.huge || p->n.range || p->n.bound != NUMERAL_EXACT
	    || p->n.value.mant == 0 || !core_read(&inside, minus ? minus : e, &num) || num.n.huge || num.n.dotted)
		return false;
	if (minus)
		negate(&num.n);
	bool percent = p->n.bare && decimal_cmp(p->n.value, (struct decimal){100, 0}) == 0;
	bool permille = p->n.bare && decimal_cmp(p->n.value, (struct decimal){1000, 0}) == 0;
	if (percent || permille) {
		*p = num;
		p->n.type = percent ? NUMERAL_PERCENT : NUMERAL_PERMILLE;
		p->n.bare = p->lead = p->n.loose = false;
		if (p->n.place > 0)
			p->n.place = 0; /* 百分之九十 is 90 %, not nine tenths */
		return true;
	}
	struct decimal den = p->n.value;
	struct part upper = num;        /* 十分之三四 */
	enum numeral_form form = p->n.form == NUMERAL_ARABIC ? num.n.form : p->n.form;
	*p = num;
	p->n.form = form;
	p->lead = false;
	fraction(p, num.n.value, den);
	if (upper.n.range) {
		fraction(&upper, upper.n.high, den);
		p->n.high = upper.n.value;
		p->n.range = decimal_cmp(p->n.value, p->n.high) < 0;
	}
	return true;
}

/* 1/4; no date, no third part. */
static bool slash_read(const struct in *in, struct part *p)
{
	size_t e = word_read(in, p->end, "/");
	struct part den;
	struct decimal four = {1000, 0};

	if (!e && !(e = word_read(in, p->end, "／")))
		return false;
	if (p->n.form != NUMERAL_ARABIC || !p->whole || p->n.bound != NUMERAL_EXACT || p->n.scale
	    || decimal_cmp(p->n.value, four) >= 0 || p->n.value.mant == 0 || p->n.digits[0] == '0')
		return false;
	struct in only = {in->s, in->n, 0};
	if (glyph_read(&only, e).kind != GLYPH_ARABIC)
		return false;
	/* a bounded look: the denominator has at most nine digits */
	if (only.n > e + 32)
		only.n = e + 32;
	den = (struct part){.end = e};
	if (!arabic_read(&only, e, &den) || !den.whole
	    || den.n.form != NUMERAL_ARABIC || den.n.huge || den.n.value.mant == 0
	    || den.n.digits[0] == '0' || den.end - e > 27)
		return false;
	if (char_in(in, den.end, "/／") && glyph_read(in, den.end + 1).kind == GLYPH_ARABIC)
		return false;
	p->end = den.end;
	fraction(p, p->n.value, den.n.value);
	return true;
}

/* 一又二分之一, 350又3分之1, and with blanks 1 4/3: a whole number and a part of one. */
static void mixed_read(const struct in *in, struct part *p)
{
	size_t e = word_read(in, p->end, "又");
	struct part f;
	struct decimal whole;

	if (!e && in->flags & NUMERAL_SPACED && p->n.form == NUMERAL_ARABIC
	    && glyph_read(in, p->end).kind == GLYPH_ARABIC && glyph_read(in, p->end).at == p->end + 1)
		e = p->end + 1;
	if (!e || !p->whole || p->n.range || p->n.huge || p->n.bound != NUMERAL_EXACT || p->n.scale)
		return;
	struct in look = {in->s, in->n < e + 64 ? in->n : e + 64, in->flags};
	if (!core_read(&look, e, &f) || !(parts_read(&look, &f) || slash_read(&look, &f))
	    || f.n.type != NUMERAL_FRACTION || f.n.huge
	    || !decimal_mul(p->n.value, f.n.den, &whole) || !decimal_add(whole, f.n.num, &whole))
		return;
	p->end = f.end;
	fraction(p, whole, f.n.den);
}

static void percent_of_tenths(struct part *p, enum numeral_type type, const char *digits, int scale)
{
	struct decimal v = zero;

	decimal_parse(digits, strlen(digits), &v);
	p->n.type = type;
	p->n.value = decimal_shift(v, scale);
	p->n.scale = scale;
	p->n.place = v.exp + scale;
	p->n.positional = p->n.loose = p->n.bare = false;
	p->share = 0;
	p->whole = false;
	if (digits != p->n.digits)
		snprintf(p->n.digits, sizeof p->n.digits, "%s", digits);
}

/* 七成案件: words that the character behind 成 begins rather than ends. */
static bool begins_noun(const struct in *in, size_t at)
{
	static const char *const nouns[] = {"案件", "行政", "人民", "规上", "家庭", "本地", "分歧", NULL};
	for (int i = 0; nouns[i]; i++)
		if (word_read(in, at, nouns[i]))
			return true;
	return false;
}

/* 九成, 三成五, 两成半, 2.5成; 成 begins very many words. */
static bool tenths_read(const struct in *in, struct part *p)
{
	static const char words[] = "立功员为果效本交人年长熟绩就品都分型形片套批规家因案票行像全了";
	struct decimal eleven = {11, 0};
	size_t e = word_read(in, p->end, "成");
	char text[8];

	if (!e || p->n.scale || p->lead || p->n.huge || p->n.bound != NUMERAL_EXACT
	    || decimal_cmp(p->n.value, eleven) >= 0 || p->n.value.mant == 0
	    || (p->n.positional && p->whole) || (char_in(in, e, words) && !begins_noun(in, e)))
		return false;
	p->end = e;
	if (p->n.range) {
		percent_of_tenths(p, NUMERAL_TENTHS, p->n.digits, 1);
		p->n.high.exp++;
		return true;
	}
	struct glyph g = glyph_read(in, e), next = glyph_read(in, g.end);
	bool digit = (g.kind == GLYPH_DIGIT || g.kind == GLYPH_ARABIC) && g.style != STYLE_TWO;
	if (p->whole && p->n.value.mant < 10 && (g.kind == GLYPH_HALF || (digit && next.kind == GLYPH_NONE
	    && !word_read(in, g.end, "成") && !char_in(in, g.end, ".．")))) {
		snprintf(text, sizeof text, "%d%d", (int)p->n.value.mant, digit ? g.value : 5);
		p->end = g.end;
		percent_of_tenths(p, NUMERAL_TENTHS, text, 0);
	} else {
		percent_of_tenths(p, NUMERAL_TENTHS, p->n.digits, 1);
	}
	size_t m = more_read(in, p->end, &p->n.bound);
	if (m)
		p->end = m;
	return true;
}

/* 九折, 八五折, 75折, 9.5折: 85 % of the price. */
static bool discount_read(const struct in *in, size_t at, struct part *p)
{
	size_t e = word_read(in, p->end, "折");
	struct decimal hundred = {100, 0}, ten = {10, 0};
	char text[NUMERAL_DIGITS];

	if (!e || p->n.scale || p->lead || p->n.huge || p->n.bound != NUMERAL_EXACT || p->n.value.mant == 0
	    || decimal_cmp(p->n.value, hundred) >= 0 || char_in(in, e, "合算旧叠射腾返"))
		return false;
	if (p->n.range) {               /* 七八折 is 78 % */
		if (!p->n.loose)
			return false;
		snprintf(text, sizeof text, "%d%d", (int)p->n.value.mant, (int)p->n.high.mant);
		p->n.range = false;
		p->n.high = zero;
	} else {
		snprintf(text, sizeof text, "%s", p->n.digits);
	}
	if (p->n.form == NUMERAL_CHINESE && strcmp(text, "0.5") == 0 && p->end - at == 3)
		strcpy(text, "5");      /* 半折 */
	p->end = e;
	bool two = p->whole && strlen(text) == 2 && decimal_cmp(p->n.value, ten) != 0;
	percent_of_tenths(p, NUMERAL_DISCOUNT, text, !two);
	return true;
}

/* 一半 is one of two; 一个半, 2个半: half more. */
static bool half_read(const struct in *in, struct part *p)
{
	struct decimal one = {1, 0}, half = {5, -1};
	struct glyph g = glyph_read(in, p->end);

	if (!p->whole || p->n.range || p->n.huge || p->n.bound != NUMERAL_EXACT || p->lead || p->n.scale)
		return false;
	if (g.kind == GLYPH_HALF && p->n.form == NUMERAL_CHINESE && decimal_cmp(p->n.value, one) == 0
	    && strcmp(p->n.digits, "1") == 0 && !char_in(in, g.end, "年天月小百")) {
		p->end = g.end;
		fraction(p, one, (struct decimal){2, 0});
		return true;
	}
	size_t e = word_read(in, p->end, "个");
	if (!e)
		e = word_read(in, p->end, "個");
	if (!e || glyph_read(in, e).kind != GLYPH_HALF || decimal_cmp(p->n.value, (struct decimal){1000, 0}) >= 0)
		return false;
	e = glyph_read(in, e).end;
	if (char_in(in, e, "年径数") || !decimal_add(p->n.value, half, &p->n.value))
		return false;
	p->end = e;
	p->whole = false;
	p->n.place = -1;
	decimal_format(p->n.value, p->n.digits);        /* at most 999.5 */
	return true;
}

/* One number of any kind, ranges aside. */
static bool part_read(const struct in *in, size_t at, struct part *p)
{
	if (!core_read(in, at, p))
		return false;
	if (p->n.huge || p->n.dotted)
		return true;
	if (!parts_read(in, p)) {
		if (p->lead && p->n.bound == NUMERAL_EXACT && !(in->flags & NUMERAL_BARE_SCALE))
			return false;
		if (p->n.bare && char_in(in, p->end, "分"))
			return false;           /* 百分点, 百分制 */
		if (!slash_read(in, p) && !tenths_read(in, p) && !discount_read(in, at, p) && !half_read(in, p))
			mixed_read(in, p);
	}
	return true;
}

/* The end of a sign that joins two ends of a range, 0 where none; *word is set for
 * 至 and 到. */
static size_t range_sign(const struct in *in, size_t at, bool *word)
{
	uint32_t cp;

	*word = false;
	at = glyph_read(in, at).at;
	if (at >= in->n)
		return 0;
	size_t e = at + utf8_next(in->s + at, in->n - at, &cp);
	switch (cp) {
	case 0x2014: case 0x2015:       /* — and the double —— */
		if (e < in->n && in->n - e >= 3 && memcmp(in->s + e, in->s + at, 3) == 0)
			e += 3;
		return e;
	case '-': case '~': case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2212:
	case 0xFF0D: case 0xFF5E: case 0x301C: case 0x223C:
		return e;
	case 0x81F3: case 0x5230:       /* 至 到 */
		*word = true;
		return e;
	default:
		return 0;
	}
}

static bool number_goes_on(const struct in *in, size_t at)
{
	bool word;
	size_t e = range_sign(in, at, &word);
	struct glyph g = glyph_read(in, e);
	return e && (g.kind == GLYPH_ARABIC || g.kind == GLYPH_DIGIT);
}

static bool leading_zero(const struct numeral *n)
{
	return n->digits[0] == '0' && n->digits[1] >= '0' && n->digits[1] <= '9';
}

/* Gives the lower end what it shares with the upper: 5—10万, 三至五百, 三至五成. */
static bool share(struct part *a, const struct part *b)
{
	struct decimal ten = {10, 0}, lower;

	if (a->n.type != NUMERAL_NUMBER) {
		/* 百分之五至十 */
		return a->n.type == b->n.type || (b->n.type == NUMERAL_NUMBER && !b->n.scale
			&& (a->n.type == NUMERAL_PERCENT || a->n.type == NUMERAL_PERMILLE));
	}
	if (b->n.type == NUMERAL_TENTHS && a->n.scale == 0 && a->whole && decimal_cmp(a->n.value, ten) < 0) {
		percent_of_tenths(a, NUMERAL_TENTHS, a->n.digits, 1);
		return true;
	}
	if (b->n.type != NUMERAL_NUMBER)
		return false;
	int by = b->share;
	if (by == 0 || a->n.scale || (a->share > 3 && a->n.form != NUMERAL_ARABIC))
		return true;
	bool arabic = b->n.form == NUMERAL_MIXED;
	if (!arabic && by < 4 && (a->share > 0 || decimal_cmp(a->n.value, ten) >= 0))
		return true;
	lower = decimal_shift(a->n.value, by);
	if (decimal_cmp(lower, b->n.value) >= 0 || strlen(a->n.digits) + (size_t)by > 18)
		return true;            /* 1000-2万 */
	a->n.value = lower;
	a->n.place += by;
	if (a->n.form == NUMERAL_ARABIC) {
		a->n.scale = by;
		a->n.form = NUMERAL_MIXED;
	} else if (a->whole) {
		__int128 v = lower.mant;
		for (int i = 0; i < lower.exp; i++)
			v *= 10;
		part_set(a, v);
	} else {
		a->n.scale = by;
	}
	return true;
}

/* The upper end of a range behind A, if there is one. */
static void range_read(const struct in *in, struct part *a)
{
	bool word;
	size_t e = range_sign(in, a->end, &word);
	struct part b;

	if (!e || a->n.range || a->n.huge || a->n.dotted || a->n.bound != NUMERAL_EXACT || leading_zero(&a->n)
	    || a->n.type == NUMERAL_DISCOUNT)
		return;
	/* a bounded look, since the same bytes are read again where this fails */
	struct in look = {in->s, in->n, in->flags & ~NUMERAL_SIGNED};
	if (look.n - e > 256)
		look.n = e + 256;
	if (!part_read(&look, e, &b) || b.n.range || b.n.huge || b.n.dotted || leading_zero(&b.n)
	    || b.n.positional != a->n.positional || (b.end == look.n && look.n < in->n)
	    || number_goes_on(in, b.end))
		return;
	if (!word && (a->n.form == NUMERAL_ARABIC) && b.n.form != NUMERAL_ARABIC && b.n.form != NUMERAL_MIXED)
		return;                 /* 2021—三 */
	struct part low = *a;
	if (!share(&low, &b) || decimal_cmp(low.n.value, b.n.value) >= 0)
		return;
	low.n.range = true;
	low.n.high = b.n.value;
	low.n.bound = b.n.bound;
	low.n.bare = false;
	low.end = b.end;
	*a = low;
}

size_t numeral_read_flags(const char *s, size_t n, int flags, struct numeral *out)
{
	struct in in = {s, n, flags};
	struct part p = {0};
	size_t sign = flags & NUMERAL_SIGNED ? sign_read(&in, 0) : 0;

	if (!part_read(&in, sign, &p) || (sign && p.n.range)) {
		*out = (struct numeral){0};
		return 0;
	}
	if (sign)
		negate(&p.n);
	else
		range_read(&in, &p);
	*out = p.n;
	return p.end;
}

size_t numeral_read(const char *s, size_t n, struct numeral *out)
{
	return numeral_read_flags(s, n, 0, out);
}
