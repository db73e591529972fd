/* catalogue: the indicators (indicators.tsv), as the page shows them. */
#ifndef REPORT_CATALOGUE_H
#define REPORT_CATALOGUE_H

#include "choice.h"
#include "json.h"
#include "labels.h"

struct indicator {
	struct str id, label, label_en, topic, unit_kind, unit, definition;
	int kind;               /* enum fact_kind, -1 for one that is not known */
	enum choice_nature nature;
	bool less;              /* less of it is better */
};

struct catalogue {
	struct indicator *items;        /* in the table's order */
	size_t n;
	uint32_t *sorted;               /* by id */
};

/* T is indicators.tsv, LABELS labels-en.tsv. Strings stay in the tables, and so do errors. */
void catalogue_load(struct catalogue *c, struct table *t, struct table *labels);
void catalogue_free(struct catalogue *c);

/* The index of an indicator; -1 where it is not there, or is none. */
int catalogue_find(const struct catalogue *c, struct str id);

/* Writes the list that the page reads. */
void catalogue_write(const struct catalogue *c, struct json *j);

#endif
