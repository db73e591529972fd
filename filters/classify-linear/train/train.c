/* classify-linear-train: makes the model of classify-linear from a stream with labels.
 *
 *     decode reports | segment | classify | classify-linear-train > model.tsv
 *
 * Reads doc, text, segments, labels; writes the table. scripts/train-classify runs it.
 */
#include "../model.h"
#include "../../score/gold.h"
#include "filter.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct options {
	const char *gold, *cost;
};

static const struct cli_option options[] = {
	{"gold", 0, CLI_STRING, "DIR", "take the labels of DIR where it has the document", offsetof(struct options, gold), true},
	{"cost", 0, CLI_STRING, "C", "price of an error against that of a weight (15)", offsetof(struct options, cost), true},
	{0}
};

static const struct filter_program program = {
	"classify-linear-train", "Makes a model for classify-linear from a stream with labels.", NULL,
	FILTER_SINK, options, NULL
};

struct trainer {
	struct filter f;
	struct options o;
	double cost;
	struct gold_set gold;
	struct sample *samples;
	size_t n, cap;
	char *names[TARGETS][CLASSES_MOST];
	int classes[TARGETS];
};

static int class_of(struct trainer *t, enum target target, struct str name)
{
	struct str s = name.n ? name : STR("-");

	for (int i = 0; i < t->classes[target]; i++)
		if (str_is(s, t->names[target][i]))
			return i;
	if (t->classes[target] == CLASSES_MOST)
		filter_die(&t->f, "more than %d classes of %s", CLASSES_MOST, target_names[target]);
	t->names[target][t->classes[target]] = xstrndup(s.s, s.n);
	return t->classes[target]++;
}

static void sample_add(struct trainer *t, const struct feature *x, size_t n, const struct label *l, bool whole)
{
	if (t->n == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 4096;
		t->samples = xrealloc(t->samples, t->cap * sizeof *t->samples);
	}
	struct sample *s = &t->samples[t->n++];
	*s = (struct sample){.x = xmalloc((n + 1) * sizeof *s->x), .n = n};
	memcpy(s->x, x, n * sizeof *x);
	s->class[TARGET_TOPIC] = class_of(t, TARGET_TOPIC, l->topic);
	s->class[TARGET_ROLE] = whole ? class_of(t, TARGET_ROLE, l->role) : -1;
}

static struct str doc_path(struct filter *f)
{
	struct cursor c;
	struct str path = {"", 0};

	if (!filter_open(f, "doc", &c))
		return path;
	for (uint32_t n = cursor_map(&c); n-- > 0 && !c.error;) {
		if (str_is(cursor_str(&c), "path") && cursor_peek(&c) == TOKEN_STR)
			path = cursor_str(&c);
		else
			cursor_skip(&c);
	}
	filter_check(f, "doc", &c);
	return path;
}

/* Puts the labels of people in the place of those of the stream; segments that people cut
 * otherwise have none. */
static void gold_labels(const struct gold *g, const struct segment *s, struct label *l, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		l[i] = (struct label){{NULL, 0}, {NULL, 0}, 1};
		while (k < g->nsegments && g->segments[k].at.b < s[i].at.b)
			k++;
		if (k == g->nsegments || g->segments[k].at.b != s[i].at.b)
			continue;
		l[i].role = g->segments[k].role;
		if (!str_is(g->segments[k].topic, "none"))
			l[i].topic = g->segments[k].topic;
	}
}

static void work(struct trainer *t)
{
	struct filter *f = &t->f;
	struct str text = filter_text(f);
	struct before before = {STR(""), STR("")};
	size_t n, nlabels;

	if (!text.s)
		return;
	struct cursor c = filter_need(f, "segments", "segment");
	struct segment *s = segments_read(&c, &f->arena, text, &n);
	filter_check(f, "segments", &c);
	const struct gold *g = t->o.gold ? gold_find(&t->gold, doc_path(f)) : NULL;
	struct label *l;
	if (g && g->has_segments) {
		l = arena_calloc(&f->arena, n + 1, sizeof *l);
		gold_labels(g, s, l, n);
	} else {
		c = filter_need(f, "labels", "classify");
		l = labels_read(&c, &f->arena, &nlabels);
		if (!c.error && nlabels != n)
			cursor_fail(&c, "not one label a segment");
		filter_check(f, "labels", &c);
	}
	/* an excerpt that ends before the problems and plans would teach that there are none */
	bool whole = false;
	for (size_t i = 0; i < n; i++)
		whole |= str_is(l[i].role, "problem") || str_is(l[i].role, "plan");
	for (size_t i = 0; i < n; i++) {
		if (!l[i].role.n)
			continue;
		before.topic = s[i].up >= 0 && l[s[i].up].topic.n ? l[s[i].up].topic : STR("");
		struct feature x[FEATURES_OF_ONE];
		size_t count = features_of(text, s, n, i, &before, x);
		sample_add(t, x, count, &l[i], whole);
		if (!str_is(l[i].role, "formal") && !str_is(l[i].role, "furniture"))
			before.role = l[i].role;
	}
}

static bool train_all(struct trainer *t)
{
	printf("# The weights of classify-linear, made by scripts/train-classify: hashed pairs and triples of\n"
		"# characters, and where a segment stands. weights: feature:weight, those of 0.005 and more.\n"
		"target\tclass\tweights\n");
	for (int k = 0; k < TARGETS; k++)
		linear_train(stdout, (enum target)k, t->samples, t->n, t->names[k], t->cost);
	if (fflush(stdout) == 0 && !ferror(stdout) && close(STDOUT_FILENO) == 0)
		return true;
	cli_say(&t->f.cli, "cannot write: %s", strerror(errno));
	return false;
}

static int end(struct trainer *t, int status)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->samples[i].x);
	free(t->samples);
	for (int k = 0; k < TARGETS; k++)
		for (int i = 0; i < t->classes[k]; i++)
			free(t->names[k][i]);
	if (t->o.gold)
		gold_free(&t->gold);
	return status;
}

int main(int argc, char **argv)
{
	struct trainer t = {.cost = 15};
	char *rest;

	filter_start(&t.f, &program, argc, argv, &t.o);
	filter_tables_done(&t.f);
	if (t.o.cost && (t.cost = strtod(t.o.cost, &rest), rest == t.o.cost || *rest || !(t.cost > 0)))
		cli_misuse(&t.f.cli, "--cost is a number above 0");
	if (t.o.gold && !gold_load(&t.gold, t.o.gold))
		cli_die(&t.f.cli, "%s", t.gold.error);
	for (;;)
		switch (filter_next(&t.f)) {
		case FILTER_RECORD:
			work(&t);
			break;
		case FILTER_END:
			if (!t.n)
				cli_die(&t.f.cli, "the stream has no labels to learn from");
			bool written = train_all(&t);
			int status = filter_finish(&t.f);
			return end(&t, written ? status : EXIT_BROKEN);
		case FILTER_ERROR:
			return end(&t, filter_fail(&t.f));
		}
}
