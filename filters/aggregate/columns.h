/* columns: what the files of the dataset hold. One list makes the headers of the
 * CSV files, the tables of the database and the schema in datapackage.json. */
#ifndef AGGREGATE_COLUMNS_H
#define AGGREGATE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

enum table_id {
	TABLE_DOCUMENTS, TABLE_FACTS, TABLE_PANEL_LONG, TABLE_PANEL, TABLE_FINDINGS,
	TABLE_PROBLEMS, TABLE_CODEBOOK, TABLE_CHANGES, TABLE_TARGETS, TABLE_COVERAGE, TABLE_RANKS,
	TABLE_CONFLICTS, TABLE_CANDIDATES, TABLE_OUTLIERS, TABLE_DUPLICATES, TABLE_PUBLICATION,
	TABLE_BREAKS, TABLE_VERDICTS, TABLES
};

enum column_type { COLUMN_STRING, COLUMN_INTEGER, COLUMN_NUMBER, COLUMN_BOOLEAN, COLUMN_DATE, COLUMN_TYPES };

struct column {
	const char *name;
	enum column_type type;
	const char *description;
	const char *const *names;       /* the values it takes, NULL-ended; NULL for any */
};

enum { KEYS_OF_TABLE = 6, LINKS_OF_TABLE = 2, INDEXES_OF_TABLE = 4 };

struct dataset_table {
	const char *name;
	const char *title;
	const struct column *columns;
	size_t n;
	const char *key[KEYS_OF_TABLE];         /* primary key */
	struct {
		const char *column;
		enum table_id table;
		const char *other;
	} links[LINKS_OF_TABLE];                /* foreign keys */
	const char *indexes[INDEXES_OF_TABLE];  /* columns of further indexes */
};

/* panel has the catalogue's columns behind its own. */
extern const struct dataset_table tables[TABLES];

/* Columns of the tables that compare, in columns_compared.c. */
extern const struct column changes_columns[23], targets_columns[21], coverage_columns[13],
	ranks_columns[17], conflicts_columns[16], candidates_columns[14], outliers_columns[9],
	duplicates_columns[7], publication_columns[11], breaks_columns[7], verdicts_columns[7];

extern const char *const column_types[];        /* as Frictionless names them */
extern const char *const column_sql[];          /* as SQLite does */

/* True for a column that is never empty: those of the primary key, but for the
 * region's code, since not every place has one. */
bool column_is_required(const struct dataset_table *t, const char *name);

#endif
