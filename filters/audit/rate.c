/* rate: a / b against r %.
 *
 * 占 takes the number before it over the whole that 其中 or the words name (share.c);
 * a rate (办结率) takes the number that has its stem (办结) over the one before
 * (word.c). Here both are judged. Where no base is named, every base near is tried,
 * and nothing is accused. */
#include "audit.h"

enum { BASES_MOST = 12 };

struct range rate_share(struct range num, struct range whole)
{
	return range_mul(range_div(num, whole), ratio_int(100, 1));
}

/* Counted numbers that are far from the share: no exact look is needed. */
static bool is_far(const struct item *p, const struct item *num, const struct item *whole)
{
	if (!p->exact || !ratio_ok(p->value) || !num->exact || !num->counted || !whole->exact || !whole->counted || whole->near <= 0)
		return false;
	double off = 100 * num->near / whole->near - p->near, unit = ratio_double(item_ulp(p));
	/* said, or cut, it lies within a unit of its last digit */
	return unit > 0 && (off > unit * 1.001 || off < -unit);
}

enum holds rate_try(const struct scene *s, const struct item *p, const struct item *num,
	const struct item *whole)
{
	if (is_far(p, num, whole))
		return HOLDS_NO;
	return audit_verdict(s, p, rate_share(item_said(s, num), item_said(s, whole)),
		rate_share(item_cut(s, num), item_cut(s, whole)));
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
	if (holds != HOLDS_UNCLEAR)
		a->base[r->p - a->scene.items] = whole;
	audit_find(a, &c);
}

/* The shares of one list that all miss their whole, but agree on another: a base
 * that the text does not name. */
static size_t base_implied(const struct scene *s, const struct rate *r)
{
	struct range hundred = range_point(ratio_int(100, 1));
	struct range mine = range_div(range_mul(item_cut(s, r->num), ratio_int(100, 1)), item_cut(s, r->p));
	size_t b, e, agree = 0;

	scene_sentence(s, r->p->sentence, &b, &e);
	for (size_t i = b + 1; i < e; i++) {
		const struct item *p = &s->items[i], *num = p - 1;
		if (p == r->p || p->f->kind != FACT_PERCENT || !item_is_level(p) || !item_is_amount(num)
		    || !item_same_unit(num, r->num) || p->value.n <= 0
		    || !item_cue(s, p, CUE_BIT(CUE_SHARE)))
			continue;
		struct range base = range_div(range_mul(item_cut(s, num), hundred.lo), item_cut(s, p));
		if (!range_meet(base, mine))
			return 0;
		agree += !r->whole || rate_try(s, p, num, r->whole) != HOLDS_YES;
	}
	return agree;
}

/* How many other shares of the sentence the base gives too. */
static size_t base_shared(const struct scene *s, const struct rate *r, const struct item *base)
{
	size_t b, e, n = 0;

	scene_sentence(s, r->p->sentence, &b, &e);
	for (size_t i = b + 1; i < e; i++) {
		const struct item *p = &s->items[i], *num = p - 1;
		if (p != r->p && num != base && p->f->kind == FACT_PERCENT && item_is_level(p) && item_is_amount(num)
		    && item_same_unit(num, r->num) && ratio_cmp(num->value, r->num->value) != 0
		    && item_cue(s, p, CUE_BIT(CUE_SHARE)) && rate_try(s, p, num, base) != HOLDS_NO)
			n++;
	}
	return n;
}

/* The shares of a list may have been trimmed so that they add up to 100. */
static bool is_trimmed(const struct scene *s, const struct rate *r)
{
	struct ratio sum = ratio_int(0, 1), hundred = ratio_int(100, 1);
	struct ratio off = ratio_sub(share_value(r->num, r->whole), r->p->value);
	size_t b, e;

	off.n = off.n < 0 ? -off.n : off.n;
	if (ratio_cmp(off, ratio_mul(item_ulp(r->p), ratio_int(3, 2))) > 0)
		return false;
	scene_sentence(s, r->p->sentence, &b, &e);
	for (size_t i = b; i < e; i++)
		if (s->items[i].f->kind == FACT_PERCENT && item_is_level(&s->items[i]))
			sum = ratio_add(sum, s->items[i].value);
	return ratio_cmp(sum, hundred) == 0;
}

/* Some honest reading of the numbers gives the rate; or the words leave one open. */
static bool is_open(struct audit *a, struct rate *r)
{
	const struct scene *s = &a->scene;

	if (!r->named || !r->p->exact || !r->num->exact || !r->whole->exact) {
		r->why = r->named ? "a number is only a bound" : "the base is not named";
		return true;
	}
	if (range_meet(item_cut(s, r->p), rate_share(item_round(s, r->num, ROUND_PART),
			item_round(s, r->whole, ROUND_WHOLE)))) {
		r->why = "round numbers";
		return true;
	}
	if (r->stock && ratio_cmp(share_value(r->num, r->whole), r->p->value) >= 0) {
		r->why = "carried cases may stand in the base";
		return true;
	}
	if (base_implied(s, r) > 0) {
		r->why = "the shares of the list agree on another base";
		return true;
	}
	if (is_trimmed(s, r)) {
		r->why = "the shares were made to add up to 100";
		return true;
	}
	if (elsewhere_is(a, r)) {
		r->why = "a number elsewhere gives the rate";
		return true;
	}
	return false;
}

/* The share and another of its sentence make up 100, and their numbers the base. */
static bool is_complement(const struct scene *s, const struct rate *r, const struct item *base)
{
	size_t b, e;

	scene_sentence(s, r->p->sentence, &b, &e);
	for (size_t i = b + 1; i < e; i++) {
		const struct item *p = &s->items[i], *num = p - 1;
		if (p != r->p && p->f->kind == FACT_PERCENT && item_is_level(p) && item_is_amount(num) && item_same_unit(num, r->num)
		    && ratio_cmp(ratio_add(p->value, r->p->value), ratio_int(100, 1)) == 0
		    && ratio_cmp(ratio_add(num->value, r->num->value), base->value) == 0)
			return true;
	}
	return false;
}

/* A number of the paragraphs before that gives all the shares of the sentence, two at
 * least: 占申请总数的 of a section that the total opens. */
static const struct item *base_far(const struct scene *s, const struct rate *r)
{
	enum { BACK_MOST = 64 };
	size_t at = (size_t)(r->num - s->items);
	const struct item *cut = NULL;

	for (size_t i = at; i-- > 0 && i + BACK_MOST > at;) {
		const struct item *x = &s->items[i];
		if (!item_is_amount(x) || !item_same_unit(x, r->num) || ratio_cmp(x->value, r->num->value) <= 0)
			continue;
		enum holds holds = rate_try(s, r->p, r->num, x);
		if (holds == HOLDS_NO || (base_shared(s, r, x) < 2 && !is_complement(s, r, x)))
			continue;
		if (holds == HOLDS_YES)
			return x;
		cut = cut ? cut : x;
	}
	return cut;
}

/* Three digits at least: a base that gives it is hardly one by chance. */
static bool is_precise(const struct item *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->f->digits.n; i++)
		n += p->f->digits.s[i] != '.';
	return n >= 3;
}

/* The base of a share before it in the sentence that gives this one, too: in 甲占50%；乙占50%，
 * 其中丙占20% all are of the same. */
static const struct item *base_agreed(const struct audit *a, const struct rate *r)
{
	const struct scene *s = &a->scene;
	enum { BACK_MOST = 32 };

	for (const struct item *p = r->p; p-- > s->items && p + BACK_MOST > r->p && scene_together(s, p, r->p);) {
		const struct item *base = a->base[p - s->items];
		if (!base || base == r->num || !item_same_unit(base, r->num))
			continue;
		/* further up the fit must be close to be none by chance */
		enum holds holds = rate_try(s, r->p, r->num, base);
		if (p->sentence == r->p->sentence ? holds != HOLDS_NO : holds == HOLDS_YES && is_precise(r->p))
			return base;
	}
	return NULL;
}

void rate_decide(struct audit *a, struct rate *r)
{
	const struct scene *s = &a->scene;
	const struct item *bases[BASES_MOST];
	/* behind 其中 of a list that is over already */
	if (r->whole && r->p->exact && ratio_cmp(r->whole->value, r->num->value) < 0 && ratio_cmp(r->p->value, ratio_int(100, 1)) <= 0)
		r->whole = NULL;
	enum holds holds = r->whole ? rate_try(s, r->p, r->num, r->whole) : HOLDS_UNCLEAR;

	if (r->whole && holds != HOLDS_NO) {
		rate_find(a, r, r->whole, holds, (struct str){"", 0});
		return;
	}
	const struct item *agreed = base_agreed(a, r);
	if (agreed) {
		rate_find(a, r, agreed, rate_try(s, r->p, r->num, agreed), (struct str){"", 0});
		return;
	}
	size_t n = link_bases(s, r->num_at, bases, BASES_MOST);
	/* another base that fits: named by nobody, but an honest reading */
	for (size_t i = 0; i < n; i++) {
		enum holds other = rate_try(s, r->p, r->num, bases[i]);
		if (bases[i] == r->whole || other == HOLDS_NO)
			continue;
		bool alone = !r->whole && other == HOLDS_YES
			&& ((i == 0 && bases[i]->sentence == r->num->sentence) || (n <= 3 && is_precise(r->p)));
		bool shared = !r->whole && base_shared(s, r, bases[i]) > 0;
		rate_find(a, r, bases[i], alone || shared ? other : HOLDS_UNCLEAR,
			alone || shared ? (struct str){"", 0} : bases_text(a, r->num, bases, n));
		return;
	}
	const struct item *far = r->whole ? NULL : base_far(s, r);
	if (far) {
		rate_find(a, r, far, rate_try(s, r->p, r->num, far), (struct str){"", 0});
		return;
	}
	if (r->whole && !r->hedged && !is_open(a, r)) {
		rate_find(a, r, r->whole, HOLDS_NO, (struct str){"", 0});
		return;
	}
	if (n && !r->whole && base_implied(s, r) >= 2) {
		audit_drop(a, "rate", r->p, r->num, "the shares of the list agree on a base that is not given");
	} else if (n && r->given && !r->whole && !scene_cue(s, r->num->f->at.e, r->p->f->at.b, CUE_BIT(CUE_GENERAL))) {
		/* 占年初预算的25% */
		audit_drop(a, "rate", r->p, r->num, "the number that the words name as its base does not stand near");
	} else if (n) {
		if (r->why)
			audit_drop(a, "rate", r->p, r->num, r->why);
		rate_find(a, r, NULL, HOLDS_UNCLEAR, bases_text(a, r->num, bases, n));
	} else {
		audit_drop(a, "rate", r->p, r->num, r->why ? r->why : "no base stands near");
	}
}

/* The 占 of a list of shares: only the first may have it. */
static const struct hit *share_of_list(const struct scene *s, size_t i)
{
	const struct hit *share = NULL;

	for (size_t k = i; !share && k > s->first[s->items[i].sentence] && s->items[k - 1].f->kind
	     == FACT_PERCENT && scene_other(s, s->items[k].from, s->items[k].f->at.b,
		CUE_BIT(CUE_JOIN) | CUE_BIT(CUE_COMMA)) == 0; k--)
		share = item_cue_last(s, &s->items[k - 1], CUE_BIT(CUE_SHARE));
	return share;
}

/* The 占 of its clause: in 占生产总值的比重为6.6% the first of two. */
static const struct hit *share_begin(const struct scene *s, const struct item *p)
{
	const struct hit *share = item_cue_last(s, p, CUE_BIT(CUE_SHARE)), *comma = item_cue_last(s, p, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_BREAK));

	return share ? scene_cue(s, comma && comma->e <= share->b ? comma->e : p->from, share->e, CUE_BIT(CUE_SHARE)) : NULL;
}

void rate_audit(struct audit *a)
{
	const struct scene *s = &a->scene;
	const uint64_t rates = CUE_BIT(CUE_RATE) | CUE_BIT(CUE_STOCK_RATE);

	for (size_t i = 0; i < s->n; i++) {
		const struct item *p = &s->items[i];
		if (p->f->kind != FACT_PERCENT || !item_is_level(p))
			continue;
		if (!scene_has(s, p, rates | CUE_BIT(CUE_SHARE))) {
			audit_drop(a, "rate", p, NULL, "neither a share nor a rate");
			continue;
		}
		const struct hit *share = share_begin(s, p);
		const struct hit *rate = item_cue_last(s, p, rates);
		if (!share && !rate)
			share = share_of_list(s, i);
		/* 败诉率由7.1%降至6.0%: both are the rate */
		uint32_t from = p->from;
		if (!share && !rate && i > s->first[p->sentence] && s->items[i - 1].f->kind == FACT_PERCENT
		    && item_cue(s, p, CUE_BIT(CUE_TO))
		    && scene_other(s, p->from, p->f->at.b, CUE_BIT(CUE_TO) | CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_FILLER)) == 0) {
			from = s->items[i - 1].from;
			rate = scene_cue_last(s, from, s->items[i - 1].f->at.b, rates);
		}
		if (!share && !rate && share_over(a, i))
			continue;
		if (rate && (!share || share->b < rate->b))
			word_audit(a, i, from, rate);
		else if (share)
			share_audit(a, i, share);
		else
			audit_drop(a, "rate", p, NULL, "neither a share nor a rate");
	}
}
