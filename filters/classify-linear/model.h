/* model: weights of features for topics and roles, as a table (model.tsv) and as
 * liblinear holds them. */
#ifndef CLASSIFY_LINEAR_MODEL_H
#define CLASSIFY_LINEAR_MODEL_H

#include "features.h"
#include "table.h"

#include <stdio.h>

struct model;   /* liblinear's */

enum target { TARGET_TOPIC, TARGET_ROLE, TARGETS };
extern const char *const target_names[];

enum { CLASSES_MOST = 64 };

/* One classifier: its classes and their weights. */
struct linear {
	struct model *model;    /* its label k is class k */
	struct str classes[CLASSES_MOST];       /* "-" for none */
	int n;
};

struct linears {
	struct linear of[TARGETS];
};

/* Understands the table; errors stay in it. The names live as long as the table. */
void linears_load(struct linears *l, struct table *t);
void linears_free(struct linears *l);

/* The likeliest class of a segment with N features X, and how likely it is (0 to 1). */
struct str linear_choose(const struct linear *l, const struct feature *x, size_t n, double *likely);

/* What there is to learn from: the features of each segment, and its class. */
struct sample {
	struct feature *x;
	size_t n;
	int class[TARGETS];     /* -1: nothing to learn for this target */
};

/* Trains a classifier and writes it as rows of the table: for each class the features that
 * have a weight. NAMES are those of the classes; COST is the price of an error against that
 * of a weight. */
void linear_train(FILE *to, enum target target, const struct sample *samples, size_t n, char *const *names,
	double cost);

#endif
