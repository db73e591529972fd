/* ofd: the fixed layout format of Chinese offices (GB/T 33190-2016). */
#ifndef HELPER_OFD_H
#define HELPER_OFD_H

#include "output.h"

/* Reads the document IN into OUT as paragraphs; pages are noted. NULL, or a
 * problem's code with *MESSAGE. */
const char *ofd_read(struct str in, struct output *out, const char **message);

#endif
