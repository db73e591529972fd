/* decimal: exact decimal numbers, never binary floating point.
 *
 * A value is mant * 10^exp. Up to 18 digits are held; what does not fit is an
 * error return, never a wrap. */
#ifndef GONGWEN_DECIMAL_H
#define GONGWEN_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct decimal {
	int64_t mant;
	int exp;                /* power of ten */
};

enum { DECIMAL_TEXT = 64 };     /* room that decimal_format needs */

/* Reads ASCII digits with an optional sign and one optional point; the zeros
 * behind the point are kept in exp. False where S is nothing but that, or holds
 * more than 18 digits. */
bool decimal_parse(const char *s, size_t n, struct decimal *out);

/* Strips zeros at the end of the mantissa; 0 becomes 0*10^0. */
struct decimal decimal_norm(struct decimal a);

/* a * 10^k; never fails. */
struct decimal decimal_shift(struct decimal a, int k);

/* Exact; false on overflow. */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_sub(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_mul(struct decimal a, struct decimal b, struct decimal *out);

/* -1, 0, 1; exact for all values. */
int decimal_cmp(struct decimal a, struct decimal b);

/* a / b to PLACES digits behind the point, rounded half away from zero, or cut
 * (truncation). False where b is 0 or the result does not fit. */
bool decimal_div_round(struct decimal a, struct decimal b, int places, struct decimal *out);
bool decimal_div_cut(struct decimal a, struct decimal b, int places, struct decimal *out);

bool decimal_is_int(struct decimal a);
bool decimal_to_int(struct decimal a, int64_t *out);    /* false: no integer of 64 bits */
double decimal_to_double(struct decimal a);             /* nearest */

/* The shortest decimal that reads back as V; false for infinities, NaN and
 * what needs more than 18 digits. */
bool decimal_from_double(double v, struct decimal *out);

/* Plain notation, no exponent, no sign on zero, into BUF (DECIMAL_TEXT bytes,
 * NUL-terminated); returns the length. Values too long for the buffer come out
 * in exponent notation (hostile input only). */
size_t decimal_format(struct decimal a, char *buf);

#endif
