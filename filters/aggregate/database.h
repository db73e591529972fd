/* database: the same rows as an SQLite database, loaded from the CSV files. */
#ifndef AGGREGATE_DATABASE_H
#define AGGREGATE_DATABASE_H

#include "catalogue.h"
#include "columns.h"

/* Makes FOLDER/gongwen.sqlite from the files in FOLDER. An empty cell is NULL,
 * integers and decimals are numbers, true and false are 1 and 0. SEARCH: with an index of
 * the words of sentences. False with the
 * reason in ERROR. */
bool database_make(const char *folder, const struct catalogue *c, bool search, char *error, size_t room)
	__attribute__((warn_unused_result));

#endif
