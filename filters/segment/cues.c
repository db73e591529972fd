#include "cues.h"
#include "arena.h"
#include "literal.h"

#include <stdlib.h>

enum where { AT_START, AT_END, AT_WHOLE, AT_HAS, AT_LABEL, AT_GLUED, AT_TAIL };
static const char *const wheres[] = {"start", "end", "whole", "has", "label", "glued", "tail", NULL};

enum { LINE_MOST = 600 };

struct cue {
	unsigned kind;
	enum where where;
	struct str text;
};

struct cues {
	struct cue *items;
	size_t n;
	struct literal_set *set;
};

static const struct {
	const char *name;
	unsigned kind;
} kinds[] = {
	{"furniture", CUE_FURNITURE}, {"meta", CUE_META}, {"caption", CUE_CAPTION},
	{"title", CUE_TITLE}, {"unit", CUE_UNIT}, {"closing", CUE_CLOSING}, {"lead", CUE_LEAD},
	{"subtitle", CUE_SUBTITLE}, {"persons", CUE_PERSONS}, {"enclosed", CUE_ENCLOSED},
	{"place", CUE_PLACE}, {"begun", CUE_BEGUN}, {"dateline", CUE_DATELINE},
};

static unsigned kind_of(struct str name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(name, kinds[i].name))
			return kinds[i].kind;
	return 0;
}

struct cues *cues_new(struct table *t)
{
	int kind = table_need(t, "kind"), where = table_need(t, "where"), text = table_need(t, "text");
	struct cues *c = xmalloc(sizeof *c);

	*c = (struct cues){.set = literal_new()};
	if (t->error[0])
		return c;
	c->items = xmalloc((t->nrows + 1) * sizeof *c->items);
	for (size_t i = 0; i < t->nrows; i++) {
		struct str w = table_cell(t, i, where);
		struct cue cue = {kind_of(table_cell(t, i, kind)), AT_START, table_cell(t, i, text)};
		int k = 0;
		while (wheres[k] && !str_is(w, wheres[k]))
			k++;
		cue.where = (enum where)k;
		if (!cue.kind)
			table_bad(t, i, "unknown kind '%.*s'", STR_ARG(table_cell(t, i, kind)));
		else if (!wheres[k])
			table_bad(t, i, "unknown place '%.*s'", STR_ARG(w));
		else if (!cue.text.n)
			table_bad(t, i, "a cue without text");
		if (cue.where == AT_TAIL)
			cue.kind |= CUE_TAIL;
		if (cue.where == AT_END && cue.kind == CUE_TITLE)
			cue.kind |= CUE_TITLE_END;
		c->items[c->n] = cue;
		literal_add(c->set, cue.text, (uint32_t)c->n++);
	}
	literal_build(c->set);
	return c;
}

void cues_free(struct cues *c)
{
	literal_free(c->set);
	free(c->items);
	free(c);
}

/* Spaces and brackets that only set a label apart: 【打印】, [ 索引号 ], 索 引 号. */
static size_t passed_over(const char *s, size_t n)
{
	uint8_t c = (uint8_t)*s;
	if ((c > ' ' && c < 'A') || (c >= 'a' && c < 0xC2) || (c > 0xC2 && c < 0xE2) || (c > 0xE3 && c < 0xEF))
		return 0;
	if (*s != '\t') {
		size_t k = space_at(s, n);
		if (k)
			return k;
	}
	if (*s == '[' || *s == ']')
		return 1;
	if (n >= 3 && (memcmp(s, "【", 3) == 0 || memcmp(s, "】", 3) == 0
		|| memcmp(s, "［", 3) == 0 || memcmp(s, "］", 3) == 0))
		return 3;
	return 0;
}

size_t cues_bullet(struct str line)
{
	static const char *const signs[] = {"•", "●", "◆", "■", "▪", "◎", "★", "►", "✓", "√", NULL};
	for (int i = 0; signs[i]; i++)
		if (str_starts(line, str_of(signs[i])))
			return strlen(signs[i]);
	return 0;
}

/* A bracket or a bullet at the start of a line. */
static size_t opening(struct str line)
{
	static const char *const signs[] = {"(", "（", "·", "○", "- ", "* ", "|", NULL};
	for (int i = 0; signs[i]; i++)
		if (str_starts(line, str_of(signs[i])))
			return strlen(signs[i]);
	return cues_bullet(line);
}

/* Writes the line without them; AT (may be NULL) gets the offset after each byte. */
static size_t squeeze(struct str line, char *out, uint16_t *at)
{
	size_t n = 0, first = opening(line);

	for (size_t i = first; i < line.n && n < LINE_MOST;) {
		size_t k = passed_over(line.s + i, line.n - i);
		if (k) {
			i += k;
			continue;
		}
		out[n] = line.s[i++];
		if (at)
			at[n] = (uint16_t)i;
		n++;
	}
	return n;
}

static bool label_ends(struct str s, size_t e)
{
	if (e >= s.n)
		return true;
	return s.s[e] == ':' || s.s[e] == '|' || s.s[e] == '\t'
		|| (s.n - e >= 3 && memcmp(s.s + e, "：", 3) == 0);
}

/* The end of a line without its last stop: 特此报告。 */
static size_t bare_end(struct str s)
{
	return s.n >= 3 && memcmp(s.s + s.n - 3, "。", 3) == 0 ? s.n - 3 : s.n;
}

static bool fits(const struct cue *cue, const struct literal_hit *hit, struct str s)
{
	switch (cue->where) {
	case AT_START:
	case AT_TAIL:
		return hit->b == 0;
	case AT_END:
		return hit->e == s.n;
	case AT_WHOLE:
	case AT_GLUED:
		return hit->b == 0 && hit->e == bare_end(s);
	case AT_HAS:
		return true;
	case AT_LABEL:
		return hit->b == 0 && label_ends(s, hit->e);
	}
	return false;
}

/* A path through a web site: 首页 > 政务公开 > 报告. */
static bool is_path(struct str s)
{
	int n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool wide = s.n - i >= 3 && (memcmp(s.s + i, "＞", 3) == 0 || memcmp(s.s + i, "›", 3) == 0);
		bool narrow = s.s[i] == '>' && (i + 1 == s.n || s.s[i + 1] != '>');
		n += wide || narrow || (s.n - i >= 2 && memcmp(s.s + i, "»", 2) == 0);
	}
	return n >= 2;
}

/* 索 引 号 01606072: a label of metadata that white space sets apart. */
static bool set_apart(const struct cue *cue, const struct literal_hit *hit, struct str line, const uint16_t *at)
{
	return cue->where == AT_LABEL && cue->kind == CUE_META && hit->b == 0
		&& at[hit->e - 1] < line.n && space_at(line.s + at[hit->e - 1], line.n - at[hit->e - 1]) > 0;
}

/* The end of a line without a note in brackets: …工作报告(全文29812字). */
static size_t without_note(struct str s)
{
	size_t i = s.n;

	if (!str_ends(s, STR(")")) && !str_ends(s, STR("）")))
		return 0;
	while (i > 0 && s.s[i - 1] != '(' && !(i >= 3 && memcmp(s.s + i - 3, "（", 3) == 0))
		i--;
	return i == 0 ? 0 : s.s[i - 1] == '(' ? i - 1 : i - 3;
}

unsigned cues_of(const struct cues *c, struct str line)
{
	char out[LINE_MOST];
	uint16_t at[LINE_MOST];
	struct literal_hit hit;
	unsigned found = 0;

	if (line.n > LINE_MOST)
		return 0;
	struct str s = {out, squeeze(line, out, at)};
	size_t end = without_note(s);
	struct literal_scan scan = literal_start(c->set, s);
	while (literal_next(&scan, &hit)) {
		const struct cue *cue = &c->items[hit.id];
		if (fits(cue, &hit, s) || set_apart(cue, &hit, line, at)
		    || (cue->kind & (CUE_TITLE_END | CUE_ENCLOSED) && hit.e == end))
			found |= cue->kind;
	}
	if (is_path(s))
		found |= CUE_FURNITURE;
	return found;
}

size_t cues_glued(const struct cues *c, struct str line)
{
	char out[LINE_MOST];
	uint16_t at[LINE_MOST];
	struct literal_hit hit;
	size_t best = 0;
	struct str s = {out, squeeze(str_sub(line, 0, line.n < 120 ? line.n : 120), out, at)};
	struct literal_scan scan = literal_start(c->set, s);

	while (literal_next(&scan, &hit) && hit.b == 0)
		if (c->items[hit.id].where == AT_GLUED && at[hit.e - 1] > best)
			best = at[hit.e - 1];
	if (best) {
		/* a closing bracket belongs to it: 【字号：大 中 小】 */
		size_t k;
		while (best < line.n && (k = passed_over(line.s + best, line.n - best)) > 0)
			best += k;
	}
	return best;
}
