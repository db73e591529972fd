#include "text.h"

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.s, b.s, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

size_t str_find(struct str hay, struct str needle, size_t from)
{
	if (from > hay.n || needle.n > hay.n - from)
		return SIZE_MAX;
	const char *p = memmem(hay.s + from, hay.n - from, needle.s, needle.n);
	return p ? (size_t)(p - hay.s) : SIZE_MAX;
}

size_t space_at(const char *s, size_t n)
{
	if (n == 0)
		return 0;
	uint8_t c = (uint8_t)s[0];
	if (c == ' ' || (c >= '\t' && c <= '\r'))
		return 1;
	if (c == 0xC2 && n >= 2 && (uint8_t)s[1] == 0xA0)       /* U+00A0 */
		return 2;
	if (n < 3)
		return 0;
	uint8_t d = (uint8_t)s[1], e = (uint8_t)s[2];
	if (c == 0xE3 && d == 0x80 && e == 0x80)                /* U+3000 */
		return 3;
	if (c == 0xE2 && d == 0x80 && ((e >= 0x80 && e <= 0x8B) || e == 0xAF))
		return 3;                                       /* U+2000..200B, 202F */
	if (c == 0xEF && d == 0xBB && e == 0xBF)                /* U+FEFF */
		return 3;
	return 0;
}

struct str str_trim(struct str a)
{
	size_t k;
	while ((k = space_at(a.s, a.n)) > 0) {
		a.s += k;
		a.n -= k;
	}
	while (a.n > 0) {
		size_t at = utf8_prev(a.s, a.n);
		if (space_at(a.s + at, a.n - at) != a.n - at)
			break;
		a.n = at;
	}
	return a;
}

size_t utf8_put(char *out, uint32_t cp)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 63));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 63));
		out[2] = (char)(0x80 | (cp & 63));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 63));
	out[2] = (char)(0x80 | (cp >> 6 & 63));
	out[3] = (char)(0x80 | (cp & 63));
	return 4;
}

/* Are the twelve bytes at P four characters of three bytes, none of them with a lead byte that
 * restricts what follows (E0, ED)? False tells nothing. */
static inline bool are_four(const uint8_t *p)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const uint64_t low = 0x000F00000F00000F, ed = 0x000D00000D00000D, over = 0x0010000010000010;
	uint64_t a;
	uint32_t b;

	memcpy(&a, p, 8);
	memcpy(&b, p + 8, 4);
	if ((a & 0xC0F0C0C0F0C0C0F0) != 0x80E08080E08080E0 || (b & 0xC0C0F0C0) != 0x8080E080)
		return false;
	/* half a byte plus 15 runs over, unless it is 0 */
	uint64_t x = a & low;
	return ((x + low) & ((x ^ ed) + low) & over) == over && p[9] != 0xE0 && p[9] != 0xED;
#else
	(void)p;
	return false;
#endif
}

size_t utf8_valid(const char *s, size_t n)
{
	const uint8_t *p = (const uint8_t *)s;
	size_t i = 0;

	while (i < n) {
		uint64_t w;
		uint8_t c = p[i];
		if (c < 0x80) {
			if (n - i >= 8 && (memcpy(&w, p + i, 8), (w & 0x8080808080808080u) == 0))
				i += 8;
			else
				i++;
		} else if (n - i >= 12 && are_four(p + i)) {            /* nearly all of Chinese */
			i += 12;
		} else if (c >= 0xE1 && c <= 0xEF && c != 0xED) {
			if (n - i < 3 || (p[i + 1] & 0xC0) != 0x80 || (p[i + 2] & 0xC0) != 0x80)
				return i;
			i += 3;
		} else {
			size_t k = c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
			if (k == 0 || n - i < k)
				return i;
			uint8_t lo = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
			uint8_t hi = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
			if (p[i + 1] < lo || p[i + 1] > hi)
				return i;
			for (size_t j = 2; j < k; j++)
				if ((p[i + j] & 0xC0) != 0x80)
					return i;
			i += k;
		}
	}
	return i;
}

bool is_han(uint32_t cp)
{
	return (cp >= 0x4E00 && cp <= 0x9FFF) || cp == 0x3007 || cp == 0x3005
		|| (cp >= 0x3400 && cp <= 0x4DBF) || (cp >= 0xF900 && cp <= 0xFAFF)
		|| (cp >= 0x20000 && cp <= 0x323AF);
}
