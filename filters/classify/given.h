/* given: what a table says of a document (doc.given: the rows of decode --text, or
 * decode --meta). It outranks the text; where the text says otherwise, a problem tells. */
#ifndef CLASSIFY_GIVEN_H
#define CLASSIFY_GIVEN_H

#include "place.h"
#include "reader.h"

/* Finds in the record which entries of the head a table gave. Comes after imprint_head. */
void given_head(struct reader *r);

/* Each puts what was given in the place of what was read; each comes after the reading of
 * that value, and given_issuer reads the issuer once more with the given name. */
void given_issuer(struct reader *r);
void given_genre(struct reader *r);
void given_period(struct reader *r);

/* The place that is given: by its code exactly, by its name unless the text names one inside it.
 * That of the text, by the clues P, where nothing that is known is given. */
struct placed given_place(struct reader *r, struct place *p);

#endif
