/* gate_part: what the files of gate share. */
#ifndef EXTRACT_GATE_PART_H
#define EXTRACT_GATE_PART_H

#include "arena.h"
#include "gate.h"

enum {
	REPEAT_MOST = 1000,     /* times; above it stands no limit */
	LITERAL_MOST = 16,      /* characters; a longer run is several literals */
	LEAF_MOST = 512         /* characters of a class; a wider one takes all */
};

/* A literal or a class, wherever it is written: kept once. */
struct leaf {
	bool literal;           /* its characters in a row; else one of them */
	bool negated, all;      /* of a class: none of them; any character at all */
	uint16_t n;
	uint16_t *chars;
	struct leaf *next;      /* of the same hash */
	/* in the sentence of generation GEN: where it stands */
	uint32_t gen, mask;
	bool absent;
};

enum node_type { NODE_EMPTY, NODE_START, NODE_HASH, NODE_LEAF, NODE_ROW, NODE_CHOICE };

/* A literal or class that a pattern can begin with. */
struct way {
	struct leaf *leaf;
	bool literal;
	uint16_t trace;         /* a sentence without it has not the literal */
};

/* A part of a pattern. */
struct node {
	enum node_type type;
	int min, max;           /* times */
	struct leaf *leaf;
	struct node **kids;     /* of rows and choices, in the order of the pattern */
	size_t n;
	bool hash;              /* holds the number */
};

enum {
	PLANE = 65536,          /* characters that can have a number: the basic plane */
	CHARS_MOST = 8192,      /* of them in patterns */
	SENTENCE_MOST = 4000,   /* characters; to a longer sentence all gates are open */
	HASHES = 1024,
	BRANCHES_MOST = 64,
	FIRSTS_MOST = 64,       /* literals that a branch can begin with */
	TRACES = 1 << 14,       /* of pairs of characters in a sentence, by hash */
	NEED_MOST = 512,        /* traces that a branch asks for */
	CLAUSE_MOST = 64        /* of which one is enough */
};

enum { MARKS = 6 };     /* 。；！？，： */

/* A way that a pattern can match: what stands to the left and to the right of #. */
struct branch {
	const uint16_t *need;   /* lists of traces, each with its length before it; of each one has to be found */
	const struct way *firsts;       /* with what it begins */
	uint16_t nfirsts, width;        /* width: most characters before # */
	bool around;            /* # stands in it */
	bool at_number;         /* may begin with # itself */
	bool at_start;          /* may begin where the window does (^) */
	bool anywhere;          /* begins with what can be anything */
	uint8_t marks;          /* bits of the marks that can stand before # */
};

struct gate {
	struct branch *branches;
	size_t n;               /* 0: nothing is known */
	bool anchored;          /* none of the branches begins anywhere */
};

struct gates {
	struct arena arena;     /* of what stays, close together */
	struct arena scratch;   /* of the pattern that is being read */
	uint16_t *numbers;      /* of the characters */
	size_t nchars;
	struct leaf *hashes[HASHES];
	/* the sentence in hand */
	struct str sentence;
	bool read, on;
	size_t n, words;        /* characters; words of a mask */
	uint16_t *chars;        /* the number of each */
	uint32_t *starts;       /* byte where each starts, and the end */
	uint32_t gen;
	uint32_t at;            /* byte of the number in hand */
	size_t place, from, to; /* its character, and those of its window */
	size_t behind[MARKS];   /* the character behind the last of each mark before it */
	uint16_t marks[MARKS];  /* their numbers */
	struct { uint16_t at, mark; } *found;   /* all marks of the sentence, in order */
	size_t nmarks;
	uint16_t *char_at;      /* by byte: the character that starts there */
	uint32_t *gens, *masks; /* by character: of which sentence its mask is, and where */
	uint64_t traces[TRACES / 64];
	struct str wider;       /* the text around the sentence, and its traces once they are asked for */
	bool wider_read;
	uint64_t wider_traces[TRACES / 64];
	uint64_t *pool;         /* masks: the bits, and a word of zeros */
	size_t used, cap;
};

/* What a character, or two in a row, leave behind. */
static inline uint16_t trace_of(uint16_t a, uint16_t b)
{
	return (uint16_t)((a * 0x9E3779B1u ^ b * 0x85EBCA6Bu) >> 18);
}

static inline bool trace_found(const uint64_t *traces, uint16_t trace)
{
	return traces[trace / 64] >> trace % 64 & 1;
}

static inline void trace_leave(uint64_t *traces, uint16_t trace)
{
	traces[trace / 64] |= 1ull << trace % 64;
}

/* Reads a pattern; NULL where it holds what gates do not understand. */
struct node *gate_parse(struct gates *g, const char *pattern);

struct node *gate_node(struct gates *g, enum node_type type);
void gate_kid(struct gates *g, struct node *node, struct node *kid);

/* The number of a character; 0 where it gets none. */
uint16_t gate_char(struct gates *g, uint32_t cp);
struct leaf *gate_leaf(struct gates *g, const struct leaf *want);

#endif
