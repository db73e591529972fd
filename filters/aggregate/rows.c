#include "rows.h"
#include "csv.h"
#include "figure.h"

/* A sentence may be as long as the text, and every fact shows three. */
enum { EVIDENCE_MOST = 4096, EVIDENCE_SIDE = 1024 };

/* What facts share: cells are made once and copied. */
struct maker {
	const struct document *d;
	const struct catalogue *c;
	const struct verdicts *v;
	struct buf *out;
	struct str whose;               /* doc_key, url, region_code, region, subject */
	struct str when;                /* the report's period and its days */
	struct str last, last_cells;    /* the period of the fact before, where it has one; its cells */
	struct str *sentences;          /* their cells, made when first asked for */
	struct arena *a;
	struct buf room;
};

static struct str keep(struct maker *m)
{
	struct str s = {arena_strndup(m->a, (char *)m->room.data, m->room.len), m->room.len};
	m->room.len = 0;
	return s;
}

static void period_cells(struct buf *b, struct str value, const struct period *p)
{
	csv_prose(b, value);
	csv_plain(b, str_of(p->start));
	csv_plain(b, str_of(p->end));
}

/* An integer, or nothing. */
static void number_cell(struct buf *b, struct number v)
{
	if (v.given)
		csv_decimal(b, v.value);
	else
		csv_empty(b);
}

void rows_documents_tail(struct buf *b, size_t problems, bool lost)
{
	csv_int(b, (int64_t)problems);
	csv_bool(b, lost);
	csv_end(b);
}

static void documents_row(struct buf *b, const struct document *d)
{
	const struct about *x = &d->about;
	const struct str version[] = {d->id, d->type, d->charset, d->charset_by};
	const struct str whose[] = {d->fingerprint, x->genre.value, x->title.value, x->issuer.value, x->subject.value,
		x->region.code, x->region.name, x->region.level};
	const struct str imprint[] = {x->number.value, x->written.value, x->published.value, x->signer.value,
		x->addressee.value};

	csv_plain(b, (struct str){d->key.s, KEY_LEN});
	csv_exact(b, d->path);
	csv_exact(b, d->member);
	csv_exact(b, d->url);
	csv_proses(b, version, sizeof version / sizeof *version);
	number_cell(b, d->bytes);
	number_cell(b, d->replaced);
	csv_proses(b, whose, sizeof whose / sizeof *whose);
	period_cells(b, x->period.value, &d->period);
	if (x->period.value.s)
		csv_bool(b, x->period.part_year);
	else
		csv_empty(b);
	csv_proses(b, imprint, sizeof imprint / sizeof *imprint);
	csv_int(b, (int64_t)d->nsegments);
	csv_int(b, (int64_t)d->nfacts);
	csv_int(b, (int64_t)d->nfindings);
	rows_documents_tail(b, d->nproblems, d->lost);
}

/* Moves I to the start of a character, never before B. */
static size_t char_start(struct str text, size_t i, size_t b)
{
	while (i > b && i < text.n && ((uint8_t)text.s[i] & 0xC0) == 0x80)
		i--;
	return i;
}

/* The part [b, e) of the text as a cell. An overlong one is cut to what lies around
 * AROUND; … stands for the rest. */
static void evidence_cell(struct buf *b, struct str text, struct span at, struct span around)
{
	if (at.e - at.b <= EVIDENCE_MOST) {
		csv_prose(b, str_trim(str_sub(text, at.b, at.e)));
		return;
	}
	uint32_t left = around.b < at.b ? at.b : around.b > at.e ? at.e : around.b;
	uint32_t right = around.e < left ? left : around.e > at.e ? at.e : around.e;
	size_t from = left - at.b > EVIDENCE_SIDE ? char_start(text, left - EVIDENCE_SIDE, at.b) : at.b;
	size_t to = at.e - right > EVIDENCE_SIDE ? char_start(text, right + EVIDENCE_SIDE, from) : at.e;
	if (to - from > EVIDENCE_MOST)  /* the figure itself is that long */
		to = char_start(text, from + EVIDENCE_MOST, from);
	struct buf s = {0};
	if (from > at.b)
		buf_append(&s, "…", 3);
	buf_append(&s, text.s + from, to - from);
	if (to < at.e)
		buf_append(&s, "…", 3);
	csv_prose(b, (struct str){(char *)s.data, s.len});
	buf_free(&s);
}

/* The cell of sentence I; AROUND is where the figure is. */
static void sentence_cell(struct maker *m, size_t i, struct span around)
{
	const struct document *d = m->d;

	if (i >= d->nsentences) {
		csv_empty(m->out);
		return;
	}
	if (d->sentences[i].at.e - d->sentences[i].at.b > EVIDENCE_MOST) {
		evidence_cell(m->out, d->text, d->sentences[i].at, around);
		return;
	}
	if (!m->sentences[i].s) {
		evidence_cell(&m->room, d->text, d->sentences[i].at, around);
		m->sentences[i] = keep(m);
	}
	csv_cells(m->out, m->sentences[i]);
}

/* Where the text has no sentence there, its line is the evidence. */
static void line_cell(struct maker *m, struct span at)
{
	struct str text = m->d->text;
	const char *b = memrchr(text.s, '\n', at.b);
	const char *e = memchr(text.s + at.b, '\n', text.n - at.b);
	struct span line = {b ? (uint32_t)(b + 1 - text.s) : 0, e ? (uint32_t)(e - text.s) : (uint32_t)text.n};

	evidence_cell(m->out, text, line, at);
	csv_empty(m->out);
	csv_empty(m->out);
}

/* The id and the catalogue's label; of a|b both. */
static void indicator_cells(struct maker *m, struct str indicator, int i)
{
	struct str rest = indicator, part;

	if (i >= 0) {
		csv_cells(m->out, m->c->items[i].id_cell);
		csv_cells(m->out, m->c->items[i].label_cell);
		return;
	}
	csv_prose(m->out, indicator);
	while (str_part(&rest, '|', &part)) {
		i = catalogue_find(m->c, part);
		if (i < 0)
			continue;
		if (m->room.len)
			buf_append(&m->room, "|", 1);
		buf_append(&m->room, m->c->items[i].label.s, m->c->items[i].label.n);
	}
	csv_prose(m->out, (struct str){(char *)m->room.data, m->room.len});
	m->room.len = 0;
}

static void verdict_cells(struct maker *m, const struct key *id, bool corrects)
{
	const struct verdict *v = verdicts_find(m->v, id->s, KEY_LEN);

	csv_plain(m->out, v ? v->verdict : STR(""));
	if (corrects && v && v->corrects)
		csv_decimal(m->out, v->number);
	else if (corrects)
		csv_empty(m->out);
}

/* The period of a fact: mostly it is that of the one before. */
static void period_of(struct maker *m, struct str period)
{
	struct period p;

	if (!period.n) {
		csv_cells(m->out, m->when);
		return;
	}
	if (!str_eq(period, m->last)) {
		period_parse(period, str_of(m->d->period.end), &p);
		period_cells(&m->room, period, &p);
		m->last = period;
		m->last_cells = keep(m);
	}
	csv_cells(m->out, m->last_cells);
}

static void fact_row(struct maker *m, size_t i, size_t *hint)
{
	const struct document *d = m->d;
	const struct fact *x = &d->facts[i];
	struct buf *b = m->out;

	csv_plain(b, (struct str){d->fact_keys[i].s, KEY_LEN});
	csv_cells(b, m->whose);
	period_of(m, x->period);
	indicator_cells(m, x->indicator, d->indicators[i]);
	if (x->value.given)
		csv_decimal(b, figure_value(x));
	else
		csv_empty(b);
	number_cell(b, x->high);
	csv_prose(b, x->digits);
	csv_prose(b, x->unit);
	csv_plain(b, str_of(fact_kinds[x->kind]));
	csv_plain(b, str_of(fact_bounds[x->bound]));
	csv_plain(b, str_of(fact_changes[x->change]));
	csv_plain(b, str_of(fact_modalities[x->modality]));
	csv_prose(b, x->measure);
	csv_prose(b, x->scope);
	if (x->segment >= 0 && (uint64_t)x->segment < d->nlabels) {
		csv_prose(b, d->labels[x->segment].topic);
		csv_prose(b, d->labels[x->segment].role);
	} else {
		csv_empty(b);
		csv_empty(b);
	}
	size_t k = annotated_sentence(d, x->at.b, *hint);
	if (k == SIZE_MAX) {
		line_cell(m, x->at);
	} else {
		struct span own = d->sentences[k].at;
		sentence_cell(m, k, x->at);
		sentence_cell(m, k - 1, (struct span){own.b, own.b});
		sentence_cell(m, k + 1, (struct span){own.e, own.e});
		*hint = k;
	}
	csv_int(b, x->at.b);
	csv_int(b, x->at.e);
	csv_prose(b, x->rule);
	verdict_cells(m, &d->fact_keys[i], true);
	csv_end(b);
}

static void finding_row(struct maker *m, size_t i)
{
	const struct document *d = m->d;
	const struct finding *x = &d->findings[i];
	const struct str figures[] = {d->about.period.value, x->kind, x->holds, x->stated, x->computed, x->gap};
	struct buf *b = m->out;

	csv_plain(b, (struct str){d->finding_keys[i].s, KEY_LEN});
	csv_cells(b, m->whose);
	csv_proses(b, figures, sizeof figures / sizeof *figures);
	for (size_t k = 0; k < x->facts.n; k++) {
		if (k > 0)
			buf_append(b, " ", 1);
		buf_append(b, d->fact_keys[x->facts.items[k]].s, KEY_LEN);
	}
	csv_empty(b);
	csv_prose(b, x->bases);
	csv_prose(b, x->zh);
	csv_prose(b, x->en);
	verdict_cells(m, &d->finding_keys[i], false);
	csv_end(b);
}

static void problem_row(struct buf *b, const struct document *d, const struct problem *p)
{
	csv_plain(b, (struct str){d->key.s, KEY_LEN});
	csv_exact(b, d->path);
	csv_prose(b, p->filter);
	csv_prose(b, p->code);
	csv_bool(b, p->lost);
	csv_prose(b, p->message);
	if (span_is_none(p->at)) {
		csv_empty(b);
		csv_empty(b);
	} else {
		csv_int(b, p->at.b);
		csv_int(b, p->at.e);
	}
	csv_end(b);
}

void rows_problem(struct buf *b, const char *doc_key, struct str path, const char *code,
	bool lost, const char *message)
{
	csv_plain(b, str_of(doc_key));
	csv_exact(b, path);
	csv_plain(b, STR("aggregate"));
	csv_plain(b, str_of(code));
	csv_bool(b, lost);
	csv_prose(b, str_of(message));
	csv_empty(b);
	csv_empty(b);
	csv_end(b);
}

static void shared_make(struct maker *m)
{
	const struct document *d = m->d;

	csv_plain(&m->room, (struct str){d->key.s, KEY_LEN});
	csv_exact(&m->room, d->url);
	csv_prose(&m->room, d->about.region.code);
	csv_prose(&m->room, d->about.region.name);
	csv_prose(&m->room, d->about.subject.value);
	m->whose = keep(m);
	period_cells(&m->room, d->about.period.value, &d->period);
	m->when = keep(m);
	m->sentences = arena_calloc(m->a, d->nsentences + 1, sizeof *m->sentences);
}

void rows_make(struct rows *r, const struct document *d, const struct catalogue *c,
	const struct verdicts *v, struct arena *a)
{
	struct maker m = {.d = d, .c = c, .v = v, .a = a};
	size_t hint = 0;

	for (int i = 0; i < ROW_SETS; i++)
		r->set[i].len = 0;
	shared_make(&m);
	documents_row(&r->set[ROWS_DOCUMENTS], d);
	m.out = &r->set[ROWS_FACTS];
	for (size_t i = 0; i < d->nfacts; i++)
		fact_row(&m, i, &hint);
	m.out = &r->set[ROWS_FINDINGS];
	for (size_t i = 0; i < d->nfindings; i++)
		finding_row(&m, i);
	for (size_t i = 0; i < d->nproblems; i++)
		problem_row(&r->set[ROWS_PROBLEMS], d, &d->problems[i]);
	buf_free(&m.room);
}

void rows_free(struct rows *r)
{
	for (int i = 0; i < ROW_SETS; i++)
		buf_free(&r->set[i]);
}
