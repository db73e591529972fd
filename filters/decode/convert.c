#include "convert.h"
#include "dbcs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define REPLACEMENT "\xEF\xBF\xBD"      /* U+FFFD */

static enum charset_kind kind_of(struct str name)
{
	static const char *const names[] = {"utf-8", "gb18030", "big5", "utf-16le", "utf-16be", "hz-gb-2312"};
	for (int i = 0; i < CHARSET_OTHER; i++)
		if (str_is(name, names[i]))
			return (enum charset_kind)i;
	return CHARSET_OTHER;
}

static bool hex_take(struct str cell, struct fixup *f)
{
	f->n = cell.n / 2;
	if (cell.n % 2 || f->n == 0 || f->n > sizeof f->bytes)
		return false;
	for (size_t i = 0; i < f->n; i++) {
		unsigned v;
		if (sscanf((char[]){cell.s[2 * i], cell.s[2 * i + 1], 0}, "%2x", &v) != 1)
			return false;
		f->bytes[i] = (char)v;
	}
	return true;
}

static bool characters_take(struct str cell, struct fixup *f)
{
	struct str part;

	f->text_n = 0;
	while (str_part(&cell, ' ', &part)) {
		char digits[8] = "";
		unsigned cp;
		if (part.n < 6 || part.n > 8 || memcmp(part.s, "U+", 2) != 0 || f->text_n > sizeof f->text - 4)
			return false;
		memcpy(digits, part.s + 2, part.n - 2);
		if (sscanf(digits, "%x", &cp) != 1 || cp > 0x10FFFF)
			return false;
		f->text_n += utf8_put(f->text + f->text_n, cp);
	}
	return f->text_n > 0;
}

void converter_open(struct converter *c, struct table *charsets, struct table *fixups)
{
	int name = table_need(charsets, "name"), iconv_ = table_need(charsets, "iconv");
	int labels = table_need(charsets, "labels");
	int charset = table_need(fixups, "charset"), bytes = table_need(fixups, "bytes");
	int character = table_need(fixups, "character");
	bool seen[CHARSET_OTHER + 1] = {false};

	*c = (struct converter){0};
	for (size_t r = 0; r < charsets->nrows && !charsets->error[0]; r++) {
		if (c->n == CHARSETS_MOST) {
			table_bad(charsets, r, "more than %d charsets", CHARSETS_MOST);
			break;
		}
		struct charset *cs = &c->charsets[c->n++];
		*cs = (struct charset){.name = table_cell(charsets, r, name),
			.iconv = table_cell(charsets, r, iconv_), .labels = table_cell(charsets, r, labels)};
		cs->kind = kind_of(cs->name);
		seen[cs->kind] = true;
	}
	for (int k = 0; k < CHARSET_OTHER && !charsets->error[0]; k++)
		if (!seen[k] && !c->n)
			snprintf(charsets->error, sizeof charsets->error, "%s: no charset stands there", charsets->path);
		else if (!seen[k])
			table_bad(charsets, 0, "utf-8, gb18030, big5, utf-16le, utf-16be and hz-gb-2312 must all be there");
	c->fixups = xmalloc((fixups->nrows + 1) * sizeof *c->fixups);
	for (size_t r = 0; r < fixups->nrows && !fixups->error[0]; r++) {
		struct fixup *f = &c->fixups[c->nfixups++];
		*f = (struct fixup){.charset = table_cell(fixups, r, charset)};
		if (!hex_take(table_cell(fixups, r, bytes), f))
			table_bad(fixups, r, "bytes: expected one to four bytes in hexadecimal");
		else if (!characters_take(table_cell(fixups, r, character), f))
			table_bad(fixups, r, "character: expected U+ and four to six hexadecimal digits");
	}
}

void converter_close(struct converter *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct charset *cs = &c->charsets[i];
		if (cs->opened && cs->cd != (iconv_t)-1)
			iconv_close(cs->cd);
		free(cs->dbcs);
	}
	free(c->fixups);
	buf_free(&c->unfolded);
}

static bool same_label(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		char x = a.s[i];
		if ((x >= 'A' && x <= 'Z' ? x + 32 : x) != b.s[i])
			return false;
	}
	return true;
}

struct charset *converter_label(struct converter *c, struct str label)
{
	label = str_trim(label);
	for (size_t i = 0; i < c->n; i++) {
		struct str rest = c->charsets[i].labels, one;
		while (str_part(&rest, '|', &one))
			if (same_label(label, one))
				return &c->charsets[i];
	}
	return NULL;
}

struct charset *converter_kind(struct converter *c, enum charset_kind kind)
{
	size_t i = 0;
	while (c->charsets[i].kind != kind)
		i++;
	return &c->charsets[i];
}

static bool charset_open(struct charset *cs)
{
	struct str rest = cs->iconv, one;

	if (!cs->opened) {
		cs->opened = true;
		cs->cd = (iconv_t)-1;
		while (cs->cd == (iconv_t)-1 && str_part(&rest, '|', &one)) {
			char name[64] = "";
			if (one.n < sizeof name) {
				memcpy(name, one.s, one.n);
				cs->cd = iconv_open("UTF-8", name);
			}
		}
	}
	return cs->cd != (iconv_t)-1;
}

static void replace(struct buf *out, size_t *replaced)
{
	buf_append(out, REPLACEMENT, 3);
	++*replaced;
}

static void utf8_run(struct str in, struct buf *out, size_t *replaced)
{
	for (size_t i = 0; i < in.n;) {
		size_t good = utf8_valid(in.s + i, in.n - i);
		buf_append(out, in.s + i, good);
		i += good;
		if (i < in.n) {
			replace(out, replaced);
			i++;
		}
	}
}

/* The fix-up for the bytes at IN, NULL for none. */
static const struct fixup *fixup_find(const struct converter *c, struct str charset, struct str in)
{
	for (size_t i = 0; i < c->nfixups; i++) {
		const struct fixup *f = &c->fixups[i];
		if (f->bytes[0] == in.s[0] && f->n <= in.n && memcmp(f->bytes, in.s, f->n) == 0
		    && str_eq(f->charset, charset))
			return f;
	}
	return NULL;
}

/* One sequence that the two-byte table does not hold: four bytes of GB18030, a
 * fix-up, or nothing. Returns the bytes read. */
static size_t rare_run(struct converter *c, struct charset *cs, struct str in,
	struct buf *out, size_t *replaced)
{
	const struct fixup *f = fixup_find(c, cs->name, in);

	if (f) {
		buf_append(out, f->text, f->text_n);
		return f->n;
	}
	if (cs->kind == CHARSET_GB18030 && in.n >= 4 && in.s[1] >= '0' && in.s[1] <= '9') {
		char bytes[4], text[8], *p = bytes, *q = text;
		size_t left = 4, room = sizeof text;
		memcpy(bytes, in.s, 4);
		if (iconv(cs->cd, &p, &left, &q, &room) != (size_t)-1 && left == 0) {
			buf_append(out, text, sizeof text - room);
			return 4;
		}
		iconv(cs->cd, NULL, NULL, NULL, NULL);
	}
	replace(out, replaced);
	return 1;
}

static void double_run(struct converter *c, struct charset *cs, struct str in,
	struct buf *out, size_t *replaced)
{
	if (!cs->dbcs) {
		cs->dbcs = dbcs_make(cs->cd);
		for (size_t i = 0; i < c->nfixups; i++) {
			const struct fixup *f = &c->fixups[i];
			if (str_eq(f->charset, cs->name))
				dbcs_set(cs->dbcs, (struct str){f->bytes, f->n}, (struct str){f->text, f->text_n});
		}
	}
	for (size_t i = 0;;) {
		i = dbcs_run(cs->dbcs, in, i, out);
		if (i == in.n)
			return;
		i += rare_run(c, cs, str_sub(in, i, in.n), out, replaced);
	}
}

static void iconv_run(struct charset *cs, struct str in, struct buf *out, size_t *replaced)
{
	char *p = (char *)in.s;         /* iconv does not write to it */
	size_t left = in.n;
	size_t unit = cs->kind == CHARSET_UTF16LE || cs->kind == CHARSET_UTF16BE ? 2 : 1;

	iconv(cs->cd, NULL, NULL, NULL, NULL);
	for (bool flush = false;;) {
		buf_reserve(out, left + left / 2 + 64);
		char *q = (char *)out->data + out->len;
		size_t room = out->cap - out->len;
		size_t r = flush ? iconv(cs->cd, NULL, NULL, &q, &room) : iconv(cs->cd, &p, &left, &q, &room);
		out->len = (size_t)((uint8_t *)q - out->data);
		if (r == (size_t)-1 && errno == E2BIG)
			continue;
		if (flush)
			return;
		if (r != (size_t)-1 || left == 0) {
			flush = true;
			continue;
		}
		/* EILSEQ, or EINVAL for a sequence that the end cuts */
		replace(out, replaced);
		p += left < unit ? left : unit;
		left -= left < unit ? left : unit;
	}
}

/* A stream that was cut within ~{ and ~} starts in GB 2312: ~} comes before any ~{, and
 * before it stand pairs of that set only, at even distances; *FROM is the first one's place. */
static bool hz_starts_wide(struct str in, size_t *from)
{
	size_t i = 0;

	*from = 0;
	while (i + 1 < in.n && in.s[i] != '\n' && !(in.s[i] == '~' && (in.s[i + 1] == '{' || in.s[i + 1] == '}')))
		i++;
	if (i < 2 || i + 1 >= in.n || in.s[i] == '\n' || in.s[i + 1] != '}')
		return false;
	*from = i % 2;
	for (size_t k = *from; k < i; k += 2)
		if (in.s[k] < 0x21 || in.s[k] > 0x77 || in.s[k + 1] < 0x21)
			return false;
	return true;
}

/* HZ (RFC 1843): ~{ and ~} enclose GB 2312 in seven bits, ~~ is a tilde, ~ at a
 * line's end joins lines. Gives the same text in eight bits. */
static void hz_unfold(struct str in, struct buf *out)
{
	size_t from;
	bool wide = hz_starts_wide(in, &from);

	for (size_t i = 0; i < in.n; i++) {
		char c = in.s[i], d = i + 1 < in.n ? in.s[i + 1] : 0;
		if (c == '~' && (d == '{' || d == '}')) {
			wide = d == '{';
			i++;
		} else if (c == '~' && d == '~' && !wide) {
			buf_append(out, "~", 1);
			i++;
		} else if (c == '~' && d == '\n' && !wide) {
			i++;
		} else if (c == '\n') {
			wide = false;           /* a line starts in ASCII again */
			buf_append(out, "\n", 1);
		} else if (wide && i >= from && c >= 0x21 && d >= 0x21) {
			buf_append(out, (char[]){(char)(c | 0x80), (char)(d | 0x80)}, 2);
			i++;
		} else {
			buf_append(out, &c, 1);
		}
	}
}

bool converter_run(struct converter *c, struct charset *cs, struct str in,
	struct buf *out, size_t *replaced)
{
	switch (cs->kind) {
	case CHARSET_UTF8:
		utf8_run(in, out, replaced);
		return true;
	case CHARSET_HZ:
		c->unfolded.len = 0;
		hz_unfold(in, &c->unfolded);
		return converter_run(c, converter_kind(c, CHARSET_GB18030),
			(struct str){(char *)c->unfolded.data, c->unfolded.len}, out, replaced);
	case CHARSET_GB18030:
	case CHARSET_BIG5:
		if (!charset_open(cs))
			return false;
		double_run(c, cs, in, out, replaced);
		return true;
	default:
		if (!charset_open(cs))
			return false;
		iconv_run(cs, in, out, replaced);
		return true;
	}
}
