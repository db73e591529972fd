/* scope: whose figure a number is. */
#include "work.h"

/* 全市 in a city's own report is the subject itself; in a district's it is not. */
static bool scope_is_own(const struct document *d, struct str scope)
{
	struct str level = d->about.region.level, name = d->about.region.name;
	static const struct { const char *word, *level; } by_level[] = {
		{"全国", "nation"}, {"全省", "province"}, {"全州", "prefecture"}, {"全县", "county"},
		{"全旗", "county"}};

	if (!level.s)
		return true;
	for (size_t i = 0; i < sizeof by_level / sizeof *by_level; i++)
		if (str_is(scope, by_level[i].word))
			return str_is(level, by_level[i].level);
	/* 市 and 区 name several levels: the division's own name decides */
	struct str last = scope.n >= 3 ? str_sub(scope, scope.n - 3, scope.n) : scope;
	return !name.s || str_ends(name, last);
}

/* 全市法院 is what a report of the city's court is about. */
static bool is_own_courts(const struct document *d, struct str scope)
{
	struct str genre = d->about.genre.value;

	return (str_is(genre, "court_report") || str_is(genre, "procuratorate_report")) && scope.n > 6
		&& str_starts(scope, STR("全")) && scope_is_own(d, str_sub(scope, 0, 6));
}

/* 县法院, 我院, 区检察院: a court or procuratorate by its level only. */
static bool is_short(struct str scope)
{
	static const char *const levels[] = {"省", "市", "县", "区", "州", "旗", "我", "本"};

	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		if (str_starts(scope, str_of(levels[i])) && scope.n <= 12)
			return true;
	return false;
}

/* 全市发生事故37起、死亡30人: what 全市 says of the first of a list it says of the next. */
static void go_on(const struct work *w, struct fact *f)
{
	const struct document *d = w->d;
	const struct fact *before = d->nfacts ? &d->facts[d->nfacts - 1] : NULL;

	if (!before || !str_starts(before->scope, STR("全")) || before->at.e > f->at.b || before->at.b < w->sentence->at.b)
		return;
	struct str between = str_sub(d->text, before->at.e, f->at.b);
	if (between.n <= 30 && str_starts(between, STR("、")) && str_find(between, STR("，"), 0) == SIZE_MAX
	    && str_find(between, STR("我"), 0) == SIZE_MAX && str_find(between, STR("本"), 0) == SIZE_MAX)
		f->scope = before->scope;
}

void decide_scope(struct work *w, struct expr *x)
{
	struct str value;
	struct span group;

	if (!work_cue(w, x, w->a->scope, &value, &group) || span_is_none(group)) {
		go_on(w, &x->fact);
		return;
	}
	uint32_t b = w->context.from[group.b], e = w->context.from[group.e];
	/* 全省败诉率为9.8%，我县为4.2% */
	if (e < x->at.b && str_find(str_sub(w->d->text, e, x->at.b), STR("，我"), 0) != SIZE_MAX)
		return;
	struct str scope = unquoted(str_sub(w->d->text, b, e));
	while (scope.n > 3 && (str_ends(scope, STR("“")) || str_ends(scope, STR("《"))))
		scope.n -= 3;   /* 全县“一件事”办理: the context drops quotes */
	/* 东兴市 in its own report is the subject; in its prefecture's it is not */
	if (str_is(value, "place") && (!w->d->about.region.name.s
	    || str_find(w->d->about.region.name, scope, 0) != SIZE_MAX))
		return;
	/* 县法院 in its own report is the subject */
	if (str_is(value, "court") && (w->d->about.subject.value.n && str_ends(w->d->about.subject.value, str_sub(scope,
			scope.n < 6 ? 0 : scope.n - 6, scope.n))) && is_short(scope))
		return;
	/* 相城区人民检察院 in its own report, however much of its name is said */
	struct str issuer = w->d->about.issuer.value;
	if (str_is(value, "court") && scope.n > 6 && (str_ends(issuer, scope) || (issuer.n && str_ends(scope, issuer))))
		return;
	/* 人民法院 in a text of no place are all of them */
	if (str_is(value, "court") && str_is(scope, "人民法院") && !w->d->about.region.name.s)
		return;
	if (scope.n && !(str_is(value, "parent") && scope_is_own(w->d, scope)) && !is_own_courts(w->d, scope))
		x->fact.scope = scope;
}
