/* measure: the words that name what a number counts, found by rule from its
 * clause, for numbers with and without an indicator. */
#ifndef EXTRACT_MEASURE_H
#define EXTRACT_MEASURE_H

#include "context.h"
#include "wordset.h"

/* Words that open, close or govern a measure (words.tsv classes lead, tail,
 * verb, after, inner, whole, noun). */
struct measure_words {
	struct wordset lead, tail, verb_front, verb_back, after, inner, whole, noun, stop, actor, plain, vague, has, whose;
};

/* True for a class of words that this module reads. */
bool measure_class(struct str c);

/* Takes the words of the table; rows of other classes are passed over. */
void measure_load(struct measure_words *w, struct table *t);
void measure_free(struct measure_words *w);

/* The range of the context that names what the number at AT counts; SPAN_NONE
 * where the clause has no such words. */
struct span measure_find(const struct measure_words *w, const struct context *c, uint32_t at, int kind);

/* The words in the range PART of the context that name something, without those that say nothing
 * of it; SPAN_NONE where no such words are left. */
struct span measure_name(const struct measure_words *w, const struct context *c, struct span part);

#endif
