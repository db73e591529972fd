#include "segment.h"
#include "short.h"

const char *const segment_kinds[] = {
	"title", "meta", "addressee", "heading", "paragraph", "caption", "table",
	"signature", "furniture", NULL
};

const struct schema segment_fields[] = {
	{.key = "at", .type = SCHEMA_SPAN, .offset = offsetof(struct segment, at)},
	{.key = "kind", .type = SCHEMA_ENUM, .offset = offsetof(struct segment, kind), .names = segment_kinds},
	{.key = "level", .type = SCHEMA_INT, .offset = offsetof(struct segment, level)},
	{.key = "mark", .type = SCHEMA_STR, .offset = offsetof(struct segment, mark)},
	{.key = "up", .type = SCHEMA_INT, .offset = offsetof(struct segment, up)},
	{0}
};

const struct schema label_fields[] = {
	{.key = "topic", .type = SCHEMA_STR, .offset = offsetof(struct label, topic)},
	{.key = "role", .type = SCHEMA_STR, .offset = offsetof(struct label, role)},
	{.key = "score", .type = SCHEMA_DOUBLE, .offset = offsetof(struct label, score)},
	{0}
};

struct segment *segments_read(struct cursor *c, struct arena *a, struct str text, size_t *n)
{
	struct segment *s = schema_read_list(segment_fields, c, a, sizeof *s, n);

	for (size_t i = 0; i < *n; i++) {
		if (span_is_none(s[i].at) || s[i].at.e > text.n)
			cursor_fail(c, "a segment reaches past the text");
		else if (!utf8_at(text, s[i].at.b) || !utf8_at(text, s[i].at.e))
			cursor_fail(c, "a segment cuts a character");
		else if (i > 0 && s[i].at.b < s[i - 1].at.e)
			cursor_fail(c, "segments overlap or are out of order");
		if (s[i].up < -1 || s[i].up >= (int64_t)i)
			cursor_fail(c, "a segment's parent does not come before it");
	}
	if (c->error)
		*n = 0;
	return s;
}

/* [b, e, segment]. */
static void sentence_read(struct cursor *c, int64_t *b, int64_t *e, int64_t *k)
{
	const uint8_t *start = c->p;
	uint32_t v[3];

	if (short_array(c, 3) && short_uint(c, &v[0]) && short_uint(c, &v[1]) && short_uint(c, &v[2])) {
		*b = v[0];
		*e = v[1];
		*k = v[2];
		return;
	}
	c->p = start;
	if (cursor_array(c) != 3)
		cursor_fail(c, "expected a sentence [b, e, segment]");
	*b = cursor_int(c);
	*e = cursor_int(c);
	*k = cursor_int(c);
}

struct sentence *sentences_read(struct cursor *c, struct arena *a, struct str text,
	size_t nsegments, size_t *n)
{
	uint32_t count = cursor_array(c);
	size_t cap = 0, len = 0;
	struct sentence *s = NULL;

	while (count-- > 0 && !c->error) {
		int64_t b, e, k;
		sentence_read(c, &b, &e, &k);
		if (c->error)
			break;
		if (b < 0 || e < b || (uint64_t)e > text.n || k < 0 || (uint64_t)k >= nsegments
		    || (len && b < s[len - 1].at.e)) {
			cursor_fail(c, "a sentence is out of order or reaches past the text");
			break;
		}
		if (!utf8_at(text, (size_t)b) || !utf8_at(text, (size_t)e)) {
			cursor_fail(c, "a sentence cuts a character");
			break;
		}
		if (len == cap)
			s = arena_grow(a, s, &cap, len + 1, sizeof *s);
		s[len++] = (struct sentence){{(uint32_t)b, (uint32_t)e}, (uint32_t)k};
	}
	*n = c->error ? 0 : len;
	return s;
}

struct label *labels_read(struct cursor *c, struct arena *a, size_t *n)
{
	return schema_read_list(label_fields, c, a, sizeof(struct label), n);
}

void segments_pack(struct buf *b, const struct segment *s, size_t n)
{
	schema_pack_list(segment_fields, b, s, n, sizeof *s);
}

void sentences_pack(struct buf *b, const struct sentence *s, size_t n)
{
	pack_array(b, n);
	for (size_t i = 0; i < n; i++) {
		pack_array(b, 3);
		pack_uint(b, s[i].at.b);
		pack_uint(b, s[i].at.e);
		pack_uint(b, s[i].segment);
	}
}

void labels_pack(struct buf *b, const struct label *l, size_t n)
{
	schema_pack_list(label_fields, b, l, n, sizeof *l);
}
