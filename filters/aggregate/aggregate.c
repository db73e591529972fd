/* aggregate: makes a data package of a stream.
 *
 *     decode reports | segment | classify | extract | audit | aggregate -o dataset
 *
 * Reads doc, text, facts and problems, and where they are there segments, sentences,
 * about, labels and findings; writes CSV files, an SQLite database and
 * datapackage.json, whole or not at all. Rows come in the order of the documents'
 * identity, so that the same documents give the same bytes however they arrive. */
#include "codebook.h"
#include "columns.h"
#include "compare.h"
#include "database.h"
#include "folder.h"
#include "judged.h"
#include "package.h"
#include "panel.h"
#include "publication.h"
#include "stata.h"
#include "twins.h"
#include "workbook.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct options {
	const char *out, *compare, *page;
	size_t most_fall;
	bool no_sqlite, no_search, bom, xlsx, dta;
};

static const struct cli_option options[] = {
	{"output", 'o', CLI_STRING, "DIR", "the folder to make or to replace", offsetof(struct options, out), false},
	{"no-sqlite", 0, CLI_FLAG, NULL, "leave the database out", offsetof(struct options, no_sqlite), true},
	{"no-search", 0, CLI_FLAG, NULL, "leave the index of words out of the database", offsetof(struct options, no_search), true},
	{"bom", 0, CLI_FLAG, NULL, "start CSV files with a byte order mark, for Excel", offsetof(struct options, bom), true},
	{"xlsx", 0, CLI_FLAG, NULL, "write the tables as a workbook, too: gongwen.xlsx", offsetof(struct options, xlsx), true},
	{"dta", 0, CLI_FLAG, NULL, "write the panels for Stata, too: panel.dta, panel_long.dta", offsetof(struct options, dta), true},
	{"page", 0, CLI_STRING, "FILE", "put this page into the dataset, as report.html", offsetof(struct options, page), false},
	{"compare", 0, CLI_STRING, "OLD", "hold the dataset back where it has much less than this one", offsetof(struct options, compare), false},
	{"most-fall", 0, CLI_SIZE, "PERCENT", "what is much: a fall by more than this share (10)", offsetof(struct options, most_fall), false},
	{0}
};

static const struct filter_program program = {
	"aggregate", "makes a data package of a stream: CSV, SQLite, codebook", NULL, FILTER_SINK, options, NULL
};

/* The files whose rows come with the documents, in the order of enum row_set. */
static const enum table_id row_tables[ROW_SETS] = {
	TABLE_DOCUMENTS, TABLE_FACTS, TABLE_FINDINGS, TABLE_PROBLEMS
};

struct aggregate {
	struct filter f;                /* first: header_take finds the rest by it */
	struct options o;
	struct catalogue catalogue;
	struct choice choice;
	struct verdicts verdicts;
	struct breaks breaks;
	struct publication publication;
	struct folder folder;
	struct csv_file files[ROW_SETS];
	struct rows rows;
	struct order order;
	struct claims claims;
	struct output out[TABLES];      /* the tables that are made of all documents */
	struct provenance provenance;
	uint64_t counts[ROW_SETS];      /* rows written */
	uint64_t no_about, no_findings; /* documents with text that lack the key */
	uint64_t with_text;
};

static void write_check(struct aggregate *a, const struct csv_file *file)
{
	if (file->error)
		cli_die(&a->f.cli, "cannot write %s: %s", file->name, strerror(file->error));
}

static void header_make(const struct aggregate *a, enum table_id id, struct buf *b)
{
	const struct dataset_table *t = &tables[id];

	b->len = 0;
	if (a->o.bom)
		buf_append(b, "\xEF\xBB\xBF", 3);
	for (size_t i = 0; i < t->n; i++)
		csv_plain(b, str_of(t->columns[i].name));
	for (size_t i = 0; id == TABLE_PANEL && i < a->catalogue.n; i++)
		csv_plain(b, str_of(a->catalogue.items[i].column));
	csv_end(b);
}

static void file_start(struct aggregate *a, struct csv_file *file, enum table_id id)
{
	struct buf header = {0};
	char name[sizeof file->name];

	snprintf(name, sizeof name, "%s.csv", tables[id].name);
	csv_create(file, a->folder.fd, name);
	write_check(a, file);
	header_make(a, id, &header);
	csv_write(file, header.data, header.len);
	buf_free(&header);
}

static void file_end(struct aggregate *a, struct csv_file *file)
{
	if (!csv_close(file))
		write_check(a, file);
}

static void header_take(struct filter *f)
{
	struct aggregate *a = (struct aggregate *)f;

	if (!provenance_add(&a->provenance, &f->in))
		cli_die(&f->cli, "header is damaged (at byte %" PRIu64 ")", f->in.item_at);
}

static void record_add(struct aggregate *a)
{
	struct document d;
	uint32_t index;

	annotated_read(&a->f, SEGMENTS_COUNTED, &d);
	d.indicators = catalogue_find_all(&a->catalogue, d.facts, d.nfacts, &a->f.arena);
	a->with_text += d.text.s != NULL;
	a->no_about += d.text.s && !d.has_about;
	a->no_findings += d.text.s && !d.has_findings;
	rows_make(&a->rows, &d, &a->catalogue, &a->verdicts, &a->f.arena);
	if (order_add(&a->order, &d, &a->rows, a->files, &index) != ORDER_NEW)
		return;
	for (int i = 0; i < ROW_SETS; i++) {
		csv_write(&a->files[i], a->rows.set[i].data, a->rows.set[i].len);
		write_check(a, &a->files[i]);
	}
	claims_add(&a->claims, &d, index, &a->f.arena);
	twins_note(&a->order, index, &d, &a->claims.names);
	judged_note(&a->verdicts, &d);
	codebook_note(&a->order, index, &d);
}

static void rows_finish(struct aggregate *a)
{
	struct buf room[ROW_SETS] = {{0}};
	struct str headers[ROW_SETS];

	for (int i = 0; i < ROW_SETS; i++) {
		header_make(a, row_tables[i], &room[i]);
		headers[i] = (struct str){(char *)room[i].data, room[i].len};
	}
	order_finish(&a->order);
	order_rewrite(&a->order, a->folder.fd, a->files, headers);
	for (int i = 0; i < ROW_SETS; i++) {
		file_end(a, &a->files[i]);
		buf_free(&room[i]);
	}
	for (size_t i = 0; i < a->order.nsorted; i++) {
		const struct order_entry *e = &a->order.items[a->order.sorted[i]];
		a->counts[ROWS_DOCUMENTS]++;
		a->counts[ROWS_FACTS] += e->facts;
		a->counts[ROWS_FINDINGS] += e->findings;
		a->counts[ROWS_PROBLEMS] += e->problems + (e->left_out > 0);
	}
}

static bool is_row_table(int id)
{
	for (int i = 0; i < ROW_SETS; i++)
		if ((int)row_tables[i] == id)
			return true;
	return false;
}

static void panels_finish(struct aggregate *a)
{
	twins_find(&a->order);
	for (int id = 0; id < TABLES; id++)
		if (!is_row_table(id))
			file_start(a, &a->out[id].file, (enum table_id)id);
	int error = panel_write(&a->claims, &a->catalogue, &a->breaks, a->out, a->folder.fd);
	if (error)
		cli_die(&a->f.cli, "cannot sort the panel: %s", strerror(error));
	codebook_write(&a->out[TABLE_CODEBOOK], &a->catalogue, &a->order);
	twins_write(&a->order, &a->out[TABLE_DUPLICATES]);
	publication_write(&a->publication, &a->order, &a->claims.names, &a->out[TABLE_PUBLICATION]);
	breaks_write(&a->breaks, &a->out[TABLE_BREAKS]);
	judged_write(&a->verdicts, &a->out[TABLE_VERDICTS]);
	for (int id = 0; id < TABLES; id++)
		if (!is_row_table(id))
			file_end(a, &a->out[id].file);
}

/* The guard of --compare: what fell is told, and the old dataset stays. */
static void compare_check(struct aggregate *a)
{
	struct buf said = {0};
	char error[4096 + 512];

	if (!a->o.compare)
		return;
	if (!compare_datasets(a->o.compare, a->folder.temp, a->o.most_fall, &said, error, sizeof error))
		cli_die(&a->f.cli, "%s", error);
	if (said.len == 0)
		return;
	struct str rest = {(char *)said.data, said.len}, line;
	while (str_part(&rest, '\n', &line))
		cli_say(&a->f.cli, "%.*s", STR_ARG(line));
	cli_die(&a->f.cli, "held back: the numbers above fell by more than %zu %% against %s; without --compare it is taken",
		a->o.most_fall, a->o.compare);
}

static void package_finish(struct aggregate *a)
{
	struct package p = {.folder = a->folder.fd, .filter = &a->f, .catalogue = &a->catalogue,
		.provenance = &a->provenance, .database = !a->o.no_sqlite, .workbook = a->o.xlsx, .stata = a->o.dta,
		.page = a->o.page != NULL};
	char error[512];

	for (int i = 0; i < ROW_SETS; i++)
		p.rows[row_tables[i]] = a->counts[i];
	for (int id = 0; id < TABLES; id++)
		if (!is_row_table(id))
			p.rows[id] = a->out[id].rows;
	if (p.database && !database_make(a->folder.temp, &a->catalogue, !a->o.no_search, error, sizeof error))
		cli_die(&a->f.cli, "%s", error);
	if (p.workbook && !workbook_make(a->folder.temp, p.rows, &a->catalogue, error, sizeof error))
		cli_die(&a->f.cli, "%s", error);
	for (int id = 0; p.workbook && id < TABLES; id++)
		if (p.rows[id] > WORKBOOK_ROWS)
			cli_say(&a->f.cli, "%s has too many rows for a sheet: it is not in %s", tables[id].name, FOLDER_WORKBOOK);
	if (p.stata && (!stata_make(a->folder.temp, a->folder.fd, FOLDER_STATA, TABLE_PANEL, p.rows[TABLE_PANEL],
			&a->catalogue, error, sizeof error)
	    || !stata_make(a->folder.temp, a->folder.fd, FOLDER_STATA_LONG, TABLE_PANEL_LONG, p.rows[TABLE_PANEL_LONG],
			&a->catalogue, error, sizeof error)))
		cli_die(&a->f.cli, "%s", error);
	if (p.page && !folder_add(&a->folder, a->o.page, FOLDER_PAGE))
		cli_die(&a->f.cli, "%s", a->folder.error);
	if (!package_write(&p))
		cli_die(&a->f.cli, "%s", p.error);
	compare_check(a);
	if (!folder_commit(&a->folder))
		cli_die(&a->f.cli, "%s", a->folder.error);
}

/* What the reader of the dataset must know beyond its rows. */
static void tell(const struct aggregate *a)
{
	const struct cli *cli = &a->f.cli;

	if (!cli->quiet && a->no_about)
		cli_say(cli, "%" PRIu64 " of %" PRIu64 " documents have no about ('classify' makes it): "
			"no region and no period, no row in the panels", a->no_about, a->with_text);
	if (!cli->quiet && a->no_findings)
		cli_say(cli, "%" PRIu64 " of %" PRIu64 " documents have no findings ('audit' makes them)",
			a->no_findings, a->with_text);
	if (a->order.versions)
		cli_say(cli, "%" PRIu64 " records are other versions of a document: one was kept (problems.csv, versions)",
			a->order.versions);
}

static void summary(const struct aggregate *a)
{
	const struct cli *cli = &a->f.cli;

	if (!cli->terminal)
		return;
	cli_say(cli, "%s: %" PRIu64 " documents, %" PRIu64 " facts, %" PRIu64 " findings, %" PRIu64 " problems; "
		"%" PRIu64 " cells and %" PRIu64 " rows of panels", a->o.out, a->counts[ROWS_DOCUMENTS],
		a->counts[ROWS_FACTS], a->counts[ROWS_FINDINGS], a->counts[ROWS_PROBLEMS],
		a->out[TABLE_PANEL_LONG].rows, a->out[TABLE_PANEL].rows);
	if (a->claims.placeless)
		cli_say(cli, "%" PRIu64 " documents have no known region, subject or period and are in no panel",
			a->claims.placeless);
	if (a->order.repeated)
		cli_say(cli, "%" PRIu64 " records were offered more than once and stand there once", a->order.repeated);
}

static int end(struct aggregate *a, int status)
{
	for (int i = 0; i < ROW_SETS; i++)
		buf_free(&a->files[i].buf);
	rows_free(&a->rows);
	order_free(&a->order);
	claims_free(&a->claims);
	for (int id = 0; id < TABLES; id++) {
		buf_free(&a->out[id].row);
		buf_free(&a->out[id].file.buf);
	}
	provenance_free(&a->provenance);
	catalogue_free(&a->catalogue);
	choice_free(&a->choice);
	verdicts_free(&a->verdicts);
	breaks_free(&a->breaks);
	publication_free(&a->publication);
	folder_free(&a->folder);
	return status;
}

static int finish(struct aggregate *a)
{
	rows_finish(a);
	panels_finish(a);
	package_finish(a);
	tell(a);
	filter_account(&a->f);
	int status = filter_finish(&a->f);
	summary(a);
	return end(a, status);
}

/* A file of ours must not come to stand where messages go. */
static void descriptors_hold(void)
{
	int fd;

	while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO)
		;
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	struct aggregate a = {.folder = {.fd = -1}, .o = {.most_fall = 10}};

	descriptors_hold();
	filter_start(&a.f, &program, argc, argv, &a.o);
	struct table *indicators = filter_table(&a.f, "indicators.tsv");
	catalogue_load(&a.catalogue, indicators, filter_table(&a.f, "labels-en.tsv"));
	struct table *words = filter_table(&a.f, "choice.tsv");
	choice_load(&a.choice, words, filter_table(&a.f, "fields.tsv"));
	breaks_load(&a.breaks, filter_table(&a.f, "breaks.tsv"));
	verdicts_load(&a.verdicts, filter_table(&a.f, "verdicts.tsv"));
	publication_load(&a.publication, filter_table(&a.f, "expected.tsv"));
	filter_tables_done(&a.f);
	if (!a.o.out)
		cli_misuse(&a.f.cli, "needs -o DIR, the folder to make");
	if (a.o.most_fall > 100)
		cli_misuse(&a.f.cli, "--most-fall takes a share of 0 to 100 percent");
	if (!folder_open(&a.folder, a.o.out))
		cli_die(&a.f.cli, "%s", a.folder.error);
	a.f.on_header = header_take;
	for (int i = 0; i < ROW_SETS; i++)
		file_start(&a, &a.files[i], row_tables[i]);
	claims_start(&a.claims, &a.catalogue, &a.choice, &a.verdicts, &a.order, a.folder.fd);
	for (;;)
		switch (filter_next(&a.f)) {
		case FILTER_RECORD: record_add(&a); break;
		case FILTER_END: return finish(&a);
		case FILTER_ERROR: return end(&a, filter_fail(&a.f));
		}
}
