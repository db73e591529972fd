/* assign: from the numbers of a sentence to facts: what is counted, how it is
 * meant, whose figure it is and for which period. */
#ifndef EXTRACT_ASSIGN_H
#define EXTRACT_ASSIGN_H

#include "about.h"
#include "quantity.h"
#include "segment.h"

#include <stdio.h>

enum { GRID_COLUMNS = 40 };     /* cells of a row; what a wider one holds is left out */

/* The table in hand: the last row of heads for each number of cells, and the last rows of heads
 * by the column that they stand over. */
struct grid {
	size_t segment;         /* index + 1; 0 for none */
	int levels;             /* rows of heads that follow each other: 0, 1, or 2 for more */
	bool open;              /* the last row was one of heads */
	size_t width;           /* columns */
	struct str top[GRID_COLUMNS], upper[GRID_COLUMNS], lower[GRID_COLUMNS]; /* upper ones go on over empty cells */
	bool seen[GRID_COLUMNS + 1], totals[GRID_COLUMNS + 1];
	bool total_last;        /* the last column is the sum of those before it */
	struct str heads[GRID_COLUMNS + 1][GRID_COLUMNS];
	struct str section;     /* a row of one cell above the rows */
	struct str group;       /* the cell that spans the lines of several rows, in group_column */
	size_t group_column;
	uint32_t row;           /* where the row begins that they have been found for */
	size_t column;          /* of the cell that is being named */
};

/* A document while its facts are being found. */
struct document {
	struct arena *arena;
	struct str text;
	struct segment *segments;
	size_t nsegments;
	struct sentence *sentences;
	size_t nsentences;
	struct label *labels;           /* NULL where classify did not run */
	struct about about;
	int year;                       /* the report's, 0 where unknown */
	struct fact *facts;
	size_t nfacts, cap_facts;
	struct mention *mentions;
	size_t nmentions, cap_mentions;
	struct grid grid;
	FILE *explain;                  /* where to say why; NULL for silence */
};

/* The year that the report is about; 0 where nothing says. */
int document_year(const struct document *d);

struct assigner;

/* Understands the tables; errors go to their ->error. */
struct assigner *assigner_new(struct table *words, struct table *cues, struct table *rules,
	struct table *catalogue, struct table *genres, struct table *mentions, struct table *cells, const struct units *units);
void assigner_free(struct assigner *a);

/* Compiles all patterns; the first bad one is its table's error. */
void assigner_check(struct assigner *a);

/* Adds the facts and mentions of one sentence to the document. */
void assign_sentence(struct assigner *a, const struct lexicon *lex, struct document *d, size_t sentence);

/* The first pattern that gave up in this record, NULL for none; call it at a record's end. */
const char *assigner_trouble(struct assigner *a);

#endif
