/* subject: what a number counts. Ellipsis is the rule in lists: a growth, a part or a
 * rate may take its subject from the number before it. */
#include "work.h"

#include <stdio.h>

static void copy_subject(struct fact *f, const struct fact *from)
{
	f->measure = from->measure;
	f->measure_at = from->measure_at;
	/* 压缩82%，少5天: days are no part of a rate, while a rate may tell how anything grew */
	if (from->indicator.s && (is_rate(f) || f->kind == from->kind)) {
		f->indicator = from->indicator;
		f->rule = STR("previous");
	}
}

/* 全市败诉率12.3%，同比下降2.7个百分点: whose figure the level is, its growth is too, unless the
 * words between speak of ourselves (我区达98.6%). */
static void copy_scope(const struct work *w, struct fact *f, const struct fact *from)
{
	struct str between = str_sub(w->d->text, from->at.e, f->at.b);

	if (!f->scope.s && from->scope.s && from->at.e <= f->at.b && str_find(between, STR("我"), 0) == SIZE_MAX
	    && str_find(between, STR("本"), 0) == SIZE_MAX)
		f->scope = from->scope;
}

/* 纠错236件，纠错率24%，较去年60件增长3倍: the level before fact K that is told in the unit of the figure quoted
 * to compare with; NULL where the sentence has none. */
static const struct fact *level_like(const struct work *w, const struct fact *quoted, size_t k)
{
	while (k-- > 0 && w->d->facts[k].at.b >= w->sentence->at.b && quoted->at.b - w->d->facts[k].at.b < REACH) {
		const struct fact *g = &w->d->facts[k];
		if (g->modality != MODALITY_REFERENCE && g->change == CHANGE_LEVEL && g->kind == quoted->kind
		    && str_eq(g->unit, quoted->unit))
			return g;
	}
	return NULL;
}

/* The fact that a growth rate without a subject of its own belongs to: the one
 * before it in the sentence (办理案件201件，同比增长43.5%); NULL where there is none. */
static const struct fact *base_of(const struct work *w, const struct fact *f)
{
	static const char *const marks[] = {"，", ",", "、", NULL};

	if (!w->d->nfacts || f->change == CHANGE_LEVEL)
		return NULL;
	static const char *const closed[] = {"）", ")", NULL}, *const opened[] = {"（", "(", NULL};
	size_t k = w->d->nfacts - 1;
	if (stands_behind(w->d->text, w->d->facts[k].at.e, closed))     /* 300件（含旧存20件），同比 */
		while (k > 0 && f->at.b - w->d->facts[k].at.b < REACH
		       && !stands_behind(w->d->text, w->d->facts[k].at.e, opened))
			k--;
	size_t last = k;
	while (k > 0 && f->at.b - w->d->facts[k].at.b < REACH
	       && w->d->facts[k].modality == MODALITY_REFERENCE)        /* 比2017年的824件增加 */
		k--;
	const struct fact *before = &w->d->facts[k];
	if (k < last && before->at.b >= w->sentence->at.b && !str_eq(before->unit, w->d->facts[last].unit)) {
		before = level_like(w, &w->d->facts[last], k);
		return before && before->modality == f->modality ? before : NULL;
	}
	if (before->at.b < w->sentence->at.b || before->modality != f->modality)
		return NULL;
	struct str between = str_sub(w->d->text, before->at.e, f->at.b);
	if (between.n > 60 || str_find(between, STR("；"), 0) != SIZE_MAX || str_find(between, STR(";"), 0) != SIZE_MAX)
		return NULL;
	/* 增幅较上年同期下降13个百分点: the growth of a growth */
	if (f->kind == FACT_POINTS && (str_find(between, STR("增幅"), 0) != SIZE_MAX
	    || str_find(between, STR("增速"), 0) != SIZE_MAX || str_find(between, STR("降幅"), 0) != SIZE_MAX))
		return NULL;
	return stands_behind(w->d->text, before->at.e, marks)
		|| stands_behind(w->d->text, before->at.e, opened) ? before : NULL;
}

/* 同比增加8家，达102家: a level that only names where a growth led to. */
static const struct fact *grown_of(const struct work *w, const struct fact *f)
{
	static const char *const joints[] = {"，达", "，达到", "，达到了", "，总数达", "，总数达到",
		"，增至", "至", "到", "，升至", "，降至", NULL};

	if (!w->d->nfacts || f->change != CHANGE_LEVEL)
		return NULL;
	const struct fact *before = &w->d->facts[w->d->nfacts - 1];
	if (before->at.b < w->sentence->at.b || before->change == CHANGE_LEVEL)
		return NULL;
	struct str between = str_sub(w->d->text, before->at.e, f->at.b);
	for (int i = 0; joints[i]; i++)
		if (str_is(between, joints[i]))
			return before;
	return NULL;
}

/* 2021年败诉率12.3%，2022年降至9.6%; 今年为213件; 全市386件，同比增长8%，其中我区112件: a level with no
 * words of its own goes on with the subject of the level before it. */
static const struct fact *continued_of(const struct work *w, const struct fact *f)
{
	static const char *const verbs[] = {"为", "达", "达到", "达到了", "降至", "降到", "升至", "升到", "增至", "增加到",
		"提高到", "提升到", "上升到", "下降到", "减少到", "仅为", "则为", "是", "我区", "我县", "我市", "我州",
		"我旗", "我省", NULL};
	size_t k = w->d->nfacts;

	if (!k || f->change != CHANGE_LEVEL)
		return NULL;
	while (--k > 0 && w->d->facts[k].change != CHANGE_LEVEL && w->d->facts[k].at.b >= w->sentence->at.b)
		;
	const struct fact *before = &w->d->facts[k];
	if (before->at.b < w->sentence->at.b || before->change != CHANGE_LEVEL || before->kind != f->kind
	    || !str_eq(before->unit, f->unit) || !stands_before(w->d->text, f->at.b, verbs))
		return NULL;
	struct str between = str_sub(w->d->text, before->at.e, f->at.b);
	return between.n <= 60 && (str_starts(between, STR("，")) || str_starts(between, STR("；"))
		|| str_starts(between, STR(","))) ? before : NULL;
}

/* 新建12处，总数达86处: the sum counts what was there before, too. */
static bool is_sum_of(const struct work *w, const struct fact *f, const struct fact *level)
{
	struct str between = str_sub(w->d->text, level->at.e, f->at.b);
	return str_find(between, STR("总"), 0) != SIZE_MAX || str_find(between, STR("累计"), 0) != SIZE_MAX;
}

/* True for what parts rates in a row: a joint, and the verb of the next where it has its own. */
static bool is_joint(struct str between)
{
	static const char *const joints[] = {"以及", "、", "，", ",", "和", "与", "及", NULL};
	static const char *const verbs[] = {"", "增长", "上升", "增加", "提高", "提升", "下降", "减少", "降低", NULL};

	for (int k = 0; joints[k]; k++) {
		struct str joint = str_of(joints[k]);
		if (!str_starts(between, joint))
			continue;
		struct str rest = str_sub(between, (uint32_t)joint.n, (uint32_t)between.n);
		for (int v = 0; verbs[v]; v++)
			if (str_is(rest, verbs[v]))
				return true;
	}
	return false;
}

/* Rates in a row, 8.48%、9.77%和3%; 8.6%、下降3.4%: how many stand from item I on. */
static size_t rates_in_row(const struct work *w, size_t i)
{
	const struct expr *x = w->exprs->items;
	size_t n = 1;

	for (; i + n < w->exprs->n && x[i + n].kind == EXPR_FACT
	       && (x[i + n].fact.kind == x[i].fact.kind || (is_rate(&x[i].fact) && is_rate(&x[i + n].fact))); n++)
		if (!is_joint(str_sub(w->d->text, x[i + n - 1].at.e, x[i + n].at.b)))
			break;
	return n;
}

/* The place of the first of the N facts before number I that stand in no brackets which closed
 * since; SIZE_MAX where the sentence has fewer. */
static size_t wholes_before(const struct work *w, size_t i, size_t n)
{
	const struct document *d = w->d;
	uint32_t number = w->exprs->items[i].at.b;

	for (size_t k = d->nfacts; k-- > 0 && d->facts[k].at.b >= w->sentence->at.b;)
		if (!closes_between(d->text, d->facts[k].at.e, number) && --n == 0)
			return k;
	return SIZE_MAX;
}

/* 37起、死亡30人、受伤15人，同比分别下降19.6%、9.1%: more numbers than rates, of which nobody says whose they are.
 * True where the one before fact FROM stands in its list. */
static bool is_longer_list(const struct work *w, size_t from)
{
	const struct document *d = w->d;

	if (from == 0 || d->facts[from - 1].at.b < w->sentence->at.b)
		return false;
	struct str between = str_sub(d->text, d->facts[from - 1].at.e, d->facts[from].at.b);
	return str_starts(between, STR("、")) && between.n <= 24 && str_find(between, STR("，"), 0) == SIZE_MAX
		&& d->facts[from - 1].change == CHANGE_LEVEL;
}

/* 受理300件（含旧存20件），结案280件，同比分别上升8%、9%: each rate belongs to one of as many
 * facts before them. True where number I was given its subject so. */
static bool share(struct work *w, size_t i)
{
	struct document *d = w->d;
	struct fact *f = &w->exprs->items[i].fact;
	uint32_t number = w->exprs->items[i].at.b;

	if (w->left == 0) {
		size_t n = 0;
		if ((is_rate(f) || f->change != CHANGE_LEVEL) && work_cue(w, &w->exprs->items[i], w->a->shared, NULL, NULL))
			n = rates_in_row(w, i);
		size_t from = n < 2 ? SIZE_MAX : wholes_before(w, i, n);
		/* 较2020年下降2.1%、5.5%，较2019年下降12.8%、10.8%: the same facts again */
		if (from != SIZE_MAX && n == w->row && from == w->row_from)
			from = w->row_of;
		if (from == SIZE_MAX || is_longer_list(w, from))
			return false;
		size_t at = from;
		for (size_t k = 0; k < n; k++, at++) {
			while (closes_between(d->text, d->facts[at].at.e, number))
				at++;
			const struct fact *whole = &d->facts[at], *own = &w->exprs->items[i + k].fact;
			if (whole->change != CHANGE_LEVEL || (!is_rate(own) && !str_eq(whole->unit, own->unit)))
				return false;
		}
		w->shared = from;
		w->left = w->row = n;
		w->row_of = from;
		w->row_from = d->nfacts;
	} else if (f->change == CHANGE_LEVEL) {
		f->change = d->facts[d->nfacts - 1].change;
	}
	w->left--;
	while (closes_between(d->text, d->facts[w->shared].at.e, number))
		w->shared++;
	copy_scope(w, f, &d->facts[w->shared]);
	copy_subject(f, &d->facts[w->shared++]);
	return true;
}

/* 由1112件增至2287件: the level that the words name once for both. */
static void follow_reference(const struct work *w, struct fact *f)
{
	const struct fact *before = w->d->nfacts ? &w->d->facts[w->d->nfacts - 1] : NULL;

	if (before && !f->indicator.s && before->indicator.s && before->modality == MODALITY_REFERENCE
	    && f->modality == MODALITY_ACTUAL && f->change == CHANGE_LEVEL && before->change == CHANGE_LEVEL
	    && f->measure.s && f->measure_at.b == before->measure_at.b && f->measure_at.e == before->measure_at.e
	    && f->kind == before->kind && str_eq(f->unit, before->unit))
		copy_subject(f, before);
}

/* Names of places and offices end so: their figures are not the report's. */
static bool is_body(struct str name)
{
	static const char *const ends[] = {"县", "区", "市", "州", "旗", "盟", "省", "镇", "乡", "街道", "局", "委", "办", "院",
		"厅", "部", "所", "队", "中心", NULL};

	static const char *const kinds[] = {"城镇", "乡镇", "集镇", "村镇", "城区", "农村地区", "市区", "县区", "区县", NULL};

	for (int k = 0; kinds[k]; k++)
		if (str_is(name, kinds[k]))
			return false;
	for (int k = 0; name.n >= 6 && ends[k]; k++)
		if (str_ends(name, str_of(ends[k])))
			return true;
	return false;
}

/* For when the K-th number of a list of dates counts; {NULL, 0} for the report's own year. */
static struct str listed_period(struct work *w, const struct respective *r, size_t k)
{
	int year = r->years;
	char text[24];

	if (r->seasonal)
		year = year ? year : w->d->year;
	else
		year = year ? year + (int)k : w->exprs->items[r->date[k]].year;
	if (!year || (!r->seasonal && year == w->d->year))
		return (struct str){NULL, 0};
	int n = snprintf(text, sizeof text, "%d%s%s", year, r->seasonal ? "-" : "", r->seasonal ? r->season[k] : "");
	return (struct str){arena_strndup(w->d->arena, text, (size_t)n), (size_t)n};
}

/* What number I of a list is by the name at its place. */
static void name_listed(struct work *w, size_t i)
{
	struct respective *r = &w->list;
	struct expr *x = &w->exprs->items[i];
	struct buf *b = &w->a->cell;
	size_t k = respective_place(r, i);
	char between[64];

	snprintf(between, sizeof between, "%.*s", (int)(r->to - r->between), w->context.s + r->between);

	for (int try = 0; !x->fact.indicator.s && respective_wording(r, &w->context, i, try, b); try++)
		name_instead(w, x, b, b->len, is_growth(&x->fact) ? GROWN : between);
	if (!x->fact.indicator.s && r->n == 2)          /* rules may know the list itself */
		name_indicator(w, x);
	if (r->dated) {
		x->fact.period = listed_period(w, r, k);
	} else if (is_body(work_text(w, r->own[k]))) {
		x->fact.scope = work_text(w, r->own[k]);
	}
}

/* What the numbers of a list of seasons count: 一季度、二季度案件分别为, 案件一季度、二季度分别为, 一季度、二季度分别受理案件. */
static struct span seasonal_name(const struct respective *r)
{
	for (int i = 1; i >= 0; i--)
		if (r->part[i].b < r->part[i].e)
			return r->part[i];
	return (struct span){r->between, r->to};
}

/* 审结率、纠错率分别为96%、12%: true where number I stands in such a list, and was given its subject by it. */
static bool listed(struct work *w, size_t i)
{
	struct respective *r = &w->list;
	struct fact *f = &w->exprs->items[i].fact;

	if (!respective_read(r, &w->context, w->exprs, i))
		return false;
	size_t k = respective_place(r, i);
	if (k > 0) {    /* what is said before the first is meant of all */
		const struct fact *head = &w->exprs->items[r->first].fact;
		if (f->change == CHANGE_LEVEL)
			f->change = head->change;
		f->modality = head->modality;
		f->period = head->period;
	}
	struct span m = r->aligned && (!r->dated || r->seasonal)
		? measure_name(&w->a->measures, &w->context, r->seasonal ? seasonal_name(r) : r->part[k])
		: measure_find(&w->a->measures, &w->context, w->exprs->items[i].norm, f->kind);
	if (!span_is_none(m)) {
		f->measure = work_text(w, m);
		f->measure_at.b = (uint32_t)(f->measure.s - w->d->text.s);
		f->measure_at.e = f->measure_at.b + (uint32_t)f->measure.n;
	}
	if (r->aligned)
		name_listed(w, i);
	return true;
}

/* 案件由2021年的126件下降到86件, 100%的出庭应诉率: patterns look for a number right behind its noun. */
static bool stands_apart(const struct context *c, struct span measure, uint32_t number, int kind)
{
	static const char *const words[] = {"由", "从", "较", "比", "，", "@", NULL};

	if (measure.b > number)
		return kind == FACT_PERCENT;
	for (int i = 0; words[i]; i++)
		if (str_find((struct str){c->s + measure.e, number - measure.e}, str_of(words[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

/* 县市场监管局办理行政处罚案件: whose figure it is stands in the scope. */
static void drop_scope(const struct work *w, struct fact *f)
{
	const struct wordset *verbs = &w->a->measures.verb_front, *lead = &w->a->measures.lead;

	if (!f->scope.n || !str_starts(f->measure, f->scope) || f->measure.n < f->scope.n + 6)
		return;
	struct str rest = str_sub(f->measure, f->scope.n, f->measure.n);
	for (size_t n; (n = wordset_match(lead, rest)) > 0 || (n = wordset_match(verbs, rest)) > 0;) {
		if (rest.n < n + 6)
			break;
		rest = str_sub(rest, n, rest.n);
	}
	f->measure = str_trim(rest);
	f->measure_at.b = (uint32_t)(f->measure.s - w->d->text.s);
	f->measure_at.e = f->measure_at.b + (uint32_t)f->measure.n;
}

void decide_subject(struct work *w, size_t i)
{
	struct expr *x = &w->exprs->items[i];
	struct fact *f = &x->fact;

	if (share(w, i) || listed(w, i))
		return;
	struct span m = measure_find(&w->a->measures, &w->context, x->norm, f->kind);
	struct str words = {NULL, 0};
	if (!span_is_none(m))
		words = work_text(w, m);
	/* 比2016年增长: the words only say what is compared */
	bool bare = !words.n || str_starts(words, STR("比")) || str_starts(words, STR("较"));
	const struct fact *base = bare ? base_of(w, f) : NULL, *grown = words.n ? NULL : grown_of(w, f);
	if (!words.n && !grown)
		grown = continued_of(w, f);
	if (!base)
		name_indicator(w, x);
	if (!f->indicator.s && words.n && !base && !grown && (is_growth(f) || stands_apart(&w->context, m, x->norm, f->kind)))
		name_measure(w, x, m);
	if (!f->indicator.s && words.n && !base && !grown && f->change == CHANGE_LEVEL && m.e <= x->norm)
		name_labelled(w, x, m);
	if (grown) {
		copy_subject(f, grown);
		copy_scope(w, f, grown);
		if (grown->change == CHANGE_LEVEL && is_sum_of(w, f, grown))
			f->indicator = f->rule = (struct str){NULL, 0};
		else if (!f->indicator.s && !span_is_none(f->measure_at)) {     /* 受理量上升14%，达98件 */
			w->a->cell.len = 0;
			context_append(&w->a->cell, w->d->text, f->measure_at);
			name_instead(w, x, &w->a->cell, w->a->cell.len, "");
		}
	} else if (base) {      /* a growth counts what its level counts */
		copy_subject(f, base);
		copy_scope(w, f, base);
	} else if (words.n) {
		f->measure = words;
		f->measure_at.b = (uint32_t)(words.s - w->d->text.s);
		f->measure_at.e = f->measure_at.b + (uint32_t)words.n;
		drop_scope(w, f);
		follow_reference(w, f);
	}
	const struct fact *like = !f->measure.n && f->modality == MODALITY_REFERENCE ? level_like(w, f, w->d->nfacts) : NULL;
	if (like && (!f->indicator.s || str_eq(f->indicator, like->indicator)))
		copy_subject(f, like);
}
