/* heads: what the heads of a table say by themselves: their bare words, and units. */
#ifndef EXTRACT_HEADS_H
#define EXTRACT_HEADS_H

#include "units.h"
#include "work.h"

/* A head without what stands in brackets at its end. */
struct str head_bare(struct str s);

/* The unit that a head gives: （万元）, (件), 单位：件, and 件 of 件数; NULL for none. *SCALE is the power of
 * ten of 万 and 亿 before it. */
const struct unit *head_unit(const struct units *units, struct str head, int *scale);

/* The unit that stands right above the table of W's sentence, 单位：万元, for a column under HEAD; NULL for none. */
const struct unit *head_unit_above(const struct work *w, struct str head, int *scale);

#endif
