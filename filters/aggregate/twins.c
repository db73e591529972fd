#include "twins.h"

#include <stdlib.h>

enum {
	BITS_MOST = 3,                  /* of 64 */
	BLOCKS = BITS_MOST + 1,         /* one of them is the same in both, then (pigeonhole) */
	BLOCK_BITS = 64 / BLOCKS,
	NEIGHBOURS = 64                 /* looked at from each; equal fingerprints stand together */
};

struct print {
	uint64_t key;                   /* the fingerprint, turned so that the block comes first */
	uint32_t place;                 /* in the order's sorted list */
};

static uint64_t hex_of(struct str s)
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

void twins_note(struct order *o, uint32_t index, const struct document *d, struct names *names)
{
	struct order_entry *e = &o->items[index];
	const struct about *a = &d->about;
	struct str period = d->period.full_year ? (struct str){d->period.start, 4} : a->period.value;

	e->fingerprint = d->text.s ? hex_of(d->fingerprint) : 0;
	e->code = names_add(names, a->region.code);
	e->region = names_add(names, a->region.name.n ? a->region.name : a->region.code);
	e->subject = names_add(names, a->subject.value);
	e->period = names_add(names, period);
	e->start = names_add(names, str_of(d->period.start));
	e->end = names_add(names, str_of(d->period.end));
	e->genre = names_add(names, a->genre.value);
	e->published = names_add(names, a->published.value);
	e->written = names_add(names, a->written.value);
	e->full_year = d->period.full_year;
}

static bool same_or_unknown(uint32_t a, uint32_t b)
{
	return !a || !b || a == b;
}

static bool are_twins(const struct order_entry *a, const struct order_entry *b)
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

static uint32_t root_of(uint32_t *up, uint32_t i)
{
	while (up[i] != i)
		i = up[i] = up[up[i]];
	return i;
}

/* The earlier by identity becomes the root: arrival makes no difference. */
static void join(uint32_t *up, uint32_t a, uint32_t b)
{
	a = root_of(up, a);
	b = root_of(up, b);
	if (a < b)
		up[b] = a;
	else
		up[a] = b;
}

static void block_look(const struct order *o, struct print *prints, size_t n, uint32_t *up)
{
	qsort(prints, n, sizeof *prints, by_key);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n && k <= i + NEIGHBOURS
			&& prints[k].key >> (64 - BLOCK_BITS) == prints[i].key >> (64 - BLOCK_BITS); k++)
			if (are_twins(&o->items[o->sorted[prints[i].place]], &o->items[o->sorted[prints[k].place]]))
				join(up, prints[i].place, prints[k].place);
}

/* The best of each group, by most figures. */
static void groups_choose(struct order *o, uint32_t *up)
{
	uint32_t *best = xmalloc((o->nsorted + 1) * sizeof *best);

	for (uint32_t i = 0; i < o->nsorted; i++)
		best[i] = i;
	for (uint32_t i = 0; i < o->nsorted; i++) {
		uint32_t r = root_of(up, i);
		if (o->items[o->sorted[i]].facts > o->items[o->sorted[best[r]]].facts)
			best[r] = i;
	}
	for (uint32_t i = 0; i < o->nsorted; i++) {
		uint32_t b = best[root_of(up, i)];
		struct order_entry *e = &o->items[o->sorted[i]];
		if (b == i)
			continue;
		e->twin = o->sorted[b] + 1;
		e->distance = (uint32_t)__builtin_popcountll(e->fingerprint ^ o->items[o->sorted[b]].fingerprint);
	}
	free(best);
}

void twins_find(struct order *o)
{
	struct print *prints = xmalloc((o->nsorted + 1) * sizeof *prints);
	uint32_t *up = xmalloc((o->nsorted + 1) * sizeof *up);

	for (uint32_t i = 0; i < o->nsorted; i++)
		up[i] = i;
	for (int block = 0; block < BLOCKS; block++) {
		size_t n = 0;
		for (uint32_t i = 0; i < o->nsorted; i++) {
			uint64_t p = o->items[o->sorted[i]].fingerprint;
			int turn = block * BLOCK_BITS;
			if (p)
				prints[n++] = (struct print){turn ? p << turn | p >> (64 - turn) : p, i};
		}
		block_look(o, prints, n, up);
	}
	groups_choose(o, up);
	free(prints);
	free(up);
}

static void row(const struct order_entry *e, const struct order_entry *chosen, struct output *out)
{
	struct buf *b = &out->row;

	csv_plain(b, (struct str){chosen->key.s, KEY_LEN});
	csv_plain(b, (struct str){e->key.s, KEY_LEN});
	csv_exact(b, e->path);
	csv_exact(b, e->url);
	csv_bool(b, e == chosen);
	csv_int(b, e->distance);
	csv_int(b, e->facts);
	output_row(out);
}

void twins_write(const struct order *o, struct output *out)
{
	/* twins of one chosen document follow each other: lists by the chosen one */
	uint32_t *next = xmalloc((o->n + 1) * sizeof *next), *first = xmalloc((o->n + 1) * sizeof *first);

	memset(first, 0, (o->n + 1) * sizeof *first);
	for (size_t i = o->nsorted; i-- > 0;) {
		uint32_t at = o->sorted[i], chosen = o->items[at].twin;
		if (!chosen)
			continue;
		next[at] = first[chosen - 1];
		first[chosen - 1] = at + 1;
	}
	for (size_t i = 0; i < o->nsorted; i++) {
		uint32_t at = o->sorted[i];
		if (!first[at])
			continue;
		row(&o->items[at], &o->items[at], out);
		for (uint32_t k = first[at]; k; k = next[k - 1])
			row(&o->items[k - 1], &o->items[at], out);
	}
	free(next);
	free(first);
}
