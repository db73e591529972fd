/* literal: finding many strings in one pass over a text.
 *
 * A hash of the first two characters (six bytes of Chinese) leads to the few
 * literals that may start at a place, which are then compared: on Chinese text
 * this is faster than Aho-Corasick, and most places cost one bit test. All
 * occurrences are reported, overlapping ones too. */
#ifndef GONGWEN_LITERAL_H
#define GONGWEN_LITERAL_H

#include "text.h"

struct literal_set;

struct literal_hit {
	uint32_t id;            /* as given to literal_add */
	uint32_t b, e;          /* range in the scanned text */
};

/* A set is made once: new, add, build. All strings must outlive it. */
struct literal_set *literal_new(void);

/* Adds a literal (one byte at least; empty ones are passed over). The same
 * string may be added with several ids. */
void literal_add(struct literal_set *set, struct str literal, uint32_t id);
void literal_build(struct literal_set *set);
void literal_free(struct literal_set *set);

/* One pass over a text of less than 4 GiB. Hits come by their start; at one
 * start in the order of the table that holds them, the same every time. */
struct literal_scan {
	const struct literal_set *set;
	const char *s;
	uint32_t n, at;
	int table;              /* which of the tables is being walked at AT */
	uint32_t next, end;     /* strings of the bucket still to compare */
	uint32_t id, id_end;    /* ids of the string that stands here, still to report */
};

struct literal_scan literal_start(const struct literal_set *set, struct str text);

/* The next hit; false at the end. */
bool literal_next(struct literal_scan *scan, struct literal_hit *hit);

#endif
