#include "fingerprint.h"

#include <endian.h>

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

bool fingerprint_make(struct str text, uint64_t *out)
{
	const uint8_t *p = (const uint8_t *)text.s, *end = p + text.n;
	struct votes v = {0};
	uint64_t gram = 0;

	while (end - p >= 4) {
		uint32_t w;
		memcpy(&w, p, 4);
		w = le32toh(w);
		unsigned cp = (w & 15) << 12 | (w >> 2 & 0xFC0) | (w >> 16 & 63);
		/* three bytes of a character in E3 90..E9 BF */
		if ((w & 0xC0C0F0) == 0x8080E0 && cp - 0x3400 < 0xA000 - 0x3400) {
			p += 3;
		} else {
			cp = *p++;
			if (!(cp - '0' < 10 || (cp | 32) - 'a' < 26))
				continue;       /* the other bytes of a longer character, too */
		}
		gram = gram << 16 | cp;
		uint64_t h = gram * 0x9E3779B97F4A7C15u;
		if (h >> 61 || !(gram >> 48))
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
