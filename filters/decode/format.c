#include "format.h"
#include "arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { LOOK = 4096 };           /* bytes in which markup shows */

void formats_open(struct formats *f, struct table *t)
{
	int at = table_need(t, "at"), bytes = table_need(t, "bytes"), inside = table_need(t, "inside");
	int type = table_need(t, "type"), name = table_need(t, "name");
	int is_read = table_need(t, "read");

	*f = (struct formats){.items = xmalloc((t->nrows + 1) * sizeof *f->items)};
	for (size_t r = 0; r < t->nrows && !t->error[0]; r++) {
		struct format *o = &f->items[f->n++];
		struct str hex = table_cell(t, r, bytes);
		*o = (struct format){.at = strtoul(table_cell(t, r, at).s, NULL, 10), .n = hex.n / 2,
			.inside = table_cell(t, r, inside), .type = table_cell(t, r, type),
			.name = table_cell(t, r, name), .is_read = str_is(table_cell(t, r, is_read), "yes"),
			.holds = str_is(table_cell(t, r, is_read), "members"), .sure = true};
		if (hex.n % 2 || o->n == 0 || o->n > sizeof o->bytes)
			table_bad(t, r, "bytes: expected one to %zu bytes in hexadecimal", sizeof o->bytes);
		for (size_t i = 0; i < o->n && !t->error[0]; i++) {
			unsigned v;
			if (sscanf((char[]){hex.s[2 * i], hex.s[2 * i + 1], 0}, "%2x", &v) != 1)
				table_bad(t, r, "bytes: not hexadecimal");
			else
				o->bytes[i] = (char)v;
		}
		for (size_t i = 0; i + 1 < f->n; i++)
			if (f->items[i].at == o->at && f->items[i].n == o->n && memcmp(f->items[i].bytes, o->bytes, o->n) == 0)
				o->sure = false;
	}
}

void formats_close(struct formats *f)
{
	free(f->items);
}

/* Where the names of a zip file stand: its central directory (APPNOTE 4.3.12). In what is cut
 * it may be anywhere. */
static struct str zip_names(struct str in)
{
	const size_t least = 22;        /* bytes of its end, and a comment of up to 65,535 */
	size_t stop = in.n > least + 65535 ? in.n - least - 65535 : 0;

	for (size_t i = in.n >= least ? in.n - least + 1 : 0; i-- > stop;) {
		if (memcmp(in.s + i, "PK\5\6", 4) != 0)
			continue;
		const uint8_t *p = (const uint8_t *)in.s + i + 12;
		size_t size = (size_t)p[3] << 24 | (size_t)p[2] << 16 | (size_t)p[1] << 8 | p[0];
		return size <= i ? str_sub(in, i - size, i) : in;
	}
	return in;
}

/* Does the string occur where the format has it? An archive of documents holds the names in them,
 * too, and is none. */
static bool has_inside(struct str in, struct str names, struct str what)
{
	enum { MIMETYPE = 30 };         /* where the first member of OpenDocument and EPUB starts */

	return str_find(names, what, 0) != SIZE_MAX
		|| (in.n > MIMETYPE && str_starts(str_sub(in, MIMETYPE, in.n), what));
}

const struct format *formats_find(const struct formats *f, struct str in)
{
	struct str names = in;

	if (str_starts(in, STR("PK\3\4")))
		names = zip_names(in);
	for (size_t i = 0; i < f->n; i++) {
		const struct format *o = &f->items[i];
		if (in.n >= o->at + o->n && in.s[o->at] == o->bytes[0] && memcmp(in.s + o->at, o->bytes, o->n) == 0
		    && (o->inside.n == 0 || has_inside(in, names, o->inside)))
			return o;
	}
	return NULL;
}

static bool starts_word(struct str s, const char *word)
{
	size_t n = strlen(word);
	return s.n > n && strncasecmp(s.s, word, n) == 0
		&& !((s.s[n] | 32) >= 'a' && (s.s[n] | 32) <= 'z');
}

/* Is a tag of HTML at the '<' that starts S? */
static bool is_tag(struct str s)
{
	static const char *const tags[] = {
		"html", "head", "body", "meta", "title", "link", "style", "script", "base", "div", "p",
		"table", "tbody", "tr", "td", "th", "span", "br", "h1", "h2", "h3", "h4", "ul", "ol", "li",
		"dl", "a", "img", "font", "center", "strong", "b", "article", "section", "main", "header",
		"frameset", "iframe", "form", "blockquote", "pre", NULL
	};

	s = str_sub(s, 1, s.n);
	if (s.n && s.s[0] == '/')
		s = str_sub(s, 1, s.n);
	for (int i = 0; tags[i]; i++)
		if (starts_word(s, tags[i]))
			return true;
	return false;
}

/* What follows END in S, white space stripped; nothing where END is missing. */
static struct str after(struct str s, struct str end)
{
	size_t at = str_find(s, end, 0);
	return at == SIZE_MAX ? str_sub(s, s.n, s.n) : str_trim(str_sub(s, at + end.n, s.n));
}

enum markup markup_of(struct str text)
{
	struct str s = str_trim((struct str){text.s, text.n < LOOK ? text.n : LOOK});
	bool xml = false;

	while (s.n && s.s[0] == '<') {
		if (is_tag(s) || starts_word(s, "<!doctype html"))
			return MARKUP_HTML;
		if (str_starts(s, STR("<!--"))) {
			s = after(s, STR("-->"));
		} else if (s.n > 1 && (s.s[1] == '?' || s.s[1] == '!')) {
			xml |= starts_word(s, "<?xml");
			s = after(s, STR(">"));
		} else {
			break;
		}
	}
	if (xml)
		return MARKUP_XML;
	/* a fragment that starts with its text */
	for (const char *p; s.n && (p = memchr(s.s, '<', s.n)) != NULL;) {
		s = str_sub(s, (size_t)(p - s.s), s.n);
		if (starts_word(s, "<br") || (str_starts(s, STR("</")) && is_tag(s)))
			return MARKUP_HTML;
		s = str_sub(s, 1, s.n);
	}
	return MARKUP_NONE;
}
