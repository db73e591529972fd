/* given: what a table says of a document, the one that it stands in or that of --meta. */
#ifndef DECODE_GIVEN_H
#define DECODE_GIVEN_H

#include "convert.h"
#include "detect.h"
#include "head.h"

/* The name that a column's heading means (columns.tsv, then head.tsv); {NULL, 0} for none. */
struct str given_name(const struct table *columns, const struct labels *labels, struct str heading);

/* The file of --meta. */
struct meta {
	struct table *table;    /* columns are names; a row has one more cell than columns, its key, first */
	struct arena arena;     /* what cells point into besides the file */
};

/* Reads the CSV file PATH into T, which the provenance lists. False with t->error. */
bool meta_load(struct meta *m, struct table *t, const char *path, const struct table *columns, const struct labels *labels,
	struct detector *detector) __attribute__((warn_unused_result));

/* Adds what the table says of a document to GIVEN, and its url to *URL where it has none yet: the row
 * of its member, then that of its path; what GIVEN has already stays. A row is about the paths that end
 * with its own; of several rows that with the longest path counts. */
void meta_find(const struct meta *m, struct str path, struct str member, struct arena *a,
	struct head *given, struct str *url);

void meta_close(struct meta *m);

#endif
