#include "html.h"

#include <libxml/HTMLparser.h>
#include <limits.h>

enum { COMMENT_MOST = 64 };             /* bytes: a longer one is no mark */

/* A page is read by events: no tree is built, so that memory stays small. */
struct page {
	struct buf *out;
	struct buf text;        /* since the last element: libxml2 hands it over in pieces, by entities */
	size_t skipping;        /* depth inside an element whose content is no text */
};

static void text_flush(struct page *p)
{
	if (p->text.len)
		pack_str(p->out, (struct str){(const char *)p->text.data, p->text.len});
	p->text.len = 0;
}

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (**names == *name && strcmp(name, *names) == 0)
			return true;
	return false;
}

static bool is_skipped(const char *tag)
{
	static const char *const names[] = {"script", "style", "noscript", "template", "svg", "math", "select",
		"textarea", "noframes", "object", "applet", "embed", "audio", "video", "canvas", "map", "datalist", NULL};
	return is_one_of(tag, names);
}

static bool is_kept(const char *attribute)
{
	static const char *const names[] = {"id", "class", "style", "hidden", "name", "property", "content", "rel",
		"href", "src", "colspan", "rowspan", "role", NULL};
	return is_one_of(attribute, names);
}

/* Of links and pictures only the page's own address matters, and of frames what
 * they would show: the rest would double what has to be sent. */
static bool is_wanted(const char *tag, const char *attribute)
{
	if (!is_kept(attribute))
		return false;
	if (strcmp(attribute, "href") == 0 || strcmp(attribute, "rel") == 0)
		return strcmp(tag, "link") == 0;
	if (strcmp(attribute, "src") == 0)
		return strcmp(tag, "frame") == 0 || strcmp(tag, "iframe") == 0;
	return true;
}

/* <a name="top"> is a place and no link, and often never ends. */
static bool is_anchor(const xmlChar **attributes)
{
	bool named = false;

	for (const xmlChar **a = attributes; a && *a; a += 2) {
		if (strcmp((const char *)a[0], "href") == 0)
			return false;
		named |= strcmp((const char *)a[0], "name") == 0 || strcmp((const char *)a[0], "id") == 0;
	}
	return named;
}

static void on_start(void *data, const xmlChar *name, const xmlChar **attributes)
{
	struct page *p = data;
	const char *tag = (const char *)name;
	size_t n = 0;

	if (p->skipping || is_skipped(tag)) {
		p->skipping++;
		return;
	}
	text_flush(p);
	if (strcmp(tag, "a") == 0 && is_anchor(attributes))
		tag = "span";
	for (const xmlChar **a = attributes; a && *a; a += 2)
		n += a[1] && is_wanted(tag, (const char *)a[0]);
	pack_array(p->out, 1 + 2 * n);
	pack_key(p->out, tag);
	for (const xmlChar **a = attributes; a && *a; a += 2)
		if (a[1] && is_wanted(tag, (const char *)a[0])) {
			pack_key(p->out, (const char *)a[0]);
			pack_key(p->out, (const char *)a[1]);
		}
}

static void on_end(void *data, const xmlChar *name)
{
	struct page *p = data;

	(void)name;
	if (p->skipping) {
		p->skipping--;
		return;
	}
	text_flush(p);
	pack_nil(p->out);
}

static void on_text(void *data, const xmlChar *text, int n)
{
	struct page *p = data;

	if (!p->skipping && n > 0)
		buf_append(&p->text, text, (size_t)n);
}

/* Systems put marks around the content; what else stands in comments is no one's business. */
static void on_comment(void *data, const xmlChar *text)
{
	struct page *p = data;
	struct str s = str_trim(str_of((const char *)text));

	if (p->skipping || s.n == 0 || s.n > COMMENT_MOST)
		return;
	text_flush(p);
	pack_array(p->out, 3);
	pack_key(p->out, "!--");
	pack_key(p->out, "name");
	pack_str(p->out, s);
	pack_nil(p->out);
}

/* Word's <![if !supportLists]> and <![endif]> are comments to browsers, and text to
 * libxml2. Those that end a comment stay. */
static void conditions_blank(char *s, size_t n)
{
	for (size_t at = 0; (at = str_find((struct str){s, n}, STR("<!["), at)) != SIZE_MAX; at += 3) {
		struct str rest = {s + at + 3, n - at - 3};
		const char *end = str_starts(rest, STR("if ")) || str_starts(rest, STR("endif")) ? memchr(rest.s, '>', rest.n) : NULL;
		if (end && end[-1] != '-')
			memset(s + at, ' ', (size_t)(end - s) + 1 - at);
	}
}

bool html_parse(char *s, size_t n, struct buf *out)
{
	htmlSAXHandler sax = {
		.startElement = on_start, .endElement = on_end,
		.characters = on_text, .ignorableWhitespace = on_text, .comment = on_comment
	};
	struct page page = {.out = out};
	htmlParserCtxtPtr ctxt = n <= INT_MAX ? htmlNewParserCtxt() : NULL;

	if (!ctxt)
		return false;
	conditions_blank(s, n);
	*ctxt->sax = sax;
	ctxt->userData = &page;
	/* the charset is known: what the page says of it counts no more */
	htmlDocPtr doc = htmlCtxtReadMemory(ctxt, s, (int)n, NULL, "UTF-8",
		HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET
		| HTML_PARSE_IGNORE_ENC | (int)XML_PARSE_HUGE);
	text_flush(&page);
	buf_free(&page.text);
	bool ok = ctxt->errNo != XML_ERR_NO_MEMORY;
	xmlFreeDoc(doc);
	htmlFreeParserCtxt(ctxt);
	return ok;
}
