#include "ole.h"

enum { HEADER = 512, ENTRY = 128, DIFAT_HEAD = 109 };

static const uint32_t LAST = 0xFFFFFFFAu;       /* from here on no sector's number */

static struct str sector(const struct ole *o, uint32_t n)
{
	size_t size = (size_t)1 << o->shift, at = ((size_t)n + 1) << o->shift;

	if (n >= LAST || at >= o->in.n)
		return (struct str){NULL, 0};
	return str_sub(o->in, at, o->in.n - at < size ? o->in.n : at + size);
}

/* Follows a chain; a cycle ends after as many sectors as there are. */
static struct str chain_read(struct ole *o, uint32_t first, size_t most)
{
	size_t size = (size_t)1 << o->shift, n = 0, steps = 0;
	char *out = NULL;
	size_t cap = 0;

	for (uint32_t k = first; k < o->nfat && n < most && steps < o->nfat; k = o->fat[k], steps++) {
		struct str s = sector(o, k);
		if (!s.s)
			break;
		out = arena_grow(o->arena, out, &cap, n + size, 1);
		memcpy(out + n, s.s, s.n);
		n += s.n;
		if (s.n < size)
			break;
	}
	return (struct str){out, n < most ? n : most};
}

static void fat_read(struct ole *o)
{
	size_t sectors = (o->in.n >> o->shift) + 1, per = ((size_t)1 << o->shift) / 4, n = 0, seen = 0;
	uint32_t next = ole_u32(o->in, 0x44);
	struct str list = str_sub(o->in, 0x4C, HEADER);

	o->fat = arena_alloc(o->arena, (sectors + per) * sizeof *o->fat);
	for (size_t i = 0; n < sectors; i++) {
		if (i == (seen ? per - 1 : DIFAT_HEAD)) {       /* the list goes on in a sector */
			next = seen ? ole_u32(list, 4 * i) : next;
			list = sector(o, next);
			if (!list.s || seen++ > sectors / per + 1)
				break;
			i = 0;
		}
		struct str s = sector(o, ole_u32(list, 4 * i));
		if (!s.s)
			break;
		for (size_t k = 0; k < per && n < sectors; k++)
			o->fat[n++] = 4 * k < s.n ? ole_u32(s, 4 * k) : LAST;
	}
	o->nfat = n;
}

bool ole_open(struct ole *o, struct str in, struct arena *a)
{
	static const char magic[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

	*o = (struct ole){.arena = a, .in = in};
	if (in.n < HEADER || memcmp(in.s, magic, 8) != 0)
		return false;
	o->shift = ole_u16(in, 0x1E);
	o->mini_shift = ole_u16(in, 0x20);
	o->cutoff = ole_u32(in, 0x38);
	if ((o->shift != 9 && o->shift != 12) || o->mini_shift != 6)
		return false;
	fat_read(o);
	o->directory = chain_read(o, ole_u32(in, 0x30), in.n);
	if (o->directory.n < ENTRY)
		return false;
	o->mini = chain_read(o, ole_u32(o->directory, 0x74), ole_u32(o->directory, 0x78));
	struct str fat = chain_read(o, ole_u32(in, 0x3C), in.n);
	o->nmini_fat = fat.n / 4;
	o->mini_fat = arena_alloc(a, (o->nmini_fat + 1) * sizeof *o->mini_fat);
	for (size_t i = 0; i < o->nmini_fat; i++)
		o->mini_fat[i] = ole_u32(fat, 4 * i);
	return true;
}

static struct str mini_read(struct ole *o, uint32_t first, size_t most)
{
	size_t n = 0, steps = 0;
	char *out = arena_alloc(o->arena, (most < o->mini.n ? most : o->mini.n) + 64);

	for (uint32_t k = first; k < o->nmini_fat && n < most && steps < o->nmini_fat; k = o->mini_fat[k], steps++) {
		size_t at = (size_t)k << o->mini_shift, size = (size_t)1 << o->mini_shift;
		if (at + size > o->mini.n)
			size = at < o->mini.n ? o->mini.n - at : 0;
		if (size == 0 || n + size > o->mini.n)
			break;
		memcpy(out + n, o->mini.s + at, size);
		n += size;
	}
	return (struct str){out, n < most ? n : most};
}

struct str ole_stream(struct ole *o, const char *name)
{
	size_t n = strlen(name);

	for (size_t at = 0; at + ENTRY <= o->directory.n; at += ENTRY) {
		struct str e = str_sub(o->directory, at, at + ENTRY);
		bool same = ole_u16(e, 0x40) == 2 * (n + 1) && ole_u8(e, 0x42) == 2;
		for (size_t i = 0; i < n && same; i++)
			same = ole_u16(e, 2 * i) == (uint8_t)name[i];
		if (!same)
			continue;
		size_t size = ole_u32(e, 0x78);
		return size < o->cutoff ? mini_read(o, ole_u32(e, 0x74), size) : chain_read(o, ole_u32(e, 0x74), size);
	}
	return (struct str){NULL, 0};
}
