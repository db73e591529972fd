/* sorter: sorting more items than memory should hold. Runs are sorted in memory,
 * written to a file without a name, and merged. */
#ifndef AGGREGATE_SORTER_H
#define AGGREGATE_SORTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int sorter_cmp(const void *a, const void *b, void *context);

struct sorter_run;

struct sorter {
	size_t size;                    /* of an item */
	size_t most;                    /* items that memory holds */
	sorter_cmp *cmp;
	void (*prepare)(void *context); /* called before items are compared; NULL for none */
	void *context;
	int folder, fd;                 /* where the runs go; -1 while there are none */
	char *items;
	size_t n, cap;
	uint64_t total;
	struct sorter_run *runs;
	size_t nruns, at;
	uint32_t *heap;                 /* runs by their first item */
	size_t nheap;
	int error;                      /* errno of what failed first */
};

/* FOLDER is a folder's descriptor. */
void sorter_start(struct sorter *s, int folder, size_t size, size_t memory, sorter_cmp *cmp, void *context);
void sorter_add(struct sorter *s, const void *item);

/* Ends adding. CMP may have changed its mind about ties by then only where the items
 * of a run stay in order. False with s->error set. */
bool sorter_finish(struct sorter *s) __attribute__((warn_unused_result));

/* The next item in order, good until the next call; NULL at the end or on an error. */
const void *sorter_next(struct sorter *s);
void sorter_free(struct sorter *s);

#endif
