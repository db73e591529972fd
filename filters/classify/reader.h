/* reader: what the reading of one document shares between document.c, which tells
 * what it is, imprint.c, which reads its formal elements (GB/T 9704-2012),
 * maker.c, which tells who made it, and covered.c, which tells of what time it is. */
#ifndef CLASSIFY_READER_H
#define CLASSIFY_READER_H

#include "document.h"

/* What the page said of itself (record key head). */
struct said {
	struct str title, number, issuer, written, published, source, signer, site;
};

/* What a table gave (given.h). */
struct given {
	struct str genre, issuer, region, code, period;
};

struct reader {
	const struct knowledge *k;
	struct filter *f;
	struct arena *a;
	struct str text;
	const struct segment *segments;
	size_t n;
	struct said said;
	struct given given;
	struct about *about;
	struct span prefix;             /* of the title: what names the issuer */
	struct span inner;              /* of the title: that of the report that a notice hands on; empty for none */
	enum issuer_kind issuer;        /* whose report it is */
	bool joined;                    /* the issuer's name was made of a division's */
	bool period_supposed;           /* no words say it, only a date */
	bool from_text;                 /* it is what the first sentence speaks of */
	struct str signature;           /* the unit that signed, {NULL, 0} for none */
	struct span signed_at;
};

/* The bytes of a range; {NULL, 0} for none. */
static inline struct str reader_at(const struct reader *r, struct span s)
{
	return span_is_none(s) ? (struct str){NULL, 0} : str_sub(r->text, s.b, s.e);
}

/* The range of a piece of the text. */
static inline struct span reader_range(const struct reader *r, struct str part)
{
	uint32_t b = (uint32_t)(part.s - r->text.s);
	return (struct span){b, b + (uint32_t)part.n};
}

/* The first MOST bytes of paragraph K, whole characters; empty where there is none. */
struct str reader_paragraph(const struct reader *r, size_t k, size_t most);

/* The level that the document speaks of as its own: of 市司法局, else of 全县, 我县, 县委. */
struct str reader_own_level(const struct reader *r);

/* A range of the title as a range of the text, SPAN_NONE where it was joined. */
struct span reader_title_range(const struct reader *r, struct span s);

/* The issuer is NAME, which the text need not have; reads the subject. */
void maker_given(struct reader *r, struct str name);

/* Reads issuer and subject; title and signature are known. */
void maker_read(struct reader *r);

/* What genre and region tell of the issuer. */
void maker_settle(struct reader *r);

/* The government of a division, the committee of a zone, the office of a street (arena).
 * KIND as of division_kind; notes that the name was made. */
struct str maker_government(struct reader *r, struct str division, enum issuer_kind kind);

/* A and B as one (arena). */
struct str maker_join(const struct reader *r, struct str a, struct str b);

/* Reads the time that the document covers; genre, dates and issuer are known. */
void covered_read(struct reader *r);

/* Notes as a problem where the title names one year and the first sentence another. */
void covered_compare(struct reader *r);

/* Where a value of the head stands in the metadata of the text. */
struct span imprint_find(const struct reader *r, struct str value);

/* Reads the record's head into r->said. */
void imprint_head(struct reader *r);

/* Reads the signature: the unit, and the date as the day of writing. */
void imprint_signature(struct reader *r);

/* Reads number, dates, signer and addressee; where page and text differ it notes a
 * problem. Comes after the signature. */
void imprint_rest(struct reader *r);

#endif
