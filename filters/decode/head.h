/* head: what a document says of itself, as pairs of name and value.
 *
 * Labels vary (索 引 号：, [ 索引号 ], 【文 号】); head.tsv tells which name each of
 * them means. Spaces inside a label and brackets around it make no difference. */
#ifndef DECODE_HEAD_H
#define DECODE_HEAD_H

#include "pack.h"
#include "table.h"

struct label {
	struct str label;       /* as in head.tsv, without spaces */
	struct str name;
	bool stays;             /* the document's own: stays in its text, too */
};

struct labels {
	struct label *items;    /* labels of the text, ordered by bytes */
	size_t n;
	struct label *metas;    /* names of <meta>, lower case, in the table's order */
	size_t nmetas;
};

struct head_pair {
	struct str name, value;
};

struct head {
	struct head_pair *items;
	size_t n, cap;
};

/* Reads head.tsv; errors stay in the table. */
void labels_open(struct labels *l, struct table *t);
void labels_close(struct labels *l);

/* What a label means; NULL where it is none. CELL is as written: with brackets,
 * spaces and colon. */
const struct label *label_find(const struct labels *l, struct str cell);

/* The name that a <meta> element's name means; {NULL, 0} where it is none. */
struct str label_meta(const struct labels *l, struct str meta);

/* Appends a pair, unless the name is none (-), the value is empty or far too long
 * for one, or the same pair stands already. */
void head_add(struct head *h, struct arena *a, struct str name, struct str value);

/* Does LINE start with a label that does not stay in the text: a cell of its own,
 * or one with a colon? */
bool head_starts(const struct labels *l, struct str line);

/* Does LINE begin with any label: a colon or a separator behind it? */
bool head_begins(const struct labels *l, struct str line);

/* Is there a pair of that name? */
bool head_has(const struct head *h, struct str name);

/* Takes the pairs of a line: of its cells (label, value, label, value) where tabs
 * or bars separate such, else of labels with a colon and what follows them.
 * Returns how many labels there were that do not stay in the text. */
size_t head_take(const struct labels *l, struct arena *a, struct str line, struct head *h);

/* Reads the pairs in the first lines of a plain text. */
void head_of_text(const struct labels *l, struct arena *a, struct str text, struct head *h);

void head_pack(const struct head *h, struct buf *b);

#endif
