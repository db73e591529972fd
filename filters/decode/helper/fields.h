/* fields: the sheets of a workbook as tables of texts (../rows.h).
 *
 * Each sheet is a page of the output: its name on the first line, then its rows as
 * CSV. Here a cell keeps its line breaks and indents, unlike in the text of a workbook
 * that is one document: it may hold a whole report. */
#ifndef HELPER_FIELDS_H
#define HELPER_FIELDS_H

#include "output.h"

struct fields {
	struct output *out;
	size_t row;             /* where the row in hand begins */
	size_t n;               /* fields of it */
};

/* A sheet begins. */
void fields_sheet(struct fields *f, struct str name);

/* Adds the cell S to the row in hand, in COLUMN, which counts from 0 and grows. */
void fields_cell(struct fields *f, size_t column, struct str s);

/* Ends the row in hand, if it has a cell. */
void fields_row(struct fields *f);

#endif
