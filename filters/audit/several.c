/* several: 居前三位的：甲783件、乙579件、丙562件，占总量的77%: the share of a list's sum. It is told
 * where it fits the base that stands before the list, or that of the shares before; nothing
 * is accused. */
#include "audit.h"

enum { BASES_MOST = 12, SEVERAL_MOST = 12 };

/* The numbers of the list that R's ends. */
struct several {
	const struct item *items;
	size_t first, n;
	struct range said, cut;
	struct ratio sum;
};

static struct several several_find(const struct scene *s, const struct rate *r)
{
	struct several list = {r->num, r->num_at, 1, item_said(s, r->num), item_cut(s, r->num), r->num->value};
	size_t b, e;

	scene_sentence(s, r->p->sentence, &b, &e);
	while (list.first > b && list.n < SEVERAL_MOST) {
		const struct item *x = &s->items[list.first - 1];
		if (!item_is_amount(x) || !item_same_unit(x, r->num) || scene_cue(s, x->f->at.e, list.items->f->at.b,
				CUE_BIT(CUE_BREAK) | CUE_BIT(CUE_PART) | CUE_BIT(CUE_AMONG)))
			break;
		list.said = range_add(list.said, item_said(s, x));
		list.cut = range_add(list.cut, item_cut(s, x));
		list.sum = ratio_add(list.sum, x->value);
		list.items = x;
		list.first--;
		list.n++;
	}
	return list;
}

/* The base of the share before PART, else the largest amount before it in its segment. */
static const struct item *base_before(const struct audit *a, const struct item *part)
{
	enum { BACK_MOST = 64 };
	const struct scene *s = &a->scene;
	const struct item *most = NULL;

	for (const struct item *x = part; x-- > s->items && x + BACK_MOST > part;) {
		if (a->base[x - s->items])
			return a->base[x - s->items];
		if (scene_together(s, x, part) && item_is_amount(x) && item_same_unit(x, part)
		    && (!most || ratio_cmp(x->value, most->value) > 0))
			most = x;
	}
	return most;
}

static const struct item *base_of(const struct audit *a, const struct rate *r, const struct several *list)
{
	const struct scene *s = &a->scene;
	const struct item *bases[BASES_MOST + 1], *other = base_before(a, list->items);
	size_t n = link_bases(s, list->first, bases, BASES_MOST);

	if (other)
		bases[n++] = other;
	/* the last number alone may fit as well: then it is meant */
	for (size_t i = 0; i < n; i++)
		if (bases[i] < list->items && rate_try(s, r->p, r->num, bases[i]) != HOLDS_NO)
			return NULL;
	for (size_t i = 0; i < n; i++)
		if (bases[i] < list->items && item_same_unit(bases[i], r->num) && ratio_cmp(bases[i]->value, list->sum) >= 0
		    && audit_verdict(s, r->p, rate_share(list->said, item_said(s, bases[i])),
			rate_share(list->cut, item_cut(s, bases[i]))) == HOLDS_YES)
			return bases[i];
	return NULL;
}

bool several_audit(struct audit *a, const struct rate *r)
{
	const struct scene *s = &a->scene;
	struct several list = several_find(s, r);
	const struct item *whole = list.n >= 2 ? base_of(a, r, &list) : NULL;
	struct buf b = {0};

	if (!whole)
		return false;
	for (size_t k = 0; k < list.n; k++) {
		struct str x = item_surface(s, &list.items[k]);
		buf_printf(&b, "%s%.*s", k ? "+" : "(", STR_ARG(x));
	}
	buf_printf(&b, ")");
	struct claim c = {.kind = "rate", .holds = HOLDS_YES, .stated = r->p->value, .unit = "%",
		.stated_text = item_surface(s, r->p), .whole = item_surface(s, whole),
		.part = {arena_strndup(&a->f->arena, (char *)b.data, b.len), b.len},
		.computed = ratio_mul(ratio_div(list.sum, whole->value), ratio_int(100, 1))};
	claim_item(&c, r->p);
	for (size_t k = 0; k < list.n; k++)
		claim_item(&c, &list.items[k]);
	claim_item(&c, whole);
	a->base[r->p - s->items] = whole;
	audit_find(a, &c);
	buf_free(&b);
	return true;
}
