/* base: the number that the words between 占 and the percent name: 占受理案件数的57%. */
#include "audit.h"

enum {
	BASES_MOST = 12,
	WORDS_MOST = 150,               /* bytes of the words before a number: a name is shorter */
	NOUN_MOST = 24                  /* of the noun behind it */
};

struct str base_core(const struct scene *s, uint32_t b, uint32_t e)
{
	const uint64_t no_name = CUE_BIT(CUE_WHOLE_OF) | CUE_BIT(CUE_FILLER) | CUE_BIT(CUE_SHARE) | CUE_BIT(CUE_EACH)
		| CUE_BIT(CUE_GENERAL) | CUE_BIT(CUE_TO);
	const struct hit *h;

	while ((h = scene_cue(s, b, e, no_name)) && h->b == b && h->e <= e)
		b = h->e;
	while (b < e && (h = scene_cue_last(s, b, e, no_name)) && h->e == e)
		e = h->b;
	struct str core = str_trim(str_sub(s->text, b, e));
	if (core.n > 6 && (str_ends(core, STR("数")) || str_ends(core, STR("量"))))
		core.n -= 3;
	return core;
}

/* A number that can be what the share is of: it stands before its list, in no bracket or list
 * beside it, and is no share of something itself. */
static bool can_be_base(const struct scene *s, const struct item *x, const struct rate *r)
{
	const struct item *num = r->num;
	uint32_t b = x->f->at.e, e = num->f->at.b;

	if (x >= &s->items[r->list_at] || (x->inside && x->inside != num->inside) || item_has_share(s, (size_t)(x - s->items)))
		return false;
	return !scene_cue(s, b, e, CUE_BIT(CUE_JOIN))
		|| scene_cue(s, b, e, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_BREAK) | CUE_BIT(CUE_PART) | CUE_BIT(CUE_AMONG));
}

/* What is counted: the words before the number and the noun behind it, as one: 受理的151件案件 is
 * 受理案件. */
static struct str words_around(const struct scene *s, const struct item *x)
{
	struct str before = item_words(s, x);
	if (before.n > WORDS_MOST) {
		size_t cut = before.n - WORDS_MOST;
		while (!utf8_at(before, cut))
			cut++;
		before = str_sub(before, cut, before.n);
	}
	for (size_t colon; (colon = str_find(before, STR("："), 0)) != SIZE_MAX;)     /* 前三的工单：交通类 */
		before = str_sub(before, colon + 3, before.n);
	uint32_t b = x->f->at.e, end = s->sentences[x->sentence].at.e;
	uint32_t e = x + 1 < s->items + s->n && x[1].f->at.b < end ? x[1].f->at.b : end;
	const struct hit *stop = scene_cue(s, b, e, CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_BREAK) | CUE_BIT(CUE_JOIN) | CUE_BIT(CUE_PART)
		| CUE_BIT(CUE_AMONG) | CUE_BIT(CUE_SHARE) | CUE_BIT(CUE_BRACKET) | CUE_BIT(CUE_BRACKET_END) | CUE_BIT(CUE_QUOTE));

	e = stop ? stop->b : e;
	while (e > b + NOUN_MOST)
		e = (uint32_t)utf8_prev(s->text.s, e);
	uint32_t from = (uint32_t)(before.s - s->text.s), to = x->f->at.b;
	const struct hit *h;
	while (from < to && (h = scene_cue_last(s, from, to, CUE_BIT(CUE_FILLER) | CUE_BIT(CUE_ALL))) && h->e == to)
		to = h->b;
	before.n = to - from;
	char *out = arena_alloc(s->arena, before.n + (e - b) + 1);
	memcpy(out, before.s, before.n);
	memcpy(out + before.n, s->text.s + b, e - b);
	return (struct str){out, before.n + (e - b)};
}

/* A number further up in the segment that has the name, and gives the share: told, and no
 * ground to accuse, for others may have it as well. */
static const struct item *base_above(const struct scene *s, const struct rate *r, struct str core)
{
	enum { BACK_MOST = 48 };

	for (const struct item *x = r->num; x-- > s->items && x + BACK_MOST > r->num && scene_together(s, x, r->num);)
		if (item_is_amount(x) && item_same_unit(x, r->num) && ratio_cmp(x->value, r->num->value) >= 0
		    && text_covered(core, words_around(s, x)) == text_chars(core) && rate_try(s, r->p, r->num, x) != HOLDS_NO)
			return x;
	return NULL;
}

void base_named(const struct scene *s, struct rate *r, uint32_t b, uint32_t e)
{
	const struct item *bases[BASES_MOST];
	struct str core = base_core(s, b, e), best_words = {NULL, 0};
	size_t most = 0;

	r->given = core.n > 0;
	if (!r->given)
		return;
	size_t n = link_bases(s, r->num_at, bases, BASES_MOST), chars = text_chars(core);
	for (size_t i = 0; i < n; i++) {
		if (!can_be_base(s, bases[i], r))
			continue;
		struct str words = words_around(s, bases[i]);
		size_t covered = text_covered(core, words);
		if (covered * 2 > chars && covered > most) {
			most = covered;
			r->whole = bases[i];
			best_words = words;
		}
	}
	if (!r->whole) {
		r->whole = base_above(s, r, core);
		r->hedged |= r->whole != NULL;
		return;
	}
	/* 占全部涉民生工单的, of all 工单; 占刑事案件的, of 刑事一审案件: those of another kind */
	r->hedged |= text_common(core, best_words) + 1 < chars;
	if (scene_cue(s, b, e, CUE_BIT(CUE_GENERAL)))
		return;
	/* 网购投诉举报200件，其中网购举报50件，占举报的: the name may be that of another number */
	size_t with_part = text_covered(item_words(s, r->num), best_words);
	r->hedged |= with_part > most || !text_ends_in(core, best_words);
}
