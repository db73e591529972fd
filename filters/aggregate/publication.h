/* publication: when the reports came out, and which of those expected are not there. */
#ifndef AGGREGATE_PUBLICATION_H
#define AGGREGATE_PUBLICATION_H

#include "claim.h"
#include "output.h"

/* Who is expected to publish (expected.tsv). */
struct expected {
	struct str region;              /* code or full path; * gives the deadline of all others */
	struct str subject;             /* empty: government */
	struct str deadline;            /* MM-DD of the year after */
	int from, to;                   /* years of the reports */
};

struct publication {
	struct expected *items;
	size_t n;
	struct str deadline;            /* of the line * */
};

/* Strings stay in the table, and so do errors. */
void publication_load(struct publication *p, struct table *t);
void publication_free(struct publication *p);

/* Rows for every report of a full year, and for each expected one that is not there, by
 * region, subject and year. */
void publication_write(const struct publication *p, const struct order *o, struct names *names, struct output *out);

#endif
