#include "work.h"
#include "cells.h"
#include "explain.h"
#include "gate.h"
#include "named.h"

#include <stdlib.h>

enum { NAME_REACH = 400 };        /* bytes back to a name that may overlap */

int document_year(const struct document *d)
{
	struct str p = d->about.period.value;
	int year = 0;

	for (size_t i = 0; i < 4 && i < p.n; i++)
		year = p.s[i] >= '0' && p.s[i] <= '9' ? year * 10 + p.s[i] - '0' : 0;
	return p.n >= 4 ? year : 0;
}

struct assigner *assigner_new(struct table *words, struct table *cues, struct table *rules,
	struct table *catalogue, struct table *genres, struct table *mentions, struct table *cells,
	const struct units *units)
{
	struct assigner *a = xmalloc(sizeof *a);

	memset(a, 0, sizeof *a);
	a->genres = genres;
	table_need(genres, "genre");
	table_need(genres, "indicators");
	measure_load(&a->measures, words);
	a->units = units;
	a->gates = gates_new();
	a->rules = rules_load(rules, catalogue, units, a->gates);
	a->cues = rules_load(cues, NULL, units, a->gates);
	a->named = named_load(mentions);
	a->cells = cells_load(cells);
	a->reject = rules_class(a->cues, "reject");
	a->rank = rules_class(a->cues, "rank");
	a->one = rules_class(a->cues, "one");
	a->change = rules_class(a->cues, "change");
	a->modality = rules_class(a->cues, "modality");
	a->period = rules_class(a->cues, "period");
	a->scope = rules_class(a->cues, "scope");
	a->shared = rules_class(a->cues, "shared");
	a->part = rules_class(a->cues, "part");
	a->group = rules_class(a->cues, "group");
	a->body = rules_class(a->cues, "body");
	return a;
}

void assigner_free(struct assigner *a)
{
	rules_free(a->rules);
	rules_free(a->cues);
	gates_free(a->gates);
	named_free(a->named);
	cells_free(a->cells);
	buf_free(&a->cell);
	measure_free(&a->measures);
	buf_free(&a->wider);
	free(a);
}

void assigner_check(struct assigner *a)
{
	rules_compile(a->rules);
	rules_compile(a->cues);
	named_check(a->named);
}

const char *assigner_trouble(struct assigner *a)
{
	const char *rules = rules_trouble(a->rules), *cues = rules_trouble(a->cues), *names = named_trouble(a->named);
	return rules ? rules : cues ? cues : names;
}

/* A year that was not over when the report was written: 到2025年每万人拥有律师4.2名. */
static bool is_future(const struct document *d, const struct fact *f)
{
	int last = d->about.period.end.n >= 4 ? atoi(d->about.period.end.s) : 0;        /* 2021/2025 */
	int year = last > d->year ? last : d->year;
	return d->year && f->period.n >= 4 && atoi(f->period.s) > year + 1 && atoi(f->period.s) < 2100;
}

static void decide(struct work *w, size_t i)
{
	struct expr *x = &w->exprs->items[i];
	struct fact *f = &x->fact;
	const struct label *label = w->d->labels ? &w->d->labels[w->sentence->segment] : NULL;
	struct str value;

	if (work_cue(w, x, w->a->change, &value, NULL)) {
		int c = name_index(fact_changes, value);
		f->change = c < 0 ? CHANGE_LEVEL : c;
	}
	if (label && str_is(label->role, "plan"))
		f->modality = MODALITY_TARGET;
	if (work_cue(w, x, w->a->modality, &value, NULL)) {
		int m = name_index(fact_modalities, value);
		f->modality = m < 0 ? MODALITY_ACTUAL : m;
	}
	decide_scope(w, x);
	decide_period(w, i);
	if (f->modality == MODALITY_ACTUAL && is_future(w->d, f))
		f->modality = MODALITY_TARGET;
	decide_subject(w, i);
}

/* Why a number is no quantity after all, seen in its context; NULL where it is. */
static const char *no_quantity(struct work *w, const struct expr *x)
{
	if (x->proof == PROOF_RANK && !work_cue(w, x, w->a->rank, NULL, NULL))
		return "an ordinal without a ranking";
	if (x->proof == PROOF_ONE && !work_cue(w, x, w->a->one, NULL, NULL))
		return "one of a kind, not counted";
	return work_cue(w, x, w->a->reject, NULL, NULL) ? "part of a name or a term" : NULL;
}

static void mention_add(struct document *d, struct span at, const char *kind, struct str value)
{
	d->mentions = arena_grow(d->arena, d->mentions, &d->cap_mentions, d->nmentions + 1,
		sizeof *d->mentions);
	d->mentions[d->nmentions++] = (struct mention){at, str_of(kind), value};
}

/* 《…》: the documents that a report names. */
static void titles_find(struct document *d, struct span at)
{
	struct str text = {d->text.s, at.e};
	size_t b = str_find(text, STR("《"), at.b);

	while (b != SIZE_MAX) {
		size_t e = str_find(text, STR("》"), b);
		if (e == SIZE_MAX)
			return;
		struct span whole = {(uint32_t)b, (uint32_t)(e + 3)};
		mention_add(d, whole, "title", str_sub(d->text, b + 3, e));
		b = str_find(text, STR("《"), e);
	}
}

/* A body or an honour, unless one of its kind was found there before. */
static void name_found(void *arg, struct span at, struct str kind)
{
	struct document *d = arg;

	for (size_t k = d->nmentions; k-- > 0 && d->mentions[k].at.b + NAME_REACH > at.b;)
		if (str_eq(d->mentions[k].kind, kind) && d->mentions[k].at.b < at.e && at.b < d->mentions[k].at.e)
			return;
	mention_add(d, at, str_is(kind, "org") ? "org" : "honour", str_sub(d->text, at.b, at.e));
}

static bool has_facts(int kind)
{
	return kind == SEGMENT_PARAGRAPH || kind == SEGMENT_HEADING || kind == SEGMENT_TABLE
		|| kind == SEGMENT_CAPTION;
}

/* The facts of the numbers that were found in a sentence. */
static void facts_add(struct work *w)
{
	struct document *d = w->d;

	context_make(d->arena, d->text, w->sentence->at, w->exprs->items, w->exprs->n, &w->context);
	struct str context = {w->context.s, w->context.n};
	rules_scan(w->a->rules, context);
	rules_scan(w->a->cues, context);
	for (size_t i = 0; i < w->exprs->n; i++) {
		struct expr *x = &w->exprs->items[i];
		if (x->kind != EXPR_FACT)
			continue;
		w->context.s[x->norm] = '#';
		const char *why = no_quantity(w, x);
		if (!why) {
			decide(w, i);
			x->fact.at = x->at;
			x->fact.segment = w->sentence->segment;
			d->facts = arena_grow(d->arena, d->facts, &d->cap_facts, d->nfacts + 1, sizeof *d->facts);
			d->facts[d->nfacts++] = x->fact;
		}
		if (d->explain)
			explain_number(d->explain, d, x, why);
		w->context.s[x->norm] = '@';
	}
}

/* 2021年整治成效显著。全年检查…: in news, the whole year that opens a clause of the sentence before. Nothing where
 * none does, or where it is the report's own. */
static struct str year_told(const struct document *d, size_t sentence)
{
	static const char *const opens[] = {"：", "，", "。", ":", ",", NULL};
	const struct sentence *s = sentence ? &d->sentences[sentence - 1] : NULL;

	if (s && s->segment == s[1].segment && str_starts(str_sub(d->text, s->at.b, s->at.e), STR("全年")))
		s = sentence > 1 ? s - 1 : NULL;        /* two sentences of that year */
	if (!s || s->segment != s[1].segment || !str_is(d->about.genre.value, "news"))
		return (struct str){NULL, 0};
	for (size_t k = d->nmentions; k-- > 0 && d->mentions[k].at.b >= s->at.b;) {
		const struct mention *m = &d->mentions[k];
		if (str_is(m->kind, "date") && m->value.n == 4 && (m->at.b == s->at.b || stands_before(d->text, m->at.b, opens)))
			return str_eq(m->value, d->about.period.value) ? (struct str){NULL, 0} : m->value;
	}
	return (struct str){NULL, 0};
}

void assign_sentence(struct assigner *a, const struct lexicon *lex, struct document *d, size_t sentence)
{
	const struct sentence *s = &d->sentences[sentence];
	const struct segment *segment = &d->segments[s->segment];
	struct exprs found = {0};
	struct work w = {.a = a, .d = d, .sentence = s, .exprs = &found};
	size_t nfacts = 0;

	struct str text = str_sub(d->text, s->at.b, s->at.e);
	bool part = str_starts(text, STR("其中"));
	/* a text of no known year tells on of the year that it named */
	bool more = d->year == 0 && (str_starts(text, STR("同时")) || str_starts(text, STR("此外")) || str_starts(text, STR("另外")));
	if (d->nfacts && d->facts[d->nfacts - 1].segment == s->segment && (part || more)) {
		size_t k = d->nfacts - 1;       /* the whole stands first in the sentence before */
		while (sentence > 0 && k > 0 && d->facts[k - 1].at.b >= d->sentences[sentence - 1].at.b)
			k--;
		w.breaks_down = part;
		w.goes_on = d->facts[k].period;
	}

	if (!w.goes_on.s && sentence && (str_starts(text, STR("全年"))
	    || str_starts(str_sub(d->text, d->sentences[sentence - 1].at.b, s->at.b), STR("全年"))))
		w.goes_on = year_told(d, sentence);

	quantities_find(lex, d->arena, d->text, s->at, d->year, &found);
	titles_find(d, s->at);
	if (has_facts(segment->kind))
		named_find(a->named, d->text, s->at, name_found, d);
	for (size_t i = 0; i < found.n; i++) {
		struct expr *x = &found.items[i];
		if (x->kind == EXPR_DATE && x->iso[0])
			mention_add(d, x->at, "date", str_of(x->iso));
		else if (x->kind == EXPR_DOCNO)
			mention_add(d, x->at, "docno", str_sub(d->text, x->at.b, x->at.e));
		nfacts += x->kind == EXPR_FACT;
	}
	if (nfacts && has_facts(segment->kind))
		facts_add(&w);
	if (segment->kind == SEGMENT_TABLE)
		cells_assign(&w, a->cells);
}
