#include "exact.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct ratio bad = {0, 0};

static struct ratio reduced(__int128 n, __int128 d)
{
	__int128 a = n < 0 ? -n : n, b = d;

	if (d == 1)
		return (struct ratio){n, 1};
	if (!((a | b) >> 63)) {                         /* most fit: no division of 128 bits */
		uint64_t x = (uint64_t)a, y = (uint64_t)b;
		while (y) {
			uint64_t t = x % y;
			x = y;
			y = t;
		}
		if (x <= 1)
			return (struct ratio){n, d};
		int64_t m = (int64_t)x;
		return (struct ratio){(int64_t)n / m, (int64_t)d / m};
	}
	while (b) {
		__int128 t = a % b;
		a = b;
		b = t;
	}
	return a > 1 ? (struct ratio){n / a, d / a} : (struct ratio){n, d};
}

struct ratio ratio_int(int64_t n, int64_t d)
{
	return reduced(n, d);
}

struct ratio ratio_ten(int k)
{
	__int128 p = 1;

	if (k < -36 || k > 36)
		return bad;
	for (int i = k < 0 ? -k : k; i > 0; i--)
		p *= 10;
	return k < 0 ? (struct ratio){1, p} : (struct ratio){p, 1};
}

struct ratio ratio_of(struct decimal v)
{
	if (v.exp == 0)                                 /* counts */
		return (struct ratio){v.mant, 1};
	return ratio_mul((struct ratio){v.mant, 1}, ratio_ten(v.exp));
}

/* Ratios are in lowest terms: what is left to cancel stands crosswise. */
struct ratio ratio_mul(struct ratio a, struct ratio b)
{
	__int128 n, d;

	if (!a.d || !b.d)
		return bad;
	struct ratio x = reduced(a.n, b.d), y = reduced(b.n, a.d);
	if (__builtin_mul_overflow(x.n, y.n, &n) || __builtin_mul_overflow(x.d, y.d, &d))
		return bad;
	return (struct ratio){n, d};
}

struct ratio ratio_div(struct ratio a, struct ratio b)
{
	if (!a.d || !b.d || b.n == 0)
		return bad;
	return ratio_mul(a, b.n < 0 ? (struct ratio){-b.d, -b.n} : (struct ratio){b.d, b.n});
}

struct ratio ratio_add(struct ratio a, struct ratio b)
{
	__int128 x, y, n, d;

	if (!a.d || !b.d || __builtin_mul_overflow(a.n, b.d, &x) || __builtin_mul_overflow(b.n, a.d, &y)
	    || __builtin_add_overflow(x, y, &n) || __builtin_mul_overflow(a.d, b.d, &d))
		return bad;
	return reduced(n, d);
}

struct ratio ratio_sub(struct ratio a, struct ratio b)
{
	return ratio_add(a, (struct ratio){-b.n, b.d});
}

static inline bool fits_64(__int128 v)
{
	return v == (int64_t)v;
}

int ratio_cmp(struct ratio a, struct ratio b)
{
	if (a.d && b.d && fits_64(a.n) && fits_64(a.d) && fits_64(b.n) && fits_64(b.d)) {
		__int128 x = a.n * b.d, y = b.n * a.d;
		return (x > y) - (x < y);
	}
	struct ratio c = ratio_sub(a, b);
	return c.d ? (c.n > 0) - (c.n < 0) : 0;
}

double ratio_double(struct ratio a)
{
	return a.d ? (double)a.n / (double)a.d : 0;
}

struct range range_point(struct ratio v)
{
	return (struct range){.lo = v, .hi = v};
}

struct range range_between(struct ratio lo, struct ratio hi, bool open_lo, bool open_hi)
{
	return (struct range){lo, hi, open_lo, open_hi, false};
}

struct range range_from(struct ratio lo)
{
	return (struct range){.lo = lo, .hi = lo, .no_hi = true};
}

struct range range_add(struct range a, struct range b)
{
	return (struct range){ratio_add(a.lo, b.lo), ratio_add(a.hi, b.hi), a.open_lo || b.open_lo,
		a.open_hi || b.open_hi, a.no_hi || b.no_hi};
}

struct range range_sub(struct range a, struct range b)
{
	/* without an upper end of b there is no lower end: far below serves */
	struct ratio far = {-((__int128)1 << 60), 1};
	return (struct range){b.no_hi ? far : ratio_sub(a.lo, b.hi), ratio_sub(a.hi, b.lo),
		a.open_lo || b.open_hi, a.open_hi || b.open_lo, a.no_hi};
}

struct range range_div(struct range a, struct range b)
{
	struct range r = {.open_lo = a.open_lo || b.open_hi, .open_hi = a.open_hi || b.open_lo};

	r.no_hi = a.no_hi || (b.lo.d && b.lo.n <= 0);
	r.lo = b.no_hi ? (struct ratio){0, 1} : ratio_div(a.lo, b.hi);
	r.hi = r.no_hi ? r.lo : ratio_div(a.hi, b.lo);
	return r;
}

struct range range_mul(struct range a, struct ratio by)
{
	a.lo = ratio_mul(a.lo, by);
	a.hi = ratio_mul(a.hi, by);
	return a;
}

/* True where a's upper end lies below b's lower one. */
static bool below(struct range a, struct range b)
{
	if (a.no_hi)
		return false;
	if (!ratio_ok(a.hi) || !ratio_ok(b.lo))
		return false;
	int order = ratio_cmp(a.hi, b.lo);
	return order < 0 || (order == 0 && (a.open_hi || b.open_lo) && ratio_ok(ratio_sub(a.hi, b.lo)));
}

bool range_meet(struct range a, struct range b)
{
	return !below(a, b) && !below(b, a);
}

size_t ratio_places(struct ratio v, int places, char *buf)
{
	enum { ROOM = 64 };
	struct ratio scaled = ratio_mul(v, ratio_ten(places));
	if (!scaled.d)
		return (size_t)snprintf(buf, ROOM, "%.*f", places, ratio_double(v));
	__int128 n = scaled.n < 0 ? -scaled.n : scaled.n;
	__int128 q = n / scaled.d;
	if (2 * (n % scaled.d) >= scaled.d)             /* half up */
		q++;
	char rev[48];
	int k = 0;
	do {
		rev[k++] = (char)('0' + (int)(q % 10));
		q /= 10;
		if (k == places)
			rev[k++] = '.';
	} while (q > 0 || (places && k <= places + 1));
	size_t len = 0;
	if (v.n < 0)
		buf[len++] = '-';
	while (k > 0)
		buf[len++] = rev[--k];
	buf[len] = '\0';
	return len;
}

size_t ratio_text(struct ratio v, int digits, char *buf)
{
	if (!v.d) {
		memcpy(buf, "?", 2);
		return 1;
	}
	/* places behind the point that leave DIGITS significant ones */
	double size = fabs(ratio_double(v));
	int places = size > 0 ? digits - 1 - (int)floor(log10(size)) : 0;
	return ratio_places(v, places < 0 || v.d == 1 ? 0 : places > 8 ? 8 : places, buf);
}
