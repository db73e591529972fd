/* period: the first and the last day of what a period says.
 *
 * 2023, 2023-H1, 2023-Q3, 2023-06, 2023-06-24; two of them with a slash between
 * (2021/2023); .. for an open end, which the report's own period closes; to-date,
 * which has no beginning. */
#ifndef GONGWEN_PERIOD_H
#define GONGWEN_PERIOD_H

#include "text.h"

struct period {
	char start[11], end[11];        /* ISO dates, inclusive; "" where not known */
	bool full_year;                 /* one whole year: start names it */
};

/* OWN_END is the last day of the report's period, "" where it is not known. What
 * cannot be read leaves both days empty. */
void period_parse(struct str value, struct str own_end, struct period *out);

#endif
