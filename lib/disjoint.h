/* disjoint: sets of numbers that are united step by step (a disjoint-set forest: Galler and
 * Fischer 1964, with path halving).
 *
 * UP has a place for each number. At first each is its own set: up[i] == i. */
#ifndef GONGWEN_DISJOINT_H
#define GONGWEN_DISJOINT_H

#include <stdint.h>

/* The least number of the set that I is in: it stands for the set. */
static inline uint32_t disjoint_root(uint32_t *up, uint32_t i)
{
	while (up[i] != i)
		i = up[i] = up[up[i]];
	return i;
}

/* Makes one set of those of A and B. */
static inline void disjoint_unite(uint32_t *up, uint32_t a, uint32_t b)
{
	a = disjoint_root(up, a);
	b = disjoint_root(up, b);
	if (a < b)
		up[b] = a;
	else
		up[a] = b;
}

#endif
