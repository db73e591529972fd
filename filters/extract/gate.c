#include "gate_part.h"

#include <stdlib.h>

struct gates *gates_new(void)
{
	struct gates *g = xmalloc(sizeof *g);

	*g = (struct gates){.gen = 1};
	g->numbers = memset(xmalloc(PLANE * sizeof *g->numbers), 0, PLANE * sizeof *g->numbers);
	g->gens = memset(xmalloc(CHARS_MOST * sizeof *g->gens), 0, CHARS_MOST * sizeof *g->gens);
	g->masks = xmalloc(CHARS_MOST * sizeof *g->masks);
	g->chars = xmalloc(SENTENCE_MOST * sizeof *g->chars);
	g->starts = xmalloc((SENTENCE_MOST + 1) * sizeof *g->starts);
	g->char_at = xmalloc((4 * SENTENCE_MOST + 1) * sizeof *g->char_at);
	g->found = xmalloc(SENTENCE_MOST * sizeof *g->found);
	static const uint16_t marks[MARKS] = {0x3002, 0xFF1B, 0xFF01, 0xFF1F, 0xFF0C, 0xFF1A};
	for (int m = 0; m < MARKS; m++)
		g->marks[m] = gate_char(g, marks[m]);
	return g;
}

void gates_free(struct gates *g)
{
	arena_free(&g->arena);
	arena_free(&g->scratch);
	free(g->numbers);
	free(g->gens);
	free(g->masks);
	free(g->chars);
	free(g->starts);
	free(g->char_at);
	free(g->found);
	free(g->pool);
	free(g);
}

uint16_t gate_char(struct gates *g, uint32_t cp)
{
	if (cp == 0 || cp >= PLANE)
		return 0;
	if (!g->numbers[cp] && g->nchars + 1 < CHARS_MOST) {
		g->numbers[cp] = (uint16_t)++g->nchars;
		g->read = g->wider_read = false;        /* the texts have to be read again */
	}
	return g->numbers[cp];
}

struct leaf *gate_leaf(struct gates *g, const struct leaf *want)
{
	uint32_t h = (uint32_t)want->literal * 2 + want->negated;

	for (size_t i = 0; i < want->n; i++)
		h = h * 31 + want->chars[i];
	h %= HASHES;
	for (struct leaf *v = g->hashes[h]; v; v = v->next)
		if (v->literal == want->literal && v->negated == want->negated && v->all == want->all
		    && v->n == want->n && memcmp(v->chars, want->chars, v->n * sizeof *v->chars) == 0)
			return v;
	struct leaf *v = arena_alloc(&g->arena, sizeof *v);
	*v = *want;
	v->chars = arena_alloc(&g->arena, (v->n + 1u) * sizeof *v->chars);
	memcpy(v->chars, want->chars, v->n * sizeof *v->chars);
	v->gen = 0;
	v->next = g->hashes[h];
	return g->hashes[h] = v;
}

void gates_sentence(struct gates *g, struct str sentence)
{
	g->sentence = sentence;
	g->read = false;
}

/* Room for one more mask, all zero; its place in the pool. */
static uint32_t mask_new(struct gates *g)
{
	size_t stride = g->words + 1;

	if (g->cap - g->used < stride) {
		g->cap = 2 * g->cap + 16 * stride;
		g->pool = xrealloc(g->pool, g->cap * sizeof *g->pool);
	}
	uint64_t *m = g->pool + g->used;
	memset(m, 0, stride * sizeof *m);
	g->used += stride;
	return (uint32_t)(g->used - stride);
}

/* Finds the characters of the sentence that any gate asks for. */
static void sentence_read(struct gates *g)
{
	struct str s = g->sentence;

	g->read = true;
	g->gen++;
	g->at = UINT32_MAX;
	g->n = g->used = g->nmarks = 0;
	g->on = s.n <= 4 * SENTENCE_MOST;
	if (!g->on)
		return;
	for (size_t i = 0; i < s.n; g->n++) {
		uint32_t cp;
		if (g->n == SENTENCE_MOST) {
			g->on = false;
			return;
		}
		g->starts[g->n] = (uint32_t)i;
		g->char_at[i] = (uint16_t)g->n;
		i += utf8_next(s.s + i, s.n - i, &cp);
		if (cp == '#')          /* one number is another's neighbour */
			cp = '@';
		g->chars[g->n] = cp < PLANE ? g->numbers[cp] : 0;
	}
	g->starts[g->n] = (uint32_t)s.n;
	g->char_at[s.n] = (uint16_t)g->n;
	memset(g->traces, 0, sizeof g->traces);
	g->words = g->n / 64 + 1;
	for (size_t i = 0; i < g->n; i++) {
		uint16_t c = g->chars[i];
		if (!c)
			continue;
		trace_leave(g->traces, trace_of(c, 0));
		trace_leave(g->traces, trace_of(c, i + 1 < g->n ? g->chars[i + 1] : 0));
		if (g->gens[c] != g->gen) {
			g->gens[c] = g->gen;
			g->masks[c] = mask_new(g);
		}
		if (c <= MARKS) {       /* they were numbered first */
			g->found[g->nmarks].at = (uint16_t)i;
			g->found[g->nmarks++].mark = (uint16_t)(c - 1);
		}
		g->pool[g->masks[c] + i / 64] |= 1ull << i % 64;
	}
}

/* Marks where a literal starts. */
static void literal_find(struct gates *g, struct leaf *v)
{
	uint64_t any = 0;

	v->absent = true;
	if (v->n > 1 && !trace_found(g->traces, trace_of(v->chars[0], v->chars[1])))
		return;
	for (size_t k = 0; k < v->n; k++)
		if (g->gens[v->chars[k]] != g->gen)
			return;
	v->mask = mask_new(g);
	uint64_t *m = g->pool + v->mask;
	for (size_t w = 0; w < g->words; w++) {
		uint64_t bits = g->pool[g->masks[v->chars[0]] + w];
		for (size_t k = 1; k < v->n; k++) {
			const uint64_t *c = g->pool + g->masks[v->chars[k]] + w;
			bits &= c[0] >> k | c[1] << (64 - k);
		}
		m[w] = bits;
		any |= bits;
	}
	v->absent = !any;
}

static void class_find(struct gates *g, struct leaf *v)
{
	uint64_t any = 0;

	v->mask = mask_new(g);
	uint64_t *m = g->pool + v->mask;
	for (size_t k = 0; k < v->n; k++)
		if (g->gens[v->chars[k]] == g->gen)
			for (size_t w = 0; w < g->words; w++)
				m[w] |= g->pool[g->masks[v->chars[k]] + w];
	for (size_t w = 0; w < g->words; w++) {
		if (v->all || v->negated)
			m[w] = v->all ? ~0ull : ~m[w];
		if (w == g->n / 64)
			m[w] &= (1ull << g->n % 64) - 1;
		any |= m[w];
	}
	v->absent = !any;
}

static void leaf_find(struct gates *g, struct leaf *v)
{
	if (v->gen == g->gen)
		return;
	v->gen = g->gen;
	if (v->literal)
		literal_find(g, v);
	else
		class_find(g, v);
}

/* Where a leaf stands, or starts, among the 64 characters from BASE on. */
static uint64_t window(struct gates *g, struct leaf *v, size_t base)
{
	leaf_find(g, v);
	if (v->absent)
		return 0;
	const uint64_t *m = g->pool + v->mask + base / 64;
	unsigned r = (unsigned)(base % 64);
	return r ? m[0] >> r | m[1] << (64 - r) : m[0];
}

/* Takes a number in hand. */
static void number_take(struct gates *g, uint32_t at, struct span w)
{
	g->at = at;
	g->from = g->char_at[w.b];
	g->place = g->char_at[at];
	g->to = g->char_at[w.e];
	for (int m = 0; m < MARKS; m++)
		g->behind[m] = g->from;
	for (size_t i = 0; i < g->nmarks && g->found[i].at < g->place; i++)
		if (g->found[i].at >= g->from)
			g->behind[g->found[i].mark] = g->found[i].at + 1u;
}

/* The first character at which a branch can begin to match the number in hand. */
static size_t branch_from(const struct gates *g, const struct branch *b)
{
	size_t from = g->from;

	if (!b->around)
		return from;
	if (g->place - from > b->width)
		from = g->place - b->width;
	for (int m = 0; m < MARKS; m++)
		if (!(b->marks >> m & 1) && g->behind[m] > from)
			from = g->behind[m];
	return from;
}

/* Where a branch can begin among the 64 characters from BASE on. */
static uint64_t branch_starts(struct gates *g, const struct branch *b, size_t base)
{
	size_t from = branch_from(g, b), to = b->around ? g->place : g->to;
	uint64_t bits = 0;

	if (b->at_number && g->place >= base && g->place - base < 64)
		bits = 1ull << (g->place - base);
	if (b->at_start && from == g->from && base == g->from)
		bits |= 1;
	if (from < base)
		from = base;
	if (from >= to || from - base > 63)
		return bits;
	uint64_t range = ~0ull << (from - base);
	if (to - base < 64)
		range &= (1ull << (to - base)) - 1;
	uint64_t found = 0;
	for (size_t i = 0; i < b->nfirsts; i++) {
		const struct way *way = &b->firsts[i];
		if (!way->literal || trace_found(g->traces, way->trace))
			found |= window(g, way->leaf, base);
	}
	return bits | (found & range);
}

static bool needs_met(const uint64_t *traces, const uint16_t *need)
{
	for (uint16_t n; (n = *need++) != 0; need += n) {
		bool met = false;
		for (uint16_t i = 0; i < n && !met; i++)
			met = trace_found(traces, need[i]);
		if (!met)
			return false;
	}
	return true;
}

bool gate_possible(struct gates *g, const struct gate *gate)
{
	if (!g->read)
		sentence_read(g);
	if (!g->on || !gate->n)
		return true;
	for (size_t i = 0; i < gate->n; i++)
		if (needs_met(g->traces, gate->branches[i].need))
			return true;
	return false;
}

void gates_wider(struct gates *g, struct str wider)
{
	g->wider = wider;
	g->wider_read = false;
}

static void wider_read(struct gates *g)
{
	struct str s = g->wider;
	uint16_t last = 0;

	g->wider_read = true;
	memset(g->wider_traces, 0, sizeof g->wider_traces);
	for (size_t i = 0; i < s.n;) {
		uint32_t cp;
		i += utf8_next(s.s + i, s.n - i, &cp);
		uint16_t c = cp < PLANE ? g->numbers[cp] : 0;
		if (last)
			trace_leave(g->wider_traces, trace_of(last, c));
		if (c)
			trace_leave(g->wider_traces, trace_of(c, 0));
		last = c;
	}
	if (last)
		trace_leave(g->wider_traces, trace_of(last, 0));
}

bool gate_possible_wider(struct gates *g, const struct gate *gate)
{
	if (!g->wider_read)
		wider_read(g);
	for (size_t i = 0; i < gate->n; i++)
		if (needs_met(g->wider_traces, gate->branches[i].need))
			return true;
	return gate->n == 0;
}

bool gate_anchored(const struct gates *g, const struct gate *gate)
{
	return g->on && gate->anchored;
}

size_t gate_starts(struct gates *g, const struct gate *gate, uint32_t at, struct span w, uint32_t *starts)
{
	const struct branch *open[BRANCHES_MOST];
	size_t nopen = 0, n = 0;

	if (!g->read)
		sentence_read(g);
	if (!g->on || !gate->n) {
		starts[0] = w.b;
		return 1;
	}
	if (g->at != at)
		number_take(g, at, w);
	for (size_t i = 0; i < gate->n; i++)
		if (gate->n == 1 || needs_met(g->traces, gate->branches[i].need))
			open[nopen++] = &gate->branches[i];
	if (!gate->anchored) {
		size_t from = SIZE_MAX;
		for (size_t i = 0; i < nopen; i++) {
			size_t k = branch_from(g, open[i]);
			from = k < from ? k : from;
		}
		starts[0] = nopen ? g->starts[from] : 0;
		return nopen > 0;
	}
	for (size_t base = g->from; nopen && base < g->to; base += 64) {
		uint64_t bits = 0;
		for (size_t i = 0; i < nopen; i++)
			bits |= branch_starts(g, open[i], base);
		for (; bits; bits &= bits - 1)
			starts[n++] = g->starts[base + (size_t)__builtin_ctzll(bits)];
	}
	return n;
}
