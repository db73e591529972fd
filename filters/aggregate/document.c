#include "document.h"

#define FIELD(name, kind) {.key = #name, .type = kind, .offset = offsetof(struct document, name)}

static const struct schema doc_fields[] = {
	FIELD(path, SCHEMA_STR), FIELD(member, SCHEMA_STR), FIELD(url, SCHEMA_STR),
	FIELD(id, SCHEMA_STR), FIELD(type, SCHEMA_STR), FIELD(charset, SCHEMA_STR),
	FIELD(charset_by, SCHEMA_STR), FIELD(bytes, SCHEMA_NUMBER), FIELD(replaced, SCHEMA_NUMBER),
	FIELD(retrieved, SCHEMA_STR), FIELD(fingerprint, SCHEMA_STR),
	{0}
};

static void facts_take(struct filter *f, struct document *d)
{
	struct cursor c = filter_need(f, "facts", "extract");

	d->facts = facts_read(&c, &f->arena, d->text, &d->nfacts);
	filter_check(f, "facts", &c);
	d->fact_keys = keys_facts(d->text, d->facts, d->nfacts, &f->arena);
}

static void outline_take(struct filter *f, struct document *d)
{
	struct cursor c;

	if (filter_open(f, "segments", &c)) {
		d->nsegments = cursor_array(&c);
		filter_check(f, "segments", &c);
	}
	if (d->nsegments && filter_open(f, "sentences", &c)) {
		d->sentences = sentences_read(&c, &f->arena, d->text, d->nsegments, &d->nsentences);
		filter_check(f, "sentences", &c);
	}
	if (filter_open(f, "labels", &c)) {
		d->labels = labels_read(&c, &f->arena, &d->nlabels);
		filter_check(f, "labels", &c);
	}
}

static void findings_take(struct filter *f, struct document *d)
{
	struct cursor c;

	d->has_findings = filter_open(f, "findings", &c);
	if (!d->has_findings)
		return;
	d->findings = findings_read(&c, &f->arena, &d->nfindings);
	for (size_t i = 0; i < d->nfindings; i++)
		for (size_t k = 0; k < d->findings[i].facts.n; k++)
			if (d->findings[i].facts.items[k] >= d->nfacts)
				cursor_fail(&c, "a finding names a fact that is not there");
	filter_check(f, "findings", &c);
	d->finding_keys = keys_findings(d->findings, d->nfindings, d->fact_keys, &f->arena);
}

static void problems_take(struct filter *f, struct document *d)
{
	struct cursor c;

	if (!filter_open(f, "problems", &c))
		return;
	d->problems = schema_read_list(problem_fields, &c, &f->arena, sizeof *d->problems, &d->nproblems);
	filter_check(f, "problems", &c);
	for (size_t i = 0; i < d->nproblems; i++)
		d->lost |= d->problems[i].lost;
}

/* The days of the report's period: what about says, else what its value means. */
static void period_take(struct document *d)
{
	const struct about_period *p = &d->about.period;
	struct period start, end;

	period_parse(p->value, p->end, &d->period);
	period_parse(p->start, (struct str){NULL, 0}, &start);
	period_parse(p->end, (struct str){NULL, 0}, &end);
	if (p->start.n == 10 && start.start[0])
		memcpy(d->period.start, start.start, sizeof start.start);
	if (p->end.n == 10 && end.end[0])
		memcpy(d->period.end, end.end, sizeof end.end);
	d->period.full_year = d->period.start[0] && !p->part_year && strcmp(d->period.start + 4, "-01-01") == 0
		&& strcmp(d->period.end + 4, "-12-31") == 0 && memcmp(d->period.start, d->period.end, 4) == 0;
}

void document_read(struct filter *f, struct document *d)
{
	struct cursor c;

	*d = (struct document){.path = {NULL, 0}};
	if (filter_open(f, "doc", &c)) {
		schema_read(doc_fields, &c, &f->arena, d);
		filter_check(f, "doc", &c);
	}
	d->key = key_document(d->path, d->member, d->url, &f->arena);
	schema_clear(about_fields, &d->about);
	d->has_about = filter_open(f, "about", &c);
	if (d->has_about) {
		about_read(&c, &f->arena, &d->about);
		filter_check(f, "about", &c);
	}
	period_take(d);
	d->text = filter_text(f);
	if (d->text.s) {
		facts_take(f, d);
		outline_take(f, d);
		findings_take(f, d);
	}
	problems_take(f, d);
}
