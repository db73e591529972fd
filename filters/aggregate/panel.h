/* panel: one value for each region, subject, period and indicator.
 *
 * A fact claims a cell where it is an actual level, of the catalogue's kind, the
 * subject's own figure, of one indicator, and stands neither in a plan nor in page
 * furniture. Of several the cell takes, in this order: from the report of that very
 * period; from an achievement; exact; the value stated most often; the first by
 * document and text. */
#ifndef AGGREGATE_PANEL_H
#define AGGREGATE_PANEL_H

#include "csv.h"
#include "order.h"
#include "sorter.h"

/* Strings that many cells share. */
struct names {
	struct str *items;
	size_t n, cap;
	uint32_t *slots;
	size_t nslots;
	struct arena arena;
};

struct panel {
	struct catalogue *catalogue;
	const struct order *order;
	struct names names;
	struct sorter sorter;
	uint64_t cells, rows;           /* of panel_long, of panel */
	uint64_t placeless;             /* documents without region, subject or period */
};

void panel_start(struct panel *p, struct catalogue *c, const struct order *o, int folder);

/* Notes the claims of D; INDEX is its entry in the order. */
void panel_add(struct panel *p, const struct document *d, uint32_t index);

/* Writes both panels behind their headers and counts the catalogue's values. False
 * where sorting failed (errno in p->sorter.error); writing errors stay in the files. */
bool panel_write(struct panel *p, struct csv_file *cells, struct csv_file *wide);
void panel_free(struct panel *p);

#endif
