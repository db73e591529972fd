/* charset: which charset an input is in, and who says so.
 *
 * A byte order mark, the server, a declaration in the page and the detector are votes;
 * decoding must confirm a vote, or the next one counts. */
#ifndef DECODE_CHARSET_H
#define DECODE_CHARSET_H

#include "detect.h"

struct charset_choice {
	struct charset *charset;
	const char *by;         /* bom, http, meta, detected, given, assumed */
	size_t skip;            /* bytes of the byte order mark, or of a character cut at the start */
	size_t stray;           /* of them, bytes that fit nothing */
	bool valid;             /* known to be well-formed UTF-8 */
};

/* GIVEN is the charset of --charset, HTTP that of the server's answer, or NULL. */
struct charset_choice charset_choose(struct detector *d, struct str in, struct charset *given,
	struct charset *http);

#endif
