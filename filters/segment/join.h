/* join: lines that were one before a page or a file broke them, made one again in place. */
#ifndef SEGMENT_JOIN_H
#define SEGMENT_JOIN_H

#include "scan.h"

/* A page that sets its figures and brackets apart breaks lines around them. No line starts
 * with a stop within a sentence, and a figure alone between such lines is part of one. */
void join_torn(struct scan *s, struct str text);

/* A mark that stands alone numbers the line below it. */
void join_marks(struct scan *s, struct str text, const struct marks *marks);

/* Joins lines that were broken at a fixed width (a text copied out of a page layout). */
void join_wrapped(struct scan *s, struct str text, const struct marks *marks);

#endif
