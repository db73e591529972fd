/* workbook: a table of texts in XLSX. */
#ifndef DECODE_WORKBOOK_H
#define DECODE_WORKBOOK_H

#include "document.h"

/* Makes records of the rows of the workbook ORIGIN, which d->bytes holds: every visible sheet is a table.
 * Strings of ORIGIN must not be in the arena. */
void workbook_read(struct decode *d, const struct document *origin);

#endif
