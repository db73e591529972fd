/* context: a sentence as patterns see it.
 *
 * Quotes and white space are dropped, punctuation and letters are brought to one
 * width, every quantity is one @ (the one in question #). Dates, names and
 * labels stay as text. */
#ifndef EXTRACT_CONTEXT_H
#define EXTRACT_CONTEXT_H

#include "quantity.h"

struct context {
	char *s;                /* normalised, NUL-terminated */
	uint32_t n;
	uint32_t *from;         /* for each byte of s: the offset in the text it came from */
};

/* Normalises text[at); the expressions FIRST..FIRST+N of it get their norm set. */
void context_make(struct arena *a, struct str text, struct span at,
	struct expr *first, size_t n, struct context *out);

/* Appends text[at) normalised, numbers as they are, to a buffer. */
void context_append(struct buf *b, struct str text, struct span at);

#endif
