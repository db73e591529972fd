#include "quantity.h"
#include "date.h"
#include "finder.h"
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>

/* Bare numbers that got no unit are none of ours. */
static void pending_drop(struct finder *f)
{
	f->out->n -= f->pending;
	f->pending = 0;
}

static struct expr *add(struct finder *f, enum expr_kind kind, size_t b, size_t e)
{
	struct exprs *o = f->out;
	if (kind != EXPR_FACT)
		pending_drop(f);
	o->items = arena_grow(f->arena, o->items, &o->cap, o->n + 1, sizeof *o->items);
	struct expr *x = &o->items[o->n++];
	memset(x, 0, sizeof *x);
	x->kind = kind;
	x->at = x->fact.at = (struct span){(uint32_t)b, (uint32_t)e};
	x->fact.measure_at = SPAN_NONE;
	return x;
}

static size_t skip_spaces(const struct finder *f, size_t at)
{
	for (int i = 0; i < 2; i++)
		at += space_at(f->text.s + at, f->e - at);
	return at;
}

/* A unit that may stand here; *end behind it. A second one in brackets belongs
 * to it: 宗(处). */
static const struct unit *unit_at(const struct finder *f, size_t at, struct str *word, size_t *end)
{
	static const char *const open[] = {"(", "（"}, *const close[] = {")", "）"};
	const struct unit *u = units_match(f->lex->units, f->text.s + at, f->e - at);

	if (!u)
		return NULL;
	*end = at + u->word.n;
	*word = u->name;
	for (int i = 0; i < 2; i++) {
		if (!finder_starts(f, *end, open[i]))
			continue;
		size_t p = *end + strlen(open[i]);
		const struct unit *v = units_match(f->lex->units, f->text.s + p, f->e - p);
		if (v && v->kind == u->kind && finder_starts(f, p + v->word.n, close[i])) {
			char both[64];
			size_t n = (size_t)snprintf(both, sizeof both, "%.*s%.*s", (int)u->word.n, u->word.s, (int)v->word.n, v->word.s);
			const struct unit *w = n < sizeof both ? units_match(f->lex->units, both, n) : NULL;
			*end = p + v->word.n + strlen(close[i]);
			*word = str_sub(f->text, at, *end);
			if (w && w->word.n == n && str_is(v->word, "次")) {        /* 家(次) */
				*word = w->name;
				return w;
			}
		}
	}
	return u;
}

static void fact_numbers(struct finder *f, struct fact *fact, const struct numeral *v, int unit_scale)
{
	fact->value = (struct number){decimal_norm(decimal_shift(v->value, unit_scale)), true};
	if (v->range)
		fact->high = (struct number){decimal_norm(decimal_shift(v->high, unit_scale)), true};
	size_t n = strlen(v->digits);
	fact->digits = (struct str){arena_strndup(f->arena, v->digits, n), n};
	fact->scale = v->scale + unit_scale;
}

static int bound_of(const struct numeral *v)
{
	return v->bound == NUMERAL_OVER ? BOUND_OVER : v->bound == NUMERAL_ABOUT ? BOUND_ABOUT
		: v->bound == NUMERAL_UNDER ? BOUND_UNDER : BOUND_EXACT;
}

/* Gives the bare numbers before this one its unit: 分别为12、15和20件. */
static void pending_settle(struct finder *f, const struct expr *last, const struct unit *u)
{
	for (size_t i = f->out->n - 1 - f->pending; i < f->out->n - 1; i++) {
		struct expr *x = &f->out->items[i];
		x->fact.kind = last->fact.kind;
		x->fact.unit = last->fact.unit;
		x->unit_group = last->unit_group;
		if (u) {
			x->fact.value.value = decimal_shift(x->fact.value.value, u->scale);
			x->fact.scale += u->scale;
		}
	}
	f->pending = 0;
}

/* True where a bare number at [b, e) is followed by a separator and another. */
static bool list_goes_on(const struct finder *f, size_t e)
{
	static const char *const seps[] = {"、", "和", "及", "与", "以及", NULL};
	for (int i = 0; seps[i]; i++)
		if (finder_starts(f, e, seps[i]) && finder_is_digit(finder_at(f, e + strlen(seps[i]))))
			return true;
	return false;
}

/* 2.1个和5.3个百分点: the 个 before E is of the points that follow it. Their unit, NULL where none follow. */
static const struct unit *points_behind(const struct finder *f, size_t e)
{
	static const char *const seps[] = {"、", "和", "及", "与", "以及", NULL};
	struct numeral v;

	for (int i = 0; seps[i]; i++) {
		size_t at = e + strlen(seps[i]);
		if (!finder_starts(f, e, seps[i]) || !finder_is_digit(finder_at(f, at)))
			continue;
		size_t n = numeral_read(f->text.s + at, f->e - at, &v);
		if (!n || !finder_starts(f, at + n, "个"))
			return NULL;
		const struct unit *u = units_match(f->lex->units, f->text.s + at + n, f->e - at - n);
		return u && u->kind == FACT_POINTS ? u : str_is(u ? u->word : STR(""), "个") ? points_behind(f, at + n + 3) : NULL;
	}
	return NULL;
}

/* 复议诉讼比2.6∶1: the end of ∶1 at E, where a word before AT says that things are set against each other; else 0. */
static size_t odds_end(const struct finder *f, size_t at, size_t e)
{
	enum { BACK = 60 };
	static const char *const signs[] = {"∶", "：", ":", "比", NULL};
	static const char *const marks[] = {"。", "，", "；", NULL};

	for (int i = 0; signs[i]; i++) {
		size_t one = e + strlen(signs[i]);
		if (!finder_starts(f, e, signs[i]) || finder_at(f, one) != '1' || finder_is_digit(finder_at(f, one + 1)) || finder_at(f, one + 1) == '.')
			continue;
		struct str before = str_sub(f->text, at > f->b + BACK ? at - BACK : f->b, at);
		for (int k = 0; marks[k]; k++)
			for (size_t m; (m = str_find(before, str_of(marks[k]), 0)) != SIZE_MAX;)
				before = str_sub(before, m + 3, before.n);
		return str_find(before, STR("比"), 0) != SIZE_MAX && str_find(before, STR("比赛"), 0) == SIZE_MAX ? one + 1 : 0;
	}
	return 0;
}

/* 前六名, 第三位: AT stands behind 第 or 前. Returns the end, 0 where no rank. */
static size_t rank_read(struct finder *f, size_t b, size_t at, bool first_n)
{
	struct numeral v;
	size_t n = numeral_read(f->text.s + at, f->e - at, &v);

	if (!n || v.range || v.type != NUMERAL_NUMBER || v.scale || !decimal_is_int(v.value)
	    || decimal_cmp(v.value, (struct decimal){3000, 0}) > 0 || v.value.mant <= 0)
		return 0;
	size_t e = at + n;
	if (finder_starts(f, e, "名") || finder_starts(f, e, "位"))
		e += 3;
	else if (units_match(f->lex->units, f->text.s + e, f->e - e))
		return 0;       /* 第三次, 前两批 */
	/* 第一、二季度: the list's noun follows */
	static const char *const labels[] = {"、二", "、三", "、四", "和二", "和三", "条", "款", "章", "号", "届", "责任", "方", "三方", "书记", "一书记",
		"月", "时间", "季度", "产业", "中学", "小学", "人民", "医院", "师", "团", "代", "版", "线", "动力", NULL};
	for (int i = 0; labels[i]; i++)
		if (finder_starts(f, e, labels[i]))
			return 0;
	struct expr *x = add(f, EXPR_FACT, b, e);
	x->proof = PROOF_RANK;
	x->fact.kind = FACT_RANK;
	fact_numbers(f, &x->fact, &v, 0);
	x->fact.bound = first_n ? BOUND_UNDER : BOUND_EXACT;
	return e;
}

/* 共计104 960份: one number in groups of three, where a word stands before AT and a unit behind; 0 where it is none. */
static size_t joined_read(const struct finder *f, size_t at, struct numeral *v)
{
	const char *s = f->text.s + at;

	if (f->e - at < 8 || s[3] != ' ' || s[0] < '1' || s[0] > '9' || s[4] < '0' || s[4] > '9'
	    || at < 3 || (uint8_t)f->text.s[at - 1 - (f->text.s[at - 1] == ' ')] < 0x80)
		return 0;
	size_t n = numeral_read_flags(s, f->e - at, NUMERAL_JOINED, v);
	size_t gap = n > 4 && n < f->e - at && s[n] == ' ';
	return n > 4 && units_match(f->lex->units, s + n + gap, f->e - at - n - gap) ? n : 0;
}

/* 零败诉 */
static size_t zero_read(struct finder *f, size_t at)
{
	for (size_t i = 0; i < f->lex->nzero; i++) {
		struct str w = f->lex->zero[i];
		if (f->e - at - 3 < w.n || memcmp(f->text.s + at + 3, w.s, w.n) != 0)
			continue;
		struct expr *x = add(f, EXPR_FACT, at, at + 3 + w.n);
		x->zero = true;
		x->fact.kind = FACT_COUNT;
		x->fact.value = (struct number){{0, 0}, true};
		x->fact.digits = STR("0");
		return at + 3 + w.n;
	}
	return 0;
}

/* Behind a percent or unit: —10% closes a range. */
static size_t range_behind(struct finder *f, size_t e, struct fact *fact, const struct unit *u)
{
	static const char *const marks[] = {"—", "-", "~", "～", "至", "–", "－", "到", NULL};
	struct numeral v;

	for (int i = 0; marks[i]; i++) {
		if (!finder_starts(f, e, marks[i]))
			continue;
		size_t at = e + strlen(marks[i]);
		size_t n = at < f->e ? numeral_read(f->text.s + at, f->e - at, &v) : 0;
		if (!n || v.range || v.type != NUMERAL_NUMBER)
			return e;
		const struct unit *w = units_match(f->lex->units, f->text.s + at + n, f->e - at - n);
		struct decimal high = decimal_shift(v.value, u->scale);
		if (w != u || decimal_cmp(high, fact->value.value) <= 0)
			return e;
		fact->high = (struct number){decimal_norm(high), true};
		return at + n + w->word.n;
	}
	return e;
}

/* 两年半, 一个半小时: adds the half, and takes the unit that it goes with. */
static size_t half_read(const struct finder *f, size_t e, struct numeral *v,
	const struct unit **u, struct str *word)
{
	struct decimal half = {5, -1}, sum;

	if (!finder_starts(f, e, "半") || !decimal_add(v->value, half, &sum) || v->range || v->scale)
		return e;
	size_t end = e + 3;
	if (str_is((*u)->word, "个")) {
		const struct unit *w = units_match(f->lex->units, f->text.s + end, f->e - end);
		if (!w || w->kind != FACT_DURATION)
			return e;
		*u = w;
		*word = w->name;
		end += w->word.n;
	} else if ((*u)->kind != FACT_DURATION) {
		return e;
	}
	v->value = sum;
	decimal_format(sum, v->digits);
	return end;
}

/* 前4月, 前三个月: the year's first months. */
static bool first_months(struct finder *f, size_t at, size_t e, int months)
{
	if (!finder_ends(f, at, "前") || finder_ends(f, at, "提前") || !f->year || months < 1 || months > 12)
		return false;
	struct expr *x = add(f, EXPR_DATE, at - 3, e);
	char iso[24];
	int n = snprintf(iso, sizeof iso, "%04d-01/%04d-%02d", f->year, f->year, months);
	x->iso = arena_strndup(f->arena, iso, (size_t)n);
	return true;
}

/* True where a clause ends at AT, or behind a modifier that stands there. */
static bool clause_ends(const struct finder *f, size_t at)
{
	static const char *const marks[] = {"，", "。", "；", "、", "！", "）", ",", ";", ")", NULL};
	int ignored;

	at = modifier_behind(f, at, &ignored);
	for (int i = 0; marks[i]; i++)
		if (finder_starts(f, at, marks[i]))
			return true;
	return at >= f->e;
}

/* 受援人近50万, 赔偿金额约500万: a number with 万 or 亿 and nothing behind it counts
 * what stands before it, money where that is a sum. */
static size_t bare_read(struct finder *f, size_t at, size_t e, const struct numeral *v)
{
	static const char *const sums[] = {"额", "款", "资金", "经费", "工资", "薪", "投资", "收入", "支出", "损失", "费用", "标的", NULL};
	int bound = bound_of(v);
	size_t b = modifier_before(f, at, false, &bound), from = b > f->b + 24 ? b - 24 : f->b;
	struct str left = {f->text.s + from, b - from};
	struct expr *x = add(f, EXPR_FACT, b, e);

	fact_numbers(f, &x->fact, v, 0);
	x->fact.kind = FACT_COUNT;
	for (int i = 0; sums[i]; i++)
		if (memmem(left.s, left.n, sums[i], strlen(sums[i]))) {
			x->fact.kind = FACT_MONEY;
			x->fact.unit = STR("元");
		}
	e = modifier_behind(f, e, &bound);
	x->fact.bound = bound;
	x->at.e = x->fact.at.e = (uint32_t)e;
	return e;
}

/* 2.3万群众, 5000余师生: a number that is large, or has a modifier, counts the noun behind it without a unit. */
static bool counted_read(struct finder *f, size_t at, size_t e, const struct numeral *v)
{
	int bound = bound_of(v);
	size_t b = modifier_before(f, at, false, &bound), noun = e + (finder_starts(f, e, "“") ? 3 : 0);     /* 420万“法律明白人” */

	if (v->range || (v->scale < 4 && bound == BOUND_EXACT)
	    || !wordset_match(&f->lex->counted, (struct str){f->text.s + noun, f->e - noun}))
		return false;
	struct expr *x = add(f, EXPR_FACT, b, e);
	fact_numbers(f, &x->fact, v, 0);
	x->fact.kind = FACT_COUNT;
	x->fact.bound = bound;
	return true;
}

/* 近三年, 五年来, 过去10年 are spans of the calendar that end with the report's
 * year; 较前五年 is one that nothing dates. [b, e) is the number with its 年. */
static bool years_past(struct finder *f, size_t b, size_t e, const struct numeral *v)
{
	static const char *const before[] = {"最近", "近", "过去", "这", NULL}, *const behind[] = {"以来", "来", "间", NULL};
	size_t from = b;
	bool past = false;

	if (v->range || v->scale || v->bound != NUMERAL_EXACT || !decimal_is_int(v->value)
	    || decimal_cmp(v->value, (struct decimal){1, 0}) <= 0 || decimal_cmp(v->value, (struct decimal){50, 0}) > 0)
		return false;
	int years = 0;
	for (const char *p = v->digits; *p >= '0' && *p <= '9'; p++)
		years = years * 10 + *p - '0';
	for (int i = 0; before[i] && !past && years <= 10; i++)
		if (finder_ends(f, b, before[i])) {
			from = b - strlen(before[i]);
			past = true;
		}
	for (int i = 0; behind[i] && !past; i++)
		past = finder_starts(f, e, behind[i]);
	if (!past && !finder_ends(f, b, "较前") && !finder_ends(f, b, "比前"))
		return false;
	struct expr *x = add(f, EXPR_DATE, from, e);
	x->iso = "";
	if (past && f->year > years) {
		char iso[24];
		int n = snprintf(iso, sizeof iso, "%04d/%04d", f->year - years + 1, f->year);
		x->iso = arena_strndup(f->arena, iso, (size_t)n);
		x->year = f->year - years + 1;
		x->whole_year = true;
	}
	return true;
}

/* The year that a date without one belongs to: 去年12月 of the year before the report's, in
 * *OTHER as well; 次年3月 of none that is known. */
static int year_before(const struct finder *f, uint32_t at, int *other)
{
	static const struct { const char *word; int shift; } words[] = {
		{"去年", -1}, {"上年", -1}, {"上一年", -1}, {"前年", -2}, {"明年", 1}, {"来年", 1}};

	if (finder_ends(f, at, "次年") || finder_ends(f, at, "翌年"))
		return 0;
	for (size_t i = 0; f->year && i < sizeof words / sizeof *words; i++)
		if (finder_ends(f, at, words[i].word))
			return *other = f->year + words[i].shift;
	return f->year;
}

/* False where the Arabic digits at AT begin no date, by what stands behind them. */
static bool may_be_date(const struct finder *f, size_t at)
{
	size_t e = at;

	while (e < f->e && f->text.s[e] >= '0' && f->text.s[e] <= '9')
		e++;
	if (e == at)
		return true;
	if (e == f->e)
		return false;
	uint8_t c = (uint8_t)f->text.s[e];
	if (c < 0x80)
		return c <= ' ' || memchr("-/.~", c, 4);
	return c < 0xE4 || c > 0xEE || finder_starts(f, e, "年") || finder_starts(f, e, "月") || finder_starts(f, e, "至")
		|| finder_starts(f, e, "到") || numeral_may_start(f->text.s + e, f->e - e);
}

/* True for a Chinese numeral within words, 统一领导, 数据: nothing that could go on a number or a date stands behind
 * it, and no unit. Most numerals of a text are such. */
static bool is_lone(const struct finder *f, size_t at)
{
	const uint8_t *u = (const uint8_t *)f->text.s + at, *next = u + 3;

	if (f->e - at < 6 || u[0] < 0xE3 || u[0] > 0xE9 || next[0] < 0xE3 || next[0] > 0xEF
	    || f->lex->joins[next[1] & 63] >> (next[2] & 63) & 1)
		return false;
	return !finder_starts(f, at, "零") && !finder_ends(f, at, "第") && !finder_ends(f, at, "前")
		&& !units_match(f->lex->units, (const char *)next, f->e - at - 3);
}

/* Reads what starts at AT, a place where a numeral may start. Returns the place
 * to go on at. */
static size_t number_read(struct finder *f, size_t at)
{
	struct numeral v;
	struct date date;
	size_t begin = at;
	enum expr_proof proof = PROOF_NONE;
	bool arabic = finder_is_digit(finder_at(f, at));

	if (!arabic && finder_starts(f, at, "零")) {
		size_t z = zero_read(f, at);
		if (z)
			return z;
	}
	if (finder_ends(f, at, "第")) {
		size_t e = rank_read(f, at - 3, at, false);
		if (e)
			return e;
		size_t n = numeral_read(f->text.s + at, f->e - at, &v);
		e = at + (n ? n : 3);
		const struct unit *u = units_match(f->lex->units, f->text.s + e, f->e - e);
		return u ? e + u->word.n : e;
	}
	if (finder_ends(f, at, "前") && !proof_is_time(f, at)) {
		size_t e = rank_read(f, at - 3, at, true);
		if (e)
			return e;
	}
	int other = 0;
	bool is_date = may_be_date(f, at) && date_read(f->text.s + at, f->e - at, year_before(f, at, &other), &date);
	if (is_date && !date.year && !other && strlen(date.iso) == 7
	    && first_months(f, at, at + date.len, atoi(date.iso + 5)))
		return at + date.len;
	if (is_date && !(arabic && proof_is_tied(f, at, at + date.len, true))) {
		struct expr *x = add(f, EXPR_DATE, at, at + date.len);
		x->iso = arena_strndup(f->arena, date.iso, strlen(date.iso));
		x->year = date.year ? date.year : other;
		x->whole_year = date.whole_year;
		return at + date.len;
	}
	size_t n = joined_read(f, at, &v);
	if (!n)
		n = numeral_read_flags(f->text.s + at, f->e - at, NUMERAL_BARE_SCALE, &v);
	if (!n) {
		uint32_t cp;
		return at + utf8_next(f->text.s + at, f->e - at, &cp);
	}
	size_t e = at + n, odds = arabic && v.type == NUMERAL_NUMBER && !v.range && !v.scale ? odds_end(f, at, e) : 0;
	if (odds) {
		struct expr *x = add(f, EXPR_FACT, at, odds);
		fact_numbers(f, &x->fact, &v, 0);
		x->fact.kind = FACT_RATIO;
		return odds;
	}
	if (v.huge || v.dotted || proof_is_tied(f, at, e, arabic))
		return e;
	bool bare = v.form != NUMERAL_ARABIC && !arabic && v.bare;
	int bound = bound_of(&v), ignored;
	const struct unit *u = NULL;
	struct str word = {NULL, 0};

	switch (v.type) {
	case NUMERAL_PERCENT:
	case NUMERAL_TENTHS:
		u = units_match(f->lex->units, "%", 1);
		word = STR("%");
		break;
	case NUMERAL_PERMILLE:
		u = units_match(f->lex->units, "‰", 3);
		word = STR("‰");
		break;
	case NUMERAL_FRACTION:
		break;
	case NUMERAL_DISCOUNT:
		return e;
	case NUMERAL_NUMBER: {
		size_t p = arabic ? skip_spaces(f, e) : e, end;
		u = unit_at(f, p, &word, &end);
		if (u && (proof_is_word(f, u, end, arabic)
		    || (!arabic && !finder_starts(f, end, "半") && !proof_chinese(&v, u, &proof))))
			return e;
		if (!u) {
			if (arabic && v.scale >= 4 && clause_ends(f, e))
				return bare_read(f, at, e, &v);
			if (arabic && counted_read(f, at, e, &v))
				return e;
			/* 行政处罚2100，占33.9% */
			if (arabic && !v.range && v.bound == NUMERAL_EXACT && proof_share_follows(f, at, e)) {
				struct expr *x = add(f, EXPR_FACT, at, e);
				fact_numbers(f, &x->fact, &v, 0);
				x->fact.kind = FACT_COUNT;
				return e;
			}
			/* a bare number waits for the unit of the list that it opens */
			if (!arabic || !list_goes_on(f, e) || finder_is_letter(finder_at(f, e)))
				return e;
			struct expr *x = add(f, EXPR_FACT, at, e);
			fact_numbers(f, &x->fact, &v, 0);
			x->fact.bound = bound;
			f->pending++;
			return e;
		}
		if (str_is(u->word, "个月") && !v.range && !v.scale && decimal_is_int(v.value) && v.value.exp == 0
		    && first_months(f, at, end, (int)v.value.mant))
			return end;
		if (str_is(u->word, "年") && years_past(f, at, end, &v))
			return end;
		e = half_read(f, end, &v, &u, &word);
		break;
	}
	}
	if (bare && v.bound == NUMERAL_EXACT) {
		/* 百家, 千名 are figures of speech unless a modifier says otherwise */
		if (modifier_before(f, at, true, &ignored) == at)
			return e;
	}
	const struct unit *points = u && str_is(u->word, "个") ? points_behind(f, e) : NULL;
	if (points) {
		u = points;
		word = points->name;
	}
	begin = modifier_compares(f, at, e) ? at : modifier_before(f, at, bare, &bound);
	struct expr *x = add(f, EXPR_FACT, begin, e);
	x->proof = proof;
	fact_numbers(f, &x->fact, &v, u ? u->scale : 0);
	x->fact.kind = u ? u->kind : FACT_RATIO;
	x->fact.unit = word;
	x->unit_group = u ? u->group : (struct str){NULL, 0};
	if (u)
		e = range_behind(f, e, &x->fact, u);
	e = modifier_behind(f, e, &bound);
	x->fact.bound = bound;
	x->at.e = x->fact.at.e = (uint32_t)e;
	if (f->pending)
		pending_settle(f, x, u);
	return e;
}

/* The next place at or behind I where a number, a document number or a phrase may begin. */
static size_t pass(struct finder *f, size_t i)
{
	const uint8_t *s = (const uint8_t *)f->text.s;

	phrase_end(f, i);       /* takes the next phrase in hand */
	size_t name = f->name < f->nnames ? f->names[f->name].b : SIZE_MAX;
	while (i < f->e) {
		uint8_t c = s[i];
		uint32_t cp;
		if (c < 0x80) {
			if (c == '"' || c == '[' || c == '(' || (c >= '0' && c <= '9'))
				break;
			i++;
		} else if (i >= name) {
			break;
		} else if (c >= 0xE0 && c < 0xF0 && f->e - i >= 3) {
			if (f->lex->stops[s[i + 1] & 63] >> (s[i + 2] & 63) & 1 && !(c == 0xEF && s[i + 2] == 0x8C))
				break;          /* ， has the last bytes of 弌 */
			i += 3;
		} else {
			i += utf8_next(f->text.s + i, f->e - i, &cp);
		}
	}
	return i;
}

void quantities_find(const struct lexicon *lex, struct arena *a, struct str text,
	struct span at, int year, struct exprs *out)
{
	struct finder f = {.lex = lex, .arena = a, .text = text, .b = at.b, .e = at.e,
		.year = year, .out = out};
	size_t i = at.b, skip;

	phrase_find(&f);
	while ((i = pass(&f, i)) < f.e) {
		if ((skip = phrase_quoted(&f, i)) > i || (skip = phrase_end(&f, i)) > i) {
			pending_drop(&f);
			i = skip;
			continue;
		}
		if ((skip = phrase_docno(&f, i)) > 0) {
			add(&f, EXPR_DOCNO, i, skip);
			i = skip;
			continue;
		}
		if (!numeral_may_start(text.s + i, f.e - i)) {
			uint32_t cp;
			i += utf8_next(text.s + i, f.e - i, &cp);
			continue;
		}
		size_t had = f.pending, before = f.out->n;
		i = is_lone(&f, i) ? i + 3 : number_read(&f, i);
		/* a list breaks where the next number is not directly its continuation */
		if (had && f.pending == had && f.out->n == before)
			pending_drop(&f);
	}
	pending_drop(&f);
}
