/* short: values in MessagePack's short forms, read where they stand.
 *
 * Records hold millions of small integers, ranges and names. These reads take them
 * without a token; each returns false, with the cursor where it was, where the value has
 * another form, is cut or is of another type: then the reads of unpack.h decide. The
 * cursor must be without an error. */
#ifndef GONGWEN_SHORT_H
#define GONGWEN_SHORT_H

#include "unpack.h"

/* An integer of 0 .. 2^32-1 (MessagePack specification: positive fixint, uint 8, 16, 32). */
static inline bool short_uint(struct cursor *c, uint32_t *v)
{
	const uint8_t *p = c->p;
	size_t left = (size_t)(c->end - p);

	if (left >= 1 && p[0] < 0x80) {
		*v = p[0];
		c->p += 1;
	} else if (left >= 3 && p[0] == 0xCD) {
		*v = (uint32_t)p[1] << 8 | p[2];
		c->p += 3;
	} else if (left >= 5 && p[0] == 0xCE) {
		*v = (uint32_t)p[1] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 8 | p[4];
		c->p += 5;
	} else if (left >= 2 && p[0] == 0xCC) {
		*v = p[1];
		c->p += 2;
	} else {
		return false;
	}
	return true;
}

static inline bool short_nil(struct cursor *c)
{
	bool nil = c->p < c->end && *c->p == 0xC0;

	c->p += nil;
	return nil;
}

/* The header of an array of exactly N items, N < 16. */
static inline bool short_array(struct cursor *c, unsigned n)
{
	bool is = c->p < c->end && *c->p == (0x90 | n);

	c->p += is;
	return is;
}

/* A string of less than 64 KiB; its bytes are not looked at. */
static inline bool short_bytes(struct cursor *c, struct str *s)
{
	const uint8_t *p = c->p;
	size_t left = (size_t)(c->end - p), n, head;

	if (left >= 1 && (p[0] & 0xE0) == 0xA0) {
		n = p[0] & 31;
		head = 1;
	} else if (left >= 2 && p[0] == 0xD9) {
		n = p[1];
		head = 2;
	} else if (left >= 3 && p[0] == 0xDA) {
		n = (size_t)p[1] << 8 | p[2];
		head = 3;
	} else {
		return false;
	}
	if (left - head < n)
		return false;
	*s = (struct str){(const char *)p + head, n};
	c->p += head + n;
	return true;
}

/* Is S, a string of the record, UTF-8? Most are ASCII, or one character of Chinese (a unit):
 * these are seen without a call. */
static inline bool short_valid(const struct cursor *c, struct str s)
{
	size_t i = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const size_t room = (size_t)(c->end - (const uint8_t *)s.s);
	for (uint64_t w; i < s.n && room - i >= sizeof w; i += sizeof w) {
		memcpy(&w, s.s + i, sizeof w);
		if (s.n - i < sizeof w)
			w &= (UINT64_C(1) << (8 * (s.n - i))) - 1;
		if (s.n == 3 && (w & 0xC0C0F0) == 0x8080E0 && (w & 0xFF) != 0xE0 && (w & 0xFF) != 0xED)
			return true;
		if (w & UINT64_C(0x8080808080808080))
			break;
	}
#else
	(void)c;
#endif
	return i >= s.n || utf8_valid(s.s + i, s.n - i) == s.n - i;
}

/* The same for UTF-8; nil gives {NULL, 0}. */
static inline bool short_str(struct cursor *c, struct str *out)
{
	const uint8_t *start = c->p;
	struct str s = {NULL, 0};

	if (!short_nil(c)) {
		if (!short_bytes(c, &s))
			return false;
		if (!short_valid(c, s)) {
			c->p = start;
			return false;
		}
	}
	*out = s;
	return true;
}

/* A range [b, e] with b <= e; nil gives SPAN_NONE. */
static inline bool short_span(struct cursor *c, struct span *out)
{
	const uint8_t *start = c->p;
	uint32_t b = UINT32_MAX, e = UINT32_MAX;

	if (!short_nil(c) && !(short_array(c, 2) && short_uint(c, &b) && short_uint(c, &e) && b <= e && e < UINT32_MAX)) {
		c->p = start;
		return false;
	}
	*out = (struct span){b, e};
	return true;
}

#endif
