#include "catalogue.h"
#include "columns.h"
#include "csv.h"
#include "fact.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* The slot where ID is, or where it would go. */
static uint32_t *slot_of(const struct catalogue *c, struct str id)
{
	size_t at = XXH3_64bits(id.s, id.n) & (c->nslots - 1);

	while (c->slots[at] && !str_eq(c->items[c->slots[at] - 1].id, id))
		at = (at + 1) & (c->nslots - 1);
	return &c->slots[at];
}

int catalogue_find(const struct catalogue *c, struct str id)
{
	return id.n ? (int)*slot_of(c, id) - 1 : -1;
}

const int *catalogue_find_all(const struct catalogue *c, const struct fact *facts, size_t n, struct arena *a)
{
	int *found = arena_alloc(a, (n + 1) * sizeof *found);

	for (size_t i = 0; i < n; i++)
		found[i] = catalogue_find(c, facts[i].indicator);
	return found;
}

/* Names of columns, whatever their case: a hash table of pointers. */
struct taken {
	const char *slots[4 * INDICATORS_MOST];
};

static const char **column_slot(struct taken *t, const char *name)
{
	enum { SLOTS = sizeof t->slots / sizeof *t->slots };
	uint32_t h = 0;

	for (const char *p = name; *p; p++)
		h = h * 31 + ((uint32_t)*p | 0x20);
	size_t at = h % SLOTS;
	while (t->slots[at] && strcasecmp(t->slots[at], name) != 0)
		at = at + 1 < SLOTS ? at + 1 : 0;
	return &t->slots[at];
}

/* legal_aid.cases becomes legal_aid_cases; what is too long or taken ends in a number. */
static void column_name(struct catalogue *c, size_t i, struct taken *taken)
{
	struct indicator *x = &c->items[i];
	size_t n = 0;

	if (x->id.s[0] >= '0' && x->id.s[0] <= '9')
		x->column[n++] = '_';
	for (size_t k = 0; k < x->id.n && n < COLUMN_NAME; k++) {
		char ch = x->id.s[k];
		bool plain = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
		x->column[n++] = plain ? ch : '_';
	}
	for (int k = 2; *column_slot(taken, x->column); k++) {
		char end[16];
		size_t m = (size_t)snprintf(end, sizeof end, "_%d", k);
		memcpy(x->column + (n + m > COLUMN_NAME ? COLUMN_NAME - m : n), end, m + 1);
	}
	*column_slot(taken, x->column) = x->column;
}

static struct str cell_of(struct catalogue *c, struct str s, struct buf *room)
{
	room->len = 0;
	csv_prose(room, s);
	return (struct str){arena_strndup(&c->arena, (char *)room->data, room->len), room->len};
}

static void cells_make(struct catalogue *c)
{
	struct buf room = {0};

	for (size_t i = 0; i < c->n; i++) {
		c->items[i].id_cell = cell_of(c, c->items[i].id, &room);
		c->items[i].label_cell = cell_of(c, c->items[i].label, &room);
	}
	buf_free(&room);
}

static void topics_find(struct catalogue *c)
{
	size_t at = 0;

	c->topics = xmalloc((c->n + 1) * sizeof *c->topics);
	c->by_topic = xmalloc((c->n + 1) * sizeof *c->by_topic);
	for (size_t i = 0; i < c->n; i++) {
		size_t t = 0;
		while (t < c->ntopics && !str_eq(c->topics[t].name, c->items[i].topic))
			t++;
		if (t < c->ntopics)
			continue;
		c->topics[c->ntopics++] = (struct topic){c->items[i].topic, at, 0};
		for (size_t k = i; k < c->n; k++)
			if (str_eq(c->items[k].topic, c->items[i].topic))
				c->by_topic[at++] = (uint32_t)k;
		c->topics[t].indicators = at - c->topics[t].first;
	}
}

void catalogue_load(struct catalogue *c, struct table *t, struct table *labels)
{
	struct taken taken = {{NULL}};
	struct labels english;
	int id = table_need(t, "id"), label = table_need(t, "label"), topic = table_need(t, "topic");
	int unit_kind = table_need(t, "unit_kind"), unit = table_need(t, "unit");
	int definition = table_need(t, "definition"), part_of = table_need(t, "part_of");
	int rate_of = table_need(t, "rate_of"), family = table_column(t, "family");
	int nature = table_column(t, "nature"), wanted = table_column(t, "wanted");

	for (size_t i = 0; i < tables[TABLE_PANEL].n; i++)
		*column_slot(&taken, tables[TABLE_PANEL].columns[i].name) = tables[TABLE_PANEL].columns[i].name;
	labels_load(&english, labels);
	*c = (struct catalogue){.nslots = 64};
	while (c->nslots < 2 * t->nrows)
		c->nslots *= 2;
	c->slots = xmalloc(c->nslots * sizeof *c->slots);
	memset(c->slots, 0, c->nslots * sizeof *c->slots);
	c->items = xmalloc((t->nrows + 1) * sizeof *c->items);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct indicator *x = &c->items[c->n];
		*x = (struct indicator){
			.id = table_cell(t, i, id), .label = table_cell(t, i, label),
			.label_en = labels_of(&english, table_cell(t, i, id)),
			.topic = table_cell(t, i, topic), .unit_kind = table_cell(t, i, unit_kind),
			.unit = table_cell(t, i, unit), .definition = table_cell(t, i, definition),
			.part_of = table_cell(t, i, part_of), .rate_of = table_cell(t, i, rate_of),
			.family = table_cell(t, i, family)};
		struct str what = table_cell(t, i, nature), aim = table_cell(t, i, wanted);
		int known = what.n ? name_index(choice_natures, what) : NATURE_UNKNOWN;
		x->nature = known < 0 ? NATURE_UNKNOWN : (enum choice_nature)known;
		x->less = str_is(aim, "less");
		x->kind = name_index(fact_kinds, x->unit_kind);
		if (x->nature == NATURE_UNKNOWN && x->kind == FACT_PERCENT)
			x->nature = NATURE_RATE;
		if (!x->id.n)
			table_bad(t, i, "no id");
		else if (known < 0)
			table_bad(t, i, "the nature is flow, stock, cumulative, rate, rank or empty, not '%.*s'", STR_ARG(what));
		else if (aim.n && !x->less)
			table_bad(t, i, "wanted is less or empty, not '%.*s'", STR_ARG(aim));
		else if (c->n == INDICATORS_MOST)
			table_bad(t, i, "more than %d indicators", INDICATORS_MOST);
		else if (*slot_of(c, x->id))
			table_bad(t, i, "the id '%.*s' stands there already", STR_ARG(x->id));
		if (t->error[0])
			break;
		column_name(c, c->n, &taken);
		*slot_of(c, x->id) = (uint32_t)++c->n;
	}
	topics_find(c);
	cells_make(c);
}

void catalogue_free(struct catalogue *c)
{
	free(c->items);
	free(c->slots);
	free(c->topics);
	free(c->by_topic);
	arena_free(&c->arena);
	*c = (struct catalogue){0};
}
