#include "numeral.h"
#include "text.h"

#include <stdio.h>

/* What a character means in a numeral. */
enum sign { NONE, DIGIT, HAN_DIGIT, HAN_SCALE, VAGUE, POINT };

struct glyph {
	enum sign sign;
	int value;              /* of a digit; power of ten of a scale word */
	bool financial;
	size_t len;
};

struct reader {
	const char *s;
	size_t n, at;
};

/* The meaning of one Chinese character by its UTF-8 bytes. */
static struct glyph han_glyph(uint32_t bytes)
{
	switch (bytes) {
	case 0xE4B880: return (struct glyph){HAN_DIGIT, 1, false, 3};     /* 一 */
	case 0xE4BA8C: return (struct glyph){HAN_DIGIT, 2, false, 3};     /* 二 */
	case 0xE4B889: return (struct glyph){HAN_DIGIT, 3, false, 3};     /* 三 */
	case 0xE59B9B: return (struct glyph){HAN_DIGIT, 4, false, 3};     /* 四 */
	case 0xE4BA94: return (struct glyph){HAN_DIGIT, 5, false, 3};     /* 五 */
	case 0xE585AD: return (struct glyph){HAN_DIGIT, 6, false, 3};     /* 六 */
	case 0xE4B883: return (struct glyph){HAN_DIGIT, 7, false, 3};     /* 七 */
	case 0xE585AB: return (struct glyph){HAN_DIGIT, 8, false, 3};     /* 八 */
	case 0xE4B99D: return (struct glyph){HAN_DIGIT, 9, false, 3};     /* 九 */
	case 0xE38087: return (struct glyph){HAN_DIGIT, 0, false, 3};     /* 〇 */
	case 0xE99BB6: return (struct glyph){HAN_DIGIT, 0, false, 3};     /* 零 */
	case 0xE2978B: return (struct glyph){HAN_DIGIT, 0, false, 3};     /* ○ */
	case 0xE4B8A4: return (struct glyph){HAN_DIGIT, 2, false, 3};     /* 两 */
	case 0xE4BFA9: return (struct glyph){HAN_DIGIT, 2, false, 3};     /* 俩 */
	case 0xE58D81: return (struct glyph){HAN_SCALE, 1, false, 3};     /* 十 */
	case 0xE799BE: return (struct glyph){HAN_SCALE, 2, false, 3};     /* 百 */
	case 0xE58D83: return (struct glyph){HAN_SCALE, 3, false, 3};     /* 千 */
	case 0xE4B887: return (struct glyph){HAN_SCALE, 4, false, 3};     /* 万 */
	case 0xE4BABF: return (struct glyph){HAN_SCALE, 8, false, 3};     /* 亿 */
	case 0xE5BBBF: return (struct glyph){HAN_DIGIT, 20, false, 3};     /* 廿 */
	case 0xE58D85: return (struct glyph){HAN_DIGIT, 30, false, 3};     /* 卅 */
	case 0xE5A3B9: return (struct glyph){HAN_DIGIT, 1, true, 3};     /* 壹 */
	case 0xE8B4B0: return (struct glyph){HAN_DIGIT, 2, true, 3};     /* 贰 */
	case 0xE58F81: return (struct glyph){HAN_DIGIT, 3, true, 3};     /* 叁 */
	case 0xE88286: return (struct glyph){HAN_DIGIT, 4, true, 3};     /* 肆 */
	case 0xE4BC8D: return (struct glyph){HAN_DIGIT, 5, true, 3};     /* 伍 */
	case 0xE99986: return (struct glyph){HAN_DIGIT, 6, true, 3};     /* 陆 */
	case 0xE69F92: return (struct glyph){HAN_DIGIT, 7, true, 3};     /* 柒 */
	case 0xE68D8C: return (struct glyph){HAN_DIGIT, 8, true, 3};     /* 捌 */
	case 0xE78E96: return (struct glyph){HAN_DIGIT, 9, true, 3};     /* 玖 */
	case 0xE68BBE: return (struct glyph){HAN_SCALE, 1, true, 3};     /* 拾 */
	case 0xE4BDB0: return (struct glyph){HAN_SCALE, 2, true, 3};     /* 佰 */
	case 0xE4BB9F: return (struct glyph){HAN_SCALE, 3, true, 3};     /* 仟 */
	case 0xE890AC: return (struct glyph){HAN_SCALE, 4, true, 3};     /* 萬 */
	case 0xE58484: return (struct glyph){HAN_SCALE, 8, true, 3};     /* 億 */
	case 0xE587A0: return (struct glyph){VAGUE, 0, false, 3};     /* 几 */
	case 0xE695B0: return (struct glyph){VAGUE, 1, false, 3};     /* 数 */
	case 0xE4BD99: return (struct glyph){VAGUE, 2, false, 3};     /* 余 */
	case 0xE5A49A: return (struct glyph){VAGUE, 2, false, 3};     /* 多 */
	case 0xE782B9: return (struct glyph){POINT, 0, false, 3};     /* 点 */
	}
	return (struct glyph){NONE, 0, false, 0};
}

static struct glyph glyph_at(const struct reader *r)
{
	const uint8_t *p = (const uint8_t *)r->s + r->at;
	size_t left = r->n - r->at;

	if (left == 0)
		return (struct glyph){NONE, 0, false, 0};
	if (*p >= '0' && *p <= '9')
		return (struct glyph){DIGIT, *p - '0', false, 1};
	if (left < 3 || *p < 0xE2)
		return (struct glyph){NONE, 0, false, 0};
	if (*p == 0xEF && p[1] == 0xBC && p[2] >= 0x90 && p[2] <= 0x99)
		return (struct glyph){DIGIT, p[2] - 0x90, false, 3};
	return han_glyph((uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2]);
}

const uint64_t numeral_starts[64] = {
	[0] = 0x80u,
	[2] = 0x40u,
	[4] = 0x10u,
	[5] = 0x280000000000u,
	[7] = 0x100000000u,
	[11] = 0x4000000000000000u,
	[13] = 0x102au,
	[14] = 0x400000u,
	[15] = 0x2u,
	[16] = 0x100000000000u,
	[21] = 0x1000000000000u,
	[23] = 0x800u,
	[25] = 0x4000000000000040u,
	[27] = 0x40000008000000u,
	[31] = 0x40000u,
	[35] = 0x200000000000000u,
	[52] = 0x1000000000000u,
	[56] = 0x1000000289u,
	[57] = 0x20000000u,
	[58] = 0x8000000000101000u,
	[59] = 0x8000000080000000u,
	[60] = 0x3ff2000u,
	[61] = 0x1000000000000u,
	[63] = 0x20000000000u,
};

static bool take(struct reader *r, const char *z)
{
	size_t n = strlen(z);
	if (r->n - r->at < n || memcmp(r->s + r->at, z, n) != 0)
		return false;
	r->at += n;
	return true;
}

static bool at_digit(const struct reader *r)
{
	return glyph_at(r).sign == DIGIT;
}

/* A mark of thousands with exactly three digits behind it: ',' '，' or a thin
 * space. Moves behind the mark. */
static bool group_mark(struct reader *r)
{
	static const char *const marks[] = {",", "，", "\xE2\x80\x89", "\xE2\x80\xAF", "\xC2\xA0", " ", NULL};
	for (int i = 0; marks[i]; i++) {
		struct reader q = *r;
		if (!take(&q, marks[i]))
			continue;
		struct reader start = q;
		int k = 0;
		while (k < 4 && at_digit(&q)) {
			q.at += glyph_at(&q).len;
			k++;
		}
		if (k != 3)
			return false;
		*r = start;
		return true;
	}
	return false;
}

/* Digits with at most one point. Fills digits; false where none stand here. */
static bool arabic_read(struct reader *r, struct numeral *out)
{
	size_t k = 0, whole = 0;
	bool point = false, grouped = false;

	for (;;) {
		struct glyph g = glyph_at(r);
		if (g.sign == DIGIT) {
			if (k < NUMERAL_DIGITS - 1)
				out->digits[k++] = (char)('0' + g.value);
			else
				out->huge = true;
			whole += !point;
			r->at += g.len;
			continue;
		}
		struct reader q = *r;
		if (!point && whole > 0 && (whole <= 3 || grouped) && group_mark(&q)) {
			grouped = true;
			*r = q;
			continue;
		}
		if (whole > 0 && (take(&q, ".") || take(&q, "．")) && at_digit(&q)) {
			if (point) {
				out->dotted = true;
				point = false;
				continue;
			}
			point = true;
			if (k < NUMERAL_DIGITS - 1)
				out->digits[k++] = '.';
			*r = q;
			continue;
		}
		break;
	}
	out->digits[k] = '\0';
	return whole > 0;
}

/* Scale words behind an Arabic mantissa: 万, 千万, 百万亿; vague words between. */
static int scales_read(struct reader *r, bool *vague)
{
	int scale = 0, last = 99;

	for (;;) {
		struct reader q = *r;
		bool v = false;
		struct glyph g = glyph_at(&q);
		if (g.sign == VAGUE && g.value != 1) {
			q.at += g.len;
			v = true;
			g = glyph_at(&q);
		}
		if (g.sign != HAN_SCALE || g.financial || g.value == 1)
			break;
		/* 千万, 百亿, 万亿: rising; 万千 does not exist */
		if (scale && g.value < 4)
			break;
		if (last < 4 && g.value < 4)
			break;
		scale += g.value;
		last = g.value;
		q.at += g.len;
		*vague |= v;
		*r = q;
	}
	return scale;
}

/* 3万5千, 1亿2000万: further parts of smaller scale add up. */
static void parts_read(struct reader *r, struct numeral *out, int scale)
{
	int last = scale;

	while (last >= 3) {
		struct reader q = *r;
		struct numeral part = {0};
		bool vague = false;
		struct decimal v, sum;
		if (!arabic_read(&q, &part) || part.huge || part.dotted || strchr(part.digits, '.'))
			return;
		int k = scales_read(&q, &vague);
		if (k == 0 || k >= last || !decimal_parse(part.digits, strlen(part.digits), &v))
			return;
		v = decimal_shift(v, k);
		if (decimal_cmp(v, decimal_shift((struct decimal){1, 0}, last)) >= 0
		    || !decimal_add(out->value, v, &sum))
			return;
		out->value = sum;
		out->scale = 0;
		if (vague)
			out->bound = NUMERAL_OVER;
		int64_t whole;
		if (decimal_to_int(sum, &whole))
			snprintf(out->digits, sizeof out->digits, "%lld", (long long)whole);
		*r = q;
		last = k;
	}
}

static void trailing_vague(struct reader *r, struct numeral *out)
{
	static const char *const words[] = {"余", "多", "几", NULL};
	struct glyph g = glyph_at(r);

	for (int i = 0; g.sign == VAGUE && words[i]; i++) {
		struct reader q = *r;
		if (!take(&q, words[i]))
			continue;
		/* 100多元 is money, 5多元化 is not */
		struct reader w = *r;
		if (take(&w, "多元化"))
			return;
		out->bound = NUMERAL_OVER;
		*r = q;
		return;
	}
}

static bool arabic_number(struct reader *r, struct numeral *out)
{
	bool vague = false;

	if (!arabic_read(r, out))
		return false;
	out->form = NUMERAL_ARABIC;
	if (out->dotted || out->huge || !decimal_parse(out->digits, strlen(out->digits), &out->value)) {
		out->huge |= !out->dotted;
		return true;
	}
	int scale = scales_read(r, &vague);
	if (vague)
		out->bound = NUMERAL_OVER;
	out->scale = scale;
	out->value = decimal_shift(out->value, scale);
	if (scale) {
		out->form = NUMERAL_MIXED;
		parts_read(r, out, scale);
	}
	trailing_vague(r, out);
	return true;
}

/* Chinese digits and scale words by the usual grammar. */
static bool chinese_number(struct reader *r, int flags, struct numeral *out)
{
	int64_t total = 0, section = 0, digit = -1;
	int last_scale = 99, run = 0, zeros = 0, glyphs = 0;
	bool any_scale = false, any_digit = false, financial = false;
	int64_t low = -1;       /* first of two neighbouring digits: 三四十 */

	out->bound = NUMERAL_EXACT;
	struct glyph g = glyph_at(r);
	if (g.sign == VAGUE && g.value < 2) {           /* 几十, 数百 */
		struct reader q = *r;
		q.at += g.len;
		struct glyph h = glyph_at(&q);
		if (h.sign != HAN_SCALE)
			return false;
		/* 几十: the value of the scale, vague */
		out->bound = NUMERAL_ABOUT;
		digit = 1;
		any_digit = true;
		r->at = q.at;
	}
	for (;; glyphs++) {
		struct reader q = *r;
		g = glyph_at(&q);
		if (g.sign == VAGUE && g.value != 1 && any_scale) {
			/* 一千多万, 三十余万: only before another scale word */
			q.at += g.len;
			struct glyph h = glyph_at(&q);
			if (h.sign != HAN_SCALE || h.value < 4)
				break;
			if (out->bound == NUMERAL_EXACT)
				out->bound = NUMERAL_OVER;
			r->at = q.at;
			continue;
		}
		if (g.sign == HAN_DIGIT) {
			financial |= g.financial;
			if (g.value >= 20) {                    /* 廿, 卅 */
				if (any_digit || any_scale)
					break;
				section += g.value;
				any_scale = any_digit = true;
				last_scale = 1;
				digit = -1;
				r->at += g.len;
				continue;
			}
			if (digit >= 0 && g.value > 0 && run == 1 && low < 0 && g.value == digit + 1)
				low = digit;
			if (g.value == 0 && any_scale) {        /* 一万零五十: only joins */
				zeros = 1;
				r->at += g.len;
				continue;
			}
			digit = g.value;
			run++;
			any_digit = true;
			r->at += g.len;
			if (run > 1 && run <= NUMERAL_DIGITS - 2)
				out->digits[run - 1] = (char)('0' + g.value);
			else if (run == 1)
				out->digits[0] = (char)('0' + g.value);
			continue;
		}
		if (g.sign != HAN_SCALE)
			break;
		if (run > 1 && low < 0)
			break;                                  /* 二三五百 */
		financial |= g.financial;
		if (!any_digit && !any_scale && g.value != 1)
			out->bare = true;
		int64_t scale = 1;
		for (int k = 0; k < g.value; k++)
			scale *= 10;
		if (g.value >= 4) {
			if (total + section == 0 && digit < 0 && any_scale)
				break;
			int64_t v = section + (digit > 0 ? digit : 0);
			if (v == 0)
				v = any_digit || total ? 0 : 1;
			if (g.value == 8) {
				v += total;
				if (v > 999999999999 / 100)
					return false;
				total = v * scale;
			} else {
				if (v > 999999999999)
					return false;
				total += v * scale;
			}
			section = 0;
			if (low > 0)
				low *= scale;
		} else {
			if (any_scale && g.value >= last_scale && last_scale < 4)
				break;                          /* 十百 is no number */
			section += (digit > 0 ? digit : 1) * scale;
			if (low > 0 && low < 10)
				low *= scale;
		}
		last_scale = g.value;
		any_scale = true;
		digit = -1;
		run = zeros = 0;
		r->at += g.len;
	}
	if (!any_digit && !any_scale)
		return false;
	int64_t v = total + section;
	if (digit >= 0) {
		if (!any_scale && run > 1) {
			if (run == 2 && low > 0 && low == digit - 1) {
				out->range = out->loose = true;         /* 七八个 */
				out->value = (struct decimal){low, 0};
				out->high = (struct decimal){digit, 0};
				snprintf(out->digits, sizeof out->digits, "%lld", (long long)low);
				out->form = NUMERAL_CHINESE;
				return true;
			}
			out->positional = true;
			out->digits[run < NUMERAL_DIGITS ? run : NUMERAL_DIGITS - 1] = '\0';
			out->form = NUMERAL_CHINESE;
			out->huge = !decimal_parse(out->digits, strlen(out->digits), &out->value);
			return true;
		}
		/* 一百二 is 120, 两万五 is 25000; 一百零二 is 102 */
		int64_t unit = 1;
		if (any_scale && !zeros && run == 1 && last_scale > 1)
			for (int k = 1; k < last_scale; k++)
				unit *= 10;
		if (low > 0 && any_scale && run == 2) {
			out->range = true;                      /* 十七八 */
			out->high = (struct decimal){v + digit, 0};
			v += low;
			low = -1;
		} else {
			v += digit * unit;
		}
	}
	if (out->bare && !(flags & NUMERAL_BARE_SCALE) && glyph_at(r).sign != VAGUE)
		return false;
	out->value = (struct decimal){v, 0};
	if (low > 0 && !out->range) {                           /* 三四十 */
		out->range = true;
		out->high = out->value;
		int64_t top = v, step = low;
		while (step >= 10)
			step /= 10;
		/* the two digits are neighbours: the lower end is one unit below */
		int64_t one = low / step;
		out->value = (struct decimal){top - one, 0};
		v = top - one;
	}
	out->form = financial ? NUMERAL_FINANCIAL : NUMERAL_CHINESE;
	snprintf(out->digits, sizeof out->digits, "%lld", (long long)v);
	/* 十二点五 */
	struct reader q = *r;
	if (!out->range && take(&q, "点") && glyph_at(&q).sign == HAN_DIGIT) {
		size_t k = strlen(out->digits);
		int exp = 0;
		int64_t mant = v;
		out->digits[k++] = '.';
		while (glyph_at(&q).sign == HAN_DIGIT && glyph_at(&q).value < 10 && exp < 8
		       && mant < INT64_MAX / 100) {
			int d = glyph_at(&q).value;
			out->digits[k++] = (char)('0' + d);
			mant = mant * 10 + d;
			exp++;
			q.at += 3;
		}
		out->digits[k] = '\0';
		out->value = (struct decimal){mant, -exp};
		bool vague = false;
		out->scale = scales_read(&q, &vague);
		out->value = decimal_shift(out->value, out->scale);
		*r = q;
	}
	trailing_vague(r, out);
	return true;
}

static bool number(struct reader *r, int flags, struct numeral *out)
{
	memset(out, 0, sizeof *out);
	return at_digit(r) ? arabic_number(r, out) : chinese_number(r, flags, out);
}

/* 成 as a tenth, not as the start of 成立 or 成员. */
static bool tenth_here(struct reader *r)
{
	static const char *const words[] = {"立", "为", "员", "功", "果", "效", "本", "都", "熟", "长", "交", "绩",
		"年", "型", "就", "品", "分", "套", "像", "全", "语", "份", "真", "因", "渝", "片", "群", "风", "家", NULL};
	struct reader q = *r;

	if (!take(&q, "成"))
		return false;
	for (int i = 0; words[i]; i++) {
		struct reader w = q;
		if (take(&w, words[i]))
			return false;
	}
	*r = q;
	return true;
}

/* 百分之, 三分之一, 九成, 八五折, 1/4 */
static void special(struct reader *r, struct numeral *out)
{
	struct reader q = *r;
	struct numeral rest;
	int64_t a, b;

	if (out->range || out->huge || out->dotted)
		return;
	if (take(&q, "分之")) {
		if (!number(&q, NUMERAL_BARE_SCALE, &rest) || rest.range || rest.huge || !decimal_to_int(out->value, &b) || b < 2)
			return;
		if (b == 100 || b == 1000) {
			*out = rest;
			out->type = b == 100 ? NUMERAL_PERCENT : NUMERAL_PERMILLE;
			*r = q;
		} else if (decimal_to_int(rest.value, &a) && a <= b) {
			out->type = NUMERAL_FRACTION;
			out->num = (struct decimal){a, 0};
			out->den = (struct decimal){b, 0};
			*r = q;
		}
	} else if (out->form == NUMERAL_ARABIC && take(&q, "/")) {
		if (!at_digit(&q) || !arabic_read(&q, (memset(&rest, 0, sizeof rest), &rest)) || rest.huge
		    || rest.dotted || strchr(rest.digits, '.') || strchr(out->digits, '.'))
			return;
		if (take(&q, "/") || strlen(rest.digits) > 3 || strlen(out->digits) > 3
		    || !decimal_parse(rest.digits, strlen(rest.digits), &rest.value)
		    || !decimal_to_int(out->value, &a) || !decimal_to_int(rest.value, &b) || a == 0 || b < 2 || a >= b)
			return;
		out->type = NUMERAL_FRACTION;
		out->num = (struct decimal){a, 0};
		out->den = (struct decimal){b, 0};
		*r = q;
	} else if (!out->scale && decimal_cmp(out->value, (struct decimal){10, 0}) <= 0 && tenth_here(&q)) {
		struct decimal v = decimal_shift(out->value, 1), sum;
		struct glyph g = glyph_at(&q);
		if (g.sign == HAN_DIGIT && g.value < 10) {
			if (decimal_add(v, (struct decimal){g.value, 0}, &sum))
				v = sum;
			q.at += g.len;
		}
		out->type = NUMERAL_TENTHS;
		out->value = v;
		out->positional = false;
		int64_t whole;
		if (decimal_to_int(v, &whole))
			snprintf(out->digits, sizeof out->digits, "%lld", (long long)whole);
		trailing_vague(&q, out);
		*r = q;
	} else if (!out->scale && take(&q, "折")) {
		out->type = NUMERAL_DISCOUNT;
		*r = q;
	}
	if (out->type == NUMERAL_FRACTION) {
		decimal_div_round(out->num, out->den, 6, &out->value);
		out->value = decimal_norm(out->value);
		out->scale = 0;
		decimal_format(out->value, out->digits);
	}
}

static bool range_mark(struct reader *r)
{
	static const char *const marks[] = {"——", "—", "–", "－", "-", "~", "～", "〜", "至", "到", NULL};
	for (int i = 0; marks[i]; i++)
		if (take(r, marks[i]))
			return true;
	return false;
}

static int zeros_of(int64_t v)
{
	int k = 0;
	while (v && v % 10 == 0 && k < 18) {
		v /= 10;
		k++;
	}
	return k;
}

/* 10至20, 5—10万: the multiplier of the second end holds for the first. */
static void range_read(struct reader *r, int flags, struct numeral *out)
{
	struct reader q = *r;
	struct numeral b;

	if (out->range || out->type != NUMERAL_NUMBER || out->bound != NUMERAL_EXACT || out->huge
	    || out->dotted || out->positional || !range_mark(&q))
		return;
	bool arabic = at_digit(&q);
	if (!number(&q, flags & ~NUMERAL_BARE_SCALE, &b) || b.range || b.huge || b.dotted || b.positional
	    || b.bare || arabic != (out->form == NUMERAL_ARABIC || out->form == NUMERAL_MIXED))
		return;
	struct reader look = q;
	if (range_mark(&look) && at_digit(&look))
		return;                                         /* 1-2-3 */
	if (arabic && ((out->digits[0] == '0' && out->digits[1] && out->digits[1] != '.')
	    || (b.digits[0] == '0' && b.digits[1] && b.digits[1] != '.')))
		return;                                         /* 023-66 */
	struct decimal low = out->value;
	int shared = arabic ? b.scale : zeros_of(b.value.mant) >= 4 ? zeros_of(b.value.mant) >= 8 ? 8 : 4 : 0;
	if (shared && out->scale == 0 && decimal_cmp(low, decimal_shift((struct decimal){1, 0}, shared)) < 0
	    && decimal_cmp(decimal_shift(low, shared), b.value) < 0) {
		low = decimal_shift(low, shared);
		out->scale = arabic ? shared : 0;
		if (!arabic) {
			int64_t whole;
			if (decimal_to_int(low, &whole))
				snprintf(out->digits, sizeof out->digits, "%lld", (long long)whole);
		}
	}
	if (decimal_cmp(low, b.value) >= 0)
		return;
	out->value = low;
	out->high = b.value;
	out->range = true;
	out->bound = b.bound;
	if (b.form == NUMERAL_MIXED)
		out->form = NUMERAL_MIXED;
	*r = q;
}

size_t numeral_read_flags(const char *s, size_t n, int flags, struct numeral *out)
{
	struct reader r = {s, n, 0};

	if (!number(&r, flags, out))
		return 0;
	special(&r, out);
	range_read(&r, flags, out);
	return r.at;
}

size_t numeral_read(const char *s, size_t n, struct numeral *out)
{
	return numeral_read_flags(s, n, 0, out);
}
