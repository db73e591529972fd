/* doc: Word 97 to 2003, and what WPS writes in its place ([MS-DOC]). */
#ifndef HELPER_DOC_H
#define HELPER_DOC_H

#include "output.h"

/* Reads the compound file IN into OUT: paragraphs, rows of tables, notes and text
 * boxes. NULL, or a problem's code with *MESSAGE: compound files hold other
 * documents, too. */
const char *doc_read(struct str in, struct output *out, const char **message);

#endif
