#include "scene.h"

#include <stdlib.h>

static void sentences_cut(struct scene *s)
{
	static const char *const ends[] = {"。", "！", "？", "；", ";", "\n", NULL};
	size_t cap = 0, b = 0;

	for (size_t i = 0; i <= s->text.n;) {
		size_t k = 0;
		for (size_t e = 0; i < s->text.n && ends[e] && !k; e++)
			if (str_starts(str_sub(s->text, i, s->text.n), str_of(ends[e])))
				k = strlen(ends[e]);
		if (k || i == s->text.n) {
			if (i + k > b) {
				s->sentences = arena_grow(s->arena, s->sentences, &cap, s->nsentences + 1,
					sizeof *s->sentences);
				s->sentences[s->nsentences++] = (struct sentence){{(uint32_t)b, (uint32_t)(i + k)}, 0};
			}
			b = i + k;
		}
		if (i == s->text.n)
			break;
		i += k ? k : 1;
	}
}

static int by_place(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	if (x->f->at.b != y->f->at.b)
		return x->f->at.b < y->f->at.b ? -1 : 1;
	return x->index < y->index ? -1 : 1;
}

enum { ITEMS_MOST = 64 };       /* of a sentence */

/* Some sentence has more. */
static bool is_crowded(const struct scene *s)
{
	for (size_t i = 0, k = 0; i + ITEMS_MOST < s->n; i++) {
		uint32_t b = s->items[i].f->at.b;
		while (k < s->nsentences && s->sentences[k].at.e <= b)
			k++;
		if (k < s->nsentences && s->items[i + ITEMS_MOST].f->at.b < s->sentences[k].at.e)
			return true;
	}
	return false;
}

/* Relations look at all numbers of a sentence, for each of them: a sentence with
 * more than some 64 (a table without stops, a hostile text) is cut. */
static void sentences_limit(struct scene *s)
{
	struct sentence *out = NULL;
	size_t cap = 0, n = 0, i = 0;

	for (size_t k = 0; k < s->nsentences; k++) {
		struct sentence whole = s->sentences[k];
		size_t held = 0;
		while (i < s->n && s->items[i].f->at.b < whole.at.e) {
			uint32_t b = s->items[i++].f->at.b;
			if (b < whole.at.b || ++held <= ITEMS_MOST)
				continue;
			out = arena_grow(s->arena, out, &cap, n + 1, sizeof *out);
			out[n++] = (struct sentence){{whole.at.b, b}, whole.segment};
			whole.at.b = b;
			held = 1;
		}
		out = arena_grow(s->arena, out, &cap, n + 1, sizeof *out);
		out[n++] = whole;
	}
	s->sentences = out;
	s->nsentences = n;
}

/* Puts items into sentences; those outside of any, or across the one before, go. */
static void items_place(struct scene *s)
{
	size_t k = 0, kept = 0;

	s->first = arena_calloc(s->arena, s->nsentences + 1, sizeof *s->first);
	for (size_t i = 0; i < s->n; i++) {
		struct item a = s->items[i];
		while (k < s->nsentences && s->sentences[k].at.e <= a.f->at.b)
			s->first[++k] = (uint32_t)kept;
		if (k == s->nsentences)
			break;
		const struct item *before = kept ? &s->items[kept - 1] : NULL;
		if (a.f->at.b < s->sentences[k].at.b || (before && before->f->at.e > a.f->at.b))
			continue;
		a.sentence = (uint32_t)k;
		a.from = before && before->sentence == k ? before->f->at.e : s->sentences[k].at.b;
		item_set(&a);
		s->items[kept++] = a;
	}
	while (k < s->nsentences)
		s->first[++k] = (uint32_t)kept;
	s->n = kept;
}

/* The character at I, before E; its length. The text is UTF-8 and E the end of a character. */
static inline uint32_t char_at(const struct scene *s, uint32_t i, uint32_t e, uint32_t *cp)
{
	const uint8_t *p = (const uint8_t *)s->text.s + i;

	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	if (p[0] >= 0xE0 && p[0] < 0xF0 && e - i >= 3) {
		*cp = (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63);
		return 3;
	}
	return (uint32_t)utf8_next(s->text.s + i, e - i, cp);
}

/* The words in [i, e), between two numbers. INSIDE: where the bracket opens that I stands
 * in. Returns their classes. */
static uint64_t hits_between(struct scene *s, uint32_t i, uint32_t e, uint32_t *inside)
{
	uint64_t found = 0;
	uint32_t cp, second, step, more;

	/* STEP: of the character CP at I, MORE: of SECOND behind it, 0 at the end */
	for (step = i < e ? char_at(s, i, e, &cp) : 0; i < e; i += step, step = more, cp = second) {
		second = more = 0;
		if (i + step < e)
			more = char_at(s, i + step, e, &second);
		if (!cues_may_begin(s->cues, cp))
			continue;
		const struct cue_word *w = cues_of(s->cues, str_sub(s->text, i, e), cp, second);
		if (!w)
			continue;
		if (w->classes & CUE_BIT(CUE_BRACKET))
			*inside = i;
		if (w->classes & CUE_BIT(CUE_BRACKET_END))
			*inside = 0;
		found |= w->classes;
		if (s->nhits == s->cap_hits)
			s->hits = arena_grow(s->arena, s->hits, &s->cap_hits, s->nhits + 1, sizeof *s->hits);
		s->hits[s->nhits++] = (struct hit){i, i + (uint32_t)w->text.n, w->classes};
		if (w->text.n > step) {
			step = (uint32_t)w->text.n;
			more = i + step < e ? char_at(s, i + step, e, &second) : 0;
		}
	}
	return found;
}

/* Cues are looked for only in sentences with numbers, between the numbers. */
static void hits_find(struct scene *s)
{
	s->classes = arena_calloc(s->arena, s->nsentences + 1, sizeof *s->classes);
	for (size_t k = 0; k < s->nsentences; k++) {
		size_t item = s->first[k], last = s->first[k + 1];
		if (item == last)
			continue;
		uint32_t inside = 0, i = s->sentences[k].at.b;
		for (; item < last; item++) {
			struct item *x = &s->items[item];
			x->classes = hits_between(s, i, x->f->at.b, &inside);
			x->inside = inside;
			s->classes[k] |= x->classes;
			i = x->f->at.e;
		}
		if (i < s->sentences[k].at.e)
			s->classes[k] |= hits_between(s, i, s->sentences[k].at.e, &inside);
	}
}

/* Where to begin looking for a hit: a table instead of a search. */
static void hits_index(struct scene *s)
{
	size_t n = s->text.n / SCENE_STEP + 2, k = 0;

	s->at = arena_alloc(s->arena, n * sizeof *s->at);
	for (size_t i = 0; i < n; i++) {
		while (k < s->nhits && s->hits[k].b < i * SCENE_STEP)
			k++;
		s->at[i] = (uint32_t)k;
	}
}

void scene_build(struct scene *s, const struct fact *facts, size_t nfacts)
{
	s->items = arena_calloc(s->arena, nfacts + 1, sizeof *s->items);
	for (size_t i = 0; i < nfacts; i++)
		if (facts[i].value.given)
			s->items[s->n++] = (struct item){.f = &facts[i], .index = (uint32_t)i};
	for (size_t i = 1; i < s->n; i++)
		if (by_place(&s->items[i - 1], &s->items[i]) > 0) {
			qsort(s->items, s->n, sizeof *s->items, by_place);
			break;
		}
	if (!s->sentences)
		sentences_cut(s);
	if (is_crowded(s))
		sentences_limit(s);
	items_place(s);
	hits_find(s);
	hits_index(s);
}

/* --- questions --- */

static size_t hit_from(const struct scene *s, uint32_t b)
{
	size_t i = s->at[b / SCENE_STEP];

	while (i < s->nhits && s->hits[i].b < b)
		i++;
	return i;
}

const struct hit *scene_cue(const struct scene *s, uint32_t b, uint32_t e, uint64_t classes)
{
	for (size_t i = hit_from(s, b); i < s->nhits && s->hits[i].b < e; i++)
		if (s->hits[i].classes & classes)
			return &s->hits[i];
	return NULL;
}

const struct hit *scene_cue_last(const struct scene *s, uint32_t b, uint32_t e, uint64_t classes)
{
	for (size_t i = hit_from(s, e); i-- > 0 && s->hits[i].b >= b;)
		if (s->hits[i].classes & classes)
			return &s->hits[i];
	return NULL;
}

size_t scene_other(const struct scene *s, uint32_t b, uint32_t e, uint64_t classes)
{
	size_t h = hit_from(s, b), other = 0;

	for (uint32_t i = b; i < e;) {
		while (h < s->nhits && s->hits[h].b < i)
			h++;
		if (h < s->nhits && s->hits[h].b == i && (s->hits[h].classes & classes)) {
			i = s->hits[h].e;
			continue;
		}
		uint32_t cp;
		size_t space = space_at(s->text.s + i, e - i), k = utf8_next(s->text.s + i, e - i, &cp);
		if (!space && cp != 0x201C && cp != 0x201D && cp != ':' && cp != 0xFF1A)
			other += k;
		i += (uint32_t)(space ? space : k);
	}
	return other;
}

void scene_sentence(const struct scene *s, size_t k, size_t *b, size_t *e)
{
	*b = s->first[k];
	*e = s->first[k + 1];
}

bool scene_has(const struct scene *s, const struct item *a, uint64_t classes)
{
	return (s->classes[a->sentence] & classes) != 0;
}

bool scene_together(const struct scene *s, const struct item *a, const struct item *b)
{
	return s->sentences[a->sentence].segment == s->sentences[b->sentence].segment;
}
