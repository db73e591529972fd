/* marks: the numbering of an outline (marks.tsv), recognised at a place. */
#ifndef SEGMENT_MARKS_H
#define SEGMENT_MARKS_H

#include "table.h"

struct marks;

struct mark {
	uint16_t form;          /* row of the table */
	uint16_t family;        /* forms that count together: (一) and （一） */
	int16_t level;
	uint16_t number;        /* 1.. */
	uint16_t len;           /* bytes, mark only */
	bool item;              /* a run-in item (一是), no outline heading */
	bool over;              /* stands above the others of its level: 第一部分 */
	bool line;              /* at the start of a line only: 1.1 is also an amount */
	bool ends;              /* a word that ends a sequence whatever its number: 最后 */
};

/* Understands the table; errors stay in it. Lives as long as the table. */
struct marks *marks_new(struct table *t);
void marks_free(struct marks *m);

/* Number of families: sequences that are counted apart. */
size_t marks_families(const struct marks *m);

/* Tells quickly that no mark starts with the bytes at S (N > 0). */
bool marks_may(const struct marks *m, const char *s, size_t n);

/* The mark at S; false where there is none. What follows the mark may not go on
 * with a number (一、二级, 1.5). */
bool marks_match(const struct marks *m, const char *s, size_t n, struct mark *out);

#endif
