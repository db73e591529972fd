/* phrase: names, titles, document numbers and slogans, whose numerals are no quantities (finder.h). */
#include "finder.h"

enum {
	QUOTE_MOST = 48,        /* bytes within quotes that still are a name, not a citation */
	TITLE_MOST = 300        /* bytes of a 《title》 */
};

void phrase_find(struct finder *f)
{
	struct str s = {f->text.s + f->b, f->e - f->b};
	struct literal_scan scan = literal_start(f->lex->names, s);
	struct literal_hit hit;
	size_t cap = 0;

	while (literal_next(&scan, &hit)) {
		struct span at = {(uint32_t)(f->b + hit.b), (uint32_t)(f->b + hit.e)};
		struct span *last = f->nnames ? &f->names[f->nnames - 1] : NULL;
		if (last && last->e >= at.b) {          /* hits come by their start */
			if (last->e < at.e)
				last->e = at.e;
			continue;
		}
		f->names = arena_grow(f->arena, f->names, &cap, f->nnames + 1, sizeof *f->names);
		f->names[f->nnames++] = at;
	}
}

size_t phrase_end(struct finder *f, size_t at)
{
	while (f->name < f->nnames && f->names[f->name].e <= at)
		f->name++;
	return f->name < f->nnames && f->names[f->name].b <= at ? f->names[f->name].e : 0;
}

size_t phrase_quoted(const struct finder *f, size_t at)
{
	static const char *const pairs[][2] = {
		{"“", "”"}, {"‘", "’"}, {"《", "》"}, {"「", "」"}, {"『", "』"}, {"〈", "〉"}, {"\"", "\""}};

	uint8_t c = (uint8_t)f->text.s[at];
	if (c != 0xE2 && c != 0xE3 && c != '"')
		return at;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		size_t n = strlen(pairs[i][0]);
		if (!finder_starts(f, at, pairs[i][0]))
			continue;
		size_t most = i == 2 ? TITLE_MOST : QUOTE_MOST;
		size_t room = f->e - at - n < most ? f->e - at - n : most;
		const char *p = memmem(f->text.s + at + n, room, pairs[i][1], strlen(pairs[i][1]));
		return p ? (size_t)(p - f->text.s) + strlen(pairs[i][1]) : at;
	}
	return at;
}

size_t phrase_docno(const struct finder *f, size_t at)
{
	static const char *const open[] = {"〔", "[", "［", "（", "(", "【", "﹝"};
	static const char *const close[] = {"〕", "]", "］", "）", ")", "】", "﹞"};
	size_t p = at;
	uint8_t c = (uint8_t)f->text.s[at];

	if (c != 0xE3 && c != 0xEF && c != '[' && c != '(')
		return 0;
	for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
		if (!finder_starts(f, at, open[i]))
			continue;
		p = at + strlen(open[i]);
		size_t digits = 0;
		while (p < f->e && f->text.s[p] >= '0' && f->text.s[p] <= '9')
			p++, digits++;
		if (digits != 4 || !finder_starts(f, p, close[i]))
			return 0;
		p += strlen(close[i]);
		if (finder_starts(f, p, "第"))
			p += 3;
		digits = 0;
		while (p < f->e && f->text.s[p] >= '0' && f->text.s[p] <= '9')
			p++, digits++;
		return digits && finder_starts(f, p, "号") ? p + 3 : 0;
	}
	return 0;
}
