#define PCRE2_CODE_UNIT_WIDTH 8
#include "rules.h"
#include "arena.h"
#include "gate.h"
#include "units.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

/* How far from a number its context reaches, in bytes of the sentence: about
 * 120 characters to the left and 60 to the right. */
enum { LEFT = 360, RIGHT = 180 };

/* Uses of a pattern before it is worth compiling to machine code. */
enum { JIT_AFTER = 8 };

enum {
	GROUPS_MOST = 12,       /* units of a line */
	GROUPS_SEEN = 63,       /* units of all lines that have a bit of their own; the others share one */
	CLASSES_MOST = 31
};

struct rule_hit {
	uint32_t rule;          /* index of the line */
	uint32_t b, e;          /* the literal in the sentence */
};

struct pattern {
	struct str source;
	pcre2_code *code[2];    /* to be searched for, and tried at a place only; compiled at first use */
	const struct gate *gate;        /* made at first use */
	bool tried[2], jit[2];
	uint8_t uses[2];        /* up to JIT_AFTER */
	bool tired;             /* it gave up in the record in hand */
};

struct rule {
	int cls;                /* index of the class of a cue, -1 for indicators */
	struct str value;       /* indicator id, or the cue's value */
	bool foreign;           /* an indicator that the catalogue has not: its number stays open */
	struct pattern pattern, near, not;
	int kinds;              /* bits of fact kinds that may match */
	struct str groups[GROUPS_MOST];
	int ngroups;            /* 0: any unit */
	int change;             /* -1: any */
	int priority;
	int ordinal;            /* among the lines of its value, from 1 */
	char *name;             /* indicator:ordinal */
	size_t row;
	uint32_t near_of;       /* the sentence of which IS_NEAR is known */
	bool is_near;
};

/* What most rules are told by not to speak of a number, side by side for speed. */
struct brief {
	uint64_t groups;        /* bits of units; 0: any */
	uint32_t kinds;         /* bits */
	uint32_t scan;          /* the sentence of which POSSIBLE is known */
	const struct gate *gate;        /* of the pattern; NULL until it is first needed */
	int8_t change;
	bool possible;
};

struct candidate {
	uint32_t rule, distance, len;
	int priority;
};

struct rules {
	struct table *table;
	struct rule *items;
	struct brief *briefs;   /* one a rule */
	size_t n;
	struct str groups[GROUPS_SEEN];
	size_t ngroups;
	struct str classes[CLASSES_MOST];
	size_t nclasses;
	struct literal_set *literals;
	struct gates *gates;
	struct scan {
		struct str sentence;
		struct rule_hit *hits;  /* as found, and again by class */
		size_t cap;
		const struct rule_hit *class_hits[CLASSES_MOST + 2];
		uint32_t id;            /* counts the sentences */
	} scans[2], *scan;      /* the sentence in hand, and one looked at beside it; which of them is meant */
	struct candidate *candidates;
	size_t cap_candidates;
	uint32_t *stamps;       /* of the last match in which a rule was a candidate */
	uint32_t stamp;
	uint32_t nscans;
	pcre2_match_context *limits;
	pcre2_match_data *match;
	int pairs;              /* of the last match; those behind are left from earlier ones */
	bool troubled;          /* a pattern gave up in the record in hand: */
	char trouble[512];      /* which one */
};

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

static bool pattern_ready(struct rules *r, const struct rule *rule, struct pattern *p, bool anchored)
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

static const struct gate *pattern_gate(struct rules *r, struct pattern *p)
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

/* Runs a pattern over the window W of the sentence, wherever its gate lets it begin. */
static bool window_match(struct rules *r, const struct rule *rule, struct pattern *p,
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

/* What stands near is the same for all numbers of a sentence. */
static bool near_match(struct rules *r, struct rule *rule, const struct rule_subject *s)
{
	if (rule->near_of != r->scan->id) {
		rule->near_of = r->scan->id;
		rule->is_near = pattern_match(r, rule, &rule->near, s->wider(s->arg), 0, false);
	}
	return rule->is_near;
}

static void groups_add(struct rule *rule, struct str list, const struct units *units)
{
	struct str part;

	while (str_part(&list, '|', &part) && rule->ngroups < GROUPS_MOST) {
		const struct unit *u = units_match(units, part.s, part.n);
		rule->groups[rule->ngroups++] = u && u->word.n == part.n ? u->group : part;
	}
}

/* The bit of a unit; 0 for one that no line names. */
static uint64_t group_bit(struct rules *r, struct str group, bool add)
{
	for (size_t i = 0; i < r->ngroups; i++)
		if (str_eq(r->groups[i], group))
			return 1ull << i;
	if (r->ngroups == GROUPS_SEEN)
		return 1ull << GROUPS_SEEN;
	if (!add)
		return 0;
	r->groups[r->ngroups] = group;
	return 1ull << r->ngroups++;
}

static int class_index(struct rules *r, struct str name, bool add)
{
	for (size_t i = 0; i < r->nclasses; i++)
		if (str_eq(r->classes[i], name))
			return (int)i;
	if (!add || r->nclasses == sizeof r->classes / sizeof *r->classes)
		return -1;
	r->classes[r->nclasses] = name;
	return (int)r->nclasses++;
}

int rules_class(const struct rules *r, const char *name)
{
	return class_index((struct rules *)r, str_of(name), false);
}

static int kinds_of(struct table *t, size_t row, struct str list)
{
	int kinds = 0;
	struct str part;

	while (str_part(&list, '|', &part)) {
		int k = name_index(fact_kinds, part);
		if (k < 0)
			table_bad(t, row, "no kind of fact: '%.*s'", STR_ARG(part));
		else
			kinds |= 1 << k;
	}
	return kinds ? kinds : ~0;
}

/* The catalogue's row of an indicator id; SIZE_MAX where it has none. */
static size_t catalogue_row(const struct table *c, int id, struct str want, size_t *last)
{
	/* ids come in order: start where the last one was found */
	for (size_t k = 0; k < c->nrows; k++) {
		size_t i = (*last + k) % c->nrows;
		if (str_eq(table_cell(c, i, id), want))
			return *last = i;
	}
	return SIZE_MAX;
}

/* Which columns of the rules and of the catalogue are which. */
struct columns {
	int priority, unit, change, literal, pattern, near, not, indicator, value, cls, kind;
	int id, unit_kind, usual;
};

static struct columns columns_of(const struct table *t, const struct table *catalogue)
{
	struct columns c = {.priority = table_column(t, "priority"), .unit = table_column(t, "unit"),
		.change = table_column(t, "change"), .literal = table_column(t, "literal"),
		.pattern = table_column(t, "pattern"), .near = table_column(t, "near"),
		.not = table_column(t, "not"), .indicator = table_column(t, "indicator"),
		.value = table_column(t, "value"), .cls = table_column(t, "class"),
		.kind = table_column(t, "kind")};

	if (catalogue) {
		c.id = table_column(catalogue, "id");
		c.unit_kind = table_column(catalogue, "unit_kind");
		c.usual = table_column(catalogue, "unit");
	}
	return c;
}

/* "VALUE:N", malloced. */
static char *rule_name(struct str value, int ordinal)
{
	enum { DIGITS = 13 };
	char *name = xmalloc(value.n + DIGITS);

	memcpy(name, value.s, value.n);
	snprintf(name + value.n, DIGITS, ":%d", ordinal);
	return name;
}

static void rule_read(struct rules *r, size_t row, const struct columns *c, struct table *catalogue, size_t *last,
	const struct units *units)
{
	struct table *t = r->table;
	struct rule *rule = &r->items[r->n];
	struct str priority = table_cell(t, row, c->priority);
	struct str unit = table_cell(t, row, c->unit);
	struct str change = table_cell(t, row, c->change);
	struct str lits = table_cell(t, row, c->literal), lit;

	*rule = (struct rule){.cls = -1, .row = row, .change = -1, .kinds = ~0,
		.priority = priority.n ? atoi(priority.s) : 0,
		.pattern.source = table_cell(t, row, c->pattern),
		.near.source = table_cell(t, row, c->near),
		.not.source = table_cell(t, row, c->not)};
	if (catalogue) {
		rule->value = table_cell(t, row, c->indicator);
		bool may_lack = rule->value.n && rule->value.s[0] == '?';
		if (may_lack)
			rule->value = str_sub(rule->value, 1, rule->value.n);
		size_t at = catalogue_row(catalogue, c->id, rule->value, last);
		rule->foreign = at == SIZE_MAX;
		if (rule->foreign && !may_lack) {
			table_bad(t, row, "no indicator '%.*s' in %s", STR_ARG(rule->value), catalogue->path);
			return;
		}
		if (!rule->foreign) {
			rule->kinds = kinds_of(catalogue, at, table_cell(catalogue, at, c->unit_kind));
			if (!unit.n)
				unit = table_cell(catalogue, at, c->usual);
		}
		if (change.n && (rule->change = name_index(fact_changes, change)) < 0)
			table_bad(t, row, "no change: '%.*s'", STR_ARG(change));
	} else {
		rule->value = table_cell(t, row, c->value);
		rule->cls = class_index(r, table_cell(t, row, c->cls), true);
		rule->kinds = kinds_of(t, row, table_cell(t, row, c->kind));
	}
	groups_add(rule, unit, units);
	rule->ordinal = 1;
	/* lines of one indicator stand together */
	if (r->n && r->items[r->n - 1].cls == rule->cls && str_eq(r->items[r->n - 1].value, rule->value))
		rule->ordinal = r->items[r->n - 1].ordinal + 1;
	if (!rule->pattern.source.n || !lits.n) {
		table_bad(t, row, "a rule needs a pattern and a literal");
		return;
	}
	rule->name = rule_name(rule->value, rule->ordinal);
	struct brief *brief = &r->briefs[r->n];
	*brief = (struct brief){.kinds = (uint32_t)rule->kinds, .change = (int8_t)rule->change};
	for (int i = 0; i < rule->ngroups; i++)
		brief->groups |= group_bit(r, rule->groups[i], true);
	while (str_part(&lits, '|', &lit))
		literal_add(r->literals, lit, (uint32_t)r->n);
	r->n++;
}

struct rules *rules_load(struct table *t, struct table *catalogue, const struct units *units,
	struct gates *gates)
{
	static const char *const need[][4] = {
		{"class", "value", "pattern", "literal"}, {"indicator", "pattern", "literal", "priority"}};
	struct rules *r = xmalloc(sizeof *r);
	size_t last = 0;

	*r = (struct rules){.table = t, .literals = literal_new(), .gates = gates};
	for (int i = 0; i < 4; i++)
		table_need(t, need[catalogue != NULL][i]);
	if (catalogue)
		table_need(catalogue, "id");
	r->items = xmalloc((t->nrows + 1) * sizeof *r->items);
	r->briefs = xmalloc((t->nrows + 1) * sizeof *r->briefs);
	struct columns c = columns_of(t, catalogue);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++)
		rule_read(r, i, &c, catalogue, &last, units);
	literal_build(r->literals);
	r->stamps = xmalloc((r->n + 1) * sizeof *r->stamps);
	memset(r->stamps, 0, (r->n + 1) * sizeof *r->stamps);
	r->limits = xhave(pcre2_match_context_create(NULL));
	pcre2_set_match_limit(r->limits, 200000);
	pcre2_set_depth_limit(r->limits, 2000);
	r->match = xhave(pcre2_match_data_create(8, NULL));
	return r;
}

bool rules_compile(struct rules *r)
{
	for (size_t i = 0; i < r->n && !r->table->error[0]; i++) {
		struct rule *rule = &r->items[i];
		pattern_ready(r, rule, &rule->pattern, false);
		if (rule->near.source.n)
			pattern_ready(r, rule, &rule->near, false);
		if (rule->not.source.n)
			pattern_ready(r, rule, &rule->not, false);
	}
	return !r->table->error[0];
}

static void pattern_free(struct pattern *p)
{
	pcre2_code_free(p->code[0]);
	pcre2_code_free(p->code[1]);
}

void rules_free(struct rules *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n; i++) {
		pattern_free(&r->items[i].pattern);
		pattern_free(&r->items[i].near);
		pattern_free(&r->items[i].not);
		free(r->items[i].name);
	}
	free(r->items);
	free(r->briefs);
	literal_free(r->literals);
	for (int i = 0; i < 2; i++)
		free(r->scans[i].hits);
	free(r->candidates);
	free(r->stamps);
	pcre2_match_context_free(r->limits);
	pcre2_match_data_free(r->match);
	free(r);
}

static void scan_into(struct rules *r, struct scan *s, struct str sentence)
{
	struct literal_scan scan = literal_start(r->literals, sentence);
	struct literal_hit hit;
	size_t n = 0, at[CLASSES_MOST + 1] = {0};

	gates_sentence(r->gates, sentence);
	r->scan = s;
	s->sentence = sentence;
	s->id = ++r->nscans;
	while (literal_next(&scan, &hit)) {
		if (2 * (n + 1) > s->cap) {
			s->cap = s->cap ? s->cap * 2 : 512;
			s->hits = xrealloc(s->hits, s->cap * sizeof *s->hits);
		}
		s->hits[n++] = (struct rule_hit){hit.id, hit.b, hit.e};
		at[r->items[hit.id].cls + 1]++;
	}
	/* by class, so that a question about one passes over the others' hits */
	struct rule_hit *sorted = s->hits + n;
	size_t sum = 0;
	for (size_t k = 0; k <= CLASSES_MOST; k++) {
		size_t count = at[k];
		s->class_hits[k] = sorted + sum;
		at[k] = sum;
		sum += count;
	}
	s->class_hits[CLASSES_MOST + 1] = sorted + sum;
	for (size_t i = 0; i < n; i++)
		sorted[at[r->items[s->hits[i].rule].cls + 1]++] = s->hits[i];
}

void rules_scan(struct rules *r, struct str sentence)
{
	scan_into(r, &r->scans[0], sentence);
}

void rules_scan_aside(struct rules *r, struct str sentence)
{
	scan_into(r, &r->scans[1], sentence);
}

void rules_return(struct rules *r)
{
	r->scan = &r->scans[0];
	gates_sentence(r->gates, r->scan->sentence);
}

static int better(const struct candidate *x, const struct candidate *y)
{
	if (x->priority != y->priority)
		return x->priority > y->priority ? -1 : 1;
	if (x->distance != y->distance)
		return x->distance < y->distance ? -1 : 1;
	if (x->len != y->len)
		return x->len > y->len ? -1 : 1;
	return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* By insertion, without qsort's calls: there are a handful, and at most one for each rule. */
static void candidates_sort(struct candidate *c, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct candidate one = c[i];
		size_t k = i;
		for (; k > 0 && better(&one, &c[k - 1]) < 0; k--)
			c[k] = c[k - 1];
		c[k] = one;
	}
}

static bool has_group(const struct rule *rule, struct str unit)
{
	for (int i = 0; i < rule->ngroups; i++)
		if (str_eq(rule->groups[i], unit))
			return true;
	return false;
}

/* A number as the briefs see it. */
struct seen {
	uint64_t group;         /* bit of its unit, all where it has none */
	bool growth;            /* a growth rate may belong to an indicator of any kind (同比增长43.5%) */
};

static bool fits(const struct rules *r, uint32_t rule, const struct rule_subject *s, const struct seen *seen)
{
	const struct brief *b = &r->briefs[rule];

	if (b->change >= 0 && b->change != s->change)
		return false;
	if (seen->growth)
		return true;
	if (!(b->kinds >> s->kind & 1))
		return false;
	if (!b->groups || !s->unit.n)
		return true;
	uint64_t common = b->groups & seen->group;
	return common && (common != 1ull << GROUPS_SEEN || has_group(&r->items[rule], s->unit));
}

static bool is_possible(struct rules *r, uint32_t rule)
{
	struct brief *b = &r->briefs[rule];

	if (b->scan != r->scan->id) {
		b->scan = r->scan->id;
		if (!b->gate)
			b->gate = pattern_gate(r, &r->items[rule].pattern);
		b->possible = gate_possible(r->gates, b->gate);
	}
	return b->possible;
}

/* The first hit that starts at AT or later: hits stand in order of their start. */
static size_t hits_from(const struct rule_hit *hits, size_t n, uint32_t at)
{
	size_t lo = 0, hi = n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (hits[mid].b < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static size_t candidates_find(struct rules *r, const struct rule_subject *s, int cls, struct span window)
{
	const struct rule_hit *hits = r->scan->class_hits[cls + 1];
	size_t nhits = (size_t)(r->scan->class_hits[cls + 2] - hits), n = 0;

	if (!nhits)
		return 0;
	struct seen seen = {group_bit(r, s->unit, false), cls < 0 && s->any_unit && s->change != CHANGE_LEVEL
		&& (s->kind == FACT_PERCENT || s->kind == FACT_POINTS)};
	r->stamp++;
	for (size_t i = hits_from(hits, nhits, window.b); i < nhits && hits[i].b < window.e; i++) {
		const struct rule_hit *h = &hits[i];
		if (h->e > window.e || !fits(r, h->rule, s, &seen))
			continue;
		uint32_t distance = h->e <= s->at ? s->at - h->e : h->b - s->at;
		if (r->stamps[h->rule] == r->stamp) {
			/* seen: keep its nearest literal; hits of one rule are few */
			for (size_t k = 0; k < n; k++)
				if (r->candidates[k].rule == h->rule && distance < r->candidates[k].distance) {
					r->candidates[k].distance = distance;
					r->candidates[k].len = h->e - h->b;
				}
			continue;
		}
		r->stamps[h->rule] = r->stamp;
		if (!is_possible(r, h->rule))
			continue;
		if (n == r->cap_candidates) {
			r->cap_candidates = r->cap_candidates ? r->cap_candidates * 2 : 64;
			r->candidates = xrealloc(r->candidates, r->cap_candidates * sizeof *r->candidates);
		}
		r->candidates[n++] = (struct candidate){h->rule, distance, h->e - h->b, r->items[h->rule].priority};
	}
	candidates_sort(r->candidates, n);
	return n;
}

static struct span window_of(const struct rule_subject *s)
{
	uint32_t b = s->at > LEFT ? s->at - LEFT : 0;
	uint32_t e = s->sentence.n - s->at > RIGHT ? s->at + RIGHT : (uint32_t)s->sentence.n;

	while (b > 0 && ((uint8_t)s->sentence.s[b] & 0xC0) == 0x80)
		b--;
	while (e < s->sentence.n && ((uint8_t)s->sentence.s[e] & 0xC0) == 0x80)
		e++;
	return (struct span){b, e};
}

/* True where one part of LIST (a|b) begins ID, or is it (a$), or none is asked for. */
static bool lists(struct str list, struct str id)
{
	struct str part;

	if (!id.n)
		return true;
	while (str_part(&list, '|', &part)) {
		bool whole = str_ends(part, STR("$"));
		if (whole ? str_eq(id, str_sub(part, 0, part.n - 1)) : str_starts(id, part))
			return true;
	}
	return false;
}

int rules_match(struct rules *r, const struct rule_subject *s, int cls, struct str *value, struct span *group)
{
	struct span w = window_of(s);
	size_t n = candidates_find(r, s, cls, w);

	for (size_t i = 0; i < n; i++) {
		struct rule *rule = &r->items[r->candidates[i].rule];
		if (!lists(rule->value, s->about) || !window_match(r, rule, &rule->pattern, s, w))
			continue;
		size_t *ov = pcre2_get_ovector_pointer(r->match);
		struct span g = SPAN_NONE;
		if (r->pairs > 1 && ov[2] != PCRE2_UNSET && ov[3] > ov[2])
			g = (struct span){w.b + (uint32_t)ov[2], w.b + (uint32_t)ov[3]};
		if (rule->not.source.n && gate_possible(r->gates, pattern_gate(r, &rule->not))
		    && window_match(r, rule, &rule->not, s, w))
			continue;
		if (rule->near.source.n && !near_match(r, rule, s))
			continue;
		if (value)
			*value = rule->foreign ? (struct str){NULL, 0} : rule->value;
		if (group)
			*group = g;
		return (int)r->candidates[i].rule;
	}
	return -1;
}

struct str rules_name(const struct rules *r, int rule)
{
	return str_of(r->items[rule].name);
}

bool rules_looks_near(const struct rules *r, int rule)
{
	return r->items[rule].near.source.n > 0;
}

const char *rules_trouble(struct rules *r)
{
	if (!r->troubled)
		return NULL;
	r->troubled = false;
	for (size_t i = 0; i < r->n; i++)
		r->items[i].pattern.tired = r->items[i].near.tired = r->items[i].not.tired = false;
	return r->trouble;
}
