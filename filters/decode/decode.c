/* decode: files, folders and lists of them to a stream of documents.
 *
 *     decode reports/ | segment | classify | extract | audit | aggregate -o dataset/
 *
 * Makes doc, text and head. Every input offered becomes a record; one that cannot
 * be read has a problem and no text. Plain text is read here, pages by a helper
 * process that is started when the first one comes (helper.h). */
#include "charset.h"
#include "clean.h"
#include "content.h"
#include "filter.h"
#include "fingerprint.h"
#include "foreign.h"
#include "format.h"
#include "head.h"
#include "helper.h"
#include "inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>
#include <xxhash.h>

enum { READ_SIZE = 256 << 10 };

struct options {
	const char *charset, *files_from;
	bool null;
};

static const struct cli_option options[] = {
	{"charset", 0, CLI_STRING, "NAME", "read every input in this charset", offsetof(struct options, charset), true},
	{"files-from", 0, CLI_STRING, "LIST", "read the names in LIST, too (- is standard input)", offsetof(struct options, files_from), false},
	{"null", '0', CLI_FLAG, NULL, "names in LIST end with NUL", offsetof(struct options, null), false},
	{0}
};

struct decode {
	struct filter f;
	struct converter converter;
	struct detector detector;
	struct formats formats;
	struct labels labels;
	struct content content;
	struct helper helper;
	struct charset *given;
	struct buf bytes, text, pairs;          /* of the document in hand */
	struct buf page, report;                /* of a page: all its text, and what is kept */
};

/* What becomes a record. */
struct document {
	const char *path;
	bool was_read;
	char id[33];
	struct str type, charset;
	const char *charset_by;
	size_t bytes, replaced;
	struct str text;        /* s is NULL where there is none */
	struct head head;
	const uint32_t *pages;  /* offsets in the text; NULL where it has no pages */
	size_t npages;
};

static struct str printable(struct arena *a, const char *path)
{
	size_t n = strlen(path);
	char *s = arena_strndup(a, path, n);
	for (size_t i = 0; i < n; i++)
		if ((uint8_t)s[i] < 0x20 || s[i] == 0x7F)
			s[i] = '?';
	return (struct str){s, n};
}

/* Notes that the document lost content, in its record and on standard error. */
static void problem(struct decode *d, const struct document *doc, const char *code,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));

static void problem(struct decode *d, const struct document *doc, const char *code,
	const char *fmt, ...)
{
	char what[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	filter_problem(&d->f, code, true, SPAN_NONE, "%s", what);
	cli_say(&d->f.cli, "%.*s: %s", STR_ARG(printable(&d->f.arena, doc->path)), what);
}

/* The path as a record carries it: bytes that are no UTF-8 percent-encoded, and
 * then the percent sign, too. */
static struct str path_encode(struct arena *a, const char *path)
{
	size_t n = strlen(path), k = 0;

	if (utf8_valid(path, n) == n)
		return (struct str){path, n};
	char *out = arena_alloc(a, n * 3);
	for (size_t i = 0; i < n;) {
		uint32_t cp;
		size_t len = utf8_next(path + i, n - i, &cp);
		if (len == 1 && ((uint8_t)path[i] >= 0x80 || path[i] == '%')) {
			static const char hex[] = "0123456789ABCDEF";
			out[k++] = '%';
			out[k++] = hex[(uint8_t)path[i] >> 4];
			out[k++] = hex[path[i] & 15];
		} else {
			memcpy(out + k, path + i, len);
			k += len;
		}
		i += len;
	}
	return (struct str){out, k};
}

/* Reads FD into d->bytes up to its end: 0, an errno, or -1 where the input is
 * larger than a record may be. */
static int read_all(struct decode *d, int fd)
{
	size_t most = d->f.cli.max_record;

	d->bytes.len = 0;
	while (d->bytes.len <= most) {
		buf_reserve(&d->bytes, READ_SIZE);
		ssize_t n = read(fd, d->bytes.data + d->bytes.len, d->bytes.cap - d->bytes.len);
		if (n == 0)
			return 0;
		if (n > 0)
			d->bytes.len += (size_t)n;
		else if (errno != EINTR)
			return errno;
	}
	return -1;
}

/* Reads the input; false with a problem where that cannot be done. */
static bool document_read(struct decode *d, struct document *doc, const struct input *in)
{
	int fd = in->is_stdin ? STDIN_FILENO : in->error ? -1 : open(in->path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		problem(d, doc, "cannot_read", "cannot read: %s", in->error ? in->error : strerror(errno));
		return false;
	}
	int error = read_all(d, fd);
	if (!in->is_stdin)
		close(fd);
	if (error > 0)
		problem(d, doc, "cannot_read", "cannot read: %s", strerror(error));
	else if (error < 0)
		problem(d, doc, "too_large", "larger than %zu bytes (see --max-record)", d->f.cli.max_record);
	if (error)
		return false;
	doc->was_read = true;
	doc->bytes = d->bytes.len;
	XXH128_canonical_t id;
	XXH128_canonicalFromHash(&id, XXH3_128bits(d->bytes.data, d->bytes.len));
	for (size_t i = 0; i < sizeof id.digest; i++)
		snprintf(doc->id + 2 * i, 3, "%02x", id.digest[i]);
	return true;
}

/* Makes doc->text of the bytes: in place where they are good UTF-8 already. */
static bool document_convert(struct decode *d, struct document *doc)
{
	struct str in = {(char *)d->bytes.data, d->bytes.len};
	struct charset_choice choice = charset_choose(&d->detector, in, d->given);

	in = str_sub(in, choice.skip, in.n);
	if (!choice.valid) {
		d->text.len = 0;
		if (!converter_run(&d->converter, choice.charset, in, &d->text, &doc->replaced)) {
			problem(d, doc, "unsupported", "this system's iconv cannot read %.*s", STR_ARG(choice.charset->name));
			return false;
		}
		in = (struct str){(char *)d->text.data, d->text.len};
	}
	size_t before = in.n, dropped = text_clean((char *)in.s, &in.n);
	if (dropped * 200 > before) {
		problem(d, doc, "not_text", "not text: %zu of %zu bytes are control characters", dropped, before);
		return false;
	}
	if (doc->replaced * 8 > in.n) {         /* U+FFFD is three bytes: a third of it */
		problem(d, doc, "not_text", "not text: %zu bytes fit no charset", doc->replaced);
		return false;
	}
	doc->charset = choice.charset->name;
	doc->charset_by = choice.by;
	doc->text = in;
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
	if (!helper_parse(&d->helper, "text/html", markup, &tree, &code, &message)) {
		problem(d, doc, arena_strndup(&d->f.arena, code.s, code.n), "%.*s", STR_ARG(message));
		return;
	}
	if (!page_read(&page, tree, &d->f.arena, &error)) {
		problem(d, doc, "malformed", "%s", error);
		return;
	}
	if (!content_ready(&d->content))
		cli_die(&d->f.cli, "%s", d->content.table->error);
	content_extract(&d->content, &d->labels, &page, &d->f.arena, &d->page, &d->report, &doc->head);
	struct str text = {(char *)d->report.data, d->report.len};
	if (str_trim(text).n > 0)
		doc->text = text;
	else if (page_frame(&page).s)
		problem(d, doc, "empty", "only frames, which show %.*s", STR_ARG(page_frame(&page)));
	else
		problem(d, doc, "empty", "a page without text");
}

/* Has the helper make text of a document that is none. */
static void document_foreign(struct decode *d, struct document *doc, struct str in)
{
	struct foreign foreign;
	struct str code, message;
	const char *type = arena_strndup(&d->f.arena, doc->type.s, doc->type.n);

	if (!foreign_read(&foreign, &d->helper, type, in, &d->f.arena, &code, &message)) {
		problem(d, doc, arena_strndup(&d->f.arena, code.s, code.n), "%.*s", STR_ARG(message));
		return;
	}
	doc->type = foreign.type;
	for (size_t i = 0; i + 1 < foreign.nproblems; i += 2)
		problem(d, doc, arena_strndup(&d->f.arena, foreign.problems[i].s, foreign.problems[i].n),
			"%.*s", STR_ARG(foreign.problems[i + 1]));
	if (str_trim(foreign.text).n == 0) {
		if (foreign.nproblems == 0)
			problem(d, doc, "empty", "a document without text");
		return;
	}
	doc->text = foreign.text;
	doc->pages = foreign.pages;
	doc->npages = foreign.npages;
	head_of_text(&d->labels, &d->f.arena, doc->text, &doc->head);
}

static void document_decode(struct decode *d, struct document *doc)
{
	const struct format *format = formats_find(&d->formats, (struct str){(char *)d->bytes.data, d->bytes.len});

	if (format) {
		doc->type = format->type;
		if (format->is_read)
			document_foreign(d, doc, (struct str){(char *)d->bytes.data, d->bytes.len});
		else
			problem(d, doc, "unsupported", "%.*s is not read yet", STR_ARG(format->name));
		return;
	}
	if (d->bytes.len == 0) {
		problem(d, doc, "empty", "empty");
		return;
	}
	if (!document_convert(d, doc))
		return;
	if (str_trim(doc->text).n == 0) {
		doc->text = (struct str){NULL, 0};
		problem(d, doc, "empty", "nothing but white space");
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
		problem(d, doc, "unsupported", "XML is not read yet");
		return;
	}
	if (doc->text.s && much_replaced(doc))
		problem(d, doc, "malformed", "%zu bytes are not %.*s, U+FFFD stands for each",
			doc->replaced, STR_ARG(doc->charset));
}

static void pack_pair(struct buf *b, const char *key, struct str value)
{
	pack_key(b, key);
	pack_str(b, value);
}

static void doc_pack(struct decode *d, const struct document *doc, struct buf *b)
{
	char hex[17];
	uint64_t print;
	bool has_print = doc->text.s && fingerprint_make(doc->text, &print);

	if (has_print)
		snprintf(hex, sizeof hex, "%016" PRIx64, print);
	pack_key(b, "doc");
	pack_map(b, doc->npages ? 10 : 9);
	pack_pair(b, "path", path_encode(&d->f.arena, doc->path));
	pack_pair(b, "id", str_of(doc->was_read ? doc->id : NULL));
	pack_pair(b, "type", doc->type);
	pack_pair(b, "charset", doc->charset);
	pack_pair(b, "charset_by", str_of(doc->charset_by));
	pack_key(b, "bytes");
	pack_uint(b, doc->bytes);
	pack_key(b, "replaced");
	pack_uint(b, doc->replaced);
	pack_pair(b, "retrieved", (struct str){NULL, 0});
	pack_pair(b, "fingerprint", str_of(has_print ? hex : NULL));
	if (doc->npages == 0)
		return;
	pack_key(b, "pages");
	pack_array(b, doc->npages);
	for (size_t i = 0; i < doc->npages; i++)
		pack_uint(b, doc->pages[i]);
}

/* Packs the record's keys; returns how many. */
static size_t document_pack(struct decode *d, const struct document *doc)
{
	struct buf *b = &d->pairs;

	b->len = 0;
	doc_pack(d, doc, b);
	if (!doc->text.s)
		return 1;
	pack_pair(b, "text", doc->text);
	pack_key(b, "head");
	head_pack(&doc->head, b);
	return 3;
}

static void work(struct decode *d, const struct input *in)
{
	struct document doc = {.path = in->path};

	arena_reset(&d->f.arena);
	if (document_read(d, &doc, in))
		document_decode(d, &doc);
	size_t keys = document_pack(d, &doc);
	if (d->pairs.len > d->f.cli.max_record) {
		doc.text = (struct str){NULL, 0};
		problem(d, &doc, "too_large", "its record is larger than %zu bytes (see --max-record)",
			d->f.cli.max_record);
		keys = document_pack(d, &doc);
	}
	filter_emit(&d->f, (struct str){(char *)d->pairs.data, d->pairs.len}, keys);
}

static void start(struct decode *d, const struct options *o)
{
	struct filter *f = &d->f;

	if (f->cli.noperands == 0 && !o->files_from)
		cli_misuse(&f->cli, "nothing to read: name files or folders, '-' for standard input, or --files-from LIST");
	if (o->null && !o->files_from)
		cli_misuse(&f->cli, "-0 is about the names in --files-from LIST");
	struct table *charsets = filter_table(f, "charsets.tsv"), *fixups = filter_table(f, "fixups.tsv");
	struct table *common = filter_table(f, "common.tsv"), *formats = filter_table(f, "formats.tsv");
	struct table *head = filter_table(f, "head.tsv"), *content = filter_table(f, "content.tsv");
	converter_open(&d->converter, charsets, fixups);
	detector_open(&d->detector, &d->converter, common);
	formats_open(&d->formats, formats);
	labels_open(&d->labels, head);
	content_open(&d->content, content);
	filter_tables_done(f);
	if (o->charset) {
		d->given = converter_label(&d->converter, str_of(o->charset));
		if (!d->given)
			cli_misuse(&f->cli, "--charset: unknown charset '%s' (charsets.tsv lists them)", o->charset);
	}
}

static void stop(struct decode *d)
{
	helper_close(&d->helper);
	content_close(&d->content);
	labels_close(&d->labels);
	formats_close(&d->formats);
	detector_close(&d->detector);
	converter_close(&d->converter);
	buf_free(&d->bytes);
	buf_free(&d->text);
	buf_free(&d->pairs);
	buf_free(&d->page);
	buf_free(&d->report);
}

int main(int argc, char **argv)
{
	static const struct filter_program program = {
		"decode", "Reads reports of any kind and writes them as a stream of documents.",
		"[PATH ...]", FILTER_SOURCE, options, NULL
	};
	struct decode d = {0};
	struct options o = {0};
	struct inputs inputs;
	struct input in;
	uint64_t offered = 0;

	filter_start(&d.f, &program, argc, argv, &o);
	start(&d, &o);
	inputs_open(&inputs, &d.f.cli, o.files_from, o.null ? '\0' : '\n');
	filter_part_begin(&d.f);
	while (!d.f.out.error && inputs_next(&inputs, &in)) {
		offered++;
		work(&d, &in);
	}
	filter_part_end(&d.f, offered);
	inputs_close(&inputs);
	stop(&d);
	return filter_finish(&d.f);
}
