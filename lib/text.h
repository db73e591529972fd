/* text: byte strings, ranges of a text, and UTF-8.
 *
 * All offsets are bytes of a document's text, as half-open ranges [b, e). */
#ifndef GONGWEN_TEXT_H
#define GONGWEN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A string that somebody else owns; not NUL-terminated. s is NULL for none. */
struct str {
	const char *s;
	size_t n;
};

/* A range of a text; SPAN_NONE where there is none. */
struct span {
	uint32_t b, e;
};

#define SPAN_NONE ((struct span){UINT32_MAX, UINT32_MAX})
#define STR(literal) ((struct str){literal, sizeof(literal) - 1})
#define STR_ARG(x) (int)(x).n, (x).s   /* for "%.*s" */

static inline bool span_is_none(struct span a) { return a.b == UINT32_MAX; }

static inline struct str str_of(const char *z)
{
	return (struct str){z, z ? strlen(z) : 0};
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

static inline bool str_is(struct str a, const char *z)
{
	return a.s && strlen(z) == a.n && memcmp(a.s, z, a.n) == 0;
}

static inline bool str_starts(struct str a, struct str b)
{
	return a.n >= b.n && memcmp(a.s, b.s, b.n) == 0;
}

static inline bool str_ends(struct str a, struct str b)
{
	return a.n >= b.n && memcmp(a.s + a.n - b.n, b.s, b.n) == 0;
}

static inline struct str str_sub(struct str a, size_t b, size_t e)
{
	return (struct str){a.s + b, e - b};
}

/* Orders by bytes, shorter first: negative, 0, positive. */
int str_cmp(struct str a, struct str b);

/* Finds NEEDLE in HAY from offset FROM; SIZE_MAX where it does not occur. */
size_t str_find(struct str hay, struct str needle, size_t from);

/* Strips ASCII white space and the spaces of Chinese typography (U+3000,
 * U+2002..U+200B, U+00A0, U+FEFF) at both ends. */
struct str str_trim(struct str a);

/* Bytes of the white-space character at s (0 where there is none): ASCII space,
 * tab, CR, LF, FF, VT and the spaces that str_trim names. */
size_t space_at(const char *s, size_t n);

/* Decodes the character at s[0..n). Returns its length, 1..4, and puts its code
 * point into *CP; an ill-formed byte gives length 1 and *CP = 0xFFFD. n > 0. */
static inline size_t utf8_next(const char *s, size_t n, uint32_t *cp)
{
	const uint8_t *p = (const uint8_t *)s;
	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	if (n >= 3 && p[0] >= 0xE0 && p[0] < 0xF0 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
		uint32_t c = (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63);
		if (c >= 0x800 && (c & 0xF800) != 0xD800) {
			*cp = c;
			return 3;
		}
	}
	if (n >= 2 && p[0] >= 0xC2 && p[0] < 0xE0 && (p[1] & 0xC0) == 0x80) {
		*cp = (uint32_t)(p[0] & 31) << 6 | (p[1] & 63);
		return 2;
	}
	if (n >= 4 && p[0] >= 0xF0 && p[0] < 0xF5 && (p[1] & 0xC0) == 0x80
	    && (p[2] & 0xC0) == 0x80 && (p[3] & 0xC0) == 0x80) {
		uint32_t c = (uint32_t)(p[0] & 7) << 18 | (uint32_t)(p[1] & 63) << 12
			| (uint32_t)(p[2] & 63) << 6 | (p[3] & 63);
		if (c >= 0x10000 && c <= 0x10FFFF) {
			*cp = c;
			return 4;
		}
	}
	*cp = 0xFFFD;
	return 1;
}

/* The start of the character that ends before offset I (> 0) of S. */
static inline size_t utf8_prev(const char *s, size_t i)
{
	size_t j = i - 1;
	while (j > 0 && i - j < 4 && ((uint8_t)s[j] & 0xC0) == 0x80)
		j--;
	return j;
}

/* True where no character of the UTF-8 text S is cut at offset I (<= S.n). */
static inline bool utf8_at(struct str s, size_t i)
{
	return i >= s.n || ((uint8_t)s.s[i] & 0xC0) != 0x80;
}

/* Writes CP as UTF-8 to OUT (at least 4 bytes); returns its length. */
size_t utf8_put(char *out, uint32_t cp);

/* The length of the longest prefix of S that is well-formed UTF-8 (RFC 3629: no
 * overlong forms, no surrogates, nothing above U+10FFFF). */
size_t utf8_valid(const char *s, size_t n);

/* True for a Han character (the unified blocks, extensions and 〇). */
bool is_han(uint32_t cp);

#endif
