#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Measured: reads of 128 to 256 KiB are best, 1 MiB is worse (L2); a pipe of
 * 1 MiB buys wall time. */
enum { READ_SIZE = 256 << 10, WRITE_SIZE = 256 << 10, PIPE_SIZE = 1 << 20 };

void stream_open(struct stream_in *in, int fd, size_t max_record)
{
	*in = (struct stream_in){.fd = fd, .max_record = max_record};
	(void)fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);       /* no pipe: no harm */
}

void stream_close(struct stream_in *in)
{
	free(in->buf);
	free(in->fields);
	in->buf = NULL;
	in->fields = NULL;
}

static enum stream_item fail_at(struct stream_in *in, uint64_t at, const char *what)
{
	if (!in->error[0])
		snprintf(in->error, sizeof in->error, "%s (at byte %" PRIu64 ")", what, at);
	return STREAM_ERROR;
}

/* Makes more bytes of the item that starts at pos available: 1, 0 at the end of
 * input, -1 on a read error. */
static int fill(struct stream_in *in)
{
	if (in->eof)
		return 0;
	if (in->pos > 0 && in->cap - in->len < READ_SIZE) {
		memmove(in->buf, in->buf + in->pos, in->len - in->pos);
		in->base += in->pos;
		in->len -= in->pos;
		in->pos = 0;
	}
	if (in->cap - in->len < READ_SIZE) {
		in->cap = in->cap ? in->cap * 2 : 2 * READ_SIZE;
		in->buf = xrealloc(in->buf, in->cap);
	}
	for (;;) {
		ssize_t n = read(in->fd, in->buf + in->len, READ_SIZE);
		if (n > 0) {
			in->len += (size_t)n;
			return 1;
		}
		if (n == 0) {
			in->eof = true;
			return 0;
		}
		if (errno != EINTR)
			return -1;
	}
}

/* Where the scan of one map stands: offsets from the map's first byte, so that
 * it goes on where it was after more bytes came in. */
struct scan {
	size_t off;
	int depth;
	uint64_t left[NEST_MOST + 1];   /* values still to come, by level */
	size_t mark;                    /* of top-level values seen: keys are even */
};

static void field_mark(struct stream_in *in, struct scan *s, size_t at, const struct token *tok)
{
	size_t i = s->mark / 2;

	if (i >= in->cap_fields) {
		in->cap_fields = in->cap_fields ? in->cap_fields * 2 : 32;
		in->fields = xrealloc(in->fields, in->cap_fields * sizeof *in->fields);
	}
	/* offsets until the whole item stands: the buffer may still move */
	if (s->mark % 2 == 0) {
		in->fields[i].pair = (const uint8_t *)(uintptr_t)at;
		in->fields[i].key.n = tok->s.n;
	} else {
		in->fields[i].value = (const uint8_t *)(uintptr_t)at;
	}
	s->mark++;
}

/* Scans on through the map at pos. TOKEN_OK: it is whole, s->off long. */
static enum token_result scan_map(struct stream_in *in, struct scan *s, const char **why, size_t *need)
{
	const uint8_t *item = in->buf + in->pos;
	size_t have = in->len - in->pos;
	struct token tok;

	for (;;) {
		size_t at = s->off;
		enum token_result got = token_read(item, have, &s->off, &tok, need);
		if (got != TOKEN_OK) {
			*why = "not MessagePack";
			return got;
		}
		if (s->depth == 0) {
			if (tok.type != TOKEN_MAP) {
				*why = "not a map";
				return TOKEN_BAD;
			}
			if (tok.count == 0 || tok.count > KEYS_MOST) {
				*why = tok.count ? "map has too many keys" : "map is empty";
				return TOKEN_BAD;
			}
			s->depth = 1;
			s->left[1] = 2 * (uint64_t)tok.count;
			continue;
		}
		if (s->depth == 1) {
			if (s->mark % 2 == 0 && tok.type != TOKEN_STR) {
				*why = "a key is not a string";
				return TOKEN_BAD;
			}
			if (s->mark % 2 == 0 && utf8_valid(tok.s.s, tok.s.n) != tok.s.n) {
				*why = "a key is not UTF-8";
				return TOKEN_BAD;
			}
			field_mark(in, s, at, &tok);
		}
		s->left[s->depth]--;
		uint64_t items = tok.type == TOKEN_ARRAY ? tok.count
			: tok.type == TOKEN_MAP ? 2 * (uint64_t)tok.count : 0;
		if (items) {
			if (s->depth == NEST_MOST) {
				*why = "nested too deep";
				return TOKEN_BAD;
			}
			s->left[++s->depth] = items;
		}
		while (s->depth > 0 && s->left[s->depth] == 0)
			s->depth--;
		if (s->depth == 0)
			return TOKEN_OK;
	}
}

static void fields_settle(struct stream_in *in, const struct scan *s)
{
	const uint8_t *item = in->buf + in->pos;

	in->nfields = s->mark / 2;
	for (size_t i = 0; i < in->nfields; i++) {
		struct field *f = &in->fields[i];
		f->pair = item + (uintptr_t)f->pair;
		f->value = item + (uintptr_t)f->value;
		f->key.s = (const char *)f->value - f->key.n;
		f->end = item + s->off;
		if (i > 0)
			in->fields[i - 1].end = f->pair;
	}
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

bool keys_differ(struct str *names, size_t n)
{
	enum { FEW = 16 };

	if (n > FEW) {
		qsort(names, n, sizeof *names, by_name);
		for (size_t i = 1; i < n; i++)
			if (str_eq(names[i - 1], names[i]))
				return false;
		return true;
	}
	for (size_t i = 1; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq(names[i], names[k]))
				return false;
	return true;
}

/* A key that comes twice would be read here and lost there. */
static bool fields_differ(const struct stream_in *in)
{
	struct str few[32], *names = in->nfields <= 32 ? few : xmalloc(in->nfields * sizeof *names);

	for (size_t i = 0; i < in->nfields; i++)
		names[i] = in->fields[i].key;
	bool differ = keys_differ(names, in->nfields);
	if (names != few)
		free(names);
	return differ;
}

const struct field *stream_field(const struct stream_in *in, const char *key)
{
	for (size_t i = 0; i < in->nfields; i++)
		if (str_is(in->fields[i].key, key))
			return &in->fields[i];
	return NULL;
}

static uint64_t field_uint(const struct stream_in *in, const char *key, bool *ok)
{
	const struct field *f = stream_field(in, key);
	struct cursor c = f ? cursor_of(f->value, (size_t)(f->end - f->value)) : cursor_of(NULL, 0);
	int64_t v = cursor_int(&c);

	*ok = *ok && !c.error && v >= 0;
	return (uint64_t)v;
}

static enum stream_item item_header(struct stream_in *in)
{
	bool ok = true;
	uint64_t version = field_uint(in, "gongwen", &ok);

	if (!ok)
		return fail_at(in, in->item_at, "header has no format version");
	if (version > STREAM_VERSION)
		return fail_at(in, in->item_at, "stream has a later format version than this program reads");
	if (in->in_part)
		return fail_at(in, in->item_at, "stream is cut: a header comes before the trailer of the part");
	in->in_part = in->seen_part = true;
	in->records = 0;
	return STREAM_HEADER;
}

static enum stream_item item_trailer(struct stream_in *in)
{
	bool ok = true;
	uint64_t end = field_uint(in, "end", &ok);

	in->trailer.end = end;
	in->trailer.failed = field_uint(in, "failed", &ok);
	in->trailer.read = field_uint(in, "read", &ok);
	if (!ok)
		return fail_at(in, in->item_at, "trailer is damaged");
	if (!in->in_part)
		return fail_at(in, in->item_at, "trailer without a header");
	if (end != in->records) {
		char what[128];
		snprintf(what, sizeof what, "trailer counts %" PRIu64 " records, the part has %" PRIu64
			"; 'fromjson --recount' makes a new trailer", end, in->records);
		return fail_at(in, in->item_at, what);
	}
	in->in_part = false;
	return STREAM_TRAILER;
}

static enum stream_item item_kind(struct stream_in *in)
{
	struct str first = in->fields[0].key;

	if (str_is(first, "doc")) {
		if (!in->in_part)
			return fail_at(in, in->item_at, "record without a header");
		in->records++;
		return STREAM_RECORD;
	}
	if (str_is(first, "gongwen"))
		return item_header(in);
	if (str_is(first, "end"))
		return item_trailer(in);
	return fail_at(in, in->item_at, "map is no header, record or trailer (its first key is none of gongwen, doc, end)");
}

enum stream_item stream_read(struct stream_in *in)
{
	struct scan s = {0};
	const char *why = "";
	size_t need = 1;

	if (in->error[0])
		return STREAM_ERROR;
	in->pos += in->item_len;
	in->item_len = 0;
	in->item_at = in->base + in->pos;
	for (;;) {
		switch (scan_map(in, &s, &why, &need)) {
		case TOKEN_OK:
			if (s.off > in->max_record)
				return fail_at(in, in->item_at, "record is larger than --max-record");
			in->item = in->buf + in->pos;
			in->item_len = s.off;
			fields_settle(in, &s);
			if (!fields_differ(in))
				return fail_at(in, in->item_at, "a key comes twice in a map");
			return item_kind(in);
		case TOKEN_BAD:
			return fail_at(in, in->base + in->pos + s.off, why);
		case TOKEN_MORE:
			break;
		}
		if (need > in->max_record)
			return fail_at(in, in->item_at, "record is larger than --max-record");
		while (in->len - in->pos < need) {
			int got = fill(in);
			if (got < 0) {
				snprintf(in->error, sizeof in->error, "cannot read: %s", strerror(errno));
				return STREAM_ERROR;
			}
			if (got > 0)
				continue;
			uint64_t at = in->base + in->len;
			if (in->len > in->pos)
				return fail_at(in, at, "stream is cut within a record");
			if (in->in_part)
				return fail_at(in, at, "stream is cut: the part has no trailer");
			if (!in->seen_part)
				return fail_at(in, at, "stream is cut: it is empty");
			return STREAM_END;
		}
	}
}

void stream_create(struct stream_out *out, int fd)
{
	*out = (struct stream_out){.fd = fd, .buf = xmalloc(WRITE_SIZE)};
	(void)fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
}

static void write_all(struct stream_out *out, const uint8_t *p, size_t n)
{
	while (n > 0 && !out->error) {
		ssize_t k = write(out->fd, p, n);
		if (k >= 0) {
			p += k;
			n -= (size_t)k;
			out->written += (uint64_t)k;
		} else if (errno != EINTR) {
			out->error = errno;
		}
	}
}

void stream_write(struct stream_out *out, const void *data, size_t n)
{
	if (out->len + n > WRITE_SIZE) {
		write_all(out, out->buf, out->len);
		out->len = 0;
		if (n >= WRITE_SIZE / 2) {
			write_all(out, data, n);
			return;
		}
	}
	memcpy(out->buf + out->len, data, n);
	out->len += n;
}

bool stream_finish(struct stream_out *out)
{
	write_all(out, out->buf, out->len);
	out->len = 0;
	free(out->buf);
	out->buf = NULL;
	/* some file systems tell of a full disk only on close */
	if (close(out->fd) != 0 && !out->error && errno != EINTR)
		out->error = errno;
	return out->error == 0;
}

bool header_pack(struct buf *b, struct str via, struct str step)
{
	struct cursor c = cursor_of((const uint8_t *)via.s, via.n);
	uint32_t steps = via.n ? cursor_array(&c) : 0;

	if (c.error)
		return false;
	pack_map(b, 2);
	pack_key(b, "gongwen");
	pack_int(b, STREAM_VERSION);
	pack_key(b, "via");
	pack_array(b, steps + 1);
	if (via.n)
		buf_append(b, c.p, (size_t)(c.end - c.p));
	buf_append(b, step.s, step.n);
	return true;
}

void trailer_pack(struct buf *b, struct trailer t)
{
	pack_map(b, 3);
	pack_key(b, "end");
	pack_uint(b, t.end);
	pack_key(b, "failed");
	pack_uint(b, t.failed);
	pack_key(b, "read");
	pack_uint(b, t.read);
}
