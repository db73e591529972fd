/* report: which lines of a page are the report, and what the page says of it. */
#ifndef DECODE_REPORT_H
#define DECODE_REPORT_H

#include "container.h"
#include "title.h"

struct report {
	const struct content *c;
	const struct labels *labels;
	const struct page *page;
	const struct lines *l;
	struct title title;
	bool *out;              /* of each line: it does not belong to the text */
	size_t first, last;     /* lines of the container: [first, last) */
	size_t lead, trail;     /* its first line of running text, and behind its last */
};

/* Bounds the report by its container, and takes out what is no part of it. r->c,
 * labels, page, l and title are given; the flags are from the arena. */
void report_bound(struct report *r, const struct container *box, struct arena *a);
void report_trim(struct report *r, const struct container *box);

/* Collects what the lines around the text, and the elements of the page's head, say
 * into H, and takes lines that say nothing else out of the text. */
void report_pairs(struct report *r, struct arena *a, struct head *h);

#endif
