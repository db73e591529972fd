/* columns: pages that are set in columns. */
#ifndef HELPER_COLUMNS_H
#define HELPER_COLUMNS_H

#include "layout.h"

/* Reorders the lines from FIRST on, one page, as they are read: the columns of
 * running text one after another. A table is no columns: its cells do not fill them. */
void columns_order(struct layout *l, size_t first);

#endif
