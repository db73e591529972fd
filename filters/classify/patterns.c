#include "patterns.h"
#include "arena.h"

#include <stdlib.h>

pcre2_code *pattern_compile(struct table *t, size_t row, struct str pattern)
{
	int error;
	PCRE2_SIZE at;
	PCRE2_UCHAR message[120];
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.s, pattern.n, PCRE2_UTF | PCRE2_DOTALL,
		&error, &at, NULL);

	if (!code && error == PCRE2_ERROR_HEAP_FAILED)
		xhave(NULL);
	if (!code) {
		pcre2_get_error_message(error, message, sizeof message);
		table_bad(t, row, "pattern, at byte %zu: %s", (size_t)at, (const char *)message);
	}
	return code;
}

struct matcher *matcher_new(const struct table *t, uint32_t groups)
{
	struct matcher *m = xmalloc(sizeof *m);

	*m = (struct matcher){.table = t, .data = xhave(pcre2_match_data_create(groups, NULL)),
		.limits = xhave(pcre2_match_context_create(NULL))};
	pcre2_set_match_limit(m->limits, 200000);
	pcre2_set_depth_limit(m->limits, 2000);
	return m;
}

void matcher_free(struct matcher *m)
{
	if (!m)
		return;
	pcre2_match_data_free(m->data);
	pcre2_match_context_free(m->limits);
	free(m);
}

/* Machine code is made when a pattern is used first, since it is most of what a start would
 * cost; where there is none, the pattern is interpreted. */
static void pattern_ready(pcre2_code *code)
{
	size_t size = 0;

	if (pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size) == 0 && size == 0)
		pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
}

bool pattern_find(struct matcher *m, size_t row, pcre2_code *code, struct str text)
{
	pattern_ready(code);
	int got = pcre2_match(code, (PCRE2_SPTR)text.s, text.n, 0, 0, m->data, m->limits);

	if (got == PCRE2_ERROR_NOMEMORY)
		xhave(NULL);
	if (got < 0 && got != PCRE2_ERROR_NOMATCH && !m->troubled) {
		m->troubled = true;
		m->row = row;
		m->error = got;
	}
	return got > 0;
}

void matcher_report(struct matcher *m, struct filter *f)
{
	if (m->troubled)
		filter_problem(f, "rule_failed", false, SPAN_NONE, "%s:%u: pattern gives up (error %d)",
			m->table->name, m->table->lines[m->row], m->error);
	m->troubled = false;
}

struct span pattern_group(const pcre2_code *code, pcre2_match_data *data, const char *name)
{
	int n = pcre2_substring_number_from_name(code, (PCRE2_SPTR)name);
	PCRE2_SIZE *v = pcre2_get_ovector_pointer(data);

	if (n < 0 || (uint32_t)n >= pcre2_get_ovector_count(data) || v[2 * n] == PCRE2_UNSET)
		return SPAN_NONE;
	return (struct span){(uint32_t)v[2 * n], (uint32_t)v[2 * n + 1]};
}
