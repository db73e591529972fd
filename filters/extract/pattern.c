/* pattern: the patterns of rules: short notation, compiling, running within limits (rules_in.h). */
#include "rules_in.h"

#include <stdio.h>
#include <stdlib.h>

/* Uses of a pattern before it is worth compiling to machine code. */
enum { JIT_AFTER = 8 };

/* The short notation of patterns. A sign stands for: _ one character inside a
 * clause; ~ a short gap inside one; ≈ a gap that may cross commas and other
 * numbers; … the way from a noun to its number (案件共#), also when that number
 * is the noun's growth (案件@，同比增长#). */
static const struct macro {
	const char *sign, *text;
} macros[] = {
	{"_", "[^，。；：！？#@]"},
	{"~", "[^，。；：！？#@]{0,15}?"},
	{"≈", "[^。；！？#]{0,30}?"},
	{"…", "(?:（[^（）。#]{0,30}）)?[总数量共计累达到至为有约已均近超逾突破]{0,7}"
		"(?:@[，（、]?[^，。；：！？#@]{0,6}(?:同比|环比|[较比][^，。；：！？#@]{0,6}[年期])"
		"[^，。；：！？#@]{0,10}?(?:@[^，。；：！？#@]{0,6}?)?)?(?<![、，和及与])#"},
	{"％", "(?:(?:（[^（）。#]{0,30}）)?(?![^，。；：！？#@]{0,12}分别)[^，。；：！？#@]{0,15}?"
		"(?:由[^，。；：！？#@]{0,8}@[^，。；：！？#@]{0,8}?"
		"|@[，（]?[^，。；：！？#@]{0,6}(?:同比|环比|(?<!占)[较比高低])[^，。；：！？#@]{0,12}?)?"
		"|[、和与及][^，。；：#@]{2,24}?分别[^，。；：！？#@]{0,15}?"
		"|[^，。；：、和与及#@]{0,8}分别[^，。；：！？#@]{0,15}?@[、，和及]{1,2})#"},
};

static const struct macro *macro_at(const char *s, size_t n)
{
	if (!strchr("_~\xE2\xEF", *s))         /* first bytes of the signs */
		return NULL;
	for (size_t i = 0; i < sizeof macros / sizeof *macros; i++) {
		size_t len = strlen(macros[i].sign);
		if (n >= len && memcmp(s, macros[i].sign, len) == 0)
			return &macros[i];
	}
	return NULL;
}

/* Expands the macros of a pattern (malloced). */
static char *expand(struct str p)
{
	struct buf b = {0};

	for (size_t i = 0; i < p.n;) {
		const struct macro *m = macro_at(p.s + i, p.n - i);
		if (m) {
			buf_append(&b, m->text, strlen(m->text));
			i += strlen(m->sign);
		} else {
			buf_append(&b, &p.s[i++], 1);
		}
	}
	buf_append(&b, "", 1);
	return (char *)b.data;
}

bool pattern_ready(struct rules *r, const struct rule *rule, struct pattern *p, bool anchored)
{
	if (p->tried[anchored])
		return p->code[anchored] != NULL;
	p->tried[anchored] = true;
	int error;
	size_t at;
	char *source = expand(p->source);
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)source, PCRE2_ZERO_TERMINATED,
		PCRE2_UTF | PCRE2_NO_UTF_CHECK | (anchored ? PCRE2_ANCHORED : 0), &error, &at, NULL);
	if (!code && error == PCRE2_ERROR_HEAP_FAILED)
		xhave(NULL);
	if (!code) {
		char why[128];
		pcre2_get_error_message(error, (PCRE2_UCHAR *)why, sizeof why);
		table_bad(r->table, rule->row, "pattern '%.*s': %s", STR_ARG(p->source), why);
	}
	p->code[anchored] = code;
	free(source);
	return code != NULL;
}

/* The pattern is of no use in this record, and the record shall say so. */
static bool pattern_rest(struct rules *r, const struct rule *rule, struct pattern *p, int error)
{
	p->tired = true;
	if (!r->troubled)
		snprintf(r->trouble, sizeof r->trouble, error ? "%s:%u: pattern gives up (error %d)"
			: "%s:%u: pattern does not compile", r->table->name, r->table->lines[rule->row], error);
	r->troubled = true;
	return false;
}

const struct gate *pattern_gate(struct rules *r, struct pattern *p)
{
	if (!p->gate) {
		char *source = expand(p->source);
		p->gate = gate_new(r->gates, source);
		free(source);
	}
	return p->gate;
}

/* Runs a pattern from a byte of the subject on, or only there; true where it matches. */
static bool pattern_match(struct rules *r, const struct rule *rule, struct pattern *p, struct str subject,
	size_t from, bool anchored)
{
	if (p->tired)
		return false;
	if (!pattern_ready(r, rule, p, anchored))
		return pattern_rest(r, rule, p, 0);
	/* a context is UTF-8 by its making: neither call checks it again */
	pcre2_code *code = p->code[anchored];
	if (p->uses[anchored] < JIT_AFTER && ++p->uses[anchored] == JIT_AFTER)
		p->jit[anchored] = pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
	int got = p->jit[anchored] ? pcre2_jit_match(code, (PCRE2_SPTR)subject.s, subject.n, from, 0, r->match, r->limits)
		: pcre2_match(code, (PCRE2_SPTR)subject.s, subject.n, from, PCRE2_NO_UTF_CHECK, r->match, r->limits);
	if (got == PCRE2_ERROR_NOMEMORY)
		xhave(NULL);
	if (got < 0 && got != PCRE2_ERROR_NOMATCH)
		return pattern_rest(r, rule, p, got);
	r->pairs = got;
	return got >= 0;
}

bool pattern_in_window(struct rules *r, const struct rule *rule, struct pattern *p,
	const struct rule_subject *s, struct span w)
{
	const struct gate *gate = pattern_gate(r, p);
	struct str window = str_sub(s->sentence, w.b, w.e);
	uint32_t starts[STARTS_MOST];
	size_t n = gate_starts(r->gates, gate, s->at, w, starts);
	bool anchored = gate_anchored(r->gates, gate);

	for (size_t i = 0; i < n; i++)
		if (pattern_match(r, rule, p, window, starts[i] - w.b, anchored))
			return true;
	return false;
}

bool pattern_is_near(struct rules *r, struct rule *rule, const struct rule_subject *s)
{
	if (rule->near_of != r->scan->id) {
		rule->near_of = r->scan->id;
		struct str wider = s->wider(s->arg);
		rule->is_near = gate_possible_wider(r->gates, pattern_gate(r, &rule->near))
			&& pattern_match(r, rule, &rule->near, wider, 0, false);
	}
	return rule->is_near;
}

void pattern_free(struct pattern *p)
{
	pcre2_code_free(p->code[0]);
	pcre2_code_free(p->code[1]);
}
