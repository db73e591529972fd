#include "names.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static uint32_t *slot_of(const struct names *x, struct str s)
{
	size_t at = XXH3_64bits(s.s, s.n) & (x->nslots - 1);

	while (x->slots[at] && !str_eq(x->items[x->slots[at]], s))
		at = (at + 1) & (x->nslots - 1);
	return &x->slots[at];
}

static void grow(struct names *x)
{
	if (x->n + 2 > x->cap) {
		x->cap = x->cap ? 2 * x->cap : 1024;
		x->items = xrealloc(x->items, x->cap * sizeof *x->items);
		x->cells = xrealloc(x->cells, x->cap * sizeof *x->cells);
	}
	if (x->n == 0)
		x->items[x->n++] = (struct str){"", 0};
	if (2 * x->n < x->nslots)
		return;
	x->nslots = x->nslots ? 2 * x->nslots : 2048;
	x->slots = xrealloc(x->slots, x->nslots * sizeof *x->slots);
	memset(x->slots, 0, x->nslots * sizeof *x->slots);
	for (uint32_t i = 1; i < x->n; i++)
		*slot_of(x, x->items[i]) = i;
}

uint32_t names_add(struct names *x, struct str s)
{
	if (s.n == 0)
		return 0;
	grow(x);
	uint32_t *slot = slot_of(x, s);
	if (*slot)
		return *slot;
	x->room.len = 0;
	csv_prose(&x->room, s);
	x->items[x->n] = (struct str){arena_strndup(&x->arena, s.s, s.n), s.n};
	x->cells[x->n] = (struct str){arena_strndup(&x->arena, (char *)x->room.data, x->room.len), x->room.len};
	return *slot = (uint32_t)x->n++;
}

static int by_bytes(const void *a, const void *b, void *names)
{
	const struct names *x = names;
	return str_cmp(x->items[*(const uint32_t *)a], x->items[*(const uint32_t *)b]);
}

void names_rank(struct names *x)
{
	size_t n = x->n ? x->n : 1;

	if (x->nranked == n)
		return;
	uint32_t *order = xmalloc(n * sizeof *order);
	x->ranks = xrealloc(x->ranks, n * sizeof *x->ranks);
	for (size_t i = 0; i < n; i++)
		order[i] = (uint32_t)i;
	if (n > 1)
		qsort_r(order, n, sizeof *order, by_bytes, x);
	for (size_t i = 0; i < n; i++)
		x->ranks[order[i]] = (uint32_t)i;
	x->nranked = n;
	free(order);
}

void names_free(struct names *x)
{
	free(x->items);
	free(x->cells);
	free(x->slots);
	free(x->ranks);
	arena_free(&x->arena);
	buf_free(&x->room);
	*x = (struct names){0};
}
