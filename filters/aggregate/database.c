#include "database.h"
#include "folder.h"
#include "mapped.h"
#include "search.h"
#include "views.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	USER_VERSION = 3                /* of the tables; grows when they change */
};

struct load {
	sqlite3 *db;
	const struct catalogue *c;
	bool search;
	char *error;
	size_t room;
};

static bool fail(struct load *l, const char *what, const char *why)
{
	snprintf(l->error, l->room, "cannot write %s: %s: %s", FOLDER_DATABASE, what, why);
	return false;
}

static bool run(struct load *l, const char *sql)
{
	return sqlite3_exec(l->db, sql, NULL, NULL, NULL) == SQLITE_OK
		|| fail(l, "SQL", sqlite3_errmsg(l->db));
}

static size_t columns_of(const struct load *l, enum table_id id)
{
	return tables[id].n + (id == TABLE_PANEL ? l->c->n : 0);
}

/* The keys of large tables are hashes: an index that is made last sorts them once, one
 * that grows with the rows costs three times as much. */
static bool key_is_late(enum table_id id)
{
	return id == TABLE_FACTS || id == TABLE_PANEL_LONG || id == TABLE_FINDINGS;
}

/* Names are made of letters, digits and _ ; some are words of SQL (end). */
static void create_sql(const struct load *l, enum table_id id, struct buf *b)
{
	const struct dataset_table *t = &tables[id];

	buf_printf(b, "CREATE TABLE \"%s\" (", t->name);
	for (size_t i = 0; i < t->n; i++)
		buf_printf(b, "%s\n\t\"%s\" %s%s", i ? "," : "", t->columns[i].name,
			column_sql[t->columns[i].type], column_is_required(t, t->columns[i].name) ? " NOT NULL" : "");
	for (size_t i = t->n; i < columns_of(l, id); i++)
		buf_printf(b, ",\n\t\"%s\" NUMERIC", l->c->items[i - t->n].column);
	for (size_t i = 0; !key_is_late(id) && i < KEYS_OF_TABLE && t->key[i]; i++)
		buf_printf(b, "%s\"%s\"", i ? ", " : ",\n\tPRIMARY KEY (", t->key[i]);
	if (t->key[0] && !key_is_late(id))
		buf_printf(b, ")");
	for (size_t i = 0; i < LINKS_OF_TABLE && t->links[i].column; i++)
		buf_printf(b, ",\n\tFOREIGN KEY (\"%s\") REFERENCES \"%s\" (\"%s\")", t->links[i].column,
			tables[t->links[i].table].name, t->links[i].other);
	buf_append(b, "\n)", 3);
}

static int bind_number(sqlite3_stmt *s, int at, struct str cell)
{
	char text[512];
	int64_t v = 0;
	size_t i = cell.s[0] == '-';

	if (cell.n - i <= 18) {
		for (; i < cell.n && cell.s[i] >= '0' && cell.s[i] <= '9'; i++)
			v = v * 10 + (cell.s[i] - '0');
		if (i == cell.n)
			return sqlite3_bind_int64(s, at, cell.s[0] == '-' ? -v : v);
	}
	if (cell.n >= sizeof text)      /* no number of a report: kept as it stands */
		return sqlite3_bind_text64(s, at, cell.s, cell.n, SQLITE_STATIC, SQLITE_UTF8);
	memcpy(text, cell.s, cell.n);
	text[cell.n] = '\0';
	return sqlite3_bind_double(s, at, strtod(text, NULL));
}

static int bind_cell(sqlite3_stmt *s, int at, enum column_type type, struct str cell)
{
	if (cell.n == 0)
		return sqlite3_bind_null(s, at);
	if (type == COLUMN_BOOLEAN)
		return sqlite3_bind_int(s, at, cell.s[0] == 't');
	if (type == COLUMN_INTEGER || type == COLUMN_NUMBER)
		return bind_number(s, at, cell);
	return sqlite3_bind_text64(s, at, cell.s, cell.n, SQLITE_STATIC, SQLITE_UTF8);
}

/* A table in loading. */
struct loading {
	const struct dataset_table *t;
	sqlite3_stmt *s;
	size_t want;
	int rc;
	struct sentences *sentences;    /* of facts: NULL where they are not searched */
};

/* The sentence in hand: facts of one sentence follow each other, and it is indexed once. */
struct sentences {
	sqlite3_stmt *words, *rows;
	struct buf last;                /* doc_key and sentence */
	size_t doc_key, evidence;       /* columns of facts */
	int64_t first, row;
};

static size_t column_of(enum table_id id, const char *name)
{
	size_t i = 0;

	while (i < tables[id].n && strcmp(tables[id].columns[i].name, name) != 0)
		i++;
	return i;
}

static int sentence_close(struct sentences *x)
{
	if (!x->first)
		return SQLITE_DONE;
	sqlite3_bind_int64(x->rows, 1, x->first);
	sqlite3_bind_int64(x->rows, 2, x->row);
	int rc = sqlite3_step(x->rows);
	sqlite3_reset(x->rows);
	return rc;
}

static int sentence_add(struct sentences *x, struct str key, struct str sentence)
{
	x->row++;
	if (x->first && x->last.len == key.n + sentence.n && memcmp(x->last.data, key.s, key.n) == 0
	    && memcmp(x->last.data + key.n, sentence.s, sentence.n) == 0)
		return SQLITE_DONE;
	x->row--;
	int rc = sentence_close(x);
	if (rc != SQLITE_DONE)
		return rc;
	x->first = ++x->row;
	x->last.len = 0;
	buf_append(&x->last, key.s, key.n);
	buf_append(&x->last, sentence.s, sentence.n);
	sqlite3_bind_int64(x->words, 1, x->first);
	sqlite3_bind_text64(x->words, 2, sentence.s, sentence.n, SQLITE_STATIC, SQLITE_UTF8);
	rc = sqlite3_step(x->words);
	sqlite3_reset(x->words);
	return rc;
}

static bool row_insert(void *context, const struct str *cells, size_t n)
{
	struct loading *x = context;

	x->rc = n == x->want ? SQLITE_OK : SQLITE_MISUSE;
	for (size_t i = 0; i < n && x->rc == SQLITE_OK; i++)
		x->rc = bind_cell(x->s, (int)i + 1, i < x->t->n ? x->t->columns[i].type : COLUMN_NUMBER, cells[i]);
	if (x->rc == SQLITE_OK)
		x->rc = sqlite3_step(x->s);
	sqlite3_reset(x->s);
	if (x->rc == SQLITE_DONE && x->sentences)
		x->rc = sentence_add(x->sentences, cells[x->sentences->doc_key], cells[x->sentences->evidence]);
	return x->rc == SQLITE_DONE;
}

static bool file_insert(struct load *l, const char *folder, enum table_id id, sqlite3_stmt *s)
{
	struct sentences sentences = {.doc_key = column_of(id, "doc_key"), .evidence = column_of(id, "evidence")};
	struct loading x = {&tables[id], s, columns_of(l, id), SQLITE_DONE, NULL};
	char path[4096 + 64];

	snprintf(path, sizeof path, "%s/%s.csv", folder, tables[id].name);
	if (id == TABLE_FACTS && l->search) {
		if (sqlite3_prepare_v2(l->db, "INSERT INTO search (rowid, words) VALUES (?, ?)", -1, &sentences.words, NULL) != SQLITE_OK
		    || sqlite3_prepare_v2(l->db, "INSERT INTO search_rows VALUES (?, ?)", -1, &sentences.rows, NULL) != SQLITE_OK)
			return fail(l, "SQL", sqlite3_errmsg(l->db));
		x.sentences = &sentences;
	}
	bool done = mapped_rows(path, row_insert, &x)
		|| fail(l, tables[id].name, x.rc != SQLITE_DONE ? sqlite3_errmsg(l->db) : strerror(errno));
	if (done && x.sentences)
		done = sentence_close(&sentences) == SQLITE_DONE || fail(l, "search", sqlite3_errmsg(l->db));
	sqlite3_finalize(sentences.words);
	sqlite3_finalize(sentences.rows);
	buf_free(&sentences.last);
	return done;
}

static bool views_make(struct load *l)
{
	for (int i = 0; views[i]; i++)
		if ((views[i + 1] || l->search) && !run(l, views[i]))
			return false;
	return true;
}

static bool table_load_rows(struct load *l, const char *folder, enum table_id id)
{
	struct buf sql = {0};
	sqlite3_stmt *s = NULL;

	create_sql(l, id, &sql);
	bool done = run(l, (char *)sql.data);
	sql.len = 0;
	buf_printf(&sql, "INSERT INTO \"%s\" VALUES (?", tables[id].name);
	for (size_t i = 1; i < columns_of(l, id); i++)
		buf_append(&sql, ",?", 2);
	buf_append(&sql, ")", 2);
	done = done && (sqlite3_prepare_v2(l->db, (char *)sql.data, -1, &s, NULL) == SQLITE_OK
		|| fail(l, "SQL", sqlite3_errmsg(l->db)));
	done = done && file_insert(l, folder, id, s);
	sqlite3_finalize(s);
	buf_free(&sql);
	return done;
}

static bool indexes_make(struct load *l)
{
	char sql[256];

	for (int id = 0; id < TABLES; id++) {
		struct buf key = {0};
		for (size_t i = 0; key_is_late((enum table_id)id) && i < KEYS_OF_TABLE && tables[id].key[i]; i++)
			buf_printf(&key, "%s\"%s\"", i ? ", " : "", tables[id].key[i]);
		if (key.len) {
			buf_append(&key, "", 1);
			snprintf(sql, sizeof sql, "CREATE UNIQUE INDEX \"%s_key\" ON \"%s\" (%s)", tables[id].name,
				tables[id].name, (char *)key.data);
			buf_free(&key);
			if (!run(l, sql))
				return false;
		}
	}
	for (int id = 0; id < TABLES; id++)
		for (int i = 0; i < INDEXES_OF_TABLE && tables[id].indexes[i]; i++) {
			snprintf(sql, sizeof sql, "CREATE INDEX \"%s_%s\" ON \"%s\" (\"%s\")", tables[id].name,
				tables[id].indexes[i], tables[id].name, tables[id].indexes[i]);
			if (!run(l, sql))
				return false;
		}
	return true;
}

static bool file_sync(struct load *l, const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	bool done = fd >= 0 && fsync(fd) == 0;

	if (!done)
		fail(l, "fsync", strerror(errno));
	if (fd >= 0)
		close(fd);
	return done;
}

bool database_make(const char *folder, const struct catalogue *c, bool search, char *error, size_t room)
{
	/* nobody else sees the file, and it is thrown away if anything fails */
	static const char settings[] = "PRAGMA page_size = 32768; PRAGMA journal_mode = OFF; "
		"PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536; "
		"PRAGMA encoding = 'UTF-8'; BEGIN";
	struct load l = {.c = c, .search = search, .error = error, .room = room};
	char path[4096 + 64], end[64];

	snprintf(path, sizeof path, "%s/%s", folder, FOLDER_DATABASE);
	snprintf(end, sizeof end, "PRAGMA user_version = %d; COMMIT", USER_VERSION);
	sqlite3_temp_directory = sqlite3_mprintf("%s", folder);         /* where indexes are sorted */
	bool done = sqlite3_open_v2(path, &l.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
		NULL) == SQLITE_OK
		|| fail(&l, "open", sqlite3_errmsg(l.db));
	done = done && run(&l, settings);
	done = done && (!search || search_make(l.db) == SQLITE_OK || fail(&l, "search", sqlite3_errmsg(l.db)));
	for (int id = 0; id < TABLES && done; id++)
		done = table_load_rows(&l, folder, id);
	done = done && indexes_make(&l) && views_make(&l) && run(&l, end);
	if (sqlite3_close(l.db) != SQLITE_OK && done)
		done = fail(&l, "close", "busy");
	sqlite3_free(sqlite3_temp_directory);
	sqlite3_temp_directory = NULL;
	return done && file_sync(&l, path);
}
