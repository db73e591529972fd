/* radicals: characters that page descriptions confuse.
 *
 * Fonts draw the radical U+2F00 and the ideograph U+4E00 with one glyph, and a
 * page that only knows its glyphs may name the wrong one. */
#ifndef HELPER_RADICALS_H
#define HELPER_RADICALS_H

#include <stdint.h>

/* The ideograph that the radical CP stands for (Unicode's EquivalentUnifiedIdeograph.txt);
 * CP itself where it is no radical. */
uint32_t radical_ideograph(uint32_t cp);

#endif
