/* scan: one pass over a text: its lines, and the places where a sentence ends or
 * a numbering mark may stand. */
#ifndef SEGMENT_SCAN_H
#define SEGMENT_SCAN_H

#include "marks.h"

#include "arena.h"

enum stop_kind { STOP_END, STOP_SEMICOLON, STOP_COLON, STOP_COMMA };

/* A sentence's end, or another stop after which a mark may stand. */
struct stop {
	uint32_t end;           /* after the stop and the quotes that close with it */
	uint8_t kind;           /* enum stop_kind */
	bool quoted;            /* inside quotation marks */
	bool may;               /* a mark may follow */
};

/* A line without the space around it; never empty. */
struct line {
	uint32_t b, e;
	uint32_t stop, stops;   /* its stops: [stop, stops) */
	uint32_t cells;         /* tabs, or bars where there are several: a row of a table */
	uint32_t bars;          /* '|' in the line as it was */
	bool gap;               /* an empty line stands before it */
	bool torn;              /* ends with a figure that was set on a line of its own */
};

struct scan {
	struct line *lines;
	size_t nlines;
	struct stop *stops;
	size_t nstops;
};

/* Everything lives in the arena. */
void scan_text(struct scan *out, struct str text, const struct marks *marks, struct arena *a);

/* The offset after white space at I, not beyond E. */
uint32_t scan_skip(struct str text, uint32_t i, uint32_t e);

#endif
