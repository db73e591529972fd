/* names: strings that many figures share, as small numbers, their cells and their order. */
#ifndef AGGREGATE_NAMES_H
#define AGGREGATE_NAMES_H

#include "csv.h"

#include <stdint.h>

struct names {
	struct str *items;              /* items[0] is the empty string */
	struct str *cells;              /* the same as CSV, with the comma */
	size_t n, cap;
	uint32_t *slots;
	size_t nslots;
	uint32_t *ranks;                /* place of each in the order of bytes */
	size_t nranked;
	struct arena arena;
	struct buf room;
};

/* The number of S, which is copied where it is new; 0 for an empty one. */
uint32_t names_add(struct names *x, struct str s);

/* The same where S is likely the one whose number is LAST. */
static inline uint32_t names_again(struct names *x, struct str s, uint32_t last)
{
	return last && str_eq(x->items[last], s) ? last : names_add(x, s);
}

static inline struct str names_get(const struct names *x, uint32_t i)
{
	return i ? x->items[i] : (struct str){"", 0};
}

/* Its cell (csv_prose). */
static inline struct str names_cell(const struct names *x, uint32_t i)
{
	return i ? x->cells[i] : (struct str){",", 1};
}

/* Makes ranks good for all names added so far: comparing ranks is comparing bytes,
 * whatever comes later. */
void names_rank(struct names *x);

static inline int names_cmp(const struct names *x, uint32_t a, uint32_t b)
{
	return (x->ranks[a] > x->ranks[b]) - (x->ranks[a] < x->ranks[b]);
}

void names_free(struct names *x);

#endif
