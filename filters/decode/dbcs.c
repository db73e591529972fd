#include "dbcs.h"

#include <errno.h>

enum {
	LEAD_FIRST = 0x81, LEAD_LAST = 0xFE,
	TRAIL_FIRST = 0x40, TRAILS = 191,       /* 40..FE */
	CHUNK = 64 << 10                        /* input bytes between two looks at the room left */
};

static void cell_take(uint32_t *cell, const char *s, size_t n)
{
	*cell = 0;
	if (n <= sizeof *cell)
		for (size_t i = 0; i < n; i++)
			*cell |= (uint32_t)(uint8_t)s[i] << 8 * i;
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
			cell_take(&d->cells[lead << 8 | (TRAIL_FIRST + t)], from, (size_t)(end - from));
		from = end + 1;
	}
}

struct dbcs *dbcs_make(iconv_t cd)
{
	struct dbcs *d = xmalloc(sizeof *d);

	memset(d, 0, sizeof *d);
	for (unsigned lead = LEAD_FIRST; lead <= LEAD_LAST; lead++)
		row_fill(d, lead, cd);
	iconv(cd, NULL, NULL, NULL, NULL);
	return d;
}

void dbcs_set(struct dbcs *d, struct str bytes, struct str text)
{
	if (bytes.n == 2)
		cell_take(&d->cells[(unsigned)(uint8_t)bytes.s[0] << 8 | (uint8_t)bytes.s[1]], text.s, text.n);
}

/* Copies the ASCII run at P, eight bytes a step (at least eight must be there
 * and in Q); returns how many bytes of the step are ASCII. */
static inline size_t ascii_step(const uint8_t *p, uint8_t *q)
{
	uint64_t w;

	memcpy(&w, p, 8);
	memcpy(q, &w, 8);
	w &= 0x8080808080808080u;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return w ? (size_t)__builtin_ctzll(w) / 8 : 8;
#else
	return w ? (size_t)__builtin_clzll(w) / 8 : 8;
#endif
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

size_t dbcs_run(const struct dbcs *d, struct str in, size_t from, struct buf *out)
{
	const uint8_t *p = (const uint8_t *)in.s + from, *end = (const uint8_t *)in.s + in.n;

	while (p < end) {
		const uint8_t *stop = end - p > CHUNK ? p + CHUNK : end;
		/* two bytes give at most four; a last step writes up to eight */
		buf_reserve(out, (size_t)(stop - p) * 2 + 16);
		uint8_t *q = out->data + out->len;
		bool foreign = false;

		while (p < stop) {
			/* the last byte of the input stands alone */
			uint32_t cell = p + 1 < end ? d->cells[(unsigned)p[0] << 8 | p[1]] : 0;
			if (cell) {
				cell_put(q, cell);
				/* nearly every character has three bytes */
				q += cell - 0x10000 < 0xFF0000 ? 3 : cell >> 24 ? 4 : 2;
				p += 2;
			} else if (*p >= 0x80) {
				foreign = true;
				break;
			} else if (end - p >= 8) {
				size_t k = ascii_step(p, q);
				p += k;
				q += k;
			} else {
				*q++ = *p++;
			}
		}
		out->len = (size_t)(q - out->data);
		if (foreign)
			break;
	}
	return (size_t)(p - (const uint8_t *)in.s);
}
