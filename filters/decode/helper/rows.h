/* rows: the tables of text documents.
 *
 * A row is a line. A table of one column, or of running text, only lays out the
 * page: its paragraphs are lines. Which it is shows at its end. */
#ifndef HELPER_ROWS_H
#define HELPER_ROWS_H

#include "edges.h"
#include "output.h"

enum { TABLES_MOST = 32 };              /* nested */

struct rows_table {
	size_t from;            /* of the output */
	unsigned cells, most;   /* of the row; of all rows */
	bool layout;
};

struct rows {
	struct output *out;
	struct edges edges;     /* of the outermost table; its arena is NULL where rows are in columns already */
	struct rows_table tables[TABLES_MOST];
	unsigned n, too_deep;
};

/* A table begins, in a cell of the one before it where that has not ended. */
void rows_begin(struct rows *r);

/* Ends a paragraph, inside a cell or outside of all tables. */
void rows_line(struct rows *r);

/* Ends a cell that spans columns; a row. */
void rows_cell(struct rows *r, unsigned span);
void rows_row(struct rows *r);

/* Ends a row whose cells end at RIGHTS (edges.h); N is 0 where it does not say. */
void rows_row_edged(struct rows *r, const int32_t *rights, size_t n);
/* Ends the innermost table; all tables. */
void rows_end(struct rows *r);
void rows_close(struct rows *r);

#endif
