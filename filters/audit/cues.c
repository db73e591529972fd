#include "cues.h"

#include <stdlib.h>


static const char *const classes[] = {
	"part", "among", "break", "comma", "join", "share", "whole_of", "rate", "each", "partition", "rest",
	"open", "total", "all", "stock", "stock_rate", "narrower", "grade", "before", "from", "to", "raise",
	"lower", "above", "under", "sample", "part_year", "change", "comparable", "than", "yearly", "wider", "quote", "named", "listed", "lists", "such",
	"level", "entry", "exit", "tight", "near", "rough", "bracket", "bracket_end", "plain",
	"compared", "step", "occasion", "general", "word", "union", "closed", "due", "done", "anything", "filler", NULL
};
_Static_assert(sizeof classes / sizeof *classes == CUES + 1, "a name for each class");
_Static_assert(CUES <= 64, "a bit for each class");

/* The first 8 bytes of TEXT; fewer, with zeros behind, where it is shorter. */
static inline uint64_t head_of(struct str text)
{
	uint64_t head = 0;

	if (text.n >= sizeof head)
		memcpy(&head, text.s, sizeof head);
	else
		memcpy(&head, text.s, text.n);
	return head;
}

static inline uint32_t slot(uint32_t first, uint32_t second)
{
	return (first * UINT32_C(2654435761) ^ second * UINT32_C(2246822519)) >> (32 - CUES_HASH);
}

/* The two first characters of TEXT, which is not empty; *SECOND is 0 where there is one. */
static inline uint32_t two_first(struct str text, uint32_t *second)
{
	uint32_t first;
	size_t k = utf8_next(text.s, text.n, &first);

	*second = 0;
	if (k < text.n)
		utf8_next(text.s + k, text.n - k, second);
	return first;
}

static int class_of(struct str name)
{
	for (int i = 0; classes[i]; i++)
		if (str_is(name, classes[i]))
			return i;
	return -1;
}

/* A word in several classes is one entry. */
static void word_add(struct cues *cues, struct str text, uint64_t class)
{
	uint32_t second, first = two_first(text, &second), before = 0, i;
	uint16_t *head = second ? &cues->pairs[slot(first, second)] : &cues->ones[slot(first, 0)];

	for (i = *head; i && cues->words[i].text.n >= text.n; before = i, i = cues->words[i].next)
		if (str_eq(cues->words[i].text, text)) {
			cues->words[i].classes |= class;
			return;
		}
	static const char ones[] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
	uint64_t mask = head_of((struct str){ones, text.n < 8 ? text.n : 8});
	uint32_t added = (uint32_t)++cues->nwords;
	cues->words[added] = (struct cue_word){text, class, head_of(text), mask, i};
	if (before)
		cues->words[before].next = added;
	else
		*head = (uint16_t)added;
	first = first < 0x10000 ? first : 0;
	cues->begins[first >> 6] |= UINT64_C(1) << (first & 63);
}

static void *zeros(size_t size)
{
	return memset(xmalloc(size), 0, size);
}

void cues_load(struct cues *cues, struct table *t)
{
	int class = table_need(t, "class"), text = table_need(t, "text");

	cues->nwords = 0;
	cues->words = xmalloc((t->nrows + 1) * sizeof *cues->words);
	cues->pairs = zeros(sizeof *cues->pairs << CUES_HASH);
	cues->ones = zeros(sizeof *cues->ones << CUES_HASH);
	cues->begins = zeros(0x10000 / 8);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		int c = class_of(table_cell(t, i, class));
		struct str word = table_cell(t, i, text);
		if (c < 0)
			table_bad(t, i, "unknown class '%.*s'", STR_ARG(table_cell(t, i, class)));
		else if (!word.n)
			table_bad(t, i, "no text");
		else if (cues->nwords == UINT16_MAX)
			table_bad(t, i, "too many words");
		else
			word_add(cues, word, CUE_BIT(c));
	}
}

void cues_free(struct cues *cues)
{
	free(cues->words);
	free(cues->pairs);
	free(cues->ones);
	free(cues->begins);
}

static inline const struct cue_word *find(const struct cues *cues, uint32_t i, struct str text, uint64_t head)
{
	for (; i; i = cues->words[i].next) {
		const struct cue_word *w = &cues->words[i];
		if ((head & w->mask) == w->head && text.n >= w->text.n
		    && (w->text.n <= 8 || memcmp(text.s + 8, w->text.s + 8, w->text.n - 8) == 0))
			return w;
	}
	return NULL;
}

const struct cue_word *cues_of(const struct cues *cues, struct str text, uint32_t first, uint32_t second)
{
	uint32_t pair = second ? cues->pairs[slot(first, second)] : 0, one = cues->ones[slot(first, 0)];

	if (!(pair | one))
		return NULL;
	uint64_t head = head_of(text);
	const struct cue_word *w = find(cues, pair, text, head);
	return w ? w : find(cues, one, text, head);
}

const struct cue_word *cues_at(const struct cues *cues, struct str text, size_t b, size_t e)
{
	struct str rest = str_sub(text, b, e);
	uint32_t second, first = two_first(rest, &second);

	return cues_may_begin(cues, first) ? cues_of(cues, rest, first, second) : NULL;
}
