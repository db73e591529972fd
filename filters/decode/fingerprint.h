/* fingerprint: a number that near-duplicates of a text share but for a few bits.
 *
 * A 64-bit simhash (Charikar 2002). Features are four letters in a row, of the
 * text's Han characters (U+3400..U+9FFF) and ASCII letters and digits alone: white
 * space, punctuation and markup of another page make no difference. Of all places
 * one in 26 counts, chosen by the first letter's own bytes. */
#ifndef DECODE_FINGERPRINT_H
#define DECODE_FINGERPRINT_H

#include "text.h"

/* Returns false where the text is too short to have a feature. */
bool fingerprint_make(struct str text, uint64_t *out);

#endif
