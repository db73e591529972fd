/* labels: what indicators are called in another language (labels-en.tsv). */
#ifndef GONGWEN_LABELS_H
#define GONGWEN_LABELS_H

#include "table.h"

struct labels {
	const struct table *t;
	int id, label;
	size_t next;            /* where the search begins */
};

/* Strings stay in the table, and so do errors (no such column). */
void labels_load(struct labels *l, struct table *t);

/* The label of an indicator; an empty string where nobody gave one. It costs nothing where
 * indicators are asked for in the table's order. */
struct str labels_of(struct labels *l, struct str id);

#endif
