/* fromjson: JSON lines as tojson writes them, back into a stream.
 *
 * Reads a line for each map; writes the same bytes that tojson read. With
 * --recount it makes the trailers anew, for lines that an outside tool has
 * dropped or added.
 *
 *     … | tojson | jq -c 'select(.doc == null or .text != null)' | fromjson --recount | extract
 */
#include "base64.h"
#include "filter.h"
#include "schema.h"
#include "sealed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <yajl/yajl_parse.h>

struct options {
	bool recount;
};

static const struct cli_option options[] = {
	{"recount", 0, CLI_FLAG, NULL, "count the records of each part anew", offsetof(struct options, recount), false},
	{0}
};

static const struct filter_program program = {
	"fromjson", "Turns JSON lines back into a stream.", NULL, FILTER_SOURCE, options, NULL
};

/* A container that is being read. */
struct level {
	bool map;
	size_t start;           /* of its content in the buffer */
	uint32_t count;         /* values so far: keys count too */
	size_t value;           /* where the value of the last key starts */
	char special;           /* 'b'in, 'e'xt, 'm'sgpack, 's'ealed, 'p'lain: the last key was $… */
};

struct parser {
	struct buf out;
	struct level levels[NEST_MOST + 2];
	int depth;
	const char *error;
	struct buf scratch;
	bool lost;                      /* a problem with lost: true was seen */
	bool in_problems, lost_key;
	char first[16];                 /* the first key: decides what the line is */
};

static int fail(struct parser *p, const char *why)
{
	if (!p->error)
		p->error = why;
	return 0;
}

static bool value_done(struct parser *p)
{
	if (p->depth == 0)
		return fail(p, "line is not a JSON object");
	p->levels[p->depth].count++;
	return true;
}

/* Puts HEAD before what was packed since START. */
static void insert_head(struct parser *p, size_t start)
{
	size_t n = p->scratch.len;
	buf_reserve(&p->out, n);
	memmove(p->out.data + start + n, p->out.data + start, p->out.len - start);
	memcpy(p->out.data + start, p->scratch.data, n);
	p->out.len += n;
}

static int on_null(void *ctx)
{
	struct parser *p = ctx;
	pack_nil(&p->out);
	return value_done(p);
}

static int on_bool(void *ctx, int v)
{
	struct parser *p = ctx;
	if (v && p->in_problems && p->lost_key)
		p->lost = true;
	pack_bool(&p->out, v);
	return value_done(p);
}

static int on_number(void *ctx, const char *s, size_t n)
{
	struct parser *p = ctx;
	char text[400], *end;

	if (n >= sizeof text)
		return fail(p, "number is too long");
	memcpy(text, s, n);
	text[n] = '\0';
	errno = 0;
	if (strpbrk(text, ".eE")) {
		double v = strtod(text, &end);
		if (errno == ERANGE && (v > 1 || v < -1))
			return fail(p, "number is out of range");
		pack_double(&p->out, v);
	} else if (text[0] == '-') {
		long long v = strtoll(text, &end, 10);
		if (errno)
			return fail(p, "integer is out of range");
		pack_int(&p->out, v);
	} else {
		unsigned long long v = strtoull(text, &end, 10);
		if (errno)
			return fail(p, "integer is out of range");
		pack_uint(&p->out, v);
	}
	return value_done(p);
}

static int on_string(void *ctx, const unsigned char *s, size_t n)
{
	struct parser *p = ctx;
	pack_str(&p->out, (struct str){(const char *)s, n});
	return value_done(p);
}

static int on_key(void *ctx, const unsigned char *s, size_t n)
{
	struct parser *p = ctx;
	struct level *l = &p->levels[p->depth];
	struct str key = {(const char *)s, n};

	if (l->special && l->special != 's' && l->special != 'p')
		return fail(p, "a $ key must stand alone in its object");
	l->special = 0;
	if (n && s[0] == '$') {
		l->special = str_is(key, "$bin") ? 'b' : str_is(key, "$ext") ? 'e'
			: str_is(key, "$msgpack") ? 'm' : str_is(key, "$sealed") ? 's'
			: str_is(key, "$plain") ? 'p' : 0;
		if (!l->special)
			return fail(p, "keys that start with $ are tojson's own, and this is none of them");
		bool of_line = l->special == 's' || l->special == 'p';
		if (of_line != (p->depth == 1))
			return fail(p, of_line ? "$sealed and $plain belong to a whole line"
				: "$bin, $ext and $msgpack stand for a value, not for a whole line");
	}
	if (p->depth == 1) {
		p->in_problems = str_is(key, "problems");
		if (l->count == 0)
			snprintf(p->first, sizeof p->first, "%.*s", (int)(n < 15 ? n : 15), (const char *)s);
	}
	p->lost_key = str_is(key, "lost");
	pack_str(&p->out, key);
	l->count++;
	l->value = p->out.len;
	return 1;
}

static int open_level(struct parser *p, bool map)
{
	if (p->depth > NEST_MOST)
		return fail(p, "nested too deep");
	if (p->depth == 0 && !map)
		return fail(p, "line is not a JSON object");
	p->levels[++p->depth] = (struct level){.map = map, .start = p->out.len};
	return 1;
}

static int on_open_map(void *ctx) { return open_level(ctx, true); }
static int on_open_array(void *ctx) { return open_level(ctx, false); }

/* {"$bin": …} and its like: replaces the packed map by what it stands for. */
static int special_done(struct parser *p, const struct level *l)
{
	struct cursor c = cursor_of(p->out.data + l->value, p->out.len - l->value);
	int64_t type = 0;

	p->scratch.len = 0;
	if (l->special == 'e') {
		if (cursor_array(&c) != 2)
			return fail(p, "$ext takes [type, base64]");
		type = cursor_int(&c);
	}
	struct str text = cursor_str(&c);
	if (c.error || !text.s || type < -128 || type > 127 || !base64_decode(&p->scratch, text))
		return fail(p, "$bin, $ext and $msgpack take base64");
	p->out.len = l->start;
	if (l->special == 'b')
		pack_bin(&p->out, p->scratch.data, p->scratch.len);
	else if (l->special == 'e')
		pack_ext(&p->out, (int8_t)type, p->scratch.data, p->scratch.len);
	else {
		struct cursor v = cursor_of(p->scratch.data, p->scratch.len);
		if (!cursor_skip(&v).s || v.p != v.end)
			return fail(p, "$msgpack holds no single value");
		buf_append(&p->out, p->scratch.data, p->scratch.len);
	}
	return 1;
}

static int on_close_map(void *ctx)
{
	struct parser *p = ctx;
	struct level *l = &p->levels[p->depth--];

	if (p->depth == 0)
		return 1;                       /* the line's own map is finished by line_pack */
	if (l->special && l->special != 's' && l->special != 'p' && l->count == 2)
		return special_done(p, l) ? value_done(p) : 0;
	if (l->special)
		return fail(p, "a $ key must stand alone in its object");
	p->scratch.len = 0;
	pack_map(&p->scratch, l->count / 2);
	insert_head(p, l->start);
	return value_done(p);
}

static int on_close_array(void *ctx)
{
	struct parser *p = ctx;
	struct level *l = &p->levels[p->depth--];

	p->scratch.len = 0;
	pack_array(&p->scratch, l->count);
	insert_head(p, l->start);
	return value_done(p);
}

/* yajl takes its memory for granted, and would write to NULL */
static void *yajl_new(void *ctx, size_t n) { (void)ctx; return xmalloc(n); }
static void *yajl_more(void *ctx, void *old, size_t n) { (void)ctx; return xrealloc(old, n); }
static void yajl_give(void *ctx, void *old) { (void)ctx; free(old); }

static const yajl_callbacks callbacks = {
	on_null, on_bool, NULL, NULL, on_number, on_string, on_open_map, on_key, on_close_map,
	on_open_array, on_close_array
};

static bool list_has(struct str list, struct str key)
{
	struct cursor c = cursor_of((const uint8_t *)list.s, list.n);
	for (uint32_t n = list.n ? cursor_array(&c) : 0; n-- > 0 && !c.error;)
		if (str_eq(cursor_str(&c), key))
			return true;
	return false;
}

static bool names_differ(const struct buf *map)
{
	struct cursor c = cursor_of(map->data, map->len);
	uint32_t n = cursor_map(&c);
	struct str *names = xmalloc(n * sizeof *names);

	for (uint32_t i = 0; i < n; i++) {
		names[i] = cursor_str(&c);
		cursor_skip(&c);
	}
	bool differ = keys_differ(names, n);
	free(names);
	return differ;
}

/* Writes the line's map: keys in order, values sealed where the rule or the
 * line's exceptions say so. */
static const char *line_pack(struct parser *p, struct buf *out)
{
	struct str sealed = {NULL, 0}, plain = {NULL, 0};
	uint32_t keys = 0, n = p->levels[1].count / 2;

	for (int pass = 0; pass < 2; pass++) {
		struct cursor c = cursor_of(p->out.data, p->out.len);
		if (pass == 1) {
			out->len = 0;
			pack_map(out, keys);
		}
		for (uint32_t i = 0; i < n; i++) {
			struct str key = cursor_str(&c), value = cursor_skip(&c);
			if (c.error)
				return c.error;
			if (str_is(key, "$sealed") || str_is(key, "$plain")) {
				*(str_is(key, "$sealed") ? &sealed : &plain) = value;
				continue;
			}
			keys++;
			if (pass == 0)
				continue;
			pack_str(out, key);
			bool by_rule = name_index(sealed_keys, key) >= 0;
			if (by_rule ? !list_has(plain, key) : list_has(sealed, key))
				gw_pack_ext(out, value.n, EXT_SEALED);
			buf_append(out, value.s, value.n);
		}
	}
	if (keys == 0)
		return "object is empty";
	return names_differ(out) ? NULL : "a key comes twice in the object";
}

/* Where the stream of lines stands. */
struct state {
	struct filter f;
	struct options o;
	struct parser p;
	struct buf packed;
	uint64_t line;
	bool in_part, seen_part;
	struct trailer counts;
};

static _Noreturn void line_bad(struct state *s, const char *why)
{
	cli_die(&s->f.cli, "line %llu: %s", (unsigned long long)s->line, why);
}

/* The counts that every reader wants of a trailer; where they are made anew, those that are there. */
static struct trailer trailer_of(struct state *s)
{
	struct cursor c = cursor_of(s->packed.data, s->packed.len);
	int64_t end = -1, failed = -1, read = -1;

	for (uint32_t n = cursor_map(&c); n-- > 0 && !c.error;) {
		struct str key = cursor_str(&c);
		if (str_is(key, "end"))
			end = cursor_int(&c);
		else if (str_is(key, "read"))
			read = cursor_int(&c);
		else if (str_is(key, "failed"))
			failed = cursor_int(&c);
		else
			cursor_skip(&c);
	}
	if (c.error || (!s->o.recount && (end < 0 || failed < 0 || read < 0)))
		line_bad(s, "trailer is damaged: it needs end, failed and read, none below 0");
	return (struct trailer){.end = (uint64_t)end, .failed = (uint64_t)failed, .read = read < 0 ? 0 : (uint64_t)read};
}

static void version_check(struct state *s)
{
	struct cursor c = cursor_of(s->packed.data, s->packed.len);

	(void)cursor_map(&c);
	(void)cursor_str(&c);
	int64_t version = cursor_int(&c);
	if (c.error || version < 0)
		line_bad(s, "header has no format version");
	if (version > STREAM_VERSION)
		line_bad(s, "stream has a later format version than this program reads");
}

/* Keeps account of parts, as every reader does. */
static void line_account(struct state *s)
{
	const char *first = s->p.first;

	if (strcmp(first, "gongwen") == 0) {
		if (s->in_part)
			line_bad(s, "stream is cut: a header comes before the trailer of the part");
		version_check(s);
		s->in_part = s->seen_part = true;
		s->counts = (struct trailer){0};
	} else if (strcmp(first, "doc") == 0) {
		if (!s->in_part)
			line_bad(s, "record without a header");
		s->counts.end++;
		s->counts.failed += s->p.lost;
	} else if (strcmp(first, "end") == 0) {
		struct trailer t = trailer_of(s);
		if (!s->in_part)
			line_bad(s, "trailer without a header");
		if (s->o.recount) {
			t.end = s->counts.end;
			t.failed = s->counts.failed;
			s->packed.len = 0;
			trailer_pack(&s->packed, t);
		} else if (t.end != s->counts.end) {
			line_bad(s, "trailer and records differ in number; --recount makes a new trailer");
		}
		s->f.failed += t.failed;
		s->in_part = false;
	} else {
		line_bad(s, "object is no header, record or trailer (its first key is none of gongwen, doc, end)");
	}
}

static void line_read(struct state *s, const char *text, size_t n)
{
	struct parser *p = &s->p;
	yajl_alloc_funcs memory = {yajl_new, yajl_more, yajl_give, NULL};

	s->line++;
	if (str_trim((struct str){text, n}).n == 0)
		return;
	p->out.len = 0;
	p->depth = 0;
	p->error = NULL;
	p->lost = p->in_problems = p->lost_key = false;
	p->first[0] = '\0';
	yajl_handle h = yajl_alloc(&callbacks, &memory, p);
	yajl_status got = yajl_parse(h, (const unsigned char *)text, n);
	if (got == yajl_status_ok)
		got = yajl_complete_parse(h);
	yajl_free(h);
	if (got != yajl_status_ok)
		line_bad(s, p->error ? p->error : "not JSON");
	const char *why = line_pack(p, &s->packed);
	if (why)
		line_bad(s, why);
	line_account(s);
	stream_write(&s->f.out, s->packed.data, s->packed.len);
}

int main(int argc, char **argv)
{
	struct state s = {0};
	char *line = NULL;
	size_t cap = 0;

	filter_start(&s.f, &program, argc, argv, &s.o);
	filter_tables_done(&s.f);
	for (;;) {
		errno = 0;
		ssize_t n = getline(&line, &cap, stdin);
		if (n < 0)
			break;
		if ((size_t)n / 4 > s.f.cli.max_record)
			line_bad(&s, "record is larger than --max-record");
		line_read(&s, line, (size_t)n);
	}
	if (!feof(stdin))       /* getline also fails for want of memory, which is no end */
		cli_die(&s.f.cli, "cannot read: %s", strerror(errno));
	free(line);
	if (s.in_part || !s.seen_part)
		cli_die(&s.f.cli, s.in_part ? "stream is cut: the part has no trailer (after line %llu)"
			: "stream is cut: it is empty (after line %llu)", (unsigned long long)s.line);
	buf_free(&s.p.out);
	buf_free(&s.p.scratch);
	buf_free(&s.packed);
	return filter_finish(&s.f);
}
