/* variants: texts in traditional script, read as if they were written in simplified script, in which all
 * tables are. */
#ifndef EXTRACT_VARIANTS_H
#define EXTRACT_VARIANTS_H

#include "arena.h"
#include "table.h"

struct variants;

/* Reads the table; errors go to its ->error. Freed by variants_free. */
struct variants *variants_load(struct table *t);
void variants_free(struct variants *v);

/* TEXT in simplified script, of the same length and with the same offsets, where it begins in traditional script;
 * else TEXT itself. A copy lives in the arena. */
struct str variants_fold(const struct variants *v, struct arena *a, struct str text);

/* What PART of a folded text was in TEXT, and PART itself where it is no part of the folded one. */
struct str variants_original(struct str part, struct str folded, struct str text);

#endif
