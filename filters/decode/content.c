#include "content.h"
#include "report.h"

#include <stdlib.h>

enum {
	SHORT_LINE = 360,       /* bytes: a longer line is text, whatever it says */
	MATCH_MOST = 50000      /* steps of a pattern on one line */
};

static const char *const role_names[] = {"content", "title", "drop", "begin", "end", "line", "tail", "keep", "own", "site", NULL};

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

	*c = (struct content){.table = t, .names = xmalloc((t->nrows + 1) * sizeof *c->names),
		.gave_up = xmalloc(ROLES * sizeof *c->gave_up)};
	memset(c->gave_up, 0, ROLES * sizeof *c->gave_up);
	for (size_t r = 0; r < t->nrows && !t->error[0]; r++) {
		int k = role_of(table_cell(t, r, role));
		struct str s = table_cell(t, r, pattern);
		if (k < 0) {
			table_bad(t, r, "role: expected content, title, drop, begin, end, line, tail, keep, own or site");
		} else if (k >= ROLE_LINE) {
			pattern_add(&c->patterns[k], s);
		} else {
			struct part_name *n = &c->names[c->n++];
			*n = (struct part_name){.role = (enum role)k};
			n->open_start = s.n && s.s[0] == '*';
			s = str_sub(s, n->open_start, s.n);
			n->open_end = s.n && s.s[s.n - 1] == '*';
			n->name = str_sub(s, 0, s.n - n->open_end);
			unsigned *list = &c->lists[n->open_start || n->name.n == 0 ? 0 : (uint8_t)n->name.s[0] % PART_LISTS];
			n->next = *list;
			*list = (unsigned)c->n;
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
	free(c->gave_up);
}

const char *content_trouble(struct content *c)
{
	const char *role = NULL;

	for (int k = ROLES; k-- > 0; c->gave_up[k] = 0)
		if (c->gave_up[k])
			role = role_names[k];
	return role;
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
		if (!c->codes[k] && error == PCRE2_ERROR_HEAP_FAILED)
			xhave(NULL);
		if (!c->codes[k])
			pattern_blame(c->table);
		else
			pcre2_jit_compile(c->codes[k], PCRE2_JIT_COMPLETE);
	}
	if (!c->match) {
		c->match = xhave(pcre2_match_data_create(1, NULL));
		c->context = xhave(pcre2_match_context_create(NULL));
		pcre2_set_match_limit(c->context, MATCH_MOST);
	}
	return !c->table->error[0];
}

bool content_fits(const struct content *c, enum role role, struct str s)
{
	char line[SHORT_LINE];
	size_t n = 0;

	if (!c->codes[role] || s.n > SHORT_LINE || c->gave_up[role])
		return false;
	/* runs of white space are tried in every way, were they left */
	for (size_t i = 0, k; i < s.n; i += k ? k : 1) {
		uint8_t b = (uint8_t)s.s[i];
		k = b <= 0x20 || b == 0xC2 || b == 0xE2 || b == 0xE3 || b == 0xEF ? space_at(s.s + i, s.n - i) : 0;
		if (!k)
			line[n++] = s.s[i];
		else if (n && line[n - 1] != ' ')
			line[n++] = ' ';
	}
	while (n && line[n - 1] == ' ')
		n--;
	int got = pcre2_match(c->codes[role], (PCRE2_SPTR)line, n, 0, PCRE2_NO_UTF_CHECK, c->match, c->context);
	if (got == PCRE2_ERROR_NOMEMORY)
		xhave(NULL);
	if (got < 0 && got != PCRE2_ERROR_NOMATCH)
		c->gave_up[role] = got;
	return got >= 0;
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

unsigned content_roles(const struct content *c, struct str words)
{
	unsigned roles = 0;
	struct str word;

	while (str_part(&words, ' ', &word)) {
		uint8_t first = (uint8_t)(word.s[0] >= 'A' && word.s[0] <= 'Z' ? word.s[0] + 32 : word.s[0]) % PART_LISTS;
		for (unsigned i = c->lists[first]; i; i = c->names[i - 1].next)
			if (name_fits(&c->names[i - 1], word))
				roles |= 1u << c->names[i - 1].role;
		for (unsigned i = first ? c->lists[0] : 0; i; i = c->names[i - 1].next)
			if (name_fits(&c->names[i - 1], word))
				roles |= 1u << c->names[i - 1].role;
	}
	return roles;
}

/* --- the report --- */

void content_extract(struct content *c, const struct labels *labels, struct page *p,
	struct arena *a, struct buf *scratch, struct buf *text, struct head *h)
{
	struct lines l;

	struct marks marks = container_mark(c, p, a);
	lines_make(&l, p, scratch, a);
	struct report r = {.c = c, .labels = labels, .page = p, .l = &l};
	r.title = title_find(&l, p, c, labels, marks.title, a);
	struct container box = container_find(c, p, &marks, &l, r.title.line);
	report_bound(&r, &box, a);
	if (r.title.line == SIZE_MAX && title_before(&r.title, &l, c, labels, r.lead))
		report_bound(&r, &box, a);
	report_trim(&r, &box);
	if (r.title.text.s)
		head_add(h, a, STR("title"), r.title.text);
	report_pairs(&r, a, h);
	struct str whole = title_element(p, a);
	if (whole.s)
		head_add(h, a, STR("title"), whole);

	text->len = 0;
	size_t kept = 0;
	for (size_t i = 0; i < l.n; i++)
		kept += !r.out[i];
	if (kept == 0)
		return;                         /* a title alone is no report */
	if (r.title.text.n && !title_stands(&l, r.out, r.title.text, a)) {
		buf_append(text, r.title.text.s, r.title.text.n);
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
