#include "document.h"
#include "clean.h"
#include "foreign.h"

#include <stdarg.h>
#include <stdio.h>
#include <xxhash.h>

static void mask(char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((uint8_t)s[i] < 0x20 || s[i] == 0x7F)
			s[i] = '?';
}

/* What a message calls the document: its path, and its member. */
static struct str where(struct arena *a, const struct document *doc)
{
	size_t n = strlen(doc->path), k = doc->member.s ? doc->member.n + 1 : 0;
	char *s = arena_alloc(a, n + k + 1);

	memcpy(s, doc->path, n);
	if (k) {
		s[n] = '/';
		memcpy(s + n + 1, doc->member.s, k - 1);
	}
	mask(s, n + k);
	return (struct str){s, n + k};
}

void document_name(struct decode *d, struct str name, struct buf *out)
{
	size_t from = out->len, replaced = 0;
	bool sure;

	if (utf8_valid(name.s, name.n) == name.n) {
		buf_append(out, name.s, name.n);
	} else {
		/* zip has no word for the charset that its maker's system used */
		enum charset_kind kind = detect_chinese(&d->detector, name, &sure);
		converter_run(&d->converter, converter_kind(&d->converter, kind), name, out, &replaced);
	}
	mask((char *)out->data + from, out->len - from);
}

void document_problem(struct decode *d, const struct document *doc, const char *code,
	const char *fmt, ...)
{
	char what[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	filter_problem(&d->f, code, true, SPAN_NONE, "%s", what);
	cli_say(&d->f.cli, "%.*s: %s", STR_ARG(where(&d->f.arena, doc)), what);
}

void document_identify(struct document *doc, struct str in)
{
	static const char hex[] = "0123456789abcdef";
	XXH128_canonical_t id;

	doc->was_read = true;
	doc->bytes = in.n;
	XXH128_canonicalFromHash(&id, XXH3_128bits(in.s, in.n));
	for (size_t i = 0; i < sizeof id.digest; i++) {
		doc->id[2 * i] = hex[id.digest[i] >> 4];
		doc->id[2 * i + 1] = hex[id.digest[i] & 15];
	}
	doc->id[2 * sizeof id.digest] = '\0';
}

/* Cleans the text IN in place and makes it the document's. */
static bool document_clean(struct decode *d, struct document *doc, struct str in)
{
	size_t before = in.n, dropped = text_clean((char *)in.s, &in.n);

	if (dropped * 200 > before) {
		document_problem(d, doc, "not_text", "not text: %zu of %zu bytes are control characters", dropped, before);
		return false;
	}
	if (doc->replaced * 8 > in.n) {         /* U+FFFD is three bytes: a third of it */
		document_problem(d, doc, "not_text", "not text: %zu bytes fit no charset", doc->replaced);
		return false;
	}
	doc->text = in;
	return true;
}

/* Makes doc->text of the bytes: in place where they are good UTF-8 already. */
static bool document_convert(struct decode *d, struct document *doc, struct str in)
{
	struct charset_choice choice = charset_choose(&d->detector, in, d->given, doc->http);

	in = str_sub(in, choice.skip, in.n);
	if (!choice.valid) {
		d->text.len = 0;
		for (size_t i = 0; i < choice.stray; i++, doc->replaced++)
			buf_append(&d->text, "\xEF\xBF\xBD", 3);
		if (!converter_run(&d->converter, choice.charset, in, &d->text, &doc->replaced)) {
			document_problem(d, doc, "unsupported", "this system's iconv cannot read %.*s", STR_ARG(choice.charset->name));
			return false;
		}
		in = (struct str){(char *)d->text.data, d->text.len};
	}
	if (!document_clean(d, doc, in))
		return false;
	doc->charset = choice.charset->name;
	doc->charset_by = choice.by;
	return true;
}

/* More than one character in 100 could not be read, and more than two. */
static bool much_replaced(const struct document *doc)
{
	size_t characters = 0;

	/* of a page, the markup is not counted */
	if (doc->replaced < 3)
		return false;
	for (size_t i = 0; i < doc->text.n; i++)
		characters += ((uint8_t)doc->text.s[i] & 0xC0) != 0x80;
	return doc->replaced * 100 > characters;
}

/* Makes of a page's markup in doc->text the report in it. */
static void document_page(struct decode *d, struct document *doc)
{
	struct str markup = doc->text, tree, code, message;
	struct page page;
	const char *error;

	doc->text = (struct str){NULL, 0};
	if (d->list)
		return;
	if (!helper_parse(&d->helper, "text/html", markup, &tree, &code, &message)) {
		document_problem(d, doc, arena_strndup(&d->f.arena, code.s, code.n), "%.*s", STR_ARG(message));
		return;
	}
	if (!page_read(&page, tree, &d->f.arena, &error)) {
		document_problem(d, doc, "malformed", "%s", error);
		return;
	}
	if (!content_ready(&d->content))
		cli_die(&d->f.cli, "%s", d->content.table->error);
	content_extract(&d->content, &d->labels, &page, &d->f.arena, &d->page, &d->report, &doc->head);
	const char *role = content_trouble(&d->content);
	if (role)
		filter_problem(&d->f, "rule_failed", false, SPAN_NONE, "%s: a pattern of %s gives up", d->content.table->name, role);
	struct str text = {(char *)d->report.data, d->report.len};
	if (str_trim(text).n > 0)
		doc->text = text;
	else if (page_frame(&page).s)
		document_problem(d, doc, "empty", "only frames, which show %.*s", STR_ARG(page_frame(&page)));
	else
		document_problem(d, doc, "empty", "a page without text");
}

/* Has the helper read a document: once more, without drawing it, a PDF that it died of. */
static bool foreign_try(struct decode *d, struct document *doc, struct str in, struct foreign *foreign)
{
	struct str code, message;
	const char *type = arena_strndup(&d->f.arena, doc->type.s, doc->type.n);

	if (foreign_read(foreign, &d->helper, type, in, &d->f.arena, &code, &message))
		return true;
	const char *why = arena_strndup(&d->f.arena, code.s, code.n);
	const char *what = arena_strndup(&d->f.arena, message.s, message.n);
	bool again = str_is(doc->type, PDF) && (str_is(code, "timeout") || str_is(code, "crashed"))
		&& foreign_read(foreign, &d->helper, PDF_PLAIN, in, &d->f.arena, &code, &message);
	document_problem(d, doc, why, again ? "%s; it was read without the borders of its tables" : "%s", what);
	return again;
}

/* Has the helper make text of a document that is none. */
static void document_foreign(struct decode *d, struct document *doc, struct str in)
{
	struct foreign foreign;

	if (d->list || !foreign_try(d, doc, in, &foreign))
		return;
	doc->type = foreign.type;
	for (size_t i = 0; i + 1 < foreign.nproblems; i += 2)
		document_problem(d, doc, arena_strndup(&d->f.arena, foreign.problems[i].s, foreign.problems[i].n),
			"%.*s", STR_ARG(foreign.problems[i + 1]));
	if (str_trim(foreign.text).n == 0) {
		if (foreign.nproblems == 0)
			document_problem(d, doc, "empty", "a document without text");
		return;
	}
	doc->text = foreign.text;
	doc->pages = foreign.pages;
	doc->npages = foreign.npages;
	head_of_text(&d->labels, &d->f.arena, doc->text, &doc->head);
}

/* Makes text and head of what the document reads as. */
static void document_text(struct decode *d, struct document *doc)
{
	if (str_trim(doc->text).n == 0) {
		doc->text = (struct str){NULL, 0};
		document_problem(d, doc, "empty", "nothing but white space");
		return;
	}
	switch (markup_of(doc->text)) {
	case MARKUP_NONE:
		doc->type = STR("text/plain");
		head_of_text(&d->labels, &d->f.arena, doc->text, &doc->head);
		break;
	case MARKUP_HTML:
		doc->type = STR("text/html");
		document_page(d, doc);
		break;
	case MARKUP_XML:
		doc->type = STR("application/xml");
		doc->text = (struct str){NULL, 0};
		document_problem(d, doc, "unsupported", "XML is not read yet");
		return;
	}
	if (doc->text.s && much_replaced(doc))
		document_problem(d, doc, "malformed", "%zu bytes are not %.*s, U+FFFD stands for each",
			doc->replaced, STR_ARG(doc->charset));
}

void document_decode(struct decode *d, struct document *doc, struct str in)
{
	const struct format *format = formats_find(&d->formats, in);

	if (format) {
		doc->type = format->type;
		if (format->is_read)
			document_foreign(d, doc, in);
		else
			document_problem(d, doc, "unsupported", "%.*s is not read yet", STR_ARG(format->name));
		return;
	}
	if (in.n == 0) {
		document_problem(d, doc, "empty", "empty");
		return;
	}
	if (document_convert(d, doc, in))
		document_text(d, doc);
}

void document_read(struct decode *d, struct document *doc, struct str in)
{
	if (in.n == 0)
		document_problem(d, doc, "empty", "empty");
	else if (document_clean(d, doc, in))
		document_text(d, doc);
}
