/* part_of and rate_of only propose pairs; nothing is accused on their word. */
#include "audit.h"

#include <stdlib.h>

/* Ids differ in their length and their ends. */
static size_t slot_of(const struct catalogue *c, struct str id)
{
	uint64_t h = id.n;

	for (size_t i = id.n > 8 ? id.n - 8 : 0; i < id.n; i++)
		h = (h ^ (uint8_t)id.s[i]) * UINT64_C(0x100000001B3);   /* FNV-1a's prime */
	return (size_t)(h ^ h >> 32) & (c->nslots - 1);
}

static void row_add(struct catalogue *c, struct catalogue_row row)
{
	size_t k = slot_of(c, row.id);

	for (; c->slots[k]; k = (k + 1) & (c->nslots - 1))
		if (str_eq(c->rows[c->slots[k] - 1].id, row.id))
			return;
	c->rows[c->n++] = row;
	c->slots[k] = (uint16_t)c->n;
}

void catalogue_load(struct catalogue *c, struct table *t)
{
	int id = table_need(t, "id"), part = table_need(t, "part_of"), rate = table_need(t, "rate_of");

	c->n = 0;
	c->rows = xmalloc((t->nrows + 1) * sizeof *c->rows);
	for (c->nslots = 64; c->nslots < 4 * t->nrows;)
		c->nslots *= 2;
	c->slots = xmalloc(c->nslots * sizeof *c->slots);
	memset(c->slots, 0, c->nslots * sizeof *c->slots);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct str of = table_cell(t, i, rate), num = {NULL, 0}, den = {NULL, 0};
		struct str whole = table_cell(t, i, part);
		if (!whole.n && !of.n)
			continue;
		if (of.n && (!str_part(&of, '/', &num) || !str_part(&of, '/', &den)))
			table_bad(t, i, "rate_of is no numerator/denominator");
		if (c->n == UINT16_MAX)
			table_bad(t, i, "too many relations");
		else
			row_add(c, (struct catalogue_row){table_cell(t, i, id), whole, num, den});
	}
}

void catalogue_free(struct catalogue *c)
{
	free(c->rows);
	free(c->slots);
}

const struct catalogue_row *catalogue_find(const struct catalogue *c, struct str id)
{
	if (!id.n)
		return NULL;
	for (size_t k = slot_of(c, id); c->slots[k]; k = (k + 1) & (c->nslots - 1))
		if (str_eq(c->rows[c->slots[k] - 1].id, id))
			return &c->rows[c->slots[k] - 1];
	return NULL;
}
