/* head: the lines before a document's first heading or paragraph. */
#ifndef SEGMENT_HEAD_H
#define SEGMENT_HEAD_H

#include "state.h"

/* One line of the head; true where it belongs to the body instead. */
bool head_line(struct outline *o, struct line *l, const struct line *next);

/* The head is over: tells which of its short lines are titles. */
void head_settle(struct outline *o);

/* A title whose line went on: …情况报告2023年，… Returns where it ends, or where the line begins. */
uint32_t head_title(const struct outline *o, const struct line *l);

/* An addressee whose line went on: 市政府：2022年，… Returns the same. */
uint32_t head_addressee(const struct outline *o, const struct line *l);

#endif
