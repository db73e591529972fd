/* grid: lines that are rows of a table. */
#ifndef HELPER_GRID_H
#define HELPER_GRID_H

#include "layout.h"
#include "output.h"

/* How many lines from B on (before E, all of one page) are a table; 0 for none. */
size_t grid_measure(const struct layout *l, size_t b, size_t e);

/* Writes the table in lines [B, E). */
void grid_write(const struct layout *l, size_t b, size_t e, struct output *o);

#endif
