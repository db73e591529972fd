/* subject: what a number counts. Ellipsis is the rule in lists: a growth, a part or a
 * rate may take its subject from the number before it. */
#include "work.h"

static bool is_rate(const struct fact *f)
{
	return f->kind == FACT_PERCENT || f->kind == FACT_POINTS || f->kind == FACT_RATIO;
}

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
	while (k > 0 && f->at.b - w->d->facts[k].at.b < REACH
	       && w->d->facts[k].modality == MODALITY_REFERENCE)        /* 比2017年的824件增加 */
		k--;
	const struct fact *before = &w->d->facts[k];
	if (before->at.b < w->sentence->at.b || before->modality != f->modality)
		return NULL;
	struct str between = str_sub(w->d->text, before->at.e, f->at.b);
	if (between.n > 60 || str_find(between, STR("；"), 0) != SIZE_MAX || str_find(between, STR(";"), 0) != SIZE_MAX)
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

	for (; i + n < w->exprs->n && x[i + n].kind == EXPR_FACT && x[i + n].fact.kind == x[i].fact.kind; n++)
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
		if (from == SIZE_MAX)
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
		w->left = n;
	} else if (f->change == CHANGE_LEVEL) {
		f->change = d->facts[d->nfacts - 1].change;
	}
	w->left--;
	while (closes_between(d->text, d->facts[w->shared].at.e, number))
		w->shared++;
	copy_subject(f, &d->facts[w->shared++]);
	return true;
}

/* 行政处罚600件，其中城管处罚143件: a part is not the figure of the whole. */
static bool is_part(struct work *w, const struct expr *x)
{
	const struct document *d = w->d;
	const struct fact *f = &x->fact;

	if (f->kind != FACT_COUNT && f->kind != FACT_MONEY)
		return false;
	if (!work_cue(w, x, w->a->part, NULL, NULL))
		return false;
	uint32_t from = w->breaks_down ? d->segments[w->sentence->segment].at.b : w->sentence->at.b;
	for (size_t k = d->nfacts; k-- > 0 && d->facts[k].at.b >= from && f->at.b - d->facts[k].at.b < REACH;) {
		const struct fact *g = &d->facts[k];
		if (str_eq(g->indicator, f->indicator) && g->kind == f->kind && g->change == f->change
		    && g->modality == f->modality)
			return true;
	}
	return false;
}

/* 涉企行政复议案件, 物业纠纷: the words before the number pick a group out of what
 * the indicator counts. The cue's value lists the indicators that it shuts out. */
static bool is_shut_out(struct work *w, const struct expr *x, int cls)
{
	struct rule_subject s = work_subject(w, x);

	s.about = x->fact.indicator;
	return cls >= 0 && rules_match(w->a->cues, &s, cls, NULL, NULL) >= 0;
}

/* 县应急局罚款96万元 in the county's own report: a bureau's penalties are not the county's. */
static bool is_group(struct work *w, const struct expr *x)
{
	return is_shut_out(w, x, w->a->group)
		|| (str_is(w->d->about.subject.value, "government") && is_shut_out(w, x, w->a->body));
}

/* True where the report's genre can speak of the indicator (genres.tsv). */
static bool genre_has(const struct work *w, struct str indicator)
{
	const struct table *t = w->a->genres;
	struct str genre = w->d->about.genre.value, list, part;
	int column = table_column(t, "genre");

	for (size_t i = 0; genre.n && i < t->nrows; i++) {
		if (!str_eq(table_cell(t, i, column), genre))
			continue;
		list = table_cell(t, i, table_column(t, "indicators"));
		while (str_part(&list, '|', &part))
			if (str_starts(indicator, part) && indicator.n > part.n && indicator.s[part.n] == '.')
				return true;
		return false;
	}
	return true;
}

/* BASE: the fact whose growth or share the number is, NULL where it has a subject of
 * its own. */
static void name_indicator(struct work *w, struct expr *x, const struct fact *base)
{
	struct rule_subject s = work_subject(w, x);

	if (x->zero)    /* 应诉案件零败诉: the words before it count something else */
		return;
	if (base && base->indicator.s && is_rate(&x->fact)) {   /* a growth has the unit of what grew */
		const struct unit *u = base->unit.n ? units_match(w->a->units, base->unit.s, base->unit.n) : NULL;
		if (is_rate(base) && base->change != CHANGE_LEVEL)
			s.any_unit = true;
		s.kind = base->kind;
		s.unit = u ? u->group : base->unit;
	} else {
		s.any_unit = true;
	}
	int rule = rules_match(w->a->rules, &s, -1, &x->fact.indicator, NULL);
	if (rule < 0 || !x->fact.indicator.s)
		return;
	if (is_part(w, x) || is_group(w, x) || !genre_has(w, x->fact.indicator))
		x->fact.indicator = (struct str){NULL, 0};
	else
		x->fact.rule = rules_name(w->a->rules, rule);
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

void decide_subject(struct work *w, size_t i)
{
	struct expr *x = &w->exprs->items[i];
	struct fact *f = &x->fact;

	if (share(w, i))
		return;
	struct span m = measure_find(&w->a->measures, &w->context, x->norm, f->kind);
	struct str words = {NULL, 0};
	if (!span_is_none(m))
		words = unquoted(str_sub(w->d->text, w->context.from[m.b], w->context.from[m.e]));
	/* 比2016年增长: the words only say what is compared */
	bool bare = !words.n || str_starts(words, STR("比")) || str_starts(words, STR("较"));
	const struct fact *base = bare ? base_of(w, f) : NULL, *grown = words.n ? NULL : grown_of(w, f);
	if (!words.n && !grown)
		grown = continued_of(w, f);
	name_indicator(w, x, base);
	if (grown) {
		copy_subject(f, grown);
		copy_scope(w, f, grown);
	} else if (base) {      /* a growth counts what its level counts */
		struct str own = f->indicator, rule = f->rule;
		copy_subject(f, base);
		copy_scope(w, f, base);
		if (!base->indicator.s) {
			f->indicator = own;
			f->rule = rule;
		}
	} else if (words.n) {
		f->measure = words;
		f->measure_at.b = (uint32_t)(words.s - w->d->text.s);
		f->measure_at.e = f->measure_at.b + (uint32_t)words.n;
		follow_reference(w, f);
	}
}
