/* subset: a part is not more than its whole. Only 其中 accuses; the catalogue and
 * the order of the work (受理, then 办结) propose pairs that can be confirmed. */
#include "audit.h"

enum {
	MUCH_MORE = 20,         /* times the whole: more than a digit too many */
	NAME_MOST = 24          /* bytes: what only says which of the whole: 涉企, 市场监管类 */
};

static void subset_find(struct audit *a, const struct item *part, const struct item *whole, enum holds holds)
{
	struct claim c = {.kind = "subset", .holds = holds, .unit = "%",
		.part = item_surface(&a->scene, part), .whole = item_surface(&a->scene, whole)};

	c.computed = ratio_mul(ratio_div(part->value, whole->value), ratio_int(100, 1));
	/* what is stated is that it is at most all of it */
	c.stated = holds == HOLDS_YES ? c.computed : ratio_int(100, 1);
	c.stated_text = audit_join(a, c.part, STR("; "), c.whole);
	claim_item(&c, part);
	claim_item(&c, whole);
	audit_find(a, &c);
}

/* Another number in the sentence of the whole, before 其中, that the part could be of. */
static bool has_other(const struct scene *s, size_t i, const struct item *whole, const struct hit *mark)
{
	const struct item *part = &s->items[i];
	size_t b, e;

	scene_sentence(s, whole->sentence, &b, &e);
	for (size_t k = b; k < e; k++) {
		const struct item *x = &s->items[k];
		if (x != whole && x->f->at.b < mark->b && item_is_amount(x) && item_same_unit(x, part)
		    && ratio_cmp(x->value, part->value) >= 0)
			return true;
	}
	return false;
}

/* False where the part must be more than the whole, however vague both are. */
static bool can_hold(const struct scene *s, const struct item *part, const struct item *whole)
{
	struct ratio zero = {0, 1};
	struct range cut = item_cut(s, whole), up_to = range_between(zero, cut.hi, false, false);

	up_to.no_hi = cut.no_hi;
	return range_meet(item_cut(s, part), up_to);
}

static bool is_apart(const struct scene *s, const struct item *part, const struct item *whole)
{
	return ratio_cmp(part->value, item_round(s, whole, ROUND_WHOLE).hi) >= 0;
}

/* 其中 takes the number before it, unless the part names a thing of its own that the whole
 * does not: 制定文件12件，其中征地类复议案件56件. At the begin of a sentence it may go further back. */
static bool is_sure_of(const struct scene *s, const struct item *part, const struct link *link)
{
	const struct item *whole = link->whole;
	struct str words = item_words(s, part), of = item_words(s, whole);
	bool here = part->sentence == whole->sentence && !scene_cue(s, whole->f->at.e, part->f->at.b, CUE_BIT(CUE_BREAK));
	uint32_t name = link->mark->e > part->from ? link->mark->e : part->from;

	if (scene_other(s, name, part->f->at.b, CUE_BIT(CUE_FILLER) | CUE_BIT(CUE_COMMA)) <= NAME_MOST)
		return true;
	/* persons are of persons; 其中具有职称的83份 names nothing of its own */
	if (here && (str_ends(words, STR("的")) || !item_unit_is(s, part, CUE_BIT(CUE_ANYTHING))))
		return true;
	/* 行政诉讼案件 and 行政复议案件 have 案件 in common, and 行政 */
	return text_common(words, of) >= (text_chars(of) > 4 ? 3 : 2) || (here && text_ends_in(words, of));
}

static bool is_much_more(const struct item *part, const struct item *whole)
{
	return ratio_cmp(part->value, ratio_mul(whole->value, ratio_int(MUCH_MORE, 1))) > 0;
}

static bool linked(struct audit *a, size_t i)
{
	const struct scene *s = &a->scene;
	const struct item *part = &s->items[i];
	struct link link = link_whole(s, i);

	if (!link.whole)
		return false;
	if (can_hold(s, part, link.whole)) {
		subset_find(a, part, link.whole, HOLDS_YES);
	} else if (link.close && is_sure_of(s, part, &link) && item_same_frame(part, link.whole) && part->exact && link.whole->exact
		   && is_apart(s, part, link.whole) && !has_other(s, i, link.whole, link.mark)
		   && !scene_cue(s, link.mark->b > part->from ? link.mark->b : part->from, part->f->at.b, CUE_BIT(CUE_STOCK) | CUE_BIT(CUE_PART_YEAR)
			| CUE_BIT(CUE_BEFORE))) {
		subset_find(a, part, link.whole, HOLDS_NO);
	} else if (scene_cue(s, link.mark->e, part->f->at.b, CUE_BIT(CUE_BREAK))) {
		audit_drop(a, "subset", part, link.whole, "the list ended at the semicolon");
	} else if (has_other(s, i, link.whole, link.mark)) {
		/* 死亡33人，受伤14人，其中道路交通死亡26人 */
		audit_drop(a, "subset", part, link.whole, "another number before it may be the whole");
	} else if (is_much_more(part, link.whole)) {
		audit_drop(a, "subset", part, link.whole, "so much more that it is no part of it");
	} else {
		subset_find(a, part, link.whole, HOLDS_UNCLEAR);
	}
	return true;
}

static bool one_of(struct str list, struct str id)
{
	for (struct str rest = list, part; str_part(&rest, '|', &part);)
		if (str_eq(part, id))
			return true;
	return false;
}

static void proposed(struct audit *a, size_t i)
{
	const struct scene *s = &a->scene;
	const struct item *part = &s->items[i];
	const struct catalogue_row *row = catalogue_find(&a->catalogue, part->f->indicator);
	const struct item *best = NULL;

	if (!row || !row->part_of.n)
		return;
	size_t b, e;
	for (uint32_t back = 0; back <= 1 && back <= part->sentence; back++) {
		if (s->sentences[part->sentence - back].segment != s->sentences[part->sentence].segment)
			break;
		scene_sentence(s, part->sentence - back, &b, &e);
		for (size_t k = b; k < e && !best; k++) {
			const struct item *x = &s->items[k];
			/* 件 and 件次 may be set against each other where the smaller one is the part */
			if (item_is_amount(x) && one_of(row->part_of, x->f->indicator) && item_same_frame(x, part)
			    && x->f->kind == part->f->kind)
				best = x;
		}
	}
	if (!best) {
		audit_drop(a, "subset", part, NULL, "the catalogue's whole does not stand near");
		return;
	}
	if (can_hold(s, part, best))
		subset_find(a, part, best, HOLDS_YES);
	else if (!item_same_unit(part, best) || is_much_more(part, best))
		audit_drop(a, "subset", part, best, "so much more, or counted in other units: it is no part of it");
	else
		subset_find(a, part, best, HOLDS_UNCLEAR);
}

/* 受理1980件，结案1343件: the second comes out of the first. */
static bool flows(struct audit *a, size_t i)
{
	const struct scene *s = &a->scene;
	size_t b, e;

	scene_sentence(s, s->items[i].sentence, &b, &e);
	if (i == b)
		return false;
	const struct item *in = &s->items[i - 1], *out = &s->items[i];
	if (!scene_has(s, out, CUE_BIT(CUE_ENTRY)) || !scene_has(s, out, CUE_BIT(CUE_EXIT)))
		return false;
	struct str first = item_words(s, in), second = item_words(s, out);
	uint32_t f = (uint32_t)(first.s - s->text.s), g = (uint32_t)(second.s - s->text.s);
	if (!item_is_amount(in) || !item_same_unit(in, out) || !item_same_frame(in, out)
	    || !scene_cue(s, f, in->f->at.b, CUE_BIT(CUE_ENTRY))
	    || !scene_cue(s, g, out->f->at.b, CUE_BIT(CUE_EXIT))
	    || scene_cue(s, in->f->at.e, out->f->at.b, CUE_BIT(CUE_BREAK)))
		return false;
	subset_find(a, out, in, can_hold(s, out, in) ? HOLDS_YES : HOLDS_UNCLEAR);
	return true;
}

void subset_audit(struct audit *a)
{
	for (size_t i = 0; i < a->scene.n; i++)
		if (item_is_amount(&a->scene.items[i]) && !linked(a, i) && !flows(a, i))
			proposed(a, i);
}
