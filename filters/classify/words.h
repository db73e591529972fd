/* words: what topics and roles are known by (topics.tsv, keywords.tsv, roles.tsv),
 * all in one set of literals, so that a text is searched once. */
#ifndef CLASSIFY_WORDS_H
#define CLASSIFY_WORDS_H

#include "literal.h"
#include "table.h"

enum role {
	ROLE_OVERVIEW, ROLE_ACHIEVEMENT, ROLE_PROBLEM, ROLE_PLAN, ROLE_FORMAL, ROLE_FURNITURE, ROLES
};
extern const char *const role_names[];

enum word_where {
	WORD_TOPIC,             /* a topic's word, anywhere */
	WORD_HEADING, WORD_TAIL, WORD_START, WORD_HAS, WORD_MOOD, WORD_WHOLE,
	WORD_TITLE              /* of the title, or of what stands before the first heading */
};

struct word {
	uint8_t where;          /* enum word_where */
	uint8_t what;           /* topic's index, or enum role */
	int16_t weight;
};

enum { TOPICS_MOST = 32 };

struct words {
	struct str topics[TOPICS_MOST];
	size_t ntopics;
	struct word *items;
	size_t n, cap;
	struct literal_set *set;
	struct literal_set *titles;     /* the words of WORD_TITLE, which are looked for in few segments */
};

/* Understands the tables; errors stay in them. The words live as long as the
 * tables. */
void words_load(struct words *w, struct table *topics, struct table *keywords, struct table *roles);
void words_free(struct words *w);

#endif
