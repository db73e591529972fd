#include "sorter.h"
#include "arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RUN_BUFFER = 128 << 10 };

struct sorter_run {
	uint64_t at, end;       /* bytes of the file still to read */
	char *buf;
	size_t n, i;            /* items in buf, the one in hand */
};

void sorter_start(struct sorter *s, int folder, size_t size, size_t memory, sorter_cmp *cmp, void *context)
{
	*s = (struct sorter){.size = size, .most = memory / size, .cmp = cmp, .context = context,
		.folder = folder, .fd = -1};
}

static void sort(struct sorter *s)
{
	if (s->prepare)
		s->prepare(s->context);
	if (s->n)
		qsort_r(s->items, s->n, s->size, s->cmp, s->context);
}

static void run_write(struct sorter *s)
{
	const char *p = s->items;
	size_t left = s->n * s->size;
	off_t at = s->nruns ? (off_t)s->runs[s->nruns - 1].end : 0;

	if (s->fd < 0) {
		s->fd = openat(s->folder, "sort", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (s->fd < 0 || unlinkat(s->folder, "sort", 0) != 0) {
			s->error = errno;
			return;
		}
	}
	sort(s);
	s->runs = xrealloc(s->runs, (s->nruns + 1) * sizeof *s->runs);
	s->runs[s->nruns++] = (struct sorter_run){.at = (uint64_t)at, .end = (uint64_t)at + left};
	while (left > 0) {
		ssize_t n = pwrite(s->fd, p, left, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			s->error = errno;
			return;
		}
		p += n;
		at += n;
		left -= (size_t)n;
	}
	s->n = 0;
}

void sorter_add(struct sorter *s, const void *item)
{
	if (s->error)
		return;
	if (s->n == s->most) {
		run_write(s);
		if (s->error)
			return;
	}
	if (s->n == s->cap) {
		s->cap = s->cap ? 2 * s->cap : 4096;
		s->cap = s->cap > s->most ? s->most : s->cap;
		s->items = xrealloc(s->items, s->cap * s->size);
	}
	memcpy(s->items + s->n++ * s->size, item, s->size);
	s->total++;
}

/* Reads on in a run; false at its end. */
static bool run_fill(struct sorter *s, struct sorter_run *r)
{
	size_t want = RUN_BUFFER / s->size * s->size, have = 0;

	r->i = r->n = 0;
	want = r->end - r->at < want ? (size_t)(r->end - r->at) : want;
	while (have < want) {
		ssize_t n = pread(s->fd, r->buf + have, want - have, (off_t)(r->at + have));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			s->error = n < 0 ? errno : EIO;
			return false;
		}
		have += (size_t)n;
	}
	r->at += have;
	r->n = have / s->size;
	return r->n > 0;
}

static const char *run_item(const struct sorter *s, uint32_t run)
{
	return s->runs[run].buf + s->runs[run].i * s->size;
}

static bool before(const struct sorter *s, uint32_t a, uint32_t b)
{
	int c = s->cmp(run_item(s, a), run_item(s, b), s->context);
	return c ? c < 0 : a < b;
}

static void heap_down(struct sorter *s, size_t i)
{
	for (;;) {
		size_t least = i;
		for (size_t k = 2 * i + 1; k <= 2 * i + 2 && k < s->nheap; k++)
			if (before(s, s->heap[k], s->heap[least]))
				least = k;
		if (least == i)
			return;
		uint32_t t = s->heap[i];
		s->heap[i] = s->heap[least];
		s->heap[least] = t;
		i = least;
	}
}

bool sorter_finish(struct sorter *s)
{
	if (s->error)
		return false;
	if (s->nruns == 0) {
		sort(s);
		return true;
	}
	if (s->n)
		run_write(s);
	if (s->prepare)
		s->prepare(s->context);
	free(s->items);
	s->items = NULL;
	s->heap = xmalloc(s->nruns * sizeof *s->heap);
	for (uint32_t i = 0; i < s->nruns && !s->error; i++) {
		s->runs[i].buf = xmalloc(RUN_BUFFER);
		if (run_fill(s, &s->runs[i]))
			s->heap[s->nheap++] = i;
	}
	for (size_t i = s->nheap; i-- > 0;)
		heap_down(s, i);
	return s->error == 0;
}

const void *sorter_next(struct sorter *s)
{
	if (s->nruns == 0)
		return s->at < s->n ? s->items + s->at++ * s->size : NULL;
	/* the item handed out last stands at the top of the heap until now */
	if (s->at > 0 && s->nheap > 0) {
		struct sorter_run *r = &s->runs[s->heap[0]];
		if (++r->i == r->n && !run_fill(s, r))
			s->heap[0] = s->heap[--s->nheap];
		heap_down(s, 0);
	}
	s->at = 1;
	return s->nheap > 0 && !s->error ? run_item(s, s->heap[0]) : NULL;
}

void sorter_free(struct sorter *s)
{
	if (s->fd >= 0)
		close(s->fd);
	for (size_t i = 0; i < s->nruns; i++)
		free(s->runs[i].buf);
	free(s->runs);
	free(s->heap);
	free(s->items);
	*s = (struct sorter){.fd = -1};
}
