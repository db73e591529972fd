#include "model.h"
#include "arena.h"

#include <linear.h>
#include <math.h>
#include <stdlib.h>

const char *const target_names[] = {"topic", "role", NULL};

/* With two classes liblinear keeps the weights of the first alone. */
static size_t columns(int classes)
{
	return classes > 2 ? (size_t)classes : 1;
}

/* 17:0.53, a feature and its weight; false where it is none. */
static bool weight_parse(struct str s, int *feature, double *weight)
{
	char text[48], *end;

	if (s.n >= sizeof text)
		return false;
	memcpy(text, s.s, s.n);
	text[s.n] = '\0';
	long f = strtol(text, &end, 10);
	if (end == text || *end != ':' || f < 1 || f > FEATURES)
		return false;
	char *from = end + 1;
	*feature = (int)f;
	*weight = strtod(from, &end);
	return end != from && !*end && isfinite(*weight);
}

static void row_load(struct linear *l, struct table *t, size_t row, struct str weights, int class, int classes)
{
	size_t width = columns(classes);
	struct str part;

	while (str_part(&weights, ' ', &part)) {
		int feature;
		double w;
		if (!weight_parse(part, &feature, &w))
			table_bad(t, row, "'%.*s' is no feature:weight", STR_ARG(part));
		else if ((size_t)class < width)
			l->model->w[(size_t)(feature - 1) * width + (size_t)class] = w;
	}
}

static int target_of(struct table *t, size_t row, int column)
{
	int k = 0;
	while (k < TARGETS && !str_is(table_cell(t, row, column), target_names[k]))
		k++;
	if (k == TARGETS)
		table_bad(t, row, "target is topic or role, not '%.*s'", STR_ARG(table_cell(t, row, column)));
	return k;
}

void linears_load(struct linears *l, struct table *t)
{
	int target = table_need(t, "target"), class = table_need(t, "class"), weights = table_need(t, "weights");
	int next[TARGETS] = {0};

	*l = (struct linears){0};
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		int k = target_of(t, i, target);
		if (k == TARGETS)
			return;
		if (l->of[k].n == CLASSES_MOST)
			table_bad(t, i, "more than %d classes", CLASSES_MOST);
		else
			l->of[k].classes[l->of[k].n++] = table_cell(t, i, class);
	}
	for (int k = 0; k < TARGETS && !t->error[0]; k++) {
		struct linear *x = &l->of[k];
		if (!x->n) {
			table_bad(t, 0, "no class of the target %s", target_names[k]);
			return;
		}
		x->model = xmalloc(sizeof *x->model);
		*x->model = (struct model){.param = {.solver_type = L1R_LR}, .nr_class = x->n, .nr_feature = FEATURES,
			.bias = -1};
		x->model->w = xmalloc(FEATURES * columns(x->n) * sizeof *x->model->w);
		x->model->label = xmalloc((size_t)x->n * sizeof *x->model->label);
		for (size_t i = 0; i < FEATURES * columns(x->n); i++)
			x->model->w[i] = 0;
		for (int i = 0; i < x->n; i++)
			x->model->label[i] = i;
	}
	for (size_t i = 0; i < t->nrows && !t->error[0]; i++) {
		int k = target_of(t, i, target);
		row_load(&l->of[k], t, i, table_cell(t, i, weights), next[k]++, l->of[k].n);
	}
}

void linears_free(struct linears *l)
{
	for (int k = 0; k < TARGETS; k++)
		if (l->of[k].model) {
			free(l->of[k].model->w);
			free(l->of[k].model->label);
			free(l->of[k].model);
		}
}

/* As liblinear wants them: ended by -1. */
static void nodes_of(struct feature_node *to, const struct feature *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] = (struct feature_node){x[i].number, x[i].value};
	to[n] = (struct feature_node){-1, 0};
}

struct str linear_choose(const struct linear *l, const struct feature *x, size_t n, double *likely)
{
	struct feature_node nodes[FEATURES_OF_ONE + 1];
	double p[CLASSES_MOST];

	*likely = 1;
	if (l->n == 1)
		return l->classes[0];
	nodes_of(nodes, x, n);
	int class = (int)predict_probability(l->model, nodes, p);
	*likely = p[class];
	return l->classes[class];
}

static void silent(const char *s)
{
	(void)s;
}

static void write_rows(FILE *to, enum target target, const struct model *m, char *const *names)
{
	size_t width = columns(m->nr_class);

	for (int c = 0; c < m->nr_class; c++) {
		fprintf(to, "%s\t%s\t", target_names[target], names[m->label[c]]);
		const char *gap = "";
		for (size_t f = 0; f < FEATURES && (size_t)c < width; f++) {
			double w = m->w[f * width + (size_t)c];
			if (fabs(w) >= 0.005) {
				fprintf(to, "%s%zu:%.2f", gap, f + 1, w);
				gap = " ";
			}
		}
		fprintf(to, "\n");
	}
}

void linear_train(FILE *to, enum target target, const struct sample *samples, size_t n, char *const *names,
	double cost)
{
	/* most weights are 0 with L1: the table stays small */
	struct parameter param = {.solver_type = L1R_LR, .eps = 0.01, .C = cost};
	struct feature_node **x = xmalloc((n + 1) * sizeof *x);
	double *y = xmalloc((n + 1) * sizeof *y);

	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		if (samples[i].class[target] < 0)
			continue;
		x[used] = xmalloc((samples[i].n + 1) * sizeof **x);
		nodes_of(x[used], samples[i].x, samples[i].n);
		y[used++] = samples[i].class[target];
	}
	struct problem p = {.l = (int)used, .n = FEATURES, .y = y, .x = x, .bias = -1};
	set_print_string_function(silent);
	srand(1);               /* liblinear shuffles: the same stream makes the same bytes */
	struct model *m = train(&p, &param);
	write_rows(to, target, m, names);
	free_and_destroy_model(&m);
	for (size_t i = 0; i < used; i++)
		free(x[i]);
	free(x);
	free(y);
}
