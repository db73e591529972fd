#include "measure.h"

#include <stddef.h>

enum {
	MEASURE_MOST = 90,      /* bytes; longer ones are cut at their far end */
	BORROW_MOST = 32,       /* steps back along a list */
	BRACKET_MOST = 30       /* bytes of a bracket that belongs to a noun */
};

/* The classes of words.tsv, and where they stand: verbs open and close. */
static const struct word_class {
	const char *name;
	size_t set;
	bool at_end;
} classes[] = {
#define SET(member) offsetof(struct measure_words, member)
	{"lead", SET(lead), false}, {"tail", SET(tail), true}, {"after", SET(after), false}, {"whole", SET(whole), true},
	{"noun", SET(noun), false}, {"stop", SET(stop), false}, {"inner", SET(inner), false}, {"actor", SET(actor), false},
	{"plain", SET(plain), false}, {"vague", SET(vague), false}, {"has", SET(has), false}, {"whose", SET(whose), false},
	{"verb", SET(verb_front), false}, {"verb", SET(verb_back), true},
#undef SET
};

enum { CLASSES = sizeof classes / sizeof *classes };

static struct wordset *set_of(struct measure_words *w, int k)
{
	return (struct wordset *)((char *)w + classes[k].set);
}

bool measure_class(struct str c)
{
	for (int k = 0; k < CLASSES; k++)
		if (str_is(c, classes[k].name))
			return true;
	return false;
}

void measure_load(struct measure_words *w, struct table *t)
{
	int cls = table_need(t, "class"), word = table_need(t, "word");

	memset(w, 0, sizeof *w);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++)
		for (int k = 0; k < CLASSES; k++)
			if (str_is(table_cell(t, i, cls), classes[k].name))
				wordset_add(set_of(w, k), table_cell(t, i, word));
	for (int k = 0; k < CLASSES; k++)
		wordset_build(set_of(w, k), classes[k].at_end);
}

void measure_free(struct measure_words *w)
{
	for (int k = 0; k < CLASSES; k++)
		wordset_free(set_of(w, k));
}

/* Length of the punctuation that ends a clause at s, 0 where there is none. */
static size_t clause_mark(const char *s, size_t n)
{
	static const char *const marks[] = {"，", "。", "；", "：", "！", "？", "（", "）", "…", "】", NULL};
	for (int i = 0; marks[i]; i++)
		if (n >= 3 && memcmp(s, marks[i], 3) == 0)
			return 3;
	return n && (*s == '@' || *s == '#');
}

/* Strips one word of the set from the front (or the back) of s[b,e). */
static bool strip_front(const struct wordset *set, const char *s, uint32_t *b, uint32_t e)
{
	size_t n = wordset_match(set, (struct str){s + *b, e - *b});
	*b += (uint32_t)n;
	return n > 0;
}

static bool strip_back(const struct wordset *set, const char *s, uint32_t b, uint32_t *e)
{
	size_t n = wordset_match(set, (struct str){s + b, *e - b});
	*e -= (uint32_t)n;
	return n > 0;
}

/* A word that says nothing of what is counted, unless it is part of a noun: 通过率, 自然人. */
static bool strip_lead(const struct measure_words *w, const char *s, uint32_t *b, uint32_t e)
{
	uint32_t rest = *b;

	if (wordset_match(&w->noun, (struct str){s + rest, e - rest}) || !strip_front(&w->lead, s, &rest, e)
	    || (e - rest >= 3 && memcmp(s + rest, "率", 3) == 0)
	    || (e - rest == 3 && wordset_match(&w->inner, (struct str){s + rest, 3})))
		return false;
	*b = rest;
	return true;
}

static uint32_t digits_from(const char *s, uint32_t i, uint32_t e)
{
	while (i < e && s[i] >= '0' && s[i] <= '9')
		i++;
	return i;
}

/* The mark of a list at the head of a paragraph: 1.工矿商贸事故. */
static bool strip_mark(const char *s, uint32_t *b, uint32_t e)
{
	uint32_t i = digits_from(s, *b, e);

	if (*b > 0 || i == 0 || i > 2 || e - i < 4 || s[i] != '.' || (s[i + 1] >= '0' && s[i + 1] <= '9'))
		return false;
	*b = i + 1;
	return true;
}

/* A year or another date at the front: 2023年度, 1—6月. */
static bool strip_date(const char *s, uint32_t *b, uint32_t e)
{
	static const char *const marks[] = {"—", "－", "–", "～", "至", "到", "-", "~", NULL};
	uint32_t i = digits_from(s, *b, e);
	if (i == *b || e - i < 3)
		return false;
	for (int k = 0; marks[k]; k++) {
		uint32_t n = (uint32_t)strlen(marks[k]);
		if (e - i > n && memcmp(s + i, marks[k], n) == 0 && digits_from(s, i + n, e) > i + n) {
			i = digits_from(s, i + n, e);
			break;
		}
	}
	static const char *const ends[] = {"年度", "年底", "年", "月底", "月份", "月", "日", NULL};
	for (int k = 0; ends[k]; k++) {
		uint32_t n = (uint32_t)strlen(ends[k]);
		if (e - i >= n && memcmp(s + i, ends[k], n) == 0) {
			*b = i + n;
			return true;
		}
	}
	return false;
}

/* True where the character at S, of three bytes, is one of SET's. */
static bool is_one_of(const char *s, const char *set)
{
	for (; *set; set += 3)
		if (memcmp(s, set, 3) == 0)
			return true;
	return false;
}

/* A date at the back, with what ties it to the rest: 比2022年, 下降到2023年的. */
static bool strip_date_back(const char *s, uint32_t b, uint32_t *e)
{
	static const char *const ends[] = {"年同期", "年度", "年底", "年末", "年", NULL};
	static const char *const ties[] = {"比", "较", "是", "到", "至", "由", "从", "与", "同", "于", NULL};
	static const char *const turns[] = {"增", "升", "降", "减", NULL};

	for (int k = 0; ends[k]; k++) {
		uint32_t n = (uint32_t)strlen(ends[k]), i = *e;
		if (i - b < n || memcmp(s + i - n, ends[k], n) != 0)
			continue;
		i -= n;
		uint32_t digits = i;
		while (i > b && s[i - 1] >= '0' && s[i - 1] <= '9')
			i--;
		if (digits - i != 4)
			return false;
		for (int t = 0; ties[t]; t++)
			if (i - b >= 3 && memcmp(s + i - 3, ties[t], 3) == 0) {
				i -= 3;
				break;
			}
		/* 增至2023年的, but 上升到2023年的 is left to the words of the table */
		for (int t = 0; turns[t]; t++)
			if (i - b >= 3 && memcmp(s + i - 3, turns[t], 3) == 0
			    && (memcmp(s + i, "至", 3) == 0 || memcmp(s + i, "到", 3) == 0)
			    && !(i - b >= 6 && is_one_of(s + i - 6, "上提跃攀下新"))) {
				i -= 3;
				break;
			}
		*e = i;
		return true;
	}
	return false;
}

/* Where the bracket that closes right before AT opens, if it is short and holds no number:
 * 示范村（社区）#. AT where there is none. */
static uint32_t bracket_before(const struct context *c, uint32_t at)
{
	uint32_t i = at;

	if (at < 3 || memcmp(c->s + at - 3, "）", 3) != 0)
		return at;
	while (i > 0 && at - i <= BRACKET_MOST) {
		uint32_t p = (uint32_t)utf8_prev(c->s, i);
		if (c->s[p] == '@' || c->s[p] == '#')
			break;
		if (i - p == 3 && memcmp(c->s + p, "（", 3) == 0)
			return p;
		i = p;
	}
	return at;
}

/* Where the bracket opens that ends at I, if it only says what a noun takes in and the noun goes on to AT: 危险品（含废物）案件#. */
static uint32_t bracket_inside(const struct context *c, uint32_t i, uint32_t at)
{
	enum { NOUN_MOST = 12 };
	uint32_t b = at > i && at - i <= NOUN_MOST ? bracket_before(c, i) : i;

	return b < i && b >= 3 && !clause_mark(c->s + b - 3, 3) && is_one_of(c->s + b + 3, "含包不或") ? b : i;
}

/* The clause to the left of AT: back to a mark; a 、 parts only behind a number. */
static uint32_t left_bound(const struct context *c, uint32_t at)
{
	uint32_t i = bracket_before(c, at);

	while (i > 0 && at - i < 4 * MEASURE_MOST) {
		uint32_t inside = bracket_inside(c, i, at);
		if (inside < i) {
			i = inside;
			continue;
		}
		uint32_t p = (uint32_t)utf8_prev(c->s, i);
		if (clause_mark(c->s + p, i - p))
			break;
		if (i - p == 3 && memcmp(c->s + p, "、", 3) == 0 && p > 0 && (c->s[p - 1] == '@' || c->s[p - 1] == '#'))
			break;
		i = p;
	}
	return i;
}

/* Behind the bracket that opens at AT, if it is short, holds no number, and the noun goes on behind it:
 * 乡镇（街道）干部. AT where it is none of these. */
static uint32_t bracket_behind(const struct context *c, uint32_t at)
{
	uint32_t cp, i = at;

	while (i < c->n && i - at <= BRACKET_MOST && c->s[i] != '@' && c->s[i] != '#') {
		uint32_t len = (uint32_t)utf8_next(c->s + i, c->n - i, &cp);
		i += len;
		if (len == 3 && memcmp(c->s + i - 3, "）", 3) == 0)
			return i < c->n && utf8_next(c->s + i, c->n - i, &cp) == 3 && cp >= 0x4E00 && cp <= 0x9FFF ? i : at;
	}
	return at;
}

/* True where a word stands at AT that goes on behind a noun, and is no part of one: 社区通过复评, but 通过率. */
static bool goes_on(const struct measure_words *w, const struct context *c, uint32_t at)
{
	size_t n = wordset_match(&w->stop, (struct str){c->s + at, c->n - at});
	return n && !wordset_match(&w->inner, (struct str){c->s + at + n, c->n - at - n});
}

static uint32_t right_bound(const struct measure_words *w, const struct context *c, uint32_t at)
{
	uint32_t i = at;

	while (i < c->n && i - at < MEASURE_MOST) {
		uint32_t cp;
		size_t len = utf8_next(c->s + i, c->n - i, &cp);
		if (i > at && len == 3 && memcmp(c->s + i, "（", 3) == 0 && bracket_behind(c, i) > i) {
			i = bracket_behind(c, i);
			continue;
		}
		if (clause_mark(c->s + i, len) || (len == 3 && memcmp(c->s + i, "、", 3) == 0)
		    || (i - at >= 6 && goes_on(w, c, i)))
			break;
		i += (uint32_t)len;
	}
	return i;
}

/* 案件 of 受理案件, 审结案件: without the verb, c[b,noun), nothing tells them apart. */
static bool says_nothing(const struct measure_words *w, const struct context *c, uint32_t b, uint32_t noun, uint32_t e)
{
	return wordset_match(&w->vague, (struct str){c->s + noun, e - noun}) == e - noun
		&& wordset_match(&w->has, (struct str){c->s + b, noun - b}) != noun - b;
}

/* What a number behind c[b,e) counts. */
static struct span part_measure(const struct measure_words *w, const struct context *c, uint32_t b, uint32_t e,
	bool *governed)
{
	/* 成功4395宗: the word alone names what is counted */
	static const struct str alone = STR("成功");
	struct span word = e - b >= alone.n && str_ends((struct str){c->s + b, e - b}, alone)
		? (struct span){e - (uint32_t)alone.n, e} : SPAN_NONE;

	while (strip_mark(c->s, &b, e) || strip_date(c->s, &b, e) || strip_lead(w, c->s, &b, e))
		;
	while (!wordset_match(&w->whole, (struct str){c->s + b, e - b})
	       && (strip_back(&w->tail, c->s, b, &e) || strip_date_back(c->s, b, &e)))
		;
	uint32_t before = e;
	*governed = strip_back(&w->verb_back, c->s, b, &before);
	/* a verb that opens the clause only governs the noun behind it */
	uint32_t noun = b;
	if (!wordset_match(&w->noun, (struct str){c->s + b, e - b}) && strip_front(&w->verb_front, c->s, &noun, e)
	    && e - noun >= 6) {
		uint32_t look = noun;
		if (!strip_front(&w->inner, c->s, &look, e) && memcmp(c->s + noun, "、", 3) != 0 && !says_nothing(w, c, b, noun, e))
			b = noun;
	}
	/* of a long list its last words name what is counted: 审查、起草、谈判等重点工作 */
	for (uint32_t i = e - b > MEASURE_MOST ? e - 6 : b; i > b; i = (uint32_t)utf8_prev(c->s, i))
		if (memcmp(c->s + i, "等", 3) == 0) {
			b = i + 3;
			break;
		}
	while (e - b > MEASURE_MOST) {
		uint32_t cp;
		b += (uint32_t)utf8_next(c->s + b, e - b, &cp);
	}
	while (e - b > 3 && memcmp(c->s + b, "、", 3) == 0)
		b += 3;         /* where the cut fell */
	while (e - b > 3 && memcmp(c->s + e - 3, "、", 3) == 0)
		e -= 3;
	return e - b >= 3 ? (struct span){b, e} : word;
}

/* 36家单位举办培训班5期: the bytes of those who do it, where a verb follows them; 0 where none do. */
static uint32_t actor_length(const struct measure_words *w, const struct context *c, uint32_t b, uint32_t e)
{
	enum { NOUN_LEAST = 6 };
	uint32_t n = (uint32_t)wordset_match(&w->actor, (struct str){c->s + b, e - b}), cp;
	struct str rest = {c->s + b + n, e - b - n}, all = {c->s + b, e - b};

	if (n && !wordset_match(&w->noun, rest) && (wordset_match(&w->verb_front, rest) || wordset_match(&w->lead, rest)))
		return n;
	/* 司法所调解纠纷326件: any noun, where what they do ends in a number */
	if (e >= c->n || (c->s[e] != '@' && c->s[e] != '#') || wordset_match(&w->lead, all) || wordset_match(&w->after, all))
		return 0;
	for (uint32_t i = b; i < e; i += (uint32_t)utf8_next(c->s + i, e - i, &cp)) {
		struct str here = {c->s + i, e - i};
		size_t verb = i - b < NOUN_LEAST ? 0 : wordset_match(&w->verb_front, here);
		if (verb >= NOUN_LEAST && verb + NOUN_LEAST <= here.n && !wordset_match(&w->noun, here)
		    && !wordset_match(&w->inner, str_sub(here, verb, here.n)))
			return i - b;
	}
	return 0;
}

/* 977件中直接纠错236件: the bytes of 中 that stands behind a number at B and is no part of a noun. */
static uint32_t among(const struct context *c, uint32_t b, uint32_t e)
{
	bool noun = e - b < 6 || is_one_of(c->s + b + 3, "小心学介国央级医年外老青等层队高药共");
	return e - b >= 3 && memcmp(c->s + b, "中", 3) == 0 && !noun ? 3 : 0;
}

/* 占收到申请的, 约占总数: words that only say of what whole the number is a share; 占地, 占用 are no shares. */
static bool is_share(struct str words)
{
	static const struct str opens[] = {STR("占"), STR("约占"), STR("仅占"), STR("共占")};
	static const char *const others = "地用道领线位据压";

	static const struct str not[] = {STR("比重"), STR("的比例"), STR("分别")};

	for (size_t i = 0; i < sizeof not / sizeof *not; i++)   /* 占生产总值的比重 is itself what is counted; 占比分别为: of several */
		if (str_find(words, not[i], 0) != SIZE_MAX)
			return false;
	for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
		if (str_starts(words, opens[i]))
			return words.n < opens[i].n + 3 || !is_one_of(words.s + opens[i].n, others);
	return false;
}

static struct span left_measure(const struct measure_words *w, const struct context *c, uint32_t at, bool *governed)
{
	uint32_t b = left_bound(c, at), e = at;

	/* 不起诉率（按人数）为19%, 生产总值（GDP）增长8%: the noun stands before the bracket */
	if (b >= 3 && memcmp(c->s + b - 3, "）", 3) == 0 && strip_back(&w->tail, c->s, b, &e) && e == b)
		b = left_bound(c, b);
	/* 受理45件，占收到申请的71%: what is counted has the share */
	if (b >= 3 && memcmp(c->s + b - 3, "，", 3) == 0 && is_share((struct str){c->s + b, at - b}))
		return SPAN_NONE;
	if (b > 0 && b < at && c->s[b - 1] == '@') {
		b += among(c, b, at);
		b += actor_length(w, c, b, at);
	}
	return part_measure(w, c, b, at, governed);
}

struct span measure_name(const struct measure_words *w, const struct context *c, struct span part)
{
	bool governed = false;
	return part_measure(w, c, part.b, part.e, &governed);
}

/* True where nothing but 和, 与, 及 stands between two places. */
static bool only_joint(const struct context *c, uint32_t b, uint32_t e)
{
	return e == b || (e - b == 3 && (memcmp(c->s + b, "和", 3) == 0 || memcmp(c->s + b, "与", 3) == 0
		|| memcmp(c->s + b, "及", 3) == 0));
}

/* A number with no words of its own to the left takes those of the number or the noun
 * that it stands by: 应诉率连续54个月保持100%, 分别为3件、5件, 天数（366天）, 80件（占44%); where no words stand
 * behind it either (ALONE), those of the clause before. */
static struct span borrowed_measure(const struct measure_words *w, const struct context *c, uint32_t at,
	bool alone, bool *governed)
{
	for (int steps = 0; steps < BORROW_MOST; steps++) {
		uint32_t stop = left_bound(c, at);
		bool listed = stop >= 4 && memcmp(c->s + stop - 3, "、", 3) == 0 && c->s[stop - 4] == '@';
		bool inside = stop >= 3 && memcmp(c->s + stop - 3, "（", 3) == 0;
		if (inside || (listed && only_joint(c, stop, at)))
			at = stop >= 4 && c->s[stop - 4] == '@' ? stop - 4 : stop - 3;
		else if (stop > 0 && c->s[stop - 1] == '@')
			at = stop - 1;
		else if (stop >= 4 && memcmp(c->s + stop - 3, "，", 3) == 0 && c->s[stop - 4] == '@'
			 && is_share((struct str){c->s + stop, at - stop}))
			at = stop - 4;
		else if (steps == 0 && stop >= 3 && memcmp(c->s + stop - 3, "）", 3) == 0 && is_share((struct str){c->s + stop, at - stop})
			 && bracket_before(c, stop) < stop)
			at = bracket_before(c, stop);
		else if (alone && steps == 0 && stop >= 3 && memcmp(c->s + stop - 3, "，", 3) == 0)
			return left_measure(w, c, stop - 3, governed);  /* 成功率有所提高，达到98% */
		else
			break;
		struct span left = left_measure(w, c, at, governed);
		if (!span_is_none(left))
			return left;
	}
	return SPAN_NONE;
}

/* 105批次（7大类30种）监督抽查信息: behind the bracket with numbers that opens at AT, where a noun follows. */
static uint32_t behind_numbers(const struct context *c, uint32_t at)
{
	uint32_t i = at;
	bool numbers = false;

	if (c->n - at < 3 || memcmp(c->s + at, "（", 3) != 0)
		return at;
	for (; i < c->n && i - at <= BRACKET_MOST; i++) {
		numbers |= c->s[i] == '@';
		if (c->n - i > 6 && memcmp(c->s + i, "）", 3) == 0)
			return numbers && !clause_mark(c->s + i + 3, c->n - i - 3) && memcmp(c->s + i + 3, "、", 3) != 0 ? i + 3 : at;
	}
	return at;
}

/* 司法所设立服务点16个: what a body or people that open the clause do is counted, not they; but 协调小组召开会议4次 is told apart
 * by them. Their last character tells them. */
static struct span without_doer(const struct measure_words *w, const struct context *c, struct span m)
{
	enum { NOUN_LEAST = 6 };
	uint32_t cp;

	for (uint32_t i = m.b; i < m.e; i += (uint32_t)utf8_next(c->s + i, m.e - i, &cp)) {
		struct str here = {c->s + i, m.e - i};
		if (i - m.b < NOUN_LEAST || !is_one_of(c->s + i - 3, "组会队局所院委办厅员者师站群台关门位工处心"))
			continue;
		size_t verb = wordset_match(&w->verb_front, here);
		if (verb >= NOUN_LEAST && verb + NOUN_LEAST <= here.n && !wordset_match(&w->noun, here)
		    && !wordset_match(&w->inner, str_sub(here, verb, here.n))) {
			uint32_t noun = i + (uint32_t)verb;
			if (wordset_match(&w->whose, (struct str){c->s + noun, m.e - noun}) == m.e - noun)
				return m;
			return (struct span){says_nothing(w, c, i, noun, m.e) ? i : noun, m.e};
		}
	}
	return m;
}

struct span measure_find(const struct measure_words *w, const struct context *c, uint32_t at, int kind)
{
	bool governed = false;
	uint32_t b = behind_numbers(c, at + 1), e = right_bound(w, c, b);
	bool of = e - b >= 3 && memcmp(c->s + b, "的", 3) == 0;

	if (of)
		b += 3;
	while (e - b > 3 && (memcmp(c->s + e - 3, "、", 3) == 0 || memcmp(c->s + e - 3, "和", 3) == 0
	       || memcmp(c->s + e - 3, "及", 3) == 0 || memcmp(c->s + e - 3, "与", 3) == 0)
	       && (e - b < 6 || memcmp(c->s + e - 6, "涉及", 6) != 0))
		e -= 3;         /* 12个乡镇和8个部门; 4批涉及27家企业 */
	while (e - b > 6 && is_one_of(c->s + e - 3, "到在为对向至被将由从的各"))
		e -= 3;         /* 53名公务员到5支; 5件法规的实施情况 */
	if ((e - b == 3 && is_one_of(c->s + b, "中内里后时外间")) || among(c, b, e))
		e = b;          /* 2316项中， */
	uint32_t actor = actor_length(w, c, b, e);
	if (actor)
		e = b + actor;
	struct str behind = {c->s + b, e - b};
	struct span right = e - b >= 3 && (!wordset_match(&w->after, behind) || wordset_match(&w->noun, behind))
		? (struct span){b, e} : SPAN_NONE;
	struct span left = left_measure(w, c, at, &governed);
	if (span_is_none(left))
		left = borrowed_measure(w, c, at, span_is_none(right), &governed);
	if (span_is_none(left) && span_is_none(right)) {        /* nothing is known to have the share */
		uint32_t from = left_bound(c, at);
		return from < at && is_share((struct str){c->s + from, at - from}) ? part_measure(w, c, from, at, &governed) : right;
	}
	if (span_is_none(left))
		return right;
	/* a classifier with a noun behind it counts that noun; money and areas are
	 * rather named before */
	bool rate_behind = of && kind == FACT_PERCENT && e - b >= 6 && is_one_of(c->s + e - 3, "率度");
	/* 以千分之三的国土面积, 贡献了全国十分之一的产值: the noun behind 的 is what the share is of */
	bool share_behind = of && (kind == FACT_PERCENT || kind == FACT_RATIO) && e - b >= 6 && !span_is_none(right)
		&& (governed || is_one_of(c->s + left.e - 3, "以了"));
	bool noun_behind = kind == FACT_COUNT || rate_behind || share_behind || (governed && (kind == FACT_MONEY || kind == FACT_MEASURE));
	if (noun_behind && !span_is_none(right))
		return right;
	return kind == FACT_COUNT ? without_doer(w, c, left) : left;
}
