/* report: writes one self-contained HTML page for people who would rather look.
 *
 *     decode reports | segment | classify | extract | audit | report > report.html
 *
 * Reads doc, text, facts and problems, and where they are there segments, sentences,
 * about, labels and findings. The page holds an index of all documents (cells of the
 * panel, findings, coverage) and, each by itself, the documents: the browser unpacks
 * what is looked at. Documents stand in the order of their identity, so that the same
 * documents give the same bytes however they arrive. */
#include "cells.h"
#include "entries.h"
#include "page.h"
#include "squeeze.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { DOCUMENTS_MOST = 5000, TEXTS_MOST = 64 << 20 };

struct options {
	size_t documents, texts;
};

static const struct cli_option options[] = {
	{"max-documents", 0, CLI_SIZE, "N", "the page lists no more documents than that, but counts (5000)",
		offsetof(struct options, documents), true},
	{"max-texts", 0, CLI_SIZE, "BYTES", "the page holds the texts that fit into that (64M)",
		offsetof(struct options, texts), true},
	{0}
};

static const struct filter_program program = {
	"report", "writes one self-contained HTML page for people who would rather look", NULL, FILTER_SINK, options, NULL
};

struct totals {
	uint64_t documents, unread, lost, facts, findings, problems;
};

struct report {
	struct filter f;
	struct options o;
	struct table *words;
	struct catalogue catalogue;
	struct choice choice;
	struct verdicts verdicts;
	struct page page;
	struct entries entries;
	struct claims claims;
	struct totals totals;
	bool too_many;
	struct buf index, room;
};

static void totals_add(struct totals *t, const struct document *d)
{
	t->documents++;
	t->unread += d->text.s == NULL;
	t->lost += d->lost;
	t->facts += d->nfacts;
	t->findings += d->nfindings;
	t->problems += d->nproblems;
}

/* More documents than a browser carries: from here on they are counted. */
static void give_up(struct report *r)
{
	r->too_many = true;
	r->claims.n = 0;
	entries_free(&r->entries);
}

static void record_add(struct report *r)
{
	struct document d;

	annotated_read(&r->f, SEGMENTS_READ, &d);
	totals_add(&r->totals, &d);
	if (!r->too_many && r->entries.n >= r->o.documents)
		give_up(r);
	if (r->too_many)
		return;
	uint32_t index = entries_add(&r->entries, &d, &r->f.arena);
	claims_add(&r->claims, &d, index, &r->f.arena);
	if (r->entries.error)
		cli_die(&r->f.cli, "cannot write a temporary file: %s", strerror(r->entries.error));
}

/* Claims of versions that are not shown and of near-duplicates go; the others learn their
 * document's place. */
static void claims_place(struct report *r)
{
	struct claims *k = &r->claims;
	size_t n = 0;

	for (size_t i = 0; i < k->n; i++) {
		struct claim *c = &k->items[i];
		const struct entry *e = &r->entries.items[c->document];
		c->order = e->order;
		if (e->order != UINT32_MAX && e->chosen == e->order)
			k->items[n++] = *c;
	}
	k->n = n;
	claims_sort(k);
}

static void words_write(const struct report *r, struct json *j)
{
	int key = table_column(r->words, "key"), zh = table_column(r->words, "zh"), en = table_column(r->words, "en");

	json_key(j, "words");
	json_map(j);
	for (size_t i = 0; i < r->words->nrows; i++) {
		json_str(j, table_cell(r->words, i, key));
		json_list(j);
		json_str(j, table_cell(r->words, i, zh));
		json_str(j, table_cell(r->words, i, en));
		json_list_end(j);
	}
	json_map_end(j);
}

static void verdicts_write(const struct verdicts *v, struct json *j)
{
	json_key(j, "verdicts");
	json_map(j);
	for (size_t i = 0; i < v->n; i++) {
		const struct verdict *x = &v->items[i];
		const struct str cells[] = {x->verdict, x->value, x->who, x->when, x->note};
		json_str(j, x->id);
		json_list(j);
		json_strs(j, cells, sizeof cells / sizeof *cells);
		json_list_end(j);
	}
	json_map_end(j);
}

static void totals_write(const struct report *r, struct json *j)
{
	const struct totals *t = &r->totals;
	const struct { const char *key; uint64_t n; } numbers[] = {
		{"documents", t->documents}, {"unread", t->unread}, {"lost", t->lost}, {"facts", t->facts},
		{"findings", t->findings}, {"problems", t->problems}, {"offered", r->f.read},
		{"repeated", r->entries.repeated}, {"versions", r->entries.versions}, {"most", r->o.documents}
	};

	json_key(j, "totals");
	json_map(j);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		json_key(j, numbers[i].key);
		json_int(j, (int64_t)numbers[i].n);
	}
	json_map_end(j);
}

/* Places of near-duplicates, each with that of the one whose figures count. */
static void twins_write(const struct entries *e, struct json *j)
{
	json_key(j, "twins");
	json_list(j);
	for (size_t i = 0; i < e->nsorted; i++) {
		const struct entry *x = &e->items[e->sorted[i]];
		if (x->chosen == x->order)
			continue;
		json_list(j);
		json_int(j, x->order);
		json_int(j, x->chosen);
		json_list_end(j);
	}
	json_list_end(j);
}

static void index_make(struct report *r)
{
	struct json j;

	if (!r->too_many) {
		entries_sort(&r->entries);
		claims_place(r);
	}
	json_start(&j, &r->index);
	json_map(&j);
	json_key(&j, "version");
	json_str(&j, STR(GONGWEN_VERSION));
	json_key(&j, "tooMany");
	json_flag(&j, r->too_many);
	totals_write(r, &j);
	words_write(r, &j);
	json_key(&j, "indicators");
	catalogue_write(&r->catalogue, &j);
	json_key(&j, "documents");
	json_list(&j);
	for (size_t i = 0; i < r->entries.nsorted; i++) {
		const struct buf *row = &r->entries.items[r->entries.sorted[i]].row;
		json_raw(&j, (struct str){(const char *)row->data, row->len});
	}
	json_list_end(&j);
	twins_write(&r->entries, &j);
	cells_write(&r->claims, &j);
	verdicts_write(&r->verdicts, &j);
	json_map_end(&j);
	json_end(&j);
}

static void data_write(struct stream_out *out, void *ctx)
{
	struct report *r = ctx;
	struct buf squeezed = {0};
	size_t room = r->o.texts;
	char id[32];

	squeeze(&squeezed, r->index.data, r->index.len);
	page_data(out, &r->room, "index", (struct str){(char *)squeezed.data, squeezed.len});
	buf_free(&squeezed);
	for (size_t i = 0; i < r->entries.nsorted; i++) {
		const struct entry *x = &r->entries.items[r->entries.sorted[i]];
		size_t need = (x->len + 2) / 3 * 4;
		if (need > room)
			break;
		room -= need;
		if (!x->len)
			continue;
		snprintf(id, sizeof id, "body-%zu", i);
		page_data(out, &r->room, id, entries_body(&r->entries, x));
	}
}

static int end(struct report *r, int status)
{
	entries_free(&r->entries);
	claims_free(&r->claims);
	verdicts_free(&r->verdicts);
	choice_free(&r->choice);
	catalogue_free(&r->catalogue);
	page_free(&r->page);
	buf_free(&r->index);
	buf_free(&r->room);
	return status;
}

static int finish(struct report *r)
{
	index_make(r);
	stream_create(&r->f.out, STDOUT_FILENO);
	page_write(&r->page, &r->f.out, data_write, r);
	if (!stream_finish(&r->f.out))
		cli_die(&r->f.cli, "cannot write: %s", strerror(r->f.out.error));
	if (r->entries.error)
		cli_die(&r->f.cli, "cannot read a temporary file: %s", strerror(r->entries.error));
	if (r->too_many)
		cli_say(&r->f.cli, "%" PRIu64 " documents are more than a page carries (--max-documents): "
			"it counts them; gongwen.sqlite holds them all", r->totals.documents);
	return end(r, filter_finish(&r->f));
}

int main(int argc, char **argv)
{
	struct report r = {.o = {DOCUMENTS_MOST, TEXTS_MOST}, .entries = {.fd = -1}};

	filter_start(&r.f, &program, argc, argv, &r.o);
	struct table *indicators = filter_table(&r.f, "indicators.tsv");
	catalogue_load(&r.catalogue, indicators, filter_table(&r.f, "labels-en.tsv"));
	struct table *words = filter_table(&r.f, "choice.tsv");
	choice_load(&r.choice, words, filter_table(&r.f, "fields.tsv"));
	verdicts_load(&r.verdicts, filter_table(&r.f, "verdicts.tsv"));
	r.words = filter_table(&r.f, "interface.tsv");
	if (table_need(r.words, "key") >= 0 && table_need(r.words, "zh") >= 0)
		(void)table_need(r.words, "en");
	page_load(&r.page, &r.f);
	filter_tables_done(&r.f);
	if (fcntl(STDOUT_FILENO, F_GETFD) < 0)
		cli_die(&r.f.cli, "cannot write: %s", strerror(errno));
	if (!entries_start(&r.entries))
		cli_die(&r.f.cli, "cannot make a temporary file: %s", strerror(errno));
	r.claims = (struct claims){.catalogue = &r.catalogue, .choice = &r.choice, .verdicts = &r.verdicts};
	for (;;)
		switch (filter_next(&r.f)) {
		case FILTER_RECORD: record_add(&r); break;
		case FILTER_END: return finish(&r);
		case FILTER_ERROR: return end(&r, filter_fail(&r.f));
		}
}
