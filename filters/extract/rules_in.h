/* rules_in: what the rules are made of, for rules.c, which tries them, rules_load.c, which reads
 * them, and pattern.c, which compiles and runs their patterns. */
#ifndef EXTRACT_RULES_IN_H
#define EXTRACT_RULES_IN_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include "rules.h"
#include "arena.h"
#include "gate.h"
#include "units.h"

#include <pcre2.h>

enum {
	GROUPS_MOST = 12,       /* units of a line */
	GROUPS_SEEN = 63,       /* units of all lines that have a bit of their own; the others share one */
	CLASSES_MOST = 31
};

struct rule_hit {
	uint32_t rule;          /* index of the line */
	uint32_t b, e;          /* the literal in the sentence */
};

struct pattern {
	struct str source;
	pcre2_code *code[2];    /* to be searched for, and tried at a place only; compiled at first use */
	const struct gate *gate;        /* made at first use */
	bool tried[2], jit[2];
	uint8_t uses[2];        /* up to JIT_AFTER */
	bool tired;             /* it gave up in the record in hand */
};

struct rule {
	int cls;                /* index of the class of a cue, -1 for indicators */
	struct str value;       /* indicator id, or the cue's value */
	bool foreign;           /* an indicator that the catalogue has not: its number stays open */
	struct pattern pattern, near, not;
	int kinds;              /* bits of fact kinds that may match */
	struct str groups[GROUPS_MOST];
	int ngroups;            /* 0: any unit */
	int change;             /* -1: any */
	int priority;
	int ordinal;            /* among the lines of its value, from 1 */
	char *name;             /* indicator:ordinal */
	size_t row;
	uint32_t near_of;       /* the sentence of which IS_NEAR is known */
	bool is_near;
};

/* What most rules are told by not to speak of a number, side by side for speed. */
struct brief {
	uint64_t groups;        /* bits of units; 0: any */
	uint32_t kinds;         /* bits */
	uint32_t scan;          /* the sentence of which POSSIBLE is known */
	const struct gate *gate;        /* of the pattern; NULL until it is first needed */
	int8_t change;
	bool possible;
};

struct candidate {
	uint32_t rule, distance, len;
	int priority;
};

struct rules {
	struct table *table;
	struct rule *items;
	struct brief *briefs;   /* one a rule */
	size_t n;
	struct str groups[GROUPS_SEEN];
	size_t ngroups;
	struct str classes[CLASSES_MOST];
	size_t nclasses;
	struct literal_set *literals;
	struct gates *gates;
	struct scan {
		struct str sentence;
		struct rule_hit *hits;  /* as found, and again by class */
		size_t cap;
		const struct rule_hit *class_hits[CLASSES_MOST + 2];
		uint32_t id;            /* counts the sentences */
	} scans[2], *scan;      /* the sentence in hand, and one looked at beside it; which of them is meant */
	struct candidate *candidates;
	size_t cap_candidates;
	uint32_t *stamps;       /* of the last match in which a rule was a candidate */
	uint32_t stamp;
	uint32_t nscans;
	pcre2_match_context *limits;
	pcre2_match_data *match;
	int pairs;              /* of the last match; those behind are left from earlier ones */
	bool troubled;          /* a pattern gave up in the record in hand: */
	char trouble[512];      /* which one */
};

/* Compiles a pattern, to be searched for or (ANCHORED) to be tried at one place; false, with the table's
 * error, where it is none. */
bool pattern_ready(struct rules *r, const struct rule *rule, struct pattern *p, bool anchored);

/* The gate of a pattern (gate.h). */
const struct gate *pattern_gate(struct rules *r, struct pattern *p);

/* Runs a pattern over the window W of the sentence, wherever its gate lets it begin. */
bool pattern_in_window(struct rules *r, const struct rule *rule, struct pattern *p, const struct rule_subject *s, struct span w);

/* Runs the rule's near pattern: what stands near is the same for all numbers of a sentence. */
bool pattern_is_near(struct rules *r, struct rule *rule, const struct rule_subject *s);

void pattern_free(struct pattern *p);

/* The bit of a unit; 0 for one that no line names, unless it is to be added. */
uint64_t rules_group_bit(struct rules *r, struct str group, bool add);

#endif
