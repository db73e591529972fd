/* check: counts of a unit test, and its closing line. */
#ifndef TEST_CHECK_H
#define TEST_CHECK_H

#include <stdio.h>

static int passed, failed;

#define CHECK(what) do { \
		if (what) \
			passed++; \
		else { \
			failed++; \
			printf("%s:%d: %s\n", __FILE__, __LINE__, #what); \
		} \
	} while (0)

static inline int check_end(void)
{
	printf("%d passed, %d failed\n", passed, failed);
	return failed != 0;
}

#endif
