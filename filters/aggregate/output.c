#include "output.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

const char *const output_names[] = {
	"documents", "facts", "panel_long", "panel", "findings", "problems", "codebook", NULL
};

static void fail(struct outputs *o, const char *what, const char *why)
{
	if (!o->error[0])
		snprintf(o->error, sizeof o->error, "cannot write %s: %s", what, why);
}

static struct column *column_add(struct output *t)
{
	t->columns = xrealloc(t->columns, (t->ncolumns + 1) * sizeof *t->columns);
	return &t->columns[t->ncolumns++];
}

void outputs_columns(struct outputs *o, struct table *t, const struct table *catalogue, struct str *names)
{
	int table = table_need(t, "table"), column = table_need(t, "column"), type = table_need(t, "type"),
		key = table_need(t, "key"), description = table_need(t, "description");

	memset(o, 0, sizeof *o);
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		int k = -1;
		for (int j = 0; output_names[j]; j++)
			if (str_is(table_cell(t, i, table), output_names[j]))
				k = j;
		if (k < 0) {
			table_bad(t, i, "no table '%.*s'", STR_ARG(table_cell(t, i, table)));
			return;
		}
		*column_add(&o->tables[k]) = (struct column){table_cell(t, i, column), table_cell(t, i, type),
			table_cell(t, i, key), table_cell(t, i, description)};
	}
	int label = table_column(catalogue, "label");
	for (size_t i = 0; i < catalogue->nrows; i++)
		*column_add(&o->tables[OUT_PANEL]) = (struct column){names[i], STR("number"), STR(""),
			table_cell(catalogue, i, label)};
}

static void bytes_out(struct outputs *o, struct output *t)
{
	if (fwrite(o->line.data, 1, o->line.len, t->csv) != o->line.len)
		fail(o, t->folder, strerror(errno));
	SHA256Update(&t->hash, o->line.data, o->line.len);
	t->bytes += o->line.len;
}

/* RFC 4180: quoted only where it must be; lines end in LF. */
static void cell_csv(struct buf *b, struct str s)
{
	bool quote = false;

	for (size_t i = 0; i < s.n && !quote; i++)
		quote = s.s[i] == '"' || s.s[i] == ',' || s.s[i] == '\n' || s.s[i] == '\r';
	if (!quote) {
		buf_append(b, s.s, s.n);
		return;
	}
	buf_append(b, "\"", 1);
	for (size_t i = 0, from = 0; i <= s.n; i++)
		if (i == s.n || s.s[i] == '"') {
			buf_append(b, s.s + from, i - from);
			if (i < s.n)
				buf_append(b, "\"\"", 2);
			from = i + 1;
		}
	buf_append(b, "\"", 1);
}

static void sql(struct outputs *o, const char *text)
{
	if (!o->error[0] && sqlite3_exec(o->db, text, NULL, NULL, NULL) != SQLITE_OK)
		fail(o, "gongwen.sqlite", sqlite3_errmsg(o->db));
}

static void name_sql(struct buf *b, struct str name)
{
	buf_printf(b, "\"%.*s\"", STR_ARG(name));
}

static void table_sql(struct outputs *o, int k)
{
	struct output *t = &o->tables[k];
	struct buf b = {0};
	size_t keys = 0;

	buf_printf(&b, "CREATE TABLE %s (", output_names[k]);
	for (size_t i = 0; i < t->ncolumns; i++) {
		buf_printf(&b, i ? ", " : "");
		name_sql(&b, t->columns[i].name);
		buf_printf(&b, " %s", str_is(t->columns[i].type, "integer") ? "INTEGER"
			: str_is(t->columns[i].type, "number") ? "NUMERIC" : "TEXT");
	}
	for (size_t i = 0; i < t->ncolumns; i++)
		if (t->columns[i].key.n && t->columns[i].key.s[0] == 'p') {
			buf_printf(&b, keys++ ? ", " : ", PRIMARY KEY (");
			name_sql(&b, t->columns[i].name);
		}
	buf_printf(&b, "%s)", keys ? ")" : "");
	buf_append(&b, "", 1);
	sql(o, (char *)b.data);
	b.len = 0;
	buf_printf(&b, "INSERT INTO %s VALUES (?", output_names[k]);
	for (size_t i = 1; i < t->ncolumns; i++)
		buf_append(&b, ",?", 2);
	buf_append(&b, ")", 2);
	if (!o->error[0] && sqlite3_prepare_v2(o->db, (char *)b.data, -1, &t->insert, NULL) != SQLITE_OK)
		fail(o, "gongwen.sqlite", sqlite3_errmsg(o->db));
	buf_free(&b);
}

static void sqlite_open(struct outputs *o, const char *folder)
{
	struct buf path = {0};

	buf_printf(&path, "%s/gongwen.sqlite", folder);
	buf_append(&path, "", 1);
	if (sqlite3_open((char *)path.data, &o->db) != SQLITE_OK)
		fail(o, "gongwen.sqlite", o->db ? sqlite3_errmsg(o->db) : "out of memory");
	buf_free(&path);
	/* the folder is new and thrown away on any failure: no journal is needed */
	sql(o, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA user_version=1; BEGIN");
	for (int k = 0; k < OUT_TABLES; k++)
		table_sql(o, k);
}

void outputs_open(struct outputs *o, const char *folder, bool sqlite, bool bom)
{
	struct buf path = {0};

	for (int k = 0; k < OUT_TABLES; k++) {
		struct output *t = &o->tables[k];
		path.len = 0;
		buf_printf(&path, "%s/%s.csv", folder, output_names[k]);
		buf_append(&path, "", 1);
		t->folder = output_names[k];
		t->csv = fopen((char *)path.data, "w");
		SHA256Init(&t->hash);
		if (!t->csv) {
			fail(o, output_names[k], strerror(errno));
			break;
		}
		setvbuf(t->csv, NULL, _IOFBF, 128 << 10);
		o->line.len = 0;
		if (bom)
			buf_append(&o->line, "\xEF\xBB\xBF", 3);
		for (size_t i = 0; i < t->ncolumns; i++) {
			buf_append(&o->line, ",", i > 0);
			cell_csv(&o->line, t->columns[i].name);
		}
		buf_append(&o->line, "\n", 1);
		bytes_out(o, t);
	}
	buf_free(&path);
	if (sqlite && !o->error[0])
		sqlite_open(o, folder);
}

void output_row(struct outputs *o, enum output_table table, const struct str *cells)
{
	struct output *t = &o->tables[table];

	if (o->error[0])
		return;
	o->line.len = 0;
	for (size_t i = 0; i < t->ncolumns; i++) {
		buf_append(&o->line, ",", i > 0);
		cell_csv(&o->line, cells[i]);
	}
	buf_append(&o->line, "\n", 1);
	bytes_out(o, t);
	t->rows++;
	if (!t->insert)
		return;
	for (size_t i = 0; i < t->ncolumns; i++) {
		/* empty is NULL, but parts of a key stay comparable */
		bool key = t->columns[i].key.n && t->columns[i].key.s[0] == 'p';
		if (cells[i].n || key)
			sqlite3_bind_text(t->insert, (int)i + 1, cells[i].n ? cells[i].s : "", (int)cells[i].n, SQLITE_STATIC);
		else
			sqlite3_bind_null(t->insert, (int)i + 1);
	}
	if (sqlite3_step(t->insert) != SQLITE_DONE)
		fail(o, "gongwen.sqlite", sqlite3_errmsg(o->db));
	sqlite3_reset(t->insert);
}

static void sqlite_finish(struct outputs *o)
{
	sql(o, "CREATE INDEX facts_indicator ON facts (indicator, region_code, period);"
		"CREATE INDEX facts_doc ON facts (doc_key);"
		"CREATE INDEX panel_long_indicator ON panel_long (indicator, period);"
		"CREATE INDEX findings_doc ON findings (doc_key);"
		"CREATE INDEX problems_doc ON problems (doc_key); COMMIT");
}

bool outputs_close(struct outputs *o)
{
	for (int k = 0; k < OUT_TABLES; k++) {
		struct output *t = &o->tables[k];
		if (!t->csv)
			continue;
		if (fflush(t->csv) != 0 || fsync(fileno(t->csv)) != 0)
			fail(o, output_names[k], strerror(errno));
		if (fclose(t->csv) != 0)
			fail(o, output_names[k], strerror(errno));
		t->csv = NULL;
		SHA256End(&t->hash, t->sha256);
	}
	if (o->db)
		sqlite_finish(o);
	for (int k = 0; k < OUT_TABLES; k++)
		if (o->tables[k].insert)
			sqlite3_finalize(o->tables[k].insert);
	if (o->db && sqlite3_close(o->db) != SQLITE_OK)
		fail(o, "gongwen.sqlite", "it does not close");
	o->db = NULL;
	return !o->error[0];
}

void outputs_free(struct outputs *o)
{
	for (int k = 0; k < OUT_TABLES; k++)
		free(o->tables[k].columns);
	buf_free(&o->line);
}
