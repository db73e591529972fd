#include "members.h"
#include "helper.h"
#include "unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	READ_SIZE = 256 << 10,
	FRAME_MOST = 8 << 20
};

extern char **environ;

int members_open(struct members *m, int fd, size_t most, struct budget *budget, int wait)
{
	char path[PATH_MAX + 16], bounds[3][24];
	posix_spawn_file_actions_t actions;
	int ends[2], error;

	*m = (struct members){.budget = budget, .most = most, .wait = wait};
	if ((error = helper_path(path, sizeof path, "-unpack")) != 0)
		return error;
	snprintf(bounds[0], sizeof bounds[0], "%zu", most);
	snprintf(bounds[1], sizeof bounds[1], "%" PRIu64, budget->bytes);
	snprintf(bounds[2], sizeof bounds[2], "%" PRIu64, budget->entries);
	if (pipe2(ends, O_CLOEXEC) != 0)
		return errno;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fd, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	error = posix_spawn(&m->pid, path, &actions, NULL,
		(char *[]){path, bounds[0], bounds[1], bounds[2], NULL}, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	m->fd = ends[0];
	if (error) {
		close(m->fd);
		m->pid = 0;
	}
	return error;
}

/* Makes N bytes available at m->pos: 0, an errno (ETIMEDOUT), or -1 at the end. */
static int need(struct members *m, size_t n)
{
	if (m->pos && m->in.len - m->pos < n) {
		memmove(m->in.data, m->in.data + m->pos, m->in.len - m->pos);
		m->in.len -= m->pos;
		m->pos = 0;
	}
	while (m->in.len - m->pos < n) {
		struct pollfd p = {m->fd, POLLIN, 0};
		int ready = poll(&p, 1, m->wait * 1000);
		if (ready == 0)
			return ETIMEDOUT;
		if (ready < 0 && errno != EINTR)
			return errno;
		if (ready < 0)
			continue;
		buf_reserve(&m->in, READ_SIZE);
		ssize_t k = read(m->fd, m->in.data + m->in.len, m->in.cap - m->in.len);
		if (k == 0)
			return -1;
		if (k < 0 && errno != EINTR)
			return errno;
		m->in.len += k > 0 ? (size_t)k : 0;
	}
	return 0;
}

/* Ends the process; returns how it ended. */
static int bury(struct members *m)
{
	int status = 0;

	if (!m->pid)
		return 0;
	kill(m->pid, SIGKILL);          /* changes nothing about one that ended */
	close(m->fd);
	while (waitpid(m->pid, &status, 0) < 0 && errno == EINTR)
		;
	m->pid = 0;
	return status;
}

/* The pipe ended, fell silent, or brought nonsense: a problem, unless all was told. */
static enum member_kind over(struct members *m, int error, struct member *out)
{
	int status = 0;

	if (error == -1) {
		/* the pipe is closed: it ends by itself */
		while (waitpid(m->pid, &status, 0) < 0 && errno == EINTR)
			;
		close(m->fd);
		m->pid = 0;
		if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && m->in.len == m->pos && !m->open)
			return MEMBER_END;
	} else {
		bury(m);
	}
	const char *what = "the unpacker's answer is damaged";
	char told[64];
	out->code = STR("crashed");
	if (error == ETIMEDOUT || (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF)) {
		out->code = STR("timeout");
		what = "unpacking took too long";
	} else if (error == -1) {
		bool signal = WIFSIGNALED(status);
		snprintf(told, sizeof told, "the unpacker ended early (%s %d)", signal ? "signal" : "status",
			signal ? WTERMSIG(status) : WEXITSTATUS(status));
		what = told;
	}
	int n = snprintf(m->words, sizeof m->words, "%s: what follows was not read", what);
	out->message = (struct str){m->words, (size_t)n};
	m->open = false;
	return MEMBER_PROBLEM;
}

/* Copies what the frame P holds and opens a cursor on it. */
static struct cursor frame_keep(struct members *m, struct str p)
{
	m->frame.len = 0;
	buf_append(&m->frame, p.s, p.n);
	return cursor_of(m->frame.data, m->frame.len);
}

static bool begin(struct members *m, struct str frame, struct member *out)
{
	struct cursor c = frame_keep(m, frame);
	struct token name;

	if (cursor_array(&c) != 4 || !cursor_token(&c, &name) || name.type != TOKEN_BIN)
		return false;
	out->name = name.s;
	out->url = cursor_key(&c);      /* bytes of a crawl's headers, whatever they are */
	out->date = cursor_key(&c);
	out->type = cursor_key(&c);
	out->named = true;
	if (m->budget->entries)
		m->budget->entries--;
	return !c.error;
}

static bool problem(struct members *m, struct str frame, struct member *out)
{
	struct cursor c = cursor_of((const uint8_t *)frame.s, frame.n);

	if (cursor_array(&c) != 2)
		return false;
	struct str code = cursor_str(&c), message = cursor_str(&c);
	if (c.error || !code.s || !message.s || code.n + message.n > sizeof m->words)
		return false;
	memcpy(m->words, code.s, code.n);
	memcpy(m->words + code.n, message.s, message.n);
	out->code = (struct str){m->words, code.n};
	out->message = (struct str){m->words + code.n, message.n};
	return true;
}

enum member_kind members_next(struct members *m, struct member *out, struct buf *bytes)
{
	struct token tok;

	*out = (struct member){0};
	bytes->len = 0;
	m->open = false;
	if (!m->pid)
		return MEMBER_END;
	for (;;) {
		int error = need(m, 4);
		if (error)
			return over(m, error, out);
		const uint8_t *p = m->in.data + m->pos;
		size_t n = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
		m->pos += 4;
		if (n == 0 || n > FRAME_MOST)
			return over(m, EPROTO, out);
		if ((error = need(m, n)) != 0)
			return over(m, error, out);
		struct str frame = {(char *)m->in.data + m->pos, n};
		m->pos += n;
		struct cursor c = cursor_of((const uint8_t *)frame.s, n);
		if (!cursor_token(&c, &tok))
			return over(m, EPROTO, out);
		if (tok.type == TOKEN_ARRAY && tok.count == 4 && !m->open && begin(m, frame, out)) {
			m->open = true;
		} else if (tok.type == TOKEN_ARRAY && tok.count == 2 && problem(m, frame, out)) {
			m->open = false;
			return MEMBER_PROBLEM;
		} else if (tok.type == TOKEN_BIN && m->open && bytes->len + tok.s.n <= m->most) {
			buf_append(bytes, tok.s.s, tok.s.n);
			m->budget->bytes -= tok.s.n < m->budget->bytes ? tok.s.n : m->budget->bytes;
		} else if (tok.type == TOKEN_NIL && m->open) {
			m->open = false;
			return MEMBER_DOCUMENT;
		} else {
			return over(m, EPROTO, out);
		}
	}
}

void members_close(struct members *m)
{
	bury(m);
	buf_free(&m->in);
	buf_free(&m->frame);
}
