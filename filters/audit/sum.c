/* sum: a total against its parts. Behind 共计 the total must equal the list that
 * stands before it. Behind 其中 parts may overlap or leave something out: only an
 * equal sum says anything, unless 其他 closes the list, or the parts are known to
 * make up the whole (wholes.tsv). */
#include "parts.h"

void parts_add(const struct scene *s, struct parts *p, const struct item *x)
{
	if (p->n == PARTS_MOST) {
		p->full = true;
		return;
	}
	struct range said = item_said(s, x), cut = item_cut(s, x), round = item_round(s, x, ROUND_PART);
	p->said = p->n ? range_add(p->said, said) : said;
	p->cut = p->n ? range_add(p->cut, cut) : cut;
	p->round = p->n ? range_add(p->round, round) : round;
	p->value = p->n ? ratio_add(p->value, x->value) : x->value;
	p->exact = (p->n == 0 || p->exact) && x->exact;
	p->items[p->n++] = x;
}

void sum_find(struct audit *a, const struct parts *p, const struct item *total, enum holds holds)
{
	struct claim c = {.kind = "sum", .holds = holds, .stated = total->value, .computed = p->value, .like = total,
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

bool parts_apart(const struct scene *s, const struct parts *p, const struct item *total)
{
	return p->exact && total->exact && !p->full && !range_meet(item_round(s, total, ROUND_WHOLE), p->round);
}

/* Nothing but punctuation behind E: the number names no other thing. */
static bool ends_here(const struct scene *s, uint32_t e)
{
	struct str rest = str_sub(s->text, e, s->text.n);

	if (!rest.n || space_at(rest.s, rest.n))
		return true;
	const struct cue_word *w = cues_at(s->cues, s->text, e, s->text.n);
	return w && (w->classes & (CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_BREAK) | CUE_BIT(CUE_JOIN) | CUE_BIT(CUE_BRACKET)
		| CUE_BIT(CUE_BRACKET_END)));
}

/* 共计 and nothing new between it and the number; or 共 behind the list's comma. */
static const struct hit *total_mark(const struct scene *s, const struct item *x)
{
	const struct hit *mark = item_cue_last(s, x, CUE_BIT(CUE_TOTAL));

	if (mark)
		return scene_other(s, mark->e, x->f->at.b, CUE_BIT(CUE_FILLER)) == 0 ? mark : NULL;
	mark = item_cue_last(s, x, CUE_BIT(CUE_ALL));
	return mark && mark->e == x->f->at.b && scene_other(s, x->from, mark->b, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_FILLER)) == 0
		&& scene_cue(s, x->from, mark->b, CUE_BIT(CUE_COMMA)) ? mark : NULL;
}

static bool is_stock(const struct scene *s, const struct item *x)
{
	return item_cue(s, x, CUE_BIT(CUE_STOCK)) != NULL;
}

/* 三年来分别化解41件、53件、67件，累计161件: each of a year of the total's. */
static bool is_year_of(const struct item *x, const struct item *total)
{
	struct str p = x->f->period, all = total->f->period, first;

	return str_eq(x->f->scope, total->f->scope) && p.n == 4 && str_part(&all, '/', &first) && first.n == 4 && all.n == 4
		&& str_cmp(first, p) <= 0 && str_cmp(p, all) <= 0;
}

/* The words before 共计 speak of something that the number before them, the last of the
 * list, does not. */
static bool names_other(const struct scene *s, size_t i, uint32_t mark)
{
	const struct item *total = &s->items[i];
	size_t other = scene_other(s, total->from, mark, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_FILLER) | CUE_BIT(CUE_OPEN));

	if (!other)
		return false;
	size_t b = s->first[total->sentence];
	struct str words = str_sub(s->text, total->from, mark);
	size_t covered = 0;
	for (size_t k = i; k-- > b && k + 3 > i;) {
		size_t n = text_covered(words, item_words(s, &s->items[k]));
		covered = n > covered ? n : covered;
	}
	return covered * 3 * 2 < other;
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
	if (names_other(s, i, mark->b)) {
		audit_drop(a, "sum", total, NULL, "words stand between the list and its total");
		return;
	}
	bool open = scene_cue(s, total->from, mark->b, CUE_BIT(CUE_OPEN)) != NULL;
	bool mixed = false, stock = false;
	for (size_t k = i; k-- > b;) {
		const struct item *x = &s->items[k];
		if (scene_cue(s, x->f->at.e, total->f->at.b, CUE_BIT(CUE_BREAK) | CUE_BIT(CUE_PART)))
			break;
		if (x->inside != total->inside)
			continue;
		stock |= is_stock(s, x);
		if (!item_is_amount(x) || !item_same_unit(x, total)
		    || (!item_same_frame(x, total) && !is_stock(s, x) && !is_year_of(x, total))) {
			mixed = true;
			break;
		}
		/* 立案127件：一般程序86件，简易程序41件，共127件: told before the list, too */
		if (p.n >= 2 && ratio_cmp(x->value, total->value) == 0)
			break;
		parts_add(s, &p, x);
		/* any list that ends before the total and adds up is the one that is meant */
		if (p.n >= 2 && !p.said.no_hi && audit_verdict(s, total, p.said, p.cut) == HOLDS_YES) {
			sum_find(a, &p, total, HOLDS_YES);
			return;
		}
	}
	if (p.n < 2 || p.said.no_hi) {
		audit_drop(a, "sum", total, NULL, "no list of two or more numbers stands before it");
		return;
	}
	enum holds holds = audit_verdict(s, total, p.said, p.cut);
	/* A list that starts in the middle of other numbers, or holds a number that is
	 * itself the sum of others, has more than one reading. */
	bool sure = !open && !mixed && ends_here(s, total->f->at.e) && parts_apart(s, &p, total);
	for (size_t k = 0; sure && k < p.n; k++)
		sure = ratio_cmp(p.items[k]->value, total->value) < 0;
	sum_find(a, &p, total, holds != HOLDS_NO ? holds : sure ? HOLDS_NO : HOLDS_UNCLEAR);
}

void sum_audit(struct audit *a)
{
	const struct scene *s = &a->scene;

	for (size_t i = 0; i < s->n; i++) {
		const struct item *x = &s->items[i];
		if (item_is_amount(x) && scene_has(s, x, CUE_BIT(CUE_TOTAL) | CUE_BIT(CUE_ALL)))
			total_audit(a, i);
		division_audit(a, i);
	}
}
