/* period: the first and last day of a period as records write it. */
#ifndef AGGREGATE_PERIOD_H
#define AGGREGATE_PERIOD_H

#include "text.h"

struct period {
	char start[12], end[12];        /* ISO dates, inclusive; empty where open or unknown */
	bool full_year;                 /* exactly one calendar year */
};

/* VALUE is 2023, 2023-H1, 2023-Q3, 2023-Q1-Q3, 2023-11, 2023-11-05, a range of
 * these with '/', an open range 2024-06/.. or to-date; an open end is END_OF_REPORT. */
void period_resolve(struct str value, struct str end_of_report, struct period *out);

#endif
