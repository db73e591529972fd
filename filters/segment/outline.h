/* outline: from lines to segments. */
#ifndef SEGMENT_OUTLINE_H
#define SEGMENT_OUTLINE_H

#include "cues.h"
#include "scan.h"
#include "tree.h"

struct rules {
	struct marks *marks;
	struct cues *cues;
};

/* The segments of a scanned text, in TREE (arena). */
void outline_make(struct tree *tree, const struct scan *scan, const struct rules *rules,
	struct str text, struct arena *a);

#endif
