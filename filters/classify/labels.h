/* labels: topic and role of each segment. */
#ifndef CLASSIFY_LABELS_H
#define CLASSIFY_LABELS_H

#include "arena.h"
#include "segment.h"
#include "words.h"

/* One label a segment (arena). */
struct label *labels_make(const struct words *words, struct str text, const struct segment *segments,
	size_t n, struct arena *a);

#endif
