#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_LEAST = 64 << 10, KEEP_MOST = 1 << 20, ALIGN = 16 };

struct arena_chunk {
	struct arena_chunk *next;
	size_t size;
	size_t used;
	size_t pad;     /* keeps data aligned */
	char data[];
};

static _Noreturn void out_of_memory(void)
{
	fputs("gongwen: out of memory\n", stderr);
	exit(2);
}

void *xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);
	if (!p)
		out_of_memory();
	return p;
}

void *xrealloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);
	if (!p)
		out_of_memory();
	return p;
}

void *xhave(void *p)
{
	if (!p)
		out_of_memory();
	return p;
}

char *xstrndup(const char *s, size_t n)
{
	char *p = xmalloc(n + 1);
	if (n)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

static struct arena_chunk *chunk_new(size_t least)
{
	size_t size = least > CHUNK_LEAST ? least : CHUNK_LEAST;
	struct arena_chunk *c = xmalloc(sizeof *c + size);
	c->next = NULL;
	c->size = size;
	c->used = 0;
	return c;
}

void *arena_alloc(struct arena *a, size_t size)
{
	if (size > SIZE_MAX / 2)
		out_of_memory();
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	for (;;) {
		if (a->now && a->now->size - a->now->used >= size) {
			void *p = a->now->data + a->now->used;
			a->now->used += size;
			return p;
		}
		if (a->now && a->now->next) {
			a->now = a->now->next;
			continue;
		}
		/* doubling keeps the number of chunks of a large record small */
		size_t want = a->now ? a->now->size * 2 : CHUNK_LEAST;
		if (want > (64u << 20))
			want = 64u << 20;
		struct arena_chunk *c = chunk_new(size > want ? size : want);
		if (a->now)
			a->now->next = c;
		else
			a->first = c;
		a->now = c;
	}
}

void *arena_calloc(struct arena *a, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / 2 / size)
		out_of_memory();
	void *p = arena_alloc(a, count * size);
	memset(p, 0, count * size);
	return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);
	if (n)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

void *arena_grow(struct arena *a, void *old, size_t *cap, size_t need, size_t size)
{
	if (need <= *cap)
		return old;
	size_t more = *cap ? *cap * 2 : 16;
	if (more < need)
		more = need;
	if (size && more > SIZE_MAX / 2 / size)
		out_of_memory();
	void *p = arena_alloc(a, more * size);
	if (*cap)
		memcpy(p, old, *cap * size);
	*cap = more;
	return p;
}

void arena_reset(struct arena *a)
{
	size_t kept = 0;
	struct arena_chunk **link = &a->first;

	while (*link) {
		struct arena_chunk *c = *link;
		if (kept + c->size > KEEP_MOST && c != a->first) {
			*link = c->next;
			free(c);
			continue;
		}
		kept += c->size;
		c->used = 0;
		link = &c->next;
	}
	a->now = a->first;
	if (a->first && a->first->size > KEEP_MOST)
		arena_free(a);
}

void arena_free(struct arena *a)
{
	for (struct arena_chunk *c = a->first, *next; c; c = next) {
		next = c->next;
		free(c);
	}
	a->first = a->now = NULL;
}
