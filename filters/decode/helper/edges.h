/* edges: rows of a table whose cells say where they end, set into columns.
 *
 * DOC and RTF tell of each row by itself where its cells end. A cell that spans the
 * columns of other rows is known by that only. */
#ifndef HELPER_EDGES_H
#define HELPER_EDGES_H

#include "output.h"

#include "arena.h"

/* The rows of one table. */
struct edges {
	struct arena *arena;
	int32_t *rights;        /* of the cells of all rows, in twips */
	size_t n, cap;
	struct edged_row {
		size_t at;      /* in the text */
		size_t first, n;
	} *rows;
	size_t nrows, rows_cap;
	bool broken;            /* a row did not say it, or not of all its cells */
};

/* The next table's. */
void edges_begin(struct edges *e);

/* The row that begins at AT of the text ends; its N cells end at RIGHTS. */
void edges_row(struct edges *e, size_t at, const int32_t *rights, size_t n);

/* Sets the rows, which are all the text from FROM on, into the columns of all of them. */
void edges_spread(const struct edges *e, struct buf *text, size_t from);

#endif
