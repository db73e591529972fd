#include "rules_in.h"

#include <stdlib.h>

/* How far from a number its context reaches, in bytes of the sentence: about
 * 120 characters to the left and 60 to the right. */
enum { LEFT = 360, RIGHT = 180 };

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
	struct seen seen = {rules_group_bit(r, s->unit, false), cls < 0 && s->any_unit && s->change != CHANGE_LEVEL
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
		if (!lists(rule->value, s->about) || !pattern_in_window(r, rule, &rule->pattern, s, w))
			continue;
		size_t *ov = pcre2_get_ovector_pointer(r->match);
		struct span g = SPAN_NONE;
		if (r->pairs > 1 && ov[2] != PCRE2_UNSET && ov[3] > ov[2])
			g = (struct span){w.b + (uint32_t)ov[2], w.b + (uint32_t)ov[3]};
		if (rule->not.source.n && gate_possible(r->gates, pattern_gate(r, &rule->not))
		    && pattern_in_window(r, rule, &rule->not, s, w))
			continue;
		if (rule->near.source.n && !pattern_is_near(r, rule, s))
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
