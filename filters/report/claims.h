/* claims: what documents say of a cell (region, subject, period, indicator), and which
 * figure the cell takes, by the rules of lib/choice that aggregate follows, too. */
#ifndef REPORT_CLAIMS_H
#define REPORT_CLAIMS_H

#include "annotated.h"
#include "catalogue.h"
#include "figure.h"

/* In this order within a cell. */
enum claim_what {
	CLAIM_LEVEL,            /* fills the cell */
	CLAIM_QUOTED,           /* a later report's words for it */
	CLAIM_TARGET            /* a promise for that period */
};

/* Strings are kept by the arena of struct claims. */
struct claim {
	struct str code, region, level, subject, period, end;   /* with indicator: the cell */
	int indicator;                  /* of the catalogue; -1: a promise that has none */
	uint8_t what, rank, nature;
	bool full_year;
	struct str start, unit, base, measure;
	struct str by;                  /* the department whose figure it is, else empty */
	struct str made;                /* the period of the report that says so */
	uint32_t document, position;    /* entry, fact */
	uint32_t order;                 /* place of the document among all */
	struct figure figure;
};

struct claims {
	const struct catalogue *catalogue;
	const struct choice *choice;
	const struct verdicts *verdicts;
	struct arena arena;
	struct claim *items;
	size_t n, cap;
};

/* Notes what D, entry INDEX, says; A is for the way. */
void claims_add(struct claims *k, const struct document *d, uint32_t index, struct arena *a);

/* Sorts them by cell, what, rank, value, order and position. */
void claims_sort(struct claims *k);

bool claim_same_cell(const struct claim *a, const struct claim *b);

/* Do two documents contradict each other? Only like is held against like, and what may
 * be one number, rounded, is no contradiction. */
bool claim_disputes(const struct claim *a, const struct claim *b);

void claims_free(struct claims *k);

#endif
