#include "json.h"

#include <stdlib.h>

static void append(void *out, const char *s, size_t n)
{
	buf_append(out, s, n);
}

static void *take(void *ctx, size_t n) { (void)ctx; return xmalloc(n); }
static void *grow(void *ctx, void *p, size_t n) { (void)ctx; return xrealloc(p, n); }
static void give(void *ctx, void *p) { (void)ctx; free(p); }

void json_start(struct json *j, struct buf *out)
{
	const yajl_alloc_funcs memory = {take, grow, give, NULL};

	j->out = out;
	j->gen = yajl_gen_alloc(&memory);
	yajl_gen_config(j->gen, yajl_gen_print_callback, append, out);
}

void json_end(struct json *j)
{
	yajl_gen_free(j->gen);
}

void json_str(struct json *j, struct str s)
{
	if (s.s)
		yajl_gen_string(j->gen, (const unsigned char *)s.s, s.n);
	else
		yajl_gen_null(j->gen);
}

void json_strs(struct json *j, const struct str *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		json_str(j, s[i]);
}

void json_raw(struct json *j, struct str made)
{
	/* yajl writes the digits of a number as they come */
	yajl_gen_number(j->gen, made.s, made.n);
}

void json_decimal(struct json *j, struct decimal v)
{
	char text[DECIMAL_TEXT];
	size_t n = decimal_format(v, text);

	json_str(j, (struct str){text, n});
}
