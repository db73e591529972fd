/* exact: ratios and ranges of them, without rounding.
 *
 * A figure of a report stands for a range: 57% is [56.5, 57.5), 近 and 余 and 以上
 * are ranges by themselves. Ranges decide, so that no verdict hangs on binary
 * fractions. What does not fit 128 bits becomes "not a number", which meets
 * everything: an audit must not accuse where it cannot calculate. */
#ifndef AUDIT_EXACT_H
#define AUDIT_EXACT_H

#include "decimal.h"
#include "text.h"

struct ratio {
	__int128 n, d;          /* d > 0; d == 0: not a number */
};

struct range {
	struct ratio lo, hi;
	bool open_lo, open_hi;  /* the end itself is left out */
	bool no_hi;             /* no upper end */
};

struct ratio ratio_of(struct decimal v);
struct ratio ratio_int(int64_t n, int64_t d);
struct ratio ratio_add(struct ratio a, struct ratio b);
struct ratio ratio_sub(struct ratio a, struct ratio b);
struct ratio ratio_mul(struct ratio a, struct ratio b);
struct ratio ratio_div(struct ratio a, struct ratio b);
static inline bool ratio_ok(struct ratio a) { return a.d != 0; }

/* -1, 0, 1; 0 where either is not a number. */
int ratio_cmp(struct ratio a, struct ratio b);
double ratio_double(struct ratio a);

/* 10^k. */
struct ratio ratio_ten(int k);

struct range range_point(struct ratio v);
struct range range_between(struct ratio lo, struct ratio hi, bool open_lo, bool open_hi);
struct range range_from(struct ratio lo);               /* [lo, no end) */

/* For ranges of numbers >= 0 (sub: any). */
struct range range_add(struct range a, struct range b);
struct range range_sub(struct range a, struct range b);
struct range range_div(struct range a, struct range b);
struct range range_mul(struct range a, struct ratio by);        /* by > 0 */

/* True where some number lies in both, and where one of them is not a number. */
bool range_meet(struct range a, struct range b);

/* V to DIGITS significant digits, plain notation, zeros kept: 57.40 (arena-free:
 * BUF needs 64 bytes). Returns the length. */
size_t ratio_text(struct ratio v, int digits, char *buf);
/* The same to PLACES behind the point. */
size_t ratio_places(struct ratio v, int places, char *buf);

#endif
