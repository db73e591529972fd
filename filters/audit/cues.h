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
	CUE_COMPARED, CUE_STEP, CUE_OCCASION, CUE_GENERAL, CUE_WORD, CUE_UNION, CUE_CLOSED, CUE_DUE, CUE_DONE, CUE_ANYTHING, CUE_FILLER, CUES
};

enum { CUES_HASH = 12 };          /* bits */

#define CUE_BIT(c) (UINT64_C(1) << (c))

struct cue_word {
	struct str text;
	uint64_t classes;       /* CUE_BIT of each class it stands in */
	uint64_t head, mask;    /* its first 8 bytes, and which of them count */
	uint32_t next;          /* of the same two first characters, longest first; 0 ends */
};

struct cues {
	struct cue_word *words; /* from 1 */
	size_t nwords;
	uint16_t *pairs;        /* words of several characters, by the first two: a hash of 2^CUES_HASH */
	uint16_t *ones;         /* words of one character, by it, the same; the character is checked */
	uint64_t *begins;       /* a bit for each character below U+10000 that a word begins with; bit 0 for the others */
};

struct hit {
	uint32_t b, e;
	uint64_t classes;
};

/* Understands cues.tsv; errors stay in the table. */
void cues_load(struct cues *cues, struct table *t);
void cues_free(struct cues *cues);

/* Some word may begin with the character CP. */
static inline bool cues_may_begin(const struct cues *cues, uint32_t cp)
{
	cp = cp < 0x10000 ? cp : 0;
	return cues->begins[cp >> 6] >> (cp & 63) & 1;
}

/* The longest word that TEXT starts with, whose two first characters are FIRST and SECOND
 * (0: it has one); NULL. */
const struct cue_word *cues_of(const struct cues *cues, struct str text, uint32_t first, uint32_t second);

/* The longest word that stands at text[b]; NULL. */
const struct cue_word *cues_at(const struct cues *cues, struct str text, size_t b, size_t e);

#endif
