/* entries: the documents of the page, in the order of their identity whatever their
 * arrival; a document that came more than once stands there once. Their bodies wait in
 * a file, so that memory holds what the page's index holds and no more. */
#ifndef REPORT_ENTRIES_H
#define REPORT_ENTRIES_H

#include "annotated.h"
#include "twin.h"

struct entry {
	struct str path, member, url;   /* the identity */
	struct str id, retrieved;       /* the version */
	struct buf row;                 /* its JSON in the index */
	uint64_t content;               /* hash of row and body */
	uint64_t at;                    /* of its body in the file */
	size_t len;                     /* of the body, squeezed; 0: it has none */
	uint32_t order;                 /* place among all; UINT32_MAX: another version is shown */
	struct twin twin;
	uint32_t chosen;                /* place of its near-duplicate whose figures count; its own where there is none */
};

struct entries {
	struct entry *items;            /* in the order of arrival */
	size_t n, cap;
	uint32_t *sorted;               /* those that are shown */
	size_t nsorted;
	size_t repeated, versions;      /* records left out: the same again; another version */
	uint64_t end;                   /* of the file */
	int fd;
	int error;                      /* errno of what failed first with the file */
	struct arena arena;
	struct buf room;
};

/* Makes the file in $TMPDIR, else in /tmp; false with errno set. */
bool entries_start(struct entries *e) __attribute__((warn_unused_result));

/* Adds the document; returns its index. */
uint32_t entries_add(struct entries *e, const struct document *d, struct arena *a);

/* Chooses versions, sets the order, finds near-duplicates. */
void entries_sort(struct entries *e);

/* The body of an entry, from the file; lives until the next call. */
struct str entries_body(struct entries *e, const struct entry *x);

void entries_free(struct entries *e);

#endif
