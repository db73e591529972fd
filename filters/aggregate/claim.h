/* claim: what a document says of a cell (region, subject, period, indicator), as an
 * item that is sorted: so that everything said of a cell meets, whoever says it. */
#ifndef AGGREGATE_CLAIM_H
#define AGGREGATE_CLAIM_H

#include "catalogue.h"
#include "choice.h"
#include "figure.h"
#include "names.h"
#include "order.h"
#include "sorter.h"
#include "verdicts.h"

/* In this order within a cell. */
enum claim_what {
	CLAIM_REPORT,           /* a report of that period is there; of no indicator */
	CLAIM_GIVES,            /* the report speaks of the indicator, but has no level: rank is enum gives */
	CLAIM_LEVEL,            /* fills the cell */
	CLAIM_QUOTED,           /* a later report's words for it: 上年为132件; or a near-duplicate's */
	CLAIM_GROWTH,           /* a stated change against the year before */
	CLAIM_TARGET            /* a promise for that period: a level, or a growth (change) */
};

/* How it does: with figures of its own, or somehow: one figure for two indicators, or
 * somebody else's. What is only mentioned is neither found nor missing. */
enum gives { GIVES_NOTHING, GIVES_MENTION, GIVES_OWN };

/* Numbers of names: 0 is empty. */
struct claim {
	uint32_t code, region, subject, period, end;    /* with indicator: the cell */
	int32_t indicator;              /* of the catalogue; -1 for CLAIM_REPORT */
	uint8_t what;                   /* enum claim_what */
	uint8_t rank;                   /* choice_rank; of the others 0 */
	uint8_t change;                 /* as in struct fact */
	uint8_t nature;                 /* enum choice_nature */
	bool full_year;
	uint32_t start, level, unit;
	uint32_t base;                  /* what a rate is of: an indicator or words */
	uint32_t by;                    /* the department whose figure it is, 0 for the subject's own */
	uint32_t made;                  /* period of the report that says so */
	uint32_t document, position;    /* entry of the order, fact */
	struct key fact;
	struct figure figure;
};

struct claims {
	struct names names;
	struct sorter sorter;
	const struct catalogue *catalogue;
	const struct choice *choice;
	const struct verdicts *verdicts;
	const struct order *order;
	uint32_t government;            /* the name of a region's own subject */
	uint64_t placeless;             /* documents without region, subject or period */
};

/* The subject of a region's own reports, as classify names it. */
#define CLAIM_GOVERNMENT "government"

void claims_start(struct claims *c, const struct catalogue *catalogue, const struct choice *choice,
	const struct verdicts *verdicts, const struct order *order, int folder);

/* Notes what D says; INDEX is its entry in the order. */
void claims_add(struct claims *c, const struct document *d, uint32_t index, struct arena *a);
void claims_free(struct claims *c);

/* Do they stand in one series (region and subject), one period of it, one cell? */
bool claim_same_series(const struct claim *a, const struct claim *b);
bool claim_same_period(const struct claim *a, const struct claim *b);
bool claim_same_cell(const struct claim *a, const struct claim *b);

#endif
