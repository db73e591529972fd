#include "cues.h"

#include <stdlib.h>


static const char *const classes[] = {
	"part", "among", "break", "comma", "join", "share", "whole_of", "rate", "each", "partition", "rest",
	"open", "total", "all", "stock", "stock_rate", "narrower", "grade", "before", "from", "to", "raise",
	"lower", "above", "under", "sample", "part_year", "change", "comparable", "than", "yearly", "wider", "quote", "named", "listed", "lists", "such",
	"level", "entry", "exit", "tight", "near", "rough", "bracket", "bracket_end", "plain",
	"compared", "step", "occasion", "general", "word", "union", "closed", "due", "done", "filler", NULL
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

static uint32_t slot(const char *s, size_t n)
{
	uint32_t cp;
	utf8_next(s, n, &cp);
	return cues_slot(cp);
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
	uint32_t *link = &cues->heads[slot(text.s, text.n)];

	for (; *link; link = &cues->words[*link].next) {
		if (str_eq(cues->words[*link].text, text)) {
			cues->words[*link].classes |= class;
			return;
		}
		if (cues->words[*link].text.n < text.n)
			break;
	}
	static const char ones[] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
	uint64_t mask = head_of((struct str){ones, text.n < 8 ? text.n : 8});
	cues->nwords++;
	cues->words[cues->nwords] = (struct cue_word){text, class, head_of(text), mask, *link};
	*link = (uint32_t)cues->nwords;
}

void cues_load(struct cues *cues, struct table *t)
{
	int class = table_need(t, "class"), text = table_need(t, "text");

	cues->nwords = 0;
	cues->words = xmalloc((t->nrows + 1) * sizeof *cues->words);
	cues->heads = xmalloc(sizeof *cues->heads << CUES_HASH);
	memset(cues->heads, 0, sizeof *cues->heads << CUES_HASH);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		int c = class_of(table_cell(t, i, class));
		struct str word = table_cell(t, i, text);
		if (c < 0)
			table_bad(t, i, "unknown class '%.*s'", STR_ARG(table_cell(t, i, class)));
		else if (!word.n)
			table_bad(t, i, "no text");
		else
			word_add(cues, word, CUE_BIT(c));
	}
}

void cues_free(struct cues *cues)
{
	free(cues->words);
	free(cues->heads);
}

const struct cue_word *cues_at(const struct cues *cues, struct str text, size_t b, size_t e)
{
	struct str rest = str_sub(text, b, e);
	uint32_t i = cues->heads[slot(rest.s, rest.n)];

	if (!i)
		return NULL;
	uint64_t head = head_of(rest);
	for (; i; i = cues->words[i].next) {
		const struct cue_word *w = &cues->words[i];
		if ((head & w->mask) == w->head && str_starts(rest, w->text))
			return w;
	}
	return NULL;
}
