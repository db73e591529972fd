#include "document.h"
#include "about.h"
#include "fact.h"
#include "period.h"
#include "segment.h"

#include <stdlib.h>
#include <xxhash.h>

enum { HEX = 16 };

struct doc {
	struct str path, member, url, id, type, charset, charset_by, fingerprint;
	int64_t bytes, replaced;
};

static const struct schema doc_fields[] = {
	{.key = "path", .type = SCHEMA_STR, .offset = offsetof(struct doc, path)},
	{.key = "member", .type = SCHEMA_STR, .offset = offsetof(struct doc, member)},
	{.key = "url", .type = SCHEMA_STR, .offset = offsetof(struct doc, url)},
	{.key = "id", .type = SCHEMA_STR, .offset = offsetof(struct doc, id)},
	{.key = "type", .type = SCHEMA_STR, .offset = offsetof(struct doc, type)},
	{.key = "charset", .type = SCHEMA_STR, .offset = offsetof(struct doc, charset)},
	{.key = "charset_by", .type = SCHEMA_STR, .offset = offsetof(struct doc, charset_by)},
	{.key = "fingerprint", .type = SCHEMA_STR, .offset = offsetof(struct doc, fingerprint)},
	{.key = "bytes", .type = SCHEMA_INT, .offset = offsetof(struct doc, bytes)},
	{.key = "replaced", .type = SCHEMA_INT, .offset = offsetof(struct doc, replaced)},
	{0}
};

static const struct schema problem_fields[] = {
	{.key = "filter", .type = SCHEMA_STR, .offset = offsetof(struct problem, filter)},
	{.key = "code", .type = SCHEMA_STR, .offset = offsetof(struct problem, code)},
	{.key = "lost", .type = SCHEMA_BOOL, .offset = offsetof(struct problem, lost)},
	{.key = "message", .type = SCHEMA_STR, .offset = offsetof(struct problem, message)},
	{.key = "at", .type = SCHEMA_SPAN, .offset = offsetof(struct problem, at)},
	{0}
};

static int by_id(const void *a, const void *b, void *arg)
{
	const struct catalogue *c = arg;
	return str_cmp(table_cell(c->table, *(const uint32_t *)a, c->id),
		table_cell(c->table, *(const uint32_t *)b, c->id));
}

void catalogue_index(struct catalogue *c, struct table *t)
{
	*c = (struct catalogue){t, xmalloc((t->nrows + 1) * sizeof *c->sorted), table_need(t, "id"),
		table_need(t, "label"), table_need(t, "unit_kind")};
	for (size_t i = 0; i < t->nrows; i++)
		c->sorted[i] = (uint32_t)i;
	if (t->nrows > 1)
		qsort_r(c->sorted, t->nrows, sizeof *c->sorted, by_id, c);
	for (size_t i = 1; i < t->nrows && !t->error[0]; i++)
		if (str_eq(table_cell(t, c->sorted[i - 1], c->id), table_cell(t, c->sorted[i], c->id)))
			table_bad(t, c->sorted[i], "indicator '%.*s' is there twice",
				STR_ARG(table_cell(t, c->sorted[i], c->id)));
}

size_t catalogue_find(const struct catalogue *c, struct str id)
{
	size_t lo = 0, hi = c->table->nrows;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int d = str_cmp(table_cell(c->table, c->sorted[mid], c->id), id);
		if (d == 0)
			return c->sorted[mid];
		if (d < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return SIZE_MAX;
}

/* A record while it is turned into rows. */
struct work {
	struct gather *g;
	struct filter *f;
	struct doc doc;
	struct about about;
	struct period period;
	struct str text;
	struct str doc_key;
	struct segment *segments;
	struct sentence *sentences;
	struct label *labels;
	struct fact *facts;
	struct finding *findings;
	struct problem *problems;
	size_t nsegments, nsentences, nlabels, nfacts, nfindings, nproblems;
	struct str *fact_ids;
	bool lost;
};

static struct str hex(struct arena *a, uint64_t v)
{
	char *s = arena_alloc(a, HEX + 1);
	snprintf(s, HEX + 1, "%016llx", (unsigned long long)v);
	return (struct str){s, HEX};
}

static struct str number_text(struct arena *a, int64_t v)
{
	char *s = arena_alloc(a, 24);
	return (struct str){s, (size_t)snprintf(s, 24, "%lld", (long long)v)};
}

static struct str flag_text(bool v) { return v ? STR("true") : STR("false"); }

static struct str place_text(struct arena *a, struct span at, bool end)
{
	return span_is_none(at) ? STR("") : number_text(a, end ? at.e : at.b);
}

/* The exact value: the mantissa as written where it is there, else the number. */
static struct str value_text(struct arena *a, struct number v, struct str digits, int64_t scale)
{
	struct decimal exact;
	char *s = arena_alloc(a, DECIMAL_TEXT);

	if (!v.given)
		return STR("");
	/* a range or a fraction has a value that its digits do not tell: they must agree */
	if (!digits.n || scale < -30 || scale > 30 || !decimal_parse(digits.s, digits.n, &exact)
	    || decimal_to_double(decimal_shift(exact, (int)scale)) != decimal_to_double(v.value))
		exact = v.value;
	else
		exact = decimal_shift(exact, (int)scale);
	return (struct str){s, decimal_format(exact, s)};
}

/* Ids of facts: the text without white space, and the range in it, so that a page
 * that is crawled again with other spaces keeps them. */
static void fact_ids_make(struct work *w)
{
	struct arena *a = &w->f->arena;
	char *folded = arena_alloc(a, w->text.n + 1);
	uint32_t *at = arena_alloc(a, (w->text.n + 1) * sizeof *at);
	uint32_t n = 0;

	for (size_t i = 0; i < w->text.n;) {
		size_t k = space_at(w->text.s + i, w->text.n - i), step = k ? k : 1;
		for (size_t j = 0; j < step; j++)
			at[i + j] = n;
		if (!k)
			folded[n++] = w->text.s[i];
		i += step;
	}
	at[w->text.n] = n;
	uint64_t whole = XXH3_64bits(folded, n);
	w->fact_ids = arena_calloc(a, w->nfacts, sizeof *w->fact_ids);
	for (size_t i = 0; i < w->nfacts; i++) {
		uint64_t key[3] = {whole, at[w->facts[i].at.b], at[w->facts[i].at.e]};
		w->fact_ids[i] = hex(a, XXH3_64bits(key, sizeof key));
	}
}

/* The sentence that holds a place; SIZE_MAX where none does. */
static size_t sentence_at(const struct work *w, uint32_t place)
{
	size_t lo = 0, hi = w->nsentences;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (w->sentences[mid].at.e <= place)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < w->nsentences && w->sentences[lo].at.b <= place ? lo : SIZE_MAX;
}

static struct str sentence_text(const struct work *w, size_t i)
{
	if (i >= w->nsentences)
		return STR("");
	return str_trim(str_sub(w->text, w->sentences[i].at.b, w->sentences[i].at.e));
}

/* A figure that may stand in a panel: the report's own, a level, in its kind. */
static void panel_offer(struct work *w, size_t i, const struct period *p, struct str period, struct str value,
	struct str high)
{
	const struct fact *x = &w->facts[i];
	const struct label *l = (size_t)x->segment < w->nlabels ? &w->labels[x->segment] : NULL;
	size_t row = x->indicator.n ? catalogue_find(&w->g->catalogue, x->indicator) : SIZE_MAX;

	/* a place that the table of divisions lacks still has a name of its own */
	struct str region = w->about.region.name.n ? w->about.region.name : w->about.issuer.value;
	if (row == SIZE_MAX || x->modality != MODALITY_ACTUAL || x->change != CHANGE_LEVEL || x->scope.n
	    || !value.n || !period.n || !region.n
	    || (l && str_is(l->role, "plan"))
	    || !str_is(table_cell(w->g->catalogue.table, row, w->g->catalogue.kind), fact_kinds[x->kind]))
		return;
	struct candidate c = {
		.cell = {w->about.region.code, region, w->about.subject.value, period, (uint32_t)row},
		.start = str_of(p->start), .end = str_of(p->end), .value = value, .high = high,
		.bound = str_of(fact_bounds[x->bound]), .fact_id = w->fact_ids[i],
		.document = (uint32_t)w->g->spool.n, .place = (uint32_t)i, .full_year = p->full_year,
		.rank = (uint8_t)((l && !str_is(l->role, "achievement")) * 2 + (x->bound != BOUND_EXACT))};
	panel_add(&w->g->panel, &c);
}

static void fact_row(struct work *w, size_t i)
{
	struct arena *a = &w->f->arena;
	const struct fact *x = &w->facts[i];
	const struct label *l = (size_t)x->segment < w->nlabels ? &w->labels[x->segment] : NULL;
	size_t row = x->indicator.n ? catalogue_find(&w->g->catalogue, x->indicator) : SIZE_MAX;
	size_t s = sentence_at(w, x->at.b);
	struct str period = x->period.n ? x->period : w->about.period.value;
	struct period *p = arena_calloc(a, 1, sizeof *p);

	period_resolve(period, w->about.period.end, p);
	if (!x->period.n && w->about.period.start.n) {
		p->full_year = p->full_year && !w->about.period.part_year;
		snprintf(p->start, sizeof p->start, "%.*s", (int)w->about.period.start.n, w->about.period.start.s);
		snprintf(p->end, sizeof p->end, "%.*s", (int)(w->about.period.end.n < 11 ? w->about.period.end.n : 11),
			w->about.period.end.n ? w->about.period.end.s : "");
	}
	struct str value = value_text(a, x->value, x->digits, x->scale);
	struct str high = value_text(a, x->high, STR(""), 0);
	struct str cells[] = {
		w->fact_ids[i], w->doc_key, w->doc.url, w->about.region.code, w->about.region.name,
		w->about.subject.value, period, str_of(p->start), str_of(p->end), x->indicator,
		row == SIZE_MAX ? STR("") : table_cell(w->g->catalogue.table, row, w->g->catalogue.label),
		value, high, x->digits, x->unit, str_of(fact_kinds[x->kind]), str_of(fact_bounds[x->bound]),
		str_of(fact_changes[x->change]), str_of(fact_modalities[x->modality]), x->measure, x->scope,
		l ? l->topic : STR(""), l ? l->role : STR(""), sentence_text(w, s),
		s == SIZE_MAX || s == 0 ? STR("") : sentence_text(w, s - 1),
		s == SIZE_MAX ? STR("") : sentence_text(w, s + 1),
		number_text(a, x->at.b), number_text(a, x->at.e), x->rule};
	spool_row(&w->g->spool, OUT_FACTS, cells, sizeof cells / sizeof *cells);
	panel_offer(w, i, p, period, value, high);
}

static void finding_row(struct work *w, size_t i)
{
	const struct finding *x = &w->findings[i];
	struct buf ids = {0};

	for (size_t k = 0; k < x->facts.n; k++) {
		if (x->facts.items[k] >= w->nfacts)
			filter_die(w->f, "a finding names a fact that is not there");
		buf_append(&ids, " ", k > 0);
		buf_append(&ids, w->fact_ids[x->facts.items[k]].s, HEX);
	}
	struct str facts = {arena_strndup(&w->f->arena, ids.len ? (char *)ids.data : "", ids.len), ids.len};
	buf_free(&ids);
	XXH3_state_t *h = XXH3_createState();
	XXH3_64bits_reset(h);
	XXH3_64bits_update(h, w->doc_key.s, w->doc_key.n);
	XXH3_64bits_update(h, x->kind.s ? x->kind.s : "", x->kind.n);
	XXH3_64bits_update(h, facts.s, facts.n);
	/* two findings over the same facts differ in what they state or compute */
	XXH3_64bits_update(h, x->stated.s ? x->stated.s : "", x->stated.n);
	XXH3_64bits_update(h, x->computed.s ? x->computed.s : "", x->computed.n);
	XXH3_64bits_update(h, x->zh.s ? x->zh.s : "", x->zh.n);
	struct str id = hex(&w->f->arena, XXH3_64bits_digest(h));
	XXH3_freeState(h);
	struct str cells[] = {id, w->doc_key, w->doc.url, w->about.region.code, w->about.region.name,
		w->about.subject.value, w->about.period.value, x->kind, x->holds, x->stated, x->computed, x->gap,
		facts, x->bases, x->zh, x->en};
	spool_row(&w->g->spool, OUT_FINDINGS, cells, sizeof cells / sizeof *cells);
}

static void document_row(struct work *w)
{
	struct arena *a = &w->f->arena;
	const struct about *b = &w->about;
	struct str cells[] = {
		w->doc_key, w->doc.path, w->doc.member, w->doc.url, w->doc.id, w->doc.type, w->doc.charset,
		w->doc.charset_by, number_text(a, w->doc.bytes), number_text(a, w->doc.replaced), w->doc.fingerprint,
		b->genre.value, b->title.value, b->issuer.value, b->subject.value, b->region.code, b->region.name,
		b->region.level, b->period.value, b->period.start, b->period.end,
		b->period.value.n ? flag_text(b->period.part_year) : STR(""), b->number.value, b->written.value,
		b->published.value, b->signer.value, b->addressee.value, number_text(a, (int64_t)w->nsegments),
		number_text(a, (int64_t)w->nfacts), number_text(a, (int64_t)w->nfindings),
		number_text(a, (int64_t)w->nproblems), flag_text(w->lost)};
	spool_row(&w->g->spool, OUT_DOCUMENTS, cells, sizeof cells / sizeof *cells);
}

static void problem_row(struct work *w, const struct problem *x)
{
	struct arena *a = &w->f->arena;
	struct str cells[] = {w->doc_key, w->doc.path, x->filter, x->code, flag_text(x->lost), x->message,
		place_text(a, x->at, false), place_text(a, x->at, true)};
	spool_row(&w->g->spool, OUT_PROBLEMS, cells, sizeof cells / sizeof *cells);
}

static void record_read(struct work *w)
{
	struct filter *f = w->f;
	struct cursor c = filter_need(f, "doc", "decode");

	schema_read(doc_fields, &c, &f->arena, &w->doc);
	filter_check(f, "doc", &c);
	w->text = filter_text(f);
	if (!w->text.s)
		w->text = STR("");
	else {
		c = filter_need(f, "segments", "segment");
		w->segments = segments_read(&c, &f->arena, w->text.n, &w->nsegments);
		filter_check(f, "segments", &c);
		c = filter_need(f, "sentences", "segment");
		w->sentences = sentences_read(&c, &f->arena, w->text.n, w->nsegments, &w->nsentences);
		filter_check(f, "sentences", &c);
		c = filter_need(f, "facts", "extract");
		w->facts = facts_read(&c, &f->arena, w->text.n, &w->nfacts);
		filter_check(f, "facts", &c);
	}
	if (filter_open(f, "labels", &c)) {
		w->labels = labels_read(&c, &f->arena, &w->nlabels);
		filter_check(f, "labels", &c);
	}
	if (filter_open(f, "about", &c)) {
		about_read(&c, &f->arena, &w->about);
		filter_check(f, "about", &c);
	} else if (w->text.n) {
		w->g->no_about = true;
	}
	if (filter_open(f, "findings", &c)) {
		w->findings = findings_read(&c, &f->arena, &w->nfindings);
		filter_check(f, "findings", &c);
	} else if (w->text.n) {
		w->g->no_findings = true;
	}
	if (filter_open(f, "problems", &c)) {
		w->problems = schema_read_list(problem_fields, &c, &f->arena, sizeof *w->problems, &w->nproblems);
		filter_check(f, "problems", &c);
	}
	for (size_t i = 0; i < w->nproblems; i++)
		w->lost |= w->problems[i].lost;
}

/* path, member, url and version, each ended by a byte that no path holds. */
static struct str identity(struct work *w, bool version)
{
	struct buf b = {0};
	const struct str parts[] = {w->doc.path, w->doc.member, w->doc.url, version ? w->doc.id : STR("")};

	for (size_t i = 0; i < 4; i++) {
		buf_append(&b, parts[i].s, parts[i].n);
		buf_append(&b, "", 1);
	}
	struct str key = {arena_strndup(&w->f->arena, (char *)b.data, b.len), b.len};
	buf_free(&b);
	return key;
}

bool document_add(struct gather *g, struct filter *f)
{
	struct work w = {.g = g, .f = f};

	schema_clear(about_fields, &w.about);
	record_read(&w);
	struct str key = identity(&w, false);
	w.doc_key = hex(&f->arena, XXH3_64bits(key.s, key.n));
	fact_ids_make(&w);
	document_row(&w);
	for (size_t i = 0; i < w.nfacts; i++)
		fact_row(&w, i);
	for (size_t i = 0; i < w.nfindings; i++)
		finding_row(&w, i);
	for (size_t i = 0; i < w.nproblems; i++)
		problem_row(&w, &w.problems[i]);
	return spool_document(&g->spool, identity(&w, true));
}
