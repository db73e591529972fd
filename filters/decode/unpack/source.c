#include "source.h"

#include <errno.h>
#include <unistd.h>

static const uint8_t magic[] = {0x1F, 0x8B, 8};

static ssize_t read_some(struct source *s, void *to, size_t n)
{
	ssize_t k;

	do
		k = read(s->fd, to, n);
	while (k < 0 && errno == EINTR);
	if (k < 0)
		s->error = strerror(errno);
	else
		s->read += (uint64_t)k;
	return k;
}

/* Makes at least WANT bytes of input available, if the file has them. */
static size_t input(struct source *s, size_t want)
{
	if (s->z.avail_in && s->z.next_in != s->in)
		memmove(s->in, s->z.next_in, s->z.avail_in);
	s->z.next_in = s->in;
	while (s->z.avail_in < want) {
		ssize_t n = read_some(s, s->in + s->z.avail_in, sizeof s->in - s->z.avail_in);
		if (n <= 0)
			break;
		s->z.avail_in += (uInt)n;
	}
	return s->z.avail_in;
}

bool source_open(struct source *s, int fd)
{
	memset(s, 0, offsetof(struct source, in));
	s->fd = fd;
	s->limit = UINT64_MAX;
	if (inflateInit2(&s->z, 15 + 16) != Z_OK)
		return false;
	s->gzip = input(s, sizeof magic) >= sizeof magic && memcmp(s->in, magic, sizeof magic) == 0;
	return true;
}

void source_close(struct source *s)
{
	inflateEnd(&s->z);
}

/* Fills the block from gzip. */
static void inflate_some(struct source *s)
{
	s->z.next_out = s->block;
	s->z.avail_out = sizeof s->block;
	while (s->z.avail_out == sizeof s->block && !s->error) {
		if (!s->inside) {
			/* what follows the last member, such as padding, is none */
			if (input(s, sizeof magic) < sizeof magic || memcmp(s->in, magic, sizeof magic) != 0)
				return;
			inflateReset(&s->z);
			s->inside = true;
		}
		if (s->z.avail_in == 0 && input(s, 1) == 0) {
			if (!s->error)
				s->error = "cut within gzip";
			break;
		}
		switch (inflate(&s->z, Z_NO_FLUSH)) {
		case Z_STREAM_END:
			s->inside = false;
			break;
		case Z_OK:
		case Z_BUF_ERROR:
			break;
		default:
			s->error = "damaged gzip";
		}
	}
	s->len = sizeof s->block - s->z.avail_out;
}

static bool fill(struct source *s)
{
	if (s->pos < s->len)
		return true;
	s->pos = s->len = 0;
	if (s->error)
		return false;
	if (s->gzip) {
		inflate_some(s);
	} else if (s->z.avail_in) {
		memcpy(s->block, s->z.next_in, s->z.avail_in);
		s->len = s->z.avail_in;
		s->z.avail_in = 0;
	} else {
		ssize_t n = read_some(s, s->block, sizeof s->block);
		s->len = n > 0 ? (size_t)n : 0;
	}
	return s->len > 0;
}

struct str source_piece(struct source *s, size_t most)
{
	if (s->limit == 0 || most == 0 || !fill(s))
		return (struct str){(const char *)s->block, 0};
	size_t n = s->len - s->pos;
	n = n < most ? n : most;
	n = n < s->limit ? n : (size_t)s->limit;
	struct str piece = {(const char *)s->block + s->pos, n};
	s->pos += n;
	s->at += n;
	if (s->limit != UINT64_MAX)
		s->limit -= n;
	return piece;
}

int source_peek(struct source *s)
{
	return s->limit && fill(s) ? s->block[s->pos] : -1;
}

bool source_line(struct source *s, struct buf *line, size_t most)
{
	line->len = 0;
	while (line->len < most && s->limit && fill(s)) {
		size_t n = s->len - s->pos;
		n = n < most - line->len ? n : most - line->len;
		const uint8_t *end = memchr(s->block + s->pos, '\n', n);
		struct str piece = source_piece(s, end ? (size_t)(end - s->block) - s->pos + 1 : n);
		buf_append(line, piece.s, piece.n);
		if (piece.n && piece.s[piece.n - 1] == '\n')
			break;
	}
	return line->len > 0;
}

bool source_resume(struct source *s)
{
	if (!s->gzip)
		return false;           /* the file cannot be read */
	s->error = NULL;
	s->pos = s->len = 0;
	s->limit = UINT64_MAX;
	s->inside = false;
	for (bool first = true;; first = false) {
		if (!first) {
			s->z.next_in++;
			s->z.avail_in--;
		}
		if (s->z.avail_in < sizeof magic && input(s, sizeof magic) < sizeof magic)
			return false;
		const uint8_t *p = memchr(s->z.next_in, magic[0], s->z.avail_in);
		if (!p) {
			s->z.avail_in = 1;      /* taken off above */
			continue;
		}
		s->z.avail_in -= (uInt)(p - s->z.next_in);
		s->z.next_in = (Bytef *)p;
		if (s->z.avail_in < sizeof magic && input(s, sizeof magic) < sizeof magic)
			return false;
		if (memcmp(s->z.next_in, magic, sizeof magic) == 0)
			return true;
	}
}
