/* filter: what every program of the suite does the same way.
 *
 *     int main(int argc, char **argv)
 *     {
 *             filter_start(&f, &program, argc, argv, &options);
 *             ... load tables with filter_table ...
 *             for (;;)
 *                     switch (filter_next(&f)) {
 *                     case FILTER_RECORD: work(&f); filter_write(&f); break;
 *                     case FILTER_END:    return filter_finish(&f);
 *                     case FILTER_ERROR:  return filter_fail(&f);
 *                     }
 *     }
 *
 * It keeps parts as parts, appends this filter's step to each header, passes
 * foreign keys on as their original bytes, counts, and makes the trailer. */
#ifndef GONGWEN_FILTER_H
#define GONGWEN_FILTER_H

#include "cli.h"
#include "schema.h"
#include "stream.h"
#include "table.h"

enum filter_kind {
	FILTER_STAGE,           /* stream in, stream out */
	FILTER_SOURCE,          /* makes a stream (decode) */
	FILTER_SINK             /* reads a stream, writes something else */
};

struct filter_program {
	const char *name;                       /* segment */
	const char *purpose;                    /* one line for -h */
	const char *operands;                   /* usage of operands, NULL for none */
	enum filter_kind kind;
	const struct cli_option *options;       /* NULL where there are none */
	const char *const *owns;                /* keys it makes, NULL-ended; NULL for none */
};

enum filter_result { FILTER_RECORD, FILTER_END, FILTER_ERROR };

enum { OWN_MOST = 4, TABLES_MOST = 12 };

/* A problem of a document (design.md, section 2). */
struct problem {
	struct str filter, code, message;
	bool lost;              /* content was lost */
	struct span at;
};

/* Its fields, for those who read the key problems. */
extern const struct schema problem_fields[];

struct filter {
	const struct filter_program *program;
	struct cli cli;
	struct stream_in in;
	struct stream_out out;
	struct arena arena;             /* of the record in hand; reset by filter_next */
	struct table tables[TABLES_MOST];
	size_t ntables;
	struct buf own[OWN_MOST];       /* values of owned keys, in the order of owns */
	bool own_set[OWN_MOST];
	bool own_plain[OWN_MOST];       /* written as it is, not sealed */
	struct problem *problems;       /* new ones of the record in hand */
	size_t nproblems, cap_problems;
	struct buf scratch;
	uint64_t number;                /* of the record in hand, from 1, over all parts */
	struct trailer part;            /* counts of the part being written */
	uint64_t failed;                /* over all parts: decides between 0 and 1 */
	uint64_t read;                  /* inputs offered, over all parts */
	bool pending;                   /* the record in hand was not written yet */
	double shown;                   /* when progress was last printed */
	void (*on_header)(struct filter *f);    /* a sink may look at each header (f->in) */
};

/* Parses the command line (OPTS is the program's options struct), opens standard
 * input and output. Misuse ends the program. */
void filter_start(struct filter *f, const struct filter_program *program,
	int argc, char **argv, void *opts);

/* Loads a rule file by name (rules.tsv), honouring -r; its hash goes into the
 * provenance. A file that cannot be taken ends the program. Call before the
 * first filter_next. The table lives as long as the filter. */
struct table *filter_table(struct filter *f, const char *name);

/* Ends the program where t->error is set, and where -r names a table that the
 * program does not read. Call after the tables are understood. */
void filter_tables_done(struct filter *f);

/* Hands out the next record, passing headers and trailers on. */
enum filter_result filter_next(struct filter *f) __attribute__((warn_unused_result));

/* A source starts and ends its one part by these. The header is written with
 * the first record or at the end. */
void filter_part_begin(struct filter *f);
void filter_part_end(struct filter *f, uint64_t read);

/* A source writes a whole record: PAIRS are NPAIRS packed keys and values, the
 * first of which is doc. Problems noted since the last record are added. */
void filter_emit(struct filter *f, struct str pairs, size_t npairs);

/* The record's text; {NULL, 0} where it has none (it could not be decoded). */
struct str filter_text(struct filter *f);

/* Opens a key for reading, unsealed where it is sealed. False where the record
 * has no such key or it is nil. */
bool filter_open(struct filter *f, const char *key, struct cursor *c);

/* The same for a key that this filter cannot do without: names the filter that
 * makes it and ends with status 2 where it is missing. */
struct cursor filter_need(struct filter *f, const char *key, const char *maker);

/* Ends with status 2 where reading KEY left an error in the cursor. */
void filter_check(struct filter *f, const char *key, const struct cursor *c);

/* The buffer for the value of an owned key, emptied; packing a value into it
 * makes the key part of the record. It is written sealed, unless PLAIN. */
struct buf *filter_key(struct filter *f, const char *key);
struct buf *filter_key_plain(struct filter *f, const char *key);

/* Notes a problem of the record in hand, in the stream and on standard error. */
void filter_problem(struct filter *f, const char *code, bool lost, struct span at,
	const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* Writes the record in hand: foreign keys as they came, owned keys anew. */
void filter_write(struct filter *f);

/* The record's name for messages: path, or path/member (arena). */
const char *filter_where(struct filter *f);

/* Ends the program with status 2 and a message that names the record. */
_Noreturn void filter_die(struct filter *f, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* For a sink that accounts for all inputs, before filter_finish: where fewer records came
 * than decode was offered inputs (something on the way dropped them, and the trailer was
 * made anew), it says so, and they count as documents that lost content: the status is 1.
 * An archive is one input and many records, so silence proves nothing. */
void filter_account(struct filter *f);

/* The last calls of main: flush, check, close; return the exit status. A sink
 * that already failed passes its own worst status. */
int filter_finish(struct filter *f);
int filter_fail(struct filter *f);

#endif
