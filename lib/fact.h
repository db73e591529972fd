/* fact: a quantity of a document and all its attributes (record key `facts`),
 * a mention (`mentions`) and a finding (`findings`). gold/GUIDE of the project's
 * annotation defines each attribute; record.5 says how it is written. */
#ifndef GONGWEN_FACT_H
#define GONGWEN_FACT_H

#include "schema.h"

enum fact_kind {
	FACT_COUNT, FACT_MONEY, FACT_PERCENT, FACT_POINTS, FACT_RATIO, FACT_RANK,
	FACT_DURATION, FACT_MEASURE
};
enum fact_bound { BOUND_EXACT, BOUND_ABOUT, BOUND_OVER, BOUND_UNDER };
enum fact_change { CHANGE_LEVEL, CHANGE_UP, CHANGE_DOWN, CHANGE_ABOVE, CHANGE_BELOW };
enum fact_modality { MODALITY_ACTUAL, MODALITY_TARGET, MODALITY_REFERENCE };

extern const char *const fact_kinds[], *const fact_bounds[], *const fact_changes[],
	*const fact_modalities[];

struct fact {
	struct span at;         /* modifiers, numeral, scale and unit */
	int kind;
	struct number value;    /* in the base unit: 元, percent, items */
	struct number high;     /* upper end of a range, else not given */
	struct str digits;      /* the mantissa as written, ASCII: "1152.47" */
	int64_t scale;          /* value = digits * 10^scale */
	struct str unit;        /* as written, without scale; money 元; {NULL,0} for rank */
	int bound, change, modality;
	struct str measure;     /* the words that name what is counted */
	struct span measure_at; /* their range; SPAN_NONE where they are not one run */
	struct str indicator;   /* id of the catalogue, {NULL,0} for none; a|b for two */
	struct str scope;       /* whose figure, {NULL,0} for the report's subject */
	struct str period;      /* resolved: 2023, 2023-H1, to-date */
	int64_t segment;
	struct str rule;        /* the line that decided: legal_aid.cases:2 */
};

struct mention {
	struct span at;
	struct str kind;        /* date, docno, title, org, honour */
	struct str value;
};

struct finding {
	struct str kind;        /* rate, sum, list, difference, growth, subset, grim, conflict, target */
	struct str holds;       /* yes, rounding, no, unclear */
	struct str stated, computed, gap;       /* to four digits */
	struct indices facts;   /* the facts that take part */
	struct str bases;       /* every base tried, in words; {NULL,0} where one is given */
	struct str zh, en;      /* message: one sentence each */
};

extern const struct schema fact_fields[], mention_fields[], finding_fields[];

/* Items live in the arena, strings in the record. Ranges are checked against the
 * text's length and characters. On an error *n is 0 and the cursor tells. */
struct fact *facts_read(struct cursor *c, struct arena *a, struct str text, size_t *n);
struct mention *mentions_read(struct cursor *c, struct arena *a, struct str text, size_t *n);
struct finding *findings_read(struct cursor *c, struct arena *a, size_t *n);

void facts_pack(struct buf *b, const struct fact *f, size_t n);
void mentions_pack(struct buf *b, const struct mention *m, size_t n);
void findings_pack(struct buf *b, const struct finding *f, size_t n);

#endif
