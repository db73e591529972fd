#include "dbcs.h"

#include <errno.h>

enum {
	LEAD_FIRST = 0x81, LEAD_LAST = 0xFE,
	TRAIL_FIRST = 0x40, TRAILS = 191,       /* 40..FE */
	CHUNK = 64 << 10,                       /* input bytes between two looks at the room left */
	STEP_IN = 16, STEP_OUT = 20             /* bytes that a step may read and write */
};

#define HIGH  0x8080808080808080u               /* of eight bytes, each that is not ASCII */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LEADS 0x0080008000800080u               /* and of those only every other one, from the first */
#else
#define LEADS 0x8000800080008000u
#endif

static void cell_take(uint32_t *cell, const char *s, size_t n)
{
	*cell = DBCS_NONE;
	if (n < 2 || n > sizeof *cell)
		return;
	*cell = n == 2 ? DBCS_TWO : 0;
	for (size_t i = 0; i < n; i++)
		*cell |= (uint32_t)(uint8_t)s[i] << 8 * i;
}

/* The cell of the sequence AB: where a load of both bytes at once looks for it. */
static size_t cell_at(unsigned a, unsigned b)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return b << 8 | a;
#else
	return a << 8 | b;
#endif
}

/* One row: every trail byte after LEAD, a line feed behind each sequence tells
 * the answers apart. */
static void row_fill(struct dbcs *d, unsigned lead, iconv_t cd)
{
	char in[TRAILS * 3], out[TRAILS * 9];
	char *p = in, *q = out;

	for (unsigned t = 0; t < TRAILS; t++) {
		*p++ = (char)lead;
		*p++ = (char)(TRAIL_FIRST + t);
		*p++ = '\n';
	}
	size_t left = (size_t)(p - in), room = sizeof out;
	p = in;
	iconv(cd, NULL, NULL, NULL, NULL);
	while (left > 0 && iconv(cd, &p, &left, &q, &room) == (size_t)-1) {
		if (errno != EILSEQ && errno != EINVAL)
			break;
		/* no such sequence: an empty answer; iconv may stand on either byte */
		size_t skip = 3 - (size_t)(p - in) % 3;
		p += skip;
		left -= skip;
		*q++ = '\n';
		room--;
	}
	const char *from = out;
	for (unsigned t = 0; t < TRAILS && from < q; t++) {
		const char *end = memchr(from, '\n', (size_t)(q - from));
		if (!end)
			break;
		/* a lone ASCII trail byte is an answer to less than the sequence */
		if ((uint8_t)*from >= 0x80)
			cell_take(&d->cells[cell_at(lead, TRAIL_FIRST + t)], from, (size_t)(end - from));
		from = end + 1;
	}
}

struct dbcs *dbcs_make(iconv_t cd)
{
	struct dbcs *d = xmalloc(sizeof *d);

	for (size_t i = 0; i < sizeof d->cells / sizeof *d->cells; i++)
		d->cells[i] = DBCS_NONE;
	for (unsigned lead = LEAD_FIRST; lead <= LEAD_LAST; lead++)
		row_fill(d, lead, cd);
	iconv(cd, NULL, NULL, NULL, NULL);
	return d;
}

void dbcs_set(struct dbcs *d, struct str bytes, struct str text)
{
	if (bytes.n == 2)
		cell_take(&d->cells[cell_at((uint8_t)bytes.s[0], (uint8_t)bytes.s[1])], text.s, text.n);
}

/* How many of the eight bytes of W (not 0), as they were loaded, stand before the first
 * that is not empty. */
static inline size_t bytes_before(uint64_t w)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (size_t)__builtin_ctzll(w) / 8;
#else
	return (size_t)__builtin_clzll(w) / 8;
#endif
}

/* Copies the ASCII run at P, eight bytes a step (at least eight must be there
 * and in Q); returns how many bytes of the step are ASCII. */
static inline size_t ascii_step(const uint8_t *p, uint8_t *q)
{
	uint64_t w;

	memcpy(&w, p, 8);
	memcpy(q, &w, 8);
	w &= HIGH;
	return w ? bytes_before(w) : 8;
}

static inline void cell_put(uint8_t *q, uint32_t cell)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	memcpy(q, &cell, 4);
#else
	for (int i = 0; i < 4; i++)
		q[i] = (uint8_t)(cell >> 8 * i);
#endif
}

static inline uint32_t cell_of(const struct dbcs *d, const uint8_t *p)
{
	uint16_t at;

	memcpy(&at, p, 2);
	return d->cells[at];
}

size_t dbcs_run(const struct dbcs *d, struct str in, size_t from, struct buf *out)
{
	const uint8_t *p = (const uint8_t *)in.s + from, *end = (const uint8_t *)in.s + in.n;

	while (p < end) {
		const uint8_t *stop = end - p > CHUNK ? p + CHUNK : end;
		/* two bytes give at most four, and one step more */
		buf_reserve(out, (size_t)(stop - p) * 2 + STEP_IN * 2 + STEP_OUT);
		uint8_t *q = out->data + out->len;
		bool foreign = false;

		while (p < stop) {
			/* four sequences and the ASCII behind them: what is wrong is written over */
			if (end - p >= STEP_IN) {
				uint32_t a = cell_of(d, p), b = cell_of(d, p + 2), c = cell_of(d, p + 4), e = cell_of(d, p + 6);
				uint64_t w;

				cell_put(q, a);
				cell_put(q + 3, b);
				cell_put(q + 6, c);
				cell_put(q + 9, e);
				/* nearly every character has three bytes */
				if (!((a | b | c | e) >> 31)) {
					p += 8;
					q += 12;
					continue;
				}
				memcpy(&w, p, 8);
				w = ~w & LEADS;         /* ASCII where a sequence would start */
				size_t k = w ? bytes_before(w) / 2 : 0;
				unsigned odd = a >> 31 | b >> 31 << 1 | c >> 31 << 2 | e >> 31 << 3;
				if (w && !(odd & ((1u << k) - 1))) {
					p += 2 * k;
					q += 3 * k;
					k = ascii_step(p, q);
					p += k;
					q += k;
					continue;
				}
			}
			/* the last byte of the input stands alone */
			uint32_t cell = p + 1 < end ? cell_of(d, p) : DBCS_NONE;
			if (cell != DBCS_NONE) {
				cell_put(q, cell);
				q += cell >> 24 == 0 ? 3 : cell >= DBCS_TWO ? 2 : 4;
				p += 2;
			} else if (*p < 0x80) {
				*q++ = *p++;
			} else {
				foreign = true;
				break;
			}
		}
		out->len = (size_t)(q - out->data);
		if (foreign)
			break;
	}
	return (size_t)(p - (const uint8_t *)in.s);
}
