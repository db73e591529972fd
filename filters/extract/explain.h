/* explain: why each number got what it got, a line each, for people who mend
 * rules. Tab-separated, on standard error. */
#ifndef EXTRACT_EXPLAIN_H
#define EXTRACT_EXPLAIN_H

#include "assign.h"

#include <stdio.h>

/* The line that names the columns. */
void explain_head(FILE *to);

/* One number: its fact, or why it is none (WHY, else NULL). */
void explain_number(FILE *to, const struct document *d, const struct expr *x, const char *why);

#endif
