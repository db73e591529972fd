/* join: lines of pages made into paragraphs and table rows.
 *
 * Official documents indent a paragraph's first line by two characters and fill
 * all lines but its last (GB/T 9704-2012, 7.3.3). So a line goes on where it is
 * full, that is where the next line's first word had no room in it, and the next
 * one is not indented. */
#ifndef HELPER_JOIN_H
#define HELPER_JOIN_H

#include "layout.h"
#include "output.h"

/* Writes all lines but the furniture; pages are noted. */
void layout_write(struct layout *l, struct output *o);

#endif
