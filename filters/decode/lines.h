/* lines: a page as lines of text, one a paragraph or table row.
 *
 * White space of the markup collapses as in a browser; a line break of the markup
 * between two wide characters vanishes (CSS Text, segment breaks). Cells of a
 * row of data are separated by tabs, empty ones kept, and so are places that a cell
 * of a row above reaches into. */
#ifndef DECODE_LINES_H
#define DECODE_LINES_H

#include "pack.h"
#include "page.h"

struct line {
	uint32_t b, e;          /* bytes of the text */
	uint32_t node;          /* of its first text */
	uint32_t chars, links, good, wide;      /* wide: of chars, Han and the like */
	bool heading;           /* h1: the page's own */
	bool row;               /* cells */
	bool dropped;           /* furniture */
};

/* SEAMS are the places in the text, ascending, where an inline element follows on
 * another one: a browser may show them apart. */
struct lines {
	struct buf *text;
	struct line *items;
	size_t n, cap;
	uint32_t *seams;
	size_t nseams, seams_cap;
};

/* Renders the page into TEXT, which is emptied; lines are from the arena. What is
 * hidden or an inline part of the furniture is left out. */
void lines_make(struct lines *l, const struct page *p, struct buf *text, struct arena *a);

static inline struct str line_text(const struct lines *l, size_t i)
{
	return (struct str){(const char *)l->text->data + l->items[i].b, l->items[i].e - l->items[i].b};
}

#endif
