/* growth: two levels against a change in percent. difference: two levels against a
 * change in things, money or points. The earlier level is the one that 由, 上年 or
 * its period marks; without it nothing is said. */
#include "audit.h"

/* The level before I that the words mark as the earlier one, and the other one. */
struct levels {
	const struct item *low, *high;  /* earlier, later; or the one compared with, and ours */
	bool sure;
};

/* Marked before the number, since the number or comma before it. */
static bool marked(const struct scene *s, const struct item *x, uint64_t classes)
{
	const struct hit *comma = item_cue_last(s, x, CUE_BIT(CUE_COMMA));
	return scene_cue(s, comma ? comma->e : x->from, x->f->at.b, classes) != NULL;
}

/* 由312万元下降为286万元: a level, though told with a word of change. */
static bool is_reached(const struct scene *s, const struct item *x)
{
	return x->f->change != CHANGE_LEVEL && marked(s, x, CUE_BIT(CUE_TO));
}

static bool is_level(const struct scene *s, const struct item *x)
{
	return (x->f->change == CHANGE_LEVEL || is_reached(s, x)) && x->f->modality != MODALITY_TARGET
		&& (x->f->kind == FACT_COUNT || x->f->kind == FACT_MONEY || x->f->kind == FACT_PERCENT
			|| x->f->kind == FACT_MEASURE || x->f->kind == FACT_DURATION);
}

/* 高于全市42.9%，高出14.1个百分点: behind it a distance follows, so it is a level,
 * though alone it could say by how much. */
static bool is_compared(const struct item *x)
{
	return x->f->kind == FACT_PERCENT && x->f->modality != MODALITY_TARGET
		&& (x->f->change == CHANGE_ABOVE || x->f->change == CHANGE_BELOW);
}

static bool earlier(const struct item *x, const struct item *y)
{
	struct str a = x->f->period, b = y->f->period;
	return a.n >= 4 && b.n >= 4 && a.s[0] >= '0' && a.s[0] <= '9' && b.s[0] >= '0' && b.s[0] <= '9'
		&& memcmp(a.s, b.s, 4) < 0;
}

/* 与上届的334020人相比，: the words behind it say that ours is compared with it. */
static bool compared_behind(const struct scene *s, const struct item *x)
{
	const struct hit *h = scene_cue(s, x->f->at.e, x->f->at.e + 1, CUE_BIT(CUE_COMPARED));
	uint32_t end = s->sentences[x->sentence].at.e, stop = x + 1 < s->items + s->n && x[1].f->at.b < end ? x[1].f->at.b : end;

	return h && !scene_cue(s, h->e, stop, CUE_BIT(CUE_BEFORE));
}

static bool marked_old(const struct scene *s, const struct item *x)
{
	return marked(s, x, CUE_BIT(CUE_BEFORE) | CUE_BIT(CUE_FROM)) || compared_behind(s, x);
}

/* 多了111件: a change by its word, though it may not be known as one. */
static bool is_by_much(const struct scene *s, const struct item *x)
{
	const struct hit *h = item_cue_last(s, x, CUE_BIT(CUE_STEP));

	return h && scene_other(s, h->e, x->f->at.b, CUE_BIT(CUE_FILLER)) == 0;
}

/* X is said of a year before that of the change Y. */
static bool is_before(const struct item *x, const struct item *y)
{
	return earlier(x, y) || x->f->modality == MODALITY_REFERENCE;
}

/* 件数下降38.24%: the words of the change name the unit. Bytes of 件数 where it is that of
 * X; SIZE_MAX where it is another; 0 where no unit is named. */
static size_t unit_named(const struct scene *s, const struct item *change, const struct item *x)
{
	struct str words = str_sub(s->text, change->from, change->f->at.b), unit = x->f->unit;
	size_t at = str_find(words, STR("数"), 0);

	if (at == SIZE_MAX || at < 3)
		return 0;
	return unit.n && at >= unit.n && str_ends(str_sub(words, 0, at), unit) ? unit.n + 3 : SIZE_MAX;
}

static bool levels_find(const struct scene *s, size_t i, struct levels *out)
{
	const struct item *change = &s->items[i];
	size_t b, e;
	bool compare = change->f->change == CHANGE_ABOVE || change->f->change == CHANGE_BELOW;

	scene_sentence(s, change->sentence, &b, &e);
	for (size_t hi = i; hi-- > b && hi + 4 > i;) {
		const struct item *y = &s->items[hi];
		if (unit_named(s, change, y) == SIZE_MAX)
			continue;
		if (!(is_level(s, y) || (compare && is_compared(y))) || is_by_much(s, y) || scene_cue(s, y->f->at.e, change->f->at.b, CUE_BIT(CUE_BREAK)))
			continue;
		for (size_t lo = hi; lo-- > b && lo + 3 > hi;) {
			const struct item *x = &s->items[lo];
			if (!is_level(s, x) || is_by_much(s, x) || !item_same_unit(x, y) || scene_cue(s, x->f->at.e, y->f->at.b, CUE_BIT(CUE_BREAK)))
				continue;
			*out = (struct levels){x, y, true};
			if (compare) {
				/* 57%，高于全市42.9%，高出14.1个百分点 */
				if (marked(s, y, CUE_BIT(CUE_ABOVE) | CUE_BIT(CUE_UNDER) | CUE_BIT(CUE_THAN)) || y->f->modality == MODALITY_REFERENCE) {
					*out = (struct levels){y, x, true};
					return true;
				}
				continue;
			}
			if (marked(s, x, CUE_BIT(CUE_FROM)) && marked(s, y, CUE_BIT(CUE_TO)))
				return true;
			if ((marked_old(s, x) && !marked_old(s, y)) || earlier(x, y))
				return true;
			/* 12.8%，由16.3%下降 */
			if ((marked_old(s, y) && !marked_old(s, x)) || earlier(y, x)) {
				*out = (struct levels){y, x, true};
				return true;
			}
		}
	}
	return false;
}

/* A level and the amount that came on top of it: 办理1711件，增加251件, or that led to
 * it: 比上年的1460件增加251件. */
struct step {
	const struct item *level, *amount;
	struct ratio before, after;
	struct range said, cut;         /* of the change in percent */
};

/* The words before X say that it is itself a change (累计减少材料34409份), or an average:
 * no level that a step was added to, and no step that was. */
static bool is_no_level(const struct scene *s, const struct item *x, bool step)
{
	const uint64_t before = CUE_BIT(CUE_BEFORE) | CUE_BIT(CUE_FROM) | CUE_BIT(CUE_THAN);

	if (item_cue(s, x, CUE_BIT(CUE_NARROWER) | CUE_BIT(CUE_YEARLY)))
		return true;
	for (const struct hit *h = step ? NULL : scene_cue(s, item_clause(s, x), x->f->at.b, CUE_BIT(CUE_CHANGE)); h;
	     h = scene_cue(s, h->e, x->f->at.b, CUE_BIT(CUE_CHANGE)))
		if (!(h->classes & before))
			return true;
	return false;
}

static bool step_find(const struct scene *s, size_t i, struct step *out)
{
	size_t b, e;

	scene_sentence(s, s->items[i].sentence, &b, &e);
	if (i < b + 2)
		return false;
	const struct item *d = &s->items[i - 1], *y = d - 1;
	/* 与100件相比，十年共增加20件 */
	while (y > &s->items[b] && y->f->kind == FACT_DURATION)
		y--;
	/* 较上年增加45件，达到216件，增长26.3% */
	if (is_level(s, d) && !is_level(s, y)
	    && scene_other(s, y->f->at.e, d->f->at.b, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_FILLER) | CUE_BIT(CUE_TO)) == 0) {
		d = y;
		y = &s->items[i - 1];
	}
	if (d->f->change != s->items[i].f->change || is_reached(s, d) || !is_level(s, y) || !item_same_unit(d, y)
	    || d->f->kind == FACT_PERCENT || scene_cue(s, y->f->at.e, s->items[i].f->at.b, CUE_BIT(CUE_BREAK)))
		return false;
	if (is_no_level(s, y, false) || is_no_level(s, d, true))
		return false;
	bool up = d->f->change == CHANGE_UP;
	struct range old = item_said(s, y), old_cut = item_cut(s, y), said = item_said(s, d), cut = item_cut(s, d);
	struct ratio less = ratio_sub(y->value, d->value), more = ratio_add(y->value, d->value);
	*out = (struct step){.level = y, .amount = d, .before = y->value, .after = y->value};
	if (marked_old(s, y) || marked(s, y, CUE_BIT(CUE_THAN)) || is_before(y, d)) {
		out->after = up ? more : less;
	} else {
		old = up ? range_sub(old, said) : range_add(old, said);
		old_cut = up ? range_sub(old_cut, cut) : range_add(old_cut, cut);
		out->before = up ? less : more;
	}
	struct ratio hundred = ratio_int(100, 1);
	out->said = range_mul(range_div(said, old), hundred);
	out->cut = range_mul(range_div(cut, old_cut), hundred);
	return ratio_ok(out->before) && out->before.n > 0;
}

static struct range relative(struct range high, struct range low, bool up)
{
	struct range one = range_point(ratio_int(1, 1)), r = range_div(high, low);
	return range_mul(up ? range_sub(r, one) : range_sub(one, r), ratio_int(100, 1));
}

static void change_find(struct audit *a, struct claim c, enum holds holds, const struct item *p,
	const struct item *low, const struct item *high)
{
	c.holds = holds;
	c.stated = p->value;
	c.stated_text = item_surface(&a->scene, p);
	c.low = c.low.s ? c.low : item_surface(&a->scene, low);
	c.high = c.high.s ? c.high : item_surface(&a->scene, high);
	/* what is worth less in other prices grows otherwise: 按可比价格增长5% */
	if (c.holds == HOLDS_NO && c.unit && scene_has(&a->scene, p, CUE_BIT(CUE_COMPARABLE)))
		c.holds = HOLDS_UNCLEAR;
	claim_item(&c, p);
	claim_item(&c, high);
	claim_item(&c, low);
	if (holds == HOLDS_YES && !(p->exact && low->exact && high->exact))
		c.stated = c.computed;
	audit_find(a, &c);
}

/* Both levels must speak of one thing. */
static bool same_thing(const struct scene *s, const struct levels *l)
{
	if (marked(s, l->low, CUE_BIT(CUE_FROM)) || marked(s, l->high, CUE_BIT(CUE_FROM)))
		return true;
	struct str x = item_words(s, l->low), y = item_words(s, l->high);
	/* an earlier level mostly has no words but 上年 */
	return text_chars(x) <= 8 || text_chars(y) <= 8 || text_common(x, y) >= 4;
}

/* 由86件增至126件，增长46.5%，收案98件，下降15.5%: of another level, and theirs was told. */
static bool is_next(const struct scene *s, const struct item *p, const struct levels *l)
{
	for (const struct item *x = (l->low > l->high ? l->low : l->high) + 1; x < p; x++)
		if ((is_level(s, x) && !is_by_much(s, x)) || (x->f->kind == FACT_PERCENT && p->f->kind == FACT_PERCENT))
			return false;
	return true;
}

/* Between the levels and their change stand only words of change: 增长, 同比. A word
 * of its own (完成率增长20%) makes it the change of something else. */
static bool is_of_levels(const struct scene *s, const struct item *p, const struct item *level)
{
	return unit_named(s, p, level) == scene_other(s, p->from, p->f->at.b, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_JOIN) | CUE_BIT(CUE_FILLER) | CUE_BIT(CUE_CHANGE)
		| CUE_BIT(CUE_BEFORE) | CUE_BIT(CUE_ABOVE) | CUE_BIT(CUE_UNDER));
}

/* 97件134人，去年同期为197件375人，分别下降50.8%、64.3%: as many levels now and then as
 * there are changes, in the same order. *EACH: the words say 分别. */
static bool each_find(const struct scene *s, size_t i, struct levels *out, bool *each)
{
	size_t b, e, run = i, last = i;
	const uint64_t between = CUE_BIT(CUE_JOIN) | CUE_BIT(CUE_COMMA);

	scene_sentence(s, s->items[i].sentence, &b, &e);
	while (run > b && s->items[run - 1].f->kind == FACT_PERCENT && s->items[run - 1].f->change == s->items[i].f->change
	       && scene_other(s, s->items[run].from, s->items[run].f->at.b, between) == 0)
		run--;
	while (last + 1 < e && s->items[last + 1].f->kind == FACT_PERCENT && s->items[last + 1].f->change == s->items[i].f->change
	       && scene_other(s, s->items[last + 1].from, s->items[last + 1].f->at.b, between) == 0)
		last++;
	*each = item_cue(s, &s->items[run], CUE_BIT(CUE_EACH)) != NULL;
	size_t n = last - run + 1;
	if (!*each || run < b + 2 * n)
		return false;
	const struct item *now = &s->items[run - 2 * n], *then = &s->items[run - n];
	for (size_t k = 0; k < n; k++)
		if (!is_level(s, &now[k]) || !is_level(s, &then[k]) || !item_same_unit(&now[k], &then[k]))
			return false;
	bool later = marked(s, then, CUE_BIT(CUE_BEFORE) | CUE_BIT(CUE_FROM)) || earlier(then, now);
	bool first = marked(s, now, CUE_BIT(CUE_BEFORE) | CUE_BIT(CUE_FROM)) || earlier(now, then);
	if (later == first || scene_cue(s, now[0].f->at.e, s->items[run].f->at.b, CUE_BIT(CUE_BREAK)))
		return false;
	*out = later ? (struct levels){&then[i - run], &now[i - run], true} : (struct levels){&now[i - run], &then[i - run], true};
	return true;
}

static void percent_audit(struct audit *a, size_t i)
{
	const struct scene *s = &a->scene;
	const struct item *p = &s->items[i];
	bool up = p->f->change == CHANGE_UP;
	struct levels l;
	struct range said, cut;
	struct claim c = {.kind = "growth", .unit = "%"};
	struct step step;

	if (!scene_has(s, p, CUE_BIT(CUE_EACH)) && step_find(s, i, &step)) {
		enum holds holds = audit_verdict(s, p, step.said, step.cut);
		if (holds == HOLDS_NO && !(p->exact && step.level->exact && step.amount->exact && is_of_levels(s, p, step.level)))
			holds = HOLDS_UNCLEAR;
		c.computed = ratio_mul(ratio_div(step.amount->value, step.before), ratio_int(100, 1));
		c.low = audit_amount(a, step.before, step.level);
		c.high = audit_amount(a, step.after, step.level);
		change_find(a, c, holds, p, step.amount, step.level);
		return;
	}
	if (item_cue(s, p, CUE_BIT(CUE_YEARLY))) {
		audit_drop(a, "growth", p, NULL, "an average of years");
		return;
	}
	bool each, paired = each_find(s, i, &l, &each);
	if (!paired && (each || !levels_find(s, i, &l))) {
		audit_drop(a, "growth", p, NULL, each ? "several changes, and not as many levels" : "no earlier level stands near");
		return;
	}
	said = relative(item_said(s, l.high), item_said(s, l.low), up);
	cut = relative(item_cut(s, l.high), item_cut(s, l.low), up);
	struct ratio quotient = ratio_sub(ratio_div(l.high->value, l.low->value), ratio_int(1, 1));
	c.computed = ratio_mul(quotient, ratio_int(up ? 100 : -100, 1));
	enum holds holds = audit_verdict(s, p, said, cut);
	if (holds == HOLDS_NO && l.high->f->kind == FACT_PERCENT) {
		/* 由85%提高到90%，提高5%: points are meant */
		struct range points = up ? range_sub(item_said(s, l.high), item_said(s, l.low)) : range_sub(item_said(s, l.low), item_said(s, l.high));
		holds = audit_verdict(s, p, points, points);
		if (holds != HOLDS_NO)
			c.computed = up ? ratio_sub(l.high->value, l.low->value) : ratio_sub(l.low->value, l.high->value);
		else
			holds = HOLDS_UNCLEAR;
	}
	if (holds == HOLDS_NO && !(p->exact && l.low->exact && l.high->exact && (paired || (same_thing(s, &l)
			&& is_next(s, p, &l) && is_of_levels(s, p, l.high)))))
		holds = HOLDS_UNCLEAR;
	if (holds == HOLDS_NO && range_meet(item_cut(s, p), relative(item_round(s, l.high, ROUND_PART),
			item_round(s, l.low, ROUND_PART), up)))
		holds = HOLDS_UNCLEAR;
	/* 增长10%以上 of what trebled is hardly said of it */
	if (!p->exact && ratio_cmp(c.computed, ratio_mul(p->value, ratio_int(2, 1))) > 0)
		audit_drop(a, "growth", p, l.high, "so far above the bound that another change is meant");
	else
		change_find(a, c, holds, p, l.low, l.high);
}

static void step_audit(struct audit *a, size_t i)
{
	const struct scene *s = &a->scene;
	const struct item *p = &s->items[i];
	bool up = p->f->change == CHANGE_UP || p->f->change == CHANGE_ABOVE;
	struct levels l;

	if (!levels_find(s, i, &l) || (p->f->kind == FACT_POINTS) != (l.low->f->kind == FACT_PERCENT)
	    || (p->f->kind != FACT_POINTS && !item_same_unit(p, l.low))) {
		audit_drop(a, "difference", p, NULL, "no two levels stand near");
		return;
	}
	struct range said = up ? range_sub(item_said(s, l.high), item_said(s, l.low)) : range_sub(item_said(s, l.low), item_said(s, l.high));
	struct range cut = up ? range_sub(item_cut(s, l.high), item_cut(s, l.low)) : range_sub(item_cut(s, l.low), item_cut(s, l.high));
	struct ratio value = up ? ratio_sub(l.high->value, l.low->value) : ratio_sub(l.low->value, l.high->value);
	/* of two stated rates the difference is taken as they stand, or unrounded */
	enum holds holds = audit_verdict(s, p, said, cut);
	if (p->f->kind == FACT_POINTS && range_meet(item_said(s, p), range_point(value)))
		holds = HOLDS_YES;
	if (holds == HOLDS_NO && !(p->exact && l.low->exact && l.high->exact && same_thing(s, &l)
			&& is_next(s, p, &l) && is_of_levels(s, p, l.high)))
		holds = HOLDS_UNCLEAR;
	if (holds == HOLDS_UNCLEAR && value.n < 0) {
		audit_drop(a, "difference", p, l.high, "the levels go the other way: another change is meant");
		return;
	}
	change_find(a, (struct claim){.kind = "difference", .computed = value, .like = p}, holds, p, l.low, l.high);
}

void change_audit(struct audit *a)
{
	for (size_t i = 0; i < a->scene.n; i++) {
		const struct fact *f = a->scene.items[i].f;
		if (f->change == CHANGE_LEVEL || f->modality != MODALITY_ACTUAL || is_reached(&a->scene, &a->scene.items[i]))
			continue;
		if (f->kind == FACT_PERCENT && (f->change == CHANGE_UP || f->change == CHANGE_DOWN))
			percent_audit(a, i);
		else if (f->kind == FACT_POINTS || f->kind == FACT_COUNT || f->kind == FACT_MONEY || f->kind == FACT_DURATION)
			step_audit(a, i);
	}
}
