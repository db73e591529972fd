/* unpack: reading MessagePack token by token.
 *
 * A cursor stands on bytes that the record owns. It keeps its first error:
 * decode straight through and ask once at the end (the model is mpack). After
 * an error every read returns zero, an empty string or an empty container.
 * Underneath works msgpack-c's unpack_template.h, instantiated so that it stops
 * after each token: no tree, no allocation, no recursion. */
#ifndef GONGWEN_UNPACK_H
#define GONGWEN_UNPACK_H

#include "text.h"

enum { NEST_MOST = 32 };        /* levels of containers that a record may nest */
enum { EXT_SEALED = 1 };        /* ext type of a sealed value (design.md, 2) */

enum token_type {
	TOKEN_NIL, TOKEN_BOOL, TOKEN_INT, TOKEN_UINT, TOKEN_FLOAT, TOKEN_DOUBLE,
	TOKEN_STR, TOKEN_BIN, TOKEN_EXT, TOKEN_ARRAY, TOKEN_MAP
};

struct token {
	enum token_type type;
	int8_t ext;             /* type of an ext value */
	union {
		bool b;
		int64_t i;      /* TOKEN_INT: negative values only */
		uint64_t u;     /* TOKEN_UINT: values >= 0 */
		double d;
		struct str s;   /* str, bin, ext payload: points into the input */
		uint32_t count; /* array items; map pairs */
	};
};

enum token_result { TOKEN_OK, TOKEN_MORE, TOKEN_BAD };

/* Reads the token at data[*off .. len). TOKEN_OK moves *off behind it (behind
 * the header of a container). TOKEN_MORE: the token is cut; *need is the length
 * of data at which another try makes sense. TOKEN_BAD: no MessagePack. */
enum token_result token_read(const uint8_t *data, size_t len, size_t *off,
	struct token *tok, size_t *need);

struct cursor {
	const uint8_t *p, *end;
	const char *error;      /* the first error, NULL while there is none */
};

struct cursor cursor_of(const uint8_t *data, size_t n);

/* The next token; false after an error or at the end (which is an error too). */
bool cursor_token(struct cursor *c, struct token *tok);

/* The type of the next token without reading it; -1 at the end. */
int cursor_peek(const struct cursor *c);

/* Typed reads. A value of another type is an error ("expected a map"). */
uint32_t cursor_map(struct cursor *c);
uint32_t cursor_array(struct cursor *c);
struct str cursor_str(struct cursor *c);        /* nil gives {NULL, 0}; it is UTF-8 */
struct str cursor_key(struct cursor *c);        /* the same, any bytes: to compare or check */
int64_t cursor_int(struct cursor *c);
double cursor_double(struct cursor *c);         /* takes integers too */
bool cursor_bool(struct cursor *c);
struct span cursor_span(struct cursor *c);      /* nil gives SPAN_NONE */

/* Steps over one value; returns its bytes. Nesting past NEST_MOST is an error. */
struct str cursor_skip(struct cursor *c);

/* Sets the first error. */
void cursor_fail(struct cursor *c, const char *error);

#endif
