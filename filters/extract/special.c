/* special: numbers that mean something without a unit, or by the word before them (finder.h). */
#include "finder.h"

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
	struct expr *x = finder_add(f, EXPR_FACT, b, e);
	x->proof = PROOF_RANK;
	x->fact.kind = FACT_RANK;
	finder_numbers(f, &x->fact, &v, 0);
	x->fact.bound = first_n ? BOUND_UNDER : BOUND_EXACT;
	return e;
}

/* 零败诉 */
static size_t zero_read(struct finder *f, size_t at)
{
	for (size_t i = 0; i < f->lex->nzero; i++) {
		struct str w = f->lex->zero[i];
		if (f->e - at - 3 < w.n || memcmp(f->text.s + at + 3, w.s, w.n) != 0)
			continue;
		struct expr *x = finder_add(f, EXPR_FACT, at, at + 3 + w.n);
		x->zero = true;
		x->fact.kind = FACT_COUNT;
		x->fact.value = (struct number){{0, 0}, true};
		x->fact.digits = STR("0");
		return at + 3 + w.n;
	}
	return 0;
}

size_t special_led(struct finder *f, size_t at, bool arabic)
{
	struct numeral v;
	size_t e;

	if (!arabic && finder_starts(f, at, "零") && (e = zero_read(f, at)) > 0)
		return e;
	if (finder_ends(f, at, "第")) {
		if ((e = rank_read(f, at - 3, at, false)) > 0)
			return e;
		size_t n = numeral_read(f->text.s + at, f->e - at, &v);
		e = at + (n ? n : 3);
		const struct unit *u = units_match(f->lex->units, f->text.s + e, f->e - e);
		return u ? e + u->word.n : e;
	}
	return finder_ends(f, at, "前") && !proof_is_time(f, at) ? rank_read(f, at - 3, at, true) : 0;
}

/* The end of ∶1 at E, where a word before AT says that things are set against each other; else 0. */
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

size_t special_odds(struct finder *f, size_t at, size_t e, const struct numeral *v)
{
	size_t end = v->type == NUMERAL_NUMBER && !v->range && !v->scale ? odds_end(f, at, e) : 0;

	if (end) {
		struct expr *x = finder_add(f, EXPR_FACT, at, end);
		finder_numbers(f, &x->fact, v, 0);
		x->fact.kind = FACT_RATIO;
	}
	return end;
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
	int bound = finder_bound(v);
	size_t b = modifier_before(f, at, false, &bound), from = b > f->b + 24 ? b - 24 : f->b;
	struct str left = {f->text.s + from, b - from};
	struct expr *x = finder_add(f, EXPR_FACT, b, e);

	finder_numbers(f, &x->fact, v, 0);
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
	int bound = finder_bound(v);
	size_t b = modifier_before(f, at, false, &bound), noun = e + (finder_starts(f, e, "“") ? 3 : 0);     /* 420万“法律明白人” */

	if (v->range || (v->scale < 4 && bound == BOUND_EXACT)
	    || !wordset_match(&f->lex->counted, (struct str){f->text.s + noun, f->e - noun}))
		return false;
	struct expr *x = finder_add(f, EXPR_FACT, b, e);
	finder_numbers(f, &x->fact, v, 0);
	x->fact.kind = FACT_COUNT;
	x->fact.bound = bound;
	return true;
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

size_t special_unitless(struct finder *f, size_t at, size_t e, const struct numeral *v, bool arabic)
{
	if (arabic && v->scale >= 4 && clause_ends(f, e))
		return bare_read(f, at, e, v);
	if (arabic && counted_read(f, at, e, v))
		return e;
	/* 行政处罚2100，占33.9% */
	if (arabic && !v->range && v->bound == NUMERAL_EXACT && proof_share_follows(f, at, e)) {
		struct expr *x = finder_add(f, EXPR_FACT, at, e);
		finder_numbers(f, &x->fact, v, 0);
		x->fact.kind = FACT_COUNT;
		return e;
	}
	/* a bare number waits for the unit of the list that it opens */
	if (!arabic || !list_goes_on(f, e) || finder_is_letter(finder_at(f, e)))
		return e;
	struct expr *x = finder_add(f, EXPR_FACT, at, e);
	finder_numbers(f, &x->fact, v, 0);
	x->fact.bound = finder_bound(v);
	f->pending++;
	return e;
}
