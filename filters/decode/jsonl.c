#include "jsonl.h"

#include <yajl/yajl_parse.h>

struct parser {
	struct arena *a;
	struct jsonl_pair *items;
	size_t n, cap;
	struct str key;
	int depth;
};

static int add(struct parser *p, struct str value)
{
	if (p->depth == 1) {
		p->items = arena_grow(p->a, p->items, &p->cap, p->n + 1, sizeof *p->items);
		p->items[p->n++] = (struct jsonl_pair){p->key, value};
	}
	return p->depth > 0;            /* a line is an object */
}

static int add_copy(void *data, const char *s, size_t n)
{
	struct parser *p = data;
	return p->depth == 1 ? add(p, (struct str){arena_strndup(p->a, s, n), n}) : p->depth > 0;
}

static int on_string(void *data, const unsigned char *s, size_t n)
{
	return add_copy(data, (const char *)s, n);
}

static int on_boolean(void *data, int value)
{
	return add(data, value ? STR("true") : STR("false"));
}

static int on_null(void *data)
{
	return add(data, (struct str){NULL, 0});
}

static int on_key(void *data, const unsigned char *s, size_t n)
{
	struct parser *p = data;
	if (p->depth == 1)
		p->key = (struct str){arena_strndup(p->a, (const char *)s, n), n};
	return 1;
}

static int on_open(void *data)
{
	struct parser *p = data;
	p->depth++;
	return 1;
}

static int on_array(void *data)
{
	struct parser *p = data;
	return p->depth++ > 0;
}

static int on_close(void *data)
{
	struct parser *p = data;
	p->depth--;
	return 1;
}

static const yajl_callbacks callbacks = {
	.yajl_null = on_null, .yajl_boolean = on_boolean, .yajl_number = add_copy, .yajl_string = on_string,
	.yajl_start_map = on_open, .yajl_map_key = on_key, .yajl_end_map = on_close,
	.yajl_start_array = on_array, .yajl_end_array = on_close,
};

struct jsonl_pair *jsonl_read(struct str line, struct arena *a, size_t *n)
{
	struct parser p = {.a = a, .items = arena_alloc(a, 8 * sizeof *p.items), .cap = 8};
	yajl_handle h = yajl_alloc(&callbacks, NULL, &p);

	if (!h)
		return NULL;
	bool ok = yajl_parse(h, (const unsigned char *)line.s, line.n) == yajl_status_ok
		&& yajl_complete_parse(h) == yajl_status_ok;
	yajl_free(h);
	*n = p.n;
	return ok ? p.items : NULL;
}
