#include "zip.h"

#include <stdlib.h>
#include <string.h>

/* APPNOTE 4.3.7, 4.3.12, 4.3.16 */
enum { MEMBERS_MOST = 64, LOCAL = 30, CENTRAL = 46, END = 22 };

struct member {
	uint8_t *name, *data;
	size_t nname, n;
};

size_t LLVMFuzzerMutate(uint8_t *data, size_t n, size_t most);

static uint32_t get(const uint8_t *p, int bytes)
{
	uint32_t v = 0;

	while (bytes--)
		v = v << 8 | p[bytes];
	return v;
}

static void put(uint8_t *p, uint32_t v, int bytes)
{
	for (int i = 0; i < bytes; i++, v >>= 8)
		p[i] = (uint8_t)v;
}

static uint32_t crc(const uint8_t *p, size_t n)
{
	uint32_t c = ~0u;

	for (size_t i = 0; i < n; i++) {
		c ^= p[i];
		for (int k = 0; k < 8; k++)
			c = c & 1 ? 0xEDB88320u ^ c >> 1 : c >> 1;
	}
	return ~c;
}

static size_t members_read(uint8_t *p, size_t n, struct member *m)
{
	size_t k = 0, at = 0;

	while (k < MEMBERS_MOST && n - at >= LOCAL && get(p + at, 4) == 0x04034b50 && get(p + at + 8, 2) == 0) {
		size_t size = get(p + at + 18, 4), nname = get(p + at + 26, 2), extra = get(p + at + 28, 2);
		if (size > n || n - at - LOCAL < nname + extra + size)
			break;
		m[k++] = (struct member){p + at + LOCAL, p + at + LOCAL + nname + extra, nname, size};
		at += LOCAL + nname + extra + size;
	}
	return k;
}

/* What stands the same in the local and in the central header. */
static void common(uint8_t *p, const struct member *m, uint32_t sum)
{
	put(p, 20, 2);
	put(p + 10, sum, 4);
	put(p + 14, (uint32_t)m->n, 4);
	put(p + 18, (uint32_t)m->n, 4);
	put(p + 22, (uint32_t)m->nname, 2);
}

static size_t members_write(uint8_t *out, const struct member *m, size_t n)
{
	size_t at = 0, starts[MEMBERS_MOST], central;

	for (size_t i = 0; i < n; i++) {
		starts[i] = at;
		put(out + at, 0x04034b50, 4);
		common(out + at + 4, &m[i], crc(m[i].data, m[i].n));
		memcpy(out + at + LOCAL, m[i].name, m[i].nname);
		memcpy(out + at + LOCAL + m[i].nname, m[i].data, m[i].n);
		at += LOCAL + m[i].nname + m[i].n;
	}
	central = at;
	for (size_t i = 0; i < n; i++) {
		put(out + at, 0x02014b50, 4);
		put(out + at + 4, 20, 2);
		common(out + at + 6, &m[i], get(out + starts[i] + 14, 4));
		put(out + at + 42, (uint32_t)starts[i], 4);
		memcpy(out + at + CENTRAL, m[i].name, m[i].nname);
		at += CENTRAL + m[i].nname;
	}
	put(out + at, 0x06054b50, 4);
	put(out + at + 8, (uint32_t)n, 2);
	put(out + at + 10, (uint32_t)n, 2);
	put(out + at + 12, (uint32_t)(at - central), 4);
	put(out + at + 16, (uint32_t)central, 4);
	return at + END;
}

size_t zip_mutate(uint8_t *data, size_t n, size_t most, unsigned seed)
{
	struct member m[MEMBERS_MOST];
	size_t k = members_read(data, n, m), all = END, room;

	for (size_t i = 0; i < k; i++)
		all += LOCAL + CENTRAL + 2 * m[i].nname + m[i].n;
	if (!k || all >= most)
		return 0;
	struct member *chosen = &m[seed % k];
	room = chosen->n + (most - all);
	uint8_t *copy = malloc(room), *out = calloc(1, most);
	memcpy(copy, chosen->data, chosen->n);
	chosen->n = LLVMFuzzerMutate(copy, chosen->n, room);
	chosen->data = copy;
	n = members_write(out, m, k);
	memcpy(data, out, n);
	free(copy);
	free(out);
	return n;
}
