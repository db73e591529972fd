#include "order.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* A version that was left out, so that it counts once however often it comes. */
struct order_version {
	uint64_t content;
	struct order_version *next;
};

static int identity_cmp(const struct order_entry *a, const struct order_entry *b)
{
	int c = str_cmp(a->path, b->path);

	c = c ? c : str_cmp(a->member, b->member);
	return c ? c : str_cmp(a->url, b->url);
}

/* Of two versions the one that was fetched later is kept; where that is not known,
 * something that does not depend on arrival decides. */
static int version_cmp(const struct order_entry *a, const struct order_entry *b)
{
	int c = str_cmp(a->retrieved, b->retrieved);

	c = c ? c : str_cmp(a->id, b->id);
	return c ? c : (a->content > b->content) - (a->content < b->content);
}

static uint64_t identity_hash(const struct order_entry *e)
{
	uint64_t h = XXH3_64bits(e->path.n ? e->path.s : "", e->path.n);

	h = XXH3_64bits_withSeed(e->member.n ? e->member.s : "", e->member.n, h);
	return XXH3_64bits_withSeed(e->url.n ? e->url.s : "", e->url.n, h);
}

static uint32_t *slot_of(const struct order *o, const struct order_entry *e)
{
	size_t at = identity_hash(e) & (o->nslots - 1);

	while (o->slots[at] && identity_cmp(&o->items[o->slots[at] - 1], e) != 0)
		at = (at + 1) & (o->nslots - 1);
	return &o->slots[at];
}

static void grow(struct order *o)
{
	if (o->n == o->cap) {
		o->cap = o->cap ? 2 * o->cap : 1024;
		o->items = xrealloc(o->items, o->cap * sizeof *o->items);
	}
	if (2 * o->n < o->nslots)
		return;
	o->nslots = o->nslots ? 2 * o->nslots : 4096;
	o->slots = xrealloc(o->slots, o->nslots * sizeof *o->slots);
	memset(o->slots, 0, o->nslots * sizeof *o->slots);
	for (size_t i = 0; i < o->n; i++)
		if (!o->items[i].dead)
			*slot_of(o, &o->items[i]) = (uint32_t)i + 1;
}

static struct str keep(struct order *o, struct str s)
{
	return s.n ? (struct str){arena_strndup(&o->arena, s.s, s.n), s.n} : (struct str){"", 0};
}

static bool is_known(const struct order_entry *e, uint64_t content)
{
	const struct order_version *v = e->others;

	while (v && v->content != content)
		v = v->next;
	return v || e->content == content;
}

static void leave_out(struct order *o, struct order_entry *e, uint64_t content)
{
	struct order_version *v = arena_alloc(&o->arena, sizeof *v);

	*v = (struct order_version){content, e->others};
	e->others = v;
	e->left_out++;
}

enum order_result order_add(struct order *o, const struct document *d, const struct rows *rows,
	const struct csv_file files[ROW_SETS], uint32_t *index)
{
	uint64_t content = XXH3_64bits_withSeed(d->id.n ? d->id.s : "", d->id.n,
		XXH3_64bits(d->retrieved.n ? d->retrieved.s : "", d->retrieved.n));
	struct order_entry e = {.content = content, .path = d->path, .member = d->member, .url = d->url, .id = d->id,
		.retrieved = d->retrieved, .key = d->key, .facts = (uint32_t)d->nfacts,
		.findings = (uint32_t)d->nfindings, .problems = (uint32_t)d->nproblems, .lost = d->lost};

	if (o->n == 0)
		o->in_order = true;
	for (int i = 0; i < ROW_SETS; i++) {
		e.at[i] = files[i].at;
		e.len[i] = rows->set[i].len;
		e.content = XXH3_64bits_withSeed(rows->set[i].len ? rows->set[i].data : (const uint8_t *)"",
			rows->set[i].len, e.content);
	}
	grow(o);
	uint32_t *slot = slot_of(o, &e);
	if (*slot) {
		struct order_entry *old = &o->items[*slot - 1];
		if (is_known(old, e.content)) {
			o->repeated++;
			return ORDER_REPEATED;
		}
		o->in_order = false;
		o->versions++;
		bool newer = version_cmp(&e, old) > 0;
		leave_out(o, old, newer ? old->content : e.content);
		if (!newer)
			return ORDER_OTHER_KEPT;
		e.others = old->others;
		e.left_out = old->left_out;
		old->dead = true;
	} else if (o->n > 0 && o->in_order) {
		o->in_order = identity_cmp(&o->items[o->n - 1], &e) < 0;
	}
	e.path = keep(o, e.path);
	e.member = keep(o, e.member);
	e.url = keep(o, e.url);
	e.id = keep(o, e.id);
	e.retrieved = keep(o, e.retrieved);
	o->items[o->n] = e;
	*slot = (uint32_t)o->n + 1;
	*index = (uint32_t)o->n++;
	return ORDER_NEW;
}

int order_cmp(const struct order *o, uint32_t a, uint32_t b)
{
	return a == b ? 0 : identity_cmp(&o->items[a], &o->items[b]);
}

static int by_identity(const void *a, const void *b, void *order)
{
	const struct order *o = order;
	return order_cmp(o, *(const uint32_t *)a, *(const uint32_t *)b);
}

void order_finish(struct order *o)
{
	o->sorted = xmalloc((o->n + 1) * sizeof *o->sorted);
	for (size_t i = 0; i < o->n; i++)
		if (!o->items[i].dead)
			o->sorted[o->nsorted++] = (uint32_t)i;
	qsort_r(o->sorted, o->nsorted, sizeof *o->sorted, by_identity, o);
}

/* Copies LEN bytes from AT of one file to the end of another. */
static void copy(const struct csv_file *from, uint64_t at, uint64_t len, struct csv_file *to, struct buf *room)
{
	while (len > 0 && !to->error) {
		size_t part = len < 1 << 20 ? (size_t)len : 1 << 20;
		room->len = 0;
		buf_reserve(room, part);
		ssize_t n = pread(from->fd, room->data, part, (off_t)at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			to->error = n < 0 ? errno : EIO;
			return;
		}
		csv_write(to, room->data, (size_t)n);
		at += (uint64_t)n;
		len -= (uint64_t)n;
	}
}

/* What an entry says of the versions that were left out: its row of documents gets
 * another tail, and problems one more row. */
static void versions_tell(const struct order_entry *e, enum row_set set, const struct csv_file *from,
	struct csv_file *to, struct buf *room)
{
	struct buf b = {0};
	char message[160];

	if (set == ROWS_DOCUMENTS) {
		rows_documents_tail(&b, e->problems, e->lost);
		copy(from, e->at[set], e->len[set] - b.len, to, room);
		b.len = 0;
		rows_documents_tail(&b, (size_t)e->problems + 1, e->lost);
	} else {
		copy(from, e->at[set], e->len[set], to, room);
		snprintf(message, sizeof message, "%u other version%s of this document %s left out: "
			"this one was retrieved last, or has the greater id", e->left_out,
			e->left_out == 1 ? "" : "s", e->left_out == 1 ? "was" : "were");
		rows_problem(&b, e->key.s, e->path, "versions", false, message);
	}
	csv_write(to, b.data, b.len);
	buf_free(&b);
}

void order_rewrite(struct order *o, int folder, struct csv_file files[ROW_SETS], const struct str headers[ROW_SETS])
{
	struct buf room = {0};

	if (o->in_order || o->n == 0)
		return;
	for (int i = 0; i < ROW_SETS; i++) {
		struct csv_file *old = &files[i], new;
		csv_flush(old);
		if (old->error)
			break;
		if (unlinkat(folder, old->name, 0) != 0) {
			old->error = errno;
			break;
		}
		csv_create(&new, folder, old->name);
		csv_write(&new, headers[i].s, headers[i].n);
		for (size_t k = 0; k < o->nsorted && !new.error; k++) {
			const struct order_entry *e = &o->items[o->sorted[k]];
			if (e->left_out && (i == ROWS_DOCUMENTS || i == ROWS_PROBLEMS))
				versions_tell(e, i, old, &new, &room);
			else
				copy(old, e->at[i], e->len[i], &new, &room);
		}
		close(old->fd);
		buf_free(&old->buf);
		*old = new;
	}
	buf_free(&room);
}

void order_free(struct order *o)
{
	free(o->items);
	free(o->slots);
	free(o->sorted);
	arena_free(&o->arena);
	*o = (struct order){0};
}
