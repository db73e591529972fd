/* row: the cells of one row of a table, and the numbers in them. */
#ifndef EXTRACT_ROW_H
#define EXTRACT_ROW_H

#include "assign.h"
#include "numeral.h"
#include "seasons.h"

struct row {
	struct str cells[GRID_COLUMNS];
	bool number[GRID_COLUMNS];      /* the cell is one, with a unit or without */
	size_t n, numbers;
};

/* The row that stands at AT, up to GRID_COLUMNS cells. Facts with units have been found before. FIRST: no row of the
 * table came before. A year (2022) is no number in the first column, and nowhere in a row of years. */
struct row row_read(const struct document *d, struct span at, bool first);

/* The cell without blanks and its minus. */
struct str cell_digits(struct str cell, bool *minus);

/* A number and nothing else: 1,236, 35.6 or -3.2. Years, codes and telephone numbers are none. */
bool cell_number(struct str cell, struct numeral *v);

/* The fact that is all there is in a cell but a minus: 126件, -12.5%. NULL for none. */
struct fact *cell_fact(const struct document *d, struct str cell);

/* A fact stands somewhere in the cell. */
bool cell_has_fact(const struct document *d, struct str cell);

/* For when a head says that its cells count: 2022年, 2022, 一季度, 2023年上半年, 2022年受理数. year is 0 and season empty
 * where it does not; rest is what else it says. */
struct head_period {
	int year;
	char season[SEASON_SIZE];       /* Q1, H2, 07 */
	struct str rest;
};

struct head_period head_period(struct str head);

/* The head says no more than a period. */
bool head_is_period(struct str head);

#endif
