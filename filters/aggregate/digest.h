/* digest: SHA-256 (FIPS 180-4) of a file, by the processor's own instructions where
 * it has them: with libmd alone hashing would be half of the work of this program. */
#ifndef AGGREGATE_DIGEST_H
#define AGGREGATE_DIGEST_H

#include <stdbool.h>
#include <stdint.h>

/* Reads FD from its start to its end; puts the hash as hex and a NUL into HEX, the
 * size into *BYTES. False with errno set where reading failed. */
bool digest_file(int fd, char hex[65], uint64_t *bytes) __attribute__((warn_unused_result));

#endif
