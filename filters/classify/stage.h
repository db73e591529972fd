/* stage: all that classify and its variants have in common, which is everything but how
 * segments are labelled. */
#ifndef CLASSIFY_STAGE_H
#define CLASSIFY_STAGE_H

#include "filter.h"
#include "segment.h"

/* How a variant labels segments; MODEL is its own. */
struct stage {
	/* its tables; errors stay in them */
	void (*load)(void *model, struct filter *f);
	/* one label a segment (arena) */
	struct label *(*labels)(const void *model, struct str text, const struct segment *segments, size_t n,
		struct arena *a);
	void (*free)(void *model);
	/* names of the tables of what a document is, as filter_table takes them */
	const char *issuers, *genres, *periods, *regions;
};

/* The rest of main, once the filter has started: loads, works and finishes. Returns the exit status. */
int stage_run(const struct stage *stage, void *model, struct filter *f);

#endif
