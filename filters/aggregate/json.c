#include "json.h"

#include <inttypes.h>

void json_string(struct buf *b, struct str s)
{
	size_t good = s.n ? utf8_valid(s.s, s.n) : 0;

	buf_append(b, "\"", 1);
	for (size_t i = 0; i < good; i++) {
		uint8_t c = (uint8_t)s.s[i];
		if (c == '"' || c == '\\')
			buf_append(b, "\\", 1);
		if (c < ' ')
			buf_printf(b, "\\u%04x", c);
		else
			buf_append(b, &s.s[i], 1);
	}
	if (good < s.n)         /* what is not UTF-8 ends a string that JSON can hold */
		buf_append(b, "\xEF\xBF\xBD", 3);
	buf_append(b, "\"", 1);
}

void json_member(struct buf *b, const char *key, struct str value)
{
	uint8_t last = b->len ? b->data[b->len - 1] : '{';

	if (last != '{' && last != '[')
		buf_append(b, ", ", 2);
	json_string(b, str_of(key));
	buf_append(b, ": ", 2);
	json_string(b, value);
}

static void open_close(struct buf *b, bool map, bool open)
{
	buf_append(b, open ? (map ? "{" : "[") : (map ? "}" : "]"), 1);
}

bool json_value(struct buf *b, struct cursor *c)
{
	struct { uint64_t left; bool map; } level[NEST_MOST + 1] = {{1, false}};
	int depth = 0;
	struct token t;

	while (cursor_token(c, &t)) {
		bool map = level[depth].map, key = map && level[depth].left % 2 == 0;
		if (key && t.type != TOKEN_STR)
			return false;
		level[depth].left--;
		switch (t.type) {
		case TOKEN_NIL: buf_append(b, "null", 4); break;
		case TOKEN_BOOL: buf_printf(b, "%s", t.b ? "true" : "false"); break;
		case TOKEN_INT: buf_printf(b, "%" PRId64, t.i); break;
		case TOKEN_UINT: buf_printf(b, "%" PRIu64, t.u); break;
		case TOKEN_STR: json_string(b, t.s); break;
		case TOKEN_ARRAY: case TOKEN_MAP:
			if (depth == NEST_MOST)
				return false;
			open_close(b, t.type == TOKEN_MAP, true);
			level[++depth].map = t.type == TOKEN_MAP;
			level[depth].left = t.type == TOKEN_MAP ? 2 * (uint64_t)t.count : t.count;
			break;
		default: return false;          /* a header holds no floats and no bytes */
		}
		bool opened = t.type == TOKEN_ARRAY || t.type == TOKEN_MAP;
		while (depth > 0 && level[depth].left == 0) {
			open_close(b, level[depth--].map, false);
			opened = false;
		}
		if (depth == 0)
			return true;
		if (key && !opened)
			buf_append(b, ": ", 2);
		else if (!opened)
			buf_append(b, ", ", 2);
	}
	return false;
}
