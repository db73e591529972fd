/* scene: the numbers of one document where they stand: by sentence, with the cue
 * words around them. Every relation asks it. */
#ifndef AUDIT_SCENE_H
#define AUDIT_SCENE_H

#include "about.h"
#include "cues.h"
#include "exact.h"
#include "fact.h"
#include "segment.h"

/* A fact as an audit sees it. */
struct item {
	const struct fact *f;
	uint32_t index;         /* among the record's facts */
	uint32_t sentence;
	uint32_t from;          /* where the words before it begin: the end of the number before */
	uint32_t inside;        /* 0, or where the bracket opens that it stands in */
	uint64_t classes;       /* of the cues before it, from there on */
	struct ratio value;
	bool exact;             /* no 余, 近, 以上, and no range */
	bool counted;           /* a whole number of things: it stands for itself */
	double near;            /* about its value */
};

enum { SCENE_STEP = 32 };

struct scene {
	struct str text;
	struct arena *arena;
	const struct cues *cues;
	struct item *items;     /* by place */
	size_t n;
	struct sentence *sentences;
	size_t nsentences;
	uint32_t *first;        /* first item of each sentence; one more at the end */
	uint64_t *classes;      /* of the cues of each sentence with numbers */
	struct hit *hits;       /* by place */
	size_t nhits, cap_hits;
	uint32_t *at;           /* for each SCENE_STEP bytes of text: the first hit there or behind */
	size_t nsegments;
};

/* Builds the scene: items, sentences where the record has none, hits. The other
 * fields (text, arena, cues, sentences, nsegments) are given. */
void scene_build(struct scene *s, const struct fact *facts, size_t nfacts);

/* The first cue of one of CLASSES that begins in [b, e); NULL. */
const struct hit *scene_cue(const struct scene *s, uint32_t b, uint32_t e, uint64_t classes);
/* ... the last. */
const struct hit *scene_cue_last(const struct scene *s, uint32_t b, uint32_t e, uint64_t classes);

/* The same for the words before A. */
static inline const struct hit *item_cue(const struct scene *s, const struct item *a, uint64_t classes)
{
	return a->classes & classes ? scene_cue(s, a->from, a->f->at.b, classes) : NULL;
}

static inline const struct hit *item_cue_last(const struct scene *s, const struct item *a, uint64_t classes)
{
	return a->classes & classes ? scene_cue_last(s, a->from, a->f->at.b, classes) : NULL;
}

/* The bytes of [b, e) that are neither cues of CLASSES nor space nor punctuation
 * of quotes: 0 means nothing else stands there. */
size_t scene_other(const struct scene *s, uint32_t b, uint32_t e, uint64_t classes);

/* Items of sentence K: from *b to *e. */
void scene_sentence(const struct scene *s, size_t k, size_t *b, size_t *e);

/* True where some word of CLASSES stands in the sentence of A. */
bool scene_has(const struct scene *s, const struct item *a, uint64_t classes);

/* True where A and B stand in one segment; sentences without segments are one. */
bool scene_together(const struct scene *s, const struct item *a, const struct item *b);

/* --- item.c --- */

/* What a number states: under round half up, and where digits may have been cut off. */
struct range item_said(const struct scene *s, const struct item *a);
struct range item_cut(const struct scene *s, const struct item *a);

/* Sets what follows from the fact: value, exact, counted, near. */
void item_set(struct item *a);

/* One unit of the last digit as written. */
struct ratio item_ulp(const struct item *a);

/* What a number may mean that ends in at least ZEROS zeros: it may have been rounded
 * without a word. Nobody is accused for it. */
struct range item_round(const struct scene *s, const struct item *a, int zeros);
enum { ROUND_WHOLE = 2, ROUND_PART = 3 };      /* wholes are rounded more often */

/* True where A and B count the same kind of thing: kind and unit equal. */
bool item_same_unit(const struct item *a, const struct item *b);

/* An amount of things or money, as reached (no change, no target). */
bool item_is_level(const struct item *a);
bool item_is_amount(const struct item *a);              /* the same, no percent */

/* Same scope and period. */
bool item_same_frame(const struct item *a, const struct item *b);

/* A percent right behind I that is A's own share or change, as in 30件、占40%. */
bool item_has_share(const struct scene *s, size_t i);

/* Where the clause begins that A stands in: behind the comma or number before it. */
uint32_t item_clause(const struct scene *s, const struct item *a);

/* Measure and the words before it, up to the number before it or the comma. */
struct str item_words(const struct scene *s, const struct item *a);

/* Its whole unit is a cue of one of CLASSES. */
bool item_unit_is(const struct scene *s, const struct item *a, uint64_t classes);

/* As it stands in the text. */
struct str item_surface(const struct scene *s, const struct item *a);

/* Length in characters of the longest run that both have. */
size_t text_common(struct str a, struct str b);
/* The characters of A (64 at most) in runs of two or more that B has too. */
size_t text_covered(struct str a, struct str b);
size_t text_chars(struct str a);
/* The last two characters of A stand in B: for most nouns what kind of thing it is. */
bool text_ends_in(struct str a, struct str b);

#endif
