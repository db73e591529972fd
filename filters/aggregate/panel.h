/* panel: walks over all that was claimed, cell by cell, chooses one value for each, and
 * writes the panels and every table that compares. The rules are in lib/choice.h. */
#ifndef AGGREGATE_PANEL_H
#define AGGREGATE_PANEL_H

#include "series.h"

/* Writes panel_long, panel, candidates, conflicts, changes, targets, coverage, outliers
 * and ranks into OUT (by table_id, headers written), and counts the catalogue's values.
 * 0, or the errno of what failed in sorting; errors of writing stay in the files. */
int panel_write(struct claims *claims, struct catalogue *catalogue, const struct breaks *breaks,
	struct output *out, int folder) __attribute__((warn_unused_result));

#endif
