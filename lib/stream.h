/* stream: MessagePack maps one after another, in parts (record.5).
 *
 *     stream = part+        part = header record* trailer
 *
 * The reader hands out one map at a time and keeps its first error: a cut
 * stream, a later format version, an oversized or too deeply nested map, a
 * non-map, each by name and with the byte offset. */
#ifndef GONGWEN_STREAM_H
#define GONGWEN_STREAM_H

#include "pack.h"
#include "unpack.h"

enum { STREAM_VERSION = 1 };            /* of the format */
enum { KEYS_MOST = 4096 };              /* top-level keys a map may have */
enum { RECORD_MOST = 256 << 20 };       /* default of --max-record */

enum stream_item {
	STREAM_HEADER,
	STREAM_RECORD,
	STREAM_TRAILER,
	STREAM_END,             /* after a whole part */
	STREAM_ERROR
};

/* One pair of a map: the key, and the bytes of key and value together. */
struct field {
	struct str key;
	const uint8_t *pair;    /* where the key's bytes start */
	const uint8_t *value;
	const uint8_t *end;
};

struct trailer {
	uint64_t end, failed, read;
};

struct stream_in {
	int fd;
	size_t max_record;
	uint8_t *buf;
	size_t cap, len, pos;   /* bytes read; start of the item that comes next */
	uint64_t base;          /* stream offset of buf[0] */
	bool eof, in_part, seen_part;
	uint64_t records;       /* of this part so far */
	struct trailer trailer; /* of the part that just ended */
	struct field *fields;   /* of the item in hand */
	size_t nfields, cap_fields;
	const uint8_t *item;    /* its bytes */
	size_t item_len;
	uint64_t item_at;       /* its offset in the stream */
	char error[256];
};

/* Starts reading FD (not closed by the reader). */
void stream_open(struct stream_in *in, int fd, size_t max_record);

/* The next item. What it points to lives until the next call. STREAM_ERROR
 * stays: in->error says what and where. */
enum stream_item stream_read(struct stream_in *in) __attribute__((warn_unused_result));

/* Finds a key among the fields of the item in hand; NULL where there is none. */
const struct field *stream_field(const struct stream_in *in, const char *key);

void stream_close(struct stream_in *in);

/* True where no two of the keys of a map are the same; may sort them. */
bool keys_differ(struct str *names, size_t n);

/* The writer: a buffer before a file descriptor. It keeps its first error. */
struct stream_out {
	int fd;
	uint8_t *buf;
	size_t len;
	uint64_t written;
	int error;              /* errno of the first failed write */
};

void stream_create(struct stream_out *out, int fd);
void stream_write(struct stream_out *out, const void *data, size_t n);

/* Writes what is left, closes the descriptor; false where any write failed. */
bool stream_finish(struct stream_out *out) __attribute__((warn_unused_result));

/* Appends the header of a part: VIA are the bytes of the steps before (an array
 * of MessagePack, or n = 0), STEP the bytes of this filter's own step map. */
bool header_pack(struct buf *b, struct str via, struct str step);
void trailer_pack(struct buf *b, struct trailer t);

#endif
