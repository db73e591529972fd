/* periods: which time a report covers (periods.tsv). */
#ifndef CLASSIFY_PERIODS_H
#define CLASSIFY_PERIODS_H

#include "about.h"
#include "arena.h"
#include "patterns.h"

struct period_rule;

struct periods {
	struct period_rule *items;
	size_t n;
	struct matcher *matcher;
};

void periods_load(struct periods *p, struct table *t);
void periods_free(struct periods *p);

/* Looks for a period in S, which stands at BASE of the document's text; names in
 * 《…》 are passed over. WRITTEN is the day on which the document was written (ISO 8601),
 * empty where it is not known. False where S names none. */
bool periods_find(const struct periods *p, struct str s, uint32_t base, struct str written,
	struct about_period *out, struct arena *a);

/* The whole year (no proof in the text). */
void periods_year(int year, struct about_period *out, struct arena *a);

#endif
