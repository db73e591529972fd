/* features: what the linear model sees of a segment: the character n-grams of its first
 * words, of the rest and of the headings above it, hashed, and where it stands. */
#ifndef CLASSIFY_LINEAR_FEATURES_H
#define CLASSIFY_LINEAR_FEATURES_H

#include "segment.h"

/* Features are numbered 1 to FEATURES: the hash decides, and two may share a number. */
enum { FEATURES = 65536 };

/* A feature that a segment has, and how much of it. */
struct feature {
	int number;
	double value;
};

/* The labels that were given before this one. */
struct before {
	struct str role;        /* of the last segment of the body; empty for none */
	struct str topic;       /* of the parent; empty for none */
};

/* Puts the features of segment I into OUT, in order of their numbers, each once; returns how
 * many they are. */
enum { FEATURES_OF_ONE = 800 };
size_t features_of(struct str text, const struct segment *segments, size_t n, size_t i,
	const struct before *before, struct feature out[FEATURES_OF_ONE]);

#endif
