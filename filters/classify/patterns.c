#include "patterns.h"

pcre2_code *pattern_compile(struct table *t, size_t row, struct str pattern)
{
	int error;
	PCRE2_SIZE at;
	PCRE2_UCHAR message[120];
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.s, pattern.n, PCRE2_UTF | PCRE2_DOTALL,
		&error, &at, NULL);

	if (!code) {
		pcre2_get_error_message(error, message, sizeof message);
		table_bad(t, row, "pattern, at byte %zu: %s", (size_t)at, (const char *)message);
	}
	/* patterns run on every document; where there is no JIT they are interpreted */
	if (code)
		pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

bool pattern_find(const pcre2_code *code, pcre2_match_data *data, struct str text)
{
	return pcre2_match(code, (PCRE2_SPTR)text.s, text.n, 0, 0, data, NULL) > 0;
}

struct span pattern_group(const pcre2_code *code, pcre2_match_data *data, const char *name)
{
	int n = pcre2_substring_number_from_name(code, (PCRE2_SPTR)name);
	PCRE2_SIZE *v = pcre2_get_ovector_pointer(data);

	if (n < 0 || (uint32_t)n >= pcre2_get_ovector_count(data) || v[2 * n] == PCRE2_UNSET)
		return SPAN_NONE;
	return (struct span){(uint32_t)v[2 * n], (uint32_t)v[2 * n + 1]};
}
