/* parts: the numbers of one list and their sum. */
#ifndef AUDIT_PARTS_H
#define AUDIT_PARTS_H

#include "audit.h"

enum { PARTS_MOST = 20 };

struct parts {
	const struct item *items[PARTS_MOST];
	size_t n;
	bool exact, full;               /* no bound among them; there were more */
	struct range said, cut, round;
	struct ratio value;
};

void parts_add(const struct scene *s, struct parts *p, const struct item *x);

/* The sum of P against TOTAL, as a finding. */
void sum_find(struct audit *a, const struct parts *p, const struct item *total, enum holds holds);

/* Both ways to read the numbers fail, roundness included. */
bool parts_apart(const struct scene *s, const struct parts *p, const struct item *total);

/* The list that divides the WHOLE at I (division.c). */
void division_audit(struct audit *a, size_t i);

#endif
