#include "audit.h"

/* The last amount in items [b, e) that has the unit of PART; what stands in a bracket
 * that was closed before belongs to another number. */
static const struct item *nearest(const struct scene *s, size_t b, size_t e, const struct item *part)
{
	while (e-- > b)
		if (item_is_amount(&s->items[e]) && item_same_unit(&s->items[e], part)
		    && (!s->items[e].inside || s->items[e].inside == part->inside))
			return &s->items[e];
	return NULL;
}

bool link_goes_on(const struct scene *s, const struct item *item, uint32_t mark)
{
	size_t b, e;
	uint32_t at = mark;

	scene_sentence(s, item->sentence, &b, &e);
	for (size_t i = b; i < e && s->items[i].f->at.b <= item->f->at.b; i++) {
		const struct item *x = &s->items[i];
		if (x->f->at.b < mark || !scene_cue(s, at, x->f->at.b, CUE_BIT(CUE_BREAK)))
			continue;
		/* the first number behind a break */
		if (!item_is_amount(x) || !item_same_unit(x, item) || x->inside != item->inside
		    || item_cue(s, x, CUE_BIT(CUE_TOTAL) | CUE_BIT(CUE_STOCK) | CUE_BIT(CUE_BEFORE)))
			return false;
		at = x->f->at.b;
	}
	/* before the first break stands an amount of the list too */
	const struct hit *end = scene_cue(s, mark, item->f->at.b, CUE_BIT(CUE_BREAK));
	if (!end)
		return true;
	size_t before = 0;
	for (size_t i = b; i < e && s->items[i].f->at.b < end->b; i++)
		before += s->items[i].f->at.b > mark && item_is_amount(&s->items[i]) && item_same_unit(&s->items[i], item)
			&& !s->items[i].inside;
	/* of a list that parts its members by 、 the semicolon is the end */
	return before == 1;
}

/* Behind 其中 or 100件案件中; NULL. *B: the first item behind it. */
static const struct hit *mark_before(const struct scene *s, size_t i)
{
	const struct item *part = &s->items[i];
	uint32_t at = s->sentences[part->sentence].at.b;

	if (!scene_has(s, part, CUE_BIT(CUE_PART) | CUE_BIT(CUE_AMONG)))
		return NULL;
	const struct hit *mark = scene_cue_last(s, at, part->f->at.b, CUE_BIT(CUE_PART) | CUE_BIT(CUE_AMONG));
	if (!mark || (mark->classes & CUE_BIT(CUE_PART)))
		return mark;
	/* 中， asks for the whole in its own clause */
	const struct item *x = nearest(s, s->first[part->sentence], i, part);
	while (x && x->f->at.b > mark->b && x > s->items + s->first[part->sentence])
		x = nearest(s, s->first[part->sentence], (size_t)(x - s->items), part);
	if (x && x->f->at.e <= mark->b && !scene_cue(s, x->f->at.e, mark->b, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_BREAK)))
		return mark;
	return scene_cue_last(s, at, part->f->at.b, CUE_BIT(CUE_PART));
}

/* 规章13件（含新制定5件），文件42件: the bracket that holds MARK is closed before PART. */
static bool is_closed(const struct scene *s, const struct hit *mark, const struct item *part)
{
	uint32_t b = s->sentences[part->sentence].at.b;
	const struct hit *open = scene_cue_last(s, b, mark->e, CUE_BIT(CUE_BRACKET));

	return open && (!part->inside || part->inside != open->b) && !scene_cue(s, open->e, mark->b, CUE_BIT(CUE_BRACKET_END))
		&& scene_cue(s, mark->e, part->f->at.b, CUE_BIT(CUE_BRACKET_END));
}

struct link link_whole(const struct scene *s, size_t i)
{
	const struct item *part = &s->items[i];
	struct span at = s->sentences[part->sentence].at;
	struct link none = {NULL, NULL, false}, link = {NULL, mark_before(s, i), true};
	const struct hit *mark = link.mark;
	size_t b, e;

	if (!mark || is_closed(s, mark, part) || (scene_cue(s, mark->e, part->f->at.b, CUE_BIT(CUE_BREAK)) && !link_goes_on(s, part, mark->e)))
		return none;
	scene_sentence(s, part->sentence, &b, &e);
	size_t first = b;
	while (first < i && s->items[first].f->at.b < mark->b)
		first++;
	for (size_t k = first + 1; k <= i; k++) {
		const struct item *x = &s->items[k];
		/* percents and changes between belong to the part before them */
		if (k < i && (!item_is_amount(x) || !item_same_unit(x, part)))
			continue;
		if (item_cue(s, x, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_BREAK) | CUE_BIT(CUE_TOTAL)))
			link.close = false;
	}
	link.whole = nearest(s, b, first, part);
	if (!link.whole && first == b && part->sentence > 0 && scene_other(s, at.b, mark->b, CUE_BIT(CUE_FILLER)) == 0
	    && s->sentences[part->sentence].segment == s->sentences[part->sentence - 1].segment) {
		size_t pb, pe;
		scene_sentence(s, part->sentence - 1, &pb, &pe);
		link.whole = nearest(s, pb, pe, part);
	}
	return link;
}

size_t link_bases(const struct scene *s, size_t i, const struct item **out, size_t most)
{
	const struct item *part = &s->items[i];
	size_t n = 0, b, e;

	for (uint32_t back = 0; back <= 1 && back <= part->sentence; back++) {
		if (s->sentences[part->sentence].segment != s->sentences[part->sentence - back].segment)
			break;
		scene_sentence(s, part->sentence - back, &b, &e);
		while (e-- > b && n < most) {
			const struct item *x = &s->items[e];
			bool twice = false;
			for (size_t k = 0; k < n; k++)
				twice |= ratio_cmp(out[k]->value, x->value) == 0;
			if (!twice && x != part && item_is_amount(x) && item_same_unit(x, part)
			    && ratio_cmp(x->value, part->value) >= 0 && x->value.n > 0)
				out[n++] = x;
		}
	}
	return n;
}
