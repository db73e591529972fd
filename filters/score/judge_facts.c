/* Facts: spans match where begin and end are equal. A gold row that readers could
 * differ on (required 0) counts neither for nor against: neither is it missed,
 * nor is what the run says there wrong. */
#include "judge.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct str number_text(struct arena *a, struct number v)
{
	char s[64];
	int n = v.given ? snprintf(s, sizeof s, "%.15g", decimal_to_double(v.value)) : 0;
	return (struct str){arena_strndup(a, s, (size_t)n), (size_t)n};
}

/* Equal up to what a double tells apart: streams carry fractions as doubles. */
static bool number_is(struct number v, struct str gold)
{
	char s[64];

	if (gold.n == 0 || gold.n >= sizeof s)
		return gold.n == 0 && !v.given;
	memcpy(s, gold.s, gold.n);
	s[gold.n] = '\0';
	double want = strtod(s, NULL), have = decimal_to_double(v.value);
	return v.given && fabs(have - want) <= 1e-12 * fmax(fabs(have), fabs(want));
}

static bool one_of(struct str list, struct str id)
{
	for (struct str rest = list, part; str_part(&rest, '|', &part);)
		if (str_eq(part, id))
			return true;
	return false;
}

/* Where the gold names two, either is right; each of ours must be among them. */
static bool indicator_is(struct str ours, struct str gold)
{
	if (!ours.n)
		return false;
	for (struct str rest = ours, part; str_part(&rest, '|', &part);)
		if (!one_of(gold, part))
			return false;
	return true;
}

static size_t characters(struct str s, uint32_t *out, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n && n < most;) {
		size_t k = space_at(s.s + i, s.n - i);
		if (k == 0)
			k = utf8_next(s.s + i, s.n - i, &out[n++]);
		i += k;
	}
	return n;
}

/* Measures agree where their longest common run has at least half the characters
 * of the shorter one, and at least two. */
static bool measure_is(struct str ours, struct str gold)
{
	enum { MOST = 160 };
	uint32_t a[MOST], b[MOST];
	size_t na = characters(ours, a, MOST), nb = characters(gold, b, MOST), best = 0;
	size_t row[MOST + 1] = {0};

	for (size_t i = 0; i < na; i++)
		for (size_t k = nb; k-- > 0;) {
			row[k + 1] = a[i] == b[k] ? row[k] + 1 : 0;
			if (row[k + 1] > best)
				best = row[k + 1];
		}
	size_t shorter = na < nb ? na : nb;
	if (na == 0 || nb == 0)
		return na == nb;
	return 2 * best >= shorter && (best >= 2 || shorter < 2);
}

/* The gold leaves a period empty where it is the report's own. */
static struct str own_period(const struct judge *j)
{
	struct str p = j->gold->has_about ? gold_about(j->gold, "period") : (struct str){"", 0};
	return p.n || !j->has_about ? p : j->about.period.value;
}

/* Counts an attribute on a fact whose span is right; SET counts it again where
 * it is not the usual value, which says more than a share of what is usual. */
static bool attribute(struct judge *j, enum metric m, enum metric set, struct span at,
	struct str ours, struct str gold, struct str usual)
{
	bool right = str_eq(ours, gold);

	tally_add(judge_tally(j, m), true, true, right);
	tally_add(judge_tally(j, set), !str_eq(ours, usual), !str_eq(gold, usual), right);
	if (!right)
		judge_miss(j, m, at, ours, gold);
	return right;
}

static bool value_is(struct judge *j, const struct fact *f, const struct gold_fact *g)
{
	if (number_is(f->value, g->value) && number_is(f->high, g->high) && str_eq(f->unit, g->unit))
		return true;
	struct buf ours = {0}, gold = {0};
	struct arena *a = &j->f->arena;
	struct str v = number_text(a, f->value), h = number_text(a, f->high);
	buf_printf(&ours, "%.*s%s%.*s %.*s", STR_ARG(v), h.n ? "-" : "", STR_ARG(h), (int)f->unit.n,
		f->unit.n ? f->unit.s : "");
	buf_printf(&gold, "%.*s%s%.*s %.*s", STR_ARG(g->value), g->high.n ? "-" : "", STR_ARG(g->high),
		STR_ARG(g->unit));
	judge_miss(j, M_VALUE, f->at, (struct str){(char *)ours.data, ours.len},
		(struct str){(char *)gold.data, gold.len});
	buf_free(&ours);
	buf_free(&gold);
	return false;
}

static void pair(struct judge *j, const struct fact *f, const struct gold_fact *g)
{
	static const struct str none = {"", 0};
	struct str own = own_period(j), period = f->period.n && !str_eq(f->period, own) ? f->period : none;
	struct str kind = str_of(fact_kinds[f->kind]);
	bool value = value_is(j, f, g);
	bool same = str_eq(kind, g->kind);

	tally_add(judge_tally(j, M_KIND), true, true, same);
	if (!same)
		judge_miss(j, M_KIND, f->at, kind, g->kind);
	bool all = same & value;
	all &= attribute(j, M_BOUND, M_BOUND_SET, f->at, str_of(fact_bounds[f->bound]), g->bound, STR("exact"));
	all &= attribute(j, M_CHANGE, M_CHANGE_SET, f->at, str_of(fact_changes[f->change]), g->change, STR("level"));
	all &= attribute(j, M_MODALITY, M_MODALITY_SET, f->at, str_of(fact_modalities[f->modality]),
		g->modality, STR("actual"));
	attribute(j, M_PERIOD, M_PERIOD_SET, f->at, period, str_eq(g->period, own) ? none : g->period, none);
	attribute(j, M_SCOPE, M_SCOPE_SET, f->at, f->scope.n ? f->scope : none, g->scope, none);
	bool measure = measure_is(f->measure, g->measure);
	tally_add(judge_tally(j, M_MEASURE), true, true, measure);
	if (!measure)
		judge_miss(j, M_MEASURE, f->at, f->measure, g->measure);
	judge_tally(j, M_VALUE)->right += value;
	judge_tally(j, M_ATTRIBUTES)->right += all;
	bool indicator = indicator_is(f->indicator, g->indicator);
	judge_tally(j, M_INDICATOR)->right += indicator;
	if (!indicator && (f->indicator.n || g->indicator.n))
		judge_miss(j, M_INDICATOR, f->at, f->indicator, g->indicator);
}

static bool overlaps(struct span a, struct span b)
{
	return a.b < b.e && b.b < a.e;
}

static bool same_span(struct span a, struct span b)
{
	return a.b == b.b && a.e == b.e;
}

/* True where a reader could have left it out: it stands on a row not required. */
static bool is_optional(const struct gold *g, struct span at)
{
	for (size_t i = 0; i < g->nfacts; i++)
		if (!g->facts[i].required && overlaps(g->facts[i].at, at))
			return true;
	return false;
}

/* Opens KEY; false where the record lacks it. */
static bool open_key(struct judge *j, const char *key, struct cursor *c)
{
	return j->gold->has_facts && filter_open(j->f, key, c);
}

void judge_facts(struct judge *j)
{
	static const enum metric ends[] = {M_SPAN, M_VALUE, M_ATTRIBUTES};
	const struct gold *g = j->gold;
	struct cursor c;
	size_t n;

	if (!open_key(j, "facts", &c))
		return;
	struct fact *facts = facts_read(&c, &j->f->arena, j->text, &n);
	filter_check(j->f, "facts", &c);
	bool *found = arena_calloc(&j->f->arena, g->nfacts + 1, sizeof *found);

	for (enum metric m = M_KIND; m <= M_MEASURE; m++)
		judge_tally(j, m);
	size_t ours = 0, gold = 0;
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < g->nfacts && (found[k] || !g->facts[k].quantity || !g->facts[k].required
		       || !same_span(g->facts[k].at, facts[i].at)))
			k++;
		if (k == g->nfacts && is_optional(g, facts[i].at))
			continue;
		ours++;
		judge_tally(j, M_INDICATOR)->ours += facts[i].indicator.n > 0;
		if (k < g->nfacts) {
			found[k] = true;
			pair(j, &facts[i], &g->facts[k]);
		} else {
			judge_miss(j, M_SPAN, facts[i].at, str_of(fact_kinds[facts[i].kind]), STR(""));
		}
	}
	for (size_t k = 0; k < g->nfacts; k++) {
		if (!g->facts[k].quantity || !g->facts[k].required)
			continue;
		gold++;
		judge_tally(j, M_SPAN)->right += found[k];
		judge_tally(j, M_INDICATOR)->gold += g->facts[k].indicator.n > 0;
		if (!found[k])
			judge_miss(j, M_SPAN, g->facts[k].at, STR(""), g->facts[k].kind);
	}
	for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
		struct tally *t = judge_tally(j, ends[k]);
		t->ours = ours;
		t->gold = gold;
	}
	judge_tally(j, M_INDICATOR);
}

/* The gold has a row for each numeral; 今年 and 去年 have none, so a date without
 * a numeral counts neither way. */
static bool has_numeral(struct str s)
{
	static const char chinese[] = "〇零一二三四五六七八九十廿卅";

	for (size_t i = 0, k; i < s.n; i += k) {
		uint32_t cp, digit;
		k = utf8_next(s.s + i, s.n - i, &cp);
		if ((cp >= '0' && cp <= '9') || (cp >= 0xFF10 && cp <= 0xFF19))
			return true;
		for (size_t d = 0; d < sizeof chinese - 1;) {
			d += utf8_next(chinese + d, sizeof chinese - 1 - d, &digit);
			if (cp == digit)
				return true;
		}
	}
	return false;
}

void judge_dates(struct judge *j)
{
	const struct gold *g = j->gold;
	struct cursor c;
	size_t n, ours = 0, gold = 0;

	if (!open_key(j, "mentions", &c))
		return;
	struct mention *m = mentions_read(&c, &j->f->arena, j->text, &n);
	filter_check(j->f, "mentions", &c);
	bool *found = arena_calloc(&j->f->arena, g->nfacts + 1, sizeof *found);
	struct tally *span = judge_tally(j, M_DATE), *value = judge_tally(j, M_DATE_VALUE);

	for (size_t i = 0; i < n; i++) {
		if (!str_is(m[i].kind, "date") || !has_numeral(judge_text(j, m[i].at)))
			continue;
		size_t k = 0;
		while (k < g->nfacts && (found[k] || !g->facts[k].required
		       || !str_is(g->facts[k].kind, "date") || !same_span(g->facts[k].at, m[i].at)))
			k++;
		if (k == g->nfacts && is_optional(g, m[i].at))
			continue;
		ours++;
		if (k == g->nfacts) {
			judge_miss(j, M_DATE, m[i].at, m[i].value, STR(""));
			continue;
		}
		found[k] = true;
		span->right++;
		if (str_eq(m[i].value, g->facts[k].value))
			value->right++;
		else
			judge_miss(j, M_DATE_VALUE, m[i].at, m[i].value, g->facts[k].value);
	}
	for (size_t k = 0; k < g->nfacts; k++) {
		if (!g->facts[k].required || !str_is(g->facts[k].kind, "date"))
			continue;
		gold++;
		if (!found[k])
			judge_miss(j, M_DATE, g->facts[k].at, STR(""), g->facts[k].value);
	}
	span->ours = value->ours = ours;
	span->gold = value->gold = gold;
}

bool judge_same_text(const struct judge *j)
{
	const struct gold *g = j->gold;

	for (size_t i = 0; i < g->nfacts; i++)
		if (!str_eq(judge_text(j, g->facts[i].at), g->facts[i].surface))
			return false;
	for (size_t i = 0; i < g->nsegments; i++)
		if (g->segments[i].at.e > j->text.n)
			return false;
	return true;
}
