/* docx: Office Open XML text documents (ECMA-376). */
#ifndef HELPER_DOCX_H
#define HELPER_DOCX_H

#include "output.h"

/* Reads the document IN into OUT: paragraphs with their automatic numbers, rows of
 * tables, text boxes, and the notes at the end. NULL, or a problem's code with
 * *MESSAGE. */
const char *docx_read(struct str in, struct output *out, const char **message);

#endif
