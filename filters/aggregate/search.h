/* search: the words of sentences, so that they are found in the database.
 *
 * No tokenizer of SQLite finds Chinese words of two characters: unicode61 takes a run of
 * Han characters as one word, trigram needs three. So the index is given words that are
 * cut here: of each run of Han characters all pieces of two to four, and what is written
 * in letters and digits as it stands. */
#ifndef AGGREGATE_SEARCH_H
#define AGGREGATE_SEARCH_H

#include "pack.h"

/* Puts the words of S into OUT, a space between. */
void search_words(struct str s, struct buf *out);

#endif
