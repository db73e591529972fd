/* doc-lists: the lists of a DOC, as numbering.h counts them ([MS-DOC] 2.9.131 to 2.9.150). */
#ifndef HELPER_DOC_LISTS_H
#define HELPER_DOC_LISTS_H

#include "numbering.h"

/* Reads the lists that the FIB of FILE names out of the table stream. The list of
 * paragraphs with the property ilfo N is list N. Memory is the arena's. */
void doc_lists_read(struct numbering *n, struct str file, struct str table, struct arena *a);

#endif
