#include "measure.h"

enum { MEASURE_MOST = 90 };     /* bytes; longer ones are cut at their far end */

static void take(struct table *t, size_t row, struct str word, struct str *list, size_t *n, size_t most)
{
	if (*n == most)
		table_bad(t, row, "too many words of this class");
	else
		list[(*n)++] = word;
}

bool measure_class(struct str c)
{
	return str_is(c, "lead") || str_is(c, "tail") || str_is(c, "verb") || str_is(c, "after")
		|| str_is(c, "inner");
}

void measure_load(struct measure_words *w, struct table *t)
{
	int cls = table_need(t, "class"), word = table_need(t, "word");

	memset(w, 0, sizeof *w);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct str c = table_cell(t, i, cls), v = table_cell(t, i, word);
		if (str_is(c, "lead"))
			take(t, i, v, w->lead, &w->nlead, sizeof w->lead / sizeof *w->lead);
		else if (str_is(c, "tail"))
			take(t, i, v, w->tail, &w->ntail, sizeof w->tail / sizeof *w->tail);
		else if (str_is(c, "after"))
			take(t, i, v, w->after, &w->nafter, sizeof w->after / sizeof *w->after);
		else if (str_is(c, "inner"))
			take(t, i, v, w->inner, &w->ninner, sizeof w->inner / sizeof *w->inner);
		else if (str_is(c, "verb"))
			take(t, i, v, w->verb, &w->nverb, sizeof w->verb / sizeof *w->verb);
	}
}

/* Length of the punctuation that ends a clause at s, 0 where there is none. */
static size_t clause_mark(const char *s, size_t n)
{
	static const char *const marks[] = {"，", "。", "；", "：", "！", "？", "（", "）", "…", NULL};
	for (int i = 0; marks[i]; i++)
		if (n >= 3 && memcmp(s, marks[i], 3) == 0)
			return 3;
	return n && (*s == '@' || *s == '#');
}

/* Strips words of LIST from the front (or the back) of s[b,e) while they stand. */
static bool strip_front(const struct str *list, size_t n, const char *s, uint32_t *b, uint32_t e)
{
	for (size_t i = 0; i < n; i++)
		if (e - *b >= list[i].n && memcmp(s + *b, list[i].s, list[i].n) == 0) {
			*b += (uint32_t)list[i].n;
			return true;
		}
	return false;
}

static bool strip_back(const struct str *list, size_t n, const char *s, uint32_t b, uint32_t *e)
{
	for (size_t i = 0; i < n; i++)
		if (*e - b >= list[i].n && memcmp(s + *e - list[i].n, list[i].s, list[i].n) == 0) {
			*e -= (uint32_t)list[i].n;
			return true;
		}
	return false;
}

/* A year or another date at the front: 2023年度. */
static bool strip_date(const char *s, uint32_t *b, uint32_t e)
{
	uint32_t i = *b;
	while (i < e && s[i] >= '0' && s[i] <= '9')
		i++;
	if (i == *b || e - i < 3)
		return false;
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

/* The clause to the left of AT: back to a mark; a 、 parts only behind a number. */
static uint32_t left_bound(const struct context *c, uint32_t at)
{
	uint32_t i = at;

	while (i > 0 && at - i < 4 * MEASURE_MOST) {
		uint32_t p = (uint32_t)utf8_prev(c->s, i);
		if (clause_mark(c->s + p, i - p))
			break;
		if (i - p == 3 && memcmp(c->s + p, "、", 3) == 0 && p > 0 && (c->s[p - 1] == '@' || c->s[p - 1] == '#'))
			break;
		i = p;
	}
	return i;
}

static uint32_t right_bound(const struct context *c, uint32_t at)
{
	uint32_t i = at;

	while (i < c->n && i - at < MEASURE_MOST) {
		uint32_t cp;
		size_t len = utf8_next(c->s + i, c->n - i, &cp);
		if (clause_mark(c->s + i, len) || (len == 3 && memcmp(c->s + i, "、", 3) == 0))
			break;
		i += (uint32_t)len;
	}
	return i;
}

static struct span left_measure(const struct measure_words *w, const struct context *c, uint32_t at,
	bool *governed)
{
	uint32_t b = left_bound(c, at), e = at;

	while (strip_date(c->s, &b, e) || strip_front(w->lead, w->nlead, c->s, &b, e))
		;
	while (strip_back(w->tail, w->ntail, c->s, b, &e))
		;
	uint32_t before = e;
	*governed = strip_back(w->verb, w->nverb, c->s, b, &before);
	/* a verb that opens the clause only governs the noun behind it */
	uint32_t noun = b;
	if (strip_front(w->verb, w->nverb, c->s, &noun, e) && e - noun >= 6) {
		uint32_t look = noun;
		if (!strip_front(w->inner, w->ninner, c->s, &look, e))
			b = noun;
	}
	while (e - b > MEASURE_MOST) {
		uint32_t cp;
		b += (uint32_t)utf8_next(c->s + b, e - b, &cp);
	}
	return e - b >= 3 ? (struct span){b, e} : SPAN_NONE;
}

/* What goes on after a number without naming what it counts: 和, 以上, 用于. */
static bool opens_clause(const struct measure_words *w, const char *s, uint32_t n)
{
	for (size_t i = 0; i < w->nafter; i++)
		if (n >= w->after[i].n && memcmp(s, w->after[i].s, w->after[i].n) == 0)
			return true;
	return false;
}

struct span measure_find(const struct measure_words *w, const struct context *c, uint32_t at, int kind)
{
	bool governed = false;
	struct span left = left_measure(w, c, at, &governed);
	uint32_t stop = left_bound(c, at);
	if (span_is_none(left) && stop > 0 && c->s[stop - 1] == '@')    /* 应诉率连续54个月保持100% */
		left = left_measure(w, c, stop - 1, &governed);
	uint32_t b = at + 1, e = right_bound(c, b);

	if (e - b >= 3 && memcmp(c->s + b, "的", 3) == 0)
		b += 3;
	struct span right = e - b >= 6 && !opens_clause(w, c->s + b, e - b) ? (struct span){b, e} : SPAN_NONE;
	if (span_is_none(left))
		return right;
	/* a classifier with a noun behind it counts that noun; money and areas are
	 * rather named before */
	bool noun_behind = kind == FACT_COUNT || (governed && (kind == FACT_MONEY || kind == FACT_MEASURE));
	return noun_behind && !span_is_none(right) ? right : left;
}
