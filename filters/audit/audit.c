/* audit: recomputes the stated figures of a document from one another.
 *
 *     decode reports | segment | classify | extract | audit | aggregate -o dataset
 *
 * Reads text, facts and, where they are there, segments, sentences, labels and
 * about; adds findings; keeps everything else as it is. A finding that accuses needs
 * language that leaves no other honest reading; audit.1 says what counts. */
#include "audit.h"

struct options {
	bool explain;
};

static const struct cli_option options[] = {
	{"explain", 0, CLI_FLAG, NULL, "tell on standard error each pair considered",
		offsetof(struct options, explain), false},
	{0}
};

static const char *const owns[] = {"findings", NULL};

static const struct filter_program program = {
	"audit", "recomputes stated figures: rates, sums, parts, changes", NULL, FILTER_STAGE, options, owns
};

/* Sentences; of the segments only their number is asked. */
static void sentences_take(struct filter *f, struct scene *s)
{
	struct cursor c;

	if (filter_open(f, "segments", &c)) {
		s->nsegments = cursor_array(&c);
		filter_check(f, "segments", &c);
	}
	if (s->nsegments && filter_open(f, "sentences", &c)) {
		s->sentences = sentences_read(&c, s->arena, s->text, s->nsegments, &s->nsentences);
		filter_check(f, "sentences", &c);
	}
}

/* What few documents need is read when it is asked for. */
struct str audit_period(struct audit *a)
{
	struct scene *s = &a->scene;
	struct cursor c;

	if (!a->has_period && filter_open(a->f, "about", &c)) {
		struct about about;
		about_read(&c, s->arena, &about);
		filter_check(a->f, "about", &c);
		a->period = about.period.value;
	}
	a->has_period = true;
	return a->period;
}

struct str audit_role(struct audit *a, const struct item *x)
{
	struct scene *s = &a->scene;
	struct cursor c;
	size_t n;

	if (!a->has_labels && filter_open(a->f, "labels", &c)) {
		a->labels = labels_read(&c, s->arena, &n);
		if (!c.error && n != s->nsegments)
			cursor_fail(&c, "not one label a segment");
		filter_check(a->f, "labels", &c);
	}
	a->has_labels = true;
	uint32_t k = s->sentences[x->sentence].segment;
	return a->labels && k < s->nsegments ? a->labels[k].role : (struct str){NULL, 0};
}

static void work(struct audit *a)
{
	struct filter *f = a->f;
	struct scene *s = &a->scene;
	const struct cues *cues = s->cues;
	struct str text = filter_text(f);
	size_t n;

	if (!text.s)
		return;
	struct cursor c = filter_need(f, "facts", "extract");
	struct fact *facts = facts_read(&c, &f->arena, text, &n);
	filter_check(f, "facts", &c);
	/* births and deaths per thousand are no shares in percent */
	for (size_t i = 0; i < n; i++)
		if (facts[i].kind == FACT_PERCENT && facts[i].unit.n && !str_is(facts[i].unit, "%"))
			facts[i].kind = FACT_RATIO;
	*s = (struct scene){.text = text, .arena = &f->arena, .cues = cues};
	sentences_take(f, s);
	scene_build(s, facts, n);
	a->has_period = a->has_labels = a->elsewhere.built = false;
	a->period = (struct str){NULL, 0};
	a->labels = NULL;
	a->findings = NULL;
	a->gaps = NULL;
	a->n = a->cap_findings = a->cap_gaps = 0;
	a->base = arena_calloc(&f->arena, s->n + 1, sizeof *a->base);
	rate_audit(a);
	sum_audit(a);
	subset_audit(a);
	change_audit(a);
	target_audit(a);
	conflict_audit(a);
	list_audit(a);
	grid_audit(a);
	audit_pack(a);
}

static int end(struct audit *a, struct cues *cues, int status)
{
	cues_free(cues);
	catalogue_free(&a->catalogue);
	messages_free(&a->messages);
	wholes_free(&a->wholes);
	return status;
}

int main(int argc, char **argv)
{
	struct filter f;
	struct options o = {0};
	struct cues cues;
	struct audit a = {.f = &f};

	filter_start(&f, &program, argc, argv, &o);
	a.explain = o.explain;
	cues_load(&cues, filter_table(&f, "cues.tsv"));
	messages_load(&a.messages, filter_table(&f, "messages.tsv"));
	wholes_load(&a.wholes, filter_table(&f, "wholes.tsv"));
	catalogue_load(&a.catalogue, filter_table(&f, "indicators.tsv"));
	filter_tables_done(&f);
	a.scene.cues = &cues;
	for (;;)
		switch (filter_next(&f)) {
		case FILTER_RECORD:
			work(&a);
			filter_write(&f);
			break;
		case FILTER_END:
			return end(&a, &cues, filter_finish(&f));
		case FILTER_ERROR:
			return end(&a, &cues, filter_fail(&f));
		}
}
