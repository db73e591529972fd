/* catalogue: the indicators (indicators.tsv), as the page shows them. */
#ifndef REPORT_CATALOGUE_H
#define REPORT_CATALOGUE_H

#include "choice.h"
#include "json.h"

struct indicator {
	struct str id, label, topic, unit_kind, unit, definition;
	int kind;               /* enum fact_kind, -1 for one that is not known */
	enum choice_nature nature;
	bool less;              /* less of it is better */
};

struct catalogue {
	struct indicator *items;        /* in the table's order */
	size_t n;
	uint32_t *sorted;               /* by id */
};

/* Strings stay in the table, and so do errors. */
void catalogue_load(struct catalogue *c, struct table *t);
void catalogue_free(struct catalogue *c);

/* The index of an indicator; -1 where it is not there, or is none. */
int catalogue_find(const struct catalogue *c, struct str id);

/* Writes the list that the page reads. */
void catalogue_write(const struct catalogue *c, struct json *j);

#endif
