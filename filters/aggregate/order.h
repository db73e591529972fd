/* order: which documents there are, and where their rows stand.
 *
 * Rows are written as they come. What stays in memory is an entry a document: its
 * identity and where its rows lie. Where documents did not come in the order of
 * their identity, or one was offered again, the files are rewritten at the end. So
 * the dataset never depends on arrival. */
#ifndef AGGREGATE_ORDER_H
#define AGGREGATE_ORDER_H

#include "csv.h"
#include "rows.h"

struct order_version;

struct order_entry {
	struct str path, member, url, id, retrieved;
	struct key key;
	uint64_t content;               /* hash of the version: its rows, id and date */
	uint64_t at[ROW_SETS], len[ROW_SETS];
	uint32_t facts, findings, problems;     /* of the record */
	uint32_t left_out;              /* other versions of it */
	struct order_version *others;   /* which those are */
	bool lost;
	bool dead;                      /* another version took its place */
	uint16_t *indicators;           /* of the catalogue that it gives, each once */
	size_t nindicators;
	uint64_t fingerprint;           /* of the text; 0 where there is none */
	uint32_t twin;                  /* entry + 1 of the near-duplicate that was chosen, 0: none, or this one */
	uint32_t distance;              /* bits in which the fingerprints differ */
	uint32_t code, region, subject, period; /* numbers of names; 0 where not known */
	uint32_t start, end;            /* days of the period */
	uint32_t genre, published, written;
	bool full_year;
};

struct order {
	struct order_entry *items;      /* by arrival */
	size_t n, cap;
	uint32_t *slots;                /* hash table of index + 1, by identity */
	size_t nslots;
	uint32_t *sorted;               /* indices by identity, from order_finish on */
	size_t nsorted;
	uint64_t repeated;              /* the same once more */
	uint64_t versions;              /* left out for another version */
	bool in_order;
	struct arena arena;             /* lives as long as the order */
};

enum order_result { ORDER_NEW, ORDER_REPEATED, ORDER_OTHER_KEPT };

/* Notes D with its rows. ORDER_NEW: they are to be written at the end of FILES and
 * *INDEX is its entry. Else they are not. */
enum order_result order_add(struct order *o, const struct document *d, const struct rows *rows,
	const struct csv_file files[ROW_SETS], uint32_t *index);

/* A document whose figures do not count: another version, or a near-duplicate, was chosen. */
static inline bool order_is_out(const struct order *o, uint32_t index)
{
	return o->items[index].dead || o->items[index].twin;
}

/* Compares two entries by the identity of their documents. */
int order_cmp(const struct order *o, uint32_t a, uint32_t b);

/* Sorts. */
void order_finish(struct order *o);

/* Rewrites FILES, made in the folder, by the order. HEADERS are their first lines.
 * Errors stay in the files. Nothing is done where they are in order already. */
void order_rewrite(struct order *o, int folder, struct csv_file files[ROW_SETS], const struct str headers[ROW_SETS]);

void order_free(struct order *o);

#endif
