/* classify-linear: classify with a linear model over character n-grams in place of words
 * and rules, for experiments.
 *
 * Reads doc, text, head, segments; adds about, as classify makes it, and labels; keeps all
 * other keys.
 *
 *     decode reports/ | segment | classify-linear | extract | score gold
 */
#include "../classify/stage.h"
#include "model.h"

static const char *const owns[] = {"about", "labels", NULL};

static const struct filter_program program = {
	"classify-linear", "Tells what a document is, and by a linear model what its parts speak of.", NULL,
	FILTER_STAGE, NULL, owns
};

/* Formal parts and furniture are no part of the body. */
static bool is_body(struct str role)
{
	return !str_is(role, "formal") && !str_is(role, "furniture");
}

static struct label *labels(const void *linears, struct str text, const struct segment *segments, size_t n,
	struct arena *a)
{
	const struct linears *model = linears;
	struct label *made = arena_calloc(a, n + 1, sizeof *made);
	struct before before = {STR(""), STR("")};

	for (size_t i = 0; i < n; i++) {
		double topic, role;
		int64_t up = segments[i].up;
		before.topic = up >= 0 && made[up].topic.s ? made[up].topic : STR("");
		struct feature x[FEATURES_OF_ONE];
		size_t count = features_of(text, segments, n, i, &before, x);
		struct label *l = &made[i];
		l->role = linear_choose(&model->of[TARGET_ROLE], x, count, &role);
		l->topic = linear_choose(&model->of[TARGET_TOPIC], x, count, &topic);
		if (str_is(l->topic, "-"))
			l->topic = (struct str){NULL, 0};
		l->score = topic < role ? topic : role;
		if (is_body(l->role))
			before.role = l->role;
	}
	return made;
}

static void load(void *model, struct filter *f)
{
	linears_load(model, filter_table(f, "model.tsv"));
}

static void forget(void *model)
{
	linears_free(model);
}

static const struct stage stage = {
	load, labels, forget, "classify/issuers.tsv", "classify/genres.tsv", "classify/periods.tsv", "regions.tsv"
};

int main(int argc, char **argv)
{
	struct filter f;
	struct linears model;

	filter_start(&f, &program, argc, argv, NULL);
	return stage_run(&stage, &model, &f);
}
