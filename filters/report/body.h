/* body: one document as the page reads it when it is opened: text, outline, sentences
 * and facts, ranges in units of UTF-16. */
#ifndef REPORT_BODY_H
#define REPORT_BODY_H

#include "annotated.h"
#include "json.h"

/* Appends the JSON of a document that has text. */
void body_write(struct buf *out, const struct document *d, struct arena *a);

/* Appends its entry in the index, which the page reads at once. */
void entry_write(struct buf *out, const struct document *d, struct arena *a);

#endif
