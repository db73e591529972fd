/* digest: SHA-256 (FIPS 180-4), by the processor's own instructions where it has them:
 * with libmd alone hashing would be half of what a start costs, and of the work of aggregate. */
#ifndef GONGWEN_DIGEST_H
#define GONGWEN_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Puts the hash of SIZE bytes as hex and a NUL into HEX. */
void digest_bytes(const void *data, size_t size, char hex[65]);

/* Reads FD from its start to its end; puts the hash as hex and a NUL into HEX, the
 * size into *BYTES. False with errno set where reading failed. */
bool digest_file(int fd, char hex[65], uint64_t *bytes) __attribute__((warn_unused_result));

#endif
