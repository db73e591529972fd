/* adds: a stage that only adds a key: what a stage costs before it does anything. */
#include "filter.h"

static const char *const owns[] = {"x_bench", NULL};
static const struct filter_program program = {"adds", "Adds a key.", NULL, FILTER_STAGE, NULL, owns};

int main(int argc, char **argv)
{
	struct filter f;

	filter_start(&f, &program, argc, argv, NULL);
	filter_tables_done(&f);
	for (;;)
		switch (filter_next(&f)) {
		case FILTER_RECORD:
			pack_uint(filter_key(&f, "x_bench"), 1);
			filter_write(&f);
			break;
		case FILTER_END:
			return filter_finish(&f);
		case FILTER_ERROR:
			return filter_fail(&f);
		}
}
