#include "csv.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum {
	FILE_BUFFER = 256 << 10,
	DIRECT = 32 << 10       /* as much at once is written without a copy */
};

/* Eight bytes at once: is any of them below ' ', or a quote, comma or DEL? The
 * bytes of Chinese all have their top bit set and never are. */
static inline bool care_in_word(uint64_t w)
{
	const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
	uint64_t low = w & ~tops;       /* no byte carries into the next below */
	uint64_t quote = low ^ '"' * ones, comma = low ^ ',' * ones, del = low ^ 0x7F * ones;
	uint64_t found = ~(low + (0x80 - ' ') * ones) | ~(quote + 0x7F * ones) | ~(comma + 0x7F * ones) | ~(del + 0x7F * ones);

	return found & ~w & tops;
}

/* Are there bytes that a cell cannot hold as they are? */
static bool care_in(const char *s, size_t n)
{
	uint64_t w = 0x2020202020202020u;
	size_t i = 0;

	for (; i + 8 <= n; i += 8) {
		memcpy(&w, s + i, 8);
		if (care_in_word(w))
			return true;
	}
	if (i == n)
		return false;
	/* the last ones, some of them twice; of a short string filled up with spaces */
	if (n >= 8) {
		memcpy(&w, s + n - 8, 8);
	} else {
		for (; i < n; i++)
			w = w << 8 | (uint8_t)s[i];
	}
	return care_in_word(w);
}

/* Does S begin as what a spreadsheet runs? White space before it does not help, and
 * some take the full-width forms of = + - @ for the same. */
static bool is_formula(struct str s)
{
	static const char wide[] = "\xEF\xBC";

	while (s.n > 0 && (uint8_t)s.s[0] <= ' ') {
		s.s++;
		s.n--;
	}
	if (s.n == 0)
		return false;
	if (s.s[0] == '=' || s.s[0] == '+' || s.s[0] == '-' || s.s[0] == '@')
		return true;
	return s.n >= 3 && s.s[0] == wide[0] && s.s[1] == wide[1]
		&& (s.s[2] == '\x9D' || s.s[2] == '\x8B' || s.s[2] == '\x8D' || s.s[2] == '\xA0');
}

/* The slow way, by character. */
static void cell_careful(struct buf *b, struct str s, bool prose)
{
	size_t start = b->len;
	bool quote = false;

	buf_append(b, "\"", 1);
	if (is_formula(s) || (!prose && s.n > 0 && (s.s[0] == '\t' || s.s[0] == '\r')))
		buf_append(b, "'", 1);
	for (size_t i = 0; i < s.n;) {
		uint32_t cp;
		size_t k = utf8_next(s.s + i, s.n - i, &cp);
		if (utf8_valid(s.s + i, k) < k) {
			buf_append(b, "\xEF\xBF\xBD", 3);
		} else if (cp == '"') {
			quote = true;
			buf_append(b, "\"\"", 2);
		} else if (cp == 0 || cp == 0x7F || (cp < ' ' && prose)) {
			/* a run of them is one space */
			if (i > 0 && b->data[b->len - 1] != ' ')
				buf_append(b, " ", 1);
		} else {
			quote |= cp == ',' || cp == '\n' || cp == '\r';
			buf_append(b, s.s + i, k);
		}
		i += k;
	}
	if (quote) {
		buf_append(b, "\",", 2);
		return;
	}
	memmove(b->data + start, b->data + start + 1, b->len - start - 1);
	b->data[b->len - 1] = ',';
}

/* Nearly all cells begin with neither of those that is_formula looks for. */
static inline bool may_be_formula(uint8_t first)
{
	return first <= ' ' || first == '=' || first == '+' || first == '-' || first == '@' || first == 0xEF;
}

static void cell(struct buf *b, struct str s, bool prose)
{
	/* strings of the stream and of tables were seen to be UTF-8 when they were read */
	if (s.n && (care_in(s.s, s.n) || (may_be_formula((uint8_t)s.s[0]) && is_formula(s))))
		cell_careful(b, s, prose);
	else
		csv_plain(b, s);
}

void csv_prose(struct buf *b, struct str s) { cell(b, s, true); }

void csv_proses(struct buf *b, const struct str *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		cell(b, s[i], true);
}

void csv_exact(struct buf *b, struct str s) { cell(b, s, false); }

/* Digits of V, most significant first; returns where they start in ROOM. */
static char *digits_of(uint64_t v, char *end)
{
	do {
		*--end = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	return end;
}

void csv_int(struct buf *b, int64_t v)
{
	char room[24], *end = room + sizeof room;
	char *d = digits_of(v < 0 ? 0 - (uint64_t)v : (uint64_t)v, end - 1);

	if (v < 0)
		*--d = '-';
	end[-1] = ',';
	buf_append(b, d, (size_t)(end - d));
}

void csv_decimal(struct buf *b, struct decimal v)
{
	char room[24], *end = room + sizeof room;

	v = decimal_norm(v);
	char *d = digits_of(v.mant < 0 ? 0 - (uint64_t)v.mant : (uint64_t)v.mant, end);
	int n = (int)(end - d), point = n + v.exp;      /* digits before the point */
	if (v.mant < 0)
		buf_append(b, "-", 1);
	if (v.exp >= 0) {
		buf_append(b, d, (size_t)n);
		for (int i = 0; i < v.exp; i++)
			buf_append(b, "0", 1);
	} else if (point > 0) {
		buf_append(b, d, (size_t)point);
		buf_append(b, ".", 1);
		buf_append(b, d + point, (size_t)(n - point));
	} else {
		buf_append(b, "0.", 2);
		for (int i = 0; i < -point; i++)
			buf_append(b, "0", 1);
		buf_append(b, d, (size_t)n);
	}
	buf_append(b, ",", 1);
}

void csv_create(struct csv_file *f, int folder, const char *name)
{
	*f = (struct csv_file){.fd = -1};
	strncpy(f->name, name, sizeof f->name - 1);
	f->fd = openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (f->fd < 0)
		f->error = errno;
}

static void write_out(struct csv_file *f, const uint8_t *p, size_t n)
{
	while (n > 0 && !f->error) {
		ssize_t k = write(f->fd, p, n);
		if (k >= 0) {
			p += k;
			n -= (size_t)k;
		} else if (errno != EINTR) {
			f->error = errno;
		}
	}
}

void csv_flush(struct csv_file *f)
{
	write_out(f, f->buf.data, f->buf.len);
	f->buf.len = 0;
}

void csv_write(struct csv_file *f, const void *data, size_t n)
{
	f->at += n;
	if (f->buf.len + n > FILE_BUFFER || n >= DIRECT)
		csv_flush(f);
	if (n >= DIRECT)
		write_out(f, data, n);
	else
		buf_append(&f->buf, data, n);
}

bool csv_close(struct csv_file *f)
{
	if (f->fd < 0)
		return false;
	csv_flush(f);
	if (!f->error && fsync(f->fd) != 0)
		f->error = errno;
	/* some file systems tell of a full disk only on close */
	if (close(f->fd) != 0 && !f->error)
		f->error = errno;
	f->fd = -1;
	buf_free(&f->buf);
	return f->error == 0;
}

/* A quoted cell from behind its quote; leaves P on what follows the closing one. */
static struct str cell_quoted(struct csv_reader *r)
{
	size_t start = r->room.len;

	while (r->p < r->end) {
		const char *q = memchr(r->p, '"', (size_t)(r->end - r->p));
		const char *e = q ? q : r->end;
		buf_append(&r->room, r->p, (size_t)(e - r->p));
		r->p = q ? q + 1 : r->end;
		if (r->p >= r->end || *r->p != '"')
			break;
		buf_append(&r->room, "\"", 1);
		r->p++;
	}
	/* room may move while the row is read: offsets until it stands */
	return (struct str){(const char *)(uintptr_t)start, r->room.len - start};
}

/* The comma or line end behind an unquoted cell: eight bytes at once, since the
 * bytes of Chinese have their top bit set. */
static const char *cell_end(const char *p, const char *end)
{
	const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;

	for (; end - p >= 8; p += 8) {
		uint64_t w;
		memcpy(&w, p, 8);
		uint64_t low = w & ~tops, comma = low ^ ',' * ones, line = low ^ '\n' * ones;
		if ((~(comma + 0x7F * ones) | ~(line + 0x7F * ones)) & ~w & tops)
			break;
	}
	while (p < end && *p != ',' && *p != '\n')
		p++;
	return p;
}

bool csv_read(struct csv_reader *r, struct str *cells, size_t most, size_t *n)
{
	uint64_t quoted[CSV_MOST / 64] = {0};   /* one bit a cell */
	bool more = r->p < r->end;

	*n = 0;
	r->room.len = 0;
	while (more && *n < most && *n < CSV_MOST) {
		struct str *c = &cells[*n];
		if (r->p < r->end && *r->p == '"') {
			r->p++;
			*c = cell_quoted(r);
			quoted[*n / 64] |= (uint64_t)1 << *n % 64;
		} else {
			const char *p = cell_end(r->p, r->end);
			*c = (struct str){r->p, (size_t)(p - r->p)};
			r->p = p;
		}
		++*n;
		more = r->p < r->end && *r->p == ',';
		r->p += r->p < r->end;
	}
	for (size_t i = 0; i < *n; i++)
		if (quoted[i / 64] >> i % 64 & 1)
			cells[i].s = (const char *)r->room.data + (uintptr_t)cells[i].s;
	return *n > 0;
}
