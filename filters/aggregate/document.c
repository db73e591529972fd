#include "document.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#define FIELD(name, kind) {.key = #name, .type = kind, .offset = offsetof(struct document, name)}

static const struct schema doc_fields[] = {
	FIELD(path, SCHEMA_STR), FIELD(member, SCHEMA_STR), FIELD(url, SCHEMA_STR),
	FIELD(id, SCHEMA_STR), FIELD(type, SCHEMA_STR), FIELD(charset, SCHEMA_STR),
	FIELD(charset_by, SCHEMA_STR), FIELD(bytes, SCHEMA_NUMBER), FIELD(replaced, SCHEMA_NUMBER),
	FIELD(retrieved, SCHEMA_STR), FIELD(fingerprint, SCHEMA_STR),
	{0}
};

static struct key key_of(char letter, uint64_t hash)
{
	static const char hex[] = "0123456789abcdef";
	struct key k;

	k.s[0] = letter;
	for (int i = 16; i > 0; i--, hash >>= 4)
		k.s[i] = hex[hash & 15];
	k.s[KEY_LEN] = '\0';
	return k;
}

static struct key document_key(const struct document *d, struct arena *a)
{
	const struct str part[] = {d->path, d->member, d->url};
	size_t n = d->path.n + d->member.n + d->url.n + 3;
	char *s = arena_alloc(a, n), *p = s;

	for (int i = 0; i < 3; i++) {
		if (part[i].n)
			memcpy(p, part[i].s, part[i].n);
		p += part[i].n;
		*p++ = '\0';
	}
	return key_of('d', XXH3_64bits(s, n));
}

/* The text without its white space, so that a page which was crawled again with
 * other line ends keeps its ids: a hash, and for each run of space where it is. */
struct bare {
	XXH128_hash_t hash;
	uint32_t *ends;         /* offset behind a run of space, ascending */
	uint32_t *gone;         /* bytes of space up to there */
	size_t n;
};

static struct bare bare_of(struct str text, struct arena *a)
{
	struct bare b = {.ends = NULL};
	size_t cap_ends = 0, cap_gone = 0, len = 0, from = 0, i = 0;
	char *room = arena_alloc(a, text.n + 1);

	while (i < text.n) {
		uint8_t c = (uint8_t)text.s[i];
		if (c >= 0xE4 && c < 0xEF) {            /* Chinese, nearly always */
			i += 3;
			continue;
		}
		size_t k = c > ' ' && c < 0xC2 ? 0 : space_at(text.s + i, text.n - i);
		if (k == 0) {
			i++;
			continue;
		}
		memcpy(room + len, text.s + from, i - from);
		len += i - from;
		for (; k > 0; k = space_at(text.s + i, text.n - i))
			i += k;
		from = i;
		b.ends = arena_grow(a, b.ends, &cap_ends, b.n + 1, sizeof *b.ends);
		b.gone = arena_grow(a, b.gone, &cap_gone, b.n + 1, sizeof *b.gone);
		b.ends[b.n] = (uint32_t)i;
		b.gone[b.n++] = (uint32_t)(i - len);
	}
	if (from < text.n) {
		memcpy(room + len, text.s + from, text.n - from);
		len += text.n - from;
	}
	b.hash = XXH3_128bits(room, len);
	return b;
}

/* The offset in the bare text; that of a space is where the run stood. */
static uint32_t bare_at(const struct bare *b, uint32_t at)
{
	size_t lo = 0, hi = b->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (b->ends[mid] <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return at - (lo ? b->gone[lo - 1] : 0);
}

/* Ids that were given in this document: one that comes again is hashed on. */
struct given {
	uint64_t *slots;
	size_t n;
};

static struct given given_start(struct arena *a, size_t count)
{
	struct given g = {.n = 16};

	while (g.n < 2 * count)
		g.n *= 2;
	g.slots = arena_calloc(a, g.n, sizeof *g.slots);
	return g;
}

static uint64_t given_add(struct given *g, uint64_t hash)
{
	for (;;) {
		hash += hash == 0;
		size_t at = hash & (g->n - 1);
		while (g->slots[at] && g->slots[at] != hash)
			at = (at + 1) & (g->n - 1);
		if (!g->slots[at])
			return g->slots[at] = hash;
		hash = XXH3_64bits(&hash, sizeof hash);
	}
}

static const struct key *fact_keys_make(const struct document *d, struct arena *a)
{
	struct bare bare = bare_of(d->text, a);
	struct given given = given_start(a, d->nfacts);
	struct key *keys = arena_alloc(a, (d->nfacts + 1) * sizeof *keys);

	for (size_t i = 0; i < d->nfacts; i++) {
		uint64_t what[3] = {bare.hash.high64, bare.hash.low64,
			(uint64_t)bare_at(&bare, d->facts[i].at.b) << 32 | bare_at(&bare, d->facts[i].at.e)};
		keys[i] = key_of('f', given_add(&given, XXH3_64bits(what, sizeof what)));
	}
	return keys;
}

static const struct key *finding_keys_make(const struct document *d, struct arena *a)
{
	struct given given = given_start(a, d->nfindings);
	struct key *keys = arena_alloc(a, (d->nfindings + 1) * sizeof *keys);

	for (size_t i = 0; i < d->nfindings; i++) {
		const struct finding *x = &d->findings[i];
		uint64_t hash = XXH3_64bits(x->kind.s ? x->kind.s : "", x->kind.n);
		for (size_t k = 0; k < x->facts.n; k++)
			hash = XXH3_64bits_withSeed(d->fact_keys[x->facts.items[k]].s, KEY_LEN, hash);
		keys[i] = key_of('a', given_add(&given, hash));
	}
	return keys;
}

static void facts_take(struct filter *f, struct document *d)
{
	struct cursor c = filter_need(f, "facts", "extract");

	d->facts = facts_read(&c, &f->arena, d->text, &d->nfacts);
	filter_check(f, "facts", &c);
	d->fact_keys = fact_keys_make(d, &f->arena);
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
	d->finding_keys = finding_keys_make(d, &f->arena);
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
}

void document_read(struct filter *f, struct document *d)
{
	struct cursor c;

	*d = (struct document){.path = {NULL, 0}};
	if (filter_open(f, "doc", &c)) {
		schema_read(doc_fields, &c, &f->arena, d);
		filter_check(f, "doc", &c);
	}
	d->key = document_key(d, &f->arena);
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
