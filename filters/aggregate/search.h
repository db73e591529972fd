/* search: the words of sentences, so that they are found in the database.
 *
 * No tokenizer of SQLite finds Chinese words of two characters: unicode61 takes a run of
 * Han characters as one word, trigram needs three. So the index is given words that are
 * cut here: of each run of Han characters all pieces of two to four (one that stands alone
 * as it is), and what is written in letters and digits as unicode61 takes it. */
#ifndef AGGREGATE_SEARCH_H
#define AGGREGATE_SEARCH_H

#include <sqlite3.h>

/* Makes the table search, whose column words is to be given sentences, and search_rows.
 * Any SQLite reads them: the table names unicode61, which takes a query apart as it always
 * does. Only DB, and only until it is closed, cuts what is inserted by the rule above.
 * Returns a code of SQLite. */
int search_make(sqlite3 *db);

#endif
