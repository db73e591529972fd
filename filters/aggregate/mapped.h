/* mapped: reading back a table that was written, row by row. */
#ifndef AGGREGATE_MAPPED_H
#define AGGREGATE_MAPPED_H

#include "csv.h"

/* Called for each row but the header; CELLS are good until it returns. False ends it. */
typedef bool mapped_row(void *context, const struct str *cells, size_t n);

/* False where the file cannot be read (errno says why) or ROW said so (errno is 0). */
bool mapped_rows(const char *path, mapped_row *row, void *context) __attribute__((warn_unused_result));

#endif
