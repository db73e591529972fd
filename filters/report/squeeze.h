/* squeeze: data as it stands in the page: zlib's deflate, then base64.
 *
 * Base64 has no character that HTML gives a meaning, so that nothing of a document
 * can end the element it stands in. */
#ifndef REPORT_SQUEEZE_H
#define REPORT_SQUEEZE_H

#include "pack.h"

/* Appends the zlib stream of DATA to OUT. */
void squeeze(struct buf *out, const void *data, size_t n);

#endif
