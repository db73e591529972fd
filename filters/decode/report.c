#include "report.h"

enum {
	SHORT_LINE = 360,       /* bytes: a longer line is text, whatever it says */
	LABEL_LINES = 4000,     /* in which labels are looked for: a page has fewer */
	RUN_LEAST = 3,          /* lines of links in a row make a list */
	HOME_LINES = 64,        /* around a heading, in which text is looked for */
	TAIL_LINES = 12,        /* after the last running text: signature and date */
	NEAR_LINES = 8          /* between title and text, text and attachments */
};

static bool fits(const struct report *r, enum role role, size_t i)
{
	return content_fits(r->c, role, line_text(r->l, i));
}

/* Is line I of a list of links that is no list of attachments? */
static bool is_links(const struct report *r, size_t i)
{
	return line_is_links(&r->l->items[i]) && !fits(r, ROLE_KEEP, i);
}

void report_bound(struct report *r, const struct container *box, struct arena *a)
{
	const struct lines *l = r->l;

	r->out = arena_calloc(a, l->n + 1, 1);
	r->first = l->n;
	r->last = 0;
	for (size_t i = 0; i < l->n; i++) {
		bool inside = l->items[i].node >= box->b && l->items[i].node < box->e;
		r->out[i] = !inside || l->items[i].dropped;
		if (inside) {
			r->first = i < r->first ? i : r->first;
			r->last = i + 1;
		}
	}
	r->first = r->first < r->last ? r->first : r->last;
	r->lead = r->last;
	r->trail = r->first;
	for (size_t i = r->first; i < r->last; i++)
		if (!r->out[i] && l->items[i].good && !(i < r->lead && head_starts(r->labels, line_text(l, i)))) {
			r->lead = i < r->lead ? i : r->lead;
			r->trail = i + 1;
		}
	if (r->lead > r->trail) {               /* no running text: a table, perhaps */
		r->lead = r->first;
		r->trail = r->last;
		if (r->title.line >= r->first && r->title.line < r->last)
			r->lead = r->title.line + 1;
		while (r->lead < r->last && (r->out[r->lead] || head_starts(r->labels, line_text(l, r->lead))))
			r->lead++;
	}
}

/* Lines that the table knows for furniture, and lists of links. Those inside the
 * text belong to it, unless a heading says that they are other articles. */
static void lines_drop(struct report *r)
{
	bool tail = false;              /* the last line was the heading of other articles */
	size_t heading = 0;

	for (size_t i = r->first; i < r->last; i++)
		if (!r->out[i] && !r->l->items[i].good && fits(r, ROLE_LINE, i))
			r->out[i] = true;
	for (size_t i = r->first, next; i < r->last; i = next) {
		size_t links = 0;
		for (next = i; next < r->last; next++) {
			if (r->out[next])
				continue;
			if (!is_links(r, next))
				break;
			links++;
		}
		bool inside = i > r->lead && next < r->trail && !tail;
		for (size_t k = i; k < next && links >= (tail ? 1 : RUN_LEAST) && !inside; k++)
			r->out[k] = true;
		if (links && tail)
			r->out[heading] = true;
		if (next == i) {
			if (!r->out[i]) {
				tail = !r->l->items[i].good && fits(r, ROLE_TAIL, i);
				heading = i;
			}
			next++;
		}
	}
}

/* The element in which line I stands as a paragraph. */
static uint32_t home(const struct report *r, size_t i)
{
	const struct node *nodes = r->page->nodes;
	uint32_t at = nodes[r->l->items[i].node].parent;

	while (at > 0 && (nodes[at].tag == TAG_INLINE || nodes[at].tag == TAG_LINK || nodes[at].tag == TAG_PARAGRAPH))
		at = nodes[at].parent;
	return at;
}

/* Do only other articles follow behind line I, a heading: links first, and no text
 * that stands where the text before stood? */
static bool others_follow(const struct report *r, size_t i)
{
	bool links = false;
	size_t before = i, behind = i + 1;

	for (size_t k = i + 1; k < r->last && k <= i + 3; k++)
		links |= is_links(r, k);
	if (!links)
		return false;
	size_t from = i > r->first + HOME_LINES ? i - HOME_LINES : r->first;
	size_t to = r->last > i + HOME_LINES ? i + HOME_LINES : r->last;
	while (before > from && (r->out[before - 1] || !r->l->items[before - 1].good))
		before--;
	while (behind < to && (r->out[behind] || !r->l->items[behind].good))
		behind++;
	return before > from && (behind == to || home(r, before - 1) != home(r, behind));
}

/* A heading such as 相关文章 ends the report, where little running text follows, or
 * what follows are links. */
static void tail_cut(struct report *r)
{
	uint64_t all = 0, behind = 0, cut = 0;

	for (size_t i = r->first; i < r->last; i++)
		all += r->out[i] ? 0 : r->l->items[i].good;
	for (size_t i = r->last; i > r->first; i--) {
		const struct line *line = &r->l->items[i - 1];
		if (line->dropped)
			continue;
		bool few = !line->good && fits(r, ROLE_TAIL, i - 1) && ((cut + behind) * 7 <= all || others_follow(r, i - 1));
		if (few && i - 1 > r->lead) {
			for (size_t k = i - 1; k < r->last; k++)
				r->out[k] = true;
			r->last = i - 1;
			r->trail = r->trail < r->last ? r->trail : r->last;
			cut += behind;
			behind = 0;
		}
		behind += r->out[i - 1] ? 0 : line->good;
	}
}

static bool str_has(struct str s, char c)
{
	return s.n && memchr(s.s, c, s.n);
}

/* Where no table names the container, what stands before and behind the running
 * text is the report's only as far as no link comes between. */
static void edges_cut(struct report *r)
{
	size_t from = r->lead, to = r->trail;

	if (r->title.line >= r->first && r->title.line < r->lead) {
		from = r->title.line;
		while (from > r->first && !r->out[from - 1] && !is_links(r, from - 1) && fits(r, ROLE_OWN, from - 1))
			from--;
	} else {
		while (from > r->first && !is_links(r, from - 1) && r->lead - from < TAIL_LINES)
			from--;
	}
	/* the rows of a table at the end are the report's, however many */
	for (size_t few = 0; to < r->last && few < TAIL_LINES && !is_links(r, to); to++)
		few += !str_has(line_text(r->l, to), '\t');
	for (size_t i = r->first; i < r->last; i++)
		if (i < from || i >= to || (i < r->lead && is_links(r, i)))
			r->out[i] = true;
}

/* What stands between the title and the container may be the report's own: its
 * number, a subtitle. Behind the container stand attachments. */
static void edges_join(struct report *r)
{
	const struct lines *l = r->l;
	size_t title = r->title.line;

	if (title < r->first && r->first - title <= NEAR_LINES)
		for (size_t i = title + 1; i < r->first; i++)
			if (!l->items[i].dropped && !is_links(r, i) && fits(r, ROLE_OWN, i))
				r->out[i] = false;
	for (size_t i = r->last; i < l->n && i < r->last + NEAR_LINES; i++) {
		if (fits(r, ROLE_KEEP, i))
			r->out[i] = false;
		else if (!l->items[i].dropped && !fits(r, ROLE_LINE, i) && !head_starts(r->labels, line_text(l, i)))
			break;
	}
}

void report_trim(struct report *r, const struct container *box)
{
	size_t last = r->last;

	lines_drop(r);
	tail_cut(r);
	if (!box->known)
		edges_cut(r);
	if (r->last == last)
		edges_join(r);
}

/* Does S begin with a date? */
static bool is_date(struct str s)
{
	s = str_trim(s);
	if (s.n < 6 || (s.s[0] != '1' && s.s[0] != '2'))
		return false;
	for (int i = 1; i < 4; i++)
		if (s.s[i] < '0' || s.s[i] > '9')
			return false;
	return s.s[4] == '-' || s.s[4] == '/' || s.s[4] == '.' || str_starts(str_sub(s, 4, s.n), STR("年"));
}

/* The value of a <meta>, which may repeat its label: 来源：来源日报. */
static struct str meta_value(const struct report *r, struct str name, struct str value, struct arena *a)
{
	struct head own = {0};

	value = title_bare(a, value);
	head_take(r->labels, a, value, &own);
	return own.n == 1 && name.s && str_eq(own.items[0].name, name) ? own.items[0].value : value;
}

/* Line I with tabs where its elements show label and value apart. */
static struct str line_parted(const struct report *r, size_t i, struct arena *a)
{
	const struct lines *l = r->l;
	struct str s = line_text(l, i), piece = {s.s, 0};
	size_t lo = 0, hi = l->nseams;
	uint32_t b = l->items[i].b, e = l->items[i].e;

	if (l->items[i].row)
		return s;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (l->seams[mid] <= b)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == l->nseams || l->seams[lo] >= e)
		return s;
	char *out = arena_alloc(a, 2 * s.n + 1);
	size_t n = 0, from = 0;
	for (size_t k = lo; from < s.n; k++) {
		size_t to = k < l->nseams && l->seams[k] < e ? l->seams[k] - b : s.n;
		struct str next = str_sub(s, from, to);
		if (n && (label_find(r->labels, piece) || label_find(r->labels, next) || head_begins(r->labels, next)
		          || is_date(next)))
			out[n++] = '\t';
		memcpy(out + n, next.s, next.n);
		n += next.n;
		piece = next;
		from = to;
	}
	return (struct str){out, n};
}

void report_pairs(struct report *r, struct arena *a, struct head *h)
{
	const struct lines *l = r->l;
	const struct labels *labels = r->labels;

	for (size_t i = 0, looked = 0; i < l->n && looked < LABEL_LINES; i++) {
		bool before = i < r->lead, behind = i >= r->trail;
		if ((!before && !behind) || l->items[i].e - l->items[i].b > SHORT_LINE)
			continue;
		looked++;
		struct str s = line_parted(r, i, a);
		const struct label *label = label_find(labels, s);
		if (label && i + 1 < l->n && (str_ends(s, STR(":")) || str_ends(s, STR("：")))
		    && !head_begins(labels, line_text(l, i + 1)) && !label_find(labels, line_text(l, i + 1)) && !l->items[i + 1].good) {
			/* <p>文号：</p><p>…</p> */
			if (before || !head_has(h, label->name))
				head_add(h, a, label->name, line_text(l, i + 1));
			if (!label->stays)
				r->out[i] = r->out[i + 1] = true;
			i++;
			continue;
		}
		struct head more = {0};
		size_t found = head_take(labels, a, s, before ? h : &more);
		for (size_t k = 0; k < more.n; k++)
			if (!head_has(h, more.items[k].name))   /* other articles have dates, too */
				head_add(h, a, more.items[k].name, more.items[k].value);
		if (found && (!l->items[i].good || head_starts(labels, s)))
			r->out[i] = true;
	}
	for (uint32_t i = 1; i < r->page->n; i++) {
		const struct node *e = &r->page->nodes[i];
		if (e->tag == TAG_META && e->key.s && e->value.s) {
			struct str name = label_meta(labels, e->key);
			head_add(h, a, name, meta_value(r, name, e->value, a));
		}
		if (e->tag == TAG_ADDRESS && e->key.s && e->value.s && str_is(e->key, "canonical"))
			head_add(h, a, STR("url"), title_bare(a, e->value));
	}
}
