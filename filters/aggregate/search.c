#include "search.h"
#include "arena.h"
#include "text.h"

#include <stdlib.h>

enum { WORD_LEAST = 2, WORD_MOST = 4 };

typedef int take_token(void *, int, const char *, int, int, int);       /* of FTS5 */

/* unicode61 of SQLite, behind ours. */
struct Fts5Tokenizer {
	fts5_tokenizer plain;
	Fts5Tokenizer *state;
};

/* Who is given the words of a text. */
struct taker {
	const struct Fts5Tokenizer *t;
	void *context;
	int flags;
	take_token *take;
	const char *text;
};

static int word_put(const struct taker *x, const char *b, const char *e)
{
	return x->take(x->context, 0, b, (int)(e - b), (int)(b - x->text), (int)(e - x->text));
}

/* What stands between runs of Han. */
static int plain_put(const struct taker *x, const char *b, const char *e)
{
	return b == e ? SQLITE_OK : x->t->plain.xTokenize(x->t->state, x->context, x->flags, b, (int)(e - b), x->take);
}

static int words_put(const struct taker *x, size_t n)
{
	const char *starts[WORD_MOST];  /* of the last characters of the run */
	const char *plain = x->text, *p = x->text, *end = x->text + n;
	size_t k = 0;
	int rc = SQLITE_OK;

	while (p < end && rc == SQLITE_OK) {
		uint32_t cp;
		const char *next = p + utf8_next(p, (size_t)(end - p), &cp);
		if (is_han(cp)) {
			rc = plain_put(x, plain, p);
			if (k == WORD_MOST)
				memmove(starts, starts + 1, --k * sizeof *starts);
			starts[k++] = p;
			for (size_t i = WORD_LEAST; i <= k && rc == SQLITE_OK; i++)
				rc = word_put(x, starts[k - i], next);
			plain = next;
		} else {
			if (k == 1)
				rc = word_put(x, starts[0], p);
			k = 0;
		}
		p = next;
	}
	if (k == 1 && rc == SQLITE_OK)
		rc = word_put(x, starts[0], end);
	return rc == SQLITE_OK ? plain_put(x, plain, end) : rc;
}

static int tokenize(Fts5Tokenizer *t, void *context, int flags, const char *text, int n, take_token *take)
{
	const struct taker x = {t, context, flags, take, text};
	return n > 0 ? words_put(&x, (size_t)n) : SQLITE_OK;
}

/* What is registered: unicode61 as it was found. */
struct found {
	fts5_tokenizer plain;
	void *context;
};

static int create(void *context, const char **args, int nargs, Fts5Tokenizer **out)
{
	const struct found *found = context;
	Fts5Tokenizer *t = xmalloc(sizeof *t);

	t->plain = found->plain;
	int rc = t->plain.xCreate(found->context, args, nargs, &t->state);
	if (rc == SQLITE_OK)
		*out = t;
	else
		free(t);
	return rc;
}

static void delete(Fts5Tokenizer *t)
{
	t->plain.xDelete(t->state);
	free(t);
}

/* SQLite's manual, FTS5, 7: how a connection hands its API out. */
static fts5_api *api_of(sqlite3 *db)
{
	fts5_api *api = NULL;
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &s, NULL) == SQLITE_OK
	    && sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL) == SQLITE_OK)
		(void)sqlite3_step(s);
	sqlite3_finalize(s);
	return api;
}

/* Puts our tokenizer in the place of unicode61. The same words as a text with spaces, for
 * unicode61 to take apart again, cost twice as much. */
static int tokenizer_set(sqlite3 *db)
{
	fts5_tokenizer ours = {create, delete, tokenize};
	fts5_api *api = api_of(db);

	if (!api)
		return SQLITE_ERROR;
	struct found *found = xmalloc(sizeof *found);
	int rc = api->xFindTokenizer(api, "unicode61", &found->context, &found->plain);
	if (rc != SQLITE_OK) {
		free(found);
		return rc;
	}
	return api->xCreateTokenizer(api, "unicode61", found, &ours, free);
}

int search_make(sqlite3 *db)
{
	/* no positions and no text: the sentences stand in facts */
	static const char sql[] = "CREATE VIRTUAL TABLE search USING fts5 (words, content = '', detail = none, "
		"columnsize = 0, tokenize = 'unicode61 remove_diacritics 0'); "
		/* nothing is gained by merging what is merged again: SQLite does so where there are 16 of a size */
		"INSERT INTO search (search, rank) VALUES ('automerge', 0); "
		"CREATE TABLE search_rows (first INTEGER PRIMARY KEY, last INTEGER NOT NULL)";
	int rc = tokenizer_set(db);

	return rc == SQLITE_OK ? sqlite3_exec(db, sql, NULL, NULL, NULL) : rc;
}
