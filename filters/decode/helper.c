#include "helper.h"
#include "unpack.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	REPLY_MOST = 512 << 20,
	SOCKET_SIZE = 1 << 20
};

extern char **environ;

static bool fail(struct helper *h, const char *what, struct str *code, struct str *message,
	const char *as)
{
	/* the reply buffer is free to hold the message */
	h->reply.len = 0;
	buf_printf(&h->reply, "%s", what);
	*code = str_of(as);
	*message = (struct str){(char *)h->reply.data, h->reply.len};
	return false;
}

int helper_path(char *path, size_t size, const char *suffix)
{
	ssize_t n = readlink("/proc/self/exe", path, size);

	if (n < 0)
		return errno;
	if ((size_t)n + strlen(suffix) >= size)
		return ENAMETOOLONG;
	strcpy(path + n, suffix);
	return 0;
}

/* Starts the helper: 0 or an errno. */
static int start(struct helper *h)
{
	char path[PATH_MAX + 16];
	int ends[2];
	posix_spawn_file_actions_t actions;

	int error = helper_path(path, sizeof path, "-helper");
	if (error)
		return error;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return errno;
	for (int i = 0; i < 2; i++)
		setsockopt(ends[i], SOL_SOCKET, SO_SNDBUF, &(int){SOCKET_SIZE}, sizeof(int));
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	error = posix_spawn(&h->pid, path, &actions, NULL, (char *[]){path, NULL}, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	h->fd = ends[0];
	if (error) {
		h->pid = 0;
		close(ends[0]);
	}
	return error;
}

static int64_t milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits for the helper UNTIL that time; false with errno EAGAIN where it has passed. */
static bool ready(int fd, short events, int64_t until)
{
	struct pollfd p = {fd, events, 0};
	int64_t left;
	int got = 0;

	while (got <= 0 && (left = until - milliseconds()) > 0) {
		got = poll(&p, 1, left < INT_MAX ? (int)left : INT_MAX);
		if (got < 0 && errno != EINTR)
			return false;
	}
	if (got <= 0)
		errno = EAGAIN;
	return got > 0;
}

static bool send_all(int fd, const void *data, size_t n, int64_t until)
{
	for (const char *p = data; n > 0;) {
		ssize_t k = send(fd, p, n, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (k < 0 && (errno == EINTR || ((errno == EAGAIN || errno == EWOULDBLOCK) && ready(fd, POLLOUT, until))))
			continue;
		if (k <= 0)
			return false;
		p += k;
		n -= (size_t)k;
	}
	return true;
}

static bool receive_all(int fd, void *data, size_t n, int64_t until)
{
	for (char *p = data; n > 0;) {
		if (!ready(fd, POLLIN, until))
			return false;
		ssize_t k = recv(fd, p, n, MSG_DONTWAIT);
		if (k < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK))
			continue;
		if (k <= 0)
			return false;
		p += k;
		n -= (size_t)k;
	}
	return true;
}

static bool exchange(struct helper *h, const char *type, struct str document)
{
	int64_t until = milliseconds() + 1000 * (int64_t)h->wait;
	struct buf head = {0};
	uint8_t size[4];

	pack_key(&head, type);
	gw_pack_bin(&head, document.n);
	size_t n = head.len + document.n;
	for (int i = 0; i < 4; i++)
		size[i] = (uint8_t)(n >> (24 - 8 * i));
	bool ok = send_all(h->fd, size, 4, until) && send_all(h->fd, head.data, head.len, until)
		&& send_all(h->fd, document.s, document.n, until) && receive_all(h->fd, size, 4, until);
	buf_free(&head);
	if (!ok)
		return false;
	n = (size_t)size[0] << 24 | (size_t)size[1] << 16 | (size_t)size[2] << 8 | size[3];
	if (n > REPLY_MOST)
		return false;
	h->reply.len = 0;
	buf_reserve(&h->reply, n);
	h->reply.len = n;
	return receive_all(h->fd, h->reply.data, n, until);
}

/* Ends a helper that does not answer, or not in the protocol, and says how it
 * ended. A signal changes nothing about one that is ending already. */
static bool bury(struct helper *h, bool nonsense, struct str *code, struct str *message)
{
	char what[128];
	bool late = errno == EAGAIN || errno == EWOULDBLOCK;
	int status = 0;

	kill(h->pid, SIGKILL);
	close(h->fd);
	while (waitpid(h->pid, &status, 0) < 0 && errno == EINTR)
		;
	h->pid = 0;
	if (nonsense)
		return fail(h, "the parser's answer is damaged", code, message, "crashed");
	if (late || (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF))
		return fail(h, "parsing took too long", code, message, "timeout");
	if (WIFSIGNALED(status))
		snprintf(what, sizeof what, "the parser crashed (signal %d)", WTERMSIG(status));
	else
		snprintf(what, sizeof what, "the parser ended (status %d)", WEXITSTATUS(status));
	return fail(h, what, code, message, "crashed");
}

bool helper_parse(struct helper *h, const char *type, struct str document,
	struct str *tree, struct str *code, struct str *message)
{
	struct token tok;

	if (document.n > HELPER_MOST) {
		char what[64];
		snprintf(what, sizeof what, "larger than %d MiB", HELPER_MOST >> 20);
		return fail(h, what, code, message, "too_large");
	}
	int error = h->pid ? 0 : start(h);
	if (error) {
		char what[128];
		snprintf(what, sizeof what, "cannot start the parser: %s", strerror(error));
		return fail(h, what, code, message, "cannot_read");
	}
	errno = 0;
	if (!exchange(h, type, document))
		return bury(h, false, code, message);
	struct cursor c = cursor_of(h->reply.data, h->reply.len);
	if (cursor_peek(&c) == TOKEN_NIL && cursor_token(&c, &tok)) {
		*tree = (struct str){(const char *)c.p, (size_t)(c.end - c.p)};
		return true;
	}
	bool told = cursor_array(&c) == 2;
	*code = cursor_str(&c);
	*message = cursor_str(&c);
	return told && !c.error ? false : bury(h, true, code, message);
}

void helper_close(struct helper *h)
{
	if (h->pid) {
		close(h->fd);
		while (waitpid(h->pid, NULL, 0) < 0 && errno == EINTR)
			;
		h->pid = 0;
	}
	buf_free(&h->reply);
}
