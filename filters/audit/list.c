/* list: a stated number of items against the items that stand right before it, or
 * right behind it, each in quotes or title marks: 《甲》《乙》2件; 2件：《甲》《乙》.
 * Names without marks are not counted: 、also stands inside of names. */
#include "audit.h"

enum { NOUN_MOST = 36 };        /* bytes of the noun between the number and its list */

static const struct {
	const char *open, *close;
} marks[] = {{"《", "》"}, {"“", "”"}};

/* A run of marked items. */
struct run {
	int64_t n;
	uint32_t b, e;
	bool open;              /* there may be more: 等, or a join to something unmarked */
};

/* Bytes of a join between items at the end (BACK) or begin of S; 0. */
static size_t join_at(struct str s, bool back)
{
	static const char *const joins[] = {"、", "和", "及", "与", "以及"};

	if (!s.n)
		return 0;
	for (size_t i = sizeof joins / sizeof *joins; i-- > 0;)
		if (back ? str_ends(s, str_of(joins[i])) : str_starts(s, str_of(joins[i])))
			return strlen(joins[i]);
	if (!back)
		return space_at(s.s, s.n);
	size_t at = utf8_prev(s.s, s.n);
	return space_at(s.s + at, s.n - at);
}

/* The marked items that end at E, none before B. */
static struct run run_back(const struct scene *s, uint32_t b, uint32_t e, size_t m)
{
	struct run r = {0, e, e, false};

	for (;;) {
		uint32_t end = r.b;
		size_t k;
		while (end > b && (k = join_at(str_sub(s->text, b, end), true)) > 0)
			end -= (uint32_t)k;
		if (end < b + 3 || !str_ends(str_sub(s->text, b, end), str_of(marks[m].close))) {
			r.open = end < r.b && r.n > 0;
			return r;
		}
		uint32_t i = end - 3;
		while (i >= b + 3 && memcmp(s->text.s + i - 3, marks[m].open, 3) != 0)
			i = (uint32_t)utf8_prev(s->text.s, i);
		if (i < b + 3 || i == end - 3)
			return r;
		r.n++;
		r.b = i - 3;
	}
}

/* The marked items that begin at B, none behind E. */
static struct run run_on(const struct scene *s, uint32_t b, uint32_t e, size_t m)
{
	struct run r = {0, b, b, false};

	for (;;) {
		uint32_t at = r.e;
		size_t k;
		while (at < e && (k = join_at(str_sub(s->text, at, e), false)) > 0)
			at += (uint32_t)k;
		if (at + 3 > e || !str_starts(str_sub(s->text, at, e), str_of(marks[m].open))) {
			r.open = at > r.e && at < e;
			return r;
		}
		size_t close = str_find(str_sub(s->text, 0, e), str_of(marks[m].close), at);
		if (close == SIZE_MAX)
			return r;
		r.n++;
		r.e = (uint32_t)close + 3;
	}
}

/* 两项, 3个; not 3次: what was done three times is no list of three. */
static bool names_things(const struct scene *s, const struct item *x)
{
	if (!x->f->unit.n)
		return false;
	const struct cue_word *w = cues_at(s->cues, x->f->unit, 0, x->f->unit.n);
	return w && w->text.n == x->f->unit.n && (w->classes & CUE_BIT(CUE_LISTED));
}

static void list_find(struct audit *a, const struct item *x, int64_t stated, int64_t n, enum holds holds)
{
	struct claim c = {.kind = "list", .stated = x->value, .computed = ratio_int(n, 1), .unit = "",
		.stated_text = item_surface(&a->scene, x), .holds = n == stated ? HOLDS_YES : holds};

	claim_item(&c, x);
	audit_find(a, &c);
}

/* 《甲》《乙》等3件: behind 等 there may be more; else 共 or nothing stands between. */
static bool before_audit(struct audit *a, const struct item *x, int64_t stated)
{
	const struct scene *s = &a->scene;
	uint32_t e = x->f->at.b;
	const struct hit *open = scene_cue_last(s, x->from, e, CUE_BIT(CUE_OPEN));
	const struct hit *all = scene_cue_last(s, x->from, e, CUE_BIT(CUE_ALL) | CUE_BIT(CUE_TOTAL));
	bool etc = open && open->e == (all && all->e == e ? all->b : e);

	e = etc ? open->b : all && all->e == e ? all->b : e;
	/* 《甲》《乙》，共计2部 */
	const struct hit *comma = !etc && all ? scene_cue_last(s, x->from, e, CUE_BIT(CUE_COMMA)) : NULL;
	e = comma && comma->e == e ? comma->b : e;
	/* a run ends in a mark, or in space behind one */
	if (e < x->from + 3 || (memcmp(s->text.s + e - 3, marks[0].close, 3) != 0
			&& memcmp(s->text.s + e - 3, marks[1].close, 3) != 0 && !join_at(str_sub(s->text, x->from, e), true)))
		return false;
	for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
		struct run r = run_back(s, x->from, e, m);
		if (r.n < 2 || (etc && r.n < stated))
			continue;
		/* words in quotes may be what some of the things are like, 建设“法治”“平安”5个村,
		 * unless such things go by a name: 3个品牌 */
		const struct cue_word *noun = x->f->at.e < s->text.n ? cues_at(s->cues, s->text, x->f->at.e, s->text.n) : NULL;
		bool named = m == 0 || e < x->f->at.b || (noun && (noun->classes & CUE_BIT(CUE_NAMED)));
		bool sure = names_things(s, x) && (r.n > stated || (!r.open && named));
		list_find(a, x, stated, r.n, sure ? HOLDS_NO : HOLDS_UNCLEAR);
		return true;
	}
	return false;
}

/* 3项制度：《甲》《乙》《丙》; 3项制度（…）; 3项举措，分别是…. Behind 包括 there may be more. */
static void behind_audit(struct audit *a, const struct item *x, int64_t stated)
{
	const struct scene *s = &a->scene;
	uint32_t stop = s->sentences[x->sentence].at.e, b = x->f->at.e;
	size_t at = SIZE_MAX, m;

	uint32_t most = stop - b > NOUN_MOST + 3 ? b + NOUN_MOST + 3 : stop;
	for (m = 0; m < sizeof marks / sizeof *marks && at == SIZE_MAX; m++)
		at = str_find(str_sub(s->text, 0, most), str_of(marks[m].open), b);
	if (at == SIZE_MAX)
		return;
	m--;
	const struct hit *lists = scene_cue_last(s, b, (uint32_t)at, CUE_BIT(CUE_LISTS) | CUE_BIT(CUE_BRACKET));
	bool such = scene_cue(s, b, (uint32_t)at, CUE_BIT(CUE_SUCH)) != NULL;
	bool colon = at >= b + 1 && (s->text.s[at - 1] == ':' || (at >= b + 3 && memcmp(s->text.s + at - 3, "：", 3) == 0));
	if ((!lists || lists->e != at) && !such && !colon)
		return;
	struct run r = run_on(s, (uint32_t)at, stop, m);
	struct str rest = str_sub(s->text, r.e, stop);
	const struct cue_word *w = rest.n ? cues_at(s->cues, s->text, r.e, stop) : NULL;
	bool ends = !rest.n || space_at(rest.s, rest.n)
		|| (w && (w->classes & (CUE_BIT(CUE_BREAK) | CUE_BIT(CUE_COMMA) | CUE_BIT(CUE_BRACKET_END))));
	if (r.n < 2 || (!ends && r.n < stated))
		return;
	bool sure = names_things(s, x) && (r.n > stated || (ends && !r.open && !such));
	list_find(a, x, stated, r.n, sure ? HOLDS_NO : HOLDS_UNCLEAR);
}

void list_audit(struct audit *a)
{
	const struct scene *s = &a->scene;

	for (size_t i = 0; i < s->n; i++) {
		const struct item *x = &s->items[i];
		int64_t stated;
		if (x->f->kind != FACT_COUNT || !scene_has(s, x, CUE_BIT(CUE_QUOTE)) || !x->exact || !decimal_to_int(x->f->value.value, &stated) || stated < 2
		    || stated > 50 || !item_is_level(x))
			continue;
		if (!before_audit(a, x, stated))
			behind_audit(a, x, stated);
	}
}
