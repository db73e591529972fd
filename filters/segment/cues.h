/* cues: what a short line says of itself (lines.tsv): web page furniture, document
 * metadata, captions, titles, units. */
#ifndef SEGMENT_CUES_H
#define SEGMENT_CUES_H

#include "table.h"

struct cues;

enum cue_kind {
	CUE_FURNITURE = 1,      /* 打印, 字号：大 中 小 */
	CUE_TAIL = 2,           /* furniture, and what follows too */
	CUE_META = 4,           /* 索引号：… */
	CUE_CAPTION = 8,        /* 图为… */
	CUE_TITLE = 16,         /* …的报告 */
	CUE_UNIT = 32,          /* …人民政府 */
	CUE_CLOSING = 64,       /* 特此报告 */
	CUE_LEAD = 128,         /* 报告如下: no addressee */
	CUE_SUBTITLE = 256,     /* ——… below a title */
	CUE_TITLE_END = 512,    /* a title by its last words */
	CUE_PERSONS = 1024,     /* 各位代表: an addressee that is no body */
	CUE_ENCLOSED = 2048,    /* …办法: what a covering letter encloses */
	CUE_PLACE = 4096,       /* 安澜县青澜镇: who made it, above a title that starts with the year */
	CUE_DATELINE = 16384,   /* 本报讯: what a story in a paper starts with */
	CUE_BEGUN = 8192        /* …法治政府建设: a title that goes on on the next line */
};

/* Understands the table; errors stay in it. */
struct cues *cues_new(struct table *t);
void cues_free(struct cues *c);

/* The cues of a line, or-ed. Lines of more than 600 bytes have none. */
unsigned cues_of(const struct cues *c, struct str line);

/* Bytes of the furniture that is glued to the start of a line, 0 for none; the
 * whole line may be it. */
size_t cues_glued(const struct cues *c, struct str line);

/* Bytes of the bullet (●, ◆) that a line starts with, 0 for none: what may also be a part of a
 * word (○ of 二○一五, · of a name) is none. */
size_t cues_bullet(struct str line);

#endif
