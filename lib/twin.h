/* twin: near-duplicates, the same report at two addresses. One of them is chosen. */
#ifndef GONGWEN_TWIN_H
#define GONGWEN_TWIN_H

#include "text.h"

struct twin {
	uint64_t fingerprint;           /* of the text; 0: it has none, and no twin */
	uint64_t region, subject, period;       /* numbers or hashes of names; 0: not known */
	uint32_t facts;
	uint32_t chosen;                /* out: index of the chosen one, or this one's own */
	uint32_t distance;              /* out: bits in which the two fingerprints differ */
};

/* The fingerprint as decode writes it, in hex; 0 where it is none. */
uint64_t twin_fingerprint(struct str hex);

/* Finds them: fingerprints that differ in three bits at most, of one region, subject and
 * period as far as these are known, with about as many facts. Chosen is one whose
 * region, subject and period are known, of these the one with the most facts, then the
 * first. */
void twin_find(struct twin *items, size_t n);

#endif
