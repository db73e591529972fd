/* state: a document while its outline is made, for those who read its lines: the head's (head)
 * and the body's (outline). */
#ifndef SEGMENT_STATE_H
#define SEGMENT_STATE_H

#include "outline.h"
#include "split.h"

enum phase { HEAD, BODY, TAIL };
enum {
	SHORT_BYTES = 180,      /* some 60 characters: longer lines are paragraphs */
	GREETING_BYTES = 75,    /* of a site, a sentence and more */
	HEADING_BYTES = 120,    /* of a heading without a number */
	HEAD_LINES = 48         /* a page without a body is no head */
};

struct outline {
	const struct scan *scan;
	const struct rules *rules;
	struct str text;
	struct tree *tree;
	struct split split;
	enum phase phase;
	size_t heads[HEAD_LINES];       /* segments of the head that may be titles */
	unsigned cues[HEAD_LINES];
	size_t nheads;
	bool titled, addressed;         /* a title, an addressee was seen */
	bool numbered;                  /* so was the document's number */
	unsigned metas;                 /* lines of metadata seen */
	bool attached;                  /* the line before named the first enclosure */
	bool signed_off;                /* a signature was seen */
	bool open_label;                /* furniture ended with a colon: 字号: */
	bool open_meta;                 /* so did metadata: the value may stand below */
};

static inline struct str outline_str(const struct outline *o, uint32_t b, uint32_t e)
{
	return str_sub(o->text, b, e);
}

static inline bool outline_has_stop(const struct outline *o, const struct line *l)
{
	for (uint32_t i = l->stop; i < l->stops; i++)
		if (o->scan->stops[i].kind == STOP_END)
			return true;
	return false;
}

/* A sentence ends before the line does. */
static inline bool outline_runs_on(const struct outline *o, const struct line *l)
{
	for (uint32_t i = l->stop; i < l->stops; i++)
		if (o->scan->stops[i].kind == STOP_END && o->scan->stops[i].end < l->e)
			return true;
	return false;
}

static inline bool outline_mark(const struct outline *o, const struct line *l, struct mark *m)
{
	const char *p = o->text.s + l->b;
	return marks_may(o->rules->marks, p, l->e - l->b) && marks_match(o->rules->marks, p, l->e - l->b, m);
}

static inline bool outline_is_title(unsigned cues)
{
	return cues & CUE_TITLE;
}

/* Furniture, or more of it where the last ended with a colon. */
void outline_furniture(struct outline *o, uint32_t b, uint32_t e);

#endif
