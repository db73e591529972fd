#include "gold.h"
#include "arena.h"
#include "fact.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const endings[] = {".facts.tsv", ".segments.tsv", ".about.tsv"};

static bool fail(struct gold_set *set, const char *what, const char *why)
{
	snprintf(set->error, sizeof set->error, "%s%s%s", what, why ? ": " : "", why ? why : "");
	return false;
}

/* A whole cell as a number; a bad one is an error of the table. */
static long cell_number(struct table *t, size_t row, int column)
{
	struct str cell = table_cell(t, row, column);
	long v = 0;

	for (size_t i = 0; i < cell.n; i++) {
		if (cell.s[i] < '0' || cell.s[i] > '9' || v > 1000000000)
			break;
		v = v * 10 + (cell.s[i] - '0');
		if (i + 1 == cell.n)
			return v;
	}
	table_bad(t, row, "'%.*s' is no number", STR_ARG(cell));
	return 0;
}

static struct span cell_span(struct table *t, size_t row, int begin, int end)
{
	struct span at = {(uint32_t)cell_number(t, row, begin), (uint32_t)cell_number(t, row, end)};

	if (at.e < at.b && !t->error[0])
		table_bad(t, row, "the range ends before it begins");
	return at;
}

static void facts_take(struct gold *g)
{
	struct table *t = &g->facts_table;
	int begin = table_need(t, "begin"), end = table_need(t, "end"), kind = table_need(t, "kind"),
		required = table_need(t, "required");
	static const struct {
		const char *name;
		size_t offset;
	} cells[] = {
		{"surface", offsetof(struct gold_fact, surface)},
		{"kind", offsetof(struct gold_fact, kind)},
		{"value", offsetof(struct gold_fact, value)},
		{"high", offsetof(struct gold_fact, high)},
		{"unit", offsetof(struct gold_fact, unit)},
		{"bound", offsetof(struct gold_fact, bound)},
		{"change", offsetof(struct gold_fact, change)},
		{"modality", offsetof(struct gold_fact, modality)},
		{"measure", offsetof(struct gold_fact, measure)},
		{"scope", offsetof(struct gold_fact, scope)},
		{"period", offsetof(struct gold_fact, period)},
		{"indicator", offsetof(struct gold_fact, indicator)},
	};

	g->facts = xmalloc((t->nrows + 1) * sizeof *g->facts);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct gold_fact *f = &g->facts[g->nfacts++];
		*f = (struct gold_fact){.at = cell_span(t, i, begin, end)};
		for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
			*(struct str *)((char *)f + cells[k].offset)
				= table_cell(t, i, table_column(t, cells[k].name));
		f->required = str_is(table_cell(t, i, required), "1");
		f->quantity = name_index(fact_kinds, table_cell(t, i, kind)) >= 0;
	}
}

static void segments_take(struct gold *g)
{
	struct table *t = &g->segments_table;
	int begin = table_need(t, "begin"), end = table_need(t, "end"), kind = table_need(t, "kind"),
		level = table_need(t, "level"), topic = table_need(t, "topic"), role = table_need(t, "role");

	g->segments = xmalloc((t->nrows + 1) * sizeof *g->segments);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		g->segments[g->nsegments++] = (struct gold_segment){
			cell_span(t, i, begin, end), table_cell(t, i, kind), table_cell(t, i, topic),
			table_cell(t, i, role), cell_number(t, i, level)};
	}
}

static bool one_load(struct gold_set *set, struct gold *g, const char *dir, const char *ending,
	struct table *t, bool *has)
{
	char name[512], path[4096];

	snprintf(name, sizeof name, "%s%s", g->name, ending);
	if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
		return fail(set, name, "path is too long");
	FILE *there = fopen(path, "r");
	if (!there && errno == ENOENT)
		return true;
	if (there)
		fclose(there);
	*has = true;
	return table_load(t, name, path) || fail(set, t->error, NULL);
}

static bool document_load(struct gold_set *set, struct gold *g, const char *dir)
{
	if (!one_load(set, g, dir, endings[0], &g->facts_table, &g->has_facts)
	    || !one_load(set, g, dir, endings[1], &g->segments_table, &g->has_segments)
	    || !one_load(set, g, dir, endings[2], &g->about_table, &g->has_about))
		return false;
	if (g->has_facts)
		facts_take(g);
	if (g->has_segments)
		segments_take(g);
	if (g->has_about) {
		table_need(&g->about_table, "key");
		table_need(&g->about_table, "value");
	}
	struct table *all[] = {&g->facts_table, &g->segments_table, &g->about_table};
	for (size_t i = 0; i < 3; i++)
		if (all[i]->error[0])
			return fail(set, all[i]->error, NULL);
	return true;
}

static void name_add(struct gold_set *set, const char *name, size_t n)
{
	for (size_t i = 0; i < set->n; i++)
		if (str_is((struct str){name, n}, set->items[i].name))
			return;
	set->items = xrealloc(set->items, (set->n + 1) * sizeof *set->items);
	set->items[set->n++] = (struct gold){.name = xstrndup(name, n)};
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct gold *)a)->name, ((const struct gold *)b)->name);
}

bool gold_load(struct gold_set *set, const char *dir)
{
	DIR *d = opendir(dir);

	*set = (struct gold_set){0};
	if (!d)
		return fail(set, dir, strerror(errno));
	for (struct dirent *e; (e = readdir(d)) != NULL;)
		for (size_t k = 0; k < 3; k++) {
			struct str name = str_of(e->d_name), ending = str_of(endings[k]);
			if (name.n > ending.n && name.n < 256 && str_ends(name, ending))
				name_add(set, name.s, name.n - ending.n);
		}
	closedir(d);
	if (set->n == 0)
		return fail(set, dir, "holds no NAME.facts.tsv, NAME.segments.tsv or NAME.about.tsv");
	qsort(set->items, set->n, sizeof *set->items, by_name);
	for (size_t i = 0; i < set->n; i++)
		if (!document_load(set, &set->items[i], dir))
			return false;
	return true;
}

void gold_free(struct gold_set *set)
{
	for (size_t i = 0; i < set->n; i++) {
		struct gold *g = &set->items[i];
		table_free(&g->facts_table);
		table_free(&g->segments_table);
		table_free(&g->about_table);
		free(g->facts);
		free(g->segments);
		free(g->name);
	}
	free(set->items);
}

struct gold *gold_find(struct gold_set *set, struct str path)
{
	for (size_t i = path.n; i-- > 0;)
		if (path.s[i] == '/') {
			path = str_sub(path, i + 1, path.n);
			break;
		}
	for (size_t i = path.n; i-- > 1;)
		if (path.s[i] == '.') {
			path.n = i;
			break;
		}
	for (size_t i = 0; i < set->n; i++)
		if (str_is(path, set->items[i].name))
			return &set->items[i];
	return NULL;
}

struct str gold_about(const struct gold *g, const char *key)
{
	const struct table *t = &g->about_table;

	for (size_t i = 0; i < t->nrows; i++)
		if (str_is(table_cell(t, i, table_column(t, "key")), key))
			return str_trim(table_cell(t, i, table_column(t, "value")));
	return (struct str){"", 0};
}
