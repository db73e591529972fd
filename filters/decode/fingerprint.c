#include "fingerprint.h"

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
	for (int k = 0; hash && k < PLANES; k++) {
		uint64_t carry = v->planes[k] & hash;
		v->planes[k] ^= hash;
		hash = carry;
	}
	if (++v->round == ROUND)
		votes_fold(v);
}

bool fingerprint_make(struct str text, uint64_t *out)
{
	const uint8_t *p = (const uint8_t *)text.s, *end = p + text.n;
	struct votes v = {0};
	uint64_t gram = 0;
	unsigned chars = 0;

	while (p < end) {
		unsigned cp = *p;
		if (cp >= 0xE3 && cp <= 0xE9 && end - p >= 3) {
			cp = (cp & 15) << 12 | (unsigned)(p[1] & 63) << 6 | (p[2] & 63);
			p += 3;
			if (cp < 0x3400)
				continue;
		} else {
			p++;
			if (cp >= 0x80 || !((cp >= '0' && cp <= '9') || ((cp | 32) >= 'a' && (cp | 32) <= 'z')))
				continue;       /* the other bytes of a longer character, too */
		}
		gram = gram << 16 | cp;
		if (++chars < 4)
			continue;
		uint64_t h = gram * 0x9E3779B97F4A7C15u;
		if (h >> 62)
			continue;
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
