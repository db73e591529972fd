#include "choice.h"

#include <stdlib.h>

const char *const choice_whys[] = {"claims", "open", "either", "target", "reference", "change", "scope",
	"kind", "plan", "value", NULL};
const char *const choice_natures[] = {"", "flow", "stock", "cumulative", "rate", "rank", NULL};

enum says { SAYS_FLOW = NATURE_FLOW, SAYS_STOCK, SAYS_CUMULATIVE, SAYS_OWN, SAYS_COMPARED };
static const char *const says[] = {"", "flow", "stock", "cumulative", "own", "compared", NULL};

struct choice_word {
	struct str word;
	int says;
};

/* What tells Chinese words apart soonest: the second byte of the first character. */
static uint8_t bucket_of(struct str s)
{
	return s.n > 1 ? (uint8_t)s.s[1] : 0;
}

static int by_bucket(const void *l, const void *r)
{
	const struct choice_word *a = l, *b = r;
	int c = (int)bucket_of(a->word) - (int)bucket_of(b->word);

	c = c ? c : (a->word.n < b->word.n) - (a->word.n > b->word.n);
	return c ? c : str_cmp(a->word, b->word);
}

void choice_load(struct choice *c, struct table *t, struct table *fields)
{
	int word = table_need(t, "word"), what = table_need(t, "says");

	table_need(fields, "office");
	table_need(fields, "indicators");
	*c = (struct choice){.fields = fields, .words = xmalloc((t->nrows + 1) * sizeof *c->words)};
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct choice_word *x = &c->words[c->n];
		*x = (struct choice_word){table_cell(t, i, word), name_index(says, table_cell(t, i, what))};
		if (!x->word.n)
			table_bad(t, i, "no word");
		else if (x->says < SAYS_FLOW)
			table_bad(t, i, "a word says flow, stock, cumulative, own or compared, not '%.*s'",
				STR_ARG(table_cell(t, i, what)));
		else if (c->n == UINT16_MAX)
			table_bad(t, i, "too many words");
		else
			c->n++;
	}
	qsort(c->words, c->n, sizeof *c->words, by_bucket);
	for (size_t b = 0, i = 0; b < 256; b++) {
		c->first[b] = (uint16_t)i;
		while (i < c->n && bucket_of(c->words[i].word) == b)
			i++;
		c->first[b + 1] = (uint16_t)i;
	}
}

void choice_free(struct choice *c)
{
	free(c->words);
	*c = (struct choice){0};
}

/* The longest word that opens S; NULL for none. */
static const struct choice_word *word_at(const struct choice *c, struct str s)
{
	uint8_t b = bucket_of(s);

	for (size_t i = c->first[b]; i < c->first[b + 1]; i++)
		if (str_starts(s, c->words[i].word))
			return &c->words[i];
	return NULL;
}

/* Does a word of that sort close S? */
static bool closed_by(const struct choice *c, struct str s, int what)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->words[i].says == what && str_ends(s, c->words[i].word))
			return true;
	return false;
}

enum choice_why choice_of(const struct fact *x, struct str role, int kind)
{
	if (!x->indicator.n)
		return CHOICE_OPEN;
	if (memchr(x->indicator.s, '|', x->indicator.n))
		return CHOICE_EITHER;
	if (x->modality == MODALITY_TARGET)
		return CHOICE_TARGET;
	if (x->modality == MODALITY_REFERENCE)
		return CHOICE_REFERENCE;
	if (x->change != CHANGE_LEVEL)
		return CHOICE_CHANGE;
	if (x->scope.n)
		return CHOICE_SCOPE;
	if (kind != x->kind)
		return CHOICE_KIND;
	if (str_is(role, "plan") || str_is(role, "furniture"))
		return CHOICE_PLAN;
	return x->value.given ? CHOICE_CLAIMS : CHOICE_VALUE;
}

/* Bytes of the character that begins with C; where none does, one. */
static size_t step(char c)
{
	return (uint8_t)c < 0xC0 ? 1 : (uint8_t)c < 0xE0 ? 2 : (uint8_t)c < 0xF0 ? 3 : 4;
}

/* The start of the clause that ends at AT: behind the last ，；：。 or comma. */
static size_t clause_start(struct str text, size_t from, size_t at)
{
	while (at > from) {
		size_t i = utf8_prev(text.s, at);
		uint32_t cp;
		utf8_next(text.s + i, at - i, &cp);
		if (cp == 0xFF0C || cp == 0xFF1B || cp == 0xFF1A || cp == 0x3002 || cp == ',' || cp == ';' || cp == ':')
			return at;
		at = i;
	}
	return from;
}

enum choice_nature choice_nature(const struct choice *c, struct str text, struct span sentence,
	uint32_t before, const struct fact *x)
{
	enum { CLAUSE_MOST = 240 };     /* a clause is a few words; hostile ones are cut */
	size_t from = before > sentence.b ? before : sentence.b;
	enum choice_nature found = NATURE_UNKNOWN;

	if (x->at.b > text.n || from >= x->at.b)
		return NATURE_UNKNOWN;
	if (x->at.b - from > CLAUSE_MOST)
		from = x->at.b - CLAUSE_MOST;
	for (size_t i = clause_start(text, from, x->at.b); i < x->at.b;) {
		const struct choice_word *w = word_at(c, str_sub(text, i, x->at.b));
		if (w && w->says <= SAYS_CUMULATIVE)
			found = (enum choice_nature)w->says;
		i += w ? w->word.n : step(text.s[i]);
	}
	return found;
}

enum choice_nature choice_nature_of(const struct choice *c, struct str text, struct span sentence,
	const struct fact *facts, size_t i, enum choice_nature usual)
{
	uint32_t before = i > 0 && facts[i - 1].at.e <= facts[i].at.b ? facts[i - 1].at.e : 0;

	if (usual == NATURE_RATE || usual == NATURE_RANK)
		return usual;
	enum choice_nature said = choice_nature(c, text, sentence, before, &facts[i]);
	return said ? said : usual;
}

/* What stands before AT in the clause: nothing, or words of time (今年, 截至目前, 6月底).
 * Then 全区 is what the clause speaks of; behind a verb (推动全区) it is its object. */
static bool opens_clause(struct str text, size_t from, size_t at)
{
	static const char *const times[] = {"年", "月", "日", "底", "前", "来", "内", NULL};
	size_t start = clause_start(text, from, at);
	struct str before = str_trim(str_sub(text, start, at));

	if (before.n == 0)
		return true;
	for (int i = 0; times[i]; i++)
		if (str_ends(before, str_of(times[i])))
			return true;
	return false;
}

/* The region of which the words up to the figure speak. */
struct topic {
	bool whole;
	bool lasts;     /* named at the start of the sentence: it holds beyond a comma */
};

static void topic_end(struct topic *t, uint32_t cp)
{
	if (cp == 0xFF1B || cp == ';' || cp == 0x3002)
		*t = (struct topic){false, false};
	else if ((cp == 0xFF0C || cp == ',') && !t->lasts)
		t->whole = false;
}

/* True where an office of SUBJECT's name keeps the indicator for its whole region. */
static bool keeps(const struct table *t, struct str subject, struct str indicator)
{
	int office = table_column(t, "office"), indicators = table_column(t, "indicators");

	for (size_t i = 0; i < t->nrows; i++) {
		struct str list = table_cell(t, i, indicators), part;
		if (str_find(subject, table_cell(t, i, office), 0) == SIZE_MAX)
			continue;
		while (str_part(&list, '|', &part))
			if (str_starts(indicator, part) && (indicator.n == part.n || indicator.s[part.n] == '.'))
				return true;
	}
	return false;
}

bool choice_whole_region(const struct choice *c, struct str text, struct span sentence,
	const struct fact *x, struct str region, struct str subject)
{
	enum { SENTENCE_MOST = 2000 };
	struct topic topic = {false, false};
	char whole[8] = "全";
	size_t n = strlen(whole), start = sentence.b;

	if (region.n < 6 || x->at.b > text.n || sentence.b >= x->at.b)
		return false;
	size_t last = utf8_prev(region.s, region.n);
	if (region.n - last > sizeof whole - n)
		return false;
	memcpy(whole + n, region.s + last, region.n - last);
	struct str word = {whole, n + region.n - last};
	size_t from = x->at.b - start > SENTENCE_MOST ? x->at.b - SENTENCE_MOST : start;
	/* most sentences do not say so at all */
	if (str_find(str_sub(text, from, x->at.b), word, 0) == SIZE_MAX || !keeps(c->fields, subject, x->indicator))
		return false;
	for (size_t i = from; i < x->at.b;) {
		struct str rest = str_sub(text, i, x->at.b);
		const struct choice_word *w = word_at(c, rest);
		uint32_t cp;
		size_t k = utf8_next(rest.s, rest.n, &cp);
		if (str_starts(rest, word)) {
			const struct choice_word *next = word_at(c, str_sub(rest, word.n, rest.n));
			if ((!next || next->says != SAYS_COMPARED) && opens_clause(text, start, i)
			    && !closed_by(c, str_sub(text, start, i), SAYS_COMPARED)) {
				topic.whole = true;
				topic.lasts |= clause_start(text, start, i) == start;
			}
			i += word.n;
			continue;
		}
		if (w && w->says == SAYS_OWN)
			topic = (struct topic){false, false};
		topic_end(&topic, cp);
		if (topic.lasts == false && (cp == 0xFF1B || cp == ';'))
			start = i + k;
		i += w ? w->word.n : k;
	}
	return topic.whole;
}

unsigned choice_rank(const struct fact *x, struct str role, bool own, bool own_period, bool natural)
{
	return (own ? 0 : 16) + (own_period ? 0 : 8) + (natural ? 0 : 4)
		+ (str_is(role, "achievement") ? 0 : 2) + (x->bound == BOUND_EXACT && !x->high.given ? 0 : 1);
}

bool choice_counts_times(struct str unit)
{
	return unit.n > 3 && str_ends(unit, STR("次"));
}
