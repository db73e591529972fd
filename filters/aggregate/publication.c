#include "publication.h"

#include <stdio.h>
#include <stdlib.h>

enum { YEARS_MOST = 200 };

static bool year_of(struct str s, int *out)
{
	*out = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] < '0' || s.s[i] > '9' || s.n != 4)
			return false;
		*out = *out * 10 + (s.s[i] - '0');
	}
	return true;
}

static bool is_deadline(struct str s)
{
	return s.n == 5 && s.s[2] == '-' && s.s[0] >= '0' && s.s[0] <= '1' && s.s[1] >= '0' && s.s[1] <= '9'
		&& s.s[3] >= '0' && s.s[3] <= '3' && s.s[4] >= '0' && s.s[4] <= '9';
}

void publication_load(struct publication *p, struct table *t)
{
	int region = table_need(t, "region"), subject = table_need(t, "subject"), from = table_need(t, "from");
	int to = table_need(t, "to"), deadline = table_need(t, "deadline");

	*p = (struct publication){.items = xmalloc((t->nrows + 1) * sizeof *p->items)};
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		struct expected *x = &p->items[p->n];
		*x = (struct expected){.region = table_cell(t, i, region), .subject = table_cell(t, i, subject),
			.deadline = table_cell(t, i, deadline)};
		bool years = year_of(table_cell(t, i, from), &x->from) && year_of(table_cell(t, i, to), &x->to);
		if (x->deadline.n && !is_deadline(x->deadline)) {
			table_bad(t, i, "a deadline is MM-DD, not '%.*s'", STR_ARG(x->deadline));
		} else if (str_is(x->region, "*")) {
			p->deadline = x->deadline;
		} else if (!x->region.n || !years || !x->from || x->to < x->from || x->to - x->from > YEARS_MOST) {
			table_bad(t, i, "a line needs a region, and years from and to");
		} else {
			p->n++;
		}
	}
}

void publication_free(struct publication *p)
{
	free(p->items);
	*p = (struct publication){0};
}

/* A line of the table to come: a document, or one that is expected (document is 0). */
struct line {
	uint32_t code, region, subject;
	int year;
	uint32_t document;              /* place in the order's sorted list + 1 */
	const struct expected *expected;
};

/* Days since 0000-03-01 of the Gregorian calendar; false where S is no day. */
static bool days_of(struct str s, int64_t *out)
{
	int y, m, d;
	char text[11];

	if (s.n != 10)
		return false;
	memcpy(text, s.s, 10);
	text[10] = '\0';
	if (sscanf(text, "%4d-%2d-%2d", &y, &m, &d) != 3 || m < 1 || m > 12 || d < 1 || d > 31)
		return false;
	y -= m <= 2;
	m = (m + 9) % 12;
	*out = 365 * (int64_t)y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d - 1;
	return true;
}

static int line_cmp(const void *l, const void *r, void *names)
{
	const struct names *x = names;
	const struct line *a = l, *b = r;
	int c = names_cmp(x, a->code, b->code);

	c = c ? c : names_cmp(x, a->region, b->region);
	c = c ? c : names_cmp(x, a->subject, b->subject);
	c = c ? c : (a->year > b->year) - (a->year < b->year);
	/* the document before what expects it */
	c = c ? c : (a->document == 0) - (b->document == 0);
	return c ? c : (a->document > b->document) - (a->document < b->document);
}

static void row(const struct line *x, const struct expected *by, struct str common, const struct order *o,
	const struct names *names, struct output *out)
{
	const struct order_entry *e = x->document ? &o->items[o->sorted[x->document - 1]] : NULL;
	struct str deadline = by && by->deadline.n ? by->deadline : common, date = {"", 0};
	struct buf *b = &out->row;
	const char *kind = "";
	char due[32] = "";
	int64_t on, at;

	if (e && e->published) {
		date = names_get(names, e->published);
		kind = "published";
	} else if (e && e->written) {
		date = names_get(names, e->written);
		kind = "written";
	}
	if (deadline.n)
		snprintf(due, sizeof due, "%04d-%.*s", x->year + 1, STR_ARG(deadline));
	csv_cells(b, names_cell(names, x->code));
	csv_cells(b, names_cell(names, x->region));
	csv_cells(b, names_cell(names, x->subject));
	csv_int(b, x->year);
	csv_bool(b, by != NULL);
	csv_bool(b, e != NULL);
	csv_plain(b, e ? (struct str){e->key.s, KEY_LEN} : (struct str){"", 0});
	csv_prose(b, date);
	csv_plain(b, str_of(kind));
	csv_plain(b, str_of(due));
	/* the day of writing is no later than that of publication: it proves lateness, never punctuality */
	if (days_of(date, &on) && days_of(str_of(due), &at))
		csv_int(b, on - at);
	else
		csv_empty(b);
	output_row(out);
}

static bool is_report(const struct order_entry *e, const struct names *names)
{
	struct str genre = names_get(names, e->genre);

	return e->full_year && e->region && e->subject && !e->twin
		&& (str_is(genre, "government_report") || str_is(genre, "department_report"));
}

/* The first line of each code and of each name, + 1: by the documents they find each other. */
static uint32_t *places_of(const struct line *lines, size_t n, size_t known)
{
	uint32_t *first = xmalloc(known * sizeof *first);

	memset(first, 0, known * sizeof *first);
	for (size_t k = n; k-- > 0;)
		first[lines[k].code] = first[lines[k].region] = (uint32_t)k + 1;
	first[0] = 0;
	return first;
}

void publication_write(const struct publication *p, const struct order *o, struct names *names, struct output *out)
{
	size_t most = o->nsorted + 1, n = 0;

	for (size_t i = 0; i < p->n; i++)
		most += (size_t)(p->items[i].to - p->items[i].from + 1);
	struct line *lines = xmalloc(most * sizeof *lines);
	for (uint32_t i = 0; i < o->nsorted; i++) {
		const struct order_entry *e = &o->items[o->sorted[i]];
		if (is_report(e, names))
			lines[n++] = (struct line){e->code, e->region, e->subject,
				atoi(names_get(names, e->start).s), i + 1, NULL};
	}
	size_t known = names->n + 1;
	uint32_t *first = places_of(lines, n, known);
	for (size_t i = 0; i < p->n; i++) {
		const struct expected *x = &p->items[i];
		uint32_t place = names_add(names, x->region);
		uint32_t subject = names_add(names, x->subject.n ? x->subject : STR(CLAIM_GOVERNMENT));
		uint32_t code = 0, region = place;
		if (place < known && first[place]) {
			code = lines[first[place] - 1].code;
			region = lines[first[place] - 1].region;
		} else if (x->region.s[0] >= '0' && x->region.s[0] <= '9') {
			code = place;
		}
		for (int year = x->from; year <= x->to; year++)
			lines[n++] = (struct line){code, region, subject, year, 0, x};
	}
	free(first);
	names_rank(names);
	qsort_r(lines, n, sizeof *lines, line_cmp, names);
	for (size_t i = 0; i < n; i++) {
		const struct expected *by = lines[i].expected;
		size_t last = i;
		while (last + 1 < n && lines[last + 1].code == lines[i].code && lines[last + 1].region == lines[i].region
		       && lines[last + 1].subject == lines[i].subject && lines[last + 1].year == lines[i].year)
			last++;
		by = by ? by : lines[last].expected;
		/* a line that expects stands last: it is a row of its own only where nothing was found */
		for (size_t k = i; k <= last; k++)
			if (lines[k].document || k == i)
				row(&lines[k], by, p->deadline, o, names, out);
		i = last;
	}
	free(lines);
}
