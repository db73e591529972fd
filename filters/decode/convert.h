/* convert: bytes of a charset to UTF-8.
 *
 * UTF-8 is validated, GB18030 and Big5 go through a table of their two-byte
 * sequences that is made from iconv(3) once, the rest through iconv itself. A
 * byte that cannot be read becomes U+FFFD, one byte at a time. */
#ifndef DECODE_CONVERT_H
#define DECODE_CONVERT_H

#include "pack.h"
#include "table.h"

#include <iconv.h>

enum charset_kind {
	CHARSET_UTF8,
	CHARSET_GB18030,
	CHARSET_BIG5,
	CHARSET_UTF16LE,
	CHARSET_UTF16BE,
	CHARSET_HZ,             /* RFC 1843 */
	CHARSET_OTHER
};

struct dbcs;

struct charset {
	struct str name, iconv, labels;         /* the cells of charsets.tsv */
	enum charset_kind kind;
	iconv_t cd;                             /* opened at first need */
	bool opened;
	struct dbcs *dbcs;                      /* made at first need */
};

/* A byte sequence that the system's tables read otherwise than the web. */
struct fixup {
	struct str charset;
	char bytes[4];
	size_t n;
	char text[16];          /* UTF-8 */
	size_t text_n;
};

enum { CHARSETS_MOST = 32 };

struct converter {
	struct charset charsets[CHARSETS_MOST];
	size_t n;
	struct fixup *fixups;
	size_t nfixups;
	struct buf unfolded;    /* HZ as eight-bit bytes */
};

/* Reads charsets.tsv and fixups.tsv; errors stay in the tables. */
void converter_open(struct converter *c, struct table *charsets, struct table *fixups);
void converter_close(struct converter *c);

/* The charset of a label, in any case and with spaces around; NULL for none. */
struct charset *converter_label(struct converter *c, struct str label);

/* The charset of a kind other than CHARSET_OTHER. */
struct charset *converter_kind(struct converter *c, enum charset_kind kind);

/* Appends IN as UTF-8 to OUT and adds what it replaced to *REPLACED. False where
 * the system's iconv does not know the charset. */
bool converter_run(struct converter *c, struct charset *cs, struct str in,
	struct buf *out, size_t *replaced);

#endif
