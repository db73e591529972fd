#include "genres.h"
#include "arena.h"

#include <stdlib.h>

static uint64_t kinds_of(struct table *t, size_t row, struct str list)
{
	uint64_t bits = 0;
	struct str part;

	while (str_part(&list, '|', &part)) {
		int k = 1;
		while (k < ISSUER_KINDS && !str_is(part, issuer_kinds[k]))
			k++;
		if (k == ISSUER_KINDS)
			table_bad(t, row, "unknown issuer '%.*s'", STR_ARG(part));
		else
			bits |= (uint64_t)1 << k;
	}
	return bits;
}

void genres_load(struct genres *g, struct table *t)
{
	int genre = table_need(t, "genre"), title = table_need(t, "title");
	int issuer = table_need(t, "issuer"), text = table_need(t, "text");

	*g = (struct genres){.matcher = matcher_new(t, 4)};
	if (t->error[0])
		return;
	g->items = xmalloc((t->nrows + 1) * sizeof *g->items);
	for (size_t i = 0; i < t->nrows; i++) {
		struct genre_rule r = {.genre = table_cell(t, i, genre), .row = i};
		struct str a = table_cell(t, i, title), b = table_cell(t, i, text);
		if (a.n)
			r.title = pattern_compile(t, i, a);
		if (b.n)
			r.text = pattern_compile(t, i, b);
		r.enclosed = str_is(r.genre, "enclosed");
		r.issuers = kinds_of(t, i, table_cell(t, i, issuer));
		g->items[g->n++] = r;
	}
}

void genres_free(struct genres *g)
{
	for (size_t i = 0; i < g->n; i++) {
		pcre2_code_free(g->items[i].title);
		pcre2_code_free(g->items[i].text);
	}
	free(g->items);
	matcher_free(g->matcher);
}

bool genres_known(const struct genres *g, struct str name)
{
	for (size_t i = 0; i < g->n; i++)
		if (!g->items[i].enclosed && str_eq(g->items[i].genre, name))
			return true;
	return false;
}

struct str genres_find(const struct genres *g, struct str title, enum issuer_kind issuer, struct str text)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct genre_rule *r = &g->items[i];
		if (!r->enclosed && (!r->issuers || r->issuers >> issuer & 1)
		    && (!r->title || pattern_find(g->matcher, r->row, r->title, title))
		    && (!r->text || pattern_find(g->matcher, r->row, r->text, text)))
			return r->genre;
	}
	return (struct str){NULL, 0};
}

struct span genres_inner(const struct genres *g, struct str title)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct genre_rule *r = &g->items[i];
		struct span s;
		if (r->enclosed && r->title && pattern_find(g->matcher, r->row, r->title, title)
		    && !span_is_none(s = pattern_group(r->title, g->matcher->data, "inner")))
			return s;
	}
	return (struct span){0, 0};
}
