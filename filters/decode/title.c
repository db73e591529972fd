#include "title.h"

enum {
	LINES_LOOKED = 8,       /* in which a text shows its title */
	LEAST = 4,              /* characters of a title */
	MOST = 360              /* bytes */
};

/* S without white space. */
static struct str fold(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n;) {
		size_t k = space_at(s.s + i, s.n - i);
		if (k)
			i += k;
		else
			out[n++] = s.s[i++];
	}
	return (struct str){out, n};
}

static size_t characters(struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((uint8_t)s.s[i] & 0xC0) != 0x80;
	return n;
}

static bool holds(struct str a, struct str b)
{
	return b.n > 0 && str_find(a, b, 0) != SIZE_MAX;
}

/* <title> up to what a site appends: 标题_某某政府网, 标题 - 栏目 - 某某政府网. */
static struct str title_cut(struct str s)
{
	static const char *const marks[] = {"_", "|", "｜", "--", " - ", " – ", " — ", "-", NULL};

	s = str_trim(s);
	for (int m = 0; marks[m]; m++) {
		struct str mark = str_of(marks[m]);
		for (size_t at = 0; (at = str_find(s, mark, at)) != SIZE_MAX; at += mark.n) {
			struct str left = str_trim(str_sub(s, 0, at));
			bool number = at > 0 && s.s[at - 1] >= '0' && s.s[at - 1] <= '9';
			if (!number && characters(left) >= LEAST + 2)
				return left;
		}
	}
	return s;
}

struct str title_bare(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *close = s.s[i] == '<' ? memchr(s.s + i, '>', s.n - i) : NULL;
		if (close)
			i = (size_t)(close - s.s);
		else
			out[n++] = (uint8_t)s.s[i] < 0x20 || s.s[i] == 0x7F ? ' ' : s.s[i];
	}
	return str_trim((struct str){out, n});
}

/* Line I of an <h1> and those behind it that belong to the same title. */
static struct str heading_join(const struct lines *l, size_t i, struct str whole, struct arena *a)
{
	struct str s = line_text(l, i);

	for (size_t k = i + 1; k < l->n && l->items[k].heading && s.n < MOST; k++) {
		struct str more = line_text(l, k);
		char *joined = arena_alloc(a, s.n + more.n);
		memcpy(joined, s.s, s.n);
		memcpy(joined + s.n, more.s, more.n);
		struct str both = {joined, s.n + more.n};
		if (!holds(whole, fold(a, both)))
			break;
		s = both;
	}
	return s;
}

/* The text of a node, as the lines have it. */
static struct str node_line(const struct lines *l, const struct page *p, uint32_t at)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].node >= at && l->items[i].node < p->nodes[at].end)
			return line_text(l, i);
	return (struct str){NULL, 0};
}

struct str title_element(const struct page *p, struct arena *a)
{
	for (uint32_t i = 1; i < p->n; i++) {
		if (p->nodes[i].tag != TAG_TITLE)
			continue;
		struct str s = {arena_alloc(a, 1), 0};
		for (uint32_t k = i + 1; k < p->nodes[i].end; k++) {
			struct str t = p->nodes[k].text;
			if (p->nodes[k].tag != TAG_TEXT || t.n + s.n > MOST * 4)
				continue;
			char *joined = arena_alloc(a, s.n + t.n + 1);
			memcpy(joined, s.s, s.n);
			memcpy(joined + s.n, t.s, t.n);
			s = (struct str){joined, s.n + t.n};
		}
		return title_bare(a, s);                      /* a title has no lines */
	}
	return (struct str){NULL, 0};
}

struct str title_find(const struct lines *l, const struct page *p, uint32_t named,
	const struct labels *labels, struct arena *a)
{
	struct str element = title_element(p, a), whole = fold(a, element);
	struct str best = {NULL, 0};

	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].heading && l->items[i].chars >= LEAST && line_text(l, i).n <= MOST) {
			struct str s = line_text(l, i), f = fold(a, s);
			if (!whole.n || holds(whole, f) || holds(f, fold(a, title_cut(element))))
				return heading_join(l, i, whole, a);
		}
	struct str s = named ? node_line(l, p, named) : best;
	if (s.n > MOST)
		s = best;
	if (s.s && whole.n && (holds(whole, fold(a, s)) || holds(fold(a, s), fold(a, title_cut(element)))))
		return s;
	for (uint32_t i = 1; i < p->n; i++) {
		const struct node *e = &p->nodes[i];
		if (e->tag == TAG_META && e->key.s && e->value.n <= MOST && str_is(label_meta(labels, e->key), "title")
		    && characters(e->value) >= LEAST)
			return title_bare(a, e->value);
	}
	if (s.s && !whole.n)
		return s;
	return whole.n ? title_cut(element) : best;
}

bool title_same(struct str a, struct str b, struct arena *arena)
{
	return str_eq(fold(arena, a), fold(arena, b));
}

bool title_stands(const struct lines *l, const bool *out, struct str title, struct arena *a)
{
	struct str t = fold(a, title);
	size_t seen = 0, covered = 0;

	for (size_t i = 0; i < l->n && seen < LINES_LOOKED; i++) {
		if (out[i])
			continue;
		seen++;
		struct str s = fold(a, line_text(l, i));
		if (s.n < 1000 && holds(s, t))
			return true;
		if (holds(t, s))
			covered += s.n;
	}
	return covered * 10 >= t.n * 6;
}
