#include "words.h"
#include "arena.h"

#include <stdlib.h>

const char *const role_names[] = {
	"overview", "achievement", "problem", "plan", "formal", "furniture", NULL
};
static const char *const wheres[] = {"", "heading", "tail", "start", "has", "mood", "whole", "title", NULL};

enum { WEIGHT_PLAIN = 2 };      /* of a word in topics.tsv */

static int index_of(const char *const *names, struct str s)
{
	for (int i = 0; names[i]; i++)
		if (str_is(s, names[i]))
			return i;
	return -1;
}

static int topic_of(const struct words *w, struct str id)
{
	for (size_t i = 0; i < w->ntopics; i++)
		if (str_eq(w->topics[i], id))
			return (int)i;
	return -1;
}

static void add(struct words *w, struct str list, struct word word)
{
	struct str part;

	while (str_part(&list, '|', &part)) {
		if (w->n == w->cap) {
			w->cap = w->cap ? w->cap * 2 : 1024;
			w->items = xrealloc(w->items, w->cap * sizeof *w->items);
		}
		w->items[w->n] = word;
		literal_add(word.where == WORD_TITLE ? w->titles : w->set, part, (uint32_t)w->n++);
	}
}

static int weight_of(struct table *t, size_t row, int column)
{
	struct str s = table_cell(t, row, column);
	bool minus = s.n && s.s[0] == '-';
	int v = 0;

	if (!s.n)
		return 1;
	for (size_t i = minus; i < s.n; i++) {
		if (s.s[i] < '0' || s.s[i] > '9' || v > 99) {
			table_bad(t, row, "'%.*s' is no weight", STR_ARG(s));
			return 0;
		}
		v = v * 10 + (s.s[i] - '0');
	}
	return minus ? -v : v;
}

static void load_topics(struct words *w, struct table *t)
{
	int class = table_need(t, "class"), id = table_need(t, "id"), keywords = table_need(t, "keywords");

	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		if (!str_is(table_cell(t, i, class), "topic"))
			continue;
		if (w->ntopics == TOPICS_MOST) {
			table_bad(t, i, "more than %d topics", TOPICS_MOST);
			return;
		}
		w->topics[w->ntopics++] = table_cell(t, i, id);
		add(w, table_cell(t, i, keywords), (struct word){WORD_TOPIC, (uint8_t)(w->ntopics - 1), WEIGHT_PLAIN});
	}
}

static void load_keywords(struct words *w, struct table *t)
{
	int topic = table_need(t, "topic"), weight = table_need(t, "weight"), list = table_need(t, "words");

	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		int k = topic_of(w, table_cell(t, i, topic));
		if (k < 0)
			table_bad(t, i, "topics.tsv has no topic '%.*s'", STR_ARG(table_cell(t, i, topic)));
		else
			add(w, table_cell(t, i, list), (struct word){WORD_TOPIC, (uint8_t)k,
				(int16_t)weight_of(t, i, weight)});
	}
}

static void load_roles(struct words *w, struct table *t)
{
	int role = table_need(t, "role"), where = table_need(t, "where"), list = table_need(t, "words");
	int weight = table_need(t, "weight");

	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		int r = index_of(role_names, table_cell(t, i, role));
		int p = index_of(wheres, table_cell(t, i, where));
		if (r < 0)
			table_bad(t, i, "unknown role '%.*s'", STR_ARG(table_cell(t, i, role)));
		else if (p <= 0)
			table_bad(t, i, "unknown place '%.*s'", STR_ARG(table_cell(t, i, where)));
		else
			add(w, table_cell(t, i, list), (struct word){(uint8_t)p, (uint8_t)r,
				(int16_t)weight_of(t, i, weight)});
	}
}

void words_load(struct words *w, struct table *topics, struct table *keywords, struct table *roles)
{
	*w = (struct words){.set = literal_new(), .titles = literal_new()};
	load_topics(w, topics);
	load_keywords(w, keywords);
	load_roles(w, roles);
	literal_build(w->set);
	literal_build(w->titles);
}

void words_free(struct words *w)
{
	literal_free(w->set);
	literal_free(w->titles);
	free(w->items);
}
