/* page: the tree of a parsed document, as one array.
 *
 * Nodes stand in document order, so that a subtree is a range and every measure
 * of a subtree is one pass from the end. */
#ifndef DECODE_PAGE_H
#define DECODE_PAGE_H

#include "arena.h"
#include "text.h"

/* Elements that the text depends on; all others are inline. */
enum tag {
	TAG_INLINE, TAG_TEXT, TAG_BLOCK, TAG_PARAGRAPH, TAG_PRE, TAG_HEADING, TAG_H1, TAG_ITEM, TAG_LIST,
	TAG_TABLE, TAG_ROW, TAG_CELL, TAG_TERM, TAG_DESCRIPTION, TAG_CAPTION, TAG_BREAK, TAG_LINK,
	TAG_HEAD, TAG_TITLE, TAG_META, TAG_ADDRESS, TAG_FURNITURE, TAG_FRAME, TAG_BUTTON
};

/* Why an element does not show. Scripts may show some. */
enum hidden { SHOWN, HIDDEN, HIDDEN_EVER };

struct node {
	uint8_t tag;            /* enum tag */
	uint8_t colspan, rowspan;
	uint8_t hidden;         /* enum hidden: no text */
	bool dropped;           /* furniture (content.h) */
	bool data;              /* of TAG_TABLE: rows of cells, not a layout */
	uint32_t parent;        /* of the first node: itself */
	uint32_t end;           /* the node behind its subtree */
	uint32_t table;         /* the innermost table that it is in, 0 for none */
	uint32_t cells;         /* of TAG_ROW */
	uint32_t chars;         /* in its subtree, white space not counted */
	uint32_t links;         /* of chars, inside links */
	uint32_t good;          /* of chars, in running text */
	union {
		struct str text;        /* of TAG_TEXT */
		struct str key;         /* of TAG_META: name, or of a comment, which is one, too, its text; of
		                         * TAG_ADDRESS: rel */
		struct str id;          /* of others; {NULL, 0} where there is none */
	};
	union {
		struct str value;       /* of TAG_META: content; of TAG_ADDRESS: href; of TAG_FRAME: src */
		struct str class;       /* of others */
	};
};

struct page {
	struct node *nodes;
	uint32_t n;
};

enum { NODES_MOST = 1 << 22 };

/* Characters of a text, white space not counted; those inside links, and those of
 * running text. */
struct measure {
	uint32_t chars, links, good;
};
struct measure text_measure(struct str text, bool in_link);

/* Has E an id and a class? */
static inline bool node_is_named(const struct node *e)
{
	return e->tag != TAG_TEXT && e->tag != TAG_META && e->tag != TAG_ADDRESS && e->tag != TAG_FRAME;
}

/* What the page's first frame shows; {NULL, 0} where it has none. */
struct str page_frame(const struct page *p);

/* Sums chars, links and good of all elements; dropped text counts for nothing. */
void page_sum(struct page *p);

/* Reads TREE (helper.h); strings point into it. False where it is too large or
 * damaged: *ERROR says which. Nodes are from the arena. */
bool page_read(struct page *p, struct str tree, struct arena *a, const char **error);

#endif
