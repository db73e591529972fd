#include "decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef __int128 wide;

static const int64_t most = 999999999999999999;         /* 18 digits */

static bool fit(wide m, int exp, struct decimal *out)
{
	while ((m > most || m < -most) && m % 10 == 0) {
		m /= 10;
		exp++;
	}
	if (m > most || m < -most || exp > 10000 || exp < -10000)
		return false;
	*out = (struct decimal){(int64_t)m, exp};
	return true;
}

bool decimal_parse(const char *s, size_t n, struct decimal *out)
{
	bool neg = n > 0 && (*s == '-' || *s == '+') && *s == '-';
	size_t i = n > 0 && (*s == '-' || *s == '+'), digits = 0;
	struct decimal v = {0, 0};
	bool point = false;

	for (; i < n; i++) {
		if (s[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (s[i] < '0' || s[i] > '9')
			return false;
		if (v.mant > (most - 9) / 10)
			return false;
		v.mant = v.mant * 10 + (s[i] - '0');
		v.exp -= point;
		digits++;
	}
	if (neg)
		v.mant = -v.mant;
	*out = v;
	return digits > 0;
}

struct decimal decimal_norm(struct decimal a)
{
	if (a.mant == 0)
		return (struct decimal){0, 0};
	while (a.mant % 10 == 0) {
		a.mant /= 10;
		a.exp++;
	}
	return a;
}

struct decimal decimal_shift(struct decimal a, int k)
{
	a.exp += k;
	return a;
}

/* Brings both to the smaller exponent; false where that does not fit. */
static bool align(struct decimal *a, struct decimal *b, wide *x, wide *y, int *exp)
{
	*a = decimal_norm(*a);
	*b = decimal_norm(*b);
	if (a->mant == 0)
		a->exp = b->exp;
	if (b->mant == 0)
		b->exp = a->exp;
	*exp = a->exp < b->exp ? a->exp : b->exp;
	*x = a->mant;
	*y = b->mant;
	if (a->exp - *exp > 19 || b->exp - *exp > 19)
		return false;
	for (int k = a->exp; k > *exp; k--)
		*x *= 10;
	for (int k = b->exp; k > *exp; k--)
		*y *= 10;
	return true;
}

bool decimal_add(struct decimal a, struct decimal b, struct decimal *out)
{
	wide x, y;
	int exp;
	return align(&a, &b, &x, &y, &exp) && fit(x + y, exp, out);
}

bool decimal_sub(struct decimal a, struct decimal b, struct decimal *out)
{
	b.mant = -b.mant;
	return decimal_add(a, b, out);
}

bool decimal_mul(struct decimal a, struct decimal b, struct decimal *out)
{
	a = decimal_norm(a);
	b = decimal_norm(b);
	return fit((wide)a.mant * b.mant, a.exp + b.exp, out);
}

static int sign(int64_t v) { return (v > 0) - (v < 0); }

int decimal_cmp(struct decimal a, struct decimal b)
{
	wide x, y;
	int exp;

	if (sign(a.mant) != sign(b.mant))
		return sign(a.mant) < sign(b.mant) ? -1 : 1;
	if (!align(&a, &b, &x, &y, &exp))       /* 19 places apart: the larger exponent wins */
		return (a.exp > b.exp) == (a.mant > 0) ? 1 : -1;
	return (x > y) - (x < y);
}

static bool divide(struct decimal a, struct decimal b, int places, bool cut, struct decimal *out)
{
	a = decimal_norm(a);
	b = decimal_norm(b);
	if (b.mant == 0)
		return false;
	wide x = a.mant, y = b.mant;
	int shift = a.exp - b.exp + places;
	if (shift > 19 || shift < -19)
		return false;
	for (; shift > 0; shift--)
		x *= 10;
	for (; shift < 0; shift++)
		y *= 10;
	wide q = x / y, rest = x % y;
	if (!cut && 2 * (rest < 0 ? -rest : rest) >= (y < 0 ? -y : y))
		q += (x < 0) == (y < 0) ? 1 : -1;
	return fit(q, -places, out);
}

bool decimal_div_round(struct decimal a, struct decimal b, int places, struct decimal *out)
{
	return divide(a, b, places, false, out);
}

bool decimal_div_cut(struct decimal a, struct decimal b, int places, struct decimal *out)
{
	return divide(a, b, places, true, out);
}

bool decimal_to_int(struct decimal a, int64_t *out)
{
	a = decimal_norm(a);
	if (a.exp < 0 || a.exp > 18)
		return false;
	wide v = a.mant;
	for (; a.exp > 0; a.exp--)
		v *= 10;
	if (v > INT64_MAX || v < INT64_MIN)
		return false;
	*out = (int64_t)v;
	return true;
}

bool decimal_is_int(struct decimal a)
{
	return decimal_norm(a).exp >= 0;
}

/* Powers of ten that a double holds exactly. */
static const double tens[] = {
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
};
enum { TENS_MOST = sizeof tens / sizeof *tens - 1 };

double decimal_to_double(struct decimal a)
{
	char text[48];

	/* two exact doubles and one operation: rounded once (Clinger, How to read floating point numbers accurately) */
	if (a.mant > -(INT64_C(1) << 53) && a.mant < INT64_C(1) << 53 && a.mant && a.exp >= -TENS_MOST && a.exp <= TENS_MOST)
		return a.exp < 0 ? (double)a.mant / tens[-a.exp] : (double)a.mant * tens[a.exp];
	snprintf(text, sizeof text, "%llde%d", (long long)a.mant, a.exp);
	return strtod(text, NULL);
}

bool decimal_from_double(double v, struct decimal *out)
{
	char text[40];

	if (!isfinite(v))
		return false;
	/* Few places, as figures have them: a decimal of up to 15 digits that gives the double
	 * is the one that 15 digits would print. */
	for (int places = 0; places <= 4; places++) {
		double whole = rint(v * tens[places]);
		if (fabs(whole) < 1e15 && whole / tens[places] == v) {
			*out = decimal_norm((struct decimal){(int64_t)whole, -places});
			return true;
		}
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*e", digits - 1, v);
		if (strtod(text, NULL) == v)
			break;
	}
	char *e = strchr(text, 'e');
	if (!e || !decimal_parse(text, (size_t)(e - text), out))
		return false;
	out->exp += atoi(e + 1);
	*out = decimal_norm(*out);
	return true;
}

size_t decimal_format(struct decimal a, char *buf)
{
	char digits[24];

	a = decimal_norm(a);
	int n = snprintf(digits, sizeof digits, "%lld", (long long)(a.mant < 0 ? -a.mant : a.mant));
	char *p = buf;
	if (a.mant < 0)
		*p++ = '-';
	if (n + (a.exp > 0 ? a.exp : -a.exp) + 4 > DECIMAL_TEXT)
		return (size_t)snprintf(buf, DECIMAL_TEXT, "%llde%d", (long long)a.mant, a.exp);
	if (a.exp >= 0) {
		memcpy(p, digits, (size_t)n);
		memset(p + n, '0', (size_t)a.exp);
		p += n + a.exp;
	} else if (-a.exp < n) {
		int whole = n + a.exp;
		memcpy(p, digits, (size_t)whole);
		p[whole] = '.';
		memcpy(p + whole + 1, digits + whole, (size_t)-a.exp);
		p += n + 1;
	} else {
		*p++ = '0';
		*p++ = '.';
		memset(p, '0', (size_t)(-a.exp - n));
		p += -a.exp - n;
		memcpy(p, digits, (size_t)n);
		p += n;
	}
	*p = '\0';
	return (size_t)(p - buf);
}
