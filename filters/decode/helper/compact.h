/* compact: columns of tables that have nothing in any row. */
#ifndef HELPER_COMPACT_H
#define HELPER_COMPACT_H

#include "pack.h"

/* Takes them out of the text from FROM on: lines of cells between tabs, of which those that follow each other
 * are one table. Merged cells of a sheet, and tables below each other in it, leave such columns. */
void columns_compact(struct buf *text, size_t from);

#endif
