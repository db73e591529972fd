/* html: a page to the tree of the helper's protocol (../helper.h). */
#ifndef HELPER_HTML_H
#define HELPER_HTML_H

#include "pack.h"

/* Appends the tree of the page in the N bytes at S (UTF-8), which it may change, to OUT: its elements without scripts,
 * styles and form controls, those attributes that tell what an element is, and
 * its text. False where libxml2 gives up. */
bool html_parse(char *s, size_t n, struct buf *out);

#endif
