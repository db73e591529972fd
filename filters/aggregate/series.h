/* series: the figures of one region and subject, period after period; what the tables
 * that compare share. */
#ifndef AGGREGATE_SERIES_H
#define AGGREGATE_SERIES_H

#include "breaks.h"
#include "claim.h"
#include "output.h"

enum { OTHERS_MOST = 1000 };    /* candidates of a cell that are kept */

/* A cell and all that was said of it. */
struct cell {
	struct claim best;              /* the chosen one; head.what tells where there is none */
	bool filled;
	uint64_t claims;                /* that compete for it */
	struct claim *levels;           /* the first of them, by rank and value */
	size_t nlevels;
	struct claim *quoted;           /* what others say it was */
	size_t nquoted;
	struct claim growth;            /* a stated change, where there is one */
	bool grows;
	struct claim *targets;
	size_t ntargets;
};

struct series {
	struct claims *claims;
	struct catalogue *catalogue;
	const struct order *order;
	const struct breaks *breaks;
	struct output *out;             /* by table_id */
	struct sorter *ranks;           /* cells of full years */
	struct claim head;              /* of the period in hand */
	int year;                       /* of that period, where it is a full year; else 0 */
	bool reported;                  /* a report of the period is there */
	int report_year;                /* the latest full year before that has a report */
	struct claim *last, *now;       /* by indicator: the cell of the latest full year before; of this one */
	int *last_year;                 /* 0 for none */
	bool *filled;                   /* now holds it */
	uint8_t *gives, *gave;          /* enum gives: the report (the one of report_year) speaks of it */
};

static inline struct str series_name(const struct series *s, uint32_t i)
{
	return names_get(&s->claims->names, i);
}

/* A name as a cell. */
static inline void series_cell(const struct series *s, uint32_t i, struct buf *b)
{
	csv_cells(b, names_cell(&s->claims->names, i));
}

static inline struct str claim_fact(const struct claim *c)
{
	return (struct str){c->fact.s, KEY_LEN};
}

/* The cells that most tables begin with: region_code, region, subject. */
void series_place(struct series *s, const struct claim *c, struct buf *b);

/* The cells of a figure: value, high. */
void series_number(const struct figure *x, struct buf *b);

/* Why a figure and that of the year before cannot be compared; NULL where they can. The ids
 * of the breaks between go into BREAKS. */
const char *series_unlike(const struct series *s, const struct claim *is, const struct claim *was, struct buf *breaks);

/* How much IS is above WAS in percent, to PLACES digits; false where that means nothing. */
bool series_percent(const struct claim *is, const struct claim *was, int places, struct decimal *out);

/* One cell is complete: rows of changes and outliers; of conflicts and candidates; of targets. */
void changes_cell(struct series *s, const struct cell *c);
void conflicts_cell(struct series *s, const struct cell *c);
void targets_cell(struct series *s, const struct cell *c);

/* The period in hand is complete: what it no longer has; what its report discloses. */
void changes_end(struct series *s);
void coverage_start(struct series *s);
void coverage_end(struct series *s);

/* Ranks of all cells that were put into the sorter; figures far from the others. */
void ranks_start(struct sorter *ranks, struct claims *c, int folder);
void ranks_write(struct series *s);

void outlier_row(struct series *s, const struct claim *c, const char *kind, struct decimal against, bool given);

#endif
