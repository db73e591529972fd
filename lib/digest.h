/* digest: SHA-256 (FIPS 180-4), by the processor's own instructions where it has them:
 * with libmd alone hashing would be half of what a start costs, and of the work of aggregate. */
#ifndef GONGWEN_DIGEST_H
#define GONGWEN_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/* Puts the hash of SIZE bytes as hex and a NUL into HEX. */
void digest_bytes(const void *data, size_t size, char hex[65]);

/* A file to be hashed. */
struct digest {
	int fd;                 /* open for reading, and it stays open */
	char hex[65];           /* the hash as hex and a NUL */
	uint64_t bytes;         /* of the file */
	int error;              /* errno where reading failed, else 0: then the rest means something */
};

/* Reads N files from their start to their end and fills in all but the descriptors. Two are
 * hashed at a time: a round waits for the one before it, and the other file has one meanwhile. */
void digest_files(struct digest *files, size_t n);

#endif
