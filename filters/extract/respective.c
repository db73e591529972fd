/* respective: lists that name first and count afterwards (respective.h). */
#include "respective.h"

#include <stdio.h>

enum { WORDS_MOST = 36, NAMES_MOST = 600, BEFORE_MOST = 240 };  /* bytes: 分别 to the number, the names, what stands before */

static bool stands(const struct context *c, uint32_t at, uint32_t end, const char *word)
{
	size_t n = strlen(word);
	return end - at >= n && memcmp(c->s + at, word, n) == 0;
}

/* The length of the one of WORDS (NULL-ended) that is c[b,e), 0 where none is. */
static bool is_one(const struct context *c, uint32_t b, uint32_t e, const char *const *words)
{
	for (; *words; words++)
		if (strlen(*words) == e - b && memcmp(c->s + b, *words, e - b) == 0)
			return true;
	return false;
}

/* The length of the joint of two names at AT: 和, but not that of 和解. */
static uint32_t joint_at(const struct context *c, uint32_t at, uint32_t end)
{
	static const char *const joints[] = {"以及", "和", "与", "及", NULL};
	static const char *const words[] = {"和解", "和谐", "和平", "和睦", "与会", "及时", "及格", "参与", NULL};

	for (int i = 0; words[i]; i++) {
		size_t first = (uint8_t)words[i][0] == 0xE5 && memcmp(words[i], "参", 3) == 0 ? 3 : 0;
		if (at >= first && stands(c, at - (uint32_t)first, end, words[i]))
			return 0;
	}
	for (int i = 0; joints[i]; i++)
		if (stands(c, at, end, joints[i]))
			return (uint32_t)strlen(joints[i]);
	return 0;
}

/* How many numbers stand in a row from number I on, with nothing but joints between them. */
static size_t row_length(const struct context *c, const struct exprs *exprs, size_t i)
{
	static const char *const joints[] = {"、", "和", "与", "及", "以及", "、和", "，", NULL};
	static const char *const verbs[] = {"", "增长", "上升", "增加", "提高", "提升", "下降", "减少", "降低", NULL};
	const struct expr *x = exprs->items;
	size_t n = 1;

	for (bool more = true; more && i + n < exprs->n && x[i + n].kind == EXPR_FACT; n += more) {
		uint32_t b = x[i + n - 1].norm + 1, e = x[i + n].norm;
		more = false;
		for (int k = 0; joints[k]; k++)
			if (stands(c, b, e, joints[k]))
				more |= is_one(c, b + (uint32_t)strlen(joints[k]), e, verbs);
	}
	return n;
}

/* Where the last 分别 before AT stands, if only a few words part the two; UINT32_MAX for none. */
static uint32_t word_before(const struct context *c, uint32_t at, uint32_t *end)
{
	static const char *const words[] = {"分别", "依次", NULL};

	for (uint32_t i = at; i > 0 && at - i < WORDS_MOST;) {
		i = (uint32_t)utf8_prev(c->s, i);
		if (strchr("@#", c->s[i]) || stands(c, i, at, "，") || stands(c, i, at, "、") || stands(c, i, at, "。")
		    || stands(c, i, at, "；") || stands(c, i, at, "："))
			break;
		for (int k = 0; words[k]; k++)
			if (stands(c, i, at, words[k])) {
				*end = i + (uint32_t)strlen(words[k]);
				return i;
			}
	}
	return UINT32_MAX;
}

/* Where the clause of names before AT begins; UINT32_MAX where a number stands in it. */
static uint32_t names_begin(const struct context *c, uint32_t at)
{
	static const char *const marks[] = {"，", "。", "；", "：", "！", "？", NULL};
	uint32_t i = at;
	int depth = 0;

	while (i > 0 && at - i < NAMES_MOST) {
		uint32_t p = (uint32_t)utf8_prev(c->s, i);
		if (c->s[p] == '@' || c->s[p] == '#')
			return UINT32_MAX;
		depth += stands(c, p, i, "）") - stands(c, p, i, "（");
		if (depth < 0 || (depth == 0 && is_one(c, p, i, marks)))
			break;
		i = p;
	}
	return i;
}

/* Splits c[b,e) at its 、 into up to LIST_MOST parts; 0 where there are more, or an empty one. */
static size_t split(const struct context *c, uint32_t b, uint32_t e, struct span *part)
{
	size_t n = 0;
	int depth = 0;

	for (uint32_t i = b, from = b; i <= e;) {
		bool mark = i < e && depth == 0 && stands(c, i, e, "、");
		if (mark || i == e) {
			if (i == from || n == LIST_MOST)
				return 0;
			part[n++] = (struct span){from, i};
			from = i + 3;
			if (i == e)
				break;
			i += 3;
			continue;
		}
		uint32_t cp;
		depth += stands(c, i, e, "（") - stands(c, i, e, "）");
		i += (uint32_t)utf8_next(c->s + i, e - i, &cp);
	}
	return n;
}

/* The last of N parts in two, at its only joint: A、B和C. */
static bool split_last(const struct context *c, struct span *part, size_t n)
{
	struct span last = part[n - 1];
	uint32_t at = 0, len = 0, cp;
	int seen = 0;

	for (uint32_t i = last.b; i < last.e;) {
		uint32_t k = i > last.b ? joint_at(c, i, last.e) : 0;
		if (k && i + k < last.e) {
			seen++;
			at = i;
			len = k;
			i += k;
		} else {
			i += (uint32_t)utf8_next(c->s + i, last.e - i, &cp);
		}
	}
	if (seen != 1 || n == LIST_MOST)
		return false;
	part[n - 1] = (struct span){last.b, at};
	part[n] = (struct span){at + len, last.e};
	return true;
}

static uint32_t chars(const struct context *c, struct span a)
{
	uint32_t n = 0, cp;
	for (uint32_t i = a.b; i < a.e; n++)
		i += (uint32_t)utf8_next(c->s + i, a.e - i, &cp);
	return n;
}

/* Offset N characters into a span. */
static uint32_t skip(const struct context *c, struct span a, uint32_t n)
{
	uint32_t i = a.b, cp;
	while (n-- && i < a.e)
		i += (uint32_t)utf8_next(c->s + i, a.e - i, &cp);
	return i;
}

static bool ends_alike(const struct context *c, struct span a, struct span b)
{
	uint32_t i = (uint32_t)utf8_prev(c->s, a.e), k = (uint32_t)utf8_prev(c->s, b.e);
	return a.e - i == b.e - k && memcmp(c->s + i, c->s + k, a.e - i) == 0;
}

/* What the names share: the first may carry words for all before its own, the last behind. A name's own
 * length is that of its neighbours: 行政复议收案、受理、审结数. */
static void share_out(struct respective *r, const struct context *c)
{
	struct span *p = r->part, *first = &r->own[0], *last = &r->own[r->n - 1];

	memcpy(r->own, p, sizeof r->own);
	r->prefix = r->suffix = SPAN_NONE;
	r->complete = true;
	for (size_t k = 0; k + 1 < r->n; k++)
		r->complete &= ends_alike(c, p[k], p[r->n - 1]);
	uint32_t a = chars(c, p[0]), z = chars(c, p[r->n - 1]);
	uint32_t usual = r->n > 2 ? chars(c, p[1]) : a < z ? a : z;
	if (a > usual) {
		r->prefix = (struct span){p[0].b, skip(c, p[0], a - usual)};
		first->b = r->prefix.e;
	}
	if (!r->complete && z > usual) {
		r->suffix = (struct span){skip(c, p[r->n - 1], usual), p[r->n - 1].e};
		last->e = r->suffix.b;
	}
}

/* The first byte of the context that comes from offset AT of the text, or from behind it. */
static uint32_t place_of(const struct context *c, uint32_t at)
{
	uint32_t lo = 0, hi = c->n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (c->from[mid] < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* 2021年、2022年、2023年复议案件, 近三年复议案件: as many years of one name as numbers. The dates stand in
 * c[b,e), the name from NAMES on. */
static bool dates_read(struct respective *r, const struct context *c, const struct exprs *exprs, uint32_t b, uint32_t e,
	uint32_t names)
{
	static const char *const joints[] = {"、", "和", "与", "及", "以及", "，", NULL};
	const struct expr *x = exprs->items;
	struct span dates = SPAN_NONE;
	size_t n = 0;
	int y, z;

	for (size_t k = r->first; k-- > 0 && x[k].at.b >= c->from[b];) {
		if (x[k].kind != EXPR_DATE || x[k].at.e > c->from[e - 1] + 3)
			continue;
		uint32_t at = place_of(c, x[k].at.b), end = place_of(c, x[k].at.e);
		bool range = sscanf(x[k].iso, "%4d/%4d", &y, &z) == 2 && strlen(x[k].iso) == 9;
		if (n == 0 && range && (size_t)(z - y) + 1 == r->n) {
			r->years = y;
			dates = (struct span){at, end};
			break;
		}
		if (n == r->n || !x[k].whole_year || range || (n > 0 && !is_one(c, end, dates.b, joints)))
			return false;
		dates = (struct span){at, n ? dates.e : end};
		n++;
		r->date[r->n - n] = k;
	}
	if (span_is_none(dates) || (!r->years && n != r->n))
		return false;
	r->part[0] = (struct span){names, dates.b < names ? names : dates.b};
	r->part[1] = (struct span){dates.e < names ? names : dates.e, e};
	for (int k = 0; k < 2; k++)
		for (uint32_t i = r->part[k].b; i < r->part[k].e; i++)
			if (stands(c, i, r->part[k].e, "、"))
				return false;
	return r->dated = true;
}

/* 一至四季度分别办理案件, 案件上半年、下半年分别为: as many parts of one year as numbers, in c[b,e); the name from
 * NAMES on. */
static bool seasons_find(struct respective *r, const struct context *c, const struct exprs *exprs, uint32_t b, uint32_t e,
	uint32_t names)
{
	uint32_t at = b, end = 0, stop = b < names ? names : e, cp;

	while (at < stop && !(end = seasons_read(c->s, at, stop, r->n, r->season)))
		at += (uint32_t)utf8_next(c->s + at, stop - at, &cp);
	if (!end)
		return false;
	uint32_t before = at;
	for (size_t k = r->first; k-- > 0 && exprs->items[k].at.b >= c->from[b];) {
		const struct expr *x = &exprs->items[k];
		if (x->kind != EXPR_DATE || !x->year || x->at.b >= c->from[at])
			continue;
		if (r->years && r->years != x->year)
			return false;
		r->years = x->year;
		if (c->from[at] <= x->at.e + 3)
			before = place_of(c, x->at.b);
	}
	r->part[0] = (struct span){names, before < names ? names : before};
	r->part[1] = (struct span){end < names ? names : end, e};
	return r->dated = r->seasonal = true;
}

/* 从92%、78%提升到98%、86%: a second row of the same names. */
static bool row_again(struct respective *r, const struct context *c, const struct exprs *exprs, size_t i)
{
	static const char *const turns[] = {"提升到", "提升至", "提高到", "提高至", "上升到", "上升至", "增加到", "增加至",
		"增长到", "增长至", "下降到", "下降至", "降低到", "降低至", "减少到", "减少至", "压缩到", "压缩至",
		"降到", "降至", "升到", "升至", "增至", "到", "至", NULL};
	const struct expr *x = exprs->items;
	size_t end = r->first + r->n;

	if (!r->n || i != end || !is_one(c, x[end - 1].norm + 1, x[i].norm, turns)
	    || row_length(c, exprs, i) != r->n)
		return false;
	r->first = i;
	r->between = x[end - 1].norm + 1;
	r->to = x[i].norm;
	return true;
}

/* 死亡人数与近5年均值相比分别, 经济损失较上年分别: where the base of a comparison begins that ends at E; E where none does. */
static uint32_t base_begin(const struct context *c, uint32_t b, uint32_t e)
{
	static const char *const ends[] = {"相比", "比较", "对比", "上年", "去年", "同期", "上年度", "上一年", NULL};
	static const char *const opens[] = {"与", "较", "比", "同", "和", NULL};
	uint32_t at = e;

	for (int i = 0; ends[i]; i++) {
		uint32_t n = (uint32_t)strlen(ends[i]);
		if (e - b > n && memcmp(c->s + e - n, ends[i], n) == 0)
			at = e - n;
	}
	for (uint32_t i = at; at < e && i > b && e - i <= 48; ) {
		i = (uint32_t)utf8_prev(c->s, i);
		if (stands(c, i, e, "、") || stands(c, i, e, "，"))
			break;
		for (int k = 0; opens[k] && i > b; k++)
			if (stands(c, i, e, opens[k]) && !stands(c, i, e, "同期"))
				return i;
	}
	return e;
}

bool respective_read(struct respective *r, const struct context *c, const struct exprs *exprs, size_t i)
{
	if (r->n && i >= r->first && i < r->first + r->n)
		return true;
	if (row_again(r, c, exprs, i))
		return true;
	size_t dated = r->dated ? r->n : 0;
	r->n = 0;
	uint32_t to = exprs->items[i].norm, between, e = word_before(c, to, &between);
	size_t n = e == UINT32_MAX ? 0 : row_length(c, exprs, i);
	if (n < 2 || n > LIST_MOST)
		return false;
	struct respective before = *r;
	*r = (struct respective){.first = i, .n = n, .between = between, .to = to};
	if (e >= 3 && stands(c, e - 3, e, "，"))
		e -= 3;
	r->from = names_begin(c, e);
	if (r->from == UINT32_MAX || r->from == e)
		return true;
	e = base_begin(c, r->from, e);
	/* the dates may fill the clause before: 2021年至2023年，败诉率分别为 */
	uint32_t clause = r->from >= 3 && stands(c, r->from - 3, r->from, "，") ? names_begin(c, r->from - 3) : UINT32_MAX;
	if (dates_read(r, c, exprs, r->from, e, r->from)
	    || (clause != UINT32_MAX && dates_read(r, c, exprs, clause, e, r->from))
	    || seasons_find(r, c, exprs, r->from, e, r->from)
	    || (clause != UINT32_MAX && seasons_find(r, c, exprs, clause, e, r->from))) {
		r->aligned = true;
		return true;
	}
	size_t names = split(c, r->from, e, r->part);
	if (names == 1 && dated == n) {         /* 近三年案件分别为…，败诉率分别为…: the same years */
		r->dated = r->aligned = true;
		r->years = before.years;
		r->seasonal = before.seasonal;
		memcpy(r->season, before.season, sizeof r->season);
		memcpy(r->date, before.date, sizeof r->date);
		r->part[1] = SPAN_NONE;
		return true;
	}
	if (names && names + 1 == n)
		names += split_last(c, r->part, names);
	r->aligned = names == n;
	if (r->aligned)
		share_out(r, c);
	return true;
}

size_t respective_place(const struct respective *r, size_t i)
{
	return i - r->first;
}

static void add(struct buf *b, const struct context *c, struct span a)
{
	if (!span_is_none(a))
		buf_append(b, c->s + a.b, a.e - a.b);
}

bool respective_wording(const struct respective *r, const struct context *c, size_t i, int try, struct buf *b)
{
	size_t k = i - r->first;
	bool prefix = !span_is_none(r->prefix), suffix = !span_is_none(r->suffix);
	uint32_t from = r->from > BEFORE_MOST ? r->from - BEFORE_MOST : 0;

	while (from < r->from && ((uint8_t)c->s[from] & 0xC0) == 0x80)
		from++;
	b->len = 0;
	add(b, c, (struct span){from, r->from});
	if (r->dated) {
		if (try)
			return false;
		add(b, c, r->part[0]);
		add(b, c, r->part[1]);
	} else if (r->complete) {
		if (try > 1 || (try && (!prefix || k == 0)))
			return false;
		add(b, c, try ? r->prefix : SPAN_NONE);
		add(b, c, r->part[k]);
	} else {
		/* the fullest wording first */
		static const struct { bool prefix, suffix; } ways[] = {{true, true}, {false, true}, {true, false}, {false, false}};
		int at = -1;
		for (int way = 0; way < 4; way++) {
			if ((ways[way].prefix && !prefix) || (ways[way].suffix && !suffix) || ++at < try)
				continue;
			add(b, c, ways[way].prefix ? r->prefix : SPAN_NONE);
			add(b, c, r->own[k]);
			add(b, c, ways[way].suffix ? r->suffix : SPAN_NONE);
			at = 4;
			break;
		}
		if (at < 4)
			return false;
	}
	return true;
}
