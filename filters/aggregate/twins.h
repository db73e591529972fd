/* twins: near-duplicates, the same report at two addresses. One is chosen; the figures
 * of the others are listed, but count in no panel. */
#ifndef AGGREGATE_TWINS_H
#define AGGREGATE_TWINS_H

#include "claim.h"
#include "output.h"

/* Keeps what tells twins of document D in its entry. */
void twins_note(struct order *o, uint32_t index, const struct document *d, struct names *names);

/* Finds them: fingerprints that differ in three bits at most, of one region, subject and
 * period as far as these are known, with about as many figures. Chosen is one
 * whose place and period are known, of these the one with the most figures, then the
 * first by identity. After order_finish. */
void twins_find(struct order *o);

/* Rows of duplicates, the chosen one before its twins. */
void twins_write(const struct order *o, struct output *out);

#endif
