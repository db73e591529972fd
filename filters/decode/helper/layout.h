/* layout: pages of placed characters, made into lines and cells.
 *
 * What PDF and OFD have in common: they say where each character stands, and
 * nothing of paragraphs. Coordinates grow to the right and downwards; their unit
 * is the format's. join.h makes paragraphs of the lines. */
#ifndef HELPER_LAYOUT_H
#define HELPER_LAYOUT_H

#include "arena.h"
#include "text.h"

struct glyph {
	float x0, x1, y0, y1;
	float size;             /* of the font; 0 where unknown */
	uint32_t cp;
	bool space;             /* white space stands before it */
};

/* Characters of one line without a wide gap between them. */
struct piece {
	struct str text;
	float x0, x1, y0, y1;
	float first, last;      /* sizes of the first and the last character */
	float token;            /* width up to the first place where the line could break */
	bool soft;              /* the gap before it may be no more than spaces */
};

struct line {
	struct ruled *table;    /* NULL, or the table that stands in its place, of one piece without text */
	struct piece *pieces;
	uint32_t n;
	uint32_t page;
	float x0, x1, y0, y1;
	bool furniture;         /* page mark or running head */
	uint8_t column;         /* 0, or which column of a page that has several */
};

struct layout {
	struct arena *arena;
	struct glyph *glyphs;
	size_t n, cap;
	uint32_t *runs;         /* glyphs that begin a run */
	size_t nruns, runs_cap;
	struct ruled *tables;   /* of the page: fill.h takes their characters */
	size_t ntables;
	struct line *lines;     /* of all pages so far */
	size_t nlines, lines_cap;
	uint32_t npages;
	float gutter;           /* between columns of the last page that had them; 0 for none */
	bool full;              /* too many characters: the rest was left out */
};

/* Adds a character of the page in hand, behind those of the same run. Control
 * characters and white space are noted as such. */
void layout_glyph(struct layout *l, struct glyph g);

/* The next character begins a run: what follows need not stand on the same line. */
void layout_run(struct layout *l);

/* Does the page in hand have gaps below each other, as tables do? */
bool layout_has_gaps(struct layout *l);

/* Ends the page: makes its lines, in the order in which they are read. */
void layout_page(struct layout *l);

/* Does a space stand between A and B, of one paragraph? Words of Latin letters need one;
 * a number may be broken anywhere. */
bool line_needs_space(const struct line *a, const struct line *b);

static inline const struct piece *line_last(const struct line *line)
{
	return &line->pieces[line->n - 1];
}

/* The last character of S; 0 for none. */
static inline uint32_t text_last(struct str s)
{
	uint32_t cp = 0;
	size_t at = s.n ? utf8_prev(s.s, s.n) : 0;
	if (s.n)
		utf8_next(s.s + at, s.n - at, &cp);
	return cp;
}

/* The width of a wide character in it. */
static inline float line_em(const struct line *l)
{
	return l->pieces[0].first > 0 ? l->pieces[0].first : l->y1 - l->y0;
}

#endif
