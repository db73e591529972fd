/* json: writing JSON by hand, into a buffer. */
#ifndef AGGREGATE_JSON_H
#define AGGREGATE_JSON_H

#include "pack.h"
#include "unpack.h"

void json_string(struct buf *b, struct str s);

/* "key": "value" with a comma before, unless it is the first of its object. */
void json_member(struct buf *b, const char *key, struct str value);

/* A value of a stream's header; false where it is damaged. */
bool json_value(struct buf *b, struct cursor *c);

#endif
