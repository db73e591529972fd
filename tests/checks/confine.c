/* confine: tries what a confined process may not do, and what it may.
 *
 *     confine DIR    lines "ok NAME", "not ok NAME: WHY"
 *
 * Every attempt is made in a child of its own, where it would succeed without
 * confine(): the first run, which is not confined, shows that. */
#include "confine.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int done(long r)
{
	return r < 0 ? errno : 0;
}

static int try_write(void) { return done(open("written", O_WRONLY | O_CREAT, 0600)); }
static int try_append(void) { return done(open("there", O_RDWR | O_APPEND)); }
static int try_truncate(void) { return done(open("there", O_RDONLY | O_TRUNC)); }
static int try_unnamed(void) { return done(open(".", O_WRONLY | O_TMPFILE, 0600)); }
static int try_remove(void) { return done(unlink("there")); }
static int try_rename(void) { return done(rename("there", "elsewhere")); }
static int try_mkdir(void) { return done(mkdir("folder", 0700)); }
static int try_link(void) { return done(symlink("/etc/passwd", "link")); }
static int try_chmod(void) { return done(chmod("there", 0777)); }
static int try_network(void) { return done(socket(AF_INET, SOCK_STREAM, 0)); }
static int try_local(void) { return done(socket(AF_UNIX, SOCK_DGRAM, 0)); }
static int try_pair(void) { int s[2]; return done(socketpair(AF_UNIX, SOCK_STREAM, 0, s)); }
static int try_kill(void) { return done(kill(getppid(), 0)); }
static int try_trace(void) { return done(ptrace(PTRACE_TRACEME, 0, 0, 0)); }

static int try_fork(void)
{
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	return done(pid);
}

static int try_exec(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return errno;
}

static int try_read(void)
{
	char c;
	int fd = open("there", O_RDONLY);
	return fd < 0 ? errno : read(fd, &c, 1) == 1 ? 0 : EIO;
}

static int try_list(void)
{
	DIR *d = opendir(".");
	return !d ? errno : readdir(d) ? 0 : EIO;
}

/* a charset's table is a library that is loaded */
static int try_charset(void)
{
	iconv_t c = iconv_open("UTF-8", "GB18030");
	return c == (iconv_t)-1 ? EPERM : 0;    /* it says EINVAL, whatever the reason */
}

static void *nothing(void *p)
{
	return p;
}

static int try_thread(void)
{
	pthread_t t;
	int error = pthread_create(&t, NULL, nothing, NULL);
	return error ? error : pthread_join(t, NULL);
}

static int try_memory(void)
{
	void *p = malloc(64 << 20);
	if (p)
		memset(p, 1, 64 << 20);
	return p ? 0 : ENOMEM;
}

static int try_abort(void)
{
	abort();
}

enum mode { FREE, READS, OPENS_NOTHING };

static const struct attempt {
	const char *name;
	int (*run)(void);
	bool reads, other;      /* allowed where reading is; allowed at all */
} attempts[] = {
	{"write a new file", try_write, false, false},
	{"open a file to write", try_append, false, false},
	{"truncate a file", try_truncate, false, false},
	{"make a file without a name", try_unnamed, false, false},
	{"remove", try_remove, false, false},
	{"rename", try_rename, false, false},
	{"make a folder", try_mkdir, false, false},
	{"make a link", try_link, false, false},
	{"change rights", try_chmod, false, false},
	{"network", try_network, false, false},
	{"local socket", try_local, false, false},
	{"pair of sockets", try_pair, false, false},
	{"signal another process", try_kill, false, false},
	{"trace", try_trace, false, false},
	{"start a process", try_fork, false, false},
	{"start a program", try_exec, false, false},
	{"read a file", try_read, true, false},
	{"list a folder", try_list, true, false},
	{"load a charset", try_charset, true, false},
	{"start a thread", try_thread, true, true},
	{"take memory", try_memory, true, true},
};

/* What came of an attempt: 0, an errno, -1 for a child that died, -2 where nothing can be confined. */
static int outcome(int (*run)(void), enum mode mode)
{
	int status;

	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		int fd = open("there", O_WRONLY | O_CREAT, 0600);
		if (fd < 0 || write(fd, "there", 5) != 5 || close(fd) != 0)
			_exit(EIO);
		if (mode != FREE && !confine(mode == READS))
			_exit(254);
		int error = run();
		_exit(error < 200 ? error : 200);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return !WIFEXITED(status) ? -1 : WEXITSTATUS(status) == 254 ? -2 : WEXITSTATUS(status);
}

static void tell(const char *name, const char *how, int got, bool allowed)
{
	if (allowed ? got == 0 : got == EPERM)
		printf("ok %s, %s\n", name, how);
	else
		printf("not ok %s, %s: %s\n", name, how, got == -1 ? "it died" : got ? strerror(got) : "it succeeded");
}

int main(int argc, char **argv)
{
	if (argc != 2 || chdir(argv[1]) != 0)
		return 2;
	if (outcome(try_memory, READS) == -2) {
		puts("skip confine: the kernel offers no seccomp here");
		return 0;
	}
	for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
		const struct attempt *a = &attempts[i];
		int free_run = outcome(a->run, FREE);
		if (free_run != 0)
			printf("skip %s: not possible here anyway (%s)\n", a->name, free_run > 0 ? strerror(free_run) : "died");
		tell(a->name, "confined", outcome(a->run, READS), a->reads);
		tell(a->name, "without opening", outcome(a->run, OPENS_NOTHING), a->other);
	}
	int status, pid;
	fflush(stdout);
	if ((pid = fork()) == 0) {
		confine(false);
		try_abort();
	}
	waitpid(pid, &status, 0);
	printf(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? "ok abort ends it\n" : "not ok abort ends it: it did not\n");
	return 0;
}
