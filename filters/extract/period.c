/* period: for when a number counts, as its sentence says. */
#include "work.h"

#include <stdio.h>
#include <stdlib.h>

static struct str arena_printf(struct arena *a, const char *fmt, int year, const char *rest)
{
	char text[64];
	int n = snprintf(text, sizeof text, fmt, year, rest);
	return (struct str){arena_strndup(a, text, (size_t)n), (size_t)n};
}

static struct str arena_join(struct arena *a, const char *x, const char *y)
{
	char text[64];
	int n = snprintf(text, sizeof text, "%s%s", x, y);
	return (struct str){arena_strndup(a, text, (size_t)n), (size_t)n};
}

/* 自2021年以来, 6月起: what follows is counted from that date on. */
static bool is_since(struct str text, const struct expr *date)
{
	static const char *const behind[] = {"以来", "来，", "来,", "至今", "起，", "起,", "开始，", NULL};
	return stands_behind(text, date->at.e, behind);
}

/* True where a date only gives the base of a comparison: 比2022年增加. */
static bool is_base(struct str text, const struct expr *date)
{
	static const char *const words[] = {"比", "较", "与", "同", "于", "自", "从", "由", "结转", "结转至", "结转到",
		"结转下", "转结", "转结至", "转入", NULL};
	return stands_before(text, date->at.b, words) && !is_since(text, date);
}

/* 由2018年的30.7%: a base, but the date of the number right behind it. */
static bool is_tied(struct str text, const struct expr *date, uint32_t number)
{
	struct str between = str_sub(text, date->at.e, number);
	size_t i = str_starts(between, STR("度的")) ? 6 : str_starts(between, STR("的")) ? 3 : 0;

	if (i == between.n)
		return true;
	if (!i || between.n - i > 24)
		return false;
	/* 从2020年的21.8%、8.4%上升: the second of two */
	for (; i < between.n && (strchr("0123456789.%", between.s[i]) || str_starts(str_sub(between, i, between.n), STR("％"))); i++)
		i += (uint8_t)between.s[i] >= 0x80 ? 2 : 0;
	struct str rest = str_sub(between, i, between.n);
	return str_is(rest, "、") || str_is(rest, "和") || str_is(rest, "，");
}

/* 是2022年收案数的4.4倍, 占2022年总量的三成: the year of what the next number is a multiple or a share of. */
static bool is_whole(const struct work *w, size_t date)
{
	static const char *const words[] = {"是", "为", "达", "达到", "达到了", "相当于", "占", "约占", "超过", "超", NULL}, *const of[] = {"的", NULL};
	const struct expr *x = &w->exprs->items[date], *next = x + 1;
	struct str text = w->d->text;

	return date + 1 < w->exprs->n && next->kind == EXPR_FACT
		&& (next->fact.kind == FACT_RATIO || next->fact.kind == FACT_PERCENT)
		&& stands_before(text, x->at.b, words) && stands_before(text, next->at.b, of);
}

/* 1—9月, 11月份: months that open a clause are the period of what follows; other
 * dates without a year only say when something happened. */
static bool is_months(const struct work *w, const struct expr *date)
{
	static const char *const open[] = {"，", ",", "；", ";", "。", "：", ":", "年", "、", "）", ")", NULL},
		*const part[] = {"份", NULL}, *const third[] = {"上旬", "中旬", "下旬", "底", "初", "中", NULL},
		*const whole[] = {"，全市", "，全县", "，全区", "，全省", "，全州", "，共", "，我", ",全市",
		",全县", ",全区", ",全省", ",全州", ",共", ",我", "全市", "全县", "全区", "全省", "共", NULL};
	struct str text = w->d->text;
	size_t n = strlen(date->iso);

	if (date->at.b != w->sentence->at.b && !stands_before(text, date->at.b, open)
	    && !(is_since(text, date) && n == 7))
		return false;
	if (n == 15 && date->iso[7] == '/')
		return true;
	return n == 7 && (is_since(text, date) || (stands_before(text, date->at.e, part) && !stands_behind(text, date->at.e, third))
		|| stands_behind(text, date->at.e, whole));
}

/* 清理2015年以来规范性文件, 被评为2022年度先进: when the things were made that are dealt with now. */
static bool is_attribute(struct str text, const struct expr *date)
{
	static const char *const verbs[] = {"清理", "梳理", "评估", "排查", "复查", "对", "清理了", "梳理了", NULL},
		*const prizes[] = {"评为", "评为全省", "评为全市", "评为全国", "评为全区", "获评", "获评全省", "获评全市", "获评全国",
		"入选", "入选全省", "入选全市", "入选全国", "荣获", "荣获全省", "荣获全市", NULL};
	/* 持续开展2019—2020年蓝天保卫战 */
	static const char *const works[] = {"开展", "实施", "推进", "启动", "编制", "制定", "印发", "出台", NULL};
	return stands_before(text, date->at.b, verbs) || stands_before(text, date->at.b, prizes)
		|| (date->whole_year && strchr(date->iso, '/') && stands_before(text, date->at.b, works));
}

/* 在2022年度全市考评中获评优秀；7个司法所达标: the year of a prize ends with its clause. */
static bool is_of_prize(struct str text, const struct expr *date, uint32_t number)
{
	static const char *const words[] = {"考评", "考核", "评选", "评比", "评估", "表彰", "荣获", "获评", "被评", "授予"};
	struct str between = str_sub(text, date->at.e, number);
	size_t end = str_find(between, STR("；"), 0);

	end = end == SIZE_MAX ? str_find(between, STR(";"), 0) : end;
	if (!date->whole_year || end == SIZE_MAX || str_starts(between, STR("，")) || str_starts(between, STR(",")))
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find(str_sub(between, 0, end), str_of(words[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

/* 2021年1月1日至2021年12月31日 is the year. */
static bool is_year_in_days(const char *iso)
{
	return strlen(iso) == 21 && memcmp(iso, iso + 11, 4) == 0 && memcmp(iso + 4, "-01-01/", 7) == 0
		&& memcmp(iso + 15, "-12-31", 6) == 0;
}

/* 自2019年以来…，今年新增632名: the report's own year again; 介绍2023年四季度情况，全年查处86件: the whole of that year. */
static bool is_own_again(const struct work *w, const struct expr *date, uint32_t number)
{
	struct str between = str_sub(w->d->text, date->at.e, number);
	return str_find(between, STR("今年"), 0) != SIZE_MAX || str_find(between, STR("本年"), 0) != SIZE_MAX
		|| (is_since(w->d->text, date) && str_find(between, STR("截至目前"), 0) != SIZE_MAX)
		|| (date->year && date->year == w->d->year && !date->whole_year && str_find(between, STR("，全年"), 0) != SIZE_MAX);
}

/* The date before the number in its sentence that says of when it is, nearest first; 2014年的4.8倍 only says of
 * what the multiple is. */
static const struct expr *date_before(const struct work *w, size_t i)
{
	size_t at = i;
	uint32_t number = w->exprs->items[i].at.b;

	while (i-- > 0) {
		const struct expr *x = &w->exprs->items[i];
		if (number - x->at.e > REACH)
			break;
		if (x->kind == EXPR_DATE && x->iso[0] && (x->year || is_months(w, x))
		    && !closes_between(w->d->text, x->at.e, number) && !is_attribute(w->d->text, x) && !is_whole(w, i)
		    && !is_of_prize(w->d->text, x, number)
		    && (!is_base(w->d->text, x) || (x->whole_year && is_tied(w->d->text, x, number)))
		    && !(w->exprs->items[at].fact.kind == FACT_RATIO && is_tied(w->d->text, x, number)))
			return is_own_again(w, x, number) ? NULL : x;
	}
	return NULL;
}

/* 1—6月 in a report on the first half of the year is the report's own period. */
static bool is_own_months(const char *iso, struct str own)
{
	static const struct { const char *months, *part; } names[] = {{"-01/-06", "-H1"}, {"-07/-12", "-H2"},
		{"-01/-03", "-Q1"}, {"-04/-06", "-Q2"}, {"-07/-09", "-Q3"}, {"-10/-12", "-Q4"}, {"-01/-09", "-Q1-Q3"}};

	if (str_eq(str_of(iso), own))
		return true;
	if (strlen(iso) != 15 || own.n < 7 || memcmp(iso, iso + 8, 4) != 0 || memcmp(iso, own.s, 4) != 0)
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (memcmp(iso + 4, names[i].months, 4) == 0 && memcmp(iso + 12, names[i].months + 4, 3) == 0
		    && str_is(str_sub(own, 4, (uint32_t)own.n), names[i].part))
			return true;
	return false;
}

/* 截至10月底，累计办理386件: part of a year, from its first month to the one that is named. */
static void until(const struct work *w, size_t i, struct expr *x)
{
	const struct expr *date = NULL;
	static const char *const words[] = {"截至", "截止", "截至到", "截止到", NULL};
	char text[32];

	while (i-- > 0 && !date) {
		const struct expr *y = &w->exprs->items[i];
		if (y->kind == EXPR_DATE && strlen(y->iso) >= 7 && y->iso[4] == '-' && stands_before(w->d->text, y->at.b, words))
			date = y;
	}
	int month = date ? atoi(date->iso + 5) : 0;
	if (month < 1 || month > 11)
		return;
	int n = snprintf(text, sizeof text, "%.4s-01/%.4s-%02d", date->iso, date->iso, month);
	if (!is_own_months(text, w->d->about.period.value))
		x->fact.period = (struct str){arena_strndup(w->d->arena, text, (size_t)n), (size_t)n};
}

/* 去年，全县…: the year before the one in which it is said. News, and what is read to a congress, speak from the day they are
 * written: there it may be the very year that is reported. */
static int last_year(const struct document *d)
{
	static const char *const spoken[] = {"news", "other", "work_report", "court_report", "procuratorate_report", NULL};
	struct str day = d->about.written.value.n >= 4 ? d->about.written.value : d->about.published.value;
	int year = day.n >= 4 ? (int)strtol(day.s, NULL, 10) : 0;

	for (int i = 0; spoken[i] && year; i++)
		if (str_is(d->about.genre.value, spoken[i]))
			return year - 1;
	return d->year - 1;
}

void decide_period(struct work *w, size_t i)
{
	struct expr *x = &w->exprs->items[i];
	struct document *d = w->d;
	const struct label *label = d->labels ? &d->labels[w->sentence->segment] : NULL;
	bool plan = label && str_is(label->role, "plan");
	const struct expr *date = date_before(w, i);
	struct str value;

	if (x->fact.modality == MODALITY_TARGET && plan && d->year) {
		/* a report on part of a year plans the rest of it, unless it names another */
		struct str own = str_sub(d->text, w->sentence->at.b, w->sentence->at.e);
		bool rest = d->about.period.part_year && str_find(own, STR("明年"), 0) == SIZE_MAX
			&& str_find(own, STR("来年"), 0) == SIZE_MAX;
		int year = date && date->year > d->year ? date->year : d->year + !rest;
		x->fact.period = arena_printf(d->arena, "%d%s", year, "");
		return;
	}
	struct span words = SPAN_NONE;
	if (work_cue(w, x, w->a->period, &value, &words)
	    && !(date && !span_is_none(words) && date->at.b > w->context.from[words.b])) {
		if (str_is(value, "to-date")) {
			if (!date || !span_is_none(words))      /* 历年累计, behind a date of this year */
				x->fact.period = value;
		} else if (str_is(value, "until")) {
			until(w, i, x);
			return;
		} else if (value.n && value.s[0] >= '1' && value.s[0] <= '2') {
			if (!str_eq(value, d->about.period.value))      /* 2016/2020, of a plan */
				x->fact.period = value;
			return;
		} else if (d->year || (str_is(value, "last") && last_year(d) > 0)) {
			int year = date && date->year ? date->year : d->year;
			if (str_is(value, "previous"))
				x->fact.period = arena_printf(d->arena, "%d%s", d->year - 1, "");
			else if (str_is(value, "last")) {
				struct str own = str_sub(d->text, w->sentence->at.b, w->sentence->at.e);
				if (last_year(d) != d->year || d->about.period.part_year)
					x->fact.period = arena_printf(d->arena, "%d%s", last_year(d), "");
				/* 去年 opens the sentence: it holds beyond what patterns see */
				if (!span_is_none(words) && str_find(own, STR("今年"), 0) == SIZE_MAX)
					w->goes_on = x->fact.period;
			} else {
				char rest[16];
				snprintf(rest, sizeof rest, "-%.*s", (int)(value.n < 12 ? value.n : 12), value.s);
				x->fact.period = arena_printf(d->arena, "%d%s", year, rest);
				if (str_eq(x->fact.period, d->about.period.value))
					x->fact.period = (struct str){NULL, 0};
			}
			return;
		}
	}
	if (!date && w->goes_on.s) {
		x->fact.period = w->goes_on;
		return;
	}
	/* a report of an unknown year still names years */
	if (!date || !(d->year || date->year) || str_eq(str_of(date->iso), d->about.period.value))
		return;
	if (is_own_months(date->iso, d->about.period.value))
		return;
	if (is_year_in_days(date->iso)) {
		if (date->year != d->year)
			x->fact.period = arena_printf(d->arena, "%d%s", date->year, "");
		return;
	}
	bool own = date->whole_year && date->year == d->year && !strchr(date->iso, '/');
	if (strlen(date->iso) == 15 && memcmp(date->iso, date->iso + 8, 4) == 0
	    && memcmp(date->iso + 4, "-01/", 4) == 0 && memcmp(date->iso + 12, "-12", 3) == 0) {
		if (atoi(date->iso) != d->year)         /* 1—12月 */
			x->fact.period = arena_printf(d->arena, "%d%s", atoi(date->iso), "");
		return;
	}
	if (is_since(d->text, date) && !strchr(date->iso, '/')) {
		if (!own)
			x->fact.period = arena_join(d->arena, date->iso, "/..");
	} else if (date->whole_year ? !own : strchr(date->iso, '/') || !date->year
		   || (strlen(date->iso) == 7 && date->year != d->year)) {
		x->fact.period = str_of(date->iso);
	}
}
