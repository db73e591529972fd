/* classify-linear: classify with a linear model over character n-grams in place of words
 * and rules, for experiments.
 *
 * Reads doc, text, head, segments; adds about, as classify makes it, and labels; keeps all
 * other keys.
 *
 *     decode reports/ | segment | classify-linear | extract | score gold
 */
#include "../classify/document.h"
#include "model.h"

static const char *const owns[] = {"about", "labels", NULL};

static const struct filter_program program = {
	"classify-linear", "Tells what a document is, and by a linear model what its parts speak of.", NULL,
	FILTER_STAGE, NULL, owns
};

struct tables {
	struct knowledge knowledge;
	struct linears model;
};

/* Formal parts and furniture are no part of the body. */
static bool is_body(struct str role)
{
	return !str_is(role, "formal") && !str_is(role, "furniture");
}

static struct label *labels_guess(const struct linears *model, struct str text, const struct segment *segments,
	size_t n, struct arena *a)
{
	struct label *labels = arena_calloc(a, n + 1, sizeof *labels);
	struct before before = {STR(""), STR("")};

	for (size_t i = 0; i < n; i++) {
		double topic, role;
		int64_t up = segments[i].up;
		before.topic = up >= 0 && labels[up].topic.s ? labels[up].topic : STR("");
		struct feature x[FEATURES_OF_ONE];
		size_t count = features_of(text, segments, n, i, &before, x);
		struct label *l = &labels[i];
		l->role = linear_choose(&model->of[TARGET_ROLE], x, count, &role);
		l->topic = linear_choose(&model->of[TARGET_TOPIC], x, count, &topic);
		if (str_is(l->topic, "-"))
			l->topic = (struct str){NULL, 0};
		l->score = topic < role ? topic : role;
		if (is_body(l->role))
			before.role = l->role;
	}
	return labels;
}

static void work(struct filter *f, const struct tables *t)
{
	struct about about;
	struct str text = filter_text(f);
	size_t n;

	if (!text.s)
		return;
	struct cursor c = filter_need(f, "segments", "segment");
	struct segment *segments = segments_read(&c, &f->arena, text, &n);
	filter_check(f, "segments", &c);
	document_about(&t->knowledge, f, text, segments, n, &about);
	about_pack(filter_key(f, "about"), &about);
	labels_pack(filter_key(f, "labels"), labels_guess(&t->model, text, segments, n, &f->arena), n);
}

static void load(struct filter *f, struct tables *t)
{
	linears_load(&t->model, filter_table(f, "model.tsv"));
	issuers_load(&t->knowledge.issuers, filter_table(f, "classify/issuers.tsv"));
	genres_load(&t->knowledge.genres, filter_table(f, "classify/genres.tsv"));
	periods_load(&t->knowledge.periods, filter_table(f, "classify/periods.tsv"));
	regions_load(&t->knowledge.regions, filter_table(f, "regions.tsv"));
	filter_tables_done(f);
}

static int end(struct tables *t, int status)
{
	linears_free(&t->model);
	issuers_free(&t->knowledge.issuers);
	genres_free(&t->knowledge.genres);
	periods_free(&t->knowledge.periods);
	regions_free(&t->knowledge.regions);
	return status;
}

int main(int argc, char **argv)
{
	struct filter f;
	struct tables t;

	filter_start(&f, &program, argc, argv, NULL);
	load(&f, &t);
	for (;;)
		switch (filter_next(&f)) {
		case FILTER_RECORD:
			work(&f, &t);
			filter_write(&f);
			break;
		case FILTER_END:
			return end(&t, filter_finish(&f));
		case FILTER_ERROR:
			return end(&t, filter_fail(&f));
		}
}
