/* cells: one figure for each cell, what else was said of it, and promises with what
 * became of them, as the page reads them. */
#ifndef REPORT_CELLS_H
#define REPORT_CELLS_H

#include "claims.h"

enum { CELL_DISPUTED = 1, CELL_CORRECTED = 2 }; /* flags */

/* Appends the members series, periods, cells and targets to the map that J is in the
 * midst of. The claims must be sorted. Returns the number of cells. */
size_t cells_write(const struct claims *k, struct json *j);

#endif
