/* tojson: the stream as JSON lines, for jq, Python, R and eyes.
 *
 * Reads a stream; writes every map of it, header and trailer included, as one
 * line. Bytes are {"$bin": base64}, foreign ext types {"$ext": [type, base64]};
 * what JSON cannot tell apart from something else (floats of 32 bits, strings
 * that are not UTF-8, integers in a longer form than they need) is
 * {"$msgpack": base64}. fromjson makes the same bytes again.
 *
 *     decode reports/ | segment | tojson | jq -c 'select(.doc) | .segments'
 */
#include "base64.h"
#include "filter.h"
#include "outline.h"
#include "schema.h"
#include "sealed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct options {
	bool outline;
};

static const struct cli_option options[] = {
	{"outline", 0, CLI_FLAG, NULL, "write no JSON, but the outlines for eyes", offsetof(struct options, outline), false},
	{0}
};

static const struct filter_program program = {
	"tojson", "Writes a stream as JSON lines.", NULL, FILTER_SINK, options, NULL
};

static void text_json(struct buf *b, struct str s)
{
	size_t from = 0;

	buf_append(b, "\"", 1);
	for (size_t i = 0; i < s.n; i++) {
		uint8_t c = (uint8_t)s.s[i];
		if (c >= ' ' && c != '"' && c != '\\' && c != 0x7F)
			continue;
		buf_append(b, s.s + from, i - from);
		from = i + 1;
		switch (c) {
		case '"': buf_append(b, "\\\"", 2); break;
		case '\\': buf_append(b, "\\\\", 2); break;
		case '\n': buf_append(b, "\\n", 2); break;
		case '\t': buf_append(b, "\\t", 2); break;
		case '\r': buf_append(b, "\\r", 2); break;
		default: buf_printf(b, "\\u%04x", c);
		}
	}
	buf_append(b, s.s + from, s.n - from);
	buf_append(b, "\"", 1);
}

static void double_json(struct buf *b, double v)
{
	char text[40];

	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, v);
		if (strtod(text, NULL) == v)
			break;
	}
	buf_append(b, text, strlen(text));
	if (!strpbrk(text, ".e"))       /* a float stays one */
		buf_append(b, ".0", 2);
}

static void wrapped_json(struct buf *b, const char *key, const void *data, size_t n)
{
	buf_printf(b, "{\"%s\":\"", key);
	base64_encode(b, data, n);
	buf_append(b, "\"}", 2);
}

/* True where the token's bytes are the shortest form of its value. */
static bool is_shortest(const struct token *tok, const uint8_t *from, size_t n, struct buf *scratch)
{
	scratch->len = 0;
	switch (tok->type) {
	case TOKEN_NIL: pack_nil(scratch); break;
	case TOKEN_BOOL: pack_bool(scratch, tok->b); break;
	case TOKEN_INT: pack_int(scratch, tok->i); break;
	case TOKEN_UINT: pack_uint(scratch, tok->u); break;
	case TOKEN_DOUBLE: pack_double(scratch, tok->d); break;
	case TOKEN_STR: gw_pack_str(scratch, tok->s.n); break;
	case TOKEN_BIN: gw_pack_bin(scratch, tok->s.n); break;
	case TOKEN_EXT: gw_pack_ext(scratch, tok->s.n, tok->ext); break;
	case TOKEN_ARRAY: pack_array(scratch, tok->count); break;
	case TOKEN_MAP: pack_map(scratch, tok->count); break;
	case TOKEN_FLOAT: return false;
	}
	return scratch->len <= n && memcmp(scratch->data, from, scratch->len) == 0;
}

struct writer {
	struct buf out, scratch;
};

static bool value_json(struct writer *w, struct cursor *c);

static bool map_json(struct writer *w, struct cursor *c, uint32_t n)
{
	buf_append(&w->out, "{", 1);
	for (uint32_t i = 0; i < n && !c->error; i++) {
		const uint8_t *from = c->p;
		struct token tok;
		if (!cursor_token(c, &tok) || tok.type != TOKEN_STR
		    || (tok.s.n && tok.s.s[0] == '$') || utf8_valid(tok.s.s, tok.s.n) != tok.s.n
		    || !is_shortest(&tok, from, (size_t)(c->p - from), &w->scratch))
			return false;
		if (i)
			buf_append(&w->out, ",", 1);
		text_json(&w->out, tok.s);
		buf_append(&w->out, ":", 1);
		if (!value_json(w, c))
			return false;
	}
	buf_append(&w->out, "}", 1);
	return true;
}

/* Writes one value. Where it, or a header within it, is not in the form that
 * fromjson would make, the whole value is written as its bytes. */
static bool value_json(struct writer *w, struct cursor *c)
{
	struct cursor start = *c;
	size_t len = w->out.len;
	struct token tok;
	bool ok = cursor_token(c, &tok);

	if (!ok)
		return false;
	ok = is_shortest(&tok, start.p, (size_t)(c->p - start.p), &w->scratch);
	switch (ok ? (int)tok.type : -1) {
	case TOKEN_NIL: buf_append(&w->out, "null", 4); break;
	case TOKEN_BOOL: buf_printf(&w->out, tok.b ? "true" : "false"); break;
	case TOKEN_INT: buf_printf(&w->out, "%lld", (long long)tok.i); break;
	case TOKEN_UINT: buf_printf(&w->out, "%llu", (unsigned long long)tok.u); break;
	case TOKEN_DOUBLE:
		ok = isfinite(tok.d);
		if (ok)
			double_json(&w->out, tok.d);
		break;
	case TOKEN_STR:
		ok = utf8_valid(tok.s.s, tok.s.n) == tok.s.n;
		if (ok)
			text_json(&w->out, tok.s);
		break;
	case TOKEN_BIN: wrapped_json(&w->out, "$bin", tok.s.s, tok.s.n); break;
	case TOKEN_EXT:
		buf_printf(&w->out, "{\"$ext\":[%d,\"", tok.ext);
		base64_encode(&w->out, tok.s.s, tok.s.n);
		buf_append(&w->out, "\"]}", 3);
		break;
	case TOKEN_ARRAY:
		buf_append(&w->out, "[", 1);
		for (uint32_t i = 0; i < tok.count && ok; i++) {
			if (i)
				buf_append(&w->out, ",", 1);
			ok = value_json(w, c);
		}
		buf_append(&w->out, "]", 1);
		break;
	case TOKEN_MAP: ok = map_json(w, c, tok.count); break;
	default: break;
	}
	if (ok)
		return true;
	*c = start;
	struct str bytes = cursor_skip(c);
	if (!bytes.s)
		return false;
	w->out.len = len;
	wrapped_json(&w->out, "$msgpack", bytes.s, bytes.n);
	return true;
}

/* One whole map of the stream as a line; sealed values are shown open. */
static bool item_json(struct writer *w, const struct stream_in *in)
{
	struct buf sealed = {0}, plain = {0};
	bool ok = true;

	w->out.len = 0;
	buf_append(&w->out, "{", 1);
	for (size_t i = 0; i < in->nfields && ok; i++) {
		const struct field *f = &in->fields[i];
		struct cursor c = cursor_of(f->value, (size_t)(f->end - f->value)), look = c;
		struct token tok;
		bool by_rule = name_index(sealed_keys, f->key) >= 0;
		bool is_sealed = cursor_token(&look, &tok) && tok.type == TOKEN_EXT && tok.ext == EXT_SEALED
			&& is_shortest(&tok, c.p, (size_t)(c.end - c.p), &w->scratch);
		if (is_sealed) {
			/* open it only where it holds exactly one value */
			struct cursor inner = cursor_of((const uint8_t *)tok.s.s, tok.s.n);
			struct cursor probe = inner;
			is_sealed = cursor_skip(&probe).s && probe.p == probe.end;
			if (is_sealed)
				c = inner;
		}
		if (i)
			buf_append(&w->out, ",", 1);
		text_json(&w->out, f->key);
		buf_append(&w->out, ":", 1);
		ok = value_json(w, &c);
		if (is_sealed != by_rule) {
			struct buf *list = is_sealed ? &sealed : &plain;
			buf_append(list, ",", list->len > 0);
			text_json(list, f->key);
		}
	}
	if (sealed.len)
		buf_printf(&w->out, ",\"$sealed\":[%.*s]", (int)sealed.len, (char *)sealed.data);
	if (plain.len)
		buf_printf(&w->out, ",\"$plain\":[%.*s]", (int)plain.len, (char *)plain.data);
	buf_append(&w->out, "}\n", 2);
	buf_free(&sealed);
	buf_free(&plain);
	return ok;
}

/* The outline of each record. */
static int write_outlines(struct filter *f)
{
	struct buf out = {0};

	for (;;)
		switch (filter_next(f)) {
		case FILTER_RECORD:
			out.len = 0;
			outline_write(f, &out);
			stream_write(&f->out, out.data, out.len);
			break;
		case FILTER_END: case FILTER_ERROR:
			buf_free(&out);
			bool written = stream_finish(&f->out);
			if (!written)
				cli_say(&f->cli, "cannot write: %s", strerror(f->out.error));
			if (f->in.error[0])
				return filter_fail(f);
			int status = filter_finish(f);
			return written ? status : EXIT_BROKEN;
		}
}

int main(int argc, char **argv)
{
	struct writer w = {0};
	struct options o = {0};
	struct filter f;
	bool damaged = false;

	filter_start(&f, &program, argc, argv, &o);
	filter_tables_done(&f);
	stream_create(&f.out, STDOUT_FILENO);
	if (o.outline)
		return write_outlines(&f);
	for (;;) {
		enum stream_item item = stream_read(&f.in);
		if (item == STREAM_END || item == STREAM_ERROR || f.out.error)
			break;
		if (item == STREAM_TRAILER)
			f.failed += f.in.trailer.failed;
		if (!item_json(&w, &f.in)) {
			damaged = true;
			break;
		}
		stream_write(&f.out, w.out.data, w.out.len);
	}
	bool written = stream_finish(&f.out);
	if (damaged)
		cli_say(&f.cli, "a map is damaged (at byte %llu)", (unsigned long long)f.in.item_at);
	if (!written)
		cli_say(&f.cli, "cannot write: %s", strerror(f.out.error));
	buf_free(&w.out);
	buf_free(&w.scratch);
	if (f.in.error[0])
		return filter_fail(&f);
	int status = filter_finish(&f);
	return damaged || !written ? EXIT_BROKEN : status;
}
