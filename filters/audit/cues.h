/* cues: the words of cues.tsv, found in a text in one pass. */
#ifndef AUDIT_CUES_H
#define AUDIT_CUES_H

#include "arena.h"
#include "table.h"

enum cue {
	CUE_PART, CUE_AMONG, CUE_BREAK, CUE_COMMA, CUE_JOIN, CUE_SHARE, CUE_WHOLE_OF, CUE_RATE, CUE_EACH,
	CUE_PARTITION, CUE_REST, CUE_OPEN, CUE_TOTAL, CUE_ALL, CUE_STOCK, CUE_STOCK_RATE, CUE_NARROWER,
	CUE_GRADE, CUE_BEFORE, CUE_FROM, CUE_TO, CUE_RAISE, CUE_LOWER, CUE_ABOVE, CUE_UNDER, CUE_SAMPLE,
	CUE_PART_YEAR, CUE_CHANGE, CUE_COMPARABLE, CUE_THAN, CUE_YEARLY, CUE_WIDER, CUE_QUOTE, CUE_NAMED, CUE_LISTED, CUE_LISTS, CUE_SUCH, CUE_LEVEL, CUE_ENTRY,
	CUE_EXIT, CUE_TIGHT, CUE_NEAR, CUE_ROUGH, CUE_BRACKET, CUE_BRACKET_END, CUE_PLAIN,
	CUE_COMPARED, CUE_STEP, CUE_OCCASION, CUE_GENERAL, CUE_WORD, CUE_UNION, CUE_CLOSED, CUE_DUE, CUE_DONE, CUE_FILLER, CUES
};

enum { CUES_HASH = 12 };          /* bits */

#define CUE_BIT(c) (UINT64_C(1) << (c))

struct cue_word {
	struct str text;
	uint64_t classes;       /* CUE_BIT of each class it stands in */
	uint64_t head, mask;    /* its first 8 bytes, and which of them count */
	uint32_t next;          /* of the same first character, longest first; 0 ends */
};

struct cues {
	struct cue_word *words; /* from 1 */
	size_t nwords;
	uint32_t *heads;        /* by first character, a hash of 2^CUES_HASH */
};

struct hit {
	uint32_t b, e;
	uint64_t classes;
};

/* Understands cues.tsv; errors stay in the table. */
void cues_load(struct cues *cues, struct table *t);
void cues_free(struct cues *cues);

static inline uint32_t cues_slot(uint32_t cp)
{
	return (cp * UINT32_C(2654435761)) >> (32 - CUES_HASH);
}

/* Some word may begin with the character CP. */
static inline bool cues_may_begin(const struct cues *cues, uint32_t cp)
{
	return cues->heads[cues_slot(cp)] != 0;
}

/* The longest word that stands at text[b]; NULL. */
const struct cue_word *cues_at(const struct cues *cues, struct str text, size_t b, size_t e);

#endif
