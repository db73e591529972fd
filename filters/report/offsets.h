/* offsets: bytes of a UTF-8 text as units of UTF-16, which JavaScript counts in. */
#ifndef REPORT_OFFSETS_H
#define REPORT_OFFSETS_H

#include "arena.h"
#include "text.h"

struct offsets {
	struct str text;
	uint32_t *marks;        /* units before every 256th byte */
};

/* Memory comes from the arena, a 64th of the text. */
struct offsets offsets_make(struct str text, struct arena *a);

/* The units before byte AT; beyond the text's end, its length. */
uint32_t offsets_of(const struct offsets *o, uint32_t at);

#endif
