/* tally: what is measured, and the counts of it for a document and a run. */
#ifndef SCORE_TALLY_H
#define SCORE_TALLY_H

#include "pack.h"

enum metric {
	/* end to end: over all facts of the run and all of the gold */
	M_SPAN, M_VALUE, M_ATTRIBUTES, M_INDICATOR,
	/* over facts whose span is right */
	M_KIND, M_BOUND, M_BOUND_SET, M_CHANGE, M_CHANGE_SET, M_MODALITY, M_MODALITY_SET,
	M_PERIOD, M_PERIOD_SET, M_SCOPE, M_SCOPE_SET, M_MEASURE,
	M_DATE, M_DATE_VALUE,
	M_BOUNDARY, M_SEGMENT, M_TOPIC, M_ROLE,
	M_ABOUT, M_ABOUT_FIRST,
	M_ABOUT_LAST = M_ABOUT_FIRST + 11,
	METRICS
};

struct metric_name {
	const char *id;         /* in JSON and the list of misses */
	const char *shown;      /* in the table */
	const char *brief;      /* heads a column of F1 by document; NULL: no column */
};
extern const struct metric_name metric_names[METRICS];

struct tally {
	size_t right, ours, gold;
	bool counted;           /* the stream has the key that is measured */
};

/* How right labels are that say how sure they are: a tenth of the scores a band, 0.9 to 1
 * last. Right is a label whose topic and role both are. */
enum { BANDS = 10 };

struct band {
	size_t right, labels;
};

struct document {
	char *name;
	struct tally t[METRICS];
};

/* All that one stream scored. */
struct run {
	struct document *documents;
	size_t n, cap;
	struct tally total[METRICS];
	struct band bands[BANDS];
	bool keep_misses, json;
	struct buf misses;      /* -v: lines, or JSON objects with commas between */
};

double tally_precision(const struct tally *t);
double tally_recall(const struct tally *t);
double tally_f1(const struct tally *t);

/* Counts one: OURS and GOLD say on which sides there is something to count. */
void tally_add(struct tally *t, bool ours, bool gold, bool right);

/* Counts a label into the band of its score. */
void band_add(struct run *run, double score, bool right);

/* A new document of the run; lives until the next call. */
struct document *run_document(struct run *run, const char *name);

/* Adds the documents up (micro average). */
void run_sum(struct run *run);

/* Lists a miss: where, what stands there, what we say, what the gold says. */
void run_miss(struct run *run, const char *file, enum metric m, struct span at, struct str surface,
	struct str ours, struct str gold);
void run_free(struct run *run);

/* A JSON string, quotes included. */
void json_string(struct buf *b, struct str s);

#endif
