/* arena: memory of one record, given back all at once.
 *
 * A filter keeps one arena, allocates what a record needs from it, and calls
 * arena_reset at the top of its loop. Chunks are kept for the next record, so
 * that a stream of like documents allocates nothing after the first. */
#ifndef GONGWEN_ARENA_H
#define GONGWEN_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *first;  /* all chunks, in the order of their making */
	struct arena_chunk *now;    /* the one that is being filled */
};

/* Allocates SIZE bytes, aligned for any type, not cleared. Never returns NULL:
 * where memory runs out the program ends with a message and status 2. The
 * memory lives until arena_reset or arena_free. */
void *arena_alloc(struct arena *a, size_t size);

/* The same, for COUNT items of SIZE bytes each, cleared to zero; an overflow of
 * the product counts as out of memory. */
void *arena_calloc(struct arena *a, size_t count, size_t size);

/* Copies N bytes of S and adds a NUL. */
char *arena_strndup(struct arena *a, const char *s, size_t n);

/* Grows an array of *CAP items of SIZE bytes so that it holds at least NEED;
 * the old items are copied and the old memory stays in the arena. */
void *arena_grow(struct arena *a, void *old, size_t *cap, size_t need, size_t size);

/* Forgets all that was allocated; keeps chunks up to 1 MiB in sum. */
void arena_reset(struct arena *a);

/* Gives all memory back. The arena may be used again. */
void arena_free(struct arena *a);

/* malloc and realloc that end the program with a message and status 2 where
 * memory runs out; for what lives longer than a record. */
void *xmalloc(size_t size);
void *xrealloc(void *old, size_t size);
char *xstrndup(const char *s, size_t n);

/* P, which a library made; the same end where it is NULL, for want of memory. */
void *xhave(void *p);

#endif
