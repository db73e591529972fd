#include "unpack.h"

#include <assert.h>
#include <msgpack/sysdep.h>

/* The template's own stack is never used: containers stop it. */
#define MSGPACK_EMBED_STACK_SIZE 1
#include <msgpack/unpack_define.h>

struct found {
	struct token tok;
	bool container;
};

enum { STOP = -100 };

#define CALLBACK(name) gw_found ## name

static inline struct token CALLBACK(_root)(struct found *f)
{
	(void)f;
	return (struct token){0};
}

static inline int found_uint(struct token *o, uint64_t v)
{
	*o = (struct token){.type = TOKEN_UINT, .u = v};
	return 0;
}

static inline int found_int(struct token *o, int64_t v)
{
	if (v >= 0)
		return found_uint(o, (uint64_t)v);
	*o = (struct token){.type = TOKEN_INT, .i = v};
	return 0;
}

static inline int CALLBACK(_uint8)(struct found *f, uint8_t v, struct token *o) { (void)f; return found_uint(o, v); }
static inline int CALLBACK(_uint16)(struct found *f, uint16_t v, struct token *o) { (void)f; return found_uint(o, v); }
static inline int CALLBACK(_uint32)(struct found *f, uint32_t v, struct token *o) { (void)f; return found_uint(o, v); }
static inline int CALLBACK(_uint64)(struct found *f, uint64_t v, struct token *o) { (void)f; return found_uint(o, v); }
static inline int CALLBACK(_int8)(struct found *f, int8_t v, struct token *o) { (void)f; return found_int(o, v); }
static inline int CALLBACK(_int16)(struct found *f, int16_t v, struct token *o) { (void)f; return found_int(o, v); }
static inline int CALLBACK(_int32)(struct found *f, int32_t v, struct token *o) { (void)f; return found_int(o, v); }
static inline int CALLBACK(_int64)(struct found *f, int64_t v, struct token *o) { (void)f; return found_int(o, v); }

static inline int CALLBACK(_float)(struct found *f, float v, struct token *o)
{
	(void)f;
	*o = (struct token){.type = TOKEN_FLOAT, .d = (double)v};
	return 0;
}

static inline int CALLBACK(_double)(struct found *f, double v, struct token *o)
{
	(void)f;
	*o = (struct token){.type = TOKEN_DOUBLE, .d = v};
	return 0;
}

static inline int CALLBACK(_nil)(struct found *f, struct token *o)
{
	(void)f;
	*o = (struct token){.type = TOKEN_NIL};
	return 0;
}

static inline int CALLBACK(_true)(struct found *f, struct token *o)
{
	(void)f;
	*o = (struct token){.type = TOKEN_BOOL, .b = true};
	return 0;
}

static inline int CALLBACK(_false)(struct found *f, struct token *o)
{
	(void)f;
	*o = (struct token){.type = TOKEN_BOOL, .b = false};
	return 0;
}

static inline int found_bytes(struct token *o, enum token_type type, const char *p, unsigned n)
{
	*o = (struct token){.type = type, .s = {p, n}};
	return 0;
}

static inline int CALLBACK(_str)(struct found *f, const char *b, const char *p, unsigned n, struct token *o)
{
	(void)f, (void)b;
	/* an empty string has no body: the template's pointer is stale then */
	return found_bytes(o, TOKEN_STR, n ? p : "", n);
}

static inline int CALLBACK(_bin)(struct found *f, const char *b, const char *p, unsigned n, struct token *o)
{
	(void)f, (void)b;
	return found_bytes(o, TOKEN_BIN, n ? p : "", n);
}

static inline int CALLBACK(_ext)(struct found *f, const char *b, const char *p, unsigned n, struct token *o)
{
	(void)f, (void)b;
	if (n == 0)     /* a length of 2^32-1 wraps in the template */
		return -1;
	found_bytes(o, TOKEN_EXT, p + 1, n - 1);
	o->ext = (int8_t)p[0];
	return 0;
}

static inline int found_container(struct found *f, enum token_type type, unsigned n)
{
	f->tok = (struct token){.type = type, .count = n};
	f->container = true;
	return STOP;
}

static inline int CALLBACK(_array)(struct found *f, unsigned n, struct token *o)
{
	(void)o;
	return found_container(f, TOKEN_ARRAY, n);
}

static inline int CALLBACK(_map)(struct found *f, unsigned n, struct token *o)
{
	(void)o;
	return found_container(f, TOKEN_MAP, n);
}

static inline int CALLBACK(_array_item)(struct found *f, struct token *c, struct token o)
{
	(void)f, (void)c, (void)o;
	return -1;
}

static inline int CALLBACK(_map_item)(struct found *f, struct token *c, struct token k, struct token v)
{
	(void)f, (void)c, (void)k, (void)v;
	return -1;
}

#define MSGPACK_UNPACK_PARSE_ERROR -1
#define MSGPACK_UNPACK_NOMEM_ERROR -2
#define msgpack_unpack_struct(name) struct gw_unpack ## name
#define msgpack_unpack_func(ret, name) static inline ret gw_unpack ## name
#define msgpack_unpack_callback(name) CALLBACK(name)
#define msgpack_unpack_object struct token
#define msgpack_unpack_user struct found
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"
#pragma GCC diagnostic ignored "-Wcast-qual"
#include <msgpack/unpack_template.h>
#pragma GCC diagnostic pop

/* Tokens of one byte of header and nothing else, three quarters of all: short
 * strings, small integers and containers, nil (MessagePack specification, formats).
 * The template's state machine costs four times as much on them. */
static inline bool token_short(const uint8_t *p, size_t left, size_t *off, struct token *tok)
{
	uint8_t c = p[0];

	if (c < 0x80) {
		tok->type = TOKEN_UINT;
		tok->u = c;
	} else if (c < 0x90) {
		tok->type = TOKEN_MAP;
		tok->count = c & 15;
	} else if (c < 0xA0) {
		tok->type = TOKEN_ARRAY;
		tok->count = c & 15;
	} else if (c < 0xC0) {
		size_t n = c & 31;
		if (left < n + 1)
			return false;
		tok->type = TOKEN_STR;
		tok->s = (struct str){(const char *)p + 1, n};
		*off += n;
	} else if (c == 0xC0) {
		tok->type = TOKEN_NIL;
	} else {
		return false;
	}
	++*off;
	return true;
}

enum token_result token_read(const uint8_t *data, size_t len, size_t *off,
	struct token *tok, size_t *need)
{
	struct gw_unpack_context ctx;
	size_t at = *off;

	if (at < len && token_short(data + at, len - at, off, tok))
		return TOKEN_OK;

	if (at >= len) {
		*need = at + 1;
		return TOKEN_MORE;
	}
	ctx.user.container = false;
	gw_unpack_init(&ctx);
	int got = gw_unpack_execute(&ctx, (const char *)data, len, &at);
	if (got > 0) {
		*tok = ctx.stack[0].obj;
		*off = at;
		return TOKEN_OK;
	}
	if (got == STOP && ctx.user.container) {
		*tok = ctx.user.tok;
		*off = at + 1;
		return TOKEN_OK;
	}
	if (got == 0) {
		*need = at + ctx.trail;
		return TOKEN_MORE;
	}
	return TOKEN_BAD;
}

struct cursor cursor_of(const uint8_t *data, size_t n)
{
	return (struct cursor){data, data + n, NULL};
}

void cursor_fail(struct cursor *c, const char *error)
{
	if (!c->error)
		c->error = error;
}

bool cursor_token(struct cursor *c, struct token *tok)
{
	size_t off = 0, need;

	*tok = (struct token){.type = TOKEN_NIL};
	if (c->error)
		return false;
	switch (token_read(c->p, (size_t)(c->end - c->p), &off, tok, &need)) {
	case TOKEN_OK:
		c->p += off;
		return true;
	case TOKEN_MORE:
		cursor_fail(c, "value is cut short");
		return false;
	case TOKEN_BAD:
		break;
	}
	cursor_fail(c, "not MessagePack");
	return false;
}

int cursor_peek(const struct cursor *c)
{
	struct cursor look = *c;
	struct token tok;
	return cursor_token(&look, &tok) ? (int)tok.type : -1;
}

static uint32_t cursor_container(struct cursor *c, enum token_type type, const char *error)
{
	struct token tok;
	if (!cursor_token(c, &tok))
		return 0;
	if (tok.type != type) {
		cursor_fail(c, error);
		return 0;
	}
	/* each item takes a byte at least: a count past that is a lie, and would
	 * let a few bytes ask for gigabytes */
	if (tok.count > (size_t)(c->end - c->p)) {
		cursor_fail(c, "container is cut short");
		return 0;
	}
	return tok.count;
}

uint32_t cursor_map(struct cursor *c) { return cursor_container(c, TOKEN_MAP, "expected a map"); }
uint32_t cursor_array(struct cursor *c) { return cursor_container(c, TOKEN_ARRAY, "expected an array"); }

struct str cursor_key(struct cursor *c)
{
	struct token tok;
	if (!cursor_token(c, &tok) || tok.type == TOKEN_NIL)
		return (struct str){NULL, 0};
	if (tok.type != TOKEN_STR) {
		cursor_fail(c, "expected a string");
		return (struct str){NULL, 0};
	}
	return tok.s;
}

struct str cursor_str(struct cursor *c)
{
	struct str s = cursor_key(c);
	if (s.n && utf8_valid(s.s, s.n) != s.n) {
		cursor_fail(c, "string is not UTF-8");
		return (struct str){NULL, 0};
	}
	return s;
}

int64_t cursor_int(struct cursor *c)
{
	struct token tok;
	if (!cursor_token(c, &tok))
		return 0;
	if (tok.type == TOKEN_INT)
		return tok.i;
	if (tok.type == TOKEN_UINT && tok.u <= INT64_MAX)
		return (int64_t)tok.u;
	cursor_fail(c, "expected an integer");
	return 0;
}

double cursor_double(struct cursor *c)
{
	struct token tok;
	if (!cursor_token(c, &tok))
		return 0;
	switch (tok.type) {
	case TOKEN_INT: return (double)tok.i;
	case TOKEN_UINT: return (double)tok.u;
	case TOKEN_FLOAT:
	case TOKEN_DOUBLE: return tok.d;
	default: break;
	}
	cursor_fail(c, "expected a number");
	return 0;
}

bool cursor_bool(struct cursor *c)
{
	struct token tok;
	if (!cursor_token(c, &tok) || tok.type == TOKEN_NIL)
		return false;
	if (tok.type != TOKEN_BOOL)
		cursor_fail(c, "expected a boolean");
	return tok.type == TOKEN_BOOL && tok.b;
}

struct span cursor_span(struct cursor *c)
{
	if (cursor_peek(c) == TOKEN_NIL) {
		struct token tok;
		cursor_token(c, &tok);
		return SPAN_NONE;
	}
	uint32_t n = cursor_array(c);
	if (n != 2) {
		cursor_fail(c, "expected a range [b, e]");
		return SPAN_NONE;
	}
	int64_t b = cursor_int(c), e = cursor_int(c);
	if (c->error || b < 0 || e < b || e >= UINT32_MAX) {
		cursor_fail(c, "expected a range [b, e]");
		return SPAN_NONE;
	}
	return (struct span){(uint32_t)b, (uint32_t)e};
}

struct str cursor_skip(struct cursor *c)
{
	const uint8_t *start = c->p;
	uint64_t left[NEST_MOST + 1];
	int depth = 0;
	struct token tok;

	left[0] = 1;
	while (cursor_token(c, &tok)) {
		left[depth]--;
		uint64_t items = tok.type == TOKEN_ARRAY ? tok.count
			: tok.type == TOKEN_MAP ? 2 * (uint64_t)tok.count : 0;
		if (items) {
			if (depth == NEST_MOST) {
				cursor_fail(c, "nested too deep");
				break;
			}
			left[++depth] = items;
		}
		while (depth > 0 && left[depth] == 0)
			depth--;
		if (depth == 0 && left[0] == 0)
			return (struct str){(const char *)start, (size_t)(c->p - start)};
	}
	return (struct str){NULL, 0};
}
