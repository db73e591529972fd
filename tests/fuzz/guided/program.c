/* program: a whole program of the suite as a target of libFuzzer.
 *
 * The program is compiled with -Dmain=program_main and called once for each input, in
 * this process: that is what lets coverage guide the mutations. House style makes it
 * possible (no globals are written after main began). What must not happen in here
 * is wrapped by the linker: exit comes back, descriptors stay, no child is started,
 * nobody confines or limits the fuzzer itself, and what is left allocated is given back.
 *
 * FUZZ_ARGS  the program's arguments, separated by blanks
 * FUZZ_FRAME the media type: the input is a document for decode-helper
 * FUZZ_TABLE the name of a rule file: the input is that file
 * FUZZ_FILE  the path of a file that the program reads: the input is that file
 * FUZZ_INPUT what stands on standard input where the input is a rule file or a file
 * FUZZ_FOLDER a folder that is empty whenever the program starts
 * FUZZ_STREAM set: what the program writes with status 0 or 1 must be a whole stream */
#include "stream.h"
#include "zip.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <getopt.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

enum { ARGS_MOST = 16 };

static jmp_buf back;
static bool running;
static int in_fd, out_fd, table_fd, status;
static char *args[ARGS_MOST + 4];
static int nargs;
static const char *frame, *folder;
static bool stream;
static struct live {            /* what the run in hand has allocated: a hash table */
	void **items;
	size_t n, cap;
} live;

int program_main(int argc, char **argv);
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
size_t LLVMFuzzerMutate(uint8_t *data, size_t n, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t n, size_t most, unsigned seed);

_Noreturn void __real_exit(int s);
_Noreturn void __wrap_exit(int s);
int __real_close(int fd);
void *__real_malloc(size_t n);
void *__real_calloc(size_t k, size_t n);
void *__real_realloc(void *p, size_t n);
void __real_free(void *p);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t k, size_t n);
void *__wrap_realloc(void *p, size_t n);
void __wrap_free(void *p);
int __wrap_close(int fd);
bool __wrap_confine(bool reads);
int __wrap_setrlimit(int what, const struct rlimit *r);
int __wrap_setitimer(int which, const struct itimerval *v, struct itimerval *old);
FILE *__wrap_freopen(const char *path, const char *mode, FILE *f);
int __wrap_posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *a,
	const posix_spawnattr_t *attr, char *const argv[], char *const envp[]);

void __wrap_exit(int s)
{
	if (!running)
		__real_exit(s);
	status = s;
	longjmp(back, 1);
}

static size_t live_slot(const void *p)
{
	size_t i = (uintptr_t)p / 16 * 0x9E3779B97F4A7C15u >> 20;

	for (i &= live.cap - 1; live.items[i] && live.items[i] != p; i = (i + 1) & (live.cap - 1))
		;
	return i;
}

static void *live_add(void *p)
{
	if (!running || !p)
		return p;
	if (live.n * 2 >= live.cap) {
		struct live old = live;
		live.cap = old.cap ? old.cap * 2 : 4096;
		live.items = __real_calloc(live.cap, sizeof *live.items);
		for (size_t i = 0; i < old.cap; i++)
			if (old.items[i])
				live.items[live_slot(old.items[i])] = old.items[i];
		__real_free(old.items);
	}
	live.items[live_slot(p)] = p;
	live.n++;
	return p;
}

static void live_drop(const void *p)
{
	if (!running || !p || !live.cap)
		return;
	size_t i = live_slot(p);
	if (!live.items[i])
		return;
	live.n--;
	live.items[i] = NULL;
	/* those behind it may have wanted its place */
	for (i = (i + 1) & (live.cap - 1); live.items[i]; i = (i + 1) & (live.cap - 1)) {
		void *moved = live.items[i];
		live.items[i] = NULL;
		live.items[live_slot(moved)] = moved;
	}
}

static void live_end(void)
{
	for (size_t i = 0; i < live.cap; i++) {
		__real_free(live.items[i]);
		live.items[i] = NULL;
	}
	live.n = 0;
}

void *__wrap_malloc(size_t n)
{
	return live_add(__real_malloc(n));
}

void *__wrap_calloc(size_t k, size_t n)
{
	return live_add(__real_calloc(k, n));
}

void *__wrap_realloc(void *p, size_t n)
{
	void *q = __real_realloc(p, n);

	if (q || n == 0) {
		live_drop(p);
		live_add(q);
	}
	return q;
}

void __wrap_free(void *p)
{
	live_drop(p);
	__real_free(p);
}

int __wrap_close(int fd)
{
	return fd <= STDERR_FILENO ? 0 : __real_close(fd);
}

bool __wrap_confine(bool reads)
{
	(void)reads;
	return true;
}

int __wrap_setrlimit(int what, const struct rlimit *r)
{
	(void)what, (void)r;
	return 0;
}

int __wrap_setitimer(int which, const struct itimerval *v, struct itimerval *old)
{
	(void)which, (void)v, (void)old;
	return 0;
}

FILE *__wrap_freopen(const char *path, const char *mode, FILE *f)
{
	(void)path, (void)mode;
	return f;
}

int __wrap_posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *a,
	const posix_spawnattr_t *attr, char *const argv[], char *const envp[])
{
	(void)pid, (void)path, (void)a, (void)attr, (void)argv, (void)envp;
	return ENOENT;
}

static int gone(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st, (void)type;
	return at->level > 0 ? remove(path) : 0;
}

/* Closes what the run has left open, and removes what it has written: exit did not. */
static void leftovers_end(void)
{
	int least = open("/dev/null", O_RDONLY);

	if (least < 0)
		abort();
	close_range((unsigned)least, ~0u, 0);
	if (folder)
		nftw(folder, gone, 8, FTW_DEPTH | FTW_PHYS);
}

static int memory(const char *name)
{
	int fd = memfd_create(name, 0);
	if (fd < 0)
		abort();
	return fd;
}

static void refill(int fd, const void *data, size_t n)
{
	if (ftruncate(fd, 0) != 0 || pwrite(fd, data, n, 0) != (ssize_t)n || lseek(fd, 0, SEEK_SET) != 0)
		abort();
}

/* Puts the bytes of a file on standard input, for good. */
static void given(const char *path)
{
	char part[65536];
	int fd = open(path, O_RDONLY);
	ssize_t n;

	while (fd >= 0 && (n = read(fd, part, sizeof part)) > 0)
		if (write(in_fd, part, (size_t)n) != n)
			abort();
	if (fd < 0)
		abort();
	__real_close(fd);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *list = getenv("FUZZ_ARGS"), *table = getenv("FUZZ_TABLE"), *file = getenv("FUZZ_FILE");

	(void)argc;
	args[nargs++] = (*argv)[0];
	for (char *p = strtok(strdup(list ? list : ""), " "); p && nargs < ARGS_MOST; p = strtok(NULL, " "))
		args[nargs++] = p;
	frame = getenv("FUZZ_FRAME");
	folder = getenv("FUZZ_FOLDER");
	stream = getenv("FUZZ_STREAM") != NULL;
	in_fd = memory("in");
	out_fd = memory("out");
	table_fd = -1;
	if (table) {
		char *option = malloc(strlen(table) + 64);
		table_fd = memory("table");
		sprintf(option, "%s=/proc/self/fd/%d", table, table_fd);
		args[nargs++] = "-r";
		args[nargs++] = option;
	} else if (file) {
		table_fd = open(file, O_RDWR | O_CREAT, 0666);
		if (table_fd < 0)
			abort();
	}
	if (table || file)
		given(getenv("FUZZ_INPUT"));
	return 0;
}

/* A frame as decode sends it (helper.h): its length, the type, the document. */
static void frame_send(const uint8_t *data, size_t n)
{
	struct buf b = {0};

	buf_append(&b, "\0\0\0\0", 4);
	pack_key(&b, frame);
	gw_pack_bin(&b, n);
	buf_append(&b, data, n);
	for (int i = 0; i < 4; i++)
		b.data[i] = (uint8_t)((b.len - 4) >> (24 - 8 * i));
	refill(in_fd, b.data, b.len);
	buf_free(&b);
}

/* What we wrote, our own reader must take. */
static void judge(void)
{
	struct stream_in in;
	enum stream_item item;

	if (status != 0 && status != 1 && status != 2)
		abort();
	if (!stream || status == 2)
		return;
	lseek(STDOUT_FILENO, 0, SEEK_SET);
	stream_open(&in, STDOUT_FILENO, RECORD_MOST);
	while ((item = stream_read(&in)) != STREAM_END)
		if (item == STREAM_ERROR) {
			fprintf(stderr, "status %d, and the output is no stream: %s\n", status, in.error);
			abort();
		}
	stream_close(&in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (table_fd >= 0) {
		refill(table_fd, data, n);
		lseek(in_fd, 0, SEEK_SET);
	} else if (frame) {
		frame_send(data, n);
	} else {
		refill(in_fd, data, n);
	}
	dup2(in_fd, STDIN_FILENO);
	if (ftruncate(out_fd, 0) != 0 || lseek(out_fd, 0, SEEK_SET) != 0)
		abort();
	dup2(out_fd, STDOUT_FILENO);
	__fpurge(stdin);        /* a seek within what is buffered would give the last input again */
	clearerr(stdin);
	fseek(stdin, 0, SEEK_SET);
	optind = 0;
	char *copy[ARGS_MOST + 4];

	memcpy(copy, args, sizeof copy);
	if (setjmp(back) == 0) {
		running = true;
		status = program_main(nargs, copy);
	}
	running = false;
	fflush(stdout);
	live_end();
	judge();
	leftovers_end();
	return 0;
}

/* Half of the mutations of a stream stay within a string, whose length they keep: the
 * stream remains one, and what reads the text gets its turn. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t n, size_t most, unsigned seed)
{
	struct { size_t at, n; } found[256];
	size_t nfound = 0, off = 0, need;
	struct token tok;

	if (n > 4 && memcmp(data, "PK\3\4", 4) == 0 && seed % 8 && (need = zip_mutate(data, n, most, seed / 8)) > 0)
		return need;
	if (frame || table_fd >= 0 || seed % 2)
		return LLVMFuzzerMutate(data, n, most);
	while (off < n && nfound < 256 && token_read(data, n, &off, &tok, &need) == TOKEN_OK) {
		if (tok.type == TOKEN_EXT && tok.ext == EXT_SEALED)
			off = (size_t)((const uint8_t *)tok.s.s - data);
		if (tok.type == TOKEN_STR && tok.s.n > 3) {
			found[nfound].at = (size_t)((const uint8_t *)tok.s.s - data);
			found[nfound++].n = tok.s.n;
		}
	}
	if (!nfound)
		return LLVMFuzzerMutate(data, n, most);
	size_t k = seed / 2 % nfound;
	uint8_t *copy = malloc(found[k].n);
	memcpy(copy, data + found[k].at, found[k].n);
	size_t got = LLVMFuzzerMutate(copy, found[k].n, found[k].n);
	memcpy(data + found[k].at, copy, got);
	free(copy);
	return n;
}
