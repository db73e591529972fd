/* part_of and rate_of only propose pairs; nothing is accused on their word. */
#include "audit.h"

#include <stdlib.h>

static int by_id(const void *a, const void *b)
{
	return str_cmp(((const struct catalogue_row *)a)->id, ((const struct catalogue_row *)b)->id);
}

void catalogue_load(struct catalogue *c, struct table *t)
{
	int id = table_need(t, "id"), part = table_need(t, "part_of"), rate = table_need(t, "rate_of");

	c->n = 0;
	c->rows = xmalloc((t->nrows + 1) * sizeof *c->rows);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct str of = table_cell(t, i, rate), num = {NULL, 0}, den = {NULL, 0};
		struct str whole = table_cell(t, i, part);
		if (!whole.n && !of.n)
			continue;
		if (of.n && (!str_part(&of, '/', &num) || !str_part(&of, '/', &den)))
			table_bad(t, i, "rate_of is no numerator/denominator");
		c->rows[c->n++] = (struct catalogue_row){table_cell(t, i, id), whole, num, den};
	}
	qsort(c->rows, c->n, sizeof *c->rows, by_id);
}

void catalogue_free(struct catalogue *c)
{
	free(c->rows);
}

const struct catalogue_row *catalogue_find(const struct catalogue *c, struct str id)
{
	struct catalogue_row key = {.id = id};

	if (!id.n)
		return NULL;
	return bsearch(&key, c->rows, c->n, sizeof *c->rows, by_id);
}
