/* indicator: which indicator a number gets by the words around it, and when they make it somebody else's. */
#include "work.h"

enum { CLAUSE_MOST = 240, LABEL_MOST = 30 };    /* bytes before a measure that patterns see, and of a label */

/* 行政处罚600件，其中城管处罚143件: a part is not the figure of the whole. */
static bool is_part(struct work *w, const struct expr *x)
{
	const struct document *d = w->d;
	const struct fact *f = &x->fact;

	if (f->kind != FACT_COUNT && f->kind != FACT_MONEY)
		return false;
	if (!work_cue(w, x, w->a->part, NULL, NULL))
		return false;
	uint32_t from = w->breaks_down ? d->segments[w->sentence->segment].at.b : w->sentence->at.b;
	for (size_t k = d->nfacts; k-- > 0 && d->facts[k].at.b >= from && f->at.b - d->facts[k].at.b < REACH;) {
		const struct fact *g = &d->facts[k];
		if (str_eq(g->indicator, f->indicator) && g->kind == f->kind && g->change == f->change
		    && g->modality == f->modality)
			return true;
	}
	return false;
}

/* 涉企行政复议案件, 物业纠纷: the words before the number pick a group out of what
 * the indicator counts. The cue's value lists the indicators that it shuts out. */
static bool is_shut_out(struct work *w, struct rule_subject s, struct str indicator, int cls)
{
	s.about = indicator;
	return cls >= 0 && rules_match(w->a->cues, &s, cls, NULL, NULL) >= 0;
}

/* 县应急局罚款96万元 in the county's own report: a bureau's penalties are not the county's. */
static void note_body(struct work *w, struct expr *x)
{
	struct rule_subject s = work_subject(w, x);
	struct span group;

	s.about = x->fact.indicator;
	if (x->fact.scope.s || w->a->body < 0 || !str_is(w->d->about.subject.value, "government")
	    || rules_match(w->a->cues, &s, w->a->body, NULL, &group) < 0 || span_is_none(group))
		return;
	x->fact.scope = unquoted(str_sub(w->d->text, w->context.from[group.b], w->context.from[group.e]));
}

/* True where the report's genre can speak of the indicator (genres.tsv). */
static bool genre_has(const struct work *w, struct str indicator)
{
	const struct table *t = w->a->genres;
	struct str genre = w->d->about.genre.value, list, part;
	int column = table_column(t, "genre");

	for (size_t i = 0; genre.n && i < t->nrows; i++) {
		if (!str_eq(table_cell(t, i, column), genre))
			continue;
		list = table_cell(t, i, table_column(t, "indicators"));
		while (str_part(&list, '|', &part))
			if (str_starts(indicator, part) && indicator.n > part.n && indicator.s[part.n] == '.')
				return true;
		return false;
	}
	return true;
}

/* The indicator that RULE gave, unless the words around the number make it somebody else's. */
static void take_indicator(struct work *w, struct expr *x, int rule)
{
	if (rule < 0 || !x->fact.indicator.s)
		return;
	if (is_part(w, x) || is_shut_out(w, work_subject(w, x), x->fact.indicator, w->a->group)
	    || !genre_has(w, x->fact.indicator)) {
		x->fact.indicator = (struct str){NULL, 0};
		return;
	}
	x->fact.rule = rules_name(w->a->rules, rule);
	note_body(w, x);
}

void name_indicator(struct work *w, struct expr *x)
{
	struct rule_subject s = work_subject(w, x);

	if (x->zero)    /* 应诉案件零败诉: the words before it count something else */
		return;
	s.any_unit = true;
	take_indicator(w, x, rules_match(w->a->rules, &s, -1, &x->fact.indicator, NULL));
}

/* A sentence that a number would stand in as its last byte, were it worded otherwise: WORDS, BETWEEN, and it. */
static struct rule_subject reworded(struct work *w, const struct expr *x, struct buf *b, size_t words, const char *between)
{
	struct rule_subject s = work_subject(w, x);

	b->len = words;
	buf_append(b, between, strlen(between));
	buf_append(b, "#", 1);
	s.any_unit = true;
	s.sentence = (struct str){(char *)b->data, b->len};
	s.at = (uint32_t)b->len - 1;
	return s;
}

void name_instead(struct work *w, struct expr *x, struct buf *b, size_t words, const char *between)
{
	if (x->zero)
		return;
	struct rule_subject s = reworded(w, x, b, words, between);
	rules_scan_aside(w->a->rules, s.sentence);
	int rule = rules_match(w->a->rules, &s, -1, &x->fact.indicator, NULL);
	rules_return(w->a->rules);
	take_indicator(w, x, rule);
	if (!x->fact.indicator.s)
		return;
	s = reworded(w, x, b, words, "");
	rules_scan_aside(w->a->cues, s.sentence);
	if (is_shut_out(w, s, x->fact.indicator, w->a->group))
		x->fact.indicator = x->fact.rule = (struct str){NULL, 0};
	rules_return(w->a->cues);
}

void name_measure(struct work *w, struct expr *x, struct span measure)
{
	struct buf *b = &w->a->cell;
	uint32_t from = measure.b;

	while (from > 0 && measure.b - from < CLAUSE_MOST) {
		uint32_t p = (uint32_t)utf8_prev(w->context.s, from);
		if (strchr("@#", w->context.s[p]) || str_is((struct str){w->context.s + p, from - p}, "。"))
			break;
		from = p;
	}
	b->len = 0;
	buf_append(b, w->context.s + from, measure.e - from);
	name_instead(w, x, b, b->len, is_growth(&x->fact) ? GROWN : "");
}

/* The words before the colon that the clause at AT stands behind, 行政复议：受理86件，审结79件;
 * SPAN_NONE where it stands behind none, or behind more than a few words. */
static struct span label_before(const struct context *c, uint32_t at)
{
	static const char *const ends[] = {"。", "；", "：", "！", "？", NULL};
	struct span label = SPAN_NONE;

	for (uint32_t i = at; i > 0;) {
		uint32_t p = (uint32_t)utf8_prev(c->s, i);
		struct str sign = {c->s + p, i - p};
		if (span_is_none(label)) {
			if (str_is(sign, "。") || str_is(sign, "；") || at - p > CLAUSE_MOST)
				return SPAN_NONE;
			if (str_is(sign, "："))
				label = (struct span){p, p};
		} else {
			bool end = false;
			for (int k = 0; ends[k]; k++)
				end |= str_is(sign, ends[k]);
			if (end || str_is(sign, "）"))
				break;
			if (str_is(sign, "，") || strchr("@#", *sign.s) || label.e - p > LABEL_MOST)
				return SPAN_NONE;
			label.b = p;
		}
		i = p;
	}
	return label.b < label.e ? label : SPAN_NONE;
}

void name_labelled(struct work *w, struct expr *x, struct span measure)
{
	const struct context *c = &w->context;
	struct span label = label_before(c, measure.b);
	struct str words = {c->s + measure.b, measure.e - measure.b};
	struct buf *b = &w->a->cell;

	/* 受理, 受理案件, 案件; 查处酒驾 is something of its own */
	size_t verb = wordset_match(&w->a->measures.verb_front, words);
	struct str noun = str_sub(words, verb, words.n);
	if (span_is_none(label) || (noun.n && wordset_match(&w->a->measures.plain, noun) != noun.n))
		return;
	for (int turn = 0; turn < 2 && !x->fact.indicator.s; turn++) {
		/* 规范性文件：制定6件 is 规范性文件制定, or 制定规范性文件 where nothing but a verb stands there */
		if (turn == 1 && verb != words.n)
			return;
		b->len = 0;
		if (turn == 1)
			buf_append(b, words.s, words.n);
		buf_append(b, c->s + label.b, label.e - label.b);
		if (turn == 0)
			buf_append(b, words.s, words.n);
		name_instead(w, x, b, b->len, "");
	}
}
