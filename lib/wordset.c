#include "wordset.h"
#include "arena.h"

#include <stdlib.h>

void wordset_add(struct wordset *w, struct str word)
{
	if (!word.n || w->n == UINT16_MAX)
		return;
	if (w->n == w->cap) {
		w->cap = w->cap ? w->cap * 2 : 64;
		w->words = xrealloc(w->words, w->cap * sizeof *w->words);
	}
	w->words[w->n++] = word;
}

/* The third byte of a Han character differs most; so does a word's last byte. */
static unsigned key_of(struct str s, bool at_end)
{
	return (uint8_t)(at_end ? s.s[s.n - 1] : s.s[s.n > 2 ? 2 : 0]);
}

static int compare(const struct str *a, const struct str *b, bool at_end)
{
	unsigned x = key_of(*a, at_end), y = key_of(*b, at_end);
	if (x != y)
		return x < y ? -1 : 1;
	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return str_cmp(*a, *b);
}

static int compare_front(const void *a, const void *b) { return compare(a, b, false); }
static int compare_back(const void *a, const void *b) { return compare(a, b, true); }

void wordset_build(struct wordset *w, bool at_end)
{
	w->at_end = at_end;
	w->built = true;
	if (w->n)
		qsort(w->words, w->n, sizeof *w->words, at_end ? compare_back : compare_front);
	size_t i = 0;
	for (unsigned k = 0; k <= 256; k++) {
		while (i < w->n && key_of(w->words[i], at_end) < k)
			i++;
		w->first[k] = (uint16_t)i;
	}
}

void wordset_free(struct wordset *w)
{
	free(w->words);
	*w = (struct wordset){0};
}

size_t wordset_match(const struct wordset *w, struct str text)
{
	if (!text.n)
		return 0;
	unsigned k = key_of(text, w->at_end);
	for (uint16_t i = w->first[k]; i < w->first[k + 1]; i++)
		if (w->at_end ? str_ends(text, w->words[i]) : str_starts(text, w->words[i]))
			return w->words[i].n;
	return 0;
}
