/* clean: line ends and control characters of a decoded text. */
#ifndef DECODE_CLEAN_H
#define DECODE_CLEAN_H

#include "text.h"

/* In place: CR LF, a lone CR, VT and FF become LF; other C0 controls and DEL,
 * tab excepted, are dropped. *N is the length; returns how many were dropped. */
size_t text_clean(char *s, size_t *n);

#endif
