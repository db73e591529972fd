/* judged: the verdicts as a table, with whether there is something that they judge. */
#ifndef AGGREGATE_JUDGED_H
#define AGGREGATE_JUDGED_H

#include "annotated.h"
#include "output.h"
#include "verdicts.h"

/* Marks the verdicts on D's facts and findings. */
void judged_note(const struct verdicts *v, const struct document *d);

/* All of them, as rows. */
void judged_write(const struct verdicts *v, struct output *out);

#endif
