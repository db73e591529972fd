#include "compare.h"
#include "mapped.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct fill {
	struct str indicator;
	uint64_t documents;
};

/* What is compared of a dataset. */
struct size {
	uint64_t documents, facts;
	struct fill *fills;             /* in the codebook's order */
	size_t n, cap;
	struct arena arena;
};

static bool count_row(void *context, const struct str *cells, size_t n)
{
	(void)cells;
	(void)n;
	++*(uint64_t *)context;
	return true;
}

static bool fill_row(void *context, const struct str *cells, size_t n)
{
	enum { INDICATOR = 0, DOCUMENTS = 10 };
	struct size *s = context;
	uint64_t v = 0;

	if (n <= DOCUMENTS)
		return false;
	for (size_t i = 0; i < cells[DOCUMENTS].n; i++)
		v = v * 10 + (uint64_t)(cells[DOCUMENTS].s[i] - '0');
	s->fills = arena_grow(&s->arena, s->fills, &s->cap, s->n + 1, sizeof *s->fills);
	s->fills[s->n++] = (struct fill){{arena_strndup(&s->arena, cells[INDICATOR].s, cells[INDICATOR].n),
		cells[INDICATOR].n}, v};
	return true;
}

static bool read_one(const char *folder, const char *file, mapped_row *row, void *context, char *error, size_t room)
{
	char path[4096 + 64];

	snprintf(path, sizeof path, "%s/%s", folder, file);
	if (mapped_rows(path, row, context))
		return true;
	snprintf(error, room, "cannot compare with %s: %s", path, errno ? strerror(errno) : "it is no table of a dataset");
	return false;
}

static bool size_read(struct size *s, const char *folder, char *error, size_t room)
{
	*s = (struct size){.documents = 0};
	return read_one(folder, "documents.csv", count_row, &s->documents, error, room)
		&& read_one(folder, "facts.csv", count_row, &s->facts, error, room)
		&& read_one(folder, "codebook.csv", fill_row, s, error, room);
}

/* Is NOW of NOW_OF less than WAS of WAS_OF by more than SHARE percent of it? */
static bool fell(uint64_t was, uint64_t was_of, uint64_t now, uint64_t now_of, size_t share)
{
	double before = was_of ? (double)was / (double)was_of : 0, after = now_of ? (double)now / (double)now_of : 0;

	return after < before * (1 - (double)share / 100) * (1 - 1e-12);
}

static void fills_compare(const struct size *a, const struct size *b, size_t share, struct buf *said)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct fill *x = &a->fills[i];
		uint64_t now = 0;
		if (x->documents < COMPARE_LEAST)
			continue;
		for (size_t k = 0; k < b->n; k++)
			if (str_eq(b->fills[k].indicator, x->indicator))
				now = b->fills[k].documents;
		if (fell(x->documents, a->documents, now, b->documents, share))
			buf_printf(said, "%.*s: %" PRIu64 " of %" PRIu64 " documents had it, now %" PRIu64 " of %" PRIu64 "\n",
				STR_ARG(x->indicator), x->documents, a->documents, now, b->documents);
	}
}

bool compare_datasets(const char *old, const char *new, size_t share, struct buf *said, char *error, size_t room)
{
	struct size a = {.n = 0}, b = {.n = 0};
	bool good = size_read(&a, old, error, room) && size_read(&b, new, error, room);

	if (good && fell(a.documents, 1, b.documents, 1, share))
		buf_printf(said, "documents: %" PRIu64 " before, now %" PRIu64 "\n", a.documents, b.documents);
	if (good && fell(a.facts, 1, b.facts, 1, share))
		buf_printf(said, "facts: %" PRIu64 " before, now %" PRIu64 "\n", a.facts, b.facts);
	if (good)
		fills_compare(&a, &b, share, said);
	arena_free(&a.arena);
	arena_free(&b.arena);
	return good;
}
