#include "clean.h"

enum { BLOCK = 64 };

static bool is_foreign(uint8_t c)
{
	return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

/* The first byte at or after I that a text may not keep. */
static size_t find_foreign(const char *s, size_t n, size_t i)
{
	/* without a branch a byte, so that compilers take many bytes at once */
	for (; n - i >= BLOCK; i += BLOCK) {
		uint8_t foreign = 0;
		for (int k = 0; k < BLOCK; k++) {
			uint8_t c = (uint8_t)s[i + (size_t)k];
			foreign |= (uint8_t)((c < 0x20) & (c != '\n') & (c != '\t')) | (c == 0x7F);
		}
		if (foreign)
			break;
	}
	while (i < n && !is_foreign((uint8_t)s[i]))
		i++;
	return i;
}

size_t text_clean(char *s, size_t *n)
{
	size_t from = find_foreign(s, *n, 0), to = from, dropped = 0;

	while (from < *n) {
		char c = s[from++];
		if (c == '\r') {
			if (from < *n && s[from] == '\n')
				from++;
			s[to++] = '\n';
		} else if (c == '\f' || c == '\v') {
			s[to++] = '\n';
		} else {
			dropped++;
		}
		size_t next = find_foreign(s, *n, from);
		memmove(s + to, s + from, next - from);
		to += next - from;
		from = next;
	}
	*n = to;
	return dropped;
}
