/* workbook: the tables as sheets of an Excel file, by libxlsxwriter. */
#ifndef AGGREGATE_WORKBOOK_H
#define AGGREGATE_WORKBOOK_H

#include "catalogue.h"
#include "columns.h"

/* A sheet has no more rows: a table that does is left out. */
enum { WORKBOOK_ROWS = 1048576 - 1 };

/* Makes FOLDER/gongwen.xlsx from the CSV files in FOLDER. Codes and other texts stay
 * texts; so do numbers of more than 15 digits, which Excel would round. False with the
 * reason in ERROR. */
bool workbook_make(const char *folder, const uint64_t rows[TABLES], const struct catalogue *c, char *error, size_t room)
	__attribute__((warn_unused_result));

#endif
