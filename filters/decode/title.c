#include "title.h"
#include "container.h"

enum {
	LINES_LOOKED = 8,       /* in which a text shows its title */
	LEAST = 4,              /* characters of a title */
	CONFIRMED_LEAST = 6,    /* of one that is part of <title> */
	ENOUGH = 160,           /* of a score: two fifths of <title> */
	MOST = 360              /* bytes */
};

/* S without white space. */
static struct str fold(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n;) {
		/* nearly all bytes are a Han character's, and begin no space */
		uint8_t b = (uint8_t)s.s[i];
		size_t k = b <= 0x20 || b == 0xC2 || b == 0xE2 || b == 0xE3 || b == 0xEF ? space_at(s.s + i, s.n - i) : 0;
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

/* S without the points that stand for what had no room in it. */
static struct str points_cut(struct str s)
{
	while (str_ends(s, STR(".")) || str_ends(s, STR("…")))
		s.n -= s.s[s.n - 1] == '.' ? 1 : strlen("…");
	return str_trim(s);
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
				return points_cut(left);
		}
	}
	return points_cut(s);
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

/* The first line of a node, SIZE_MAX for none. */
static size_t node_line(const struct lines *l, const struct page *p, uint32_t at)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].node >= at && l->items[i].node < p->nodes[at].end)
			return i;
	return SIZE_MAX;
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

/* How well line I stands for the title, 0 for not at all. WHOLE is what <title>
 * says and CUT its part without the site; META what <meta> says; all without spaces. */
static unsigned title_score(const struct lines *l, size_t i, struct str whole, struct str cut, struct str meta,
	const struct content *c, struct arena *a)
{
	const struct line *line = &l->items[i];
	struct str s = line_text(l, i);

	if (line->chars < LEAST && !(line->dropped && line->heading))
		return 0;
	if (s.n > MOST || line->row || (!line->heading && (line->dropped || line_is_links(line))))
		return 0;
	struct str f = fold(a, s);
	if (f.n == 0)
		return 0;
	bool site = content_fits(c, ROLE_SITE, s);
	/* the page of a site that writes no titles ends in the site's name, too */
	if (str_eq(f, meta) || (str_eq(f, cut) && !(site && !line->heading && str_eq(f, whole))))
		return 1000;
	if (line->heading && !(site && f.n * 2 < cut.n) && (!whole.n || holds(whole, f) || holds(f, cut) || holds(meta, f)))
		return 900;
	if (line->chars < CONFIRMED_LEAST || site)
		return 0;
	if (holds(whole, f) || holds(meta, f))
		return (unsigned)(400 * f.n / (whole.n > meta.n ? whole.n : meta.n)) + (holds(cut, f) ? 400 : 0);
	return cut.n >= 3 * CONFIRMED_LEAST && holds(f, cut) && f.n < cut.n + cut.n / 2 ? 300 : 0;
}

/* Is line I a part of the title FULL? */
static bool is_part(const struct lines *l, size_t i, struct str full, struct arena *a)
{
	const struct line *line = &l->items[i];
	return !line->dropped && !line->good && !line->links && line->chars >= 2 && line_text(l, i).n <= MOST
		&& holds(full, fold(a, line_text(l, i)));
}

struct title title_find(const struct lines *l, const struct page *p, const struct content *c,
	const struct labels *labels, uint32_t named, struct arena *a)
{
	struct str element = title_element(p, a), whole = fold(a, element), told = {NULL, 0};
	struct title best = {{NULL, 0}, SIZE_MAX};
	unsigned most = ENOUGH;
	bool good = false;              /* running text since the best one */

	for (uint32_t i = 1; i < p->n && !told.s; i++) {
		const struct node *e = &p->nodes[i];
		if (e->tag == TAG_META && e->key.s && e->value.n <= MOST && str_is(label_meta(labels, e->key), "title")
		    && characters(e->value) >= LEAST)
			told = title_bare(a, e->value);
	}
	struct str cut = fold(a, title_cut(element)), meta = fold(a, told);
	for (size_t i = 0; i < l->n; i++) {
		unsigned score = title_score(l, i, whole, cut, meta, c, a);
		/* the path to a page may end in its title: the one before the text counts */
		if (score > most || (score == most && score == 1000 && !good)) {
			best.line = i;
			most = score;
			good = false;
		}
		good |= l->items[i].good > 0 && best.line != i;
	}
	if (best.line != SIZE_MAX) {
		best.text = l->items[best.line].heading ? heading_join(l, best.line, whole, a) : line_text(l, best.line);
		bool heading = l->items[best.line].heading;
		struct str f = fold(a, best.text), full = told.s && holds(meta, f) ? meta : cut;
		size_t last = best.line;
		if (f.n < full.n && holds(full, f)) {
			/* a title set in several lines */
			while (best.line > 0 && is_part(l, best.line - 1, full, a))
				best.line--;
			while (last + 1 < l->n && is_part(l, last + 1, full, a))
				last++;
			if (told.s && full.s == meta.s)
				best.text = told;
			else if (last > best.line && !heading)
				best.text = title_cut(element);
		}
		return best;
	}
	size_t at = named ? node_line(l, p, named) : SIZE_MAX;
	struct str s = at != SIZE_MAX ? line_text(l, at) : best.text;
	if (s.s && s.n <= MOST && (!whole.n || content_fits(c, ROLE_SITE, element)))
		return (struct title){s, at};
	best.text = told.s ? told : whole.n ? title_cut(element) : best.text;
	return best;
}

bool title_before(struct title *t, const struct lines *l, const struct content *c,
	const struct labels *labels, size_t lead)
{
	if (t->text.s && !content_fits(c, ROLE_SITE, t->text))
		return false;
	for (size_t i = lead, seen = 0; i > 0 && seen < LINES_LOOKED; i--, seen++) {
		const struct line *line = &l->items[i - 1];
		struct str s = line_text(l, i - 1);
		if (line->dropped || line->good || line->row || s.n > MOST || line->chars < CONFIRMED_LEAST || line_is_links(line)
		    || line->wide * 10 < line->chars * 7 || head_begins(labels, s) || content_fits(c, ROLE_LINE, s)
		    || content_fits(c, ROLE_OWN, s) || content_fits(c, ROLE_SITE, s))
			continue;
		*t = (struct title){s, i - 1};
		return true;
	}
	return false;
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
		if (l->items[i].good || str_ends(s, STR("：")) || str_ends(s, STR(":")))
			break;                  /* the text has begun */
		if (holds(t, s))
			covered += s.n;
	}
	return covered * 10 >= t.n * 6;
}
