/* modifier: words before and behind a number that bound it (finder.h). */
#include "finder.h"

size_t modifier_before(const struct finder *f, size_t b, bool bare_scale, int *bound)
{
	const struct modifier *best = NULL;

	if (b == f->b || !f->lex->may_close[(uint8_t)f->text.s[b - 1]])
		return b;
	for (size_t i = 0; i < f->lex->nbefore; i++) {
		const struct modifier *m = &f->lex->before[i];
		if (b - f->b < m->word.n || memcmp(f->text.s + b - m->word.n, m->word.s, m->word.n) != 0)
			continue;
		if (m->scale && !bare_scale)
			continue;
		if (!best || m->word.n > best->word.n)
			best = m;
	}
	if (!best)
		return b;
	size_t at = b - best->word.n;
	if (best->unless.n && at > f->b) {
		size_t p = utf8_prev(f->text.s, at);
		if (memmem(best->unless.s, best->unless.n, f->text.s + p, at - p))
			return b;
	}
	*bound = best->bound;
	return at;
}

bool modifier_compares(const struct finder *f, size_t at, size_t e)
{
	static const char *const words[] = {"高于", "低于", "超过", "大于", "小于", "优于", NULL};

	for (int i = 0; finder_starts(f, e, "的") && words[i]; i++)
		if (finder_ends(f, at, words[i]))
			return true;
	return false;
}

size_t modifier_at(const struct finder *f, size_t e, int *bound)
{
	const struct modifier *best = NULL;

	if (f->e - e < 3 || !f->lex->may_open[(uint8_t)f->text.s[e + 2]])
		return e;
	for (size_t i = 0; i < f->lex->nbehind; i++) {
		const struct modifier *m = &f->lex->behind[i];
		if (f->e - e >= m->word.n && memcmp(f->text.s + e, m->word.s, m->word.n) == 0
		    && (!best || m->word.n > best->word.n))
			best = m;
	}
	if (!best)
		return e;
	*bound = best->bound;
	return e + best->word.n;
}

/* 3人（含）以上, 90分（含90分）以上: behind the short bracket at E that says whether the bound itself is meant; E where none is. */
static size_t bound_itself(const struct finder *f, size_t e)
{
	static const char *const opens[] = {"（含", "(含", "（不含", "(不含", "（包含", "(包含"};

	for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
		size_t n = strlen(opens[i]);
		if (f->e - e < n || memcmp(f->text.s + e, opens[i], n) != 0)
			continue;
		for (size_t at = e + n; at < f->e && at - e < 32; at++) {
			if (f->text.s[at] == ')')
				return at + 1;
			if (f->e - at > 3 && memcmp(f->text.s + at, "）", 3) == 0)
				return at + 3;
		}
	}
	return e;
}

size_t modifier_behind(const struct finder *f, size_t e, int *bound)
{
	size_t behind = bound_itself(f, e), end;

	if (behind > e && (end = modifier_at(f, behind, bound)) > behind)
		return end;
	return modifier_at(f, e, bound);
}
