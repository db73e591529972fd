/* title: what a page's report is called. */
#ifndef DECODE_TITLE_H
#define DECODE_TITLE_H

#include "head.h"
#include "lines.h"

/* The report's title: a named element (NAMED, 0 for none) or <h1> that <title>
 * confirms, else what <meta> says, else <title> itself; {NULL, 0} for none. What
 * is returned lives in the arena or in the lines. */
struct str title_find(const struct lines *l, const struct page *p, uint32_t named,
	const struct labels *labels, struct arena *a);

/* The text of <title>, in the arena; {NULL, 0} where the page has none. */
struct str title_element(const struct page *p, struct arena *a);

/* Are both the same but for white space? */
bool title_same(struct str a, struct str b, struct arena *arena);

/* Do the lines that are not OUT start with the title, whole or in parts? */
bool title_stands(const struct lines *l, const bool *out, struct str title, struct arena *a);

/* The value of an attribute without markup and line breaks, in the arena. */
struct str title_bare(struct arena *a, struct str s);

#endif
