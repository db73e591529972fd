/* outline: a document's outline with topic and role, for human eyes. */
#ifndef TOJSON_OUTLINE_H
#define TOJSON_OUTLINE_H

#include "filter.h"

/* Appends the outline of the record in hand: what document it is, its segments as a tree
 * with role and topic, and its problems. A record with text needs segments; labels, about
 * and facts are shown where it has them. */
void outline_write(struct filter *f, struct buf *out);

#endif
