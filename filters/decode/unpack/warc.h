/* warc: pages of a crawl, WARC 1.0 and 1.1 (ISO 28500), plain or gzip. */
#ifndef UNPACK_WARC_H
#define UNPACK_WARC_H

#include "members.h"

/* Does the file FD start with a record? Leaves it at its start. */
bool warc_is(int fd);

/* Hands over the pages: responses of HTTP with status 200 and resources, whose address is one
 * of the web. Requests, redirects, errors, revisits and what the crawler says of itself
 * are passed over. */
void warc_unpack(struct members *m, int fd);

#endif
