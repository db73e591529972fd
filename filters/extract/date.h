/* date: points and spans of calendar time as reports write them. */
#ifndef EXTRACT_DATE_H
#define EXTRACT_DATE_H

#include "text.h"

struct date {
	size_t len;             /* bytes of the expression */
	char iso[32];           /* ISO 8601: 2023, 2023-11, 2024-06-24/2024-06-28 */
	int year;               /* of its start, 0 where it was taken from the context */
	int end_year;           /* of its end */
	bool whole_year;        /* names years only */
};

/* Reads the date that starts at S. YEAR stands in where the text names a month
 * without a year; 0 where none is known (then no value can be given, iso is
 * empty). Returns false where no date starts here. */
bool date_read(const char *s, size_t n, int year, struct date *out);

#endif
