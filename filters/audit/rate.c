/* rate: a / b against r %.
 *
 * 占 takes the number before it over the whole that 其中 or the words name; a rate
 * (办结率) takes the number that has its stem (办结) over the one before. Where no
 * base is named, every base near is tried, and nothing is accused. */
#include "audit.h"

#include <stdio.h>

enum { BASES_MOST = 12 };

/* What language says of one percent. */
struct rate {
	const struct item *p, *num, *whole;
	size_t num_at;          /* place of num among the items */
	bool named;             /* the whole is named by language, closely */
	bool hedged;            /* something lets other bases in */
	const char *why;        /* ... what */
	bool stock;             /* carried cases usually stand in the base */
};

static struct range share_of(const struct range *num, const struct range *whole)
{
	return range_mul(range_div(*num, *whole), ratio_int(100, 1));
}

static enum holds try_base(const struct item *p, const struct item *num, const struct item *whole)
{
	return audit_verdict(p, share_of(&num->said, &whole->said), share_of(&num->cut, &whole->cut));
}

static struct ratio share_value(const struct item *num, const struct item *whole)
{
	return ratio_mul(ratio_div(num->value, whole->value), ratio_int(100, 1));
}

static struct str bases_text(struct audit *a, const struct item *num, const struct item *const *bases, size_t n)
{
	struct buf b = {0};

	for (size_t i = 0; i < n; i++) {
		struct str x = item_surface(&a->scene, num), y = item_surface(&a->scene, bases[i]);
		struct str v = audit_number(a, share_value(num, bases[i]), "%");
		buf_printf(&b, "%s%.*s/%.*s=%.*s", i ? "; " : "", STR_ARG(x), STR_ARG(y), STR_ARG(v));
	}
	struct str out = {arena_strndup(&a->f->arena, b.data ? (char *)b.data : "", b.len), b.len};
	buf_free(&b);
	return out;
}

static void rate_find(struct audit *a, const struct rate *r, const struct item *whole, enum holds holds,
	struct str bases)
{
	struct claim c = {.kind = "rate", .holds = holds, .stated = r->p->value, .unit = "%",
		.stated_text = item_surface(&a->scene, r->p), .bases = bases,
		.part = item_surface(&a->scene, r->num)};

	claim_item(&c, r->p);
	claim_item(&c, r->num);
	claim_item(&c, whole);
	if (whole) {
		c.whole = item_surface(&a->scene, whole);
		c.computed = share_value(r->num, whole);
	}
	/* 以上 is kept by anything above it: no distance to show */
	if (holds == HOLDS_YES && !r->p->exact)
		c.stated = c.computed;
	a->settled[r->p - a->scene.items] = true;
	audit_find(a, &c);
}

static bool is_exact(const struct rate *r)
{
	return r->p->exact && r->num->exact && r->whole->exact && r->p->f->at.e > r->p->f->at.b;
}

static void rate_decide(struct audit *a, struct rate *r)
{
	const struct item *bases[BASES_MOST];
	size_t n = link_bases(&a->scene, r->num_at, bases, BASES_MOST);
	enum holds holds = r->whole ? try_base(r->p, r->num, r->whole) : HOLDS_UNCLEAR;

	if (r->whole && holds != HOLDS_NO) {
		rate_find(a, r, r->whole, holds, (struct str){"", 0});
		return;
	}
	/* another base that fits: named by nobody, but an honest reading */
	for (size_t i = 0; i < n; i++) {
		enum holds other = try_base(r->p, r->num, bases[i]);
		if (bases[i] == r->whole || other == HOLDS_NO)
			continue;
		bool alone = !r->whole && i == 0 && bases[i]->sentence == r->num->sentence
			&& other == HOLDS_YES;
		rate_find(a, r, bases[i], alone ? HOLDS_YES : HOLDS_UNCLEAR,
			alone ? (struct str){"", 0} : bases_text(a, r->num, bases, n));
		return;
	}
	if (r->whole && !r->hedged) {
		struct range num = item_round(r->num, ROUND_PART), whole = item_round(r->whole, ROUND_WHOLE);
		if (range_meet(r->p->cut, share_of(&num, &whole))) {
			r->hedged = true;
			r->why = "round numbers";
		}
	}
	if (r->whole && r->named && !r->hedged && is_exact(r)) {
		if (!r->stock || ratio_cmp(share_value(r->num, r->whole), r->p->value) < 0) {
			rate_find(a, r, r->whole, HOLDS_NO, (struct str){"", 0});
			return;
		}
		r->why = "carried cases may stand in the base";
	}
	if (n)
		rate_find(a, r, NULL, HOLDS_UNCLEAR, bases_text(a, r->num, bases, n));
	else
		audit_drop(a, "rate", r->p, r->num, r->why ? r->why : "no base stands near");
}

/* --- 占 --- */

/* The amount that the percent at I says something of: the one before it, or, in
 * 分别占57%、30%、13%, the one at the same place of the list before. *FIRST is the
 * first percent of such a list, else I. */
static bool share_numerator(const struct scene *s, size_t i, size_t *num, size_t *first)
{
	size_t b, e, run = i;

	scene_sentence(s, s->items[i].sentence, &b, &e);
	while (run > b && s->items[run - 1].f->kind == FACT_PERCENT
	       && scene_other(s, s->items[run].from, s->items[run].f->at.b, CUE_BIT(CUE_JOIN)
			| CUE_BIT(CUE_COMMA)) == 0)
		run--;
	*first = run;
	bool each = scene_cue(s, s->items[run].from, s->items[run].f->at.b, CUE_BIT(CUE_EACH)) != NULL;
	size_t k = i;
	while (k > b && !item_is_amount(&s->items[k - 1])) {
		if (!each && item_is_level(&s->items[k - 1]))   /* another share stands between */
			return false;
		k--;
	}
	if (k == b)
		return false;
	*num = k - 1;
	if (!each)
		return run == i;
	size_t last = run;
	while (last + 1 < e && s->items[last + 1].f->kind == FACT_PERCENT
	       && scene_other(s, s->items[last + 1].from, s->items[last + 1].f->at.b, CUE_BIT(CUE_JOIN)
			| CUE_BIT(CUE_COMMA)) == 0)
		last++;
	size_t count = last - run + 1, back = last - i;
	if (k < b + count || run != k)
		return false;
	for (size_t j = k - count; j < k; j++)
		if (!item_is_amount(&s->items[j]) || !item_same_unit(&s->items[j], &s->items[k - 1]))
			return false;
	*num = k - 1 - back;
	return true;
}

/* The base in 占X的57%: an amount whose words have X. *GIVEN: some X stands there. */
static const struct item *share_named(const struct scene *s, const struct rate *r, uint32_t b, uint32_t e,
	bool *given)
{
	const struct item *bases[BASES_MOST], *best = NULL;
	struct str name = str_sub(s->text, b, e);
	size_t n = link_bases(s, r->num_at, bases, BASES_MOST), most = text_chars(name) / 2;

	*given = scene_other(s, b, e, CUE_BIT(CUE_WHOLE_OF) | CUE_BIT(CUE_FILLER) | CUE_BIT(CUE_SHARE)
		| CUE_BIT(CUE_EACH)) > 0;
	for (size_t i = 0; *given && i < n; i++) {
		size_t common = text_common(name, item_words(s, bases[i]));
		if (common >= 2 && common > most) {
			most = common;
			best = bases[i];
		}
	}
	return best;
}

static void share_audit(struct audit *a, size_t i, const struct hit *share)
{
	const struct scene *s = &a->scene;
	struct rate r = {.p = &s->items[i]};
	size_t first;

	if (!share_numerator(s, i, &r.num_at, &first)) {
		audit_drop(a, "rate", r.p, NULL, "no number stands before the share");
		return;
	}
	r.num = &s->items[r.num_at];
	if (scene_cue(s, r.num->f->at.e, r.p->f->at.b, CUE_BIT(CUE_BREAK))) {
		audit_drop(a, "rate", r.p, r.num, "another clause");
		return;
	}
	/* words between the number and 占 name another subject, unless they repeat its own */
	size_t other = scene_other(s, r.p->from, share->b, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_FILLER)
		| CUE_BIT(CUE_EACH) | CUE_BIT(CUE_JOIN));
	if (other) {
		struct str between = str_sub(s->text, r.p->from, share->b);
		if (text_common(between, item_words(s, r.num)) * 3 < other) {
			audit_drop(a, "rate", r.p, r.num, "the share is of something else");
			return;
		}
	}
	if (!item_same_frame(r.p, r.num)) {
		audit_drop(a, "rate", r.p, r.num, "another scope or period");
		return;
	}
	bool given;
	r.whole = share_named(s, &r, share->e, s->items[first].f->at.b, &given);
	/* 全部文件 of the sentence before may be more than those it counted */
	r.named = r.whole && r.whole->sentence == r.num->sentence;
	if (!given) {
		struct link link = link_whole(s, r.num_at);
		/* a part further down the list is as sure as the share before it in the list */
		bool like = i > 1 && a->settled[i - 2] && s->items[i - 2].f->kind == FACT_PERCENT
			&& r.num_at == i - 1 && text_chars(item_words(s, r.num)) <= 12
			&& !scene_cue(s, r.num->from, r.num->f->at.b, CUE_BIT(CUE_ENTRY) | CUE_BIT(CUE_TOTAL));
		r.whole = link.whole;
		r.named = link.whole && (link.close || like);
	}
	if (r.whole && !item_same_frame(r.whole, r.num))
		r.hedged = true;
	if (scene_cue(s, s->sentences[r.p->sentence].at.b, s->sentences[r.p->sentence].at.e, CUE_BIT(CUE_STOCK)))
		r.hedged = true;
	rate_decide(a, &r);
}

/* --- 率 --- */

/* The last two characters of the word before 率: 办结, 成功, 应诉. */
static struct str rate_stem(const struct scene *s, uint32_t b, uint32_t e)
{
	size_t at = e;

	for (int k = 0; k < 2 && at > b; k++)
		at = utf8_prev(s->text.s, at);
	return at >= b && e - at == 6 ? str_sub(s->text, at, e) : (struct str){NULL, 0};
}

/* The nearest amount before I whose words have the stem, or some of the rate's NAME. */
static bool rate_numerator(const struct scene *s, size_t i, struct str stem, struct str name, size_t *num)
{
	size_t b, e;

	scene_sentence(s, s->items[i].sentence, &b, &e);
	for (size_t k = i; k-- > b;) {
		const struct item *x = &s->items[k];
		if (scene_cue(s, x->f->at.e, s->items[i].f->at.b, CUE_BIT(CUE_BREAK)))
			return false;
		if (!item_is_amount(x))
			continue;
		/* the number right before may name it in part: 实际出庭60件，出庭应诉率 */
		struct str words = item_words(s, x);
		if (str_find(words, stem, 0) != SIZE_MAX || (k + 1 == i && text_common(words, name) >= 2)) {
			*num = k;
			return true;
		}
	}
	return false;
}

/* The nearest amount of the same unit before the numerator, at least as large. */
static const struct item *rate_base(const struct scene *s, size_t num)
{
	size_t b, e;

	scene_sentence(s, s->items[num].sentence, &b, &e);
	for (size_t k = num; k-- > b;) {
		const struct item *x = &s->items[k];
		if (scene_cue(s, x->f->at.e, s->items[num].f->at.b, CUE_BIT(CUE_BREAK)))
			return NULL;
		if (item_is_amount(x) && item_same_unit(x, &s->items[num]))
			return ratio_cmp(x->value, s->items[num].value) >= 0 ? x : NULL;
	}
	return NULL;
}

/* A rate of which only a base can be meant: what is tried, nothing is judged. */
static void rate_open(struct audit *a, size_t i)
{
	const struct scene *s = &a->scene;
	const struct item *p = &s->items[i];
	size_t b, e, k = i;

	scene_sentence(s, p->sentence, &b, &e);
	while (k > b && !item_is_amount(&s->items[k - 1]))
		k--;
	if (k == b || scene_cue(s, s->items[k - 1].f->at.e, p->f->at.b, CUE_BIT(CUE_BREAK))
	    || s->items[k - 1].f->kind != FACT_COUNT) {
		audit_drop(a, "rate", p, NULL, "no count stands before it");
		return;
	}
	const struct item *base = &s->items[k - 1];
	bool sample = scene_cue(s, base->from, base->f->at.b, CUE_BIT(CUE_SAMPLE)) != NULL
		&& k == i && (k - 1 == b || scene_cue(s, base->from, base->f->at.b, CUE_BIT(CUE_BREAK)));
	if (grim_audit(a, p, base, sample))
		return;
	if (ratio_cmp(p->value, ratio_int(100, 1)) > 0) {
		audit_drop(a, "rate", p, base, "more than all");
		return;
	}
	if (ratio_cmp(p->value, ratio_int(100, 1)) == 0) {
		audit_drop(a, "rate", p, base, "all of it, whatever the base");
		return;
	}
	struct claim c = {.kind = "rate", .holds = HOLDS_UNCLEAR, .stated_text = item_surface(s, p)};
	struct ratio whole = ratio_div(ratio_mul(base->value, p->value), ratio_int(100, 1));
	struct str x = item_surface(s, base), v = audit_number(a, whole, "");
	c.bases = audit_text(a, "%.*s×%.*s=%.*s", STR_ARG(x), STR_ARG(c.stated_text), STR_ARG(v));
	claim_item(&c, p);
	claim_item(&c, base);
	audit_find(a, &c);
}

/* Where the character 率 of the cue stands: 办结率 is one cue. */
static uint32_t rate_sign(const struct scene *s, const struct hit *rate)
{
	for (uint32_t i = rate->b; i < rate->e; i += 3)
		if (rate->e - i >= 3 && memcmp(s->text.s + i, "率", 3) == 0)
			return i;
	return rate->b;
}

/* Words, or the catalogue, say that the numerator comes out of the base: 受理 and
 * 办结, 发现 and 整改. */
static bool is_flow(const struct audit *a, const struct rate *r)
{
	const struct scene *s = &a->scene;
	struct str in = item_words(s, r->whole);
	uint32_t b = (uint32_t)(in.s - s->text.s);
	const struct catalogue_row *row = catalogue_find(&a->catalogue, r->p->f->indicator);

	return scene_cue(s, b, r->whole->f->at.b, CUE_BIT(CUE_ENTRY)) != NULL
		|| (row && row->den.n && str_eq(row->den, r->whole->f->indicator)
			&& str_eq(row->num, r->num->f->indicator));
}

/* The catalogue proposes: numbers of this segment that are numerator and base. */
static void rate_catalogue(struct audit *a, size_t i, struct rate *r)
{
	const struct scene *s = &a->scene;
	const struct catalogue_row *row = catalogue_find(&a->catalogue, r->p->f->indicator);
	uint32_t segment = s->sentences[r->p->sentence].segment;
	const struct item *num = NULL, *den = NULL;

	if (!row || !row->num.n)
		return;
	for (size_t k = i > 24 ? i - 24 : 0; k < s->n && k < i + 24; k++) {
		const struct item *x = &s->items[k];
		if (s->sentences[x->sentence].segment != segment || !item_is_amount(x)
		    || !item_same_frame(x, r->p))
			continue;
		if (str_eq(x->f->indicator, row->num))
			num = num && k > i ? num : x;
		if (str_eq(x->f->indicator, row->den))
			den = den && k > i ? den : x;
	}
	if (num && den && item_same_unit(num, den) && ratio_cmp(den->value, num->value) >= 0) {
		r->num = num;
		r->num_at = (size_t)(num - s->items);
		r->whole = den;
	}
}

/* FROM: where the words begin that end in 率. */
static void word_audit(struct audit *a, size_t i, uint32_t from, const struct hit *rate)
{
	const struct scene *s = &a->scene;
	struct rate r = {.p = &s->items[i]};
	uint32_t sign = rate_sign(s, rate);
	struct str stem = rate_stem(s, from, sign);

	const struct hit *comma = scene_cue_last(s, from, sign, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_BREAK));
	struct str name = str_sub(s->text, comma ? comma->e : from, sign);

	if (stem.s && rate_numerator(s, i, stem, name, &r.num_at)) {
		r.num = &s->items[r.num_at];
		struct link link = link_whole(s, r.num_at);
		r.whole = link.whole ? link.whole : rate_base(s, r.num_at);
		r.named = r.whole && (link.whole ? link.close : is_flow(a, &r));
		/* 重大案件办结率 may count only some of what was closed */
		if (r.whole && text_chars(name) > text_common(name, item_words(s, r.num)) + 2)
			r.hedged = true;
	}
	if (!r.num || !r.whole) {
		struct rate by_catalogue = r;
		rate_catalogue(a, i, &by_catalogue);
		if (by_catalogue.num && by_catalogue.whole) {
			by_catalogue.named = false;
			r = by_catalogue;
		}
	}
	if (!r.num) {
		rate_open(a, i);
		return;
	}
	if (!item_same_frame(r.p, r.num) || (r.whole && !item_same_frame(r.num, r.whole)))
		r.hedged = true;
	struct span at = s->sentences[r.p->sentence].at;
	if (scene_cue(s, at.b, at.e, CUE_BIT(CUE_STOCK)))
		r.hedged = true;
	if (scene_cue(s, from, r.p->f->at.b, CUE_BIT(CUE_NARROWER)))
		r.hedged = true;
	r.stock = (rate->classes & CUE_BIT(CUE_STOCK_RATE)) != 0;
	rate_decide(a, &r);
}

void rate_audit(struct audit *a)
{
	const struct scene *s = &a->scene;

	for (size_t i = 0; i < s->n; i++) {
		const struct item *p = &s->items[i];
		if (p->f->kind != FACT_PERCENT || !item_is_level(p))
			continue;
		const struct hit *share = scene_cue_last(s, p->from, p->f->at.b, CUE_BIT(CUE_SHARE));
		const struct hit *rate = scene_cue_last(s, p->from, p->f->at.b, CUE_BIT(CUE_RATE)
			| CUE_BIT(CUE_STOCK_RATE));
		/* in a list of shares only the first has its 占 */
		for (size_t k = i; !share && !rate && k > s->first[p->sentence] && s->items[k - 1].f->kind
		     == FACT_PERCENT && scene_other(s, s->items[k].from, s->items[k].f->at.b,
			CUE_BIT(CUE_JOIN) | CUE_BIT(CUE_COMMA)) == 0; k--)
			share = scene_cue_last(s, s->items[k - 1].from, s->items[k - 1].f->at.b, CUE_BIT(CUE_SHARE));
		/* 败诉率由7.1%降至6.0%: both are the rate */
		uint32_t from = p->from;
		if (!share && !rate && i > s->first[p->sentence] && s->items[i - 1].f->kind == FACT_PERCENT
		    && scene_cue(s, p->from, p->f->at.b, CUE_BIT(CUE_TO))
		    && scene_other(s, p->from, p->f->at.b, CUE_BIT(CUE_TO) | CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_FILLER)) == 0) {
			from = s->items[i - 1].from;
			rate = scene_cue_last(s, from, s->items[i - 1].f->at.b, CUE_BIT(CUE_RATE) | CUE_BIT(CUE_STOCK_RATE));
		}
		if (rate && (!share || share->b < rate->b))
			word_audit(a, i, from, rate);
		else if (share)
			share_audit(a, i, share);
		else
			audit_drop(a, "rate", p, NULL, "neither a share nor a rate");
	}
}
