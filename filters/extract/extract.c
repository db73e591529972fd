/* extract: facts and mentions.
 *
 * Reads text, segments and sentences (of segment), about and labels (of classify)
 * where they are there; adds facts and mentions; keeps all other keys.
 *
 *     decode reports/ | segment | classify | extract | tojson | jq .facts
 */
#include "about.h"
#include "assign.h"
#include "explain.h"
#include "filter.h"
#include "open.h"
#include "segment.h"
#include "variants.h"

#include <stdlib.h>

static const char *const owns[] = {"facts", "mentions", NULL};

struct options {
	bool check, explain, open;
};

static const struct cli_option options[] = {
	{"check", 0, CLI_FLAG, NULL, "compile every pattern of the rule files first",
		offsetof(struct options, check), false},
	{"explain", 0, CLI_FLAG, NULL, "say on standard error why each number got what it got",
		offsetof(struct options, explain), false},
	{"open", 0, CLI_FLAG, NULL, "list on standard error what is counted often and has no indicator",
		offsetof(struct options, open), false},
	{0}
};

static const struct filter_program program = {
	"extract", "Finds the numbers of a document, and what each of them means.", NULL,
	FILTER_STAGE, options, owns
};

struct tables {
	struct units *units;
	struct lexicon lexicon;
	struct assigner *assigner;
	struct variants *variants;
	struct open_list *open; /* NULL where nobody asks */
};

static void tables_load(struct filter *f, struct tables *t, bool check)
{
	struct table *units = filter_table(f, "units.tsv"), *words = filter_table(f, "words.tsv"),
		*cues = filter_table(f, "cues.tsv"), *rules = filter_table(f, "rules.tsv"),
		*catalogue = filter_table(f, "indicators.tsv"), *genres = filter_table(f, "genres.tsv"),
		*mentions = filter_table(f, "mentions.tsv"),
		*cells = filter_table(f, "cells.tsv"), *variants = filter_table(f, "variants.tsv");

	t->units = units_load(units);
	lexicon_load(&t->lexicon, words, t->units);
	t->assigner = assigner_new(words, cues, rules, catalogue, genres, mentions, cells,
		t->units);
	t->variants = variants_load(variants);
	if (check || f->cli.nreplaced)
		assigner_check(t->assigner);
	filter_tables_done(f);
}

/* Reads what the record says of itself; a record without it is still served. */
static void document_open(struct filter *f, struct document *d)
{
	struct cursor c;
	size_t nlabels = 0;

	c = filter_need(f, "segments", "segment");
	d->segments = segments_read(&c, &f->arena, d->text, &d->nsegments);
	filter_check(f, "segments", &c);
	c = filter_need(f, "sentences", "segment");
	d->sentences = sentences_read(&c, &f->arena, d->text, d->nsegments, &d->nsentences);
	filter_check(f, "sentences", &c);
	if (filter_open(f, "labels", &c)) {
		d->labels = labels_read(&c, &f->arena, &nlabels);
		filter_check(f, "labels", &c);
		if (nlabels != d->nsegments)
			filter_die(f, "labels and segments differ in number: run classify again");
	}
	if (filter_open(f, "about", &c)) {
		about_read(&c, &f->arena, &d->about);
		filter_check(f, "about", &c);
	}
	d->year = document_year(d);
}

static int by_place(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;
	if (x->at.b != y->at.b)
		return x->at.b < y->at.b ? -1 : 1;
	return x->at.e > y->at.e ? -1 : x->at.e < y->at.e;
}

/* What facts and mentions quote is the text as it stands. */
static void quote(struct document *d, struct str text)
{
	for (size_t i = 0; i < d->nfacts; i++) {
		d->facts[i].measure = variants_original(d->facts[i].measure, d->text, text);
		d->facts[i].scope = variants_original(d->facts[i].scope, d->text, text);
	}
	for (size_t i = 0; i < d->nmentions; i++)
		d->mentions[i].value = variants_original(d->mentions[i].value, d->text, text);
	d->text = text;
}

static void extract_record(struct filter *f, struct tables *t, const struct options *o)
{
	struct str text = filter_text(f);
	struct document d = {.arena = &f->arena, .explain = o->explain ? stderr : NULL};

	if (!text.s)
		return;
	d.text = variants_fold(t->variants, &f->arena, text);
	document_open(f, &d);
	for (size_t i = 0; i < d.nsentences; i++)
		assign_sentence(t->assigner, &t->lexicon, &d, i);
	/* design: the period of a fact is resolved, the report's own included */
	for (size_t i = 0; i < d.nfacts; i++)
		if (!d.facts[i].period.s)
			d.facts[i].period = d.about.period.value;
	if (d.text.s != text.s)
		quote(&d, text);
	if (d.nmentions > 1)
		qsort(d.mentions, d.nmentions, sizeof *d.mentions, by_place);
	if (t->open)
		open_add(t->open, d.text, d.facts, d.nfacts);
	facts_pack(filter_key(f, "facts"), d.facts, d.nfacts);
	mentions_pack(filter_key(f, "mentions"), d.mentions, d.nmentions);
	const char *trouble = assigner_trouble(t->assigner);
	if (trouble)
		filter_problem(f, "rule_failed", false, SPAN_NONE, "%s", trouble);
}

static int end(struct filter *f, struct tables *t, int status)
{
	(void)f;
	if (t->open) {
		open_print(t->open, stderr);
		open_free(t->open);
	}
	assigner_free(t->assigner);
	lexicon_free(&t->lexicon);
	units_free(t->units);
	variants_free(t->variants);
	return status;
}

int main(int argc, char **argv)
{
	struct options o = {0};
	struct tables t;
	struct filter f;

	filter_start(&f, &program, argc, argv, &o);
	tables_load(&f, &t, o.check);
	t.open = o.open ? open_new() : NULL;
	if (o.explain)
		explain_head(stderr);
	for (;;)
		switch (filter_next(&f)) {
		case FILTER_RECORD:
			extract_record(&f, &t, &o);
			filter_write(&f);
			break;
		case FILTER_END:
			return end(&f, &t, filter_finish(&f));
		case FILTER_ERROR:
			return end(&f, &t, filter_fail(&f));
		}
}
