/* gold: what people annotated, read from NAME.facts.tsv, NAME.segments.tsv and
 * NAME.about.tsv of one folder. Tables live until gold_free. */
#ifndef SCORE_GOLD_H
#define SCORE_GOLD_H

#include "table.h"

struct gold_fact {
	struct span at;
	struct str surface, kind, value, high, unit, bound, change, modality, measure,
		scope, period, indicator;
	bool required;          /* false: counts neither for nor against a run */
	bool quantity;          /* kind count ... measure; else date, label, name, ... */
};

struct gold_segment {
	struct span at;
	struct str kind, topic, role;
	long level;
};

/* One annotated document. A part that has no file has has_* false. */
struct gold {
	char *name;             /* banan-2020 */
	bool has_facts, has_segments, has_about;
	struct table facts_table, segments_table, about_table;
	struct gold_fact *facts;
	struct gold_segment *segments;
	size_t nfacts, nsegments;
};

struct gold_set {
	struct gold *items;     /* by name */
	size_t n;
	char error[600];
};

/* Reads every annotated document of folder DIR. False with set->error set where
 * a file cannot be taken, or the folder holds none. */
bool gold_load(struct gold_set *set, const char *dir) __attribute__((warn_unused_result));
void gold_free(struct gold_set *set);

/* The document that is called as PATH's last part without its ending; NULL. */
struct gold *gold_find(struct gold_set *set, struct str path);

/* The value of KEY in NAME.about.tsv: empty where it is not there. */
struct str gold_about(const struct gold *g, const char *key);

#endif
