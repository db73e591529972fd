/* seasons: parts of one year that a list counts: 一季度、二季度, 一至四季度, 上半年和下半年, 1—3月. */
#ifndef EXTRACT_SEASONS_H
#define EXTRACT_SEASONS_H

#include <stddef.h>
#include <stdint.h>

enum { SEASON_SIZE = 4 };       /* bytes of -Q1, -H2, -11 without the hyphen, and the end */

/* Reads N parts of a year, in order and joined, that begin at byte B of TEXT, before E. OUT[k] is how a period writes the k-th
 * behind its year: Q1, H2, 07. Returns where they end, 0 where not exactly N stand there. */
uint32_t seasons_read(const char *text, uint32_t b, uint32_t e, size_t n, char out[][SEASON_SIZE]);

#endif
