/* numbering: the automatic numbers of paragraphs in DOCX (ECMA-376-1, 17.9).
 *
 * Such numbers (一、, （一）, 1.) stand nowhere in the text; Word counts them when it
 * shows the document, and so do we. */
#ifndef HELPER_NUMBERING_H
#define HELPER_NUMBERING_H

#include "arena.h"
#include "output.h"

enum { LEVELS = 9 };

struct level {
	long start;
	char format[32];        /* decimal, chineseCounting … */
	char text[64];          /* %1、 */
	bool legal;             /* all numbers in it as digits */
	bool set;
	char style[64];         /* the paragraph style that has this level */
};

struct list_shape {             /* w:abstractNum */
	long id;
	struct level levels[LEVELS];
	long counts[LEVELS];
	bool counted[LEVELS];
	char link[64], style[64];       /* w:numStyleLink, w:styleLink */
};

struct list {                   /* w:num */
	long id, shape;
	struct level over[LEVELS];
	bool restarts[LEVELS];
};

struct numbering {
	struct list_shape *shapes;
	size_t nshapes, shapes_cap;
	struct list *lists;
	size_t nlists, lists_cap;
};

/* Reads word/numbering.xml; memory is the arena's. */
void numbering_read(struct numbering *n, struct str xml, struct arena *a);

/* Counts a paragraph of list NUM at LEVEL and writes its number, nothing for
 * bullets. */
void numbering_write(struct numbering *n, long num, long level, struct output *o);

/* V in a number format of OOXML, as UTF-8 into OUT (at least 64 bytes). */
void number_format(char *out, long v, const char *format);

#endif
