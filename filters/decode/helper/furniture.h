/* furniture: page marks and running heads, which are no part of a text. */
#ifndef HELPER_FURNITURE_H
#define HELPER_FURNITURE_H

#include "layout.h"

/* Marks lines at the tops and bottoms of pages that are furniture. */
void furniture_mark(struct layout *l);

#endif
