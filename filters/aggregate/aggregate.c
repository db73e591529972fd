/* aggregate: the data package.
 *
 * Reads a stream with facts (and about, labels, findings, problems where they are
 * there); writes CSV files, an SQLite database, a codebook and datapackage.json into
 * a folder, whole or not at all. Rows are in the order of the documents' identity,
 * so that any order of arrival gives the same bytes.
 *
 *     decode reports/ | segment | classify | extract | audit | aggregate -o dataset/
 */
#include "document.h"
#include "folder.h"
#include "package.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

struct options {
	const char *out;
	bool no_sqlite, bom;
};

static const struct cli_option options[] = {
	{"output", 'o', CLI_STRING, "DIR", "the dataset's folder: new, empty, or a dataset to replace",
		offsetof(struct options, out), false},
	{"no-sqlite", 0, CLI_FLAG, NULL, "no database", offsetof(struct options, no_sqlite), false},
	{"bom", 0, CLI_FLAG, NULL, "start CSV files with a byte order mark, for Excel", offsetof(struct options, bom), false},
	{0}
};

static const struct filter_program program = {
	"aggregate", "Writes a stream's figures as a data package.", NULL, FILTER_SINK, options, NULL
};

enum { NAME_MOST = 32 };        /* Stata takes no longer names */

/* The panel's names of indicators: '.' becomes '_', cut to 32, made unique. */
static struct str *column_names(struct arena *a, struct table *catalogue)
{
	int id = table_need(catalogue, "id");
	struct str *names = arena_calloc(a, catalogue->nrows + 1, sizeof *names);

	for (size_t i = 0; i < catalogue->nrows; i++) {
		struct str s = table_cell(catalogue, i, id);
		char *name = arena_alloc(a, NAME_MOST + 1);
		size_t n = s.n < NAME_MOST ? s.n : NAME_MOST;
		for (size_t k = 0; k < n; k++)
			name[k] = s.s[k] == '.' ? '_' : s.s[k];
		names[i] = (struct str){name, n};
		for (unsigned again = 2, k = 0; k < i; k++)
			if (str_eq(names[k], names[i])) {
				int tail = snprintf(NULL, 0, "_%u", again);
				size_t at = n + (size_t)tail > NAME_MOST ? NAME_MOST - (size_t)tail : n;
				names[i].n = at + (size_t)snprintf(name + at, NAME_MOST + 1 - at, "_%u", again++);
				k = (unsigned)-1;       /* from the start: the new name may be taken too */
			}
	}
	return names;
}

struct counts {
	uint64_t *documents, *cells;    /* by row of the catalogue */
	uint32_t *last;                 /* document that an indicator was last seen in */
};

/* Copies the rows of all documents in order. False on a read error. */
static bool documents_write(struct gather *g, struct outputs *o, struct counts *n)
{
	enum { CELLS_MOST = 64 };
	struct str cells[CELLS_MOST];
	unsigned table;
	size_t ncells;
	int indicator = -1;

	for (size_t i = 0; i < o->tables[OUT_FACTS].ncolumns; i++)
		if (str_is(o->tables[OUT_FACTS].columns[i].name, "indicator"))
			indicator = (int)i;
	for (size_t i = 0; i < g->spool.n; i++) {
		if (!spool_read(&g->spool, &g->spool.entries[i]))
			return false;
		for (size_t at = 0; spool_next(&g->spool, &at, &table, cells, CELLS_MOST, &ncells);) {
			if (ncells != o->tables[table].ncolumns) {
				errno = EPROTO;
				return false;
			}
			output_row(o, table, cells);
			if (table != OUT_FACTS || indicator < 0 || !cells[indicator].n)
				continue;
			size_t row = catalogue_find(&g->catalogue, cells[indicator]);
			if (row != SIZE_MAX && n->last[row] != i + 1) {
				n->last[row] = (uint32_t)i + 1;
				n->documents[row]++;
			}
		}
	}
	return true;
}

static void codebook_write(const struct table *t, const struct str *names, const struct counts *n, struct outputs *o)
{
	static const char *const columns[] = {"label", "topic", "unit_kind", "unit", "definition", "part_of", "rate_of", "family"};
	char documents[24], values[24];

	for (size_t i = 0; i < t->nrows; i++) {
		struct str cells[12] = {table_cell(t, i, table_column(t, "id")), names[i]};
		for (int k = 0; k < 8; k++)
			cells[2 + k] = table_cell(t, i, table_column(t, columns[k]));
		cells[10] = (struct str){documents, (size_t)snprintf(documents, sizeof documents, "%" PRIu64, n->documents[i])};
		cells[11] = (struct str){values, (size_t)snprintf(values, sizeof values, "%" PRIu64, n->cells[i])};
		output_row(o, OUT_CODEBOOK, cells);
	}
}

/* Writes all files into the new folder and puts it in place. NULL, or why not. */
static const char *dataset_write(struct gather *g, struct outputs *o, struct folder *folder,
	const struct options *opt, const struct str *names, struct counts *n)
{
	if (!folder_make(folder))
		return folder->error;
	uint32_t *ranks = xmalloc((g->spool.n + 1) * sizeof *ranks);
	for (size_t i = 0; i < g->spool.n; i++)
		ranks[i] = UINT32_MAX;
	g->repeated = spool_sort(&g->spool);
	for (size_t i = 0; i < g->spool.n; i++)
		ranks[g->spool.entries[i].number] = (uint32_t)i;
	outputs_open(o, folder->temporary, !opt->no_sqlite, opt->bom);
	if (!documents_write(g, o, n) && !o->error[0])
		snprintf(o->error, sizeof o->error, "cannot read the rows back: %s", strerror(errno));
	panel_write(&g->panel, ranks, g->catalogue.table, o, n->cells);
	codebook_write(g->catalogue.table, names, n, o);
	free(ranks);
	if (!outputs_close(o))
		return o->error;
	if (!package_write(o, folder->temporary, !opt->no_sqlite)) {
		snprintf(o->error, sizeof o->error, "cannot write datapackage.json: %s", strerror(errno));
		return o->error;
	}
	return folder_swap(folder) ? NULL : folder->error;
}

static void summary(const struct filter *f, const struct gather *g, const struct outputs *o, const char *where)
{
	if (g->repeated)
		cli_say(&f->cli, "%zu records repeat a document (same path, address and version) and were left out", g->repeated);
	if (!f->cli.terminal)
		return;
	fputc('\n', stderr);
	cli_say(&f->cli, "%" PRIu64 " documents, %" PRIu64 " facts, %" PRIu64 " cells, %" PRIu64 " findings, %" PRIu64
		" problems in %s", o->tables[OUT_DOCUMENTS].rows, o->tables[OUT_FACTS].rows, o->tables[OUT_PANEL_LONG].rows,
		o->tables[OUT_FINDINGS].rows, o->tables[OUT_PROBLEMS].rows, where);
	if (g->no_about)
		cli_say(&f->cli, "documents without about: they are in no panel ('classify' makes it)");
	if (g->no_findings)
		cli_say(&f->cli, "documents without findings ('audit' makes them)");
}

int main(int argc, char **argv)
{
	struct options opt = {0};
	struct gather g = {0};
	struct outputs o;
	struct folder folder = {0};
	struct arena names_arena = {0};
	struct filter f;
	const char *why = NULL;
	int status = EXIT_BROKEN;

	filter_start(&f, &program, argc, argv, &opt);
	if (!opt.out)
		cli_misuse(&f.cli, "needs -o DIR, the folder of the dataset");
	struct table *columns = filter_table(&f, "columns.tsv"), *catalogue = filter_table(&f, "indicators.tsv");
	catalogue_index(&g.catalogue, catalogue);
	struct str *names = column_names(&names_arena, catalogue);
	outputs_columns(&o, columns, catalogue, names);
	filter_tables_done(&f);
	struct counts n = {arena_calloc(&names_arena, catalogue->nrows + 1, sizeof *n.documents),
		arena_calloc(&names_arena, catalogue->nrows + 1, sizeof *n.cells),
		arena_calloc(&names_arena, catalogue->nrows + 1, sizeof *n.last)};
	if (!folder_begin(&folder, opt.out))
		cli_die(&f.cli, "%s", folder.error);
	if (!spool_open(&g.spool, folder.parent)) {
		why = strerror(errno);
		goto out;
	}
	for (;;)
		switch (filter_next(&f)) {
		case FILTER_RECORD:
			if (!document_add(&g, &f)) {
				why = strerror(errno);
				goto out;
			}
			break;
		case FILTER_END:
			why = dataset_write(&g, &o, &folder, &opt, names, &n);
			if (!why) {
				summary(&f, &g, &o, folder.target);
				status = EXIT_DONE;
			}
			goto out;
		case FILTER_ERROR:
			goto out;
		}
out:
	if (why)
		cli_say(&f.cli, "%s", why);
	folder_end(&folder);
	spool_close(&g.spool);
	panel_free(&g.panel);
	free(g.catalogue.sorted);
	outputs_free(&o);
	arena_free(&names_arena);
	if (status == EXIT_BROKEN)
		return filter_fail(&f);
	return filter_finish(&f);
}
