/* numeral: the numbers of Chinese prose, in exact decimal arithmetic.
 *
 * Arabic (half and full width, grouped by commas or thin spaces), Chinese,
 * financial (壹仟贰佰) and mixed ones (1.2亿, 3千万), with the words of vagueness
 * that stand inside or right behind them (1800余万, 三十多, 几十万). Modifiers
 * before a number (近, 约) and behind its unit (以上) are the caller's. */
#ifndef GONGWEN_NUMERAL_H
#define GONGWEN_NUMERAL_H

#include "decimal.h"
#include "text.h"

enum numeral_form { NUMERAL_ARABIC, NUMERAL_CHINESE, NUMERAL_MIXED, NUMERAL_FINANCIAL };
enum numeral_type {
	NUMERAL_NUMBER,
	NUMERAL_PERCENT,        /* 百分之九十八点五: value 98.5 */
	NUMERAL_PERMILLE,       /* 千分之三 */
	NUMERAL_FRACTION,       /* 三分之一, 1/4: value num/den to six places */
	NUMERAL_TENTHS,         /* 九成, 三成五: value in percent */
	NUMERAL_DISCOUNT        /* 八五折: value in percent */
};
enum numeral_bound { NUMERAL_EXACT, NUMERAL_ABOUT, NUMERAL_OVER, NUMERAL_UNDER };

enum { NUMERAL_DIGITS = 40 };

struct numeral {
	struct decimal value;
	struct decimal high;            /* upper end where range */
	bool range;                     /* 5—10万, 三四十, 十至二十 */
	enum numeral_form form;
	enum numeral_type type;
	enum numeral_bound bound;       /* 余, 多: over; 几十, 数百: about */
	char digits[NUMERAL_DIGITS];    /* mantissa as written, ASCII, zeros kept */
	int scale;                      /* value = digits * 10^scale */
	int64_t num, den;               /* of a fraction */
	bool bare;                      /* only a scale word: 百, 万余 */
	bool positional;                /* 二〇二三: digit by digit */
	bool loose;                     /* 三五: a range only by the ear */
	bool dotted;                    /* 1.2.3: no number */
	bool huge;                      /* more digits than a number has */
};

enum { NUMERAL_BARE_SCALE = 1 };        /* flag: take 百, 千, 万, 亿 without a digit */

/* True where a numeral may start at s: a cheap test of its first character. */
bool numeral_may_start(const char *s, size_t n);

/* Reads the longest numeral that starts at s. Returns its bytes, 0 for none.
 * Never looks further than a few characters behind it. */
size_t numeral_read(const char *s, size_t n, struct numeral *out);
size_t numeral_read_flags(const char *s, size_t n, int flags, struct numeral *out);

#endif
