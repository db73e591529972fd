#include "body.h"
#include "figure.h"
#include "offsets.h"

static void range(struct json *j, const struct offsets *o, struct span at)
{
	json_int(j, offsets_of(o, at.b));
	json_int(j, offsets_of(o, at.e));
}

static void segments(struct json *j, const struct document *d, const struct offsets *o)
{
	json_key(j, "segments");
	json_list(j);
	for (size_t i = 0; i < d->nsegments; i++) {
		const struct segment *s = &d->segments[i];
		const struct label *l = i < d->nlabels ? &d->labels[i] : NULL;
		json_list(j);
		range(j, o, s->at);
		json_str(j, str_of(segment_kinds[s->kind]));
		json_int(j, s->level);
		json_int(j, s->up);
		json_str(j, l ? l->topic : (struct str){NULL, 0});
		json_str(j, l ? l->role : (struct str){NULL, 0});
		json_list_end(j);
	}
	json_list_end(j);
}

static void facts(struct json *j, const struct document *d, const struct offsets *o)
{
	json_key(j, "facts");
	json_list(j);
	for (size_t i = 0; i < d->nfacts; i++) {
		const struct fact *x = &d->facts[i];
		json_list(j);
		json_str(j, (struct str){d->fact_keys[i].s, KEY_LEN});
		range(j, o, x->at);
		json_str(j, str_of(fact_kinds[x->kind]));
		if (x->value.given)
			json_decimal(j, figure_value(x));
		else
			json_null(j);
		if (x->high.given)
			json_decimal(j, x->high.value);
		else
			json_null(j);
		json_str(j, x->unit);
		json_int(j, x->bound);
		json_str(j, str_of(fact_changes[x->change]));
		json_str(j, str_of(fact_modalities[x->modality]));
		json_str(j, x->measure);
		json_str(j, x->indicator);
		json_str(j, x->scope);
		json_str(j, annotated_period(d, x));
		json_int(j, x->segment);
		json_str(j, x->rule);
		json_list_end(j);
	}
	json_list_end(j);
}

void body_write(struct buf *out, const struct document *d, struct arena *a)
{
	struct offsets o = offsets_make(d->text, a);
	struct json j;

	json_start(&j, out);
	json_map(&j);
	json_key(&j, "text");
	json_str(&j, d->text);
	segments(&j, d, &o);
	json_key(&j, "sentences");
	json_list(&j);
	for (size_t i = 0; i < d->nsentences; i++) {
		json_list(&j);
		range(&j, &o, d->sentences[i].at);
		json_list_end(&j);
	}
	json_list_end(&j);
	facts(&j, d, &o);
	json_key(&j, "pages");
	json_list(&j);
	for (size_t i = 0; i < d->pages.n; i++)
		json_int(&j, offsets_of(&o, d->pages.items[i]));
	json_list_end(&j);
	json_map_end(&j);
	json_end(&j);
}

static void pair(struct json *j, const char *key, struct str value)
{
	if (!value.n)
		return;
	json_key(j, key);
	json_str(j, value);
}

/* Of how many segments, and of how many figures, each topic is. */
static void topics(struct json *j, const struct document *d, struct arena *a)
{
	struct { struct str id; int64_t segments, facts; } *t = arena_alloc(a, (d->nlabels + 1) * sizeof *t);
	size_t *of = arena_alloc(a, (d->nlabels + 1) * sizeof *of), n = 0, k;

	for (size_t i = 0; i < d->nlabels && i < d->nsegments; i++) {
		/* there are a score of topics */
		for (k = 0; k < n && !str_eq(t[k].id, d->labels[i].topic); k++)
			;
		if (k == n) {
			t[n].id = d->labels[i].topic;
			t[n].segments = t[n].facts = 0;
			n++;
		}
		of[i] = k;
		t[k].segments++;
	}
	for (size_t i = 0; i < d->nfacts; i++)
		if (annotated_label(d, &d->facts[i]) && (size_t)d->facts[i].segment < d->nsegments)
			t[of[d->facts[i].segment]].facts++;
	json_key(j, "topics");
	json_map(j);
	for (k = 0; k < n; k++) {
		if (!t[k].id.n)
			continue;
		json_str(j, t[k].id);
		json_list(j);
		json_int(j, t[k].segments);
		json_int(j, t[k].facts);
		json_list_end(j);
	}
	json_map_end(j);
}

static void findings(struct json *j, const struct document *d)
{
	json_key(j, "findings");
	json_list(j);
	for (size_t i = 0; i < d->nfindings; i++) {
		const struct finding *x = &d->findings[i];
		const struct str cells[] = {{d->finding_keys[i].s, KEY_LEN}, x->kind, x->holds, x->stated, x->computed,
			x->gap, x->bases, x->zh, x->en};
		json_list(j);
		json_strs(j, cells, sizeof cells / sizeof *cells);
		json_list(j);
		for (size_t k = 0; k < x->facts.n; k++)
			json_int(j, x->facts.items[k]);
		json_list_end(j);
		json_list_end(j);
	}
	json_list_end(j);
}

static void problems(struct json *j, const struct document *d)
{
	json_key(j, "problems");
	json_list(j);
	for (size_t i = 0; i < d->nproblems; i++) {
		json_list(j);
		json_str(j, d->problems[i].filter);
		json_str(j, d->problems[i].code);
		json_flag(j, d->problems[i].lost);
		json_str(j, d->problems[i].message);
		json_list_end(j);
	}
	json_list_end(j);
}

void entry_write(struct buf *out, const struct document *d, struct arena *a)
{
	const struct about *b = &d->about;
	struct json j;

	json_start(&j, out);
	json_map(&j);
	pair(&j, "key", (struct str){d->key.s, KEY_LEN});
	pair(&j, "path", d->path);
	pair(&j, "member", d->member);
	pair(&j, "url", d->url);
	pair(&j, "type", d->type);
	pair(&j, "charset", d->charset);
	pair(&j, "retrieved", d->retrieved);
	pair(&j, "title", b->title.value);
	pair(&j, "genre", b->genre.value);
	pair(&j, "issuer", b->issuer.value);
	pair(&j, "subject", b->subject.value);
	pair(&j, "code", b->region.code);
	pair(&j, "region", b->region.name);
	pair(&j, "level", b->region.level);
	pair(&j, "period", d->period.full_year ? (struct str){d->period.start, 4} : b->period.value);
	pair(&j, "start", str_of(d->period.start));
	pair(&j, "end", str_of(d->period.end));
	pair(&j, "number", b->number.value);
	pair(&j, "written", b->written.value);
	pair(&j, "published", b->published.value);
	json_key(&j, "full");
	json_flag(&j, d->period.full_year);
	json_key(&j, "text");
	json_flag(&j, d->text.s != NULL);
	json_key(&j, "segments");
	json_int(&j, (int64_t)d->nsegments);
	json_key(&j, "facts");
	json_int(&j, (int64_t)d->nfacts);
	topics(&j, d, a);
	findings(&j, d);
	problems(&j, d);
	json_map_end(&j);
	json_end(&j);
}
