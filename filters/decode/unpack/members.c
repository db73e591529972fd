#include "members.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>

enum {
	RATIO_MOST = 250,               /* bytes made of one; text reaches 50 */
	RATIO_FREE = 64 << 20,          /* bytes made before that counts */
	SECONDS_MOST = 60               /* of CPU time for a member; then SIGPROF ends us */
};

static void frame_write(struct members *m)
{
	uint8_t size[4];

	for (int i = 0; i < 4; i++)
		size[i] = (uint8_t)(m->frame.len >> (24 - 8 * i));
	if (fwrite(size, 1, 4, stdout) != 4 || fwrite(m->frame.data, 1, m->frame.len, stdout) != m->frame.len)
		exit(EXIT_FAILURE);     /* decode went away */
	m->frame.len = 0;
}

void members_problem(struct members *m, const char *code, const char *fmt, ...)
{
	char what[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	size_t n = strlen(what);
	what[utf8_valid(what, n)] = 0;
	pack_array(&m->frame, 2);
	pack_key(&m->frame, code);
	pack_key(&m->frame, what);
	frame_write(m);
	m->open = false;
}

static bool stop(struct members *m, const char *why)
{
	members_problem(m, "too_large", "%s: what follows was not read", why);
	m->stopped = true;
	return false;
}

bool members_begin(struct members *m, const struct about_member *about)
{
	if (m->stopped)
		return false;
	if (m->entries == 0)
		return stop(m, "too many members");
	m->entries--;
	m->member = 0;
	m->open = true;
	m->dropping = false;
	setitimer(ITIMER_PROF, &(struct itimerval){.it_value = {.tv_sec = SECONDS_MOST}}, NULL);
	pack_array(&m->frame, 4);
	pack_bin(&m->frame, about->name.s, about->name.n);
	pack_str(&m->frame, about->url);
	pack_str(&m->frame, about->date);
	pack_str(&m->frame, about->type);
	frame_write(m);
	return true;
}

bool members_data(struct members *m, struct str piece, uint64_t read)
{
	if (m->stopped)
		return false;
	m->read = read < m->size ? read : m->size;
	m->made += piece.n;
	m->member += piece.n;
	if (piece.n > m->bytes)
		return stop(m, "the input unpacks to far more than its size");
	m->bytes -= piece.n;
	if (m->made > RATIO_FREE && (m->made - RATIO_FREE) / RATIO_MOST > m->read)
		return stop(m, "unpacks to more than 250 times its size");
	if (m->member > m->member_most && !m->dropping) {
		members_problem(m, "too_large", "larger than %zu bytes (see --max-record)", m->member_most);
		m->dropping = true;
	}
	if (m->dropping || piece.n == 0)
		return true;
	pack_bin(&m->frame, piece.s, piece.n);
	frame_write(m);
	return true;
}

void members_end(struct members *m)
{
	if (!m->open)
		return;
	pack_nil(&m->frame);
	frame_write(m);
	m->open = false;
}
