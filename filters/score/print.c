#include "print.h"

static void print_rate(FILE *to, const struct tally *t, double rate)
{
	if (t->counted && t->ours + t->gold > 0)
		fprintf(to, " %9.4f", rate);
	else
		fprintf(to, " %9s", "-");
}

static void print_total(FILE *to, const struct run *run)
{
	fprintf(to, "%-18s %9s %9s %9s %7s %7s %7s\n", "", "F1", "precision", "recall", "right",
		"ours", "gold");
	for (size_t m = 0; m < METRICS; m++) {
		const struct tally *t = &run->total[m];
		fprintf(to, "%-18s", metric_names[m].shown);
		print_rate(to, t, tally_f1(t));
		print_rate(to, t, tally_precision(t));
		print_rate(to, t, tally_recall(t));
		if (t->counted)
			fprintf(to, " %7zu %7zu %7zu", t->right, t->ours, t->gold);
		fprintf(to, "\n");
	}
}

static void print_two(FILE *to, const struct run *a, const struct run *b)
{
	fprintf(to, "%-18s %9s %9s %9s %9s %9s %9s %9s\n", "", "F1", "other F1", "other-F1", "precision",
		"other", "recall", "other");
	for (size_t m = 0; m < METRICS; m++) {
		const struct tally *s = &a->total[m], *t = &b->total[m];
		fprintf(to, "%-18s", metric_names[m].shown);
		print_rate(to, s, tally_f1(s));
		print_rate(to, t, tally_f1(t));
		if (s->counted && t->counted)
			fprintf(to, " %+9.4f", tally_f1(t) - tally_f1(s));
		else
			fprintf(to, " %9s", "-");
		print_rate(to, s, tally_precision(s));
		print_rate(to, t, tally_precision(t));
		print_rate(to, s, tally_recall(s));
		print_rate(to, t, tally_recall(t));
		fprintf(to, "\n");
	}
}

static void print_row(FILE *to, const char *name, const struct tally *t)
{
	fprintf(to, "%-24s", name);
	for (size_t m = 0; m < METRICS; m++)
		if (metric_names[m].brief && t[m].counted && t[m].ours + t[m].gold > 0)
			fprintf(to, " %6.3f", tally_f1(&t[m]));
		else if (metric_names[m].brief)
			fprintf(to, " %6s", "-");
	fprintf(to, "\n");
}

static void print_documents(FILE *to, const struct run *run, const char *title)
{
	fprintf(to, "\n%-24s", title);
	for (size_t m = 0; m < METRICS; m++)
		if (metric_names[m].brief)
			fprintf(to, " %6s", metric_names[m].brief);
	fprintf(to, "\n");
	for (size_t i = 0; i < run->n; i++)
		print_row(to, run->documents[i].name, run->documents[i].t);
	print_row(to, "all", run->total);
}

/* What the scores of labels are worth. */
static void print_bands(FILE *to, const struct run *run, const char *title)
{
	size_t labels = 0;

	for (int i = 0; i < BANDS; i++)
		labels += run->bands[i].labels;
	if (!labels)
		return;
	fprintf(to, "\n%-18s %9s %7s %7s\n", title, "share", "right", "labels");
	for (int i = BANDS; i-- > 0;) {
		const struct band *b = &run->bands[i];
		if (b->labels)
			fprintf(to, "%.1f to %.1f         %9.4f %7zu %7zu\n", i / 10.0, (i + 1) / 10.0,
				(double)b->right / (double)b->labels, b->right, b->labels);
	}
}

void print_table(FILE *to, const struct printing *p)
{
	if (p->other)
		print_two(to, p->run, p->other);
	else
		print_total(to, p->run);
	print_documents(to, p->run, "F1 by document");
	if (p->other)
		print_documents(to, p->other, "other run");
	print_bands(to, p->run, "labels by score");
	if (p->other)
		print_bands(to, p->other, "of the other run");
	for (size_t i = 0; i < p->nmissing; i++)
		fprintf(to, "\nno record for the gold %s\n", p->missing[i]);
	for (const struct run *r = p->run; r; r = r == p->run ? p->other : NULL)
		if (r->misses.len) {
			fprintf(to, "\n%s\n", r == p->other ? "misses of the other run" : "misses");
			fwrite(r->misses.data, 1, r->misses.len, to);
		}
}

static void tallies_json(struct buf *b, const struct tally *t)
{
	const char *comma = "";

	buf_printf(b, "{");
	for (size_t m = 0; m < METRICS; m++) {
		if (!t[m].counted)
			continue;
		buf_printf(b, "%s\"%s\":{\"f1\":%.6f,\"precision\":%.6f,\"recall\":%.6f,"
			"\"right\":%zu,\"ours\":%zu,\"gold\":%zu}", comma, metric_names[m].id, tally_f1(&t[m]),
			tally_precision(&t[m]), tally_recall(&t[m]), t[m].right, t[m].ours, t[m].gold);
		comma = ",";
	}
	buf_printf(b, "}");
}

static void run_json(struct buf *b, const struct run *run)
{
	buf_printf(b, "\"total\":");
	tallies_json(b, run->total);
	buf_printf(b, ",\"documents\":{");
	for (size_t i = 0; i < run->n; i++) {
		buf_printf(b, i ? "," : "");
		json_string(b, str_of(run->documents[i].name));
		buf_printf(b, ":");
		tallies_json(b, run->documents[i].t);
	}
	buf_printf(b, "},\"calibration\":[");
	for (int i = 0; i < BANDS; i++)
		buf_printf(b, "%s{\"from\":%.1f,\"labels\":%zu,\"right\":%zu}", i ? "," : "", i / 10.0,
			run->bands[i].labels, run->bands[i].right);
	buf_printf(b, "]");
	if (run->keep_misses) {
		buf_printf(b, ",\"misses\":[");
		buf_append(b, run->misses.data, run->misses.len);
		buf_printf(b, "]");
	}
}

void print_json(FILE *to, const struct printing *p)
{
	struct buf b = {0};

	buf_printf(&b, "{");
	run_json(&b, p->run);
	buf_printf(&b, ",\"missing\":[");
	for (size_t i = 0; i < p->nmissing; i++) {
		buf_printf(&b, i ? "," : "");
		json_string(&b, str_of(p->missing[i]));
	}
	buf_printf(&b, "]");
	if (p->other) {
		const char *comma = "";
		buf_printf(&b, ",\"other\":{");
		run_json(&b, p->other);
		buf_printf(&b, "},\"difference\":{");
		for (size_t m = 0; m < METRICS; m++) {
			const struct tally *s = &p->run->total[m], *t = &p->other->total[m];
			if (!s->counted || !t->counted)
				continue;
			buf_printf(&b, "%s\"%s\":%.6f", comma, metric_names[m].id, tally_f1(t) - tally_f1(s));
			comma = ",";
		}
		buf_printf(&b, "}");
	}
	buf_printf(&b, "}\n");
	fwrite(b.data, 1, b.len, to);
	buf_free(&b);
}
