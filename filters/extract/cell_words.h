/* cell_words: words that say what the head of a row or column is, from cells.tsv. */
#ifndef EXTRACT_CELL_WORDS_H
#define EXTRACT_CELL_WORDS_H

#include "table.h"

enum cell_class { CELL_SKIP, CELL_PLAIN, CELL_TOTAL, CELL_PLACE, CELL_PLACES };

struct cell_words;

/* Understands cells.tsv (columns class word at); errors go to t->error. */
struct cell_words *cells_load(struct table *t);
void cells_free(struct cell_words *c);

/* HEAD, without its brackets, is a word of the class, or ends in one that may stand at the end. */
bool cell_is(const struct cell_words *c, struct str head, enum cell_class cls);

#endif
