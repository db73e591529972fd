#include "clean.h"

#define EACH 0x0101010101010101u
#define HIGH 0x8080808080808080u

static bool is_foreign(uint8_t c)
{
	return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

/* The first byte at or after I that a text may not keep. */
static size_t find_foreign(const char *s, size_t n, size_t i)
{
	for (; i < n; i++) {
		uint64_t w;
		while (n - i >= 8 && (memcpy(&w, s + i, 8), true)) {
			uint64_t del = w ^ EACH * 0x7F;
			if ((((w - EACH * 0x20) & ~w) | ((del - EACH) & ~del)) & HIGH)
				break;
			i += 8;
		}
		for (size_t k = i + 8 < n ? i + 8 : n; i < k; i++)
			if (is_foreign((uint8_t)s[i]))
				return i;
		i--;
	}
	return n;
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
