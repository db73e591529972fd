/* scene: the numbers of one document where they stand: by sentence, with the cue
 * words around them and the ranges that they mean. Every relation asks it. */
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
	struct ratio value;
	struct ratio ulp;       /* one unit of the last digit as written */
	struct range said;      /* what it states, under round half up */
	struct range cut;       /* the same, where digits may have been cut off */
	int zeros;              /* at the end of a whole number of things: it may be round */
	bool exact;             /* no 余, 近, 以上, and no range */
};

struct scene {
	struct str text;
	struct arena *arena;
	const struct cues *cues;
	struct item *items;     /* by place */
	size_t n;
	struct sentence *sentences;
	size_t nsentences;
	uint32_t *first;        /* first item of each sentence; one more at the end */
	struct hit *hits;       /* by place */
	size_t nhits;
	size_t nsegments;
};

/* Builds the scene: items, sentences where the record has none, hits. The other
 * fields (text, arena, cues, sentences, nsegments) are given. */
void scene_build(struct scene *s, const struct fact *facts, size_t nfacts);

/* The first cue of one of CLASSES that begins in [b, e); NULL. */
const struct hit *scene_cue(const struct scene *s, uint32_t b, uint32_t e, uint64_t classes);
/* ... the last. */
const struct hit *scene_cue_last(const struct scene *s, uint32_t b, uint32_t e, uint64_t classes);

/* The bytes of [b, e) that are neither cues of CLASSES nor space nor punctuation
 * of quotes: 0 means nothing else stands there. */
size_t scene_other(const struct scene *s, uint32_t b, uint32_t e, uint64_t classes);

/* Items of sentence K: from *b to *e. */
void scene_sentence(const struct scene *s, size_t k, size_t *b, size_t *e);

/* True where A and B count the same kind of thing: kind and unit equal. */
bool item_same_unit(const struct item *a, const struct item *b);

/* An amount of things or money, as reached (no change, no target). */
bool item_is_level(const struct item *a);
bool item_is_amount(const struct item *a);              /* the same, no percent */

/* What a number may mean that ends in at least ZEROS zeros: it may have been rounded
 * without a word. Nobody is accused for it. */
struct range item_round(const struct item *a, int zeros);
enum { ROUND_WHOLE = 2, ROUND_PART = 3 };      /* wholes are rounded more often */

/* Same scope and period. */
bool item_same_frame(const struct item *a, const struct item *b);

/* Measure and the words before it, up to the number before it or the comma. */
struct str item_words(const struct scene *s, const struct item *a);

/* Length in characters of the longest run that both have. */
size_t text_common(struct str a, struct str b);
size_t text_chars(struct str a);

/* As it stands in the text. */
struct str item_surface(const struct scene *s, const struct item *a);

#endif
