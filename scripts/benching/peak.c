/* peak: runs a program and writes its peak memory in KiB to descriptor 3.
 *
 * A process inherits the peak of the one that started it, so that what Python starts
 * never has less than Python; this one is small. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct rusage use;
	int status;
	pid_t child = argc > 1 ? fork() : -1;

	if (child == 0) {
		close(3);
		execv(argv[1], argv + 1);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &use) != child)
		return 127;
	dprintf(3, "%ld\n", use.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 126;
}
