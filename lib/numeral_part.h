/* numeral_part: what the readers of numerals share; private to lib/numeral*.c. */
#ifndef GONGWEN_NUMERAL_PART_H
#define GONGWEN_NUMERAL_PART_H

#include "numeral.h"
#include "text.h"

enum glyph_kind {
	GLYPH_NONE,
	GLYPH_ARABIC,           /* 0-9, ０-９ */
	GLYPH_DIGIT,            /* 〇一二…九 两 壹 */
	GLYPH_TENS,             /* 廿 卅 卌: value 2, 3, 4 */
	GLYPH_UNIT,             /* 十 百 千: value 1, 2, 3 */
	GLYPH_BIG,              /* 万 亿 兆: value 4, 8, 12 */
	GLYPH_SOME,             /* 几 数 若干 */
	GLYPH_MORE,             /* 余 多 */
	GLYPH_SORT,             /* 来, as in 十来个 */
	GLYPH_HALF,
	GLYPH_POINT             /* 点 */
};

enum glyph_style {
	STYLE_PLAIN,
	STYLE_FINANCIAL,        /* 壹 仟 */
	STYLE_WEAK,             /* 陆 肆 伍 拾 参: ends or begins everyday words as well */
	STYLE_TWO               /* 两: never read digit by digit */
};

struct glyph {
	enum glyph_kind kind;
	enum glyph_style style;
	int value;
	uint32_t cp;            /* 0 at the end of the text */
	size_t at, end;
};

/* A flag of the inside: what stands before has shown that a number follows. */
enum { NUMERAL_INSIDE = 1 << 8 };

struct in {
	const char *s;
	size_t n;
	int flags;
};

/* One number without its range. */
struct part {
	struct numeral n;
	size_t end;
	int share;              /* power of ten that the lower end of a range may share: 5—10万 */
	bool whole;             /* an integer as written, no point */
	bool lead;              /* a scale word leads: 万, 千三 */
};

/* The glyph at AT; with NUMERAL_SPACED, behind up to four blanks. */
struct glyph glyph_read(const struct in *in, size_t at);

/* The end of WORD where it stands at AT, else 0; blanks as above. */
size_t word_read(const struct in *in, size_t at, const char *word);

/* True where the character at AT is one of those of SET. */
bool char_in(const struct in *in, size_t at, const char *set);

/* The end of 余, 多, 来 at AT, else 0, unless they begin another word. */
size_t more_read(const struct in *in, size_t at, enum numeral_bound *bound);

/* The two kinds; false where none starts at AT. */
bool arabic_read(const struct in *in, size_t at, struct part *p);
bool chinese_read(const struct in *in, size_t at, struct part *p);

/* True for two digits that stand for a range: 三四十, 七八, 三五. */
bool digits_pair(struct glyph a, struct glyph b);

/* Two and more digits at AT that no unit follows: 二〇二三, or a loose range, 七八.
 * False where they are none. */
bool digits_read(const struct in *in, size_t at, struct part *p);

/* 点 and digits behind the number WHOLE that ends at p->end, with 万 and 亿 where
 * WHOLE is SMALL (has none itself). False where they are none. */
bool point_read(const struct in *in, struct part *p, __int128 whole, bool small);

/* Sets value and digits of P from a whole number of at most 18 digits; else huge. */
void part_set(struct part *p, __int128 v);

#endif
