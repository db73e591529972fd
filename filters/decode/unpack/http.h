/* http: the answer of a server as a crawler kept it (RFC 9112). */
#ifndef UNPACK_HTTP_H
#define UNPACK_HTTP_H

#include "members.h"
#include "source.h"

enum coding { CODING_NONE, CODING_GZIP, CODING_DEFLATE, CODING_BROTLI, CODING_OTHER };

struct http {
	int status;             /* 0: no answer of HTTP */
	bool chunked;
	enum coding coding;
	struct buf type;        /* the Content-Type */
	struct buf encoding;    /* the Content-Encoding */
	struct buf line, field;
	uint64_t chunk;         /* bytes that the chunk in hand still has */
	bool first, done;       /* no chunk was read yet; the last one was */
	const char *error;
};

/* Reads a line of headers, with the lines that go on with it, into FIELD, without its end; empty at
 * the end of the headers. NEXT holds the line read ahead. False at the end of the source. */
bool field_read(struct source *s, struct buf *next, struct buf *field);

/* The value of FIELD if its name is NAME; {NULL, 0} otherwise. */
struct str field_value(const struct buf *field, const char *name);

/* Reads status line and headers. */
void http_head(struct http *h, struct source *s);

/* Hands over the body, unfolded and unpacked, to the member in hand, and ends it. False where
 * the file is to be left. */
bool http_body(struct http *h, struct source *s, struct members *m);

void http_free(struct http *h);

#endif
