#include "open.h"
#include "arena.h"

#include <stdlib.h>

enum { OPEN_MOST = 1000000, WORDS_LEFT = 60, WORDS_RIGHT = 30 };

struct open_item {
	struct str measure, unit, example;
	size_t count, documents, last;  /* last: the document that counted it last, from 1 */
};

struct open_list {
	struct arena arena;
	struct open_item *items;
	size_t n, cap, document, left_out;
	uint32_t *slots;                /* index + 1 into items, by hash; a power of two of them */
	size_t nslots;
};

struct open_list *open_new(void)
{
	struct open_list *o = xmalloc(sizeof *o);
	memset(o, 0, sizeof *o);
	return o;
}

void open_free(struct open_list *o)
{
	arena_free(&o->arena);
	free(o->items);
	free(o->slots);
	free(o);
}

/* FNV-1a of both strings. */
static uint64_t hash_of(struct str a, struct str b)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < a.n; i++)
		h = (h ^ (uint8_t)a.s[i]) * 1099511628211u;
	h *= 1099511628211u;
	for (size_t i = 0; i < b.n; i++)
		h = (h ^ (uint8_t)b.s[i]) * 1099511628211u;
	return h ^ h >> 29;
}

static void slots_grow(struct open_list *o)
{
	free(o->slots);
	o->nslots = o->nslots ? o->nslots * 2 : 1024;
	o->slots = xmalloc(o->nslots * sizeof *o->slots);
	memset(o->slots, 0, o->nslots * sizeof *o->slots);
	for (size_t i = 0; i < o->n; i++) {
		size_t k = hash_of(o->items[i].measure, o->items[i].unit) & (o->nslots - 1);
		while (o->slots[k])
			k = (k + 1) & (o->nslots - 1);
		o->slots[k] = (uint32_t)(i + 1);
	}
}

static struct str kept(struct open_list *o, struct str s)
{
	return (struct str){arena_strndup(&o->arena, s.n ? s.s : "", s.n), s.n};
}

/* The words around a number, on one line. */
static struct str words_around(struct open_list *o, struct str text, struct span at)
{
	uint32_t b = at.b > WORDS_LEFT ? at.b - WORDS_LEFT : 0;
	uint32_t e = text.n - at.e > WORDS_RIGHT ? at.e + WORDS_RIGHT : (uint32_t)text.n;

	while (b < at.b && ((uint8_t)text.s[b] & 0xC0) == 0x80)
		b++;
	while (e > at.e && e < text.n && ((uint8_t)text.s[e] & 0xC0) == 0x80)
		e--;
	struct str s = kept(o, str_sub(text, b, e));
	for (size_t i = 0; i < s.n; i++)
		if ((uint8_t)s.s[i] < ' ')
			((char *)s.s)[i] = ' ';
	return s;
}

static struct open_item *item_of(struct open_list *o, struct str text, const struct fact *f)
{
	if (2 * (o->n + 1) > o->nslots)
		slots_grow(o);
	size_t k = hash_of(f->measure, f->unit) & (o->nslots - 1);
	for (; o->slots[k]; k = (k + 1) & (o->nslots - 1)) {
		struct open_item *x = &o->items[o->slots[k] - 1];
		if (str_eq(x->measure, f->measure) && str_eq(x->unit, f->unit))
			return x;
	}
	if (o->n == OPEN_MOST) {
		o->left_out++;
		return NULL;
	}
	if (o->n == o->cap) {
		o->cap = o->cap ? o->cap * 2 : 1024;
		o->items = xrealloc(o->items, o->cap * sizeof *o->items);
	}
	o->items[o->n] = (struct open_item){.measure = kept(o, f->measure), .unit = kept(o, f->unit),
		.example = words_around(o, text, f->at)};
	o->slots[k] = (uint32_t)++o->n;
	return &o->items[o->n - 1];
}

void open_add(struct open_list *o, struct str text, const struct fact *facts, size_t n)
{
	o->document++;
	for (size_t i = 0; i < n; i++) {
		struct open_item *x;
		if (facts[i].indicator.s || !facts[i].measure.n || !(x = item_of(o, text, &facts[i])))
			continue;
		x->count++;
		x->documents += x->last != o->document;
		x->last = o->document;
	}
}

static int more_first(const void *a, const void *b)
{
	const struct open_item *x = *(const struct open_item *const *)a, *y = *(const struct open_item *const *)b;

	if (x->documents != y->documents)
		return x->documents > y->documents ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	int d = str_cmp(x->measure, y->measure);
	return d ? d : str_cmp(x->unit, y->unit);
}

void open_print(const struct open_list *o, FILE *to)
{
	const struct open_item **order = xmalloc((o->n + 1) * sizeof *order);

	for (size_t i = 0; i < o->n; i++)
		order[i] = &o->items[i];
	if (o->n)
		qsort(order, o->n, sizeof *order, more_first);
	fputs("documents\tcount\tunit\tmeasure\texample\n", to);
	for (size_t i = 0; i < o->n; i++)
		fprintf(to, "%zu\t%zu\t%.*s\t%.*s\t%.*s\n", order[i]->documents, order[i]->count,
			STR_ARG(order[i]->unit), STR_ARG(order[i]->measure), STR_ARG(order[i]->example));
	if (o->left_out)
		fprintf(to, "# %zu more numbers had measures beyond the first %d\n", o->left_out, OPEN_MOST);
	free(order);
}
