/* issuers: names of governments, departments, courts (issuers.tsv). */
#ifndef CLASSIFY_ISSUERS_H
#define CLASSIFY_ISSUERS_H

#include "literal.h"
#include "table.h"

enum issuer_kind {
	ISSUER_NONE, ISSUER_GOVERNMENT, ISSUER_DEPARTMENT, ISSUER_COURT, ISSUER_PROCURATORATE,
	ISSUER_PARTY, ISSUER_CONGRESS, ISSUER_NATIONAL, ISSUER_PROVINCE, ISSUER_PREFECTURE,
	ISSUER_COUNTY, ISSUER_ZONE, ISSUER_TOWNSHIP, ISSUER_KEEP, ISSUER_UNNAMED, ISSUER_STOP, ISSUER_APART,
	ISSUER_OF_ZONE, ISSUER_OF_STREET, ISSUER_VERB, ISSUER_ALONE, ISSUER_PAPER, ISSUER_ORGAN, ISSUER_ABOVE, ISSUER_OWN, ISSUER_OURS,
	ISSUER_PUBLISHED, ISSUER_DATED, ISSUER_INSIDE, ISSUER_BEFORE, ISSUER_ITSELF, ISSUER_LONGER,
	ISSUER_LEADS, ISSUER_OPENS, ISSUER_PROPER, ISSUER_SEAT,
	ISSUER_KINDS
};
extern const char *const issuer_kinds[];        /* names, NULL-ended; none is "" */

struct issuer_word {
	struct str text;
	enum issuer_kind kind;
};

struct issuers {
	struct issuer_word *items;
	size_t n, cap;
	size_t first[ISSUER_KINDS + 1]; /* of each kind: its words are [first[k], first[k + 1]) */
	uint64_t heads[ISSUER_KINDS][4];        /* see issuers_head */
};

/* A bit of 256 for the character of three bytes at S: of each kind those are set that its words
 * start with. */
static inline unsigned issuers_head(const char *s)
{
	return ((uint8_t)s[0] << 4 ^ (uint8_t)s[1] << 2 ^ (uint8_t)s[2]) & 255;
}

/* False where no word of a kind starts at S, of three bytes at least: most places of a text are
 * told so without a look at the words. */
static inline bool issuers_may_start(const struct issuers *is, const char *s, enum issuer_kind kind)
{
	unsigned h = issuers_head(s);
	return is->heads[kind][h / 64] >> h % 64 & 1;
}

void issuers_load(struct issuers *is, struct table *t);
void issuers_free(struct issuers *is);

/* True where S starts with, ends with, or has a word of a kind. *N, which may be NULL, gets the
 * length of the word that it starts with. */
bool issuers_starts(const struct issuers *is, struct str s, enum issuer_kind kind, size_t *n);
bool issuers_ends(const struct issuers *is, struct str s, enum issuer_kind kind);
bool issuers_has(const struct issuers *is, struct str s, enum issuer_kind kind);

/* What a whole name is: the longest ending decides. ISSUER_NONE where it ends with
 * none of the words, or has nothing before it. */
enum issuer_kind issuers_kind(const struct issuers *is, struct str name);

/* The part of a title that may name the issuer: before the first stop or year,
 * behind what stands apart. Its range in the title; empty where there is none. */
struct span issuers_prefix(const struct issuers *is, struct str title);

/* A division at the start of a name, by the ending alone: 安澜市青山区 of 安澜市青山区
 * 司法局. Returns its length in bytes, 0 where there is none; *LEVEL of the last part. */
size_t issuers_division(const struct issuers *is, struct str name, enum issuer_kind *level);

/* A township, or a zone, in a name of which the division above was taken off: 聚奎镇
 * of 聚奎镇人民政府. Of zones in one another it ends with the inner one. Returns its length in
 * bytes, 0 where there is none. */
size_t issuers_part(const struct issuers *is, struct str name, enum issuer_kind kind);

/* Bytes of the level at the start of a name that says no more: 县 of 县司法局. */
size_t issuers_level(const struct issuers *is, struct str name);

/* Bytes of what stands before the division in a body's name: 中华人民共和国, 中共, and the national
 * body whose branch it is (国家税务总局 of 国家税务总局安澜县税务局); 0 where it is all there is. */
size_t issuers_before(const struct issuers *is, struct str name);

/* The division that a body works for where its name has another's: 江苏省 of 南京海关; empty for others. */
struct str issuers_seat(const struct issuers *is, struct str name);

/* The body whose party committee this is: 司法部 of 中共司法部党组; the name itself where it is none. */
struct str issuers_without_party(const struct issuers *is, struct str name);

/* The first word of a kind: 人民政府 of governments. */
struct str issuers_word(const struct issuers *is, enum issuer_kind kind);

#endif
