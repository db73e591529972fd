/* rows: tables of texts, CSV and JSON Lines, one report a row.
 *
 * A row's text is in the column of --text; other columns that columns.tsv knows say
 * what it is. Memory is bounded by the longest row. */
#ifndef DECODE_ROWS_H
#define DECODE_ROWS_H

#include "document.h"

/* May IN, the start of an input of no known format, be a table? Markup is none. */
bool rows_are(struct str in);

/* Makes records of the table ORIGIN, which d->bytes holds, or starts: then more is read from
 * FD, else it is -1. Strings of ORIGIN must not be in the arena. */
void rows_read(struct decode *d, const struct document *origin, int fd);

#endif
