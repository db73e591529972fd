/* gate_make: from a pattern to its gate: the ways it can match, and what each of them
 * tells of the sentence. */
#include "gate_part.h"

struct node *gate_node(struct gates *g, enum node_type type)
{
	struct node *n = arena_calloc(&g->scratch, 1, sizeof *n);
	n->type = type;
	n->min = n->max = 1;
	n->hash = type == NODE_HASH;
	return n;
}

void gate_kid(struct gates *g, struct node *node, struct node *kid)
{
	size_t cap = node->n;
	if ((node->n & (node->n - 1)) == 0)     /* 0, 1, 2, 4 … are full */
		node->kids = arena_grow(&g->scratch, node->kids, &cap, node->n ? 2 * node->n : 1, sizeof *node->kids);
	node->kids[node->n++] = kid;
	node->hash |= kid->hash;
}

static uint16_t leaf_trace(const struct leaf *v)
{
	return v->n == 1 ? trace_of(v->chars[0], 0) : trace_of(v->chars[v->n - 2], v->chars[v->n - 1]);
}

/* Traces of which one has to be found; none for what needs none. */
struct clause {
	size_t n;
	bool single;            /* of single characters, which are found often */
	uint16_t traces[CLAUSE_MOST];
};

static bool clause_better(const struct clause *a, const struct clause *b)
{
	if (!a->n || !b->n)
		return a->n > 0;
	return a->single != b->single ? b->single : a->n < b->n;
}

/* The best of what a part needs. */
static struct clause clause_of(const struct node *n)
{
	struct clause best = {0}, c;

	if (n->min == 0)
		return best;
	if (n->type == NODE_LEAF && n->leaf->literal) {
		size_t k = n->leaf->n;
		best.n = 1;
		best.single = k == 1;
		best.traces[0] = leaf_trace(n->leaf);
	} else if (n->type == NODE_ROW) {
		for (size_t i = 0; i < n->n; i++)
			if (c = clause_of(n->kids[i]), clause_better(&c, &best))
				best = c;
	} else if (n->type == NODE_CHOICE) {
		for (size_t i = 0; i < n->n; i++) {
			c = clause_of(n->kids[i]);
			if (!c.n || best.n + c.n > CLAUSE_MOST)
				return (struct clause){0};
			memcpy(best.traces + best.n, c.traces, c.n * sizeof *c.traces);
			best.n += c.n;
			best.single |= c.single;
		}
	}
	return best;
}

/* Adds what a part needs to a list of N. */
static void need_add(const struct node *part, uint16_t *need, size_t *n)
{
	if (part->type == NODE_ROW && part->min > 0) {
		for (size_t i = 0; i < part->n; i++)
			need_add(part->kids[i], need, n);
		return;
	}
	struct clause c = clause_of(part);
	if (!c.n || *n + c.n + 2 > NEED_MOST)
		return;
	need[(*n)++] = (uint16_t)c.n;
	memcpy(need + *n, c.traces, c.n * sizeof *need);
	*n += c.n;
}

/* With what a part begins; true where it may be empty, so that what follows may begin it. */
static bool firsts_add(const struct node *n, struct branch *b, struct way *firsts)
{
	bool empty = n->min == 0, any = false;

	switch (n->type) {
	case NODE_LEAF:
		if (b->nfirsts == FIRSTS_MOST || n->leaf->all || n->leaf->negated)
			b->anywhere = true;
		else
			firsts[b->nfirsts++] = (struct way){n->leaf, n->leaf->literal, n->leaf->literal ? leaf_trace(n->leaf) : 0};
		return empty;
	case NODE_START:
		b->at_start = true;
		return empty;
	case NODE_ROW:
		for (size_t i = 0; i < n->n; i++)
			if (!firsts_add(n->kids[i], b, firsts))
				return empty;
		return true;
	case NODE_CHOICE:
		for (size_t i = 0; i < n->n; i++)
			any |= firsts_add(n->kids[i], b, firsts);
		return empty || any;
	default:
		return true;
	}
}

/* The most characters that a part takes. */
static size_t width_of(const struct node *n)
{
	size_t width = 0;

	if (n->type == NODE_LEAF)
		width = n->leaf->literal ? n->leaf->n : 1;
	for (size_t i = 0; i < n->n; i++) {
		size_t k = width_of(n->kids[i]);
		width = n->type == NODE_ROW ? width + k : k > width ? k : width;
	}
	width = width < REPEAT_MOST ? width : REPEAT_MOST;
	return width * (size_t)n->max;
}

/* Which of the marks can stand within a part. */
static uint8_t marks_of(const struct gates *g, const struct node *n)
{
	uint8_t bits = 0;

	for (size_t i = 0; i < n->n; i++)
		bits |= marks_of(g, n->kids[i]);
	for (int m = 0; m < MARKS && n->type == NODE_LEAF; m++) {
		bool in = false;
		for (size_t k = 0; k < n->leaf->n; k++)
			in |= n->leaf->chars[k] == g->marks[m];
		if (n->leaf->all || in != n->leaf->negated)
			bits |= (uint8_t)(1 << m);
	}
	return bits;
}

/* Splits a pattern at its #: BEFORE and BEHIND are rows of what stands around the part in hand. */
static bool split(struct gates *g, struct gate *gate, struct node *part, struct node *before, struct node *behind)
{
	if (part->type == NODE_HASH || !part->hash) {
		struct branch b = {.around = part->hash};
		uint16_t need[NEED_MOST + 1];
		struct way firsts[FIRSTS_MOST];
		size_t n = 0;
		need_add(before, need, &n);
		need_add(part, need, &n);
		need_add(behind, need, &n);
		need[n++] = 0;
		b.need = memcpy(arena_alloc(&g->scratch, n * sizeof *need), need, n * sizeof *need);
		b.at_number = firsts_add(before, &b, firsts) && (part->hash || (firsts_add(part, &b, firsts)
			&& firsts_add(behind, &b, firsts)));
		b.anywhere |= b.at_number && !b.around;
		b.firsts = memcpy(arena_alloc(&g->scratch, (b.nfirsts + 1u) * sizeof *firsts), firsts, b.nfirsts * sizeof *firsts);
		size_t width = width_of(before);
		b.width = (uint16_t)(width < REPEAT_MOST ? width : REPEAT_MOST);
		b.marks = marks_of(g, before);
		if (gate->n == BRANCHES_MOST)
			return false;
		gate->branches[gate->n++] = b;
		return true;
	}
	if (part->type == NODE_CHOICE) {
		for (size_t i = 0; i < part->n; i++)
			if (!split(g, gate, part->kids[i], before, behind))
				return false;
		return true;
	}
	struct node *b = gate_node(g, NODE_ROW), *e = gate_node(g, NODE_ROW), *middle = NULL;
	for (size_t i = 0; i < before->n; i++)
		gate_kid(g, b, before->kids[i]);
	for (size_t i = 0; i < part->n; i++) {
		if (part->kids[i]->hash && middle)
			return false;
		if (part->kids[i]->hash)
			middle = part->kids[i];
		else
			gate_kid(g, middle ? e : b, part->kids[i]);
	}
	gate_kid(g, e, behind);
	return part->min == 1 && part->max == 1 && split(g, gate, middle, b, e);
}

/* The copy that stays: what is asked first stands together. */
static const struct gate *gate_pack(struct gates *g, const struct gate *from)
{
	size_t sizes[BRANCHES_MOST], sum = 0, firsts = 0;

	for (size_t i = 0; i < from->n; i++) {
		const uint16_t *p = from->branches[i].need;
		while (*p)
			p += *p + 1;
		sizes[i] = (size_t)(p - from->branches[i].need) + 1;
		sum += sizes[i] * sizeof *p;
		firsts += from->branches[i].nfirsts;
	}
	struct gate *gate = arena_alloc(&g->arena, sizeof *gate + from->n * sizeof *gate->branches
		+ firsts * sizeof(struct way) + sum);
	gate->n = from->n;
	gate->anchored = from->n > 0;
	gate->branches = (struct branch *)(gate + 1);
	struct way *way = (struct way *)(gate->branches + gate->n);
	uint16_t *need = (uint16_t *)(way + firsts);
	for (size_t i = 0; i < from->n; i++) {
		gate->branches[i] = from->branches[i];
		gate->anchored &= !from->branches[i].anywhere;
		gate->branches[i].need = memcpy(need, from->branches[i].need, sizes[i] * sizeof *need);
		need += sizes[i];
		gate->branches[i].firsts = way;
		for (size_t k = 0; k < from->branches[i].nfirsts; k++)
			*way++ = from->branches[i].firsts[k];
	}
	return gate;
}

const struct gate *gate_new(struct gates *g, const char *pattern)
{
	struct branch branches[BRANCHES_MOST];
	struct gate made = {.branches = branches}, *gate = &made;
	struct node *n = gate_parse(g, pattern);

	if (!n || !split(g, gate, n, gate_node(g, NODE_ROW), gate_node(g, NODE_ROW)))
		gate->n = 0;
	const struct gate *kept = gate_pack(g, gate);
	arena_reset(&g->scratch);
	return kept;
}
