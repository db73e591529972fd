/* xlsx: Office Open XML spreadsheets (ECMA-376-1, 18). */
#ifndef HELPER_XLSX_H
#define HELPER_XLSX_H

#include "output.h"

/* Reads the workbook IN into OUT, its visible sheets one after another: a row is a
 * line, dates as in ISO 8601, shares with their percent sign. NULL, or a problem's
 * code with *MESSAGE. */
const char *xlsx_read(struct str in, struct output *out, const char **message);

/* The same as tables of texts (fields.h). */
const char *xlsx_read_rows(struct str in, struct output *out, const char **message);

#endif
