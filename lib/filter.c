#include "filter.h"
#include "schema.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

const struct schema problem_fields[] = {
	{.key = "filter", .type = SCHEMA_STR, .offset = offsetof(struct problem, filter)},
	{.key = "code", .type = SCHEMA_STR, .offset = offsetof(struct problem, code)},
	{.key = "lost", .type = SCHEMA_BOOL, .offset = offsetof(struct problem, lost)},
	{.key = "message", .type = SCHEMA_STR, .offset = offsetof(struct problem, message)},
	{.key = "at", .type = SCHEMA_SPAN, .offset = offsetof(struct problem, at)},
	{0}
};

void filter_start(struct filter *f, const struct filter_program *program,
	int argc, char **argv, void *opts)
{
	memset(f, 0, sizeof *f);
	f->program = program;
	cli_parse(&f->cli, program->name, program->purpose, program->operands,
		program->options, opts, argc, argv);
	if (program->kind != FILTER_SOURCE)
		stream_open(&f->in, STDIN_FILENO, f->cli.max_record);
	if (program->kind != FILTER_SINK)
		stream_create(&f->out, STDOUT_FILENO);
}

/* Reads -r NAME=FILE; NAME with or without its ending. */
static const char *replacement(struct filter *f, const char *name)
{
	size_t n = strlen(name), stem = n > 4 && strcmp(name + n - 4, ".tsv") == 0 ? n - 4 : n;
	const char *file = NULL;

	for (size_t i = 0; i < f->cli.nreplaced; i++) {
		struct cli_replacement *r = &f->cli.replaced[i];
		if ((r->name_len == n || r->name_len == stem) && memcmp(r->name, name, r->name_len) == 0) {
			r->used = true;
			file = r->file;
		}
	}
	return file;
}

struct table *filter_table(struct filter *f, const char *name)
{
	struct table *t = &f->tables[f->ntables++];
	const char *file = replacement(f, name);
	char *path = file ? xstrndup(file, strlen(file)) : table_find(f->program->name, name);

	if (!table_load(t, name, path))
		cli_die(&f->cli, "%s", t->error);
	free(path);
	return t;
}

static void refuse_table(const struct filter *f, const struct cli_replacement *r)
{
	struct buf names = {0};

	for (size_t i = 0; i < f->ntables; i++) {
		buf_append(&names, i ? ", " : "; its tables are ", i ? 2 : 17);
		buf_append(&names, f->tables[i].name, strlen(f->tables[i].name));
	}
	cli_misuse(&f->cli, "reads no rule file named '%.*s'%.*s", (int)r->name_len, r->name, (int)names.len, (const char *)names.data);
}

void filter_tables_done(struct filter *f)
{
	for (size_t i = 0; i < f->ntables; i++)
		if (f->tables[i].error[0])
			cli_die(&f->cli, "%s", f->tables[i].error);
	for (size_t i = 0; i < f->cli.nreplaced; i++) {
		const struct cli_replacement *r = &f->cli.replaced[i];
		if (!r->used)
			refuse_table(f, r);
	}
}

/* This filter's step of the provenance chain. */
static void step_pack(const struct filter *f, struct buf *b)
{
	pack_map(b, 4);
	pack_key(b, "filter");
	pack_key(b, f->program->name);
	pack_key(b, "version");
	pack_key(b, GONGWEN_VERSION);
	pack_key(b, "args");
	pack_array(b, f->cli.nargs);
	for (size_t i = 0; i < f->cli.nargs; i++)
		pack_key(b, f->cli.args[i]);
	pack_key(b, "data");
	pack_map(b, f->ntables);
	for (size_t i = 0; i < f->ntables; i++) {
		pack_key(b, f->tables[i].name);
		pack_key(b, f->tables[i].sha256);
	}
}

static bool write_header(struct filter *f, struct str via)
{
	struct buf step = {0};

	f->scratch.len = 0;
	step_pack(f, &step);
	bool ok = header_pack(&f->scratch, via, (struct str){(char *)step.data, step.len});
	buf_free(&step);
	if (ok)
		stream_write(&f->out, f->scratch.data, f->scratch.len);
	f->part = (struct trailer){0};
	return ok;
}

static void write_trailer(struct filter *f)
{
	f->scratch.len = 0;
	trailer_pack(&f->scratch, f->part);
	stream_write(&f->out, f->scratch.data, f->scratch.len);
}

void filter_part_begin(struct filter *f)
{
	write_header(f, (struct str){NULL, 0});
}

void filter_part_end(struct filter *f, uint64_t read)
{
	f->part.read = read;
	f->read += read;
	write_trailer(f);
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void show_progress(struct filter *f, bool last)
{
	double t = now();

	if (!last && t - f->shown < 0.5)
		return;
	f->shown = t;
	fprintf(stderr, "\r\033[Kgongwen %s: %" PRIu64 " document%s%s", f->program->name, f->number,
		f->number == 1 ? "" : "s", last ? "\n" : "");
	fflush(stderr);
}

enum filter_result filter_next(struct filter *f)
{
	bool sink = f->program->kind == FILTER_SINK;

	if (f->pending && !sink)
		filter_die(f, "internal error: a record was not written");
	if (f->out.error)
		return FILTER_ERROR;
	for (;;) {
		switch (stream_read(&f->in)) {
		case STREAM_HEADER:
			if (!sink) {
				const struct field *via = stream_field(&f->in, "via");
				struct str steps = via ? (struct str){(const char *)via->value,
					(size_t)(via->end - via->value)} : (struct str){NULL, 0};
				if (!write_header(f, steps)) {
					snprintf(f->in.error, sizeof f->in.error,
						"header is damaged (at byte %" PRIu64 ")", f->in.item_at);
					return FILTER_ERROR;
				}
			}
			f->part = (struct trailer){0};
			if (sink && f->on_header)
				f->on_header(f);
			continue;
		case STREAM_RECORD:
			f->number++;
			f->pending = true;
			arena_reset(&f->arena);
			f->nproblems = 0;
			f->cap_problems = 0;
			f->problems = NULL;
			memset(f->own_set, 0, sizeof f->own_set);
			if (f->cli.terminal)
				show_progress(f, false);
			return FILTER_RECORD;
		case STREAM_TRAILER:
			f->part.read = f->in.trailer.read;
			f->read += f->in.trailer.read;
			if (sink)
				f->failed += f->in.trailer.failed;
			else
				write_trailer(f);
			continue;
		case STREAM_END:
			return FILTER_END;
		case STREAM_ERROR:
			return FILTER_ERROR;
		}
	}
}

static struct cursor field_open(const struct field *v)
{
	struct cursor c = cursor_of(v->value, (size_t)(v->end - v->value));
	struct cursor look = c;
	struct token tok;

	if (cursor_token(&look, &tok) && tok.type == TOKEN_EXT && tok.ext == EXT_SEALED)
		return cursor_of((const uint8_t *)tok.s.s, tok.s.n);
	return c;
}

bool filter_open(struct filter *f, const char *key, struct cursor *c)
{
	const struct field *v = stream_field(&f->in, key);

	if (!v)
		return false;
	*c = field_open(v);
	return cursor_peek(c) != TOKEN_NIL;
}

struct str filter_text(struct filter *f)
{
	struct cursor c;

	if (!filter_open(f, "text", &c))
		return (struct str){NULL, 0};
	struct str text = cursor_str(&c);
	filter_check(f, "text", &c);
	return text;
}

struct cursor filter_need(struct filter *f, const char *key, const char *maker)
{
	struct cursor c;

	if (!filter_open(f, key, &c))
		filter_die(f, "record has no %s: '%s' makes it", key, maker);
	return c;
}

void filter_check(struct filter *f, const char *key, const struct cursor *c)
{
	if (c->error)
		filter_die(f, "key %s: %s", key, c->error);
}

static int own_index(const struct filter *f, struct str key)
{
	return f->program->owns ? name_index(f->program->owns, key) : -1;
}

struct buf *filter_key(struct filter *f, const char *key)
{
	int i = own_index(f, str_of(key));

	f->own[i].len = 0;
	f->own_set[i] = true;
	f->own_plain[i] = false;
	return &f->own[i];
}

struct buf *filter_key_plain(struct filter *f, const char *key)
{
	struct buf *b = filter_key(f, key);
	f->own_plain[b - f->own] = true;
	return b;
}

const char *filter_where(struct filter *f)
{
	const struct field *doc = f->pending ? stream_field(&f->in, "doc") : NULL;
	struct str path = {NULL, 0}, member = {NULL, 0}, url = {NULL, 0};

	if (doc) {
		struct cursor c = field_open(doc);
		for (uint32_t n = cursor_map(&c); n-- > 0 && !c.error;) {
			struct str key = cursor_str(&c);
			if (str_is(key, "path"))
				path = cursor_str(&c);
			else if (str_is(key, "member"))
				member = cursor_str(&c);
			else if (str_is(key, "url"))
				url = cursor_str(&c);
			else
				cursor_skip(&c);
		}
	}
	struct str name = path.s ? path : url.s ? url : STR("?");
	size_t n = name.n + member.n + 2;
	char *s = arena_alloc(&f->arena, n);
	snprintf(s, n, "%.*s%s%.*s", STR_ARG(name), member.s ? "/" : "",
		(int)member.n, member.s ? member.s : "");
	return s;
}

void filter_die(struct filter *f, const char *fmt, ...)
{
	char what[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	if (f->number)
		cli_die(&f->cli, "%s: record %" PRIu64 ": %s", filter_where(f), f->number, what);
	cli_die(&f->cli, "%s", what);
}

void filter_problem(struct filter *f, const char *code, bool lost, struct span at,
	const char *fmt, ...)
{
	char what[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	/* a cut at the buffer's end must not leave half a character */
	size_t n = utf8_valid(what, strlen(what));
	f->problems = arena_grow(&f->arena, f->problems, &f->cap_problems, f->nproblems + 1,
		sizeof *f->problems);
	f->problems[f->nproblems++] = (struct problem){
		str_of(f->program->name), str_of(code),
		{arena_strndup(&f->arena, what, n), n}, lost, at};
	if (f->program->kind != FILTER_SOURCE)
		cli_say(&f->cli, "%s: record %" PRIu64 ": %.*s", filter_where(f), f->number, (int)n, what);
}

/* Packs the record's problems: those of other filters as they came, then ours.
 * Returns how many; *LOST tells whether any of them lost content. */
static size_t problems_pack(struct filter *f, const struct field *old, struct buf *b,
	size_t *dropped, bool *lost)
{
	struct buf items = {0};
	size_t kept = 0;

	*dropped = 0;
	*lost = false;
	if (old) {
		struct cursor c = field_open(old);
		for (uint32_t n = cursor_array(&c); n-- > 0 && !c.error;) {
			const uint8_t *from = c.p;
			struct problem p;
			schema_read(problem_fields, &c, &f->arena, &p);
			if (str_is(p.filter, f->program->name)) {
				++*dropped;
				continue;
			}
			*lost |= p.lost;
			buf_append(&items, from, (size_t)(c.p - from));
			kept++;
		}
		filter_check(f, "problems", &c);
	}
	for (size_t i = 0; i < f->nproblems; i++) {
		*lost |= f->problems[i].lost;
		schema_pack(problem_fields, &items, &f->problems[i]);
	}
	pack_array(b, kept + f->nproblems);
	buf_append(b, items.data, items.len);
	buf_free(&items);
	return kept + f->nproblems;
}

static void count_record(struct filter *f, bool lost)
{
	f->part.end++;
	f->part.failed += lost;
	f->failed += lost;
	f->pending = false;
}

void filter_write(struct filter *f)
{
	const struct field *old = stream_field(&f->in, "problems");
	struct buf *b = &f->scratch;
	size_t dropped = 0, nproblems = 0, keys = 0;
	bool lost = false;

	b->len = 0;
	if (old || f->nproblems)
		nproblems = problems_pack(f, old, b, &dropped, &lost);
	bool remake = f->nproblems > 0 || dropped > 0;
	size_t problems_len = b->len;

	for (size_t i = 0; i < f->in.nfields; i++) {
		const struct field *v = &f->in.fields[i];
		keys += own_index(f, v->key) < 0 && !(remake && v == old);
	}
	for (int i = 0; i < OWN_MOST; i++)
		keys += f->own_set[i];
	keys += remake && nproblems > 0;

	pack_map(b, keys);
	stream_write(&f->out, b->data + problems_len, b->len - problems_len);
	for (size_t i = 0; i < f->in.nfields; i++) {
		const struct field *v = &f->in.fields[i];
		if (own_index(f, v->key) < 0 && !(remake && v == old))
			stream_write(&f->out, v->pair, (size_t)(v->end - v->pair));
	}
	for (int i = 0; i < OWN_MOST; i++) {
		if (!f->own_set[i])
			continue;
		b->len = problems_len;
		pack_key(b, f->program->owns[i]);
		if (!f->own_plain[i])
			gw_pack_ext(b, f->own[i].len, EXT_SEALED);
		stream_write(&f->out, b->data + problems_len, b->len - problems_len);
		stream_write(&f->out, f->own[i].data, f->own[i].len);
	}
	if (remake && nproblems > 0) {
		struct buf key = {0};
		pack_key(&key, "problems");
		stream_write(&f->out, key.data, key.len);
		stream_write(&f->out, b->data, problems_len);
		buf_free(&key);
	}
	count_record(f, lost);
}

void filter_emit(struct filter *f, struct str pairs, size_t npairs)
{
	struct buf *b = &f->scratch;
	size_t dropped;
	bool lost = false;

	f->number++;
	b->len = 0;
	pack_map(b, npairs + (f->nproblems > 0));
	stream_write(&f->out, b->data, b->len);
	stream_write(&f->out, pairs.s, pairs.n);
	if (f->nproblems) {
		b->len = 0;
		pack_key(b, "problems");
		problems_pack(f, NULL, b, &dropped, &lost);
		stream_write(&f->out, b->data, b->len);
	}
	count_record(f, lost);
	f->nproblems = f->cap_problems = 0;
	f->problems = NULL;
	if (f->cli.terminal)
		show_progress(f, false);
}

static void filter_release(struct filter *f)
{
	for (size_t i = 0; i < f->ntables; i++)
		table_free(&f->tables[i]);
	for (int i = 0; i < OWN_MOST; i++)
		buf_free(&f->own[i]);
	buf_free(&f->scratch);
	arena_free(&f->arena);
	stream_close(&f->in);
	cli_free(&f->cli);
}

static int finish_output(struct filter *f, int status)
{
	if (f->program->kind != FILTER_SINK && !stream_finish(&f->out)) {
		cli_say(&f->cli, "cannot write: %s", strerror(f->out.error));
		return EXIT_BROKEN;
	}
	return status;
}

void filter_account(struct filter *f)
{
	if (f->number >= f->read)
		return;
	f->failed += f->read - f->number;
	cli_say(&f->cli, "decode was offered %" PRIu64 " inputs, but %" PRIu64 " records came: something on the way "
		"dropped some", f->read, f->number);
}

int filter_finish(struct filter *f)
{
	int status = finish_output(f, f->failed ? EXIT_LOST : EXIT_DONE);

	if (f->cli.terminal && status != EXIT_BROKEN) {
		show_progress(f, true);
		if (f->failed)
			cli_say(&f->cli, "%" PRIu64 " document%s lost content", f->failed, f->failed == 1 ? "" : "s");
	}
	filter_release(f);
	return status;
}

int filter_fail(struct filter *f)
{
	if (f->in.error[0])
		cli_say(&f->cli, "%s", f->in.error);
	finish_output(f, EXIT_BROKEN);
	filter_release(f);
	return EXIT_BROKEN;
}
