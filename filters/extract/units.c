#include "units.h"
#include "arena.h"

#include <stdlib.h>

enum { BUCKETS = 1024 };

struct units {
	struct unit *items;     /* grouped by bucket, longest first */
	size_t n;
	uint32_t first[BUCKETS + 1];
};

/* Units are found by their first character, which is three bytes for Han. */
static unsigned bucket_of(const char *s, size_t n)
{
	const uint8_t *p = (const uint8_t *)s;
	if (n >= 3 && p[0] >= 0xE0)
		return ((unsigned)p[1] * 64 + p[2] + p[0] * 7u) % BUCKETS;
	return n ? p[0] : 0;
}

static int compare(const void *a, const void *b)
{
	const struct unit *x = a, *y = b;
	unsigned i = bucket_of(x->word.s, x->word.n), j = bucket_of(y->word.s, y->word.n);
	if (i != j)
		return i < j ? -1 : 1;
	if (x->word.n != y->word.n)
		return x->word.n > y->word.n ? -1 : 1;
	return str_cmp(x->word, y->word);
}

struct units *units_load(struct table *t)
{
	struct units *u = xmalloc(sizeof *u);
	int word = table_need(t, "unit"), kind = table_need(t, "kind"),
		name = table_need(t, "canonical"), scale = table_column(t, "scale"),
		flags = table_column(t, "flags"), group = table_column(t, "group");

	*u = (struct units){.items = xmalloc((t->nrows + 1) * sizeof *u->items)};
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct str f = table_cell(t, i, flags), sc = table_cell(t, i, scale);
		struct unit *v = &u->items[u->n];
		*v = (struct unit){.word = table_cell(t, i, word), .name = table_cell(t, i, name),
			.kind = name_index(fact_kinds, table_cell(t, i, kind)),
			.scale = sc.n ? atoi(sc.s) : 0,
			.arabic = f.n && memchr(f.s, 'a', f.n)};
		if (v->kind < 0)
			table_bad(t, i, "no kind of fact: '%.*s'", STR_ARG(table_cell(t, i, kind)));
		else if (v->word.n == 0 || v->scale < -12 || v->scale > 12)
			table_bad(t, i, "a unit needs a word and a scale between -12 and 12");
		else
			u->n++;
		if (!v->name.n)
			v->name = v->word;
		v->group = table_cell(t, i, group);
		if (!v->group.n)
			v->group = v->name;
	}
	qsort(u->items, u->n, sizeof *u->items, compare);
	size_t k = 0;
	for (unsigned b = 0; b <= BUCKETS; b++) {
		while (k < u->n && bucket_of(u->items[k].word.s, u->items[k].word.n) < b)
			k++;
		u->first[b] = (uint32_t)k;
	}
	return u;
}

void units_free(struct units *u)
{
	if (u)
		free(u->items);
	free(u);
}

const struct unit *units_match(const struct units *u, const char *s, size_t n)
{
	unsigned b = bucket_of(s, n);
	struct str here = {s, n};

	for (uint32_t i = u->first[b]; i < u->first[b + 1]; i++)
		if (str_starts(here, u->items[i].word))
			return &u->items[i];
	return NULL;
}
