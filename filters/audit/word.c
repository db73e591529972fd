/* word: 办结率98%: the number that has the stem of the rate (办结), over the number
 * before it (受理); the catalogue's rate_of proposes where the words do not say. */
#include "audit.h"

/* The last two characters of the word before 率: 办结, 成功, 应诉. */
static struct str rate_stem(const struct scene *s, uint32_t b, uint32_t e)
{
	size_t at = e;

	for (int k = 0; k < 2 && at > b; k++)
		at = utf8_prev(s->text.s, at);
	return at >= b && e - at == 6 ? str_sub(s->text, at, e) : (struct str){NULL, 0};
}

/* 不合格32批次, 合格率: words that say the contrary of the rate's stem, which its NAME does not (不合格率). */
static bool is_contrary(struct str words, struct str stem, struct str name)
{
	static const char *const signs[] = {"不", "未", "非", "无", "没有", "难以", NULL};
	size_t at = str_find(words, stem, 0), named = str_find(name, stem, 0);

	for (int k = 0; at != SIZE_MAX && signs[k]; k++) {
		struct str sign = str_of(signs[k]);
		if (str_ends(str_sub(words, 0, at), sign))
			return named == SIZE_MAX || !str_ends(str_sub(name, 0, named), sign);
	}
	return false;
}

/* The nearest amount before I whose words have the stem, or some of the rate's NAME; CLOSES:
 * the rate is of what was closed, by whatever word (审结95件，结案率95%). */
static bool rate_numerator(const struct scene *s, size_t i, struct str stem, struct str name, bool closes, size_t *num)
{
	size_t b, e, best = 0;

	scene_sentence(s, s->items[i].sentence, &b, &e);
	for (size_t k = i; k-- > b;) {
		const struct item *x = &s->items[k];
		if (scene_cue(s, x->f->at.e, s->items[i].f->at.b, CUE_BIT(CUE_BREAK)))
			break;
		if (!item_is_amount(x))
			continue;
		struct str words = item_words(s, x);
		if (is_contrary(words, stem, name))
			continue;
		/* 应训426名，实训409名，参训率 */
		bool done = k + 1 == i && k > b && item_cue(s, x, CUE_BIT(CUE_DONE)) && item_cue(s, x - 1, CUE_BIT(CUE_DUE));
		/* the number right before may name it in part: 实际出庭60件，出庭应诉率 */
		size_t common = text_common(words, name);
		if (!done && str_find(words, stem, 0) == SIZE_MAX && !(k + 1 == i && common >= 2)
		    && !(closes && scene_cue(s, (uint32_t)(words.s - s->text.s), x->f->at.b, CUE_BIT(CUE_CLOSED))))
			continue;
		/* 有效公开2262件，无效公开37件，有效公开率 */
		if (done || common + 1 > best) {
			best = done ? SIZE_MAX : common + 1;
			*num = k;
		}
		if (done)
			break;
	}
	return best > 0;
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

/* BASE was drawn to be looked at, and the rate is theirs: 抽查案卷30件，合格率90%. The
 * rate's name says no other thing than its grade and what was drawn. */
static bool is_sample(const struct scene *s, const struct item *base, const struct item *p, struct str name)
{
	uint32_t clause = item_clause(s, p), b = (uint32_t)(name.s - s->text.s);
	struct str words = str_sub(s->text, base->from, clause);

	if (!scene_cue(s, base->from, clause, CUE_BIT(CUE_SAMPLE))
	    || scene_cue(s, b, p->f->at.b, CUE_BIT(CUE_NARROWER) | CUE_BIT(CUE_WIDER))
	    || item_cue(s, base, CUE_BIT(CUE_BEFORE)))
		return false;
	size_t other = scene_other(s, b, b + (uint32_t)name.n, CUE_BIT(CUE_GRADE) | CUE_BIT(CUE_SAMPLE) | CUE_BIT(CUE_FILLER));
	return other <= 3 * text_common(name, words);
}

/* The number right before the rate is what was drawn: whole numbers decide. */
static bool sample_audit(struct audit *a, size_t i, struct str name)
{
	const struct scene *s = &a->scene;
	const struct item *p = &s->items[i], *base = p - 1;

	/* 抽检5次: of how many things, is not said */
	return base->f->kind == FACT_COUNT && item_is_amount(base) && !item_unit_is(s, base, CUE_BIT(CUE_OCCASION))
		&& !scene_cue(s, base->f->at.e, p->f->at.b, CUE_BIT(CUE_BREAK))
		&& (i - 1 == s->first[p->sentence] || item_cue(s, base, CUE_BIT(CUE_BREAK) | CUE_BIT(CUE_COMMA)))
		&& is_sample(s, base, p, name) && grim_audit(a, p, base, true);
}

/* A rate of which only a base can be meant: what is tried, nothing is judged. */
static void rate_open(struct audit *a, size_t i)
{
	const struct scene *s = &a->scene;
	const struct item *p = &s->items[i];
	size_t b, e;

	scene_sentence(s, p->sentence, &b, &e);
	const struct item *base = i > b ? &s->items[i - 1] : NULL;
	if (!base || base->f->kind != FACT_COUNT || !item_is_amount(base)
	    || scene_cue(s, base->f->at.e, p->f->at.b, CUE_BIT(CUE_BREAK))) {
		audit_drop(a, "rate", p, NULL, "no count stands before it");
		return;
	}
	if (grim_audit(a, p, base, false))
		return;
	int order = ratio_cmp(p->value, ratio_int(100, 1));
	if (order >= 0) {
		audit_drop(a, "rate", p, base, order > 0 ? "more than all" : "all of it, whatever the base");
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

/* 抽检1260批次，不合格32批次，合格率97.5%: what is left of the whole without the contrary. True where it is the
 * rate; nothing is accused. */
static bool rest_audit(struct audit *a, size_t i, struct str stem, struct str name)
{
	const struct scene *s = &a->scene;
	const struct item *p = &s->items[i], *num = p - 1;
	struct range hundred = range_point(ratio_int(100, 1));
	size_t b, e;

	scene_sentence(s, p->sentence, &b, &e);
	if (!stem.s || i == b || !item_is_amount(num) || !is_contrary(item_words(s, num), stem, name))
		return false;
	struct link link = link_whole(s, i - 1);
	const struct item *whole = link.whole ? link.whole : rate_base(s, i - 1);
	if (!whole || !item_same_frame(num, whole) || !item_same_frame(p, num)
	    || audit_verdict(s, p, range_sub(hundred, rate_share(item_said(s, num), item_said(s, whole))),
		range_sub(hundred, rate_share(item_cut(s, num), item_cut(s, whole)))) != HOLDS_YES)
		return false;
	struct str x = item_surface(s, whole), y = item_surface(s, num);
	struct claim c = {.kind = "rate", .holds = HOLDS_YES, .stated = p->value, .unit = "%",
		.stated_text = item_surface(s, p), .whole = x, .part = audit_text(a, "(%.*s-%.*s)", STR_ARG(x), STR_ARG(y)),
		.computed = ratio_sub(ratio_int(100, 1), ratio_mul(ratio_div(num->value, whole->value), ratio_int(100, 1)))};
	claim_item(&c, p);
	claim_item(&c, num);
	claim_item(&c, whole);
	a->base[i] = whole;
	audit_find(a, &c);
	return true;
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

	return scene_cue(s, b, r->whole->f->at.b, CUE_BIT(CUE_ENTRY) | CUE_BIT(CUE_SAMPLE)) != NULL
		|| (row && row->den.n && str_eq(row->den, r->whole->f->indicator)
			&& str_eq(row->num, r->num->f->indicator));
}

/* Indicators of two matters: a case of legal aid is no base for what was decided in reviews. */
static bool is_foreign(const struct item *a, const struct item *b)
{
	struct str x = a->f->indicator, y = b->f->indicator;
	size_t n = x.n ? str_find(x, STR("."), 0) : SIZE_MAX, m = y.n ? str_find(y, STR("."), 0) : SIZE_MAX;

	return n != SIZE_MAX && m != SIZE_MAX && !str_eq(str_sub(x, 0, n), str_sub(y, 0, m));
}

/* Between the numerator and the rate a number of what came in starts another count: 结案352件，受理争议623件，结案率. */
static bool begins_anew(const struct scene *s, const struct item *num, const struct item *p)
{
	for (const struct item *x = num + 1; x < p; x++)
		if (item_is_amount(x) && item_cue(s, x, CUE_BIT(CUE_ENTRY)))
			return true;
	return false;
}

/* 转办1.8万件，行政案件诉前化解126件: so many words of its own, and none of the whole's. */
static bool is_of_its_own(const struct scene *s, const struct item *num, const struct item *whole)
{
	enum { NAME_LEAST = 7 };
	struct str words = item_words(s, num);

	return text_chars(words) >= NAME_LEAST && text_covered(words, item_words(s, whole)) == 0;
}

/* The catalogue proposes: numbers of this segment that are numerator and base. */
static void rate_catalogue(struct audit *a, size_t i, struct rate *r)
{
	const struct scene *s = &a->scene;
	const struct catalogue_row *row = catalogue_find(&a->catalogue, r->p->f->indicator);
	const struct item *num = NULL, *den = NULL;

	if (!row || !row->num.n)
		return;
	for (size_t k = i > 24 ? i - 24 : 0; k < s->n && k < i + 24; k++) {
		const struct item *x = &s->items[k];
		if (!scene_together(s, x, r->p) || !item_is_amount(x) || !item_same_frame(x, r->p))
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
		r->named = false;
	}
}

void word_audit(struct audit *a, size_t i, uint32_t from, const struct hit *rate)
{
	const struct scene *s = &a->scene;
	struct rate r = {.p = &s->items[i]};
	uint32_t sign = rate_sign(s, rate);
	struct str stem = rate_stem(s, from, sign);
	const struct hit *comma = scene_cue_last(s, from, sign, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_BREAK));
	struct str name = str_sub(s->text, comma ? comma->e : from, sign);

	if (i > s->first[r.p->sentence] && sample_audit(a, i, name))
		return;
	if (rest_audit(a, i, stem, name))
		return;
	bool closes = scene_cue(s, from, r.p->f->at.b, CUE_BIT(CUE_CLOSED)) != NULL;
	if (stem.s && rate_numerator(s, i, stem, name, closes, &r.num_at)) {
		r.num = &s->items[r.num_at];
		struct link link = link_whole(s, r.num_at);
		r.whole = link.whole ? link.whole : rate_base(s, r.num_at);
		r.named = r.whole && (link.whole ? link.close : is_flow(a, &r));
		/* 重大案件办结率 may count only some of what was closed */
		if (r.whole && text_chars(name) > text_common(name, item_words(s, r.num)) + 2)
			r.hedged = true;
	}
	if (!r.num || !r.whole)
		rate_catalogue(a, i, &r);
	if (!r.num) {
		rate_open(a, i);
		return;
	}
	if (!item_same_frame(r.p, r.num) || (r.whole && (!item_same_frame(r.num, r.whole) || is_foreign(r.num, r.whole))))
		r.hedged = true;
	if (r.whole && (is_foreign(r.p, r.whole) || begins_anew(s, r.num, r.p) || is_of_its_own(s, r.num, r.whole)))
		r.hedged = true;
	/* 按时报备35件，及时报备率: what counts only some is said of the number, too */
	if (scene_has(s, r.p, CUE_BIT(CUE_STOCK))
	    || (scene_cue(s, from, r.p->f->at.b, CUE_BIT(CUE_NARROWER)) && !item_cue(s, r.num, CUE_BIT(CUE_NARROWER))))
		r.hedged = true;
	r.stock = (rate->classes & CUE_BIT(CUE_STOCK_RATE)) != 0;
	rate_decide(a, &r);
}
