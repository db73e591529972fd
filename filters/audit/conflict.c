/* conflict: one thing, several values. Reports repeat their main figures in the
 * summary; two values for the same words are asked about only where nothing (place,
 * span of time, another number in the same breath) can tell them apart. */
#include "audit.h"

#include <stdlib.h>

struct entry {
	const struct item *x;
	size_t place;
};

static int by_thing(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int c = str_cmp(x->x->f->measure, y->x->f->measure);
	return c ? c : x->place < y->place ? -1 : 1;
}

static bool is_candidate(const struct scene *s, const struct item *x)
{
	return item_is_level(x) && x->exact && x->f->kind != FACT_RANK && x->f->kind != FACT_DURATION
		&& text_chars(x->f->measure) >= 5 && x->f->indicator.n
		&& !(x->f->scope.n) && !scene_cue(s, x->from, x->f->at.b, CUE_BIT(CUE_PART_YEAR) | CUE_BIT(CUE_PART)
			| CUE_BIT(CUE_BEFORE) | CUE_BIT(CUE_EACH) | CUE_BIT(CUE_REST));
}

/* Nothing but the thing itself stands before the number: no place, no office. */
static bool is_bare(const struct scene *s, const struct item *x)
{
	struct str words = item_words(s, x);
	return text_common(words, x->f->measure) + 4 >= text_chars(words);
}

static bool same_thing(const struct item *x, const struct item *y)
{
	return str_eq(x->f->measure, y->f->measure) && str_eq(x->f->indicator, y->f->indicator)
		&& item_same_unit(x, y) && item_same_frame(x, y);
}

static void conflict_find(struct audit *a, const struct entry *e, size_t n)
{
	const struct scene *s = &a->scene;
	struct claim c = {.kind = "conflict", .holds = HOLDS_UNCLEAR, .unit = ""};
	struct buf b = {0};
	bool differ = false, overview = false, body = false, crowded = false, bare = true;

	for (size_t i = 0; i < n; i++) {
		struct str x = item_surface(s, e[i].x);
		differ |= !range_meet(e[i].x->cut, e[0].x->cut);
		bare &= is_bare(s, e[i].x);
		struct str role = audit_role(a, e[i].x);
		overview |= str_is(role, "overview");
		body |= str_is(role, "achievement");
		crowded |= i > 0 && s->sentences[e[i].x->sentence].segment == s->sentences[e[i - 1].x->sentence].segment;
		buf_printf(&b, "%s%.*s", i ? "、" : "", STR_ARG(x));
		claim_item(&c, e[i].x);
	}
	if (differ) {
		c.stated = e[0].x->value;
		c.computed = e[1].x->value;
		for (size_t i = 1; i < n; i++)
			if (!range_meet(e[i].x->cut, e[0].x->cut))
				c.computed = e[i].x->value;
		c.stated_text = item_surface(s, e[0].x);
		c.list = (struct str){arena_strndup(&a->f->arena, (char *)b.data, b.len), b.len};
		/* the summary repeats the body: one value each, in other places */
		if (n == 2 && overview && body && !crowded && bare)
			c.holds = HOLDS_NO;
		audit_find(a, &c);
	}
	buf_free(&b);
}

void conflict_audit(struct audit *a)
{
	const struct scene *s = &a->scene;
	struct entry *e = arena_alloc(&a->f->arena, (s->n + 1) * sizeof *e);
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (is_candidate(s, &s->items[i]))
			e[n++] = (struct entry){&s->items[i], i};
	qsort(e, n, sizeof *e, by_thing);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i + 1; k < n && same_thing(e[i].x, e[k].x); k++)
			;
		if (k - i >= 2)
			conflict_find(a, e + i, k - i);
	}
}
