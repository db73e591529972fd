#include "package.h"
#include "csv.h"
#include "digest.h"
#include "folder.h"
#include "json.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

bool provenance_add(struct provenance *p, const struct stream_in *in)
{
	const struct field *via = stream_field(in, "via");
	struct buf chain = {0};
	bool good = true;
	size_t at = 0;

	if (via) {
		struct cursor c = cursor_of(via->value, (size_t)(via->end - via->value));
		good = cursor_peek(&c) == TOKEN_ARRAY && json_value(&chain, &c);
	} else {
		buf_append(&chain, "[]", 2);
	}
	for (; at < p->n && good; at++)
		if (p->chains[at].len == chain.len && memcmp(p->chains[at].data, chain.data, chain.len) == 0)
			break;
	if (!good || at < p->n) {
		buf_free(&chain);
		return good;
	}
	p->chains = xrealloc(p->chains, (p->n + 1) * sizeof *p->chains);
	p->chains[p->n++] = chain;
	return true;
}

void provenance_free(struct provenance *p)
{
	for (size_t i = 0; i < p->n; i++)
		buf_free(&p->chains[i]);
	free(p->chains);
}

static int by_bytes(const void *a, const void *b)
{
	const struct buf *x = a, *y = b;
	return str_cmp((struct str){(const char *)x->data, x->len}, (struct str){(const char *)y->data, y->len});
}

static void step_write(struct buf *b, const struct filter *f)
{
	buf_append(b, "{", 1);
	json_member(b, "filter", str_of(f->program->name));
	json_member(b, "version", STR(GONGWEN_VERSION));
	buf_printf(b, ", \"args\": [");
	for (size_t i = 0; i < f->cli.nargs; i++) {
		if (i)
			buf_append(b, ", ", 2);
		json_string(b, str_of(f->cli.args[i]));
	}
	buf_printf(b, "], \"data\": {");
	for (size_t i = 0; i < f->ntables; i++)
		json_member(b, f->tables[i].name, str_of(f->tables[i].sha256));
	buf_printf(b, "}}");
}

/* Each chain, ended by this program's step, sorted: arrival does not matter. */
static void provenance_write(struct buf *b, const struct package *p)
{
	const struct provenance *v = p->provenance;

	qsort(v->chains, v->n, sizeof *v->chains, by_bytes);
	buf_printf(b, "  \"provenance\": [");
	for (size_t i = 0; i < v->n; i++) {
		const struct buf *c = &v->chains[i];
		buf_printf(b, "%s\n    ", i ? "," : "");
		buf_append(b, c->data, c->len - 1);
		if (c->len > 2)
			buf_append(b, ", ", 2);
		step_write(b, p->filter);
		buf_append(b, "]", 1);
	}
	buf_printf(b, "\n  ],\n");
}

static void field_write(struct buf *b, const struct dataset_table *t, const struct column *c)
{
	buf_printf(b, "          {");
	json_member(b, "name", str_of(c->name));
	json_member(b, "type", str_of(column_types[c->type]));
	json_member(b, "description", str_of(c->description));
	bool required = column_is_required(t, c->name);
	if (required || c->names) {
		buf_printf(b, ", \"constraints\": {%s", required ? "\"required\": true" : "");
		if (c->names)
			buf_printf(b, "%s\"enum\": [", required ? ", " : "");
		for (size_t i = 0; c->names && c->names[i]; i++)
			buf_printf(b, "%s\"%s\"", i ? ", " : "", c->names[i]);
		buf_printf(b, "%s}", c->names ? "]" : "");
	}
	buf_append(b, "}", 1);
}

static void schema_write(struct buf *b, const struct package *p, enum table_id id)
{
	const struct dataset_table *t = &tables[id];

	buf_printf(b, "      \"schema\": {\n        \"fields\": [\n");
	for (size_t i = 0; i < t->n; i++) {
		buf_printf(b, "%s", i ? ",\n" : "");
		field_write(b, t, &t->columns[i]);
	}
	for (size_t i = 0; id == TABLE_PANEL && i < p->catalogue->n; i++) {
		const struct indicator *x = &p->catalogue->items[i];
		buf_printf(b, ",\n          {\"name\": \"%s\", \"type\": \"number\"", x->column);
		json_member(b, "title", x->label);
		if (x->label_en.n)
			json_member(b, "title_en", x->label_en);
		json_member(b, "description", x->definition);
		buf_append(b, "}", 1);
	}
	buf_printf(b, "\n        ],\n");
	for (size_t i = 0; i < KEYS_OF_TABLE && t->key[i]; i++)
		buf_printf(b, "%s\"%s\"", i ? ", " : "        \"primaryKey\": [", t->key[i]);
	if (t->key[0])
		buf_printf(b, "],\n");
	for (size_t i = 0; i < LINKS_OF_TABLE && t->links[i].column; i++)
		buf_printf(b, "%s{\"fields\": [\"%s\"], \"reference\": {\"resource\": \"%s\", \"fields\": [\"%s\"]}}",
			i ? ", " : "        \"foreignKeys\": [", t->links[i].column,
			tables[t->links[i].table].name, t->links[i].other);
	if (t->links[0].column)
		buf_printf(b, "],\n");
	buf_printf(b, "        \"missingValues\": [\"\"]\n      }");
}

/* A file that is not a table: what it is, or NULL for a table. */
struct other {
	const char *name, *file, *title, *format, *type;
};

static const struct other others[] = {
	{"database", FOLDER_DATABASE, "the same tables as an SQLite database", "sqlite", "application/vnd.sqlite3"},
	{"workbook", FOLDER_WORKBOOK, "the same tables as sheets", "xlsx",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{"stata", FOLDER_STATA, "panel for Stata", "dta", "application/x-stata-dta"},
	{"stata_long", FOLDER_STATA_LONG, "panel_long for Stata", "dta", "application/x-stata-dta"},
	{"page", FOLDER_PAGE, "a page for people who would rather look", "html", "text/html"},
};

static void file_write(struct buf *b, const struct digest *d, const struct other *x)
{
	buf_printf(b, "    {\n      \"name\": \"%s\",\n      \"path\": \"%s\",\n      \"title\": \"%s\",\n"
		"      \"format\": \"%s\",\n      \"mediatype\": \"%s\",\n      \"bytes\": %" PRIu64 ",\n"
		"      \"hash\": \"sha256:%s\"", x->name, x->file, x->title, x->format, x->type, d->bytes, d->hex);
}

static void table_write(struct buf *b, const struct package *p, const struct digest *d, enum table_id id)
{
	char file[64];
	snprintf(file, sizeof file, "%s.csv", tables[id].name);
	const struct other x = {tables[id].name, file, tables[id].title, "csv", "text/csv"};

	file_write(b, d, &x);
	buf_printf(b, ",\n      \"profile\": \"tabular-data-resource\",\n      \"encoding\": \"utf-8\",\n"
		"      \"dialect\": {\"lineTerminator\": \"\\n\", \"doubleQuote\": true},\n"
		"      \"rows\": %" PRIu64 ",\n", p->rows[id]);
	schema_write(b, p, id);
	buf_printf(b, "\n    }");
}

/* Tables, then the others: what is not there has the descriptor -1. */
enum { OTHERS = sizeof others / sizeof *others, FILES = TABLES + OTHERS };

/* Hashes and sizes of all files; false with the error set. */
static bool digests_make(struct package *p, const bool there[OTHERS], struct digest all[FILES])
{
	const char *names[FILES];
	char tables_names[TABLES][64];
	struct digest open_ones[FILES];
	size_t of[FILES], n = 0;

	/* the database first: it is larger than all tables, which are hashed beside it */
	for (size_t k = 0; k < FILES; k++) {
		size_t i = (k + TABLES) % FILES;
		all[i] = (struct digest){.fd = -1};
		if (i < TABLES)
			snprintf(tables_names[i], sizeof tables_names[i], "%s.csv", tables[i].name);
		names[i] = i < TABLES ? tables_names[i] : others[i - TABLES].file;
		if (i >= TABLES && !there[i - TABLES])
			continue;
		of[n] = i;
		open_ones[n] = (struct digest){.fd = openat(p->folder, names[i], O_RDONLY | O_CLOEXEC)};
		if (open_ones[n++].fd < 0 && !p->error[0])
			snprintf(p->error, sizeof p->error, "cannot read %s: %s", names[i], strerror(errno));
	}
	digest_files(open_ones, n);
	for (size_t i = 0; i < n; i++) {
		all[of[i]] = open_ones[i];
		if (open_ones[i].error && !p->error[0])
			snprintf(p->error, sizeof p->error, "cannot read %s: %s", names[of[i]], strerror(open_ones[i].error));
		if (open_ones[i].fd >= 0)
			close(open_ones[i].fd);
	}
	return !p->error[0];
}

bool package_write(struct package *p)
{
	const bool there[OTHERS] = {p->database, p->workbook, p->stata, p->stata, p->page};
	struct digest digests[FILES];
	struct buf b = {0};
	struct csv_file out;

	if (!digests_make(p, there, digests))
		return false;
	buf_printf(&b, "{\n  \"profile\": \"data-package\",\n  \"name\": \"gongwen\",\n  %s,\n"
		"  \"title\": \"Figures of government reports\",\n"
		"  \"description\": \"Every number of the reports, with its unit, what it measures, whose figure it is, "
		"for which period, and the sentence that proves it\",\n", FOLDER_MARK);
	provenance_write(&b, p);
	buf_printf(&b, "  \"resources\": [\n");
	for (int id = 0; id < TABLES; id++) {
		buf_printf(&b, "%s", id ? ",\n" : "");
		table_write(&b, p, &digests[id], (enum table_id)id);
	}
	for (size_t i = 0; i < OTHERS; i++) {
		if (!there[i])
			continue;
		buf_printf(&b, ",\n");
		file_write(&b, &digests[TABLES + i], &others[i]);
		buf_printf(&b, "\n    }");
	}
	buf_printf(&b, "\n  ]\n}\n");
	csv_create(&out, p->folder, FOLDER_PACKAGE);
	csv_write(&out, b.data, b.len);
	bool done = csv_close(&out);
	if (!done)
		snprintf(p->error, sizeof p->error, "cannot write %s: %s", FOLDER_PACKAGE, strerror(out.error));
	buf_free(&b);
	return done;
}
