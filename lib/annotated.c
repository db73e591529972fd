#include "annotated.h"

#define FIELD(name, kind) {.key = #name, .type = kind, .offset = offsetof(struct document, name)}

static const struct schema doc_fields[] = {
	FIELD(path, SCHEMA_STR), FIELD(member, SCHEMA_STR), FIELD(url, SCHEMA_STR),
	FIELD(id, SCHEMA_STR), FIELD(type, SCHEMA_STR), FIELD(charset, SCHEMA_STR),
	FIELD(charset_by, SCHEMA_STR), FIELD(bytes, SCHEMA_NUMBER), FIELD(replaced, SCHEMA_NUMBER),
	FIELD(retrieved, SCHEMA_STR), FIELD(fingerprint, SCHEMA_STR), FIELD(pages, SCHEMA_FACTS),
	{0}
};

static void facts_take(struct filter *f, struct document *d)
{
	struct cursor c = filter_need(f, "facts", "extract");

	d->facts = facts_read(&c, &f->arena, d->text, &d->nfacts);
	filter_check(f, "facts", &c);
	d->fact_keys = keys_facts(d->text, d->facts, d->nfacts, &f->arena);
}

static void outline_take(struct filter *f, enum annotated_segments segments, struct document *d)
{
	struct cursor c;

	if (filter_open(f, "segments", &c)) {
		if (segments == SEGMENTS_READ)
			d->segments = segments_read(&c, &f->arena, d->text, &d->nsegments);
		else
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

void annotated_read(struct filter *f, enum annotated_segments segments, struct document *d)
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
		outline_take(f, segments, d);
		findings_take(f, d);
	}
	problems_take(f, d);
}

const struct label *annotated_label(const struct document *d, const struct fact *x)
{
	return x->segment >= 0 && (uint64_t)x->segment < d->nlabels ? &d->labels[x->segment] : NULL;
}

struct str annotated_role(const struct document *d, const struct fact *x)
{
	const struct label *label = annotated_label(d, x);
	return label ? label->role : (struct str){NULL, 0};
}

struct str annotated_period(const struct document *d, const struct fact *x)
{
	return x->period.n ? x->period : d->about.period.value;
}

size_t annotated_sentence(const struct document *d, uint32_t at, size_t hint)
{
	const struct sentence *s = d->sentences;
	size_t lo = 0, hi = d->nsentences;

	for (size_t i = hint; i < d->nsentences && i - hint < 2; i++)
		if (s[i].at.b <= at && at < s[i].at.e)
			return i;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (s[mid].at.e <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < d->nsentences && s[lo].at.b <= at ? lo : SIZE_MAX;
}

struct span annotated_around(const struct document *d, const struct fact *x, size_t *hint)
{
	size_t i = annotated_sentence(d, x->at.b, *hint);

	if (i == SIZE_MAX)
		return x->at;
	*hint = i;
	return d->sentences[i].at;
}

const struct str *annotated_bases(const struct document *d, struct arena *a)
{
	struct str *bases = arena_calloc(a, d->nfacts + 1, sizeof *bases);

	for (size_t i = 0; i < d->nfindings; i++) {
		const struct finding *x = &d->findings[i];
		if (!str_is(x->kind, "rate") || str_is(x->holds, "unclear") || x->facts.n != 3)
			continue;
		const struct fact *whole = &d->facts[x->facts.items[2]];
		bases[x->facts.items[0]] = whole->indicator.n ? whole->indicator : whole->measure;
	}
	return bases;
}
