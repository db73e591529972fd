/* numeral: the numbers of Chinese text, Arabic and Chinese, in decimal arithmetic.
 *
 * One call reads the longest numeral that starts at a place. It looks only
 * forward, and never much further than the numeral itself, so that a caller who
 * asks at every place still runs in linear time. What stands before the numeral
 * is the caller's: 第, 近, 约, 上, letters, and the word that 数 may end
 * (人数十分); so is what stands behind it: units, %, 以上, 左右. */
#ifndef GONGWEN_NUMERAL_H
#define GONGWEN_NUMERAL_H

#include "decimal.h"

enum numeral_form {
	NUMERAL_ARABIC,         /* 1,535 １２３ 300余 */
	NUMERAL_CHINESE,        /* 两千零三 */
	NUMERAL_MIXED,          /* 1.2亿 3万5千 500余万 */
	NUMERAL_FINANCIAL       /* 壹仟贰佰 */
};

enum numeral_type {
	NUMERAL_NUMBER,
	NUMERAL_PERCENT,        /* 百分之九十八点五: value in percent */
	NUMERAL_PERMILLE,       /* 千分之三: value in permille */
	NUMERAL_FRACTION,       /* 三分之一 1/4 一半 万分之五: num/den is exact, value is rounded to 15 places */
	NUMERAL_TENTHS,         /* 九成 三成五: value in percent */
	NUMERAL_DISCOUNT        /* 八五折: value in percent of the full price */
};

enum numeral_bound {
	NUMERAL_EXACT,
	NUMERAL_ABOUT,          /* 几十 数百 十来: value is that of the scale */
	NUMERAL_OVER,           /* 余 多 几 in or behind the numeral */
	NUMERAL_UNDER           /* never set here; for callers */
};

enum numeral_flags {
	NUMERAL_BARE_SCALE = 1, /* 百 千 万 亿 alone are 100, 1000 …: for callers who saw 上, 近, 逾 before */
	NUMERAL_SIGNED = 2,     /* a sign (- − 负) or a decimal point may lead */
	NUMERAL_SPACED = 4,     /* blanks may stand between the characters of a Chinese numeral */
	NUMERAL_JOINED = 8      /* 120 345 is one number, and no two cells of a table */
};

enum { NUMERAL_DIGITS = DECIMAL_TEXT };

struct numeral {
	struct decimal value;           /* digits * 10^scale, as type says */
	struct decimal high;            /* upper end of a range */
	struct decimal num, den;        /* of a fraction */
	enum numeral_form form;
	enum numeral_type type;
	enum numeral_bound bound;
	int scale;                      /* power of ten of the scale word of value: 万 4, 千万 7; 0 in pure Chinese
	                                 * integers, where digits hold the whole value */
	int place;                      /* power of ten of the last place that is named, hence the precision:
	                                 * 1.90 -2, 1.2亿 7, 两万 4, 三百五十 1, 300 0 */
	bool range;                     /* high holds: 10至20, 三四十, 2021—2025 */
	bool loose;                     /* digits that mean a range only before a unit: 三五 两三 十七八 十四五 */
	bool positional;                /* digit by digit: 二〇二三 */
	bool bare;                      /* nothing but scale words: 万 百余 上千万 */
	bool dotted;                    /* 1.2.3: all of it is read, value is the first part */
	bool huge;                      /* more than 18 digits: all are read, value is 0 */
	char digits[NUMERAL_DIGITS];    /* mantissa of value in ASCII, zeros kept: 1152.47 1535 007 1.90 */
};

/* Which last bytes the characters have that may start a numeral. */
extern const uint64_t numeral_starts[64];

/* False where no numeral can start in the N bytes at S; true says only that it is
 * worth asking. Signs and points do not start one here (NUMERAL_SIGNED). */
static inline bool numeral_may_start(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;

	if (n == 0)
		return false;
	if (u[0] < 0x80)
		return u[0] >= '0' && u[0] <= '9';
	if (n < 3 || u[0] < 0xE3 || u[0] > 0xEF || (u[0] == 0xEF && u[2] == 0x8C))
		return false;           /* ， has the last bytes of 弌 */
	return numeral_starts[u[1] & 63] >> (u[2] & 63) & 1;
}

/* Reads the longest numeral that starts in the N bytes of UTF-8 at S. Returns the
 * bytes that it takes, 0 where there is none; *out is set in either case. Never
 * fails: bytes that are no UTF-8 end a numeral. */
size_t numeral_read(const char *s, size_t n, struct numeral *out);
size_t numeral_read_flags(const char *s, size_t n, int flags, struct numeral *out);

#endif
