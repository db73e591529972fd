#include "tree.h"

void tree_start(struct tree *t, struct str text, struct arena *a)
{
	*t = (struct tree){.text = text, .a = a, .lead = -1};
	for (int i = 0; i < RANKS; i++)
		t->open[i] = -1;
}

static struct segment *add(struct tree *t, int kind, uint32_t b, uint32_t e, const struct mark *mark)
{
	t->items = t->n < t->cap ? t->items : arena_grow(t->a, t->items, &t->cap, t->n + 1, sizeof *t->items);
	struct segment *s = &t->items[t->n++];
	*s = (struct segment){.at = {b, e}, .kind = kind, .up = -1};
	if (mark) {
		s->level = mark->level;
		s->mark = str_sub(t->text, b, b + mark->len);
	}
	return s;
}

struct segment *tree_plain(struct tree *t, int kind, uint32_t b, uint32_t e)
{
	return add(t, kind, b, e, NULL);
}

static int64_t above(const struct tree *t, int rank)
{
	for (int i = rank - 1; i >= 0; i--)
		if (t->open[i] >= 0)
			return t->open[i];
	return -1;
}

void tree_heading(struct tree *t, uint32_t b, uint32_t e, const struct mark *mark)
{
	/* one without a number stands below the numbered ones in force, unless others of
	 * its kind stand higher */
	int rank = mark ? 2 * mark->level - mark->over : t->deepest + 1;

	if (!mark && t->bare && t->bare < rank)
		rank = t->bare;
	if (rank >= RANKS)
		rank = RANKS - 1;
	add(t, SEGMENT_HEADING, b, e, mark)->up = above(t, rank);
	t->open[rank] = (int64_t)t->n - 1;
	for (int i = rank + 1; i < RANKS; i++)
		t->open[i] = -1;
	if (mark)
		t->deepest = rank;
	else if (!t->bare)
		t->bare = rank;
	if (!mark && rank < t->deepest)
		t->deepest = rank - 1;
	t->lead = -1;
}

void tree_top(struct tree *t)
{
	for (int i = 0; i < RANKS; i++)
		t->open[i] = -1;
	t->deepest = t->bare = 0;
	t->lead = -1;
}

void tree_section(struct tree *t, uint32_t b, uint32_t e)
{
	tree_top(t);
	add(t, SEGMENT_HEADING, b, e, NULL);
	t->open[0] = (int64_t)t->n - 1;
}

/* 存在以下不足：, 主要做了三方面工作。 */
static bool introduces(struct str s)
{
	return str_ends(s, STR(":")) || str_ends(s, STR("："));
}

void tree_body(struct tree *t, int kind, uint32_t b, uint32_t e, const struct mark *mark)
{
	struct segment *s = add(t, kind, b, e, mark);

	s->up = mark && t->lead >= 0 ? t->lead : above(t, RANKS);
	if (!mark)
		t->lead = introduces(str_sub(t->text, b, e)) ? (int64_t)t->n - 1 : -1;
}
