/* pdf: PDF by poppler. */
#ifndef HELPER_PDF_H
#define HELPER_PDF_H

#include "output.h"

/* Reads the document IN into OUT. NULL, or a problem's code with *MESSAGE where
 * there is no text to be had. */
const char *pdf_read(struct str in, struct output *out, const char **message);

/* The same without drawing its pages, which may take long: borders of tables are not
 * seen then. */
const char *pdf_read_plain(struct str in, struct output *out, const char **message);

#endif
