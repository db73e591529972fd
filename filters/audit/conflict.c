/* conflict: one thing, several values. Reports repeat their main figures in the
 * summary; two values are asked about only where the same words stand before both
 * (but for 全年, 共 and the like), and nothing (place, span of time, another number in
 * the same breath) can tell them apart. */
#include "audit.h"

#include <stdlib.h>

struct entry {
	const struct item *x;
	size_t place;
	struct str words;       /* of its clause, without those that say nothing */
};

static int by_thing(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int c = str_cmp(x->x->f->measure, y->x->f->measure);
	return c ? c : x->place < y->place ? -1 : 1;
}

static bool is_candidate(const struct scene *s, const struct item *x)
{
	/* the first number of its sentence: later ones may go on about a subject named before */
	return x == &s->items[s->first[x->sentence]] && x->f->indicator.n && !x->f->scope.n && x->exact && item_is_level(x)
		&& x->f->kind != FACT_RANK && x->f->kind != FACT_DURATION && text_chars(x->f->measure) >= 4
		&& !item_cue(s, x, CUE_BIT(CUE_PART_YEAR) | CUE_BIT(CUE_PART)
			| CUE_BIT(CUE_BEFORE) | CUE_BIT(CUE_EACH) | CUE_BIT(CUE_REST) | CUE_BIT(CUE_STOCK));
}

static bool same_thing(const struct item *x, const struct item *y)
{
	return str_eq(x->f->measure, y->f->measure) && str_eq(x->f->indicator, y->f->indicator)
		&& item_same_unit(x, y) && item_same_frame(x, y);
}

/* Bytes of a year at I: 2023年; 0. */
static uint32_t year_at(const struct scene *s, uint32_t i, uint32_t e)
{
	uint32_t k = i;

	while (k < e && s->text.s[k] >= '0' && s->text.s[k] <= '9')
		k++;
	return k == i + 4 && k + 3 <= e && memcmp(s->text.s + k, "年", 3) == 0 ? 7 : 0;
}

/* The words of its clause; 全年, 共, 我县, 2023年 are left out: which year is meant, the
 * periods say. */
static struct str words_of(const struct scene *s, const struct item *x)
{
	uint32_t b = item_clause(s, x), e = x->f->at.b;
	char *out = arena_alloc(s->arena, e - b + 1);
	size_t n = 0;

	for (uint32_t i = b; i < e;) {
		const struct hit *h = scene_cue(s, i, i + 1, CUE_BIT(CUE_PLAIN));
		uint32_t step = h ? h->e - h->b : year_at(s, i, e);
		step = step ? step : (uint32_t)space_at(s->text.s + i, e - i);
		if (!step)
			out[n++] = s->text.s[i];
		i += step ? step : 1;
	}
	return (struct str){out, n};
}

static void conflict_find(struct audit *a, struct entry *e, size_t n)
{
	const struct scene *s = &a->scene;
	struct claim c = {.kind = "conflict", .holds = HOLDS_UNCLEAR, .unit = ""};
	struct range first = item_cut(s, e[0].x);
	size_t other = 0;

	for (size_t i = 1; i < n; i++)
		if (!range_meet(item_cut(s, e[i].x), first))
			other = i;
	if (!other)
		return;
	struct buf b = {0};
	bool overview = false, body = false, crowded = false, same = true;
	for (size_t i = 0; i < n; i++) {
		struct str x = item_surface(s, e[i].x), role = audit_role(a, e[i].x);
		overview |= str_is(role, "overview");
		body |= str_is(role, "achievement");
		crowded |= i > 0 && scene_together(s, e[i].x, e[i - 1].x);
		e[i].words = words_of(s, e[i].x);
		same &= str_eq(e[i].words, e[0].words);
		buf_printf(&b, "%s%.*s", i ? "、" : "", STR_ARG(x));
		claim_item(&c, e[i].x);
	}
	c.stated = e[0].x->value;
	c.computed = e[other].x->value;
	c.like = e[other].x;
	c.stated_text = item_surface(s, e[0].x);
	c.part = e[0].x->f->measure;
	c.list = (struct str){arena_strndup(&a->f->arena, (char *)b.data, b.len), b.len};
	/* the summary repeats the body: one value each, in other places */
	if (n == 2 && overview && body && !crowded && same)
		c.holds = HOLDS_NO;
	audit_find(a, &c);
	buf_free(&b);
}

void conflict_audit(struct audit *a)
{
	const struct scene *s = &a->scene;
	struct entry *e = arena_alloc(&a->f->arena, (s->n + 1) * sizeof *e);
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (is_candidate(s, &s->items[i]))
			e[n++] = (struct entry){&s->items[i], i, {NULL, 0}};
	qsort(e, n, sizeof *e, by_thing);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i + 1; k < n && same_thing(e[i].x, e[k].x); k++)
			;
		if (k - i >= 2)
			conflict_find(a, e + i, k - i);
	}
}
