/* base64: bytes in JSON (RFC 4648, section 4, padded). */
#ifndef GONGWEN_BASE64_H
#define GONGWEN_BASE64_H

#include "pack.h"

void base64_encode(struct buf *out, const void *data, size_t n);

/* False where S is no base64; nothing is appended then. */
bool base64_decode(struct buf *out, struct str s);

#endif
