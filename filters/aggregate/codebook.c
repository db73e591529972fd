#include "codebook.h"

#include <stdlib.h>

static int by_index(const void *a, const void *b)
{
	return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

void codebook_note(struct order *o, uint32_t index, const struct document *d, const struct catalogue *c)
{
	struct order_entry *e = &o->items[index];
	uint16_t *found = xmalloc((d->nfacts + 1) * sizeof *found);
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < d->nfacts; i++) {
		int k = catalogue_find(c, d->facts[i].indicator);
		if (k >= 0)
			found[n++] = (uint16_t)k;
	}
	qsort(found, n, sizeof *found, by_index);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || found[i] != found[i - 1])
			found[kept++] = found[i];
	e->indicators = arena_alloc(&o->arena, kept * sizeof *found + 1);
	memcpy(e->indicators, found, kept * sizeof *found);
	e->nindicators = kept;
	free(found);
}

void codebook_write(struct csv_file *out, struct catalogue *c, const struct order *o)
{
	struct buf b = {0};

	for (size_t i = 0; i < o->nsorted; i++) {
		const struct order_entry *e = &o->items[o->sorted[i]];
		for (size_t k = 0; k < e->nindicators; k++)
			c->items[e->indicators[k]].documents++;
	}
	for (size_t i = 0; i < c->n; i++) {
		const struct indicator *x = &c->items[i];
		b.len = 0;
		csv_prose(&b, x->id);
		csv_plain(&b, str_of(x->column));
		csv_prose(&b, x->label);
		csv_prose(&b, x->topic);
		csv_prose(&b, x->unit_kind);
		csv_prose(&b, x->unit);
		csv_prose(&b, x->definition);
		csv_prose(&b, x->part_of);
		csv_prose(&b, x->rate_of);
		csv_prose(&b, x->family);
		csv_int(&b, (int64_t)x->documents);
		csv_int(&b, (int64_t)x->values);
		csv_end(&b);
		csv_write(out, b.data, b.len);
	}
	buf_free(&b);
}
