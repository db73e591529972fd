/* output: a table in the making, row by row. Cells are appended to row by csv_…, each
 * with its comma; output_row ends the row. */
#ifndef AGGREGATE_OUTPUT_H
#define AGGREGATE_OUTPUT_H

#include "columns.h"
#include "csv.h"

struct output {
	struct csv_file file;
	struct buf row;
	uint64_t rows;
};

static inline void output_row(struct output *o)
{
	csv_end(&o->row);
	csv_write(&o->file, o->row.data, o->row.len);
	o->row.len = 0;
	o->rows++;
}

#endif
