/* numeral: numbers at every place of any bytes; what is promised of them holds. */
#include "numeral.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	/* a copy of its own size: a read behind the end is one behind the memory */
	char *s = malloc(n + !n);

	if (n)
		memcpy(s, data, n);
	for (size_t i = 0; i < n; i++)
		for (int flags = 0; flags < 8; flags++) {
			struct numeral v;
			size_t k = numeral_read_flags(s + i, n - i, flags, &v);
			if (k > n - i || memchr(v.digits, '\0', sizeof v.digits) == NULL)
				abort();
			if (flags == 0 && k > 0 && !numeral_may_start(s + i, n - i))
				abort();
		}
	free(s);
	return 0;
}
