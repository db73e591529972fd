#include "verdicts.h"
#include "arena.h"

#include <stdlib.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static uint32_t *slot_of(const struct verdicts *v, struct str id)
{
	size_t at = XXH3_64bits(id.s, id.n) & (v->nslots - 1);

	while (v->slots[at] && !str_eq(v->items[v->slots[at] - 1].id, id))
		at = (at + 1) & (v->nslots - 1);
	return &v->slots[at];
}

void verdicts_load(struct verdicts *v, struct table *t)
{
	int id = table_need(t, "id"), verdict = table_need(t, "verdict"), value = table_need(t, "value");
	int who = table_column(t, "who"), when = table_column(t, "when"), note = table_column(t, "note");

	*v = (struct verdicts){.nslots = 64, .items = xmalloc((t->nrows + 1) * sizeof *v->items)};
	while (v->nslots < 2 * t->nrows)
		v->nslots *= 2;
	v->slots = xmalloc(v->nslots * sizeof *v->slots);
	memset(v->slots, 0, v->nslots * sizeof *v->slots);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct verdict *x = &v->items[v->n];
		*x = (struct verdict){.id = table_cell(t, i, id), .verdict = table_cell(t, i, verdict),
			.value = table_cell(t, i, value), .who = table_cell(t, i, who),
			.when = table_cell(t, i, when), .note = table_cell(t, i, note)};
		x->wrong = str_is(x->verdict, "wrong");
		x->corrects = x->wrong && x->value.n;
		if (!x->id.n)
			table_bad(t, i, "no id");
		else if (!x->wrong && !str_is(x->verdict, "right"))
			table_bad(t, i, "a verdict is right or wrong, not '%.*s'", STR_ARG(x->verdict));
		else if (x->value.n && !x->wrong)
			table_bad(t, i, "a value corrects what is wrong");
		else if (x->corrects && !decimal_parse(x->value.s, x->value.n, &x->number))
			table_bad(t, i, "'%.*s' is no number", STR_ARG(x->value));
		else if (*slot_of(v, x->id))
			table_bad(t, i, "the id '%.*s' stands there already", STR_ARG(x->id));
		else
			*slot_of(v, x->id) = (uint32_t)++v->n;
	}
}

struct verdict *verdicts_find(const struct verdicts *v, const char *id, size_t n)
{
	if (v->n == 0)
		return NULL;
	uint32_t at = *slot_of(v, (struct str){id, n});
	return at ? &v->items[at - 1] : NULL;
}

void verdicts_free(struct verdicts *v)
{
	free(v->items);
	free(v->slots);
	*v = (struct verdicts){0};
}
