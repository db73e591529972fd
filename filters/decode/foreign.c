#include "foreign.h"
#include "unpack.h"

enum { PAGES_MOST = 1 << 20, PROBLEMS_MOST = 64 };

bool foreign_read(struct foreign *out, struct helper *h, const char *type, struct str document,
	struct arena *a, struct str *code, struct str *message)
{
	struct str reply;

	*out = (struct foreign){0};
	if (!helper_parse(h, type, document, &reply, code, message))
		return false;
	struct cursor c = cursor_of((const uint8_t *)reply.s, reply.n);
	out->type = cursor_str(&c);
	out->text = cursor_str(&c);
	uint32_t n = cursor_array(&c);
	if (n > PAGES_MOST)
		cursor_fail(&c, "too many pages");
	out->pages = arena_alloc(a, (c.error ? 1 : n + 1) * sizeof *out->pages);
	for (uint32_t i = 0; i < n && !c.error; i++) {
		int64_t at = cursor_int(&c);
		if (at < 0 || (size_t)at > out->text.n)
			cursor_fail(&c, "page outside the text");
		out->pages[out->npages++] = (uint32_t)at;
	}
	n = cursor_array(&c);
	if (n > PROBLEMS_MOST || n % 2)
		cursor_fail(&c, "too many problems");
	out->problems = arena_alloc(a, (c.error ? 1 : n + 1) * sizeof *out->problems);
	for (uint32_t i = 0; i < n && !c.error; i++)
		out->problems[out->nproblems++] = cursor_str(&c);
	/* the helper may have been led astray by what it read */
	if (c.error || !out->text.s || utf8_valid(out->text.s, out->text.n) != out->text.n) {
		*code = STR("malformed");
		*message = STR("the parser's answer is damaged");
		return false;
	}
	return true;
}
