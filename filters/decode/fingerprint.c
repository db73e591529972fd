#include "fingerprint.h"

/* A feature starts at a Han character whose UTF-8 has this byte behind the first:
 * about one in 26, of all meanings. */
enum { ANCHOR = 0xAE };

/* Votes are counted in bit planes: plane k holds bit k of all 64 counters, so
 * that one addition serves all of them. */
enum { PLANES = 6, ROUND = (1 << PLANES) - 1 };

struct votes {
	uint64_t planes[PLANES];
	uint32_t sums[64];
	uint32_t round, total;
};

static void votes_fold(struct votes *v)
{
	for (int bit = 0; bit < 64; bit++) {
		uint32_t n = 0;
		for (int k = 0; k < PLANES; k++)
			n |= (uint32_t)(v->planes[k] >> bit & 1) << k;
		v->sums[bit] += n;
	}
	memset(v->planes, 0, sizeof v->planes);
	v->total += v->round;
	v->round = 0;
}

static inline void votes_add(struct votes *v, uint64_t hash)
{
	for (int k = 0; k < PLANES; k++) {
		uint64_t carry = v->planes[k] & hash;
		v->planes[k] ^= hash;
		hash = carry;
	}
	if (++v->round == ROUND)
		votes_fold(v);
}

/* The next four letters from P on as one number; 0 where there are not so many. */
static uint64_t gram_at(const uint8_t *p, const uint8_t *end)
{
	uint64_t gram = 0;

	while (p < end) {
		unsigned cp = *p;
		if (cp >= 0xE0 && end - p >= 3) {
			cp = (cp & 15) << 12 | (unsigned)(p[1] & 63) << 6 | (p[2] & 63);
			p += 3;
			if (cp - 0x3400 >= 0xA000 - 0x3400)
				continue;
		} else {
			p++;
			if (!(cp - '0' < 10 || (cp < 0x80 && (cp | 32) - 'a' < 26)))
				continue;       /* the other bytes of a longer character, too */
		}
		gram = gram << 16 | cp;
		if (gram >> 48)
			return gram;
	}
	return 0;
}

static bool is_han_lead(uint8_t c)
{
	return c >= 0xE3 && c <= 0xE9;
}

bool fingerprint_make(struct str text, uint64_t *out)
{
	const uint8_t *p = (const uint8_t *)text.s, *end = p + text.n, *anchor;
	struct votes v = {0};

	/* memchr runs over the text at the speed of memory: what is looked at are the
	 * few characters that it finds */
	while (p < end && (anchor = memchr(p, ANCHOR, (size_t)(end - p))) != NULL) {
		const uint8_t *from = anchor - p >= 1 && is_han_lead(anchor[-1]) ? anchor - 1
			: anchor - p >= 2 && is_han_lead(anchor[-2]) ? anchor - 2 : NULL;
		p = from && end - from >= 3 ? from + 3 : anchor + 1;
		uint64_t gram = from ? gram_at(from, end) : 0;
		if (!gram)
			continue;
		uint64_t h = gram * 0x9E3779B97F4A7C15u;
		h ^= h >> 29;
		h *= 0xBF58476D1CE4E5B9u;
		votes_add(&v, h ^ h >> 32);
	}
	votes_fold(&v);
	*out = 0;
	for (int bit = 0; bit < 64; bit++)
		if (v.sums[bit] * 2 > v.total)
			*out |= (uint64_t)1 << bit;
	return v.total > 0;
}
