#include "offsets.h"

enum { STEP = 256 };

/* Units that start in [b, e): a character of four bytes has two. */
static uint32_t units(struct str s, size_t b, size_t e)
{
	uint32_t n = 0;

	for (; b < e; b++) {
		uint8_t c = (uint8_t)s.s[b];
		n += ((c & 0xC0) != 0x80) + (c >= 0xF0);
	}
	return n;
}

struct offsets offsets_make(struct str text, struct arena *a)
{
	struct offsets o = {text, arena_alloc(a, (text.n / STEP + 1) * sizeof *o.marks)};

	o.marks[0] = 0;
	for (size_t i = 1; i <= text.n / STEP; i++)
		o.marks[i] = o.marks[i - 1] + units(text, (i - 1) * STEP, i * STEP);
	return o;
}

uint32_t offsets_of(const struct offsets *o, uint32_t at)
{
	size_t end = at < o->text.n ? at : o->text.n;

	return o->marks[end / STEP] + units(o->text, end / STEP * STEP, end);
}
