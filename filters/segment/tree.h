/* tree: the list of segments as it grows, and the parent of each. */
#ifndef SEGMENT_TREE_H
#define SEGMENT_TREE_H

#include "arena.h"
#include "marks.h"
#include "segment.h"

/* Ranks of headings: numbered ones have twice their level, those without a number
 * stand between. */
enum { RANKS = 24 };

struct tree {
	struct str text;
	struct arena *a;
	struct segment *items;
	size_t n, cap;
	int64_t open[RANKS];    /* the heading in force at each rank, -1 for none */
	int deepest;            /* rank of the last numbered heading, 0 for none */
	int bare;               /* rank of the first heading without a number, 0 for none */
	int64_t lead;           /* a paragraph that introduces items, -1 for none */
};

void tree_start(struct tree *t, struct str text, struct arena *a);

/* Appends a segment that belongs to no outline: title, furniture, … */
struct segment *tree_plain(struct tree *t, int kind, uint32_t b, uint32_t e);

/* Appends a heading; MARK is NULL for one without a number. */
void tree_heading(struct tree *t, uint32_t b, uint32_t e, const struct mark *mark);

/* Appends a title inside the body: the outline starts anew below it. */
void tree_section(struct tree *t, uint32_t b, uint32_t e);

/* The outline starts anew. */
void tree_top(struct tree *t);

/* Appends a paragraph, caption or table under the heading in force. */
void tree_body(struct tree *t, int kind, uint32_t b, uint32_t e, const struct mark *mark);

#endif
