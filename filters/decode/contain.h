/* contain: what documents an input is: one, or those in an archive or a crawl. */
#ifndef DECODE_CONTAIN_H
#define DECODE_CONTAIN_H

#include "document.h"
#include "members.h"

/* The bounds on one input of SIZE bytes, whatever it holds. */
struct budget contain_budget(uint64_t size);

/* Makes records of the document ORIGIN whose bytes are in d->bytes: of its members, if it holds such.
 * DEPTH counts the archives around it. Its strings must not be in the arena, which is reset. */
void contain_bytes(struct decode *d, const struct document *origin, int depth, struct budget *budget);

/* The same of the archive ORIGIN in the file FD. */
void contain_file(struct decode *d, const struct document *origin, int fd, int depth, struct budget *budget);

#endif
