/* gate: what must stand around a number for a pattern to match at all.
 *
 * A gate is made from the pattern itself. It knows which characters have to stand in
 * the sentence, with which literals a match begins, how far before # and behind which
 * marks. Most patterns are so told not to match without a search, and the others are
 * only tried where they can begin. What a gate does not understand of a pattern it
 * takes for met. */
#ifndef EXTRACT_GATE_H
#define EXTRACT_GATE_H

#include "text.h"

struct gate;
struct gates;

/* The characters, literals and classes that the gates of some tables share, and
 * where they stand in the sentence in hand. Never NULL. */
struct gates *gates_new(void);
void gates_free(struct gates *g);

/* The sentence that the next questions are about; it is read later and has to stay,
 * but for the sign of the number in question (# or @). */
void gates_sentence(struct gates *g, struct str sentence);

/* The gate of a pattern, macros expanded. It lives as long as G. */
const struct gate *gate_new(struct gates *g, const char *pattern);

/* False where the sentence has not the characters that the pattern needs. */
bool gate_possible(struct gates *g, const struct gate *gate);

/* The text around the sentence that the next questions of gate_possible_wider are about: it has to
 * stay until the next call. */
void gates_wider(struct gates *g, struct str wider);

/* False where that text has not the characters that the pattern needs. */
bool gate_possible_wider(struct gates *g, const struct gate *gate);

/* True where gate_starts names all places at which the pattern can begin to match in the
 * sentence in hand, so that it need not be searched for. */
bool gate_anchored(const struct gates *g, const struct gate *gate);

enum { STARTS_MOST = 600 };     /* more than the bytes of a window */

/* Where a pattern, if it is possible, can begin to match when # stands at byte AT of the sentence and only the
 * window W is looked at: bytes of the sentence, in order, into STARTS (room for STARTS_MOST).
 * Returns how many. Without gate_anchored it is one, the place to search from, or none. */
size_t gate_starts(struct gates *g, const struct gate *gate, uint32_t at, struct span w, uint32_t *starts);

#endif
