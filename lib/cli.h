/* cli: options, messages and exit statuses, the same for every program.
 *
 * One table of options makes parsing, usage and help. Only programs print and
 * exit; the library's other modules return codes. */
#ifndef GONGWEN_CLI_H
#define GONGWEN_CLI_H

#include <stdbool.h>
#include <stddef.h>

#define GONGWEN_VERSION "0.1.0"

/* The worst wins; a status is never downgraded. */
enum exit_status {
	EXIT_DONE = 0,          /* all documents done */
	EXIT_LOST = 1,          /* complete, but documents lost content */
	EXIT_BROKEN = 2         /* the run failed */
};

enum cli_kind {
	CLI_FLAG,               /* bool */
	CLI_STRING,             /* const char *, points into argv */
	CLI_SIZE,               /* size_t; takes k, M, G */
	CLI_REPLACE             /* NAME=FILE, kept in struct cli */
};

struct cli_option {
	const char *name;       /* long name, without dashes; NULL ends the table */
	char letter;            /* 0 where there is none */
	enum cli_kind kind;
	const char *arg;        /* name of the argument in usage */
	const char *help;
	size_t offset;          /* of the value in the program's own options struct */
	bool content;           /* changes content: goes into the provenance */
};

struct cli_replacement {
	const char *name;       /* as given, up to the '=' */
	size_t name_len;
	const char *file;
	bool used;
};

struct cli {
	const char *program;    /* decode */
	bool quiet;
	bool terminal;          /* standard error is one, and not quiet */
	size_t max_record;
	struct cli_replacement *replaced;
	size_t nreplaced;
	char **operands;        /* what is left of argv */
	int noperands;
	char **args;      /* content options as given, for the provenance */
	size_t nargs;
};

/* Parses argv. PURPOSE is one line for -h, OPERANDS what follows the options in
 * the usage line (NULL: no operands are taken), OPTS receives option values.
 * -h and -V print to standard output and exit 0; misuse exits 2. */
void cli_parse(struct cli *cli, const char *program, const char *purpose,
	const char *operands, const struct cli_option *options, void *opts,
	int argc, char **argv);

/* Frees what cli_parse took; messages can still be said. */
void cli_free(struct cli *cli);

/* Ends with a usage message and status 2. */
_Noreturn void cli_misuse(const struct cli *cli, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* "gongwen PROGRAM: ..." on standard error; lower case, no full stop. */
void cli_say(const struct cli *cli, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The same, then exit with status 2. */
_Noreturn void cli_die(const struct cli *cli, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
