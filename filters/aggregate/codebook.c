#include "codebook.h"

#include <stdlib.h>

static int by_index(const void *a, const void *b)
{
	return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

void codebook_note(struct order *o, uint32_t index, const struct document *d)
{
	struct order_entry *e = &o->items[index];
	uint16_t *found = xmalloc((d->nfacts + 1) * sizeof *found);
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < d->nfacts; i++) {
		int k = d->indicators[i];
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

/* The share of cells that have a bound or a range, in percent. */
static struct decimal bounded_share(const struct indicator *x)
{
	struct decimal share = {0, 0};

	(void)decimal_div_round((struct decimal){(int64_t)x->bounded, 2}, (struct decimal){(int64_t)x->values, 0}, 1, &share);
	return share;
}

static void year_cell(struct buf *b, int year)
{
	if (year)
		csv_int(b, year);
	else
		csv_empty(b);
}

void codebook_write(struct output *out, struct catalogue *c, const struct order *o)
{
	struct buf *b = &out->row;

	for (size_t i = 0; i < o->nsorted; i++) {
		const struct order_entry *e = &o->items[o->sorted[i]];
		for (size_t k = 0; k < e->nindicators && !e->twin; k++)
			c->items[e->indicators[k]].documents++;
	}
	for (size_t i = 0; i < c->n; i++) {
		const struct indicator *x = &c->items[i];
		const struct str words[] = {x->label, x->topic, x->unit_kind, x->unit, x->definition, x->part_of, x->rate_of,
			x->family};
		csv_cells(b, x->id_cell);
		csv_plain(b, str_of(x->column));
		csv_proses(b, words, sizeof words / sizeof *words);
		csv_int(b, (int64_t)x->documents);
		csv_int(b, (int64_t)x->values);
		csv_plain(b, str_of(choice_natures[x->nature]));
		csv_plain(b, x->less ? STR("less") : STR(""));
		csv_int(b, (int64_t)x->years);
		year_cell(b, x->first_year);
		year_cell(b, x->last_year);
		if (x->values)
			csv_decimal(b, bounded_share(x));
		else
			csv_empty(b);
		csv_prose(b, x->label_en);
		output_row(out);
	}
}
