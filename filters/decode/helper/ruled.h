/* ruled: tables whose cells have borders. */
#ifndef HELPER_RULED_H
#define HELPER_RULED_H

#include "output.h"
#include "rules.h"

#include <stdbool.h>

/* A table as its rules show it. A cell may span several rows and columns: then all
 * of those say the same cell, the first of them. */
struct ruled {
	float x0, y0, x1, y1;
	float near;             /* edges no further apart are one */
	uint32_t columns, rows;
	float *xs, *ys;         /* columns + 1, rows + 1 */
	uint32_t *cells;        /* rows * columns: which one it belongs to, itself or an earlier one */
	struct str *texts;      /* of the cells, where the text is theirs */
};

/* Makes the tables of rules: at least two columns, of one row three. EM is the size of the
 * characters in them. Returns how many. */
size_t ruled_make(const struct rules *r, float em, struct ruled **tables, struct arena *a);

/* The cell at a point; UINT32_MAX for a point outside of it. */
uint32_t ruled_cell(const struct ruled *t, float x, float y);

/* Gives tables that go on each other, over the ends of pages, the columns of all: heads that span some may end a page. */
void ruled_unite(struct ruled *const *tables, size_t n, struct arena *a);

/* Writes a table: rows as lines, cells between tabs. BEFORE is NULL, or the table that
 * ends right before this one, on the page before: rows that both begin with are its head,
 * said again, and are left out. */
void ruled_write(const struct ruled *t, const struct ruled *before, struct output *o);

#endif
