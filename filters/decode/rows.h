/* rows: tables of texts, CSV, JSON Lines and XLSX, one report a row.
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

/* The same of a workbook's sheet, decode-helper's TEXT of it (helper.h), which must not be in d->bytes. Where
 * there are SEVERAL, the number of a row stands behind its sheet's name. An empty sheet has no record. */
void rows_sheet(struct decode *d, const struct document *origin, struct str text, bool several);

#endif
