/* share: 占57%, 占比57%, 分别占57%、43%: the number before, over the whole that 其中
 * or the words between 占 and the percent name. */
#include "audit.h"

/* A percent that goes on in the list of the one before it: 57%、30%. */
static bool goes_on(const struct scene *s, size_t i)
{
	return s->items[i].f->kind == FACT_PERCENT && scene_other(s, s->items[i].from, s->items[i].f->at.b,
		CUE_BIT(CUE_JOIN) | CUE_BIT(CUE_COMMA)) == 0;
}

/* The amount that the percent at I says something of: the one before it, or, in
 * 分别占57%、30%、13%, the one at the same place of the list before: num_at and list_at of R.
 * *FIRST is the first percent of such a list, else I. */
static bool share_numerator(const struct scene *s, size_t i, struct rate *r, size_t *first)
{
	size_t b, e, run = i;

	scene_sentence(s, s->items[i].sentence, &b, &e);
	while (run > b && s->items[run - 1].f->kind == FACT_PERCENT && goes_on(s, run))
		run--;
	*first = run;
	bool each = item_cue(s, &s->items[run], CUE_BIT(CUE_EACH)) != NULL;
	size_t k = i;
	while (k > b && !item_is_amount(&s->items[k - 1])) {
		if (!each && item_is_level(&s->items[k - 1]))   /* another share stands between */
			return false;
		k--;
	}
	if (k == b)
		return false;
	r->num_at = r->list_at = k - 1;
	if (!each)
		return run == i;
	size_t last = run;
	while (last + 1 < e && goes_on(s, last + 1))
		last++;
	size_t count = last - run + 1, back = last - i;
	if (k < b + count || run != k)
		return false;
	for (size_t j = k - count; j < k; j++)
		if (!item_is_amount(&s->items[j]) || !item_same_unit(&s->items[j], &s->items[k - 1]))
			return false;
	r->num_at = k - 1 - back;
	r->list_at = k - count;
	return true;
}

/* 占总数的57%: the one number before it that can be the total. It is taken for named
 * where it says 共, or where it cannot be a part of the same total as the numerator.
 * CORE: 结案 of 占结案总数. Where the part says it and the number does not, the total is another. */
static void share_total(const struct scene *s, struct rate *r, struct str core)
{
	size_t b, e;
	const struct item *total = NULL;

	scene_sentence(s, r->num->sentence, &b, &e);
	for (size_t i = b; i < r->num_at; i++) {
		const struct item *x = &s->items[i];
		if (!item_is_amount(x) || !item_same_unit(x, r->num) || !item_same_frame(x, r->num))
			continue;
		if (total || item_has_share(s, i) || ratio_cmp(x->value, r->num->value) < 0)
			return;
		total = x;
	}
	if (!total || scene_cue(s, total->f->at.e, r->num->f->at.b, CUE_BIT(CUE_BREAK)))
		return;
	r->whole = total;
	struct str words = item_words(s, total);
	r->hedged |= core.n && str_find(words, core, 0) == SIZE_MAX && str_find(item_words(s, r->num), core, 0) != SIZE_MAX;
	uint32_t at = (uint32_t)(words.s - s->text.s);
	struct range implied = range_div(range_mul(item_cut(s, r->num), ratio_int(100, 1)), item_cut(s, r->p));
	struct ratio both = ratio_add(total->value, r->num->value);
	r->named = scene_cue(s, at, total->f->at.b, CUE_BIT(CUE_ALL)) != NULL
		|| (r->p->value.n > 0 && !implied.no_hi && ratio_cmp(implied.hi, both) < 0);
}

/* Words between the number and 占 name another subject, unless they repeat its own. */
static bool is_of_other(const struct scene *s, const struct rate *r, uint32_t share)
{
	size_t other = scene_other(s, r->p->from, share, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_FILLER)
		| CUE_BIT(CUE_EACH) | CUE_BIT(CUE_JOIN) | CUE_BIT(CUE_BRACKET) | CUE_BIT(CUE_BRACKET_END));

	/* 不合格12份，合格以上占95%: of several classes */
	if (other && scene_cue(s, r->p->from, share, CUE_BIT(CUE_UNION)))
		return true;
	return other && text_common(str_sub(s->text, r->p->from, share), item_words(s, r->num)) * 3 < other;
}

void share_audit(struct audit *a, size_t i, const struct hit *share)
{
	const struct scene *s = &a->scene;
	struct rate r = {.p = &s->items[i]};
	size_t first;

	if (!share_numerator(s, i, &r, &first)) {
		audit_drop(a, "rate", r.p, NULL, "no number stands before the share");
		return;
	}
	r.num = &s->items[r.num_at];
	if (scene_cue(s, r.num->f->at.e, r.p->f->at.b, CUE_BIT(CUE_BREAK))) {
		audit_drop(a, "rate", r.p, r.num, "another clause");
		return;
	}
	if (is_of_other(s, &r, share->b)) {
		audit_drop(a, "rate", r.p, r.num, "the share is of something else");
		return;
	}
	if (!item_same_frame(r.p, r.num)) {
		audit_drop(a, "rate", r.p, r.num, "another scope or period");
		return;
	}
	uint32_t stop = s->items[first].f->at.b;
	base_named(s, &r, share->e, stop);
	/* 占站点总数的, of 法律服务站312个: a total by another name, if there is but one */
	if (r.given && !r.whole && text_chars(str_sub(s->text, share->e, stop)) <= 6
	    && scene_cue(s, share->b, stop, CUE_BIT(CUE_WHOLE_OF)) && !scene_cue(s, share->e, stop, CUE_BIT(CUE_WIDER)))
		share_total(s, &r, base_core(s, share->e, stop));
	/* 全市同类案件 are more than ours */
	if (r.whole && scene_cue(s, share->e, stop, CUE_BIT(CUE_WIDER))) {
		struct str words = item_words(s, r.whole);
		r.hedged |= !scene_cue(s, (uint32_t)(words.s - s->text.s), r.whole->f->at.b, CUE_BIT(CUE_WIDER));
	}
	struct link link = link_whole(s, r.num_at);
	/* 全部文件 of the sentence before may be more than those it counted */
	r.named = r.named || (r.whole && (r.whole->sentence == r.num->sentence || r.whole == link.whole));
	if (!r.given) {
		/* a part further down the list is as sure as the share before it in the list */
		bool like = link.whole && i > 1 && a->base[i - 2] == link.whole && r.num_at == i - 1
			&& text_chars(item_words(s, r.num)) <= 12
			&& !item_cue(s, r.num, CUE_BIT(CUE_ENTRY) | CUE_BIT(CUE_TOTAL));
		r.whole = link.whole;
		r.named = link.whole && (link.close || like);
		if (!r.whole && scene_cue(s, share->b, stop, CUE_BIT(CUE_WHOLE_OF)))
			share_total(s, &r, (struct str){NULL, 0});
	}
	if (several_audit(a, &r))
		return;
	r.hedged |= (r.whole && !item_same_frame(r.whole, r.num)) || scene_has(s, r.p, CUE_BIT(CUE_STOCK));
	rate_decide(a, &r);
}

bool share_over(struct audit *a, size_t i)
{
	const struct scene *s = &a->scene;
	struct rate r = {.p = &s->items[i], .num_at = i - 2, .named = true};
	size_t first = s->first[r.p->sentence];

	if (i < first + 2)
		return false;
	const struct item *num = r.p - 2, *base = r.p - 1;
	const struct hit *share = item_cue_last(s, base, CUE_BIT(CUE_SHARE));
	if (!share || !item_is_amount(base) || !item_is_amount(num) || !item_same_unit(base, num)
	    || scene_other(s, base->f->at.e, r.p->f->at.b, CUE_BIT(CUE_FILLER)) > 0
	    || scene_cue(s, num->f->at.e, base->f->at.b, CUE_BIT(CUE_BREAK)))
		return false;
	r.num = num;
	r.whole = base;
	/* 甲3件、乙5件，合计占全部20件的40%: not of the last one alone */
	r.hedged = !item_same_frame(num, base) || scene_other(s, num->f->at.e, share->b, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_FILLER)) > 0
		|| scene_cue(s, num->f->at.e, share->b, CUE_BIT(CUE_TOTAL) | CUE_BIT(CUE_ALL));
	rate_decide(a, &r);
	return true;
}
