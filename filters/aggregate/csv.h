/* csv: cells and rows by RFC 4180, written by hand, and files of them.
 *
 * A cell is followed by its comma; csv_end turns the last one into the line's
 * end. Prose keeps one line: control characters become spaces. A text that a
 * spreadsheet would run as a formula (it starts with = + - @) gets an apostrophe
 * before it. Strings are UTF-8. */
#ifndef AGGREGATE_CSV_H
#define AGGREGATE_CSV_H

#include "decimal.h"
#include "pack.h"

void csv_prose(struct buf *b, struct str s);
void csv_proses(struct buf *b, const struct str *s, size_t n); /* N cells */
void csv_exact(struct buf *b, struct str s);    /* a path: line ends stay, quoted */
void csv_int(struct buf *b, int64_t v);
void csv_decimal(struct buf *b, struct decimal v);      /* plain notation, whatever its length */

/* A cell that needs no care: an id of ours, a name of an enumeration, a date. */
static inline void csv_plain(struct buf *b, struct str s)
{
	buf_append(b, s.s, s.n);
	buf_append(b, ",", 1);
}

static inline void csv_empty(struct buf *b) { buf_append(b, ",", 1); }
static inline void csv_bool(struct buf *b, bool v) { csv_plain(b, v ? STR("true") : STR("false")); }

/* Cells made before, commas included. */
static inline void csv_cells(struct buf *b, struct str made) { buf_append(b, made.s, made.n); }

static inline void csv_end(struct buf *b) { b->data[b->len - 1] = '\n'; }

/* A file that is being written: keeps its first error. */
struct csv_file {
	char name[40];
	int fd;
	struct buf buf;
	uint64_t at;            /* bytes so far */
	int error;              /* errno of what failed first */
};

/* Makes the file NAME in the folder FOLDER, for reading too. */
void csv_create(struct csv_file *f, int folder, const char *name);
void csv_write(struct csv_file *f, const void *data, size_t n);
void csv_flush(struct csv_file *f);

/* Flushes, brings to disk, closes; false with f->error set where any of it failed. */
bool csv_close(struct csv_file *f) __attribute__((warn_unused_result));

/* Reads rows back: cells point into DATA or, where they were quoted, into ROOM. */
struct csv_reader {
	const char *p, *end;
	struct buf room;        /* unquoted cells of the row in hand */
};

enum { CSV_MOST = 2048 };       /* columns that a row may have */

/* The next row; false at the end. Puts at most MOST cells, returns their number in *N. */
bool csv_read(struct csv_reader *r, struct str *cells, size_t most, size_t *n);

#endif
