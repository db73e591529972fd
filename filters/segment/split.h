/* split: cutting a line of the body into headings, items and paragraphs. */
#ifndef SEGMENT_SPLIT_H
#define SEGMENT_SPLIT_H

#include "scan.h"
#include "tree.h"

struct split {
	const struct marks *marks;
	const struct scan *scan;
	struct tree *tree;
	struct arena *a;
	uint16_t *last;         /* last number of each family of marks, 0 for none */
	int16_t *level;         /* level of each family */
	bool *plain;            /* the family's last line was a paragraph, no heading */
	bool *listed;           /* it ended with a semicolon: a list that goes on */
	size_t families;
	struct place *places;   /* of the line in hand */
	size_t cap, nplaces;
	size_t now;             /* the place that comes next */
};

void split_start(struct split *s, const struct marks *marks, const struct scan *scan,
	struct tree *tree, struct arena *a);

/* Appends what the line holds to the tree. NEXT is the line after it, or NULL. */
void split_line(struct split *s, const struct line *line, const struct line *next);

/* The outline starts anew behind an unnumbered heading. */
void split_forget_items(struct split *s);

#endif
