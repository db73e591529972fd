#include "twin.h"
#include "disjoint.h"
#include "arena.h"

#include <stdlib.h>

enum {
	BITS_MOST = 3,                  /* of 64 */
	BLOCKS = BITS_MOST + 1,         /* one of them is the same in both, then (pigeonhole) */
	BLOCK_BITS = 64 / BLOCKS,
	NEIGHBOURS = 64                 /* looked at from each; equal fingerprints stand together */
};

struct print {
	uint64_t key;                   /* the fingerprint, turned so that the block comes first */
	uint32_t place;                 /* among the items */
};

uint64_t twin_fingerprint(struct str s)
{
	uint64_t v = 0;

	if (s.n == 0 || s.n > 16)
		return 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
		if (digit < 0)
			return 0;
		v = v << 4 | (uint64_t)digit;
	}
	return v;
}

static bool same_or_unknown(uint64_t a, uint64_t b)
{
	return !a || !b || a == b;
}

static bool are_twins(const struct twin *a, const struct twin *b)
{
	uint32_t more = a->facts > b->facts ? a->facts : b->facts, less = a->facts + b->facts - more;

	return __builtin_popcountll(a->fingerprint ^ b->fingerprint) <= BITS_MOST
		&& same_or_unknown(a->region, b->region) && same_or_unknown(a->subject, b->subject)
		&& same_or_unknown(a->period, b->period) && more - less <= 2 + more / 10;
}

static int by_key(const void *l, const void *r)
{
	const struct print *a = l, *b = r;
	int c = (a->key > b->key) - (a->key < b->key);

	return c ? c : (a->place > b->place) - (a->place < b->place);
}

static void block_look(const struct twin *items, struct print *prints, size_t n, uint32_t *up)
{
	qsort(prints, n, sizeof *prints, by_key);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n && k <= i + NEIGHBOURS
			&& prints[k].key >> (64 - BLOCK_BITS) == prints[i].key >> (64 - BLOCK_BITS); k++)
			if (are_twins(&items[prints[i].place], &items[prints[k].place]))
				disjoint_unite(up, prints[i].place, prints[k].place);
}

/* A document whose place and period are known can stand in a panel, and one with more
 * figures is the more complete. */
static uint64_t worth_of(const struct twin *x)
{
	return (uint64_t)(x->region && x->subject && x->period) << 32 | x->facts;
}

/* The best of each group. */
static void groups_choose(struct twin *items, size_t n, uint32_t *up)
{
	uint32_t *best = xmalloc((n + 1) * sizeof *best);

	for (uint32_t i = 0; i < n; i++)
		best[i] = i;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t r = disjoint_root(up, i);
		if (worth_of(&items[i]) > worth_of(&items[best[r]]))
			best[r] = i;
	}
	for (uint32_t i = 0; i < n; i++) {
		items[i].chosen = best[disjoint_root(up, i)];
		items[i].distance = (uint32_t)__builtin_popcountll(items[i].fingerprint ^ items[items[i].chosen].fingerprint);
	}
	free(best);
}

void twin_find(struct twin *items, size_t n)
{
	struct print *prints = xmalloc((n + 1) * sizeof *prints);
	uint32_t *up = xmalloc((n + 1) * sizeof *up);

	for (uint32_t i = 0; i < n; i++)
		up[i] = i;
	for (int block = 0; block < BLOCKS; block++) {
		size_t count = 0;
		for (uint32_t i = 0; i < n; i++) {
			uint64_t p = items[i].fingerprint;
			int turn = block * BLOCK_BITS;
			if (p)
				prints[count++] = (struct print){turn ? p << turn | p >> (64 - turn) : p, i};
		}
		block_look(items, prints, count, up);
	}
	groups_choose(items, n, up);
	free(prints);
	free(up);
}
