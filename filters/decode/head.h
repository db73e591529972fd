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

/* The name that a label means; {NULL, 0} where it is none. CELL is a cell or the
 * start of a line: with brackets, spaces and colon. */
struct str label_name(const struct labels *l, struct str cell);

/* The same for a line that starts with a label and a colon, such as 文号：X;
 * *VALUE is what follows, up to the next label in the line, *REST the line from
 * there. */
struct str label_value(const struct labels *l, struct str line, struct str *value, struct str *rest);

/* The name that a <meta> element's name means; {NULL, 0} where it is none. */
struct str label_meta(const struct labels *l, struct str meta);

/* Appends a pair, unless the value is empty or the same pair stands already. */
void head_add(struct head *h, struct arena *a, struct str name, struct str value);

/* Takes the pairs of a row of cells: label, value, label, value. Returns how many
 * cells were labels. */
size_t head_row(const struct labels *l, struct arena *a, const struct str *cells, size_t n,
	struct head *h);

/* Reads the pairs in the first lines of a plain text. */
void head_of_text(const struct labels *l, struct arena *a, struct str text, struct head *h);

void head_pack(const struct head *h, struct buf *b);

#endif
