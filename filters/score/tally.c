#include "tally.h"

#include <stdlib.h>

const struct metric_name metric_names[METRICS] = {
	[M_SPAN] = {"span", "span", "span"},
	[M_VALUE] = {"value_unit", "value + unit", "value"},
	[M_ATTRIBUTES] = {"attributes", "all attributes", "attr"},
	[M_INDICATOR] = {"indicator", "indicator", "indic"},
	[M_KIND] = {"kind", "  kind", NULL},
	[M_BOUND] = {"bound", "  bound", NULL},
	[M_BOUND_SET] = {"bound_set", "    not exact", NULL},
	[M_CHANGE] = {"change", "  change", NULL},
	[M_CHANGE_SET] = {"change_set", "    not level", NULL},
	[M_MODALITY] = {"modality", "  modality", NULL},
	[M_MODALITY_SET] = {"modality_set", "    not actual", NULL},
	[M_PERIOD] = {"period", "  period", "period"},
	[M_PERIOD_SET] = {"period_set", "    not its own", NULL},
	[M_SCOPE] = {"scope", "  scope", "scope"},
	[M_SCOPE_SET] = {"scope_set", "    not its own", NULL},
	[M_MEASURE] = {"measure", "  measure", "measur"},
	[M_DATE] = {"date", "date", NULL},
	[M_DATE_VALUE] = {"date_value", "date + value", "date"},
	[M_BOUNDARY] = {"boundary", "boundary", NULL},
	[M_SEGMENT] = {"segment", "segment", "segm"},
	[M_TOPIC] = {"topic", "topic", "topic"},
	[M_ROLE] = {"role", "role", "role"},
	[M_ABOUT] = {"about", "about", "about"},
	[M_ABOUT_FIRST] = {"about_title", "  title", NULL},
	{"about_genre", "  genre", NULL},
	{"about_issuer", "  issuer", NULL},
	{"about_region", "  region", NULL},
	{"about_region_code", "  region_code", NULL},
	{"about_level", "  level", NULL},
	{"about_period", "  period", NULL},
	{"about_number", "  number", NULL},
	{"about_written", "  written", NULL},
	{"about_published", "  published", NULL},
	{"about_signer", "  signer", NULL},
	{"about_addressee", "  addressee", NULL},
};

/* Where there is nothing to find and nothing was found, all is right. */
static double share(size_t part, size_t whole, size_t other)
{
	return whole ? (double)part / (double)whole : other ? 0 : 1;
}

double tally_precision(const struct tally *t)
{
	return share(t->right, t->ours, t->gold);
}

double tally_recall(const struct tally *t)
{
	return share(t->right, t->gold, t->ours);
}

double tally_f1(const struct tally *t)
{
	return share(2 * t->right, t->ours + t->gold, 0);
}

void tally_add(struct tally *t, bool ours, bool gold, bool right)
{
	t->ours += ours;
	t->gold += gold;
	t->right += ours && gold && right;
}

void band_add(struct run *run, double score, bool right)
{
	int i = !(score > 0) ? 0 : score >= 1 ? BANDS - 1 : (int)(score * BANDS + 1e-9);
	struct band *b = &run->bands[i < BANDS ? i : BANDS - 1];

	b->labels++;
	b->right += right;
}

struct document *run_document(struct run *run, const char *name)
{
	if (run->n == run->cap) {
		run->cap = run->cap ? run->cap * 2 : 16;
		run->documents = xrealloc(run->documents, run->cap * sizeof *run->documents);
	}
	run->documents[run->n] = (struct document){.name = xstrndup(name, strlen(name))};
	return &run->documents[run->n++];
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct document *)a)->name, ((const struct document *)b)->name);
}

void run_sum(struct run *run)
{
	if (run->n)
		qsort(run->documents, run->n, sizeof *run->documents, by_name);
	for (size_t i = 0; i < run->n; i++)
		for (size_t m = 0; m < METRICS; m++) {
			const struct tally *t = &run->documents[i].t[m];
			run->total[m].right += t->right;
			run->total[m].ours += t->ours;
			run->total[m].gold += t->gold;
			run->total[m].counted |= t->counted;
		}
}

void json_string(struct buf *b, struct str s)
{
	buf_append(b, "\"", 1);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.s[i];
		if (c == '"' || c == '\\')
			buf_printf(b, "\\%c", c);
		else if (c < 0x20)
			buf_printf(b, "\\u%04x", c);
		else
			buf_append(b, &c, 1);
	}
	buf_append(b, "\"", 1);
}

/* One line of at most some 40 characters, so that a miss stays readable. */
static void line_text(struct buf *b, struct str s)
{
	enum { SHOWN_MOST = 40 };
	size_t shown = 0;

	if (!s.n)
		buf_append(b, "-", 1);
	for (size_t i = 0; i < s.n;) {
		uint32_t cp;
		size_t k = utf8_next(s.s + i, s.n - i, &cp);
		if (shown++ == SHOWN_MOST) {
			buf_append(b, "…", 3);
			return;
		}
		if (cp < 0x20)
			buf_append(b, " ", 1);
		else
			buf_append(b, s.s + i, k);
		i += k;
	}
}

void run_miss(struct run *run, const char *file, enum metric m, struct span at, struct str surface,
	struct str ours, struct str gold)
{
	struct buf *b = &run->misses;

	if (!run->keep_misses)
		return;
	if (run->json) {
		buf_printf(b, "%s{\"document\":", b->len ? "," : "");
		json_string(b, str_of(file));
		buf_printf(b, ",\"metric\":\"%s\",", metric_names[m].id);
		if (!span_is_none(at))
			buf_printf(b, "\"at\":[%u,%u],", at.b, at.e);
		buf_printf(b, "\"surface\":");
		json_string(b, surface);
		buf_printf(b, ",\"ours\":");
		json_string(b, ours);
		buf_printf(b, ",\"gold\":");
		json_string(b, gold);
		buf_printf(b, "}");
		return;
	}
	buf_printf(b, "%s\t", file);
	if (span_is_none(at))
		buf_printf(b, "-\t");
	else
		buf_printf(b, "%u-%u\t", at.b, at.e);
	buf_printf(b, "%s\t", metric_names[m].id);
	line_text(b, surface);
	buf_printf(b, "\tours: ");
	line_text(b, ours);
	buf_printf(b, "\tgold: ");
	line_text(b, gold);
	buf_printf(b, "\n");
}

void run_free(struct run *run)
{
	for (size_t i = 0; i < run->n; i++)
		free(run->documents[i].name);
	free(run->documents);
	buf_free(&run->misses);
}
