/* jsonl: rows of JSON Lines, one object a line (https://jsonlines.org). */
#ifndef DECODE_JSONL_H
#define DECODE_JSONL_H

#include "arena.h"
#include "text.h"

struct jsonl_pair {
	struct str key, value;          /* of a number or boolean: as written; {NULL, 0} for null */
};

/* Reads the object's own strings, numbers and booleans; what is nested is passed over.
 * NULL where LINE is no object. */
struct jsonl_pair *jsonl_read(struct str line, struct arena *a, size_t *n);

#endif
