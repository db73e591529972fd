/* wordset: which of many words opens or closes a text. */
#ifndef GONGWEN_WORDSET_H
#define GONGWEN_WORDSET_H

#include "text.h"

struct wordset {
	struct str *words;      /* grouped by the byte that tells them apart soonest, longest first */
	size_t n, cap;
	uint16_t first[257];
	bool at_end;            /* words close the text (else they open it) */
	bool built;
};

/* Adds a word; all come before wordset_build. The strings must outlive the set. */
void wordset_add(struct wordset *w, struct str word);
void wordset_build(struct wordset *w, bool at_end);
void wordset_free(struct wordset *w);

/* Bytes of the longest word that opens (or closes) the text; 0 for none. */
size_t wordset_match(const struct wordset *w, struct str text);

#endif
