/* document: one record as rows of the dataset's tables. */
#ifndef AGGREGATE_DOCUMENT_H
#define AGGREGATE_DOCUMENT_H

#include "filter.h"
#include "panel.h"
#include "spool.h"

/* The catalogue, for quick look-up by id. */
struct catalogue {
	const struct table *table;
	uint32_t *sorted;       /* rows by id */
	int id, label, kind;
};

void catalogue_index(struct catalogue *c, struct table *t);

/* The row of an indicator, SIZE_MAX where the catalogue lacks it. */
size_t catalogue_find(const struct catalogue *c, struct str id);

/* What the loop gathers. */
struct gather {
	struct spool spool;
	struct panel panel;
	struct catalogue catalogue;
	bool no_findings, no_about;     /* some record lacked these keys */
	size_t repeated;                /* records left out, since they repeat a document */
};

/* Adds the record in hand; false on a write error (errno). */
bool document_add(struct gather *g, struct filter *f);

#endif
