/* messages: the sentences of messages.tsv, cut into pieces once. */
#ifndef AUDIT_MESSAGES_H
#define AUDIT_MESSAGES_H

#include "arena.h"
#include "table.h"

enum word { WORD_STATED, WORD_COMPUTED, WORD_BASES, WORD_PART, WORD_WHOLE, WORD_LIST, WORD_LOW, WORD_HIGH, WORDS };

/* A sentence in one language: literal text and words in turn. */
struct sentence_form {
	struct piece {
		struct str text;        /* literal, where word is WORDS */
		enum word word;
	} *pieces;
	size_t n;
};

struct messages {
	struct message {
		struct str kind, holds;
		struct sentence_form zh, en;
	} *rows;
	size_t n;
	struct piece *pieces;
};

/* Understands messages.tsv; errors stay in the table. */
void messages_load(struct messages *m, struct table *t);
void messages_free(struct messages *m);

/* NULL where the table has no sentence for them. */
const struct message *messages_find(const struct messages *m, const char *kind, const char *holds);

/* The sentence with its words filled in (arena). */
struct str message_fill(const struct sentence_form *form, const struct str *words, struct arena *a);

#endif
