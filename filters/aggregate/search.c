#include "search.h"

enum { WORD_LEAST = 2, WORD_MOST = 4, ROOM = 64 };

/* Where the last characters of a run start: pieces that end with the newest one. */
static void pieces_put(const char *const *starts, size_t n, const char *end, struct buf *out)
{
	for (size_t k = WORD_LEAST; k <= WORD_MOST && k <= n; k++) {
		buf_append(out, starts[n - k], (size_t)(end - starts[n - k]));
		buf_append(out, " ", 1);
	}
}

void search_words(struct str s, struct buf *out)
{
	const char *starts[WORD_MOST];
	size_t n = 0;

	buf_reserve(out, 10 * s.n + ROOM);
	for (size_t i = 0; i < s.n;) {
		uint32_t cp;
		size_t k = utf8_next(s.s + i, s.n - i, &cp);
		if (is_han(cp)) {
			if (n == WORD_MOST) {
				memmove(starts, starts + 1, (WORD_MOST - 1) * sizeof *starts);
				n--;
			}
			starts[n++] = s.s + i;
			pieces_put(starts, n, s.s + i + k, out);
		} else {
			if (n == 1)
				buf_append(out, starts[0], (size_t)(s.s + i - starts[0]));
			if (n > 0)
				buf_append(out, " ", 1);
			n = 0;
			buf_append(out, s.s + i, k);
			/* what follows in Han is a word of its own: 12348热线 */
			uint32_t next;
			if (i + k < s.n && utf8_next(s.s + i + k, s.n - i - k, &next) && is_han(next))
				buf_append(out, " ", 1);
		}
		i += k;
	}
	if (n == 1)
		buf_append(out, starts[0], (size_t)(s.s + s.n - starts[0]));
}
