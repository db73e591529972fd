#include "catalogue.h"

#include <stdlib.h>

static int by_id(const void *a, const void *b, void *items)
{
	const struct indicator *x = items;
	return str_cmp(x[*(const uint32_t *)a].id, x[*(const uint32_t *)b].id);
}

void catalogue_load(struct catalogue *c, struct table *t, struct table *labels)
{
	struct labels english;
	int id = table_need(t, "id"), label = table_need(t, "label"), topic = table_need(t, "topic");
	int unit_kind = table_need(t, "unit_kind"), unit = table_need(t, "unit");
	int definition = table_need(t, "definition");
	int nature = table_column(t, "nature"), wanted = table_column(t, "wanted");

	labels_load(&english, labels);
	*c = (struct catalogue){.items = xmalloc((t->nrows + 1) * sizeof *c->items),
		.sorted = xmalloc((t->nrows + 1) * sizeof *c->sorted)};
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct indicator *x = &c->items[c->n];
		struct str what = table_cell(t, i, nature);
		int known = what.n ? name_index(choice_natures, what) : NATURE_UNKNOWN;
		*x = (struct indicator){
			.id = table_cell(t, i, id), .label = table_cell(t, i, label),
			.label_en = labels_of(&english, table_cell(t, i, id)), .topic = table_cell(t, i, topic),
			.unit_kind = table_cell(t, i, unit_kind), .unit = table_cell(t, i, unit),
			.definition = table_cell(t, i, definition), .less = str_is(table_cell(t, i, wanted), "less")};
		x->kind = name_index(fact_kinds, x->unit_kind);
		if (known < 0)
			table_bad(t, i, "there is no nature '%.*s'", STR_ARG(what));
		x->nature = known > 0 ? (enum choice_nature)known : x->kind == FACT_PERCENT ? NATURE_RATE : NATURE_UNKNOWN;
		if (!x->id.n)
			table_bad(t, i, "no id");
		c->sorted[c->n] = (uint32_t)c->n;
		c->n++;
	}
	qsort_r(c->sorted, c->n, sizeof *c->sorted, by_id, c->items);
}

void catalogue_free(struct catalogue *c)
{
	free(c->items);
	free(c->sorted);
	*c = (struct catalogue){0};
}

int catalogue_find(const struct catalogue *c, struct str id)
{
	size_t lo = 0, hi = c->n;

	while (lo < hi && id.n) {
		size_t mid = (lo + hi) / 2;
		int cmp = str_cmp(c->items[c->sorted[mid]].id, id);
		if (cmp == 0)
			return (int)c->sorted[mid];
		if (cmp < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return -1;
}

void catalogue_write(const struct catalogue *c, struct json *j)
{
	json_list(j);
	for (size_t i = 0; i < c->n; i++) {
		const struct indicator *x = &c->items[i];
		const struct str cells[] = {x->id, x->label, x->topic, x->unit_kind, x->unit, x->definition,
			str_of(choice_natures[x->nature]), x->label_en};
		json_list(j);
		json_strs(j, cells, sizeof cells / sizeof *cells);
		json_flag(j, x->less);
		json_list_end(j);
	}
	json_list_end(j);
}
