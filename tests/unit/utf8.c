/* utf8: the prefix that utf8_valid finds, against utf8_next one character at a time, with every two bytes behind
 * every lead byte, at each place among characters of three bytes and ASCII. */
#include "check.h"
#include "text.h"

#include <stdio.h>

/* What utf8_valid must say. An ill-formed byte gives length 1, and so does ASCII. */
static size_t valid_slowly(const char *s, size_t n)
{
	size_t i = 0;
	uint32_t cp;

	while (i < n) {
		size_t k = utf8_next(s + i, n - i, &cp);
		if (k == 1 && (uint8_t)s[i] >= 0x80)
			break;
		i += k;
	}
	return i;
}

int main(void)
{
	static const char *const around[] = {"报告报告报告报告", "报告ab报告报告报告", "aa报告a报告告报告"};
	static const uint8_t behind[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xFF};
	const size_t kinds = sizeof behind / sizeof *behind;

	for (size_t a = 0; a < sizeof around / sizeof *around; a++) {
		size_t n = strlen(around[a]), wrong = 0;
		for (size_t at = 0; at + 3 <= n; at++)
			for (size_t x = 0; x < 256 * kinds * kinds; x++) {
				char s[32];
				memcpy(s, around[a], n);
				s[at] = (char)(x / (kinds * kinds));
				s[at + 1] = (char)behind[x / kinds % kinds];
				s[at + 2] = (char)behind[x % kinds];
				wrong += utf8_valid(s, n) != valid_slowly(s, n);
			}
		CHECK(wrong == 0);
	}
	return check_end();
}
