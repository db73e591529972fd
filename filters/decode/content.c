#include "content.h"
#include "lines.h"
#include "title.h"

#include <stdlib.h>

enum {
	SHORT_LINE = 360,       /* bytes: a longer line is text, whatever it says */
	LABEL_LINES = 4000,     /* in which labels are looked for: a page has fewer */
	MATCH_MOST = 50000,     /* steps of a pattern on one line */
	RUN_LEAST = 3,          /* lines of links in a row make a list */
	TAIL_LINES = 12         /* after the last running text: signature and date */
};

static const char *const role_names[] = {"content", "title", "drop", "line", "tail", "keep", NULL};

static int role_of(struct str name)
{
	for (int i = 0; i < ROLES; i++)
		if (str_is(name, role_names[i]))
			return i;
	return -1;
}

static void pattern_add(char **all, struct str pattern)
{
	size_t old = *all ? strlen(*all) : 0;

	*all = xrealloc(*all, old + pattern.n + 8);
	char *p = *all + old;
	memcpy(p, old ? "|(?:" : "(?:", old ? 4 : 3);
	p += old ? 4 : 3;
	memcpy(p, pattern.s, pattern.n);
	memcpy(p + pattern.n, ")", 2);
}

static pcre2_code *compile(struct str pattern, int *error)
{
	size_t at;
	return pcre2_compile((PCRE2_SPTR)pattern.s, pattern.n,
		PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NO_AUTO_CAPTURE, error, &at, NULL);
}

void content_open(struct content *c, struct table *t)
{
	int role = table_need(t, "role"), pattern = table_need(t, "pattern");

	*c = (struct content){.table = t, .names = xmalloc((t->nrows + 1) * sizeof *c->names)};
	for (size_t r = 0; r < t->nrows && !t->error[0]; r++) {
		int k = role_of(table_cell(t, r, role));
		struct str s = table_cell(t, r, pattern);
		if (k < 0) {
			table_bad(t, r, "role: expected content, title, drop, line, tail or keep");
		} else if (k >= ROLE_LINE) {
			pattern_add(&c->patterns[k], s);
		} else {
			struct part_name *n = &c->names[c->n++];
			*n = (struct part_name){.role = (enum role)k};
			n->open_start = s.n && s.s[0] == '*';
			s = str_sub(s, n->open_start, s.n);
			n->open_end = s.n && s.s[s.n - 1] == '*';
			n->name = str_sub(s, 0, s.n - n->open_end);
		}
	}
}

void content_close(struct content *c)
{
	for (int k = 0; k < ROLES; k++) {
		free(c->patterns[k]);
		pcre2_code_free(c->codes[k]);
	}
	pcre2_match_data_free(c->match);
	pcre2_match_context_free(c->context);
	free(c->names);
}

/* Says which line of the table holds the pattern that does not compile. */
static void pattern_blame(struct table *t)
{
	int role = table_column(t, "role"), pattern = table_column(t, "pattern"), error;

	for (size_t r = 0; r < t->nrows; r++) {
		if (role_of(table_cell(t, r, role)) < ROLE_LINE)
			continue;
		pcre2_code *code = compile(table_cell(t, r, pattern), &error);
		if (!code) {
			PCRE2_UCHAR why[128];
			pcre2_get_error_message(error, why, sizeof why);
			table_bad(t, r, "pattern: %s", (char *)why);
		}
		pcre2_code_free(code);
	}
}

bool content_ready(struct content *c)
{
	int error;

	for (int k = ROLE_LINE; k < ROLES && !c->match; k++) {
		if (!c->patterns[k])
			continue;
		c->codes[k] = compile(str_of(c->patterns[k]), &error);
		if (!c->codes[k])
			pattern_blame(c->table);
		else
			pcre2_jit_compile(c->codes[k], PCRE2_JIT_COMPLETE);
	}
	if (!c->match) {
		c->match = pcre2_match_data_create(1, NULL);
		c->context = pcre2_match_context_create(NULL);
		pcre2_set_match_limit(c->context, MATCH_MOST);
	}
	return !c->table->error[0];
}

static bool fits(const struct content *c, enum role role, struct str s)
{
	return c->codes[role] && s.n <= SHORT_LINE
		&& pcre2_match(c->codes[role], (PCRE2_SPTR)s.s, s.n, 0, PCRE2_NO_UTF_CHECK, c->match, c->context) >= 0;
}

/* --- which elements are what --- */

static bool name_fits(const struct part_name *p, struct str word)
{
	if (word.n < p->name.n || (word.n > p->name.n && !p->open_start && !p->open_end))
		return false;
	size_t from = p->open_start && !p->open_end ? word.n - p->name.n : 0;
	for (size_t i = 0; i < p->name.n; i++) {
		char x = word.s[from + i];
		if ((x >= 'A' && x <= 'Z' ? x + 32 : x) != p->name.s[i])
			return false;
	}
	return true;
}

/* The roles, as bits, that the words of an id or class have. */
static unsigned roles_of(const struct content *c, struct str words)
{
	unsigned roles = 0;
	struct str word;

	while (str_part(&words, ' ', &word)) {
		char first = word.s[0] >= 'A' && word.s[0] <= 'Z' ? word.s[0] + 32 : word.s[0];
		for (size_t i = 0; i < c->n; i++) {
			const struct part_name *p = &c->names[i];
			if ((p->open_start || p->name.s[0] == first) && name_fits(p, word))
				roles |= 1u << p->role;
		}
	}
	return roles;
}

struct marks {
	uint32_t content;       /* the named element with the most running text, 0 for none */
	uint32_t title;         /* the first that is named a title */
};

static struct marks parts_mark(const struct content *c, struct page *p)
{
	struct marks m = {0, 0};
	uint32_t all = p->nodes[0].good;
	unsigned char *roles = xmalloc(p->n);

	for (uint32_t i = 1; i < p->n; i++) {
		struct node *e = &p->nodes[i];
		const struct node *up = &p->nodes[e->parent];
		roles[i] = 0;
		if (e->tag != TAG_TEXT) {
			if (e->id.s)
				roles[i] |= (unsigned char)roles_of(c, e->id);
			if (e->class.s)
				roles[i] |= (unsigned char)roles_of(c, e->class);
			if (e->tag == TAG_FURNITURE)
				roles[i] |= 1 << ROLE_DROP;
		}
		e->dropped = up->dropped || ((roles[i] & 1 << ROLE_DROP) && (uint64_t)e->good * 4 <= all && e->tag != TAG_H1);
	}
	page_sum(p);
	for (uint32_t i = 1; i < p->n; i++) {
		const struct node *e = &p->nodes[i];
		/* of nested ones the inner, if it has nearly as much */
		if (roles[i] & 1 << ROLE_CONTENT && e->good > 0
		    && (!m.content || (uint64_t)e->good * 10 >= (uint64_t)p->nodes[m.content].good * 9))
			m.content = i;
		if (!m.title && roles[i] & 1 << ROLE_TITLE && e->chars > 3 && e->chars <= 120 && !e->hidden)
			m.title = i;
	}
	free(roles);
	return m;
}

/* The element that holds the report; *KNOWN tells whether content.tsv names it. */
static uint32_t container_find(const struct page *p, uint32_t named, bool *known)
{
	uint32_t at = 0;

	*known = named && (uint64_t)p->nodes[named].good * 2 >= p->nodes[0].good;
	if (*known)
		return named;
	for (;;) {
		uint32_t next = 0;
		for (uint32_t i = at + 1; i < p->nodes[at].end; i = p->nodes[i].end)
			if ((uint64_t)p->nodes[i].good * 10 >= (uint64_t)p->nodes[at].good * 8 && p->nodes[i].good > 0)
				next = i;
		if (!next || p->nodes[next].tag == TAG_TEXT)
			break;
		at = next;
	}
	/* one long paragraph is not all of the report */
	while (at > 0 && p->nodes[at].tag != TAG_BLOCK && p->nodes[at].tag != TAG_CELL)
		at = p->nodes[at].parent;
	return at;
}

/* --- which lines are what --- */

struct report {
	const struct content *c;
	const struct labels *labels;
	const struct lines *l;
	bool *out;              /* a line that does not belong to the text */
	size_t first, last;     /* lines of the container: [first, last) */
	size_t lead, trail;     /* its first line of running text, and behind its last */
};

static bool is_linkish(const struct line *l)
{
	return l->links > 0 && (uint64_t)l->links * 10 >= (uint64_t)l->chars * 6 && l->good == 0;
}

static void lines_bound(struct report *r, const struct node *box, uint32_t box_at)
{
	const struct lines *l = r->l;

	r->first = l->n;
	r->last = 0;
	for (size_t i = 0; i < l->n; i++) {
		bool inside = l->items[i].node >= box_at && l->items[i].node < box->end;
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
	}
}

/* Lines that the table knows for furniture, and lists of links. */
static void lines_drop(struct report *r)
{
	for (size_t i = r->first; i < r->last; i++)
		if (!r->out[i] && !r->l->items[i].good && fits(r->c, ROLE_LINE, line_text(r->l, i)))
			r->out[i] = true;
	for (size_t i = r->first, next; i < r->last; i = next) {
		size_t links = 0;
		for (next = i; next < r->last; next++) {
			if (r->out[next])
				continue;
			if (!is_linkish(&r->l->items[next]) || fits(r->c, ROLE_KEEP, line_text(r->l, next)))
				break;
			links++;
		}
		for (size_t k = i; k < next && links >= RUN_LEAST; k++)
			r->out[k] = true;
		next += next == i;
	}
}

/* A heading such as 相关文章 ends the report, where little running text follows. */
static void tail_cut(struct report *r)
{
	uint64_t all = 0, behind = 0;

	for (size_t i = r->first; i < r->last; i++)
		all += r->out[i] ? 0 : r->l->items[i].good;
	for (size_t i = r->last; i > r->first; i--) {
		const struct line *line = &r->l->items[i - 1];
		if (r->out[i - 1])
			continue;
		if (!line->good && behind * 7 <= all && fits(r->c, ROLE_TAIL, line_text(r->l, i - 1))) {
			for (size_t k = i - 1; k < r->last; k++)
				r->out[k] = true;
			r->last = i - 1;
			r->trail = r->trail < r->last ? r->trail : r->last;
		}
		behind += line->good;
	}
}

/* Where no table names the container, what stands before and behind the running
 * text is the report's only as far as no link comes between. */
static void edges_cut(struct report *r, size_t title)
{
	size_t from = r->lead, to = r->trail;

	if (title >= r->first && title < r->lead) {
		from = title;
	} else {
		while (from > r->first && !is_linkish(&r->l->items[from - 1]) && r->lead - from < TAIL_LINES)
			from--;
	}
	while (to < r->last && to - r->trail < TAIL_LINES && !is_linkish(&r->l->items[to]))
		to++;
	for (size_t i = r->first; i < r->last; i++)
		if (i < from || i >= to)
			r->out[i] = true;
}

/* --- what the page says of itself --- */

/* Collects pairs from the lines around the running text, and takes the lines that
 * say nothing else out of the text. */
static void pairs_take(struct report *r, struct arena *a, struct head *h)
{
	const struct lines *l = r->l;
	const struct labels *labels = r->labels;

	for (size_t i = 0, looked = 0; i < l->n && looked < LABEL_LINES; i++) {
		struct str s = line_text(l, i);
		bool before = i < r->lead, behind = i >= r->trail;
		if ((!before && !behind) || s.n > SHORT_LINE)
			continue;
		looked++;
		struct head more = {0};
		size_t found = head_take(labels, a, s, before ? h : &more);
		for (size_t k = 0; k < more.n; k++)
			if (!head_has(h, more.items[k].name))   /* other articles have dates, too */
				head_add(h, a, more.items[k].name, more.items[k].value);
		const struct label *label = found ? NULL : label_find(labels, s);
		if (label && i + 1 < l->n && s.n && (s.s[s.n - 1] == ':' || str_ends(s, STR("：")))
		    && !label_find(labels, line_text(l, i + 1)) && !l->items[i + 1].good) {
			/* <p>文号：</p><p>…</p> */
			head_add(h, a, label->name, line_text(l, i + 1));
			if (!label->stays)
				r->out[i] = r->out[i + 1] = true;
			i++;
		}
		if (found && (!l->items[i].good || head_starts(labels, s)))
			r->out[i] = true;
	}
}

static void metas_take(const struct page *p, const struct labels *labels, struct arena *a, struct head *h)
{
	for (uint32_t i = 1; i < p->n; i++) {
		const struct node *e = &p->nodes[i];
		if (e->tag == TAG_META && e->key.s && e->value.s)
			head_add(h, a, label_meta(labels, e->key), title_bare(a, e->value));
		if (e->tag == TAG_ADDRESS && e->key.s && e->value.s && str_is(e->key, "canonical"))
			head_add(h, a, STR("url"), title_bare(a, e->value));
	}
}

void content_extract(struct content *c, const struct labels *labels, struct page *p,
	struct arena *a, struct buf *scratch, struct buf *text, struct head *h)
{
	struct lines l;
	bool known;

	struct marks marks = parts_mark(c, p);
	uint32_t box = container_find(p, marks.content, &known);
	lines_make(&l, p, scratch, a);
	struct report r = {.c = c, .labels = labels, .l = &l, .out = arena_calloc(a, l.n + 1, 1)};
	lines_bound(&r, &p->nodes[box], box);
	struct str title = title_find(&l, p, marks.title, labels, a);
	lines_drop(&r);
	tail_cut(&r);
	if (!known) {
		size_t at = 0;
		while (at < l.n && !(title.n && title_same(line_text(&l, at), title, a)))
			at++;
		edges_cut(&r, at);
	}
	if (title.s)
		head_add(h, a, STR("title"), title);
	pairs_take(&r, a, h);
	metas_take(p, labels, a, h);
	struct str whole = title_element(p, a);
	if (whole.s)
		head_add(h, a, STR("title"), whole);

	text->len = 0;
	size_t kept = 0;
	for (size_t i = 0; i < l.n; i++)
		kept += !r.out[i];
	if (kept == 0)
		return;                         /* a title alone is no report */
	if (title.n && !title_stands(&l, r.out, title, a)) {
		buf_append(text, title.s, title.n);
		buf_append(text, "\n", 1);
	}
	for (size_t i = 0; i < l.n; i++) {
		if (r.out[i])
			continue;
		struct str s = line_text(&l, i);
		buf_append(text, s.s, s.n);
		buf_append(text, "\n", 1);
	}
}
