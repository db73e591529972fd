/* catalogue: the indicators, and their columns in panel.csv. */
#ifndef AGGREGATE_CATALOGUE_H
#define AGGREGATE_CATALOGUE_H

#include "choice.h"
#include "filter.h"
#include "labels.h"

enum { COLUMN_NAME = 32 };      /* Stata's limit */
enum { INDICATORS_MOST = 1900 };        /* a table of SQLite has 2000 columns */

struct indicator {
	struct str id, label, label_en, topic, unit_kind, unit, definition, part_of, rate_of, family;
	struct str id_cell, label_cell; /* as CSV, with the comma */
	char column[COLUMN_NAME + 1];   /* ASCII letters, digits, _; unique whatever the case */
	int kind;                       /* enum fact_kind, -1 for another */
	enum choice_nature nature;      /* UNKNOWN where the words decide */
	bool less;                      /* less is the aim: 败诉率 */
	uint64_t documents;             /* that give it */
	uint64_t values;                /* cells of the panel that hold it */
	uint64_t bounded;               /* of these with a bound or a range */
	uint64_t years;                 /* cells of full years */
	int first_year, last_year;      /* full years of the cells, 0 for none */
};

struct topic {
	struct str name;
	size_t first, indicators;       /* of by_topic */
};

struct catalogue {
	struct indicator *items;        /* in the table's order */
	size_t n;
	uint32_t *slots;                /* hash table of index + 1 */
	size_t nslots;
	struct topic *topics;           /* in the order of their first indicator */
	size_t ntopics;
	uint32_t *by_topic;             /* indices of items, topic by topic */
	struct arena arena;             /* of the cells */
};

/* T is indicators.tsv, LABELS labels-en.tsv. Strings stay in the tables, and errors (no such
 * column, an id given twice), too. */
void catalogue_load(struct catalogue *c, struct table *t, struct table *labels);
void catalogue_free(struct catalogue *c);

/* The indices of all facts' indicators (arena). */
struct fact;
const int *catalogue_find_all(const struct catalogue *c, const struct fact *facts, size_t n, struct arena *a);

/* The index of an id, -1 where the catalogue has none. */
int catalogue_find(const struct catalogue *c, struct str id);

#endif
