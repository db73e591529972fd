/* stata: the panels as files of Stata (.dta, format 118), by libreadstat. */
#ifndef AGGREGATE_STATA_H
#define AGGREGATE_STATA_H

#include "catalogue.h"
#include "columns.h"

/* Makes FOLDER/NAME from the CSV file of table ID in FOLDER (FD is its descriptor); ROWS
 * is the number of its rows. Texts are cut at 2045 bytes, numbers are doubles, an empty
 * cell is a missing value. False with the reason in ERROR. */
bool stata_make(const char *folder, int fd, const char *name, enum table_id id, uint64_t rows,
	const struct catalogue *c, char *error, size_t room) __attribute__((warn_unused_result));

#endif
