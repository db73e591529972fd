/* rtf: Rich Text Format, 1.9.1. */
#ifndef HELPER_RTF_H
#define HELPER_RTF_H

#include "output.h"

/* Reads the document IN into OUT: paragraphs with their numbers, rows of tables,
 * text boxes. Always NULL: any bytes are some RTF. */
const char *rtf_read(struct str in, struct output *out, const char **message);

#endif
