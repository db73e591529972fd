#include "assign.h"
#include "context.h"
#include "explain.h"
#include "measure.h"
#include "rules.h"

#include <stdlib.h>

enum {
	WIDER = 1500,           /* bytes of the paragraph that patterns in `near` see */
	REACH = 1500            /* bytes back to a date or to a fact that a number belongs to */
};

struct assigner {
	struct table *genres;
	struct rules *rules, *cues;
	const struct units *units;
	struct measure_words measures;
	int reject, rank, one, change, modality, period, scope, shared, part, group;         /* classes of cues */
	struct buf wider;
};

int document_year(const struct document *d)
{
	struct str p = d->about.period.value;
	int year = 0;

	for (size_t i = 0; i < 4 && i < p.n; i++)
		year = p.s[i] >= '0' && p.s[i] <= '9' ? year * 10 + p.s[i] - '0' : 0;
	return p.n >= 4 ? year : 0;
}

struct assigner *assigner_new(struct table *words, struct table *cues, struct table *rules,
	struct table *catalogue, struct table *genres, const struct units *units)
{
	struct assigner *a = xmalloc(sizeof *a);

	memset(a, 0, sizeof *a);
	a->genres = genres;
	table_need(genres, "genre");
	table_need(genres, "indicators");
	measure_load(&a->measures, words);
	a->units = units;
	a->rules = rules_load(rules, catalogue, units);
	a->cues = rules_load(cues, NULL, units);
	a->reject = rules_class(a->cues, "reject");
	a->rank = rules_class(a->cues, "rank");
	a->one = rules_class(a->cues, "one");
	a->change = rules_class(a->cues, "change");
	a->modality = rules_class(a->cues, "modality");
	a->period = rules_class(a->cues, "period");
	a->scope = rules_class(a->cues, "scope");
	a->shared = rules_class(a->cues, "shared");
	a->part = rules_class(a->cues, "part");
	a->group = rules_class(a->cues, "group");
	return a;
}

void assigner_free(struct assigner *a)
{
	rules_free(a->rules);
	rules_free(a->cues);
	measure_free(&a->measures);
	buf_free(&a->wider);
	free(a);
}

void assigner_check(struct assigner *a)
{
	rules_compile(a->rules);
	rules_compile(a->cues);
}

const char *assigner_trouble(const struct assigner *a)
{
	const char *t = rules_trouble(a->rules);
	return t ? t : rules_trouble(a->cues);
}

/* One sentence and what was found in it. */
struct work {
	struct assigner *a;
	struct document *d;
	const struct sentence *sentence;
	struct exprs *exprs;
	struct context context;
	bool wider_made;
	size_t shared, left;    /* facts whose growth the numbers in hand are, and how many still come */
	bool breaks_down;       /* 其中 opens the sentence */
	struct str goes_on;     /* the period of the sentence that this one breaks down (其中…) */
};

/* The region's name, the headings above the segment, and its paragraph up to the
 * sentence's end, a line each. */
static struct str wider_of(void *arg)
{
	struct work *w = arg;
	struct document *d = w->d;
	struct buf *b = &w->a->wider;
	const struct segment *s = &d->segments[w->sentence->segment];

	if (w->wider_made)
		return (struct str){(char *)b->data, b->len};
	w->wider_made = true;
	b->len = 0;
	if (d->about.region.name.s)     /* 市级 is the province's in 重庆市: patterns may ask */
		buf_append(b, d->about.region.name.s, d->about.region.name.n);
	buf_append(b, "\n", 1);
	for (int64_t up = s->up; up >= 0; up = d->segments[up].up) {
		struct span at = d->segments[up].at;
		if (at.e - at.b <= WIDER)
			context_append(b, d->text, at);
		buf_append(b, "\n", 1);
	}
	uint32_t from = s->at.b;
	if (w->sentence->at.e - from > WIDER) {
		from = w->sentence->at.e - WIDER;
		while (from < w->sentence->at.e && ((uint8_t)d->text.s[from] & 0xC0) == 0x80)
			from++;
	}
	context_append(b, d->text, (struct span){from, w->sentence->at.e});
	return (struct str){(char *)b->data, b->len};
}

static struct rule_subject subject_of(struct work *w, const struct expr *x)
{
	return (struct rule_subject){
		.sentence = {w->context.s, w->context.n}, .at = x->norm, .wider = wider_of, .arg = w,
		.kind = x->fact.kind, .change = x->fact.change, .unit = x->unit_group};
}

/* Asks one class of cues about a number. */
static bool cue(struct work *w, const struct expr *x, int cls, struct str *value, struct span *group)
{
	if (cls < 0)
		return false;
	struct rule_subject s = subject_of(w, x);
	return rules_match(w->a->cues, &s, cls, value, group) >= 0;
}

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

static bool stands_before(struct str text, uint32_t at, const char *const *words)
{
	for (; *words; words++) {
		size_t n = strlen(*words);
		if (at >= n && memcmp(text.s + at - n, *words, n) == 0)
			return true;
	}
	return false;
}

static bool stands_behind(struct str text, uint32_t at, const char *const *words)
{
	for (; *words; words++) {
		size_t n = strlen(*words);
		if (text.n - at >= n && memcmp(text.s + at, *words, n) == 0)
			return true;
	}
	return false;
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
	static const char *const words[] = {"比", "较", "与", "同", "于", "自", "从", "由", NULL};
	return stands_before(text, date->at.b, words) && !is_since(text, date);
}

/* 由2018年的30.7%: a base, but the date of the number right behind it. */
static bool is_tied(struct str text, const struct expr *date, uint32_t number)
{
	struct str between = str_sub(text, date->at.e, number);
	return between.n == 0 || str_is(between, "的") || str_is(between, "度的");
}

/* 1—9月, 11月份: months that open a clause are the period of what follows; other
 * dates without a year only say when something happened. */
static bool is_months(const struct work *w, const struct expr *date)
{
	static const char *const open[] = {"，", ",", "；", "。", "：", "年", "、", "）", NULL},
		*const part[] = {"份", NULL}, *const sums[] = {"，", ",", "共", "全", "累计", "，", NULL};
	struct str text = w->d->text;
	size_t n = strlen(date->iso);

	if (date->at.b != w->sentence->at.b && !stands_before(text, date->at.b, open)
	    && !(is_since(text, date) && n == 7))
		return false;
	if (n == 15 && date->iso[7] == '/')
		return true;
	return n == 7 && (is_since(text, date) || (stands_before(text, date->at.e, part)
		&& stands_behind(text, date->at.e, sums)));
}

/* 201件（2022年140件），同比: a date in brackets that closed before the number. */
static bool is_aside(struct str text, uint32_t date, uint32_t number)
{
	struct str between = str_sub(text, date, number);
	size_t close = str_find(between, STR("）"), 0), open = str_find(between, STR("（"), 0);
	return close != SIZE_MAX && (open == SIZE_MAX || close < open);
}

/* The date before the number in its sentence that says of when it is, nearest first. */
static const struct expr *date_before(const struct work *w, size_t i)
{
	uint32_t number = w->exprs->items[i].at.b;

	while (i-- > 0) {
		const struct expr *x = &w->exprs->items[i];
		if (number - x->at.e > REACH)
			break;
		if (x->kind == EXPR_DATE && x->iso[0] && (x->year || is_months(w, x))
		    && !is_aside(w->d->text, x->at.e, number)
		    && (!is_base(w->d->text, x) || (x->whole_year && is_tied(w->d->text, x, number))))
			return x;
	}
	return NULL;
}

static void decide_period(struct work *w, size_t i)
{
	struct expr *x = &w->exprs->items[i];
	struct document *d = w->d;
	const struct label *label = d->labels ? &d->labels[w->sentence->segment] : NULL;
	bool plan = label && str_is(label->role, "plan");
	const struct expr *date = date_before(w, i);
	struct str value;

	if (x->fact.modality == MODALITY_TARGET && plan && d->year) {
		int year = date && date->year > d->year ? date->year : d->year + 1;
		x->fact.period = arena_printf(d->arena, "%d%s", year, "");
		return;
	}
	struct span words = SPAN_NONE;
	if (cue(w, x, w->a->period, &value, &words)
	    && !(date && !span_is_none(words) && date->at.b > w->context.from[words.b])) {
		if (str_is(value, "to-date")) {
			if (!date)
				x->fact.period = value;
		} else if (d->year && value.n && value.s[0] >= '1' && value.s[0] <= '2') {
			if (!str_eq(value, d->about.period.value))      /* 2016/2020, of a plan */
				x->fact.period = value;
			return;
		} else if (d->year) {
			int year = date && date->year ? date->year : d->year;
			if (str_is(value, "previous"))
				x->fact.period = arena_printf(d->arena, "%d%s", d->year - 1, "");
			else {
				char rest[16];
				snprintf(rest, sizeof rest, "-%.*s", (int)(value.n < 12 ? value.n : 12), value.s);
				x->fact.period = arena_printf(d->arena, "%d%s", year, rest);
			}
			return;
		}
	}
	if (!date && w->goes_on.s) {
		x->fact.period = w->goes_on;
		return;
	}
	if (!date || !d->year || str_eq(str_of(date->iso), d->about.period.value))
		return;
	bool own = date->whole_year && date->year == d->year && !strchr(date->iso, '/');
	if (strlen(date->iso) == 15 && memcmp(date->iso, date->iso + 8, 4) == 0
	    && memcmp(date->iso + 4, "-01/", 4) == 0 && memcmp(date->iso + 12, "-12", 3) == 0
	    && atoi(date->iso) == d->year)
		return;                 /* 1—12月 */
	if (is_since(d->text, date) && !strchr(date->iso, '/')) {
		if (!own)
			x->fact.period = arena_join(d->arena, date->iso, "/..");
	} else if (date->whole_year ? !own : strchr(date->iso, '/') || !date->year) {
		x->fact.period = str_of(date->iso);
	}
}

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

/* Without white space and quotes at its ends. */
static struct str unquoted(struct str a)
{
	static const char *const quotes[] = {"“", "”", "‘", "’", "《", "》", "\"", "「", "」", NULL};
	bool more = true;

	while (more) {
		a = str_trim(a);
		more = false;
		for (int i = 0; quotes[i]; i++) {
			struct str q = str_of(quotes[i]);
			if (a.n && str_starts(a, q)) {
				a = str_sub(a, q.n, a.n);
				more = true;
			} else if (a.n && str_ends(a, q)) {
				a.n -= q.n;
				more = true;
			}
		}
	}
	return a;
}

static void decide_scope(struct work *w, struct expr *x)
{
	struct str value;
	struct span group;

	if (!cue(w, x, w->a->scope, &value, &group) || span_is_none(group))
		return;
	uint32_t b = w->context.from[group.b], e = w->context.from[group.e];
	struct str scope = unquoted(str_sub(w->d->text, b, e));
	/* 东兴市 in its own report is the subject; in its prefecture's it is not */
	if (str_is(value, "place") && (!w->d->about.region.name.s
	    || str_find(w->d->about.region.name, scope, 0) != SIZE_MAX))
		return;
	if (scope.n && !(str_is(value, "parent") && scope_is_own(w->d, scope)))
		x->fact.scope = scope;
}

static void copy_subject(struct fact *f, const struct fact *from)
{
	f->measure = from->measure;
	f->measure_at = from->measure_at;
	if (from->indicator.s) {
		f->indicator = from->indicator;
		f->rule = STR("previous");
	}
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

static bool is_rate(const struct fact *f)
{
	return f->kind == FACT_PERCENT || f->kind == FACT_POINTS || f->kind == FACT_RATIO;
}

/* Rates in a row, 8.48%、9.77%和3%: how many stand from item I on. */
static size_t rates_in_row(const struct work *w, size_t i)
{
	static const char *const joints[] = {"、", "，", ",", "和", "与", "及", "以及", NULL};
	const struct expr *x = w->exprs->items;
	size_t n = 1;

	for (; i + n < w->exprs->n && x[i + n].kind == EXPR_FACT && x[i + n].fact.kind == x[i].fact.kind; n++) {
		struct str between = str_sub(w->d->text, x[i + n - 1].at.e, x[i + n].at.b);
		int k = 0;
		while (joints[k] && !str_is(between, joints[k]))
			k++;
		if (!joints[k])
			break;
	}
	return n;
}

/* 受理300件，结案280件，同比分别上升8%、9%: each rate belongs to one of as many
 * facts before them. True where number I was given its subject so. */
static bool share(struct work *w, size_t i)
{
	struct document *d = w->d;
	struct fact *f = &w->exprs->items[i].fact;

	if (w->left == 0) {
		size_t n = 0;
		if ((is_rate(f) || f->change != CHANGE_LEVEL) && cue(w, &w->exprs->items[i], w->a->shared, NULL, NULL))
			n = rates_in_row(w, i);
		if (n < 2 || d->nfacts < n || d->facts[d->nfacts - n].at.b < w->sentence->at.b)
			return false;
		for (size_t k = 0; k < n; k++) {
			const struct fact *whole = &d->facts[d->nfacts - n + k], *own = &w->exprs->items[i + k].fact;
			if (whole->change != CHANGE_LEVEL || (!is_rate(own) && !str_eq(whole->unit, own->unit)))
				return false;
		}
		w->shared = d->nfacts - n;
		w->left = n;
	} else {
		f->change = d->facts[d->nfacts - 1].change;
	}
	w->left--;
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
	if (!cue(w, x, w->a->part, NULL, NULL))
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
static bool is_group(struct work *w, const struct expr *x)
{
	struct str list, id;

	if (!cue(w, x, w->a->group, &list, NULL))
		return false;
	while (str_part(&list, '|', &id))
		if (str_starts(x->fact.indicator, id))
			return true;
	return false;
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

static void name_indicator(struct work *w, struct expr *x)
{
	struct rule_subject s = subject_of(w, x);
	const struct fact *base = is_rate(&x->fact) ? base_of(w, &x->fact) : NULL;

	if (base) {             /* a growth has the unit of what grew */
		const struct unit *u = base->unit.n ? units_match(w->a->units, base->unit.s, base->unit.n) : NULL;
		if (is_rate(base) && base->change != CHANGE_LEVEL)
			s.any_unit = true;
		s.kind = base->kind;
		s.unit = u ? u->group : base->unit;
	} else {
		s.any_unit = true;
	}
	int rule = rules_match(w->a->rules, &s, -1, &x->fact.indicator, NULL);
	if (rule < 0)
		return;
	if (is_part(w, x) || is_group(w, x) || !genre_has(w, x->fact.indicator))
		x->fact.indicator = (struct str){NULL, 0};
	else
		x->fact.rule = rules_name(w->a->rules, rule);
}

static void decide(struct work *w, size_t i)
{
	struct expr *x = &w->exprs->items[i];
	struct fact *f = &x->fact;
	const struct label *label = w->d->labels ? &w->d->labels[w->sentence->segment] : NULL;
	struct str value;

	if (cue(w, x, w->a->change, &value, NULL)) {
		int c = name_index(fact_changes, value);
		f->change = c < 0 ? CHANGE_LEVEL : c;
	}
	if (label && str_is(label->role, "plan"))
		f->modality = MODALITY_TARGET;
	if (cue(w, x, w->a->modality, &value, NULL)) {
		int m = name_index(fact_modalities, value);
		f->modality = m < 0 ? MODALITY_ACTUAL : m;
	}
	decide_scope(w, x);
	decide_period(w, i);
	if (share(w, i))
		return;
	struct span m = measure_find(&w->a->measures, &w->context, x->norm, f->kind);
	name_indicator(w, x);
	struct str words = {NULL, 0};
	if (!span_is_none(m))
		words = unquoted(str_sub(w->d->text, w->context.from[m.b], w->context.from[m.e]));
	const struct fact *base = base_of(w, f), *grown = words.n ? NULL : grown_of(w, f);
	if (grown) {
		copy_subject(f, grown);
		return;
	}
	/* 比2016年增长: the words only say what is compared */
	if (base && (!words.n || str_starts(words, STR("比")) || str_starts(words, STR("较")))) {
		struct str own = f->indicator, rule = f->rule;
		copy_subject(f, base);
		if (own.s) {
			f->indicator = own;
			f->rule = rule;
		}
	} else if (words.n) {
		f->measure = words;
		f->measure_at.b = (uint32_t)(words.s - w->d->text.s);
		f->measure_at.e = f->measure_at.b + (uint32_t)words.n;
	}
}

/* Why a number is no quantity after all, seen in its context; NULL where it is. */
static const char *no_quantity(struct work *w, const struct expr *x)
{
	if (x->proof == PROOF_RANK && !cue(w, x, w->a->rank, NULL, NULL))
		return "an ordinal without a ranking";
	if (x->proof == PROOF_ONE && !cue(w, x, w->a->one, NULL, NULL))
		return "one of a kind, not counted";
	return cue(w, x, w->a->reject, NULL, NULL) ? "part of a name or a term" : NULL;
}

static void mention_add(struct document *d, struct span at, const char *kind, struct str value)
{
	d->mentions = arena_grow(d->arena, d->mentions, &d->cap_mentions, d->nmentions + 1,
		sizeof *d->mentions);
	d->mentions[d->nmentions++] = (struct mention){at, str_of(kind), value};
}

/* 《…》: the documents that a report names. */
static void titles_find(struct document *d, struct span at)
{
	struct str text = {d->text.s, at.e};
	size_t b = str_find(text, STR("《"), at.b);

	while (b != SIZE_MAX) {
		size_t e = str_find(text, STR("》"), b);
		if (e == SIZE_MAX)
			return;
		struct span whole = {(uint32_t)b, (uint32_t)(e + 3)};
		mention_add(d, whole, "title", str_sub(d->text, b + 3, e));
		b = str_find(text, STR("《"), e);
	}
}

static bool has_facts(int kind)
{
	return kind == SEGMENT_PARAGRAPH || kind == SEGMENT_HEADING || kind == SEGMENT_TABLE
		|| kind == SEGMENT_CAPTION;
}

void assign_sentence(struct assigner *a, const struct lexicon *lex, struct document *d, size_t sentence)
{
	const struct sentence *s = &d->sentences[sentence];
	const struct segment *segment = &d->segments[s->segment];
	struct exprs found = {0};
	struct work w = {.a = a, .d = d, .sentence = s, .exprs = &found};
	size_t nfacts = 0;

	if (d->nfacts && d->facts[d->nfacts - 1].segment == s->segment
	    && str_starts(str_sub(d->text, s->at.b, s->at.e), STR("其中"))) {
		size_t k = d->nfacts - 1;       /* the whole stands first in the sentence before */
		while (sentence > 0 && k > 0 && d->facts[k - 1].at.b >= d->sentences[sentence - 1].at.b)
			k--;
		w.breaks_down = true;
		w.goes_on = d->facts[k].period;
	}

	quantities_find(lex, d->arena, d->text, s->at, d->year, &found);
	titles_find(d, s->at);
	for (size_t i = 0; i < found.n; i++) {
		struct expr *x = &found.items[i];
		if (x->kind == EXPR_DATE && x->iso[0])
			mention_add(d, x->at, "date", str_of(x->iso));
		else if (x->kind == EXPR_DOCNO)
			mention_add(d, x->at, "docno", str_sub(d->text, x->at.b, x->at.e));
		nfacts += x->kind == EXPR_FACT;
	}
	if (!nfacts || !has_facts(segment->kind))
		return;
	context_make(d->arena, d->text, s->at, found.items, found.n, &w.context);
	struct str context = {w.context.s, w.context.n};
	rules_scan(a->rules, context);
	rules_scan(a->cues, context);
	for (size_t i = 0; i < found.n; i++) {
		struct expr *x = &found.items[i];
		if (x->kind != EXPR_FACT)
			continue;
		w.context.s[x->norm] = '#';
		const char *why = no_quantity(&w, x);
		if (!why) {
			decide(&w, i);
			x->fact.at = x->at;
			x->fact.segment = s->segment;
			d->facts = arena_grow(d->arena, d->facts, &d->cap_facts, d->nfacts + 1, sizeof *d->facts);
			d->facts[d->nfacts++] = x->fact;
		}
		if (d->explain)
			explain_number(d->explain, d, x, why);
		w.context.s[x->norm] = '@';
	}
}
