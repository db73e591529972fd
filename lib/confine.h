/* confine: what a process may still do that parses what others wrote.
 *
 * For the helpers of filters whose libraries may be led astray by a document: from
 * then on the process computes, reads and writes what is open already, and ends. The
 * rest the kernel refuses with EPERM (seccomp): no new process or program, no network,
 * no signal to others, nothing made, changed or removed in the file system. Programs
 * that call it link libseccomp. */
#ifndef GONGWEN_CONFINE_H
#define GONGWEN_CONFINE_H

#include <stdbool.h>

/* Confines the process for good. READS: it may still open files for reading, as fonts
 * and tables of characters. False where the kernel offers no seccomp; then nothing
 * changed, and limits of memory and time are all that holds. */
bool confine(bool reads);

#endif
