/* pack: a growing buffer and MessagePack values in it.
 *
 * msgpack-c's pack_template.h with an append of our own that is inlined: the
 * same encoder, without a function call a token (MessagePack specification,
 * https://github.com/msgpack/msgpack/blob/master/spec.md). Every value is packed
 * in its shortest form, so that equal values are equal bytes. */
#ifndef GONGWEN_PACK_H
#define GONGWEN_PACK_H

#include "arena.h"
#include "text.h"

#include <limits.h>
#include <msgpack/sysdep.h>
#include <msgpack/timestamp.h>

/* A growing byte buffer; {0} is an empty one. buf_free gives its memory back. */
struct buf {
	uint8_t *data;
	size_t len;
	size_t cap;
};

/* Makes room for MORE bytes. Out of memory ends the program (status 2). */
void buf_reserve(struct buf *b, size_t more);
void buf_free(struct buf *b);

static inline int buf_append(struct buf *b, const void *data, size_t n)
{
	if (b->cap - b->len < n)
		buf_reserve(b, n);
	if (n)
		memcpy(b->data + b->len, data, n);
	b->len += n;
	return 0;
}

/* printf into the buffer, without a NUL. */
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define msgpack_pack_inline_func(name) static inline int gw_pack ## name
#define msgpack_pack_inline_func_cint(name) static inline int gw_pack ## name
#define msgpack_pack_inline_func_fixint(name) static inline int gw_pack_fix ## name
#define msgpack_pack_user struct buf *
#define msgpack_pack_append_buffer(b, p, n) return buf_append((b), (p), (n))
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wtype-limits"
#include <msgpack/pack_template.h>
#pragma GCC diagnostic pop

static inline void pack_map(struct buf *b, size_t n) { gw_pack_map(b, n); }
static inline void pack_array(struct buf *b, size_t n) { gw_pack_array(b, n); }
static inline void pack_nil(struct buf *b) { gw_pack_nil(b); }
static inline void pack_bool(struct buf *b, bool v) { v ? gw_pack_true(b) : gw_pack_false(b); }
static inline void pack_int(struct buf *b, int64_t v) { gw_pack_int64(b, v); }
static inline void pack_uint(struct buf *b, uint64_t v) { gw_pack_uint64(b, v); }
static inline void pack_double(struct buf *b, double v) { gw_pack_double(b, v); }

/* A string that is known to be UTF-8; nil where s.s is NULL. */
static inline void pack_str(struct buf *b, struct str s)
{
	if (!s.s) {
		gw_pack_nil(b);
		return;
	}
	gw_pack_str(b, s.n);
	gw_pack_str_body(b, s.s, s.n);
}

static inline void pack_key(struct buf *b, const char *key)
{
	size_t n = strlen(key);
	gw_pack_str(b, n);
	gw_pack_str_body(b, key, n);
}

static inline void pack_bin(struct buf *b, const void *data, size_t n)
{
	gw_pack_bin(b, n);
	gw_pack_bin_body(b, data, n);
}

static inline void pack_ext(struct buf *b, int8_t type, const void *data, size_t n)
{
	gw_pack_ext(b, n, type);
	gw_pack_ext_body(b, data, n);
}

/* [b, e], or nil for SPAN_NONE. */
static inline void pack_span(struct buf *b, struct span at)
{
	if (span_is_none(at)) {
		gw_pack_nil(b);
		return;
	}
	gw_pack_array(b, 2);
	gw_pack_uint32(b, at.b);
	gw_pack_uint32(b, at.e);
}

#endif
