#define PCRE2_CODE_UNIT_WIDTH 8
#include "named.h"
#include "arena.h"
#include "literal.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

enum { SENTENCE_MOST = 3000 };  /* bytes; a longer run of text is no sentence that names anything */

struct name_rule {
	struct str kind, source;
	size_t row;
	pcre2_code *code;
	bool tried, jit, wanted;        /* wanted: a literal stands in the sentence in hand */
	bool tired;                     /* it gave up in the record in hand */
};

struct named {
	struct table *table;
	struct name_rule *items;
	size_t n;
	struct literal_set *literals;
	pcre2_match_context *limits;
	pcre2_match_data *match;
	bool troubled;                  /* a pattern gave up in the record in hand: */
	char trouble[256];              /* which one */
};

struct named *named_load(struct table *t)
{
	int kind = table_need(t, "kind"), pattern = table_need(t, "pattern"), literal = table_need(t, "literal");
	struct named *n = xmalloc(sizeof *n);

	*n = (struct named){.table = t, .literals = literal_new()};
	n->items = xmalloc((t->nrows + 1) * sizeof *n->items);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct str list = table_cell(t, i, literal), word;
		n->items[n->n] = (struct name_rule){.kind = table_cell(t, i, kind),
			.source = table_cell(t, i, pattern), .row = i};
		if (!list.n || !n->items[n->n].source.n)
			table_bad(t, i, "a line needs a pattern and a literal");
		if (!str_is(n->items[n->n].kind, "org") && !str_is(n->items[n->n].kind, "honour"))
			table_bad(t, i, "kind is org or honour");
		while (str_part(&list, '|', &word))
			literal_add(n->literals, word, (uint32_t)n->n);
		n->n++;
	}
	literal_build(n->literals);
	n->limits = xhave(pcre2_match_context_create(NULL));
	pcre2_set_match_limit(n->limits, 200000);
	pcre2_set_depth_limit(n->limits, 2000);
	n->match = xhave(pcre2_match_data_create(4, NULL));
	return n;
}

void named_free(struct named *n)
{
	for (size_t i = 0; i < n->n; i++)
		pcre2_code_free(n->items[i].code);
	free(n->items);
	literal_free(n->literals);
	pcre2_match_context_free(n->limits);
	pcre2_match_data_free(n->match);
	free(n);
}

static bool ready(struct named *n, struct name_rule *r)
{
	if (r->tried)
		return r->code != NULL;
	r->tried = true;
	int error;
	size_t at;
	r->code = pcre2_compile((PCRE2_SPTR)r->source.s, r->source.n, PCRE2_UTF | PCRE2_NO_UTF_CHECK, &error, &at, NULL);
	if (!r->code && error == PCRE2_ERROR_HEAP_FAILED)
		xhave(NULL);
	if (!r->code) {
		char why[128];
		pcre2_get_error_message(error, (PCRE2_UCHAR *)why, sizeof why);
		table_bad(n->table, r->row, "pattern '%.*s': %s", STR_ARG(r->source), why);
		return false;
	}
	r->jit = pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE) == 0;
	return true;
}

bool named_check(struct named *n)
{
	for (size_t i = 0; i < n->n && !n->table->error[0]; i++)
		ready(n, &n->items[i]);
	return !n->table->error[0];
}

/* The pattern is of no use in this record, and the record shall say so. */
static void rest(struct named *n, struct name_rule *r, int error)
{
	r->tired = true;
	if (!n->troubled)
		snprintf(n->trouble, sizeof n->trouble, error ? "%s:%u: pattern gives up (error %d)"
			: "%s:%u: pattern does not compile", n->table->name, n->table->lines[r->row], error);
	n->troubled = true;
}

static int run(struct named *n, struct name_rule *r, struct str s, size_t from)
{
	int got = r->jit ? pcre2_jit_match(r->code, (PCRE2_SPTR)s.s, s.n, from, 0, n->match, n->limits)
		: pcre2_match(r->code, (PCRE2_SPTR)s.s, s.n, from, PCRE2_NO_UTF_CHECK, n->match, n->limits);
	if (got == PCRE2_ERROR_NOMEMORY)
		xhave(NULL);
	if (got < 0 && got != PCRE2_ERROR_NOMATCH)
		rest(n, r, got);
	return got;
}

void named_find(struct named *n, struct str text, struct span at,
	void (*found)(void *arg, struct span at, struct str kind), void *arg)
{
	struct str s = str_sub(text, at.b, at.e);
	struct literal_scan scan = literal_start(n->literals, s);
	struct literal_hit hit;
	bool any = false;

	if (s.n > SENTENCE_MOST)
		return;
	while (literal_next(&scan, &hit))
		any = n->items[hit.id].wanted = true;
	for (size_t i = 0; any && i < n->n; i++) {
		struct name_rule *r = &n->items[i];
		if (!r->wanted)
			continue;
		r->wanted = false;
		if (!r->tired && !ready(n, r))
			rest(n, r, 0);
		if (r->tired)
			continue;
		for (size_t from = 0; from < s.n;) {
			int pairs = run(n, r, s, from);
			if (pairs < 0)
				break;
			const size_t *ov = pcre2_get_ovector_pointer(n->match);
			if (pairs > 1 && ov[2] != PCRE2_UNSET && ov[3] > ov[2])
				found(arg, (struct span){at.b + (uint32_t)ov[2], at.b + (uint32_t)ov[3]}, r->kind);
			from = ov[1] > from ? ov[1] : from + utf8_next(s.s + from, s.n - from, &(uint32_t){0});
		}
	}
}

const char *named_trouble(struct named *n)
{
	if (!n->troubled)
		return NULL;
	n->troubled = false;
	for (size_t i = 0; i < n->n; i++)
		n->items[i].tired = false;
	return n->trouble;
}
