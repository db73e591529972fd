/* helper: the process that parses foreign formats.
 *
 * It is bin/decode-helper, beside this program. It is started when the first
 * document needs it, serves one document after another, and may crash or hang:
 * then that document has a problem, and the next one finds a new helper.
 *
 * Both talk over one socket in frames, four bytes of length (most significant
 * first) and that many bytes of MessagePack:
 *
 *     request  type (str, a media type), document (bin; text types in UTF-8)
 *     reply    nil, then what was made of the document, or [code, message] of a problem
 *     text/html: its tree. An element is [tag, attribute, value ...], its content, nil;
 *              text is a str, a short comment
 *              the element !-- with the attribute name
 *     other types: media type, text, an array with the byte offset at which each
 *              page begins, an array of code, message, code, message … for what was
 *              lost though text was read. Of XLSX_ROWS the text is CSV and each page a
 *              sheet, whose first row is its name alone
 *
 * The tree is a flat run of values: neither side needs memory for a nested one.
 * The helper bounds its own memory, and its time for each document by a timer. */
#ifndef DECODE_HELPER_H
#define DECODE_HELPER_H

#include "pack.h"

#include <sys/types.h>

enum {
	HELPER_MOST = 128 << 20,        /* bytes of a document that it takes */
	HELPER_WAIT = 120               /* seconds, unless somebody says otherwise: beside much other work
	                                 * ten seconds of CPU time may take as long */
};

/* A workbook, and one whose sheets are tables of texts. */
#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define XLSX_ROWS XLSX "; rows"

/* A PDF whose pages are not to be drawn: tables are told by gaps alone. */
#define PDF "application/pdf"
#define PDF_PLAIN PDF "; plain"

struct helper {
	pid_t pid;              /* 0: none is running */
	int wait;               /* seconds that a document may take, from the first byte sent to the last received */
	int fd;
	struct buf reply;
};

/* Has the helper parse DOCUMENT. True with *TREE, the reply behind its nil (alive until the next call), or
 * false with a problem: *CODE and *MESSAGE, alive as long. */
bool helper_parse(struct helper *h, const char *type, struct str document,
	struct str *tree, struct str *code, struct str *message);

/* The path of a program beside this one whose name is this one's with SUFFIX: 0, or an errno. */
int helper_path(char *path, size_t size, const char *suffix);

/* Ends the helper, if one is running. */
void helper_close(struct helper *h);

#endif
