#include "package.h"
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const titles[] = {
	"Documents: one row a report", "Facts: one row a quantity, with its evidence",
	"Panel, long: one row a region, subject, period and indicator",
	"Panel, wide: one row a region, subject and full year",
	"Findings: figures that were recomputed", "Problems: what could not be read, or only in part",
	"Codebook: the indicators"
};

static void text_json(struct buf *b, struct str s)
{
	buf_append(b, "\"", 1);
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] == '"' || s.s[i] == '\\')
			buf_append(b, "\\", 1);
		if ((uint8_t)s.s[i] < ' ')
			buf_printf(b, "\\u%04x", (uint8_t)s.s[i]);
		else
			buf_append(b, s.s + i, 1);
	}
	buf_append(b, "\"", 1);
}

static bool is_key(const struct column *c) { return c->key.n && c->key.s[0] == 'p'; }

static void fields_json(struct buf *b, const struct output *t)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct column *c = &t->columns[i];
		buf_printf(b, "%s\n          {\"name\": ", i ? "," : "");
		text_json(b, c->name);
		buf_append(b, ", \"type\": ", 10);
		text_json(b, c->type);
		buf_append(b, ", \"description\": ", 17);
		text_json(b, c->description);
		/* a part of the key may be empty (a document without a region): only the
		 * identities themselves are always there */
		if (str_is(c->name, "doc_key") || str_is(c->name, "fact_id") || str_is(c->name, "finding_id")
		    || str_is(c->name, "indicator"))
			if (is_key(c))
				buf_printf(b, ", \"constraints\": {\"required\": true}");
		buf_append(b, "}", 1);
	}
}

static void keys_json(struct buf *b, const struct output *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->ncolumns; i++)
		if (is_key(&t->columns[i])) {
			buf_printf(b, n++ ? ", " : ",\n        \"primaryKey\": [");
			text_json(b, t->columns[i].name);
		}
	buf_printf(b, n ? "]" : "");
	n = 0;
	for (size_t i = 0; i < t->ncolumns; i++) {
		struct str key = t->columns[i].key;
		size_t at = key.n ? str_find(key, STR("f:"), 0) : SIZE_MAX;
		if (at == SIZE_MAX)
			continue;
		buf_printf(b, n++ ? ", " : ",\n        \"foreignKeys\": [");
		buf_printf(b, "{\"fields\": [\"%.*s\"], \"reference\": {\"resource\": \"%.*s\", \"fields\": [\"%.*s\"]}}",
			STR_ARG(t->columns[i].name), STR_ARG(str_sub(key, at + 2, key.n)), STR_ARG(t->columns[i].name));
	}
	buf_printf(b, n ? "]" : "");
}

static void resource_json(struct buf *b, const struct outputs *o, int k)
{
	const struct output *t = &o->tables[k];

	buf_printf(b, "%s\n    {\n      \"name\": \"%s\", \"path\": \"%s.csv\", \"title\": \"%s\",\n"
		"      \"profile\": \"tabular-data-resource\", \"format\": \"csv\", \"mediatype\": \"text/csv\",\n"
		"      \"encoding\": \"utf-8\", \"bytes\": %llu, \"hash\": \"sha256:%s\", \"rows\": %llu,\n"
		"      \"dialect\": {\"delimiter\": \",\", \"lineTerminator\": \"\\n\", \"doubleQuote\": true, \"header\": true},\n"
		"      \"schema\": {\n        \"fields\": [", k ? "," : "", output_names[k], output_names[k], titles[k],
		(unsigned long long)t->bytes, t->sha256, (unsigned long long)t->rows);
	fields_json(b, t);
	buf_printf(b, "\n        ],\n        \"missingValues\": [\"\"]");
	keys_json(b, t);
	buf_printf(b, "\n      }\n    }");
}

bool package_write(const struct outputs *o, const char *folder, bool sqlite)
{
	struct buf b = {0}, path = {0};

	buf_printf(&b, "{\n  \"profile\": \"data-package\",\n  \"gongwen\": 1,\n  \"name\": \"gongwen-dataset\",\n"
		"  \"title\": \"Figures of government reports\",\n"
		"  \"description\": \"Made by gongwen %s: every number of the reports with unit, value, meaning, "
		"period and the words that prove it.\",\n  \"resources\": [", GONGWEN_VERSION);
	for (int k = 0; k < OUT_TABLES; k++)
		resource_json(&b, o, k);
	if (sqlite)
		/* its bytes depend on the library's version: no hash */
		buf_printf(&b, ",\n    {\n      \"name\": \"sqlite\", \"path\": \"gongwen.sqlite\", \"title\": \"The same tables\",\n"
			"      \"format\": \"sqlite\", \"mediatype\": \"application/vnd.sqlite3\"\n    }");
	buf_printf(&b, "\n  ]\n}\n");
	buf_printf(&path, "%s/datapackage.json", folder);
	buf_append(&path, "", 1);
	FILE *out = fopen((char *)path.data, "w");
	bool ok = out && fwrite(b.data, 1, b.len, out) == b.len && fflush(out) == 0 && fsync(fileno(out)) == 0;
	if (out && fclose(out) != 0)
		ok = false;
	buf_free(&b);
	buf_free(&path);
	return ok;
}
