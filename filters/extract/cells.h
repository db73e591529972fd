/* cells: the numbers that stand alone in a table's cells. What they count, and in which
 * unit, the heads of their column and row say. */
#ifndef EXTRACT_CELLS_H
#define EXTRACT_CELLS_H

#include "cell_words.h"

struct work;

/* Adds the facts of one row, W's sentence; rows come in the order of the text. Numbers with
 * a unit of their own have been found before; where one fills its cell, the heads say the rest. */
void cells_assign(struct work *w, const struct cell_words *words);

#endif
