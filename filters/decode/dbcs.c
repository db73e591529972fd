#include "dbcs.h"

#include <errno.h>

enum { CHUNK = 64 << 10 };      /* input bytes between two looks at the room left */

static void cell_take(uint32_t *cell, const char *s, size_t n)
{
	*cell = 0;
	if (n <= sizeof *cell)
		for (size_t i = 0; i < n; i++)
			*cell |= (uint32_t)(uint8_t)s[i] << 8 * i;
}

/* One row: every trail byte after LEAD, a line feed behind each sequence tells
 * the answers apart. */
static void row_fill(struct dbcs *d, size_t row, iconv_t cd)
{
	char in[DBCS_TRAILS * 3], out[DBCS_TRAILS * 9];
	char *p = in, *q = out;

	for (size_t t = 0; t < DBCS_TRAILS; t++) {
		*p++ = (char)(row + 0x81);
		*p++ = (char)(t + 0x40);
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
	for (size_t t = 0; t < DBCS_TRAILS && from < q; t++) {
		const char *end = memchr(from, '\n', (size_t)(q - from));
		if (!end)
			break;
		/* a lone ASCII trail byte is an answer to less than the sequence */
		if ((uint8_t)*from >= 0x80)
			cell_take(&d->cells[row][t], from, (size_t)(end - from));
		from = end + 1;
	}
}

void dbcs_fill(struct dbcs *d, iconv_t cd)
{
	memset(d, 0, sizeof *d);
	for (size_t row = 0; row < DBCS_LEADS; row++)
		row_fill(d, row, cd);
	iconv(cd, NULL, NULL, NULL, NULL);
}

void dbcs_set(struct dbcs *d, struct str bytes, struct str text)
{
	if (bytes.n != 2)
		return;
	size_t row = (size_t)(uint8_t)bytes.s[0] - 0x81, t = (size_t)(uint8_t)bytes.s[1] - 0x40;
	if (row < DBCS_LEADS && t < DBCS_TRAILS)
		cell_take(&d->cells[row][t], text.s, text.n);
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
			if (*p < 0x80) {
				if (end - p >= 8) {
					size_t k = ascii_step(p, q);
					p += k;
					q += k;
				} else {
					*q++ = *p++;
				}
				continue;
			}
			size_t row = (size_t)*p - 0x81, t = end - p > 1 ? (size_t)p[1] - 0x40 : DBCS_TRAILS;
			uint32_t cell = row < DBCS_LEADS && t < DBCS_TRAILS ? d->cells[row][t] : 0;
			if (!cell) {
				foreign = true;
				break;
			}
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
			memcpy(q, &cell, 4);
#else
			for (int i = 0; i < 4; i++)
				q[i] = (uint8_t)(cell >> 8 * i);
#endif
			q += cell >> 24 ? 4 : cell >> 16 ? 3 : 2;
			p += 2;
		}
		out->len = (size_t)(q - out->data);
		if (foreign)
			break;
	}
	return (size_t)(p - (const uint8_t *)in.s);
}
