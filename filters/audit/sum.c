/* sum: a total against its parts. Behind 共计 the total must equal the list that
 * stands before it. Behind 其中 parts may overlap or leave something out: only an
 * equal sum says anything, unless the words divide the whole (分别为, …其他). */
#include "audit.h"

enum { PARTS_MOST = 20 };

struct parts {
	const struct item *items[PARTS_MOST];
	size_t n;
	bool exact;
	struct range said, cut, round;
	struct ratio value;
};

static void parts_add(struct parts *p, const struct item *x)
{
	if (p->n == PARTS_MOST)
		return;
	p->said = p->n ? range_add(p->said, x->said) : x->said;
	p->cut = p->n ? range_add(p->cut, x->cut) : x->cut;
	struct range round = item_round(x, ROUND_PART);
	p->round = p->n ? range_add(p->round, round) : round;
	p->value = p->n ? ratio_add(p->value, x->value) : x->value;
	p->exact = (p->n == 0 || p->exact) && x->exact;
	p->items[p->n++] = x;
}

static void sum_find(struct audit *a, const struct parts *p, const struct item *total, enum holds holds)
{
	struct claim c = {.kind = "sum", .holds = holds, .stated = total->value, .computed = p->value,
		.stated_text = item_surface(&a->scene, total)};
	struct buf b = {0};

	claim_item(&c, total);
	for (size_t i = 0; i < p->n; i++) {
		struct str s = item_surface(&a->scene, p->items[i]);
		buf_printf(&b, "%s%.*s", i ? "+" : "", STR_ARG(s));
		claim_item(&c, p->items[i]);
	}
	c.list = (struct str){arena_strndup(&a->f->arena, (char *)b.data, b.len), b.len};
	if (holds == HOLDS_YES && !(p->exact && total->exact))
		c.stated = c.computed;
	audit_find(a, &c);
	buf_free(&b);
}

/* Both ways to read the numbers fail, roundness included. */
static bool is_apart(const struct parts *p, const struct item *total)
{
	return !range_meet(item_round(total, ROUND_WHOLE), p->round);
}

/* --- a list, then 共计 --- */

static const struct hit *total_mark(const struct scene *s, const struct item *x)
{
	const struct hit *mark = scene_cue_last(s, x->from, x->f->at.b, CUE_BIT(CUE_TOTAL));
	/* 共计为 and the like may follow, no new thing */
	return mark && scene_other(s, mark->e, x->f->at.b, CUE_BIT(CUE_FILLER)) == 0 ? mark : NULL;
}

static void total_audit(struct audit *a, size_t i)
{
	const struct scene *s = &a->scene;
	const struct item *total = &s->items[i];
	const struct hit *mark = total_mark(s, total);
	struct parts p = {0};
	size_t b, e;

	if (!mark)
		return;
	scene_sentence(s, total->sentence, &b, &e);
	if (scene_other(s, total->from, mark->b, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_FILLER) | CUE_BIT(CUE_OPEN)) > 0) {
		audit_drop(a, "sum", total, NULL, "words stand between the list and its total");
		return;
	}
	bool open = scene_cue(s, total->from, mark->b, CUE_BIT(CUE_OPEN)) != NULL;
	bool mixed = false;
	for (size_t k = i; k-- > b;) {
		const struct item *x = &s->items[k];
		if (scene_cue(s, x->f->at.e, total->f->at.b, CUE_BIT(CUE_BREAK) | CUE_BIT(CUE_PART)))
			break;
		if (!item_is_amount(x) || !item_same_unit(x, total) || !item_same_frame(x, total)) {
			mixed = true;
			break;
		}
		parts_add(&p, x);
		/* any list that ends before the total and adds up is the one that is meant */
		if (p.n >= 2 && audit_verdict(total, p.said, p.cut) == HOLDS_YES) {
			sum_find(a, &p, total, HOLDS_YES);
			return;
		}
	}
	if (p.n < 2) {
		audit_drop(a, "sum", total, NULL, "no list of two or more stands before it");
		return;
	}
	enum holds holds = audit_verdict(total, p.said, p.cut);
	/* A list that starts in the middle of other numbers, or holds a number that is
	 * itself the sum of others, has more than one reading. */
	bool sure = !open && !mixed && p.exact && total->exact && is_apart(&p, total);
	for (size_t k = 0; sure && k < p.n; k++)
		sure = ratio_cmp(p.items[k]->value, total->value) < 0;
	sum_find(a, &p, total, holds != HOLDS_NO ? holds : sure ? HOLDS_NO : HOLDS_UNCLEAR);
}

/* --- 其中, 分别为 --- */

/* The items behind MARK that are parts of one list: same unit as WHOLE, shares and
 * changes between them passed over, up to a number of another kind. */
static void parts_read(const struct scene *s, const struct hit *mark, const struct item *whole,
	struct parts *p, bool *clean)
{
	size_t b, e;

	scene_sentence(s, whole->sentence, &b, &e);
	*clean = true;
	for (size_t k = b; k < e; k++) {
		const struct item *x = &s->items[k];
		if (x->f->at.b < mark->e)
			continue;
		if (scene_cue(s, mark->e, x->f->at.b, CUE_BIT(CUE_BREAK) | CUE_BIT(CUE_TOTAL) | CUE_BIT(CUE_PART)))
			break;
		if (x->f->kind == FACT_PERCENT || x->f->kind == FACT_POINTS)
			continue;
		if (!item_is_amount(x) || !item_same_unit(x, whole)) {
			*clean = false;
			break;
		}
		parts_add(p, x);
	}
}

static void division_audit(struct audit *a, size_t i)
{
	const struct scene *s = &a->scene;
	const struct item *whole = &s->items[i];
	size_t b, e;

	scene_sentence(s, whole->sentence, &b, &e);
	if (!item_is_amount(whole) || i + 2 >= e)
		return;
	const struct item *next = &s->items[i + 1];
	const struct hit *mark = scene_cue(s, next->from, next->f->at.b, CUE_BIT(CUE_PART) | CUE_BIT(CUE_PARTITION));
	if (!mark)
		return;
	struct parts p = {0};
	bool clean;
	parts_read(s, mark, whole, &p, &clean);
	if (p.n < 2)
		return;
	enum holds holds = audit_verdict(whole, p.said, p.cut);
	if (holds != HOLDS_NO) {
		sum_find(a, &p, whole, holds);
		return;
	}
	uint32_t end = p.items[p.n - 1]->f->at.e, stop = s->sentences[whole->sentence].at.e;
	const struct item *last = p.items[p.n - 1];
	bool open = scene_cue(s, end, end + 6 < stop ? end + 6 : stop, CUE_BIT(CUE_OPEN)) != NULL;
	bool closed = scene_cue(s, last->from, last->f->at.b, CUE_BIT(CUE_REST)) != NULL;
	bool divides = (mark->classes & CUE_BIT(CUE_PARTITION)) || closed;
	bool more = ratio_cmp(p.value, whole->value) > 0;
	/* with 其他 at the end of the list nothing is left out and nothing is twice */
	if (closed && clean && !open && p.exact && whole->exact && is_apart(&p, whole))
		sum_find(a, &p, whole, HOLDS_NO);
	else if (more || (divides && clean))
		sum_find(a, &p, whole, HOLDS_UNCLEAR);
	else
		audit_drop(a, "sum", whole, last, "the parts need not be all");
}

void sum_audit(struct audit *a)
{
	const struct scene *s = &a->scene;

	for (size_t i = 0; i < s->n; i++) {
		if (item_is_amount(&s->items[i]))
			total_audit(a, i);
		division_audit(a, i);
	}
}
