/* list: a stated number of items against the items that stand right before it, each
 * in quotes or title marks: 《甲》《乙》等3件. Names without marks are not counted:
 * 、 also stands inside of names. */
#include "audit.h"

static const struct {
	const char *open, *close;
} marks[] = {{"《", "》"}, {"“", "”"}};

/* Counts the marked items that end at E, going back to B; *LAST is where they began. */
static size_t count_back(const struct scene *s, uint32_t b, uint32_t e, size_t m)
{
	size_t n = 0;

	while (e > b) {
		/* joins between the items */
		while (e > b) {
			size_t at = utf8_prev(s->text.s, e);
			struct str c = str_sub(s->text, at, e);
			if (!str_is(c, "、") && !str_is(c, "和") && !str_is(c, "及") && !str_is(c, "与") && !space_at(c.s, c.n))
				break;
			e = (uint32_t)at;
		}
		if (e < b + 3 || !str_ends(str_sub(s->text, b, e), str_of(marks[m].close)))
			break;
		uint32_t i = e - 3;
		while (i >= b + 3 && memcmp(s->text.s + i - 3, marks[m].open, 3) != 0)
			i = (uint32_t)utf8_prev(s->text.s, i);
		if (i < b + 3 || i == e - 3)
			break;
		n++;
		e = i - 3;
	}
	return n;
}

/* 两项, 3个; not 3次: what was done three times is no list of three. */
static bool names_things(const struct scene *s, const struct item *x)
{
	if (!x->f->unit.n)
		return false;
	const struct cue_word *w = cues_at(s->cues, x->f->unit, 0, x->f->unit.n);
	return w && w->text.n == x->f->unit.n && (w->classes & CUE_BIT(CUE_LISTED));
}

void list_audit(struct audit *a)
{
	const struct scene *s = &a->scene;

	for (size_t i = 0; i < s->n; i++) {
		const struct item *x = &s->items[i];
		int64_t stated;
		if (x->f->kind != FACT_COUNT || !x->exact || !decimal_to_int(x->f->value.value, &stated) || stated < 2
		    || stated > 50 || !item_is_level(x))
			continue;
		uint32_t e = x->f->at.b;
		const struct hit *open = scene_cue_last(s, x->from, e, CUE_BIT(CUE_OPEN));
		bool etc = open && open->e == e;
		for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
			int64_t n = (int64_t)count_back(s, x->from, etc ? open->b : e, m);
			if (n < 2 || (etc && n < stated))
				continue;
			struct claim c = {.kind = "list", .stated = x->value, .computed = ratio_int(n, 1), .unit = "",
				.stated_text = item_surface(s, x),
				.holds = n > stated && !names_things(s, x) ? HOLDS_UNCLEAR : n == stated ? HOLDS_YES : n > stated ? HOLDS_NO : HOLDS_UNCLEAR};
			claim_item(&c, x);
			audit_find(a, &c);
			break;
		}
	}
}
