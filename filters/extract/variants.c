#include "variants.h"

#include <stdlib.h>
#include <string.h>

/* The characters that have variants; those looked at, and how many of them must be variants. */
enum { FIRST = 0x4E00, LAST = 0x9FFF, SAMPLE = 6000, ENOUGH = 6 };

struct variants {
	uint16_t to[LAST - FIRST + 1];  /* 0: stays */
};

static bool may_vary(uint32_t cp)
{
	return cp >= FIRST && cp <= LAST;
}

struct variants *variants_load(struct table *t)
{
	int character = table_need(t, "character"), list = table_need(t, "variants");
	struct variants *v = xmalloc(sizeof *v);

	memset(v, 0, sizeof *v);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct str to = table_cell(t, i, character), from = table_cell(t, i, list);
		uint32_t cp = 0, old;
		size_t n = to.n ? utf8_next(to.s, to.n, &cp) : 0;
		if (n != to.n || !may_vary(cp))
			table_bad(t, i, "one Chinese character is wanted");
		for (size_t at = 0; at < from.n && !t->error[0];) {
			at += utf8_next(from.s + at, from.n - at, &old);
			if (may_vary(old))
				v->to[old - FIRST] = (uint16_t)cp;
			else
				table_bad(t, i, "a variant is no Chinese character");
		}
	}
	return v;
}

void variants_free(struct variants *v)
{
	free(v);
}

/* True where enough variants stand near the beginning: one alone may be a name. */
static bool is_traditional(const struct variants *v, struct str text)
{
	size_t end = text.n < SAMPLE ? text.n : SAMPLE, found = 0;
	uint32_t cp;

	for (size_t i = 0; i < end && found < ENOUGH; ) {
		i += utf8_next(text.s + i, text.n - i, &cp);
		found += may_vary(cp) && v->to[cp - FIRST];
	}
	return found == ENOUGH;
}

struct str variants_fold(const struct variants *v, struct arena *a, struct str text)
{
	if (!is_traditional(v, text))
		return text;
	char *s = arena_strndup(a, text.s, text.n);
	uint32_t cp;

	for (size_t i = 0, len; i < text.n; i += len) {
		len = utf8_next(s + i, text.n - i, &cp);
		if (may_vary(cp) && v->to[cp - FIRST])
			utf8_put(s + i, v->to[cp - FIRST]);     /* both take three bytes */
	}
	return (struct str){s, text.n};
}

struct str variants_original(struct str part, struct str folded, struct str text)
{
	if (!part.s || part.s < folded.s || part.s + part.n > folded.s + folded.n)
		return part;
	return (struct str){text.s + (part.s - folded.s), part.n};
}
