/* fill: the characters of a page that stand in the cells of ruled tables. */
#ifndef HELPER_FILL_H
#define HELPER_FILL_H

#include "layout.h"
#include "rules.h"

/* Takes the characters in the cells of tables off the page in hand, which gets the
 * tables. EM is the size of its characters. Call it before layout_page(). */
void fill_tables(struct layout *l, const struct rules *r, float em);

#endif
