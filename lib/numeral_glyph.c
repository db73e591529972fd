/* numeral_glyph: the characters that numerals are made of. */
#include "numeral_part.h"

/* By the last two bytes of the UTF-8 of every character that may start a numeral;
 * tests/unit/numeral.c checks it against the reader. */
const uint64_t numeral_starts[64] = {
	0x00000000000000C0, 0x0000000000000000, 0x0000000000000040, 0x0000000000000000,
	0x0000000000000010, 0x00002A0000000000, 0x0000000000000000, 0x0000000100000000,
	0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x4000002000000000,
	0x0000000000000000, 0x000000000000143A, 0x0000000000400000, 0x000000000000000E,
	0x0000100000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000,
	0x0000000000000000, 0x0101000000000000, 0x0000000000000000, 0x0000000000000000,
	0x0000000000000000, 0x4100000000000040, 0x0000000000000000, 0x0040000008000000,
	0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000040000,
	0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0200000000000000,
	0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000,
	0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000,
	0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000,
	0x0000000000000000, 0x0000000000000000, 0x0008000000000000, 0x0000000000000000,
	0x0001000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000,
	0x0000001000000289, 0x4000000020000000, 0x8000000000101000, 0x8000000080000000,
	0x0000000003FF3000, 0x0001000000000000, 0x0000000000000000, 0x0000020000000000,
};

static struct glyph glyph_of(uint32_t cp)
{
	struct glyph g = {.kind = GLYPH_DIGIT, .cp = cp};

	switch (cp) {
	case 0x3007: case 0x96F6: case 0x25CB: g.value = 0; break;                      /* 〇 零 ○ */
	case 0x4E00: g.value = 1; break;
	case 0x4E8C: g.value = 2; break;
	case 0x4E24: case 0x5169: g.value = 2; g.style = STYLE_TWO; break;              /* 两 兩 */
	case 0x4FE9: case 0x5006: g.value = 2; g.style = STYLE_WEAK; break;             /* 俩 倆 */
	case 0x4E09: g.value = 3; break;
	case 0x56DB: g.value = 4; break;
	case 0x4E94: g.value = 5; break;
	case 0x516D: g.value = 6; break;
	case 0x4E03: g.value = 7; break;
	case 0x516B: g.value = 8; break;
	case 0x4E5D: g.value = 9; break;
	case 0x58F9: case 0x5F0C: g.value = 1; g.style = STYLE_FINANCIAL; break;        /* 壹 弌 */
	case 0x8D30: case 0x8CB3: g.value = 2; g.style = STYLE_FINANCIAL; break;        /* 贰 貳 */
	case 0x53C1: g.value = 3; g.style = STYLE_FINANCIAL; break;                     /* 叁 */
	case 0x53C2: case 0x53C3: g.value = 3; g.style = STYLE_WEAK; break;             /* 参 參 */
	case 0x8086: g.value = 4; g.style = STYLE_WEAK; break;                          /* 肆 */
	case 0x4F0D: g.value = 5; g.style = STYLE_WEAK; break;                          /* 伍 */
	case 0x9646: case 0x9678: g.value = 6; g.style = STYLE_WEAK; break;             /* 陆 陸 */
	case 0x67D2: g.value = 7; g.style = STYLE_FINANCIAL; break;                     /* 柒 */
	case 0x634C: g.value = 8; g.style = STYLE_FINANCIAL; break;                     /* 捌 */
	case 0x7396: g.value = 9; g.style = STYLE_FINANCIAL; break;                     /* 玖 */
	case 0x5EFF: case 0x5344: g.kind = GLYPH_TENS; g.value = 2; break;              /* 廿 卄 */
	case 0x5345: g.kind = GLYPH_TENS; g.value = 3; break;                           /* 卅 */
	case 0x534C: g.kind = GLYPH_TENS; g.value = 4; break;                           /* 卌 */
	case 0x5341: g.kind = GLYPH_UNIT; g.value = 1; break;
	case 0x767E: g.kind = GLYPH_UNIT; g.value = 2; break;
	case 0x5343: g.kind = GLYPH_UNIT; g.value = 3; break;
	case 0x62FE: g.kind = GLYPH_UNIT; g.value = 1; g.style = STYLE_WEAK; break;     /* 拾 */
	case 0x4F70: g.kind = GLYPH_UNIT; g.value = 2; g.style = STYLE_FINANCIAL; break; /* 佰 */
	case 0x4EDF: g.kind = GLYPH_UNIT; g.value = 3; g.style = STYLE_FINANCIAL; break; /* 仟 */
	case 0x4E07: case 0x842C: g.kind = GLYPH_BIG; g.value = 4; break;               /* 万 萬 */
	case 0x4EBF: case 0x5104: g.kind = GLYPH_BIG; g.value = 8; break;               /* 亿 億 */
	case 0x5146: g.kind = GLYPH_BIG; g.value = 12; break;                           /* 兆 */
	case 0x51E0: case 0x5E7E: case 0x6570: case 0x6578: g.kind = GLYPH_SOME; break; /* 几 幾 数 數 */
	case 0x4F59: case 0x9918: case 0x591A: g.kind = GLYPH_MORE; break;              /* 余 餘 多 */
	case 0x6765: case 0x4F86: g.kind = GLYPH_SORT; break;                           /* 来 來 */
	case 0x534A: g.kind = GLYPH_HALF; break;                                        /* 半 */
	case 0x70B9: case 0x9EDE: g.kind = GLYPH_POINT; break;                          /* 点 點 */
	default: g.kind = GLYPH_NONE;
	}
	return g;
}

static size_t blanks(const struct in *in, size_t at)
{
	for (int i = 0; i < 4 && in->flags & NUMERAL_SPACED && at < in->n && in->s[at] == ' '; i++)
		at++;
	return at;
}

struct glyph glyph_read(const struct in *in, size_t at)
{
	uint32_t cp;

	at = blanks(in, at);
	if (at >= in->n)
		return (struct glyph){.at = at, .end = at};
	size_t end = at + utf8_next(in->s + at, in->n - at, &cp);
	struct glyph g = {.cp = cp};
	if (cp - '0' < 10 || cp - 0xFF10 < 10) {
		g.kind = GLYPH_ARABIC;
		g.value = (int)(cp < 0x80 ? cp - '0' : cp - 0xFF10);
	} else if (cp >= 0x80) {
		g = glyph_of(cp);
	}
	if (cp == 0x82E5) {                     /* 若 counts in 若干 alone */
		uint32_t next = 0;
		if (end < in->n)
			end += utf8_next(in->s + end, in->n - end, &next);
		if (next == 0x5E72)
			g.kind = GLYPH_SOME;
	}
	g.at = at;
	g.end = end;
	return g;
}

size_t word_read(const struct in *in, size_t at, const char *word)
{
	for (size_t n = strlen(word), k; n > 0; word += k, n -= k) {
		uint32_t cp;
		at = blanks(in, at);
		k = utf8_next(word, n, &cp);
		if (in->n - at < k || memcmp(in->s + at, word, k) != 0)
			return 0;
		at += k;
	}
	return at;
}

bool char_in(const struct in *in, size_t at, const char *set)
{
	uint32_t cp;

	at = blanks(in, at);
	if (at >= in->n)
		return false;
	size_t k = utf8_next(in->s + at, in->n - at, &cp);
	if (cp == 0xFFFD)
		return false;
	for (size_t n = strlen(set), m; n > 0; set += m, n -= m) {
		uint32_t other;
		m = utf8_next(set, n, &other);
		if (m == k && other == cp)
			return true;
	}
	return false;
}

/* Words that begin with 余, 多, 来 and are no part of a number: 20余额, 100多元化. */
size_t more_read(const struct in *in, size_t at, enum numeral_bound *bound)
{
	struct glyph g = glyph_read(in, at);

	if (g.kind == GLYPH_SORT && !char_in(in, g.end, "自到源访电信看说临宾客")) {
		*bound = NUMERAL_ABOUT;
		return g.end;
	}
	if (g.kind != GLYPH_MORE)
		return 0;
	if (g.cp == 0x591A ? char_in(in, g.end, "样少") || word_read(in, g.end, "元化")
	    : char_in(in, g.end, "额款下地粮热"))
		return 0;
	*bound = NUMERAL_OVER;
	return g.end;
}
