/* gate_parse: the part of PCRE2's patterns that gates understand. Look-arounds
 * and $ are taken for met; of anything else that is not plain there is no gate. */
#include "gate_part.h"

enum { DEPTH_MOST = 40 };

struct parser {
	struct gates *g;
	const char *p, *end;
	int depth;
	bool failed;
};

static struct node *choice_read(struct parser *r);

static bool next_is(const struct parser *r, const char *z)
{
	size_t n = strlen(z);
	return (size_t)(r->end - r->p) >= n && memcmp(r->p, z, n) == 0;
}

static bool take(struct parser *r, const char *z)
{
	bool is = next_is(r, z);
	r->p += is ? strlen(z) : 0;
	return is;
}

static struct node *fail(struct parser *r)
{
	r->failed = true;
	return gate_node(r->g, NODE_EMPTY);
}

static uint32_t char_read(struct parser *r)
{
	uint32_t cp = 0;
	if (r->p < r->end)
		r->p += utf8_next(r->p, (size_t)(r->end - r->p), &cp);
	else
		r->failed = true;
	return cp;
}

static void leaf_add(struct parser *r, struct leaf *v, uint32_t from, uint32_t to)
{
	for (uint32_t cp = from; cp <= to && !v->all; cp++) {
		uint16_t c = v->n < LEAF_MOST ? gate_char(r->g, cp) : 0;
		if (c)
			v->chars[v->n++] = c;
		else
			v->all = true;
	}
}

/* \d, \n, or a sign that stands for itself. False for the other escapes. */
static bool escape_read(struct parser *r, uint32_t *from, uint32_t *to)
{
	uint32_t cp = char_read(r);

	*from = *to = cp == 'n' ? '\n' : cp;
	if (cp == 'd') {
		*from = '0';
		*to = '9';
	}
	return cp == 'd' || cp == 'n' || (cp < 0x80 && !(cp - '0' < 10 || (cp | 32) - 'a' < 26));
}

static struct node *leaf_node(struct parser *r, const struct leaf *v)
{
	struct node *n = gate_node(r->g, NODE_LEAF);
	n->leaf = gate_leaf(r->g, v);
	return n;
}

/* Behind [. */
static struct node *class_read(struct parser *r)
{
	uint16_t chars[LEAF_MOST];
	struct leaf v = {.chars = chars};
	bool first = true;

	v.negated = take(r, "^");
	for (; !r->failed && (first || !next_is(r, "]")); first = false) {
		if (next_is(r, "[:") || next_is(r, "[.") || next_is(r, "[="))
			return fail(r);
		uint32_t from = char_read(r), to = from;
		if (from == '\\') {
			if (!escape_read(r, &from, &to))
				return fail(r);
		}
		if (from == to && next_is(r, "-") && !next_is(r, "-]")) {
			r->p++;
			to = char_read(r);
			if (to == '\\' || to == '[' || to < from)
				return fail(r);
		}
		leaf_add(r, &v, from, to);
	}
	if (r->failed || !take(r, "]"))
		return fail(r);
	if (v.all)
		v.n = 0;
	return leaf_node(r, &v);
}

/* Behind (. */
static struct node *group_read(struct parser *r)
{
	bool around = take(r, "?=") || take(r, "?!") || take(r, "?<=") || take(r, "?<!");

	if (!around && !take(r, "?:") && (next_is(r, "?") || next_is(r, "*")))
		return fail(r);
	if (++r->depth > DEPTH_MOST)
		return fail(r);
	struct node *n = choice_read(r);
	r->depth--;
	if (!take(r, ")"))
		return fail(r);
	return around ? gate_node(r->g, NODE_EMPTY) : n;
}

static int number_read(struct parser *r)
{
	int v = 0;
	if (r->p >= r->end || *r->p < '0' || *r->p > '9')
		r->failed = true;
	for (; r->p < r->end && *r->p >= '0' && *r->p <= '9'; r->p++)
		v = v < REPEAT_MOST ? v * 10 + *r->p - '0' : v;
	return v < REPEAT_MOST ? v : REPEAT_MOST;
}

/* What stands behind an atom: how often it comes. */
static bool times_read(struct parser *r, int *min, int *max)
{
	*min = *max = 1;
	if (take(r, "?")) {
		*min = 0;
	} else if (take(r, "*") || next_is(r, "+")) {
		*min = take(r, "+");
		*max = REPEAT_MOST;
	} else if (take(r, "{")) {
		*min = *max = number_read(r);
		if (take(r, ","))
			*max = next_is(r, "}") ? REPEAT_MOST : number_read(r);
		if (!take(r, "}") || *max < *min)
			r->failed = true;
	} else {
		return false;
	}
	if (!take(r, "?"))
		take(r, "+");
	return true;
}

static struct node *atom_read(struct parser *r)
{
	uint16_t c;
	struct leaf v = {.chars = &c};

	if (take(r, "["))
		return class_read(r);
	if (take(r, "("))
		return group_read(r);
	if (take(r, "^"))
		return gate_node(r->g, NODE_START);
	if (take(r, "$"))
		return gate_node(r->g, NODE_EMPTY);
	if (take(r, "#"))
		return gate_node(r->g, NODE_HASH);
	if (take(r, ".")) {
		v.all = true;
		return leaf_node(r, &v);
	}
	if (next_is(r, "*") || next_is(r, "+") || next_is(r, "?") || next_is(r, "{"))
		return fail(r);
	uint32_t from = char_read(r), to = from;
	if (from == '\\' && !escape_read(r, &from, &to))
		return fail(r);
	if (from == to && from == '#')
		return fail(r);
	leaf_add(r, &v, from, from);
	if (from != to) {               /* \d */
		uint16_t digits[16];
		v = (struct leaf){.chars = digits};
		leaf_add(r, &v, from, to);
		return leaf_node(r, &v);
	}
	v.literal = !v.all;
	return leaf_node(r, &v);
}

static bool is_plain(const struct node *n)
{
	return n->type == NODE_LEAF && n->leaf->literal && n->min == 1 && n->max == 1;
}

/* Joins the characters of a row to literals. */
static void row_add(struct parser *r, struct node *row, struct node *n)
{
	struct node *last = row->n ? row->kids[row->n - 1] : NULL;

	if (last && is_plain(last) && is_plain(n) && last->leaf->n + n->leaf->n <= LITERAL_MOST) {
		uint16_t chars[LITERAL_MOST];
		struct leaf v = {.literal = true, .chars = chars, .n = last->leaf->n + n->leaf->n};
		memcpy(chars, last->leaf->chars, last->leaf->n * sizeof *chars);
		memcpy(chars + last->leaf->n, n->leaf->chars, n->leaf->n * sizeof *chars);
		row->kids[row->n - 1] = leaf_node(r, &v);
		return;
	}
	gate_kid(r->g, row, n);
}

static struct node *row_read(struct parser *r)
{
	struct node *row = gate_node(r->g, NODE_ROW);

	while (!r->failed && r->p < r->end && !next_is(r, "|") && !next_is(r, ")")) {
		struct node *n = atom_read(r);
		int min, max;
		if (times_read(r, &min, &max)) {
			struct node *one = n;
			if (n->type != NODE_LEAF || n->min != 1 || n->max != 1 || (n->leaf->literal && n->leaf->n > 1)) {
				n = gate_node(r->g, NODE_ROW);
				gate_kid(r->g, n, one);
			}
			n->min = min;
			n->max = max;
			if (n->hash)
				return fail(r);
		}
		if (n->type != NODE_EMPTY)
			row_add(r, row, n);
	}
	return row->n == 1 ? row->kids[0] : row;
}

static struct node *choice_read(struct parser *r)
{
	struct node *choice = gate_node(r->g, NODE_CHOICE);

	do
		gate_kid(r->g, choice, row_read(r));
	while (!r->failed && take(r, "|"));
	return choice->n == 1 ? choice->kids[0] : choice;
}

struct node *gate_parse(struct gates *g, const char *pattern)
{
	struct parser r = {.g = g, .p = pattern, .end = pattern + strlen(pattern)};
	struct node *n = choice_read(&r);
	return r.failed || r.p < r.end ? NULL : n;
}
