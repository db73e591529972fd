/* print: what a run scored, as a table for people or one JSON object. */
#ifndef SCORE_PRINT_H
#define SCORE_PRINT_H

#include <stdio.h>

#include "tally.h"

/* OTHER is the run to compare with, NULL where there is none. MISSING names the
 * gold documents without a record, N of them. */
struct printing {
	const struct run *run, *other;
	const char *const *missing;
	size_t nmissing;
};

void print_table(FILE *to, const struct printing *p);
void print_json(FILE *to, const struct printing *p);

#endif
