/* audit: what the relations share: the document in hand, verdicts, findings. */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include "filter.h"
#include "messages.h"
#include "scene.h"

enum holds { HOLDS_YES, HOLDS_ROUNDING, HOLDS_NO, HOLDS_UNCLEAR };

/* part_of and rate_of of the catalogue, by id. */
struct catalogue {
	struct catalogue_row {
		struct str id, part_of, num, den;
	} *rows;
	size_t n;
	uint16_t *slots;        /* by a hash of the id: row + 1, 0 for none */
	size_t nslots;          /* a power of two */
};

/* Parts that are known to make up a whole, of wholes.tsv. */
enum { WHOLE_PARTS = 6 };

struct wholes {
	struct whole_row {
		struct str parts[WHOLE_PARTS];
		struct str said;        /* words, one of which the whole must have where no 其中 stands between */
		size_t n;
	} *rows;
	size_t n;
};

/* The amounts of the document: exact counts by value, the others by place. */
struct elsewhere {
	bool built;
	const struct item **sure, **vague;
	size_t nsure, nvague;
};

struct audit {
	struct filter *f;
	struct elsewhere elsewhere;
	struct scene scene;
	struct catalogue catalogue;
	struct messages messages;
	struct wholes wholes;
	struct finding *findings;
	struct ratio *gaps;             /* of each finding, for the order */
	size_t n, cap_findings, cap_gaps;
	const struct item **base;       /* of each share that was judged: its base, else NULL */
	bool explain;
	bool has_period, has_labels;    /* were they asked for? */
	struct str period;
	struct label *labels;
};

/* The report's own period; the role of the segment that X stands in: {NULL, 0} where
 * the record does not say. Read from the record when they are first asked for. */
struct str audit_period(struct audit *a);
struct str audit_role(struct audit *a, const struct item *x);

/* One relation that was found, before it is put into words. */
struct claim {
	const char *kind;
	const char *message;            /* kind of its sentence; NULL: the same */
	enum holds holds;
	struct ratio stated, computed;  /* not a number: none */
	struct str stated_text;
	const char *unit;               /* behind computed: "%", "" */
	const struct item *like;        /* or: computed is written as this one is; NULL: no */
	const struct item *items[24];
	size_t nitems;
	struct str part, whole, bases, list, low, high;
};

/* What the stated figure (A) makes of the computed one (ranges as said, and with
 * cut digits): yes, rounding or no. */
enum holds audit_verdict(const struct scene *s, const struct item *stated, struct range said, struct range cut);

void audit_find(struct audit *a, const struct claim *claim);
void claim_item(struct claim *claim, const struct item *item);

/* --explain: a pair that was looked at and why nothing came of it. B may be NULL. */
void audit_drop(struct audit *a, const char *kind, const struct item *x, const struct item *y,
	const char *why);

/* Sorts by gap, largest first, and packs the key. */
void audit_pack(struct audit *a);

struct str audit_text(struct audit *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str audit_join(struct audit *a, struct str x, struct str between, struct str y);
struct str audit_number(struct audit *a, struct ratio v, const char *unit);
/* V with the scale, the unit and the places of LIKE: 496.7亿元. */
struct str audit_amount(struct audit *a, struct ratio v, const struct item *like);

void catalogue_load(struct catalogue *c, struct table *t);
void catalogue_free(struct catalogue *c);

void wholes_load(struct wholes *w, struct table *t);
void wholes_free(struct wholes *w);
const struct catalogue_row *catalogue_find(const struct catalogue *c, struct str id);

/* The whole that language gives to the part item I: behind 其中, or in 100件案件中. */
struct link {
	const struct item *whole;       /* NULL: none */
	const struct hit *mark;         /* 其中 */
	bool close;                     /* first behind 其中, or joined to it by 、 */
};
struct link link_whole(const struct scene *s, size_t i);

/* Behind a ；in a list that 其中 opened, whose clauses all begin with an amount of
 * the unit of ITEM: where the list goes on, though ；breaks elsewhere. */
bool link_goes_on(const struct scene *s, const struct item *item, uint32_t mark);

/* Items that could be the base of I's share: same unit, in its sentence and the
 * one before, of the same segment. Returns how many (at most MOST). */
size_t link_bases(const struct scene *s, size_t i, const struct item **out, size_t most);

/* What language says of one percent. */
struct rate {
	const struct item *p, *num, *whole;
	size_t num_at;          /* place of num among the items */
	size_t list_at;         /* of the first one of the list that 分别 gives shares of, else the same */
	bool named;             /* the whole is named by language, closely */
	bool hedged;            /* something lets other bases in */
	const char *why;        /* ... what */
	bool stock;             /* carried cases usually stand in the base */
	bool given;             /* words name the base: 占受理案件数的 */
};

/* What the words in [B, E) name, without 总, 总数, 全部, 的 at its ends: {…, 0} where nothing is left. */
struct str base_core(const struct scene *s, uint32_t b, uint32_t e);

/* The base that the words in [B, E) name, behind 占: sets given, and whole where a number
 * near has that name, hedged where another may have it as well. */
void base_named(const struct scene *s, struct rate *r, uint32_t b, uint32_t e);

/* True where some number of the document, near or far, gives the rate. */
bool elsewhere_is(struct audit *a, const struct rate *r);

/* Judges the rate, or says what is missing. */
void rate_decide(struct audit *a, struct rate *r);

/* NUM over WHOLE in percent; and what P says of it. */
struct range rate_share(struct range num, struct range whole);
enum holds rate_try(const struct scene *s, const struct item *p, const struct item *num, const struct item *whole);

/* Where the share R->p is that of all numbers of the list that R->num ends, it is found;
 * else false. */
bool several_audit(struct audit *a, const struct rate *r);

/* The percent at I: with its 占, with its 率. FROM: where the words begin that end in 率. */
void share_audit(struct audit *a, size_t i, const struct hit *share);
/* 61万元，占预算数109万元的56.3%: the base stands before the percent. False where it does not. */
bool share_over(struct audit *a, size_t i);
void word_audit(struct audit *a, size_t i, uint32_t from, const struct hit *rate);

/* The relations, each over the whole scene. */
void rate_audit(struct audit *a);
void sum_audit(struct audit *a);
void subset_audit(struct audit *a);
void change_audit(struct audit *a);     /* growth and difference */
void target_audit(struct audit *a);
void conflict_audit(struct audit *a);
void list_audit(struct audit *a);
void grid_audit(struct audit *a);       /* sums of tables */

/* GRIM, asked by rate_audit: the percent P over the base. NAMED: the text says that
 * this is the base. True where that settles it: by a finding,
 * or, where the base is only near, because it cannot be the base. */
bool grim_audit(struct audit *a, const struct item *p, const struct item *base, bool named);

#endif
