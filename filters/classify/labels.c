/* Words vote. What a section's heading says weighs more than its text, what the
 * first sentence says more than the rest, and the heading above votes too. */
#include "labels.h"
#include "roles.h"

enum {
	FIRST_BYTES = 150,      /* the first sentence: some 50 characters at most */
	HAS_BYTES = 300,
	REPEATS = 2             /* a word counts twice in a segment, not more */
};

/* Weights of the voices, of a sum of about 100. */
static const double voice_first = 40, voice_rest = 26, voice_parent = 30;
/* below a heading of its own, a paragraph's first sentence is no heading itself */
static const double body_first = 24, body_parent = 46;
static const double enough_first = 5, enough_rest = 8, least = 12;
/* the subject of a document that has one, such as a court's report: enough by itself, and
 * less than any word of a segment's own */
static const double voice_subject = 13;
static const double voice_sure = 30;

static uint32_t content_start(const struct labels_maker *m, const struct segment *s)
{
	uint32_t i = s->at.b + (s->mark.s ? (uint32_t)s->mark.n : 0);
	size_t k;
	while (i < s->at.e && (k = space_at(m->text.s + i, s->at.e - i)) > 0)
		i += (uint32_t)k;
	return i < s->at.e ? i : s->at.b;
}

/* The end without its stop. */
static uint32_t content_end(const struct labels_maker *m, const struct segment *s)
{
	struct str t = str_sub(m->text, s->at.b, s->at.e);
	static const char *const stops[] = {"。", "：", ":", "；", ";", NULL};
	for (int i = 0; stops[i]; i++)
		if (str_ends(t, str_of(stops[i])))
			return s->at.e - (uint32_t)strlen(stops[i]);
	return s->at.e;
}

static uint32_t first_end(const struct labels_maker *m, uint32_t b, uint32_t e)
{
	struct str t = str_sub(m->text, b, e - b > FIRST_BYTES ? b + FIRST_BYTES : e);
	size_t stop = str_find(t, STR("。"), 0);
	return b + (uint32_t)(stop != SIZE_MAX ? stop : t.n);
}

/* A paragraph of megabytes does not run over. */
static void add(int16_t *sum, int weight)
{
	if (*sum < 30000)
		*sum = (int16_t)(*sum + weight);
}

/* 将深入学习…列入年度计划: there 将 is 把 (the verb that disposes follows in its clause), and speaks of what was done. */
static bool disposes(struct str text, uint32_t b, uint32_t e)
{
	enum { CLAUSE_BYTES = 180 };
	static const char *const verbs[] = {"纳入", "列入", "作为", "融入", "贯穿", "摆在", "列为", "贯彻到", "落实到", NULL};
	static const char *const ends[] = {"，", ",", "。", "；", NULL};
	struct str s = str_sub(text, e, text.n - e > CLAUSE_BYTES ? e + CLAUSE_BYTES : text.n);

	if (!str_starts(str_sub(text, b, e), STR("将")))
		return false;
	for (int i = 0; ends[i]; i++) {
		size_t k = str_find(s, str_of(ends[i]), 0);
		s = k == SIZE_MAX ? s : str_sub(s, 0, k);
	}
	for (int i = 0; verbs[i]; i++)
		if (str_find(s, str_of(verbs[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

/* One pass over the text; each hit goes to the segment it stands in. */
static void count_words(struct labels_maker *m, struct arena *a)
{
	struct literal_scan scan = literal_start(m->words->set, m->text);
	struct literal_hit hit;
	uint32_t *seen = arena_calloc(a, m->words->n + 1, sizeof *seen);
	uint8_t *times = arena_calloc(a, m->words->n + 1, 1);
	uint32_t b = 0, e = 0, first = 0;
	size_t i = 0, ready = SIZE_MAX;

	while (literal_next(&scan, &hit)) {
		while (i < m->n && m->segments[i].at.e <= hit.b)
			i++;
		if (i == m->n)
			break;
		const struct segment *s = &m->segments[i];
		if (hit.b < s->at.b || hit.e > s->at.e)
			continue;
		if (ready != i) {
			ready = i;
			b = content_start(m, s);
			e = content_end(m, s);
			first = s->kind == SEGMENT_HEADING ? s->at.e : first_end(m, b, s->at.e);
		}
		const struct word *w = &m->words->items[hit.id];
		struct votes *v = &m->votes[i];
		uint8_t bit = (uint8_t)(1 << w->what);
		switch ((enum word_where)w->where) {
		case WORD_TOPIC:
			if (seen[hit.id] != i + 1) {
				seen[hit.id] = (uint32_t)i + 1;
				times[hit.id] = 0;
			}
			if (times[hit.id]++ < REPEATS)
				add(hit.e <= first ? &v->first[w->what] : &v->rest[w->what], w->weight);
			break;
		case WORD_HEADING:
			v->heading |= bit;
			break;
		case WORD_TAIL:
			v->tail |= hit.e >= e ? bit : 0;
			break;
		case WORD_START:
			v->start |= hit.b == b ? bit : 0;
			break;
		case WORD_HAS:
			v->has |= hit.e <= b + HAS_BYTES && !disposes(m->text, hit.b, hit.e) ? bit : 0;
			break;
		case WORD_MOOD:
			add(&v->mood[w->what], w->weight);
			break;
		case WORD_TITLE:
			break;          /* in a set of their own */
		case WORD_WHOLE:
			v->whole |= hit.b == b && hit.e >= e ? bit : 0;
			break;
		}
	}
}

/* --- topics --- */

static void add_voice(float *score, const int16_t *votes, size_t n, double voice, double enough)
{
	double sum = 0;
	for (size_t t = 0; t < n; t++)
		sum += votes[t] > 0 ? votes[t] : 0;
	for (size_t t = 0; t < n; t++)
		score[t] += (float)(voice * votes[t] / (sum > enough ? sum : enough));
}

/* The topic that the words of the title speak of, the number of topics where they do of none or of several. */
static size_t title_topic(const struct labels_maker *m)
{
	size_t top = m->words->ntopics, i = 0;

	while (i < m->n && m->segments[i].kind != SEGMENT_TITLE)
		i++;
	if (i == m->n)
		return top;
	for (size_t t = 0; t < m->words->ntopics; t++)
		if (m->votes[i].first[t] > 2) {
			if (top < m->words->ntopics)
				return m->words->ntopics;
			top = t;
		}
	return top;
}

/* The topic that most segments of the body speak of by their own words. */
static size_t find_subject(const struct labels_maker *m)
{
	enum { LEAST = 6 };
	size_t n = m->words->ntopics, count[TOPICS_MOST] = {0}, all = 0, best = 0;

	for (size_t i = 0; i < m->n; i++) {
		const struct votes *v = &m->votes[i];
		size_t top = n;
		int most = 0;
		if (str_is(m->labels[i].role, "formal") || str_is(m->labels[i].role, "furniture"))
			continue;
		for (size_t t = 0; t < n; t++)
			if (2 * v->first[t] + v->rest[t] > most) {
				most = 2 * v->first[t] + v->rest[t];
				top = t;
			}
		if (top < n) {
			count[top]++;
			all++;
		}
	}
	for (size_t t = 0; t < n; t++)
		best = count[t] > count[best] ? t : best;
	/* a title such as …人民检察院工作报告 says it, too */
	bool named = best == title_topic(m);
	return all >= LEAST && (named ? count[best] * 2 >= all : count[best] * 3 >= all * 2) ? best : n;
}

static void make_topic(struct labels_maker *m, size_t i)
{
	const struct segment *s = &m->segments[i];
	struct label *l = &m->labels[i];
	size_t n = m->words->ntopics, top = n;
	float *score = m->scores + i * n;
	double best = 0, second = 0;
	bool heading = s->kind == SEGMENT_HEADING;
	/* the lead of a list of problems or plans has no topic of its own */
	bool lead = m->votes[i].has & BITS_TURN && s->level == 0 && !heading;

	if (str_is(l->role, "formal") || str_is(l->role, "furniture") || str_is(l->role, "overview"))
		return;
	bool below = !heading && s->level == 0 && s->up >= 0 && m->segments[s->up].kind == SEGMENT_HEADING
		&& !m->turned[i];
	add_voice(score, m->votes[i].first, n, heading ? 2 * voice_first : below ? body_first : voice_first,
		enough_first);
	if (!heading)
		add_voice(score, m->votes[i].rest, n, voice_rest, enough_rest);
	if (s->up >= 0 && !m->turned[i])
		for (size_t t = 0; t < n; t++)
			score[t] += (float)(m->scores[(size_t)s->up * n + t] / 100
				* (heading ? voice_parent / 2 : below ? body_parent : voice_parent));
	/* it is all that a segment without words of its own has to go by */
	if (m->subject < n && score[m->subject] < voice_subject) {
		bool silent = true;
		for (size_t t = 0; t < n; t++)
			silent &= score[t] < least;
		if (silent) {
			score[m->subject] = (float)voice_subject;
			l->score *= 0.8;
		}
	}
	for (size_t t = 0; t < n; t++) {
		if (score[t] > best) {
			second = best;
			best = score[t];
			top = t;
		} else if (score[t] > second) {
			second = score[t];
		}
	}
	if (top == n || best < least || lead) {
		l->score *= 0.8;
		return;
	}
	l->topic = m->words->topics[top];
	double margin = (best - second) / best;
	l->score *= 0.55 + 0.45 * (margin > 0.7 ? 1 : margin / 0.7);
	/* a hint such as 群众 alone is not much to go by */
	if (best < voice_sure)
		l->score *= 0.7 + 0.3 * best / voice_sure;
}

/* A heading that tells little takes the topic on which those below it agree. */
static void agree(struct labels_maker *m, struct arena *a)
{
	size_t n = m->words->ntopics, headings = 0;
	uint32_t *number = arena_calloc(a, m->n + 1, sizeof *number);

	for (size_t i = 0; i < m->n; i++)
		if (m->segments[i].kind == SEGMENT_HEADING)
			number[i] = (uint32_t)headings++;
	/* of each heading: how many below it have which topic, none last */
	uint32_t *below = arena_calloc(a, headings * (n + 1) + 1, sizeof *below);
	for (size_t i = 0; i < m->n; i++) {
		const struct segment *s = &m->segments[i];
		if (s->up < 0 || m->segments[s->up].kind != SEGMENT_HEADING || s->kind == SEGMENT_CAPTION)
			continue;
		size_t t = 0;
		while (t < n && !(m->labels[i].topic.s && str_eq(m->labels[i].topic, m->words->topics[t])))
			t++;
		below[number[s->up] * (n + 1) + t]++;
	}
	for (size_t i = 0; i < m->n; i++) {
		if (m->segments[i].kind != SEGMENT_HEADING)
			continue;
		const uint32_t *count = below + number[i] * (n + 1);
		uint32_t all = count[n];
		size_t top = 0;
		int sum = 0;
		for (size_t t = 0; t < n; t++) {
			all += count[t];
			top = count[t] > count[top] ? t : top;
			sum += m->votes[i].first[t] > 0 ? m->votes[i].first[t] : 0;
		}
		if (sum >= enough_first || all < 2 || count[top] * 3 < all * 2)
			continue;
		m->labels[i].topic = m->words->topics[top];
		m->labels[i].score *= 0.8;
	}
}

struct label *labels_make(const struct words *words, struct str text, const struct segment *segments,
	size_t n, struct arena *a)
{
	struct labels_maker m = {.words = words, .text = text, .segments = segments, .n = n};

	m.votes = arena_calloc(a, n + 1, sizeof *m.votes);
	size_t topics = words->ntopics;
	m.scores = arena_calloc(a, n * topics + 1, sizeof *m.scores);
	int16_t *votes = arena_calloc(a, 2 * n * topics + 1, sizeof *votes);
	for (size_t i = 0; i < n; i++) {
		m.votes[i].first = votes + 2 * i * topics;
		m.votes[i].rest = m.votes[i].first + topics;
	}
	m.turned = arena_calloc(a, n + 1, sizeof *m.turned);
	m.labels = arena_calloc(a, n + 1, sizeof *m.labels);
	count_words(&m, a);
	roles_make(&m, a);
	m.subject = find_subject(&m);
	for (size_t i = 0; i < n; i++)
		make_topic(&m, i);
	agree(&m, a);
	return m.labels;
}
