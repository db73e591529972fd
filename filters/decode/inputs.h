/* inputs: what decode was offered, one path at a time, in a fixed order.
 *
 * Operands in their order, then the names of the list. A folder stands for the
 * files in it and below, ordered by the bytes of their whole path, however the
 * file system lists them; memory is bounded by the folders that are open. */
#ifndef DECODE_INPUTS_H
#define DECODE_INPUTS_H

#include "cli.h"

#include <stdint.h>
#include <stdio.h>

struct folder;

struct inputs {
	const struct cli *cli;
	int next_operand;
	FILE *list;             /* --files-from, NULL where there is none */
	const char *list_name;
	char separator;         /* between the names of the list */
	size_t list_line;
	char *line;
	size_t line_cap;
	char *path;             /* of the input in hand */
	struct folder *open;    /* the innermost folder being walked */
};

struct input {
	const char *path;       /* as offered; "-" is standard input if is_stdin */
	bool is_stdin;
	int fd;                 /* to read from and, but for standard input, to close; -1: see error */
	uint64_t size;          /* of a file, in bytes; 0 of what is none */
	const char *error;      /* why it cannot be read */
};

/* LIST is the file of --files-from ("-": standard input) or NULL, SEPARATOR what
 * ends a name in it. A list that cannot be opened ends the program. */
void inputs_open(struct inputs *in, const struct cli *cli, const char *list, char separator);

/* The next input; what it points to lives until the next call. False at the end.
 * A list that cannot be read to its end ends the program. */
bool inputs_next(struct inputs *in, struct input *out);

void inputs_close(struct inputs *in);

#endif
