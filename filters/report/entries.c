#include "entries.h"
#include "body.h"
#include "squeeze.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

bool entries_start(struct entries *e)
{
	const char *dir = getenv("TMPDIR");
	char *path;

	*e = (struct entries){.fd = -1};
	if (asprintf(&path, "%s/gongwen-report-XXXXXX", dir && *dir ? dir : "/tmp") < 0)
		return false;
	int fd = mkstemp(path);
	if (fd >= 0) {
		unlink(path);
		/* where a standard stream is closed, the file must not come to stand for it */
		e->fd = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
		close(fd);
	}
	free(path);
	return e->fd >= 0;
}

static struct str keep(struct entries *e, struct str s)
{
	return s.n ? (struct str){arena_strndup(&e->arena, s.s, s.n), s.n} : (struct str){"", 0};
}

static void put(struct entries *e, const uint8_t *data, size_t n)
{
	while (n > 0 && !e->error) {
		ssize_t k = pwrite(e->fd, data, n, (off_t)e->end);
		if (k < 0 && errno != EINTR)
			e->error = errno;
		if (k > 0) {
			data += k;
			n -= (size_t)k;
			e->end += (uint64_t)k;
		}
	}
}

static uint64_t hash_of(struct str s)
{
	return s.n ? XXH3_64bits(s.s, s.n) | 1 : 0;
}

static struct twin twin_of(const struct document *d)
{
	const struct about *a = &d->about;
	struct str region = a->region.name.n ? a->region.name : a->region.code;
	struct str period = d->period.full_year ? (struct str){d->period.start, 4} : a->period.value;

	return (struct twin){.fingerprint = d->text.s ? twin_fingerprint(d->fingerprint) : 0, .region = hash_of(region),
		.subject = hash_of(a->subject.value), .period = hash_of(period), .facts = (uint32_t)d->nfacts};
}

uint32_t entries_add(struct entries *e, const struct document *d, struct arena *a)
{
	struct entry x = {.path = keep(e, d->path), .member = keep(e, d->member), .url = keep(e, d->url),
		.id = keep(e, d->id), .retrieved = keep(e, d->retrieved), .at = e->end, .twin = twin_of(d)};
	struct buf body = {0};

	entry_write(&x.row, d, a);
	x.content = XXH3_64bits(x.row.data, x.row.len);
	if (d->text.s) {
		body_write(&body, d, a);
		x.content = XXH3_64bits_withSeed(body.data, body.len, x.content);
		e->room.len = 0;
		squeeze(&e->room, body.data, body.len);
		x.len = e->room.len;
		put(e, e->room.data, e->room.len);
		buf_free(&body);
	}
	if (e->n == e->cap) {
		e->cap = e->cap ? 2 * e->cap : 1024;
		e->items = xrealloc(e->items, e->cap * sizeof *e->items);
	}
	e->items[e->n] = x;
	return (uint32_t)e->n++;
}

static int identity_cmp(const struct entry *a, const struct entry *b)
{
	int c = str_cmp(a->path, b->path);

	c = c ? c : str_cmp(a->member, b->member);
	return c ? c : str_cmp(a->url, b->url);
}

/* The version that was fetched last comes first; where that is not known, something
 * that does not depend on arrival decides. */
static int by_identity(const void *l, const void *r, void *items)
{
	const struct entry *a = (struct entry *)items + *(const uint32_t *)l;
	const struct entry *b = (struct entry *)items + *(const uint32_t *)r;
	int c = identity_cmp(a, b);

	c = c ? c : str_cmp(b->retrieved, a->retrieved);
	c = c ? c : str_cmp(b->id, a->id);
	c = c ? c : (a->content < b->content) - (a->content > b->content);
	return c;
}

static void twins_choose(struct entries *e)
{
	struct twin *items = xmalloc((e->nsorted + 1) * sizeof *items);

	for (size_t i = 0; i < e->nsorted; i++)
		items[i] = e->items[e->sorted[i]].twin;
	twin_find(items, e->nsorted);
	for (size_t i = 0; i < e->nsorted; i++)
		e->items[e->sorted[i]].chosen = items[i].chosen;
	free(items);
}

void entries_sort(struct entries *e)
{
	uint32_t *all = xmalloc((e->n + 1) * sizeof *all);

	for (size_t i = 0; i < e->n; i++)
		all[i] = (uint32_t)i;
	if (e->n)
		qsort_r(all, e->n, sizeof *all, by_identity, e->items);
	e->sorted = all;
	for (size_t i = 0; i < e->n; i++) {
		struct entry *x = &e->items[all[i]];
		const struct entry *last = e->nsorted ? &e->items[all[e->nsorted - 1]] : NULL;
		if (last && identity_cmp(last, x) == 0) {
			*(last->content == x->content ? &e->repeated : &e->versions) += 1;
			x->order = UINT32_MAX;
			continue;
		}
		x->order = (uint32_t)e->nsorted;
		all[e->nsorted++] = all[i];
	}
	twins_choose(e);
}

struct str entries_body(struct entries *e, const struct entry *x)
{
	size_t n = 0;

	e->room.len = 0;
	buf_reserve(&e->room, x->len + 1);
	while (n < x->len && !e->error) {
		ssize_t k = pread(e->fd, e->room.data + n, x->len - n, (off_t)(x->at + n));
		if (k == 0 || (k < 0 && errno != EINTR))
			e->error = k < 0 ? errno : EIO;
		n += k > 0 ? (size_t)k : 0;
	}
	return (struct str){(char *)e->room.data, n};
}

void entries_free(struct entries *e)
{
	for (size_t i = 0; i < e->n; i++)
		buf_free(&e->items[i].row);
	free(e->items);
	free(e->sorted);
	buf_free(&e->room);
	arena_free(&e->arena);
	if (e->fd >= 0)
		close(e->fd);
	*e = (struct entries){.fd = -1};
}
