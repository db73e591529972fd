/* segment: the outline of a document (record key `segments`), its sentences
 * (`sentences`) and what each segment speaks of (`labels`). */
#ifndef GONGWEN_SEGMENT_H
#define GONGWEN_SEGMENT_H

#include "schema.h"

enum segment_kind {
	SEGMENT_TITLE, SEGMENT_META, SEGMENT_ADDRESSEE, SEGMENT_HEADING, SEGMENT_PARAGRAPH,
	SEGMENT_CAPTION, SEGMENT_TABLE, SEGMENT_SIGNATURE, SEGMENT_FURNITURE
};
extern const char *const segment_kinds[];       /* names, NULL-ended */

struct segment {
	struct span at;         /* bytes of text */
	int kind;               /* enum segment_kind */
	int64_t level;          /* 1 一、, 2 (一), 3 一是 or 1., 0 otherwise */
	struct str mark;        /* numbering as written, {NULL,0} for none */
	int64_t up;             /* index of the parent, -1 at the top */
};

struct sentence {
	struct span at;
	uint32_t segment;       /* index of its segment */
};

struct label {
	struct str topic;       /* id of topics.tsv, {NULL,0} for none */
	struct str role;        /* overview, achievement, problem, plan, formal, furniture */
	double score;           /* 0..1 */
};

extern const struct schema segment_fields[];
extern const struct schema label_fields[];

/* Reads the key's value at C; items live in the arena, strings in the record.
 * Ranges are checked against the text's length and characters and for order; indices (up,
 * segment) against the number of segments. On an error *n is 0. */
struct segment *segments_read(struct cursor *c, struct arena *a, struct str text, size_t *n);
struct sentence *sentences_read(struct cursor *c, struct arena *a, struct str text,
	size_t nsegments, size_t *n);
struct label *labels_read(struct cursor *c, struct arena *a, size_t *n);

void segments_pack(struct buf *b, const struct segment *s, size_t n);
void sentences_pack(struct buf *b, const struct sentence *s, size_t n);
void labels_pack(struct buf *b, const struct label *l, size_t n);

#endif
