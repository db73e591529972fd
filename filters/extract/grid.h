/* grid: the heads that stand over and beside the cells of a table. */
#ifndef EXTRACT_GRID_H
#define EXTRACT_GRID_H

#include "cell_words.h"
#include "row.h"
#include "work.h"

enum { HEAD_MOST = 240 };       /* bytes of a head; a longer cell is prose */

/* What stands over and beside a cell. */
struct heads {
	struct str column, upper, line;         /* upper: over several columns, one of them COLUMN */
	struct str top;                         /* over UPPER */
	struct str group;                       /* beside several lines, or a row of its own above them */
	const struct unit *own;                 /* of a column of units */
	bool places;                            /* line stands in a column of names of places or bodies */
	bool pair;                              /* line, and nothing else, names the cell: 受理	126件	审结	118件 */
	bool summed;                            /* another column under the same upper head has the sum */
};

/* Takes a row without numbers for heads: of columns, or of the rows below it where it is one cell. */
void grid_heads(struct work *w, const struct cell_words *words, const struct row *r);

/* Takes note of what a row of numbers says of the rows below it. */
void grid_row(struct work *w, const struct row *r);

/* The heads of cell C of a row that grid_row has seen; what is near it is from now on looked for from C. */
struct heads grid_of(struct work *w, const struct cell_words *words, const struct row *r, size_t c);

/* The unit of a cell's number, by the nearest head that names one; NULL for none. *SCALE is the power of ten before it. */
const struct unit *grid_unit(const struct work *w, const struct heads *h, int *scale);

/* The caption right above the table: what its sums count where no head says it. {NULL, 0} for none. */
struct str grid_caption(const struct work *w);

#endif
