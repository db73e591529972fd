#include "context.h"

enum { TITLE_MOST = 600 };      /* bytes of a title; a longer one is no title */

/* What one character becomes: 0 dropped, else its bytes in OUT. */
static size_t normal(uint32_t cp, const char *s, size_t n, char *out)
{
	if (cp < 0x80) {
		switch (cp) {
		case ',': cp = 0xFF0C; break;
		case ';': cp = 0xFF1B; break;
		case ':': cp = 0xFF1A; break;
		case '(': cp = 0xFF08; break;
		case ')': cp = 0xFF09; break;
		case '!': cp = 0xFF01; break;
		case '?': cp = 0xFF1F; break;
		case '#': cp = 0xFF03; break;   /* # and @ have a meaning in contexts */
		case '@': cp = 0xFF20; break;
		case '"': case '\'': return 0;
		default:
			if (cp <= ' ')
				return 0;
			out[0] = (char)cp;
			return 1;
		}
		return utf8_put(out, cp);
	}
	if (cp >= 0xFF10 && cp <= 0xFF5A && (cp <= 0xFF19 || (cp >= 0xFF21 && (cp <= 0xFF3A || cp >= 0xFF41)))) {
		out[0] = (char)(cp - 0xFEE0);
		return 1;
	}
	switch (cp) {
	case 0x201C: case 0x201D: case 0x2018: case 0x2019:     /* “ ” ‘ ’ */
	case 0x300C: case 0x300D: case 0x300E: case 0x300F:     /* 「 」 『 』 */
		return 0;
	case 0x2022: case 0x25A0: case 0x25AA: case 0x25B2:     /* bullets */
	case 0x25C6: case 0x25CE: case 0x25CF: case 0x2605:
		return 0;
	case 0xFF05: out[0] = '%'; return 1;
	case 0xFF0E: out[0] = '.'; return 1;
	case 0xFFFD: return 0;
	}
	if (space_at(s, n))
		return 0;
	memcpy(out, s, n);
	return n;
}

/* The bytes of the common Han characters (U+4000 to U+9FFF) at S, all of which stay as they are. */
static size_t han_run(const char *s, size_t n)
{
	const uint8_t *p = (const uint8_t *)s;
	size_t i = 0;

	while (n - i >= 3 && p[i] >= 0xE4 && p[i] <= 0xE9 && (p[i + 1] & 0xC0) == 0x80 && (p[i + 2] & 0xC0) == 0x80)
		i += 3;
	return i;
}

/* Where the title that opens at I, 《…》, ends within [I,E): the words inside name a document
 * and count nothing, except where the number counts copies of it (《意见书》5份). The place of
 * 》, or 0 where the title's words stay. */
static size_t title_end(struct str text, size_t i, uint32_t e, const struct expr *first, size_t n)
{
	size_t close = str_find((struct str){text.s, e - i > TITLE_MOST ? i + TITLE_MOST : e}, STR("》"), i);

	if (close == SIZE_MAX)
		return 0;
	for (size_t k = 0; k < n && first[k].at.b <= close + 3; k++)
		if (first[k].kind == EXPR_FACT && first[k].at.e > i)
			return 0;
	return close;
}

void context_make(struct arena *a, struct str text, struct span at,
	struct expr *first, size_t n, struct context *out)
{
	/* one byte grows to at most three (an ASCII comma) */
	size_t room = 3 * (size_t)(at.e - at.b) + n + 1;
	size_t k = 0, next = 0;
	char c[4];

	out->s = arena_alloc(a, room);
	out->from = arena_alloc(a, (room + 1) * sizeof *out->from);
	for (size_t i = at.b; i < at.e;) {
		while (next < n && (first[next].kind != EXPR_FACT || first[next].at.e <= i))
			next++;
		if (next < n && first[next].at.b <= i) {
			first[next].norm = (uint32_t)k;
			out->from[k] = (uint32_t)i;
			out->s[k++] = '@';
			i = first[next].at.e;
			next++;
			continue;
		}
		size_t run = han_run(text.s + i, (next < n ? first[next].at.b : at.e) - i);
		memcpy(out->s + k, text.s + i, run);
		for (; run > 0; run -= 3, i += 3, k += 3)
			out->from[k] = out->from[k + 1] = out->from[k + 2] = (uint32_t)i;
		if (i == at.e || (next < n && first[next].at.b == i))
			continue;
		uint32_t cp;
		size_t len = utf8_next(text.s + i, at.e - i, &cp);
		size_t close = cp == 0x300A ? title_end(text, i, at.e, first + next, n - next) : 0;
		size_t m = normal(cp, text.s + i, len, c);
		for (size_t j = 0; j < m; j++) {
			out->from[k] = (uint32_t)i;
			out->s[k++] = c[j];
		}
		i = close ? close : i + len;
	}
	out->s[k] = '\0';
	out->from[k] = at.e;
	out->n = (uint32_t)k;
}

void context_append(struct buf *b, struct str text, struct span at)
{
	char c[4];

	for (size_t i = at.b; i < at.e;) {
		size_t run = han_run(text.s + i, at.e - i);
		if (run) {
			buf_append(b, text.s + i, run);
			i += run;
			continue;
		}
		uint32_t cp;
		size_t len = utf8_next(text.s + i, at.e - i, &cp);
		buf_append(b, c, normal(cp, text.s + i, len, c));
		i += len;
	}
}
