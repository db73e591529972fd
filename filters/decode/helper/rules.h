/* rules: the lines drawn on a page that may border the cells of a table.
 *
 * However a document draws them (as strokes, as thin filled boxes, as a picture),
 * they show as long dark runs on the page as it is seen. */
#ifndef HELPER_RULES_H
#define HELPER_RULES_H

#include "arena.h"

/* A rule, in the page's coordinates: from (FROM, AT) to (TO, AT) where it is
 * horizontal, from (AT, FROM) to (AT, TO) where it is vertical. */
struct rule {
	float at, from, to;
};

struct rules {
	struct rule *across, *down;     /* horizontal, vertical */
	size_t nacross, ndown, across_cap, down_cap;
};

/* Adds the line from (X0, Y0) to (X1, Y1) that a document says it draws. It is a rule
 * where it is upright or level and at least SHORTEST long; too many are left out. */
void rules_add(struct rules *r, float x0, float y0, float x1, float y1, float shortest, struct arena *a);

/* A picture of a page: HEIGHT rows of STRIDE bytes, four a pixel, of which the
 * first three are its colours. SCALE pixels make one unit of the page. */
struct picture {
	const unsigned char *data;
	int width, height, stride;
	float scale;
};

/* Finds the rules of a picture that are at least SHORTEST units long; none where
 * there are too many for a table. */
void rules_find(struct rules *r, const struct picture *p, float shortest, struct arena *a);

#endif
