#include "http.h"

#include <brotli/decode.h>
#include <stdlib.h>
#include <strings.h>

enum { LINE_MOST = 64 << 10, FIELDS_MOST = 1000 };

static void strip(struct buf *line)
{
	while (line->len && strchr("\r\n \t", line->data[line->len - 1]))
		line->len--;
}

bool field_read(struct source *s, struct buf *next, struct buf *field)
{
	field->len = 0;
	if (next->len == 0 && !source_line(s, next, LINE_MOST))
		return false;
	strip(next);
	buf_append(field, next->data, next->len);
	next->len = 0;
	if (field->len == 0)
		return true;
	/* a field goes on in a line that starts with white space (obs-fold) */
	while (source_line(s, next, LINE_MOST) && (next->data[0] == ' ' || next->data[0] == '\t')) {
		strip(next);
		if (field->len < LINE_MOST)
			buf_append(field, next->data, next->len);
	}
	return true;
}

struct str field_value(const struct buf *field, const char *name)
{
	size_t n = strlen(name);
	struct str line = {(const char *)field->data, field->len};

	if (line.n <= n || line.s[n] != ':' || strncasecmp(line.s, name, n) != 0)
		return (struct str){NULL, 0};
	return str_trim(str_sub(line, n + 1, line.n));
}

static bool has_word(struct str s, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= s.n; i++)
		if (strncasecmp(s.s + i, word, n) == 0)
			return true;
	return false;
}

void http_head(struct http *h, struct source *s)
{
	struct str v;

	h->status = 0;
	h->chunked = h->done = false;
	h->first = true;
	h->chunk = 0;
	h->error = NULL;
	h->coding = CODING_NONE;
	h->type.len = h->encoding.len = h->line.len = 0;
	if (!source_line(s, &h->field, LINE_MOST))
		return;
	/* HTTP/1.1 200 OK */
	const char *space = memchr(h->field.data, ' ', h->field.len);
	if (h->field.len < 12 || memcmp(h->field.data, "HTTP/", 5) != 0 || !space)
		return;
	buf_append(&h->field, "", 1);
	h->status = atoi(space);
	for (int i = 0; i < FIELDS_MOST && field_read(s, &h->line, &h->field) && h->field.len; i++) {
		if ((v = field_value(&h->field, "Content-Type")).s) {
			h->type.len = 0;
			buf_append(&h->type, v.s, v.n);
		} else if ((v = field_value(&h->field, "Transfer-Encoding")).s) {
			h->chunked = has_word(v, "chunked");
		} else if ((v = field_value(&h->field, "Content-Encoding")).s && v.n && !has_word(v, "identity")) {
			h->encoding.len = 0;
			buf_append(&h->encoding, v.s, v.n);
			h->coding = has_word(v, "gzip") ? CODING_GZIP : has_word(v, "deflate") ? CODING_DEFLATE
				: has_word(v, "br") ? CODING_BROTLI : CODING_OTHER;
		}
	}
}

/* The length of the next chunk. False where the line is none. */
static bool chunk_size(struct http *h, struct source *s)
{
	if (!source_line(s, &h->line, LINE_MOST))
		return false;
	size_t digits = 0;
	h->chunk = 0;
	while (digits < h->line.len && digits < 15) {
		uint8_t c = h->line.data[digits] | 32;
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			break;
		h->chunk = h->chunk * 16 + (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
		digits++;
	}
	uint8_t after = digits < h->line.len ? h->line.data[digits] : 0;
	return digits > 0 && (after == ';' || after == '\r' || after == '\n' || after == ' ');
}

/* The next piece of the body as it was sent; empty at its end. */
static struct str sent(struct http *h, struct source *s)
{
	const struct str none = {"", 0};

	if (!h->chunked)
		return source_piece(s, SOURCE_BLOCK);
	if (h->chunk == 0 && !h->done) {
		if (!h->first)
			source_line(s, &h->line, LINE_MOST);    /* the end of the chunk before */
		bool good = chunk_size(h, s);
		if (!good && h->first) {
			/* the crawler unfolded it and kept the header: the line is text */
			h->chunked = false;
			return (struct str){(const char *)h->line.data, h->line.len};
		}
		h->first = false;
		if (!good)
			h->error = "the body's chunks are cut or damaged";
		h->done = !good || h->chunk == 0;
	}
	if (h->done)
		return none;
	struct str piece = source_piece(s, h->chunk < SOURCE_BLOCK ? (size_t)h->chunk : SOURCE_BLOCK);
	h->chunk -= piece.n;
	if (piece.n == 0) {
		h->done = true;
		h->error = "the body's chunks are cut or damaged";
	}
	return piece;
}

/* The window bits with which zlib reads the body that starts with PIECE; 0 where it was unpacked by
 * the crawler already. */
static int window(enum coding coding, struct str piece)
{
	uint8_t a = piece.n > 0 ? (uint8_t)piece.s[0] : 0, b = piece.n > 1 ? (uint8_t)piece.s[1] : 0;

	if (a == 0x1F && b == 0x8B)
		return 15 + 16;
	if (coding != CODING_DEFLATE)
		return 0;
	/* deflate should mean zlib's wrapping, and often is without (RFC 9110, 8.4.1.2) */
	return (a & 15) == 8 && ((unsigned)a << 8 | b) % 31 == 0 ? 15 : -15;
}

/* Hands over the body as it is. False where the file is to be left. */
static bool plain(struct http *h, struct source *s, struct members *m, struct str piece)
{
	for (; piece.n; piece = sent(h, s))
		if (!members_data(m, piece, s->read))
			return false;
	return true;
}

/* Unpacks all of the body, of which FIRST was read. False where the file is to be left. */
static bool unpack(struct http *h, struct source *s, struct members *m, struct str piece, z_stream *z)
{
	uint8_t out[SOURCE_BLOCK];
	int r = Z_OK;

	for (; piece.n && r != Z_STREAM_END; piece = sent(h, s)) {
		z->next_in = (Bytef *)piece.s;
		z->avail_in = (uInt)piece.n;
		do {
			z->next_out = out;
			z->avail_out = sizeof out;
			r = inflate(z, Z_NO_FLUSH);
			if (r != Z_OK && r != Z_STREAM_END && r != Z_BUF_ERROR) {
				h->error = "the body's compression is damaged";
				return true;
			}
			if (!members_data(m, (struct str){(char *)out, sizeof out - z->avail_out}, s->read))
				return false;
		} while (r != Z_STREAM_END && (z->avail_in || z->avail_out == 0));
	}
	if (r != Z_STREAM_END && !h->error)
		h->error = "the body's compression is cut";
	return true;
}

/* The same of brotli (RFC 7932). It has no first bytes of its own: text that the crawler unpacked
 * already shows by failing at once, and is taken as it is. */
static bool unpack_brotli(struct http *h, struct source *s, struct members *m, struct str piece,
	BrotliDecoderState *b)
{
	uint8_t out[SOURCE_BLOCK];
	BrotliDecoderResult r = BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT;
	bool begun = false;

	for (; piece.n && r != BROTLI_DECODER_RESULT_SUCCESS; piece = sent(h, s)) {
		const uint8_t *in = (const uint8_t *)piece.s;
		size_t left = piece.n;
		do {
			uint8_t *next = out;
			size_t room = sizeof out;
			r = BrotliDecoderDecompressStream(b, &left, &in, &room, &next, NULL);
			if (r == BROTLI_DECODER_RESULT_ERROR && !begun)
				return plain(h, s, m, piece);
			if (r == BROTLI_DECODER_RESULT_ERROR) {
				h->error = "the body's compression is damaged";
				return true;
			}
			if (!members_data(m, (struct str){(char *)out, sizeof out - room}, s->read))
				return false;
			begun |= room < sizeof out;
		} while (r == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT);
		begun = true;
	}
	if (r != BROTLI_DECODER_RESULT_SUCCESS && !h->error)
		h->error = "the body's compression is cut";
	return true;
}

bool http_body(struct http *h, struct source *s, struct members *m)
{
	struct str piece = sent(h, s);
	int bits = h->coding == CODING_NONE ? 0 : window(h->coding, piece);
	z_stream z = {0};

	if (h->coding == CODING_OTHER && piece.n) {
		members_problem(m, "unsupported", "the encoding %.*s is not read yet", (int)h->encoding.len,
			(char *)h->encoding.data);
		return true;
	}
	if (h->coding == CODING_BROTLI && piece.n) {
		BrotliDecoderState *b = BrotliDecoderCreateInstance(NULL, NULL, NULL);
		bool go = !b || unpack_brotli(h, s, m, piece, b);
		if (!b)
			h->error = "out of memory";
		BrotliDecoderDestroyInstance(b);
		if (!go)
			return false;
	} else if (bits) {
		if (inflateInit2(&z, bits) != Z_OK)
			h->error = "out of memory";
		else if (!unpack(h, s, m, piece, &z))
			return inflateEnd(&z), false;
		inflateEnd(&z);
	} else if (!plain(h, s, m, piece)) {
		return false;
	}
	if (h->error && m->open)
		members_problem(m, "malformed", "%s", h->error);
	return true;
}

void http_free(struct http *h)
{
	buf_free(&h->type);
	buf_free(&h->encoding);
	buf_free(&h->line);
	buf_free(&h->field);
}
