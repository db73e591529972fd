/* decode: files, folders and lists of them to a stream of documents.
 *
 *     decode reports/ | segment | classify | extract | audit | aggregate -o dataset/
 *
 * Makes doc, text and head. Every input offered becomes a record; one that cannot
 * be read has a problem and no text. Plain text is read here, pages by a helper
 * process that is started when the first one comes (helper.h). */
#include "contain.h"
#include "inputs.h"
#include "rows.h"

#include <errno.h>
#include <unistd.h>

enum { READ_SIZE = 256 << 10, WAIT_MOST = 24 * 3600 };

struct options {
	const char *charset, *files_from, *text, *meta;
	bool list, null;
	size_t wait;
};

static const struct cli_option options[] = {
	{"charset", 0, CLI_STRING, "NAME", "read every input in this charset", offsetof(struct options, charset), true},
	{"files-from", 0, CLI_STRING, "LIST", "read the names in LIST, too (- is standard input)", offsetof(struct options, files_from), false},
	{"text", 0, CLI_STRING, "COLUMN", "read tables of texts: a row is a report, COLUMN its text", offsetof(struct options, text), true},
	{"meta", 0, CLI_STRING, "FILE", "take url, region, period, issuer ... of paths from a CSV file", offsetof(struct options, meta), false},
	{"list", 0, CLI_FLAG, NULL, "print what would be read, and read nothing", offsetof(struct options, list), false},
	{"wait", 0, CLI_SIZE, "SECONDS", "give up on a document after so long (120)", offsetof(struct options, wait), false},
	{"null", '0', CLI_FLAG, NULL, "names in LIST end with NUL", offsetof(struct options, null), false},
	{0}
};

enum reading { READ_ALL, READ_MORE, READ_FAILED };

/* Reads the input into d->bytes until it has MOST bytes or the input ends. */
static enum reading read_until(struct decode *d, const struct input *in, size_t most)
{
	while (d->bytes.len < most) {
		buf_reserve(&d->bytes, READ_SIZE);
		size_t room = d->bytes.cap - d->bytes.len;
		ssize_t n = read(in->fd, d->bytes.data + d->bytes.len, room);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return READ_FAILED;
		d->bytes.len += (size_t)n;
		/* a file gives less than it is asked for where it ends: no need to ask again */
		if (n == 0 || ((size_t)n < room && d->bytes.len == in->size))
			return READ_ALL;
	}
	return READ_MORE;
}

static struct str bytes(const struct decode *d)
{
	return (struct str){(char *)d->bytes.data, d->bytes.len};
}

/* Does what was read so far start a file that holds documents? WHOLE: it is all. */
static bool holds(struct decode *d, bool whole)
{
	const struct format *format = formats_find(&d->formats, bytes(d));
	return format && format->holds && (whole || format->sure);
}

/* Reads the input and makes its records. An archive in a file of its own may be larger than memory. */
static void input_read(struct decode *d, const struct document *doc, const struct input *in)
{
	uint64_t file = in->size;
	size_t most = d->f.cli.max_record;
	enum reading r = read_until(d, in, READ_SIZE);
	bool known = r != READ_FAILED && file > 0 && holds(d, false);

	if (d->list && r == READ_MORE && file > 0 && document_list_start(d, doc, file, bytes(d)))
		return;

	/* a table may be larger than memory, too */
	if (r == READ_MORE && d->text_column && !formats_find(&d->formats, bytes(d)) && rows_are(bytes(d)))
		return rows_read(d, doc, in->fd);

	if (r == READ_MORE && !known)
		r = read_until(d, in, most + 1);
	bool large = d->bytes.len > most;
	struct budget budget = contain_budget(file ? file : d->bytes.len);
	if (r == READ_FAILED)
		document_problem(d, doc, "cannot_read", "cannot read: %s", strerror(errno));
	else if (known || (large && file > 0 && holds(d, true)))
		return contain_file(d, doc, in->fd, 1, &budget);
	else if (large)
		document_problem(d, doc, "too_large", "larger than %zu bytes (see --max-record)", most);
	else
		return contain_bytes(d, doc, 0, &budget);
	document_emit(d, doc);
}

static void work(struct decode *d, const struct input *in)
{
	struct document doc = {.path = in->path};

	arena_reset(&d->f.arena);
	d->bytes.len = 0;
	if (in->fd >= 0) {
		input_read(d, &doc, in);
		if (!in->is_stdin)
			close(in->fd);
		return;
	}
	document_problem(d, &doc, "cannot_read", "cannot read: %s", in->error);
	document_emit(d, &doc);
}

static void start(struct decode *d, const struct options *o)
{
	struct filter *f = &d->f;

	if (f->cli.noperands == 0 && !o->files_from)
		cli_misuse(&f->cli, "nothing to read: name files or folders, '-' for standard input, or --files-from LIST");
	if (o->null && !o->files_from)
		cli_misuse(&f->cli, "-0 is about the names in --files-from LIST");
	if (o->wait < 1 || o->wait > WAIT_MOST)
		cli_misuse(&f->cli, "--wait takes 1 to %d seconds", WAIT_MOST);
	d->helper.wait = (int)o->wait;
	struct table *charsets = filter_table(f, "charsets.tsv"), *fixups = filter_table(f, "fixups.tsv");
	struct table *common = filter_table(f, "common.tsv"), *formats = filter_table(f, "formats.tsv");
	struct table *head = filter_table(f, "head.tsv"), *content = filter_table(f, "content.tsv");
	converter_open(&d->converter, charsets, fixups);
	detector_open(&d->detector, &d->converter, common);
	formats_open(&d->formats, formats);
	labels_open(&d->labels, head);
	content_open(&d->content, content);
	d->media = filter_table(f, "media.tsv");
	d->columns = filter_table(f, "columns.tsv");
	d->text_column = o->text;
	d->list = o->list;
	if (o->meta) {
		struct table *t = &f->tables[f->ntables++];
		if (!meta_load(&d->meta, t, o->meta, d->columns, &d->labels, &d->detector))
			cli_die(&f->cli, "%s", t->error);
	}
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
	meta_close(&d->meta);
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
	buf_free(&d->row);
}

int main(int argc, char **argv)
{
	static const struct filter_program program = {
		"decode", "Reads reports of any kind and writes them as a stream of documents.",
		"[PATH ...]", FILTER_SOURCE, options, NULL
	};
	struct decode d = {0};
	struct options o = {.wait = HELPER_WAIT};
	struct inputs inputs;
	struct input in;
	uint64_t offered = 0;

	filter_start(&d.f, &program, argc, argv, &o);
	start(&d, &o);
	inputs_open(&inputs, &d.f.cli, o.files_from, o.null ? '\0' : '\n');
	if (!d.list)
		filter_part_begin(&d.f);
	while (!d.f.out.error && inputs_next(&inputs, &in)) {
		offered++;
		work(&d, &in);
	}
	if (!d.list)
		filter_part_end(&d.f, offered);
	inputs_close(&inputs);
	stop(&d);
	return filter_finish(&d.f);
}
