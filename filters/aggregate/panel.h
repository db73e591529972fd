/* panel: one value a cell (region, subject, period, indicator), chosen by rules
 * from the figures that claim it:
 *   1. figures from parts of the report that tell what was done, before others,
 *   2. exact ones before bounded ones,
 *   3. the value that most of them give,
 *   4. the first in the order of documents and text. */
#ifndef AGGREGATE_PANEL_H
#define AGGREGATE_PANEL_H

#include "output.h"
#include "spool.h"

struct panel_cell {
	struct str region_code, region, subject, period;
	uint32_t indicator;     /* row of the catalogue */
};

struct candidate {
	struct panel_cell cell;
	struct str start, end, value, high, bound, fact_id;
	uint32_t document;      /* number of arrival; its rank once sorted */
	uint32_t place;         /* among the facts of its document */
	bool full_year;
	uint8_t rank;           /* rules 1 and 2: smaller is better */
};

struct panel {
	struct arena arena;
	struct candidate *items;
	size_t n, cap;
};

/* Adds a figure; its strings are copied. */
void panel_add(struct panel *p, const struct candidate *c);

/* Writes panel_long and panel. RANKS gives each arrival number its place among the
 * sorted documents, UINT32_MAX for those left out. Counts cells by indicator. */
void panel_write(struct panel *p, const uint32_t *ranks, const struct table *catalogue,
	struct outputs *o, uint64_t *cells);
void panel_free(struct panel *p);

#endif
