/* title: what a page's report is called. */
#ifndef DECODE_TITLE_H
#define DECODE_TITLE_H

#include "content.h"
#include "head.h"
#include "lines.h"

struct title {
	struct str text;        /* {NULL, 0} for none */
	size_t line;            /* where it stands in the page, SIZE_MAX: nowhere */
};

/* The report's title: a line of the page that <title> or <meta> confirm, else a
 * named element (NAMED, 0 for none), else what <meta> says, else <title> itself.
 * What is returned lives in the arena or in the lines. */
struct title title_find(const struct lines *l, const struct page *p, const struct content *c,
	const struct labels *labels, uint32_t named, struct arena *a);

/* Where <title> only names the site: takes the line that stands as a title before
 * line LEAD, which begins the text. False where there is none. */
bool title_before(struct title *t, const struct lines *l, const struct content *c,
	const struct labels *labels, size_t lead);

/* The text of <title>, in the arena; {NULL, 0} where the page has none. */
struct str title_element(const struct page *p, struct arena *a);

/* Do the lines that are not OUT start with the title, whole or in parts? */
bool title_stands(const struct lines *l, const bool *out, struct str title, struct arena *a);

/* The value of an attribute without markup and line breaks, in the arena. */
struct str title_bare(struct arena *a, struct str s);

#endif
