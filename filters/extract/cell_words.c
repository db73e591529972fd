/* cell_words: words of the heads of tables (cell_words.h). */
#include "cell_words.h"
#include "arena.h"
#include "heads.h"

#include <stdlib.h>

struct cell_words {
	struct cell_word {
		struct str word;
		enum cell_class cls;
		bool end;
	} *items;
	size_t n;
};

struct cell_words *cells_load(struct table *t)
{
	static const char *const classes[] = {"skip", "plain", "total", "place", "places", NULL};
	int cls = table_need(t, "class"), word = table_need(t, "word"), at = table_need(t, "at");
	struct cell_words *c = xmalloc(sizeof *c);

	*c = (struct cell_words){.items = xmalloc((t->nrows + 1) * sizeof *c->items)};
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		int k = name_index(classes, table_cell(t, i, cls));
		if (k < 0)
			table_bad(t, i, "no class of heads: '%.*s'", STR_ARG(table_cell(t, i, cls)));
		else
			c->items[c->n++] = (struct cell_word){table_cell(t, i, word), (enum cell_class)k,
				k == CELL_PLACE || str_is(table_cell(t, i, at), "end")};
	}
	return c;
}

void cells_free(struct cell_words *c)
{
	free(c->items);
	free(c);
}

bool cell_is(const struct cell_words *c, struct str head, enum cell_class cls)
{
	head = head_bare(head);
	for (size_t i = 0; i < c->n; i++) {
		const struct cell_word *w = &c->items[i];
		if (w->cls == cls && (str_eq(head, w->word)
				|| (w->end && head.n > w->word.n && str_ends(head, w->word))))
			return true;
	}
	return false;
}
