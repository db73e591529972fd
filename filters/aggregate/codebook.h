/* codebook: what each indicator counts, and how often it was found. */
#ifndef AGGREGATE_CODEBOOK_H
#define AGGREGATE_CODEBOOK_H

#include "order.h"
#include "output.h"

/* Keeps which indicators D gives, in its entry: a later version may take its place. */
void codebook_note(struct order *o, uint32_t index, const struct document *d);

/* Counts documents and writes the rows, in the catalogue's order. */
void codebook_write(struct output *out, struct catalogue *c, const struct order *o);

#endif
