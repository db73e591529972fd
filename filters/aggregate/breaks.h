/* breaks: where a series is cut (breaks.tsv): a law that changed what is counted, a
 * boundary that moved. */
#ifndef AGGREGATE_BREAKS_H
#define AGGREGATE_BREAKS_H

#include "catalogue.h"
#include "output.h"

struct brk {
	struct str id, date, region, indicators, title, source;
	bool boundary;                  /* else a law */
};

struct breaks {
	struct brk *items;              /* in the table's order */
	size_t n;
};

/* Strings stay in the table, and so do errors. */
void breaks_load(struct breaks *b, struct table *t);
void breaks_free(struct breaks *b);

/* Puts the ids of the breaks between a figure of the period that starts at FROM and one
 * of the period that ends at TO (ISO dates) into IDS, a space between. True where one
 * of them is a boundary: the places are not the same. */
bool breaks_between(const struct breaks *b, const struct indicator *x, struct str region_code,
	struct str from, struct str to, struct buf *ids);

/* All of them, as rows. */
void breaks_write(const struct breaks *b, struct output *out);

#endif
