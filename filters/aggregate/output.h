/* output: the tables of the dataset as CSV files and in SQLite. */
#ifndef AGGREGATE_OUTPUT_H
#define AGGREGATE_OUTPUT_H

#include "pack.h"
#include "table.h"

#include <sha2.h>
#include <stdio.h>

struct sqlite3;
struct sqlite3_stmt;

enum output_table {
	OUT_DOCUMENTS, OUT_FACTS, OUT_PANEL_LONG, OUT_PANEL, OUT_FINDINGS, OUT_PROBLEMS,
	OUT_CODEBOOK, OUT_TABLES
};
extern const char *const output_names[];

struct column {
	struct str name, type, key, description;
};

struct output {
	const char *folder;
	struct column *columns;
	size_t ncolumns;
	FILE *csv;
	SHA2_CTX hash;
	char sha256[65];
	uint64_t bytes, rows;
	struct sqlite3_stmt *insert;
};

struct outputs {
	struct output tables[OUT_TABLES];
	struct sqlite3 *db;     /* NULL with --no-sqlite */
	struct buf line;
	char error[512];        /* the first error */
};

/* Understands columns.tsv (table column type key description); errors go to
 * t->error. CATALOGUE's indicators become columns of the panel, named by NAMES. */
void outputs_columns(struct outputs *o, struct table *t, const struct table *catalogue, struct str *names);

/* Creates the files in FOLDER. From here on errors stay in o->error. */
void outputs_open(struct outputs *o, const char *folder, bool sqlite, bool bom);

/* Writes a row; CELLS has as many as the table has columns. */
void output_row(struct outputs *o, enum output_table table, const struct str *cells);

/* Ends all files: keys and indexes, flush, sync, close. False on any error. */
bool outputs_close(struct outputs *o);
void outputs_free(struct outputs *o);

#endif
