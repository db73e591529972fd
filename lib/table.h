/* table: rule files and catalogues, tab-separated, read at run time.
 *
 * The first line that is neither empty nor a comment (#) names the columns.
 * Cells are taken as they are: no quoting. A short line has empty cells at its
 * end; a line with more cells than columns, bytes that are not UTF-8, or a
 * missing column is an error that names file and line. */
#ifndef GONGWEN_TABLE_H
#define GONGWEN_TABLE_H

#include "text.h"

struct table {
	char *name;             /* rules.tsv */
	char *path;             /* where it was read from */
	char sha256[65];        /* of the file's bytes */
	char *data;
	size_t size;
	struct str *columns;
	size_t ncolumns;
	struct str *cells;      /* nrows * ncolumns */
	uint32_t *lines;        /* line number of each row, for messages */
	size_t nrows;
	char error[512];        /* the first error: file:line: reason */
};

/* Reads the file; false with t->error set where it cannot be taken. The table is
 * freed by table_free in either case. */
bool table_load(struct table *t, const char *name, const char *path)
	__attribute__((warn_unused_result));
void table_free(struct table *t);

/* The index of a column, -1 where the table has none of that name. */
int table_column(const struct table *t, const char *name);

/* The index of a column that must be there; -1 with t->error set. */
int table_need(struct table *t, const char *name);

/* A cell; column -1 gives an empty string. */
static inline struct str table_cell(const struct table *t, size_t row, int column)
{
	return column < 0 ? (struct str){"", 0} : t->cells[row * t->ncolumns + (size_t)column];
}

/* Sets t->error to file:line: reason, unless an error stands already. */
void table_bad(struct table *t, size_t row, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Steps through the parts of a list such as a|b|c: true while there is one more.
 * *REST starts as the whole; empty parts are passed over. */
bool str_part(struct str *rest, char sep, struct str *part);

/* Finds the file of a table: in $GONGWEN_DATA, else beside the program (the
 * tree's filters and lib), else where it is installed (share/gongwen); in each of
 * them first in the folder of the program's name. Returns a malloced path (the
 * last one tried where none exists). */
char *table_find(const char *program, const char *name);

#endif
