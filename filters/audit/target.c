/* target: a figure against the one that it is compared with (低于, 高于), and a
 * promise against what was reached. A promise below the mark is no contradiction:
 * it becomes one only where the plan says upward. */
#include "audit.h"

static void target_find(struct audit *a, const char *message, const struct item *part, const struct item *whole, enum holds holds)
{
	struct claim c = {.kind = "target", .message = message, .holds = holds, .stated = part->value, .computed = whole->value,
		.stated_text = item_surface(&a->scene, part), .part = item_surface(&a->scene, part),
		.whole = item_surface(&a->scene, whole),
		.unit = part->f->kind == FACT_PERCENT ? "%" : ""};

	if (holds == HOLDS_YES)
		c.stated = c.computed;
	claim_item(&c, part);
	claim_item(&c, whole);
	audit_find(a, &c);
}

/* The word that compares: before the number, or taken for its bound (低于12%的指标). */
static const struct hit *compared_by(const struct scene *s, const struct item *x, struct hit *own)
{
	const uint64_t classes = CUE_BIT(CUE_ABOVE) | CUE_BIT(CUE_UNDER);
	const struct hit *cue = item_cue_last(s, x, classes);

	if (cue)
		return cue;
	const struct cue_word *w = cues_at(s->cues, s->text, x->f->at.b, x->f->at.e);
	if (!w || !(w->classes & classes) || x->f->at.e >= s->text.n)
		return NULL;
	*own = (struct hit){x->f->at.b, x->f->at.b + (uint32_t)w->text.n, w->classes};
	return own;
}

/* 低于12%的指标 names a level; 低于全市平均12% may say by how much. */
static bool is_named_level(const struct scene *s, const struct item *x)
{
	const struct cue_word *of = x->f->at.e < s->text.n ? cues_at(s->cues, s->text, x->f->at.e, s->text.n) : NULL;

	/* 低于全市平均的12% */
	if (str_ends(str_sub(s->text, x->from, x->f->at.b), STR("的")))
		return true;
	return of && (of->classes & CUE_BIT(CUE_LEVEL));
}

/* 败诉率为3%，远低于全市12%的考核指标. */
static void compare_audit(struct audit *a, size_t i)
{
	const struct scene *s = &a->scene;
	const struct item *other = &s->items[i];
	size_t b, e;

	if (other->f->kind != FACT_PERCENT && other->f->kind != FACT_DURATION)
		return;
	scene_sentence(s, other->sentence, &b, &e);
	struct hit of_number;
	const struct hit *cue = i > b ? compared_by(s, other, &of_number) : NULL;
	if (!cue)
		return;
	const struct item *ours = &s->items[i - 1];
	if (!item_same_unit(ours, other) || !item_is_level(ours) || other->f->change == CHANGE_UP
	    || other->f->change == CHANGE_DOWN || item_cue(s, other, CUE_BIT(CUE_BREAK))
	    || (cue != &of_number && scene_cue(s, cue->e, other->f->at.b, CUE_BIT(CUE_COMMA)))
	    || scene_other(s, other->from, cue->b, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_FILLER)) > 0) {
		audit_drop(a, "target", other, ours, "not compared with the number before");
		return;
	}
	/* 高于12% alone bounds the number itself: somebody else's figure has a name */
	bool level = is_named_level(s, other);
	if (cue == &of_number ? !level : scene_other(s, cue->e, other->f->at.b, CUE_BIT(CUE_FILLER)) == 0 && !level)
		return;
	bool above = cue->classes & CUE_BIT(CUE_ABOVE);
	int order = ratio_cmp(ours->value, other->value);
	bool fits = above ? order > 0 : order < 0;
	if (!fits && !level) {
		audit_drop(a, "target", other, ours, "it may say by how much");
		return;
	}
	target_find(a, NULL, ours, other, fits ? HOLDS_YES : ours->exact && (other->exact || cue == &of_number) && order != 0
		? HOLDS_NO : HOLDS_UNCLEAR);
}

/* Of a year before the report's own. */
static bool is_past(struct audit *a, const struct item *x)
{
	struct str p = x->f->period, own = audit_period(a);
	return p.n >= 4 && own.n >= 4 && p.s[0] >= '0' && p.s[0] <= '9' && memcmp(p.s, own.s, 4) < 0;
}

static bool same_subject(const struct item *x, const struct item *y)
{
	return x->f->indicator.n && str_eq(x->f->indicator, y->f->indicator) && x->f->kind == y->f->kind
		&& str_eq(x->f->unit, y->f->unit) && str_eq(x->f->scope, y->f->scope);
}

/* What promises are held against: rates that were reached, and of which it is known
 * what they measure. */
struct reached {
	const struct item **items;
	size_t n;
};

static struct reached reached_find(struct audit *a)
{
	const struct scene *s = &a->scene;
	struct reached r = {arena_alloc(s->arena, (s->n + 1) * sizeof *r.items), 0};

	for (size_t i = 0; i < s->n; i++)
		if (s->items[i].f->kind == FACT_PERCENT && s->items[i].f->indicator.n && item_is_level(&s->items[i]))
			r.items[r.n++] = &s->items[i];
	return r;
}

static void promise_audit(struct audit *a, size_t i, const struct reached *rates)
{
	const struct scene *s = &a->scene;
	const struct item *promise = &s->items[i], *reached = NULL;
	bool several = false;

	for (size_t k = 0; k < rates->n; k++) {
		const struct item *x = rates->items[k];
		if (!same_subject(x, promise) || is_past(a, x))
			continue;
		several |= reached && ratio_cmp(reached->value, x->value) != 0;
		reached = x;
	}
	if (!reached) {
		audit_drop(a, "target", promise, NULL, "what was reached is not stated");
		return;
	}
	const struct hit *raise = item_cue(s, promise, CUE_BIT(CUE_RAISE));
	const struct hit *lower = item_cue(s, promise, CUE_BIT(CUE_LOWER));
	int order = ratio_cmp(promise->value, reached->value);
	bool down = lower || promise->f->bound == BOUND_UNDER;
	if (down ? order <= 0 : order >= 0)
		target_find(a, "promise", promise, reached, HOLDS_YES);
	else if (!several && (raise || lower) && reached->exact)
		target_find(a, "promise", promise, reached, HOLDS_NO);
	else
		target_find(a, "promise", promise, reached, HOLDS_UNCLEAR);
}

void target_audit(struct audit *a)
{
	const struct scene *s = &a->scene;

	enum { PROMISES_MOST = 200 };   /* each is held against every figure */
	size_t promises = 0;
	struct reached rates = {NULL, 0};

	for (size_t i = 0; i < s->n; i++) {
		const struct fact *f = s->items[i].f;
		compare_audit(a, i);
		if (promises < PROMISES_MOST && f->modality == MODALITY_TARGET && f->kind == FACT_PERCENT && f->change == CHANGE_LEVEL) {
			if (promises++ == 0)
				rates = reached_find(a);
			promise_audit(a, i, &rates);
		}
	}
}
