/* spool: rows of documents on disk until their order is known.
 *
 * Documents arrive in any order and leave in the order of their identity, so
 * their rows wait in an unlinked file; memory holds one entry a document. */
#ifndef AGGREGATE_SPOOL_H
#define AGGREGATE_SPOOL_H

#include "pack.h"

#include <stdio.h>

struct spool_entry {
	struct str key;         /* identity of the document: what it is sorted by */
	uint64_t offset;
	uint32_t len;
	uint32_t number;        /* as they came */
};

struct spool {
	FILE *file;
	struct arena keys;
	struct spool_entry *entries;
	size_t n, cap;
	uint64_t size;
	struct buf block;       /* of the document in hand */
};

/* A file without a name in FOLDER; false where it cannot be made (errno). */
bool spool_open(struct spool *s, const char *folder);
void spool_close(struct spool *s);

/* Adds a row of TABLE to the document in hand. */
void spool_row(struct spool *s, unsigned table, const struct str *cells, size_t n);

/* Ends the document in hand; false on a write error. */
bool spool_document(struct spool *s, struct str key);

/* Sorts the entries by key; of equal ones only the first that came stays. Returns
 * how many were left out. */
size_t spool_sort(struct spool *s);

/* Reads an entry's rows into the block; then spool_next hands them out: false
 * at the end. Cells point into the block. */
bool spool_read(struct spool *s, const struct spool_entry *e);
bool spool_next(struct spool *s, size_t *at, unsigned *table, struct str *cells, size_t most, size_t *n);

#endif
