/* verdicts: what people found when they checked figures and findings (verdicts.tsv).
 * Ids stay when a page is crawled again, so a verdict outlives every rebuild. */
#ifndef GONGWEN_VERDICTS_H
#define GONGWEN_VERDICTS_H

#include "decimal.h"
#include "table.h"

struct verdict {
	struct str id, verdict, value, who, when, note;
	struct decimal number;          /* value, where one is given */
	bool wrong, corrects;
	bool met;                       /* its fact or finding is in the dataset */
};

struct verdicts {
	struct verdict *items;          /* in the table's order */
	size_t n;
	uint32_t *slots;                /* hash table of index + 1, by id */
	size_t nslots;
};

/* Strings stay in the table, and so do errors (an id twice, no such verdict). */
void verdicts_load(struct verdicts *v, struct table *t);
void verdicts_free(struct verdicts *v);

/* The verdict of an id; NULL for none. */
struct verdict *verdicts_find(const struct verdicts *v, const char *id, size_t n);

#endif
