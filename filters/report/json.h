/* json: what the page reads, written by yajl. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "decimal.h"
#include "pack.h"

#include <yajl/yajl_gen.h>

struct json {
	yajl_gen gen;
	struct buf *out;
};

/* Starts a value that is appended to OUT; json_end frees the generator. */
void json_start(struct json *j, struct buf *out);
void json_end(struct json *j);

static inline void json_list(struct json *j) { yajl_gen_array_open(j->gen); }
static inline void json_list_end(struct json *j) { yajl_gen_array_close(j->gen); }
static inline void json_map(struct json *j) { yajl_gen_map_open(j->gen); }
static inline void json_map_end(struct json *j) { yajl_gen_map_close(j->gen); }
static inline void json_int(struct json *j, int64_t v) { yajl_gen_integer(j->gen, v); }
static inline void json_flag(struct json *j, bool v) { yajl_gen_integer(j->gen, v); }
static inline void json_null(struct json *j) { yajl_gen_null(j->gen); }

/* A string; an empty one is "", none is null. It must be UTF-8. */
void json_str(struct json *j, struct str s);
static inline void json_key(struct json *j, const char *key) { json_str(j, str_of(key)); }

/* N strings, one after another. */
void json_strs(struct json *j, const struct str *s, size_t n);

/* JSON that was made before. */
void json_raw(struct json *j, struct str made);

/* A decimal as a string in plain notation: JavaScript's numbers are not exact. */
void json_decimal(struct json *j, struct decimal v);

#endif
