#include "regions.h"

#include <stdlib.h>

struct region_name {
	int region;
	bool full;
};

static int year_of(struct str s, int open)
{
	int v = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] < '0' || s.s[i] > '9')
			return -1;
		v = v * 10 + (s.s[i] - '0');
		if (v > 9999)
			return -1;
	}
	return s.n ? v : open;
}

static void add_name(struct regions *r, struct str name, int region, bool full)
{
	/* one character is no name: it would be found everywhere */
	if (name.n < 6)
		return;
	if (r->nnames == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 8192;
		r->names = xrealloc(r->names, r->cap * sizeof *r->names);
	}
	r->names[r->nnames] = (struct region_name){region, full};
	literal_add(r->set, name, (uint32_t)r->nnames++);
}

static int by_code(const void *a, const void *b, void *regions)
{
	const struct regions *r = regions;
	int x = *(const int *)a, y = *(const int *)b;
	int c = str_cmp(r->items[x].code, r->items[y].code);
	return c ? c : (x > y) - (x < y);
}

/* The first of the divisions of a code, as an index of by_code; ncodes where none. */
static size_t first_of(const struct regions *r, struct str code)
{
	size_t lo = 0, hi = r->ncodes;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (str_cmp(r->items[r->by_code[mid]].code, code) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

int regions_code(const struct regions *r, struct str code, int year)
{
	int found = REGION_NONE;

	if (!code.n)
		return REGION_NONE;
	for (size_t i = first_of(r, code); i < r->ncodes && str_eq(r->items[r->by_code[i]].code, code); i++) {
		const struct region *x = &r->items[r->by_code[i]];
		if (x->from <= year && year <= x->to)
			return r->by_code[i];
		found = r->by_code[i];
	}
	return found;
}

static int parent_of(const struct regions *r, size_t i)
{
	char code[7];
	const struct region *x = &r->items[i];
	int year = x->to == 9999 ? 9999 : x->to, p;

	if (x->code.n != 6 || str_is(x->level, "nation") || str_is(x->level, "province"))
		return REGION_NONE;
	memcpy(code, x->code.s, 6);
	if (memcmp(code + 4, "00", 2) != 0) {
		memcpy(code + 4, "00", 3);
		p = regions_code(r, (struct str){code, 6}, year);
		if (p != REGION_NONE)
			return p;
	}
	memcpy(code + 2, "0000", 5);
	p = regions_code(r, (struct str){code, 6}, year);
	return p == (int)i ? REGION_NONE : p;
}

/* The table as it comes is in order already. */
static void codes_sort(struct regions *r)
{
	for (size_t i = 1; i < r->ncodes; i++)
		if (by_code(&r->by_code[i - 1], &r->by_code[i], r) > 0) {
			qsort_r(r->by_code, r->ncodes, sizeof *r->by_code, by_code, r);
			return;
		}
}

void regions_load(struct regions *r, struct table *t)
{
	int code = table_need(t, "code"), name = table_need(t, "name"), level = table_need(t, "level");
	int from = table_need(t, "from"), to = table_need(t, "to"), next = table_need(t, "successor");
	int brief = table_need(t, "short"), also = table_need(t, "also"), latin = table_column(t, "latin");

	*r = (struct regions){.set = literal_new()};
	if (t->error[0])
		return;
	r->items = xmalloc((t->nrows + 1) * sizeof *r->items);
	r->by_code = xmalloc((t->nrows + 1) * sizeof *r->by_code);
	r->n = t->nrows;
	for (size_t i = 0; i < r->n; i++) {
		struct region *x = &r->items[i];
		*x = (struct region){.code = table_cell(t, i, code), .name = table_cell(t, i, name),
			.level = table_cell(t, i, level), .from = year_of(table_cell(t, i, from), 0),
			.to = year_of(table_cell(t, i, to), 9999), .successor = table_cell(t, i, next)};
		if (latin >= 0)
			x->latin = table_cell(t, i, latin);
		if (x->from < 0 || x->to < 0)
			table_bad(t, i, "from and to are years");
		if (!x->name.n || !x->level.n || (x->code.n && x->code.n != 6))
			table_bad(t, i, "a division needs a name, a level and a code of six digits or none");
		if (x->code.n)
			r->by_code[r->ncodes++] = (int)i;
		add_name(r, x->name, (int)i, true);
		struct str rest = table_cell(t, i, brief), part;
		while (str_part(&rest, '|', &part))
			add_name(r, part, (int)i, false);
		rest = table_cell(t, i, also);
		while (str_part(&rest, '|', &part))
			add_name(r, part, (int)i, true);
	}
	codes_sort(r);
	for (size_t i = 0; i < r->n; i++)
		r->items[i].parent = parent_of(r, i);
	literal_build(r->set);
}

void regions_free(struct regions *r)
{
	literal_free(r->set);
	free(r->items);
	free(r->by_code);
	free(r->names);
}

struct region_mentions regions_find(const struct regions *r, struct str text, struct arena *a)
{
	struct literal_scan scan = literal_start(r->set, text);
	struct literal_hit hit;
	struct region_mentions m = {0};
	size_t cap = 0, cap_may = 0;

	while (literal_next(&scan, &hit)) {
		struct region_mention *last = m.n ? &m.items[m.n - 1] : NULL;
		bool same = last && last->at.b == hit.b && last->at.e == hit.e;
		if (last && !same) {
			if (hit.b == last->at.b && hit.e > last->at.e)
				m.n--;          /* a longer name from the same place */
			else if (hit.b < last->at.e)
				continue;
		}
		if (!same) {
			m.items = m.n < cap ? m.items : arena_grow(a, m.items, &cap, m.n + 1, sizeof *m.items);
			m.items[m.n++] = (struct region_mention){.at = {hit.b, hit.e}, .first = (uint32_t)m.nmay};
			last = &m.items[m.n - 1];
		}
		m.may = m.nmay < cap_may ? m.may : arena_grow(a, m.may, &cap_may, m.nmay + 1, sizeof *m.may);
		m.may[m.nmay++] = r->names[hit.id].region;
		last->count = (uint32_t)m.nmay - last->first;
		last->full |= r->names[hit.id].full;
	}
	return m;
}

bool regions_above(const struct regions *r, int ancestor, int index)
{
	for (int i = r->items[index].parent; i != REGION_NONE; i = r->items[i].parent)
		if (i == ancestor || str_eq(r->items[i].name, r->items[ancestor].name))
			return true;
	return false;
}

int regions_at(const struct regions *r, int index, int year)
{
	/* a chain of successors is short; a table with a ring in it must not hang us */
	for (int steps = 0; steps < 8 && r->items[index].to < year; steps++) {
		int next = regions_code(r, r->items[index].successor, r->items[index].to + 1);
		if (next == REGION_NONE)
			break;
		index = next;
	}
	return index;
}

struct str regions_path(const struct regions *r, int index, struct arena *a)
{
	struct str parts[4];
	size_t n = 0, len = 0;

	for (int i = index; i != REGION_NONE && n < 4; i = r->items[i].parent) {
		/* 秦皇岛市经济技术开发区 has its parent in its name */
		if (n && str_starts(parts[n - 1], r->items[i].name))
			continue;
		parts[n] = r->items[i].name;
		len += parts[n++].n;
	}
	char *s = arena_alloc(a, len + 1);
	size_t at = 0;
	while (n-- > 0) {
		memcpy(s + at, parts[n].s, parts[n].n);
		at += parts[n].n;
	}
	return (struct str){s, at};
}
