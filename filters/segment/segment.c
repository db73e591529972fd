/* segment: the outline of each document, and its sentences.
 *
 * Reads text; adds segments and sentences; keeps all other keys.
 *
 *     decode reports/ | segment | tojson | jq -c '.segments[]?'
 */
#include "filter.h"
#include "join.h"
#include "outline.h"

static const char *const owns[] = {"segments", "sentences", NULL};

static const struct filter_program program = {
	"segment", "Finds the headings, paragraphs and sentences of a document.", NULL,
	FILTER_STAGE, NULL, owns
};

/* Sentences end with 。！？ and with their segment; each row of a table is one. */
struct cutter {
	struct str text;
	struct arena *a;
	struct sentence *items;
	size_t n, cap;
};

static void cut(struct cutter *c, uint32_t b, uint32_t e, uint32_t segment)
{
	struct str s = str_trim(str_sub(c->text, b, e));
	if (!s.n)
		return;
	if (c->n == c->cap)
		c->items = arena_grow(c->a, c->items, &c->cap, c->n + 1, sizeof *c->items);
	b = (uint32_t)(s.s - c->text.s);
	c->items[c->n++] = (struct sentence){{b, b + (uint32_t)s.n}, segment};
}

static void cut_rows(struct cutter *c, struct span at, uint32_t segment)
{
	uint32_t b = at.b;
	for (uint32_t i = at.b; i < at.e; i++)
		if (c->text.s[i] == '\n') {
			cut(c, b, i, segment);
			b = i + 1;
		}
	cut(c, b, at.e, segment);
}

static void find_sentences(struct cutter *c, const struct tree *tree, const struct scan *scan)
{
	size_t k = 0;

	for (size_t i = 0; i < tree->n; i++) {
		struct span at = tree->items[i].at;
		uint32_t b = at.b;
		if (tree->items[i].kind == SEGMENT_TABLE) {
			cut_rows(c, at, (uint32_t)i);
			continue;
		}
		while (k < scan->nstops && scan->stops[k].end <= b)
			k++;
		for (; k < scan->nstops && scan->stops[k].end < at.e; k++)
			if (scan->stops[k].kind == STOP_END) {
				cut(c, b, scan->stops[k].end, (uint32_t)i);
				b = scan->stops[k].end;
			}
		cut(c, b, at.e, (uint32_t)i);
	}
}

static void work(struct filter *f, const struct rules *rules)
{
	struct str text = filter_text(f);
	struct scan scan;
	struct tree tree;

	if (!text.s)
		return;
	scan_text(&scan, text, rules->marks, &f->arena);
	join_wrapped(&scan, text, rules->marks);
	outline_make(&tree, &scan, rules, text, &f->arena);
	struct cutter c = {.text = text, .a = &f->arena};
	find_sentences(&c, &tree, &scan);
	segments_pack(filter_key(f, "segments"), tree.items, tree.n);
	sentences_pack(filter_key(f, "sentences"), c.items, c.n);
}

static int end(struct rules *rules, int status)
{
	marks_free(rules->marks);
	cues_free(rules->cues);
	return status;
}

int main(int argc, char **argv)
{
	struct filter f;
	struct rules rules;

	filter_start(&f, &program, argc, argv, NULL);
	rules.marks = marks_new(filter_table(&f, "marks.tsv"));
	rules.cues = cues_new(filter_table(&f, "lines.tsv"));
	filter_tables_done(&f);
	for (;;)
		switch (filter_next(&f)) {
		case FILTER_RECORD:
			work(&f, &rules);
			filter_write(&f);
			break;
		case FILTER_END:
			return end(&rules, filter_finish(&f));
		case FILTER_ERROR:
			return end(&rules, filter_fail(&f));
		}
}
