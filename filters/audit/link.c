#include "audit.h"

static bool same_segment(const struct scene *s, size_t a, size_t b)
{
	return s->sentences[a].segment == s->sentences[b].segment;
}

/* The last amount in items [b, e) that has the unit of PART. */
static const struct item *nearest(const struct scene *s, size_t b, size_t e, const struct item *part)
{
	while (e-- > b)
		if (item_is_amount(&s->items[e]) && item_same_unit(&s->items[e], part))
			return &s->items[e];
	return NULL;
}

struct link link_whole(const struct scene *s, size_t i)
{
	const struct item *part = &s->items[i];
	struct span at = s->sentences[part->sentence].at;
	const struct hit *mark = scene_cue_last(s, at.b, part->f->at.b, CUE_BIT(CUE_PART));
	struct link none = {NULL, false};
	size_t b, e;

	if (!mark || scene_cue(s, mark->e, part->f->at.b, CUE_BIT(CUE_BREAK)))
		return none;
	scene_sentence(s, part->sentence, &b, &e);
	size_t first = b;
	while (first < i && s->items[first].f->at.b < mark->b)
		first++;
	struct link link = {NULL, true};
	for (size_t k = first + 1; k <= i; k++) {
		const struct item *x = &s->items[k];
		/* percents and changes between belong to the part before them */
		if (k < i && (!item_is_amount(x) || !item_same_unit(x, part)))
			continue;
		if (scene_cue(s, x->from, x->f->at.b, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_TOTAL)))
			link.close = false;
	}
	link.whole = nearest(s, b, first, part);
	if (!link.whole && first == b && scene_other(s, at.b, mark->b, CUE_BIT(CUE_FILLER)) == 0
	    && part->sentence > 0 && same_segment(s, part->sentence, part->sentence - 1)) {
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

	for (int back = 0; back <= 1; back++) {
		if (back > (int)part->sentence || !same_segment(s, part->sentence, part->sentence - (size_t)back))
			break;
		scene_sentence(s, part->sentence - (size_t)back, &b, &e);
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
