/* container: which part of a page is the report.
 *
 * What the site's system says counts most: marks around the content, then names
 * that content.tsv knows. Elsewhere it is the innermost element that holds nearly
 * all of the running text; where the title stands in the page, of the running text
 * that follows it, so that long teasers beside a short notice do not win. */
#ifndef DECODE_CONTAINER_H
#define DECODE_CONTAINER_H

#include "content.h"
#include "lines.h"

/* What the names of a page's elements say. */
struct marks {
	unsigned char *roles;   /* of each node, as bits 1 << enum role; in the arena */
	uint32_t title;         /* the first element that is named a title, 0 for none */
};

/* The nodes [b, e) of the page. */
struct container {
	uint32_t b, e;
	bool known;             /* its maker names it */
};

/* Finds the named parts, and marks as dropped those that are furniture. */
struct marks container_mark(const struct content *c, struct page *p, struct arena *a);

/* Finds the container; TITLE is the line of the report's title, SIZE_MAX for none. */
struct container container_find(const struct content *c, const struct page *p, const struct marks *m,
	const struct lines *l, size_t title);

/* Is LINE one of a list of links: mostly links, and no running text? */
static inline bool line_is_links(const struct line *l)
{
	return l->links > 0 && (uint64_t)l->links * 10 >= (uint64_t)l->chars * 6 && l->good == 0;
}

#endif
