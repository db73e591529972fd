/* source: the bytes of a file that may be gzip, member after member. */
#ifndef UNPACK_SOURCE_H
#define UNPACK_SOURCE_H

#include "pack.h"

#include <zlib.h>

enum { SOURCE_BLOCK = 64 << 10 };

struct source {
	int fd;
	bool gzip, inside;      /* inside a member of it */
	z_stream z;
	uint64_t read;          /* bytes of the file */
	uint64_t at;            /* offset of the next byte handed out */
	uint64_t limit;         /* bytes that may be handed out before the end is told */
	size_t pos, len;        /* of block */
	const char *error;      /* why there are no more bytes; NULL at the end */
	uint8_t in[SOURCE_BLOCK], block[SOURCE_BLOCK];
};

/* Starts reading FD where it stands. False where zlib has no memory. */
bool source_open(struct source *s, int fd);
void source_close(struct source *s);

/* The next bytes, at most MOST; none at the end, an error, or the limit. They live until the
 * next call. */
struct str source_piece(struct source *s, size_t most);

/* The next byte, which stays; -1 at the end. */
int source_peek(struct source *s);

/* Reads a line with its end into LINE, and no more than MOST bytes of it. False at the end. */
bool source_line(struct source *s, struct buf *line, size_t most);

/* After an error: goes on behind it, at the next place that may start a member of gzip. False
 * at the end. */
bool source_resume(struct source *s);

#endif
