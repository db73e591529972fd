/* shim: an unkind world, put before a program by LD_PRELOAD.
 *
 * FAULT=short      reads and writes take a few bytes, and every third call is interrupted
 * FAULT=read=K     the Kth read fails with EIO
 * FAULT=write=K    the Kth write that is no message fails with ENOSPC; the next would succeed
 * FAULT=memory=K   the Kth allocation fails, the next would succeed
 * FAULT=famine=K   the Kth allocation and all later ones fail
 *
 * FAULT_COUNT=FILE takes a line "reads writes allocations" at the end of the program.
 * Calls within the C library (stdio's own reads and writes) do not pass by here. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t align, size_t size);

enum fault { NONE, SHORT, READ, WRITE, MEMORY, FAMINE };

static enum fault fault;
static unsigned long at;                        /* the Kth */
static atomic_ulong reads, writes, allocations, calls;
static const char *count_file;

__attribute__((constructor)) static void start(void)
{
	static const char *const names[] = {"", "short", "read=", "write=", "memory=", "famine="};
	const char *s = getenv("FAULT");

	count_file = getenv("FAULT_COUNT");
	reads = writes = allocations = 0;
	for (int i = SHORT; s && i <= FAMINE; i++)
		if (strncmp(s, names[i], strlen(names[i])) == 0) {
			at = strtoul(s + strlen(names[i]), NULL, 10);
			fault = (enum fault)i;
		}
}

__attribute__((destructor)) static void end(void)
{
	char line[80];
	int fd = count_file ? open(count_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;

	if (fd < 0)
		return;
	int n = snprintf(line, sizeof line, "%lu %lu %lu\n", reads, writes, allocations);
	syscall(SYS_write, fd, line, (size_t)n);
	close(fd);
}

/* Is this call interrupted? */
static int interrupted(void)
{
	if (fault != SHORT || ++calls % 3)
		return 0;
	errno = EINTR;
	return 1;
}

/* So many of N bytes. Large ones stay in proportion, that the end comes in this life. */
static size_t few(size_t n)
{
	size_t most = 1 + calls % 7 + n / 16;
	return fault == SHORT && n > most ? most : n;
}

ssize_t read(int fd, void *to, size_t n)
{
	if (++reads == at && fault == READ) {
		errno = EIO;
		return -1;
	}
	return interrupted() ? -1 : syscall(SYS_read, fd, to, few(n));
}

ssize_t write(int fd, const void *from, size_t n)
{
	if (fd == STDERR_FILENO)
		return syscall(SYS_write, fd, from, n);
	if (++writes == at && fault == WRITE) {
		errno = ENOSPC;
		return -1;
	}
	return interrupted() ? -1 : syscall(SYS_write, fd, from, few(n));
}

int poll(struct pollfd *fds, nfds_t n, int wait)
{
	struct timespec t = {wait / 1000, wait % 1000 * 1000000L};
	return interrupted() ? -1 : (int)syscall(SYS_ppoll, fds, n, wait < 0 ? NULL : &t, NULL, 0);
}

pid_t waitpid(pid_t pid, int *status, int options)
{
	return interrupted() ? -1 : (pid_t)syscall(SYS_wait4, pid, status, options, NULL);
}

/* Is there no memory this time? */
static int refused(void)
{
	unsigned long k = ++allocations;

	if ((fault != MEMORY || k != at) && (fault != FAMINE || k < at))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t size)
{
	return refused() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return refused() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return refused() ? NULL : __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(old, count * size);
}

void *aligned_alloc(size_t align, size_t size)
{
	return refused() ? NULL : __libc_memalign(align, size);
}

int posix_memalign(void **to, size_t align, size_t size)
{
	void *p = refused() ? NULL : __libc_memalign(align, size);

	if (p)
		*to = p;
	return p ? 0 : ENOMEM;
}
