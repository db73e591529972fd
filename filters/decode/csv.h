/* csv: rows of RFC 4180, and of its kin with tabs or semicolons.
 *
 * A row is found in the bytes as they came: the bytes of quotes, separators and line ends
 * are no part of another character in UTF-8, GB18030 and Big5. */
#ifndef DECODE_CSV_H
#define DECODE_CSV_H

#include "arena.h"
#include "text.h"

/* Where in a row the scan stands. {0} is its start. */
struct csv_scan {
	size_t at;
	enum {CSV_START, CSV_PLAIN, CSV_QUOTED, CSV_LEFT} state;        /* of the field in hand */
};

/* Looks on for the end of the row that IN starts with, whose fields SEPARATOR (0: any of
 * them) divides. True with S->at behind its line end. */
bool csv_scan(struct csv_scan *s, struct str in, char separator);

/* Cuts a row into its fields, quotes taken off: in place. Fields are from the arena. */
struct str *csv_fields(struct str row, char separator, struct arena *a, size_t *n);

#endif
