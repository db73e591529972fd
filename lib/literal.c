#include "literal.h"
#include "arena.h"

#include <stdlib.h>

/* Three tables by length: two Chinese characters and more, one, single bytes. */
enum { TABLES = 3, BITS = 15, SLOTS = 1 << BITS };      /* at most 16: see items_sort */
static const uint32_t prefix[TABLES] = {6, 3, 1};

/* One literal under one id, as added. */
struct item {
	const char *s;
	uint32_t n, id, slot, order;
};

/* One string and all its ids: it is compared once. */
struct entry {
	const char *s;
	uint32_t n;
	uint32_t ids, ids_end;  /* its items, of which only the id counts */
	uint64_t head, mask;    /* the first eight bytes, and which of them count */
	uint64_t last;          /* the last eight, of longer ones */
};

/* Which of 64 slots hold anything, and how many do before them. */
struct slots {
	uint64_t used;
	uint32_t before;
};

struct table {
	struct item *items;     /* in order of slot, string and adding once built */
	uint32_t n, cap;
	struct entry *entries;
	struct slots *slots;    /* SLOTS / 64 */
	uint32_t *first;        /* index of the first entry of each used slot, and the end of the last */
};

struct literal_set {
	struct table tables[TABLES];
};

static inline uint32_t slot_of(const char *s, uint32_t k)
{
	/* two loads that are joined in registers: through memory they would stall */
	uint32_t low = 0;
	uint16_t part = 0;
	uint64_t v;

	if (k == 6) {
		memcpy(&low, s, 4);
		memcpy(&part, s + 4, 2);
		v = low | (uint64_t)part << 32;
	} else if (k == 3) {
		memcpy(&part, s, 2);
		v = part | (uint64_t)(uint8_t)s[2] << 16;
	} else {
		v = (uint8_t)s[0];
	}
	return (uint32_t)(v * 0x9E3779B97F4A7C15u >> (64 - BITS));
}

struct literal_set *literal_new(void)
{
	struct literal_set *set = xmalloc(sizeof *set);
	memset(set, 0, sizeof *set);
	return set;
}

void literal_add(struct literal_set *set, struct str literal, uint32_t id)
{
	if (literal.n == 0)
		return;
	int k = literal.n >= prefix[0] ? 0 : literal.n >= prefix[1] ? 1 : 2;
	struct table *t = &set->tables[k];

	if (t->n == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 64;
		t->items = xrealloc(t->items, t->cap * sizeof *t->items);
	}
	t->items[t->n] = (struct item){literal.s, (uint32_t)literal.n, id,
		slot_of(literal.s, prefix[k]), t->n};
	t->n++;
}

/* By string; the same string under several ids in the order of adding. */
static int compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int c = str_cmp((struct str){x->s, x->n}, (struct str){y->s, y->n});
	return c ? c : x->order < y->order ? -1 : 1;
}

/* How many bits are set: a processor's instruction for it is not everywhere. */
static inline uint32_t ones(uint64_t v)
{
	v -= v >> 1 & 0x5555555555555555u;
	v = (v & 0x3333333333333333u) + (v >> 2 & 0x3333333333333333u);
	v = (v + (v >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
	return (uint32_t)(v * 0x0101010101010101u >> 56);
}

static uint64_t eight(const char *s)
{
	uint64_t v;
	memcpy(&v, s, 8);
	return v;
}

static struct entry entry_of(const struct item *v, uint32_t i)
{
	struct entry e = {.s = v->s, .n = v->n, .ids = i, .ids_end = i + 1};
	uint32_t k = v->n < 8 ? v->n : 8;

	memcpy(&e.head, v->s, k);
	memset(&e.mask, 0xFF, k);
	if (v->n > 8)
		e.last = eight(v->s + v->n - 8);
	return e;
}

/* Most literals are told by two loads, without a call and without a look at their
 * own bytes, which are far away. */
static inline bool stands(const struct entry *e, const char *p, uint32_t left)
{
	if (left < e->n)
		return false;
	if (left < 8)
		return memcmp(p, e->s, e->n) == 0;
	return ((eight(p) ^ e->head) & e->mask) == 0
		&& (e->n <= 8 || (eight(p + e->n - 8) == e->last
			&& (e->n <= 16 || memcmp(p, e->s, e->n) == 0)));
}

/* Most slots hold one or two: a call of qsort for each would cost more than all else. */
static void bucket_sort(struct item *v, uint32_t n)
{
	if (n > 16) {
		qsort(v, n, sizeof *v, compare);
		return;
	}
	for (uint32_t i = 1; i < n; i++) {
		struct item x = v[i];
		uint32_t at = i;
		for (; at > 0 && compare(&v[at - 1], &x) > 0; at--)
			v[at] = v[at - 1];
		v[at] = x;
	}
}

/* Distributes indices by eight bits of their slots, those of the same bits in their order. */
static void by_bits(const struct item *items, const uint32_t *from, uint32_t *to, uint32_t n, int shift)
{
	uint32_t at[257] = {0};

	for (uint32_t i = 0; i < n; i++)
		at[(items[from[i]].slot >> shift & 255) + 1]++;
	for (int i = 0; i < 256; i++)
		at[i + 1] += at[i];
	for (uint32_t i = 0; i < n; i++)
		to[at[items[from[i]].slot >> shift & 255]++] = from[i];
}

/* Puts the items in order of slot and, within one, of string: slots are numbers, which are
 * sorted without comparing, and few hold more than one. */
static void items_sort(struct table *t)
{
	uint32_t *order = xmalloc(2 * t->n * sizeof *order), *other = order + t->n;
	struct item *sorted = xmalloc(t->n * sizeof *sorted);

	for (uint32_t i = 0; i < t->n; i++)
		order[i] = i;
	by_bits(t->items, order, other, t->n, 0);
	by_bits(t->items, other, order, t->n, 8);
	for (uint32_t i = 0; i < t->n; i++)
		sorted[i] = t->items[order[i]];
	free(order);
	free(t->items);
	t->items = sorted;
	for (uint32_t i = 0, e; i < t->n; i = e) {
		for (e = i + 1; e < t->n && sorted[e].slot == sorted[i].slot; e++)
			;
		bucket_sort(sorted + i, e - i);
	}
}

static void table_build(struct table *t)
{
	uint32_t n = 0, used = 0;

	items_sort(t);
	t->entries = xmalloc(t->n * sizeof *t->entries);
	t->first = xmalloc((t->n + 1) * sizeof *t->first);
	t->slots = xmalloc(SLOTS / 64 * sizeof *t->slots);
	memset(t->slots, 0, SLOTS / 64 * sizeof *t->slots);
	for (uint32_t i = 0; i < t->n; i++) {
		const struct item *v = &t->items[i];
		bool begins = i == 0 || v->slot != v[-1].slot;
		struct entry *e = begins ? NULL : &t->entries[n - 1];
		if (begins) {
			t->slots[v->slot / 64].used |= 1ull << v->slot % 64;
			t->first[used++] = n;
		}
		if (e && e->n == v->n && memcmp(e->s, v->s, v->n) == 0)
			e->ids_end++;
		else
			t->entries[n++] = entry_of(v, i);
	}
	t->first[used] = n;
	for (uint32_t i = 1; i < SLOTS / 64; i++)
		t->slots[i].before = t->slots[i - 1].before + ones(t->slots[i - 1].used);
}

void literal_build(struct literal_set *set)
{
	for (int k = 0; k < TABLES; k++)
		if (set->tables[k].n)
			table_build(&set->tables[k]);
}

void literal_free(struct literal_set *set)
{
	if (!set)
		return;
	for (int k = 0; k < TABLES; k++) {
		free(set->tables[k].items);
		free(set->tables[k].entries);
		free(set->tables[k].slots);
		free(set->tables[k].first);
	}
	free(set);
}

struct literal_scan literal_start(const struct literal_set *set, struct str text)
{
	return (struct literal_scan){.set = set, .s = text.s,
		.n = text.n < UINT32_MAX ? (uint32_t)text.n : UINT32_MAX - 1};
}

/* True where the bucket of a place holds anything; the scan then walks it. */
static inline bool bucket(struct literal_scan *scan, int k, uint32_t at, uint32_t slot)
{
	const struct table *t = &scan->set->tables[k];
	const struct slots *slots = &t->slots[slot / 64];
	uint64_t bit = 1ull << slot % 64;

	if (!(slots->used & bit))
		return false;
	uint32_t i = slots->before + ones(slots->used & (bit - 1));
	scan->at = at;
	scan->table = k + 1;
	scan->next = t->first[i];
	scan->end = t->first[i + 1];
	return true;
}

/* Finds the next place and table whose bucket holds anything. */
static bool seek(struct literal_scan *scan)
{
	const struct table *t = scan->set->tables;
	const bool long_ones = t[0].n, mid = t[1].n, bytes = t[2].n;
	const char *s = scan->s;
	uint32_t at = scan->at, n = scan->n;

	for (int k = scan->table; at < n; at++, k = 0) {
		uint8_t c = (uint8_t)s[at];
		if ((c & 0xC0) == 0x80)         /* literals start where characters start */
			continue;
		uint32_t left = n - at;
		if (k < 1 && long_ones && left >= 6 && bucket(scan, 0, at, slot_of(s + at, 6)))
			return true;
		if (k < 2 && mid && left >= 3 && bucket(scan, 1, at, slot_of(s + at, 3)))
			return true;
		if (k < 3 && bytes && bucket(scan, 2, at, slot_of(s + at, 1)))
			return true;
		if (c >= 0xE0 && left > 2)
			at += 2;
	}
	scan->at = at;
	scan->table = 0;
	return false;
}

bool literal_next(struct literal_scan *scan, struct literal_hit *hit)
{
	for (;;) {
		if (scan->id < scan->id_end) {
			const struct item *i = &scan->set->tables[scan->table - 1].items[scan->id++];
			*hit = (struct literal_hit){i->id, scan->at, scan->at + i->n};
			return true;
		}
		while (scan->next < scan->end) {
			const struct entry *e = &scan->set->tables[scan->table - 1].entries[scan->next++];
			if (stands(e, scan->s + scan->at, scan->n - scan->at)) {
				scan->id = e->ids;
				scan->id_end = e->ids_end;
				break;
			}
		}
		if (scan->id == scan->id_end && scan->next == scan->end && !seek(scan))
			return false;
	}
}
