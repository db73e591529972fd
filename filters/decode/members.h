/* members: the documents in an archive or a crawl, one at a time.
 *
 * bin/decode-unpack reads the file and writes its members into a pipe
 * (unpack/members.h tells how); it may crash or hang, and a problem is the last
 * thing that the file gives. Nothing is written to disk, no name is followed. */
#ifndef DECODE_MEMBERS_H
#define DECODE_MEMBERS_H

#include "pack.h"

#include <sys/types.h>

/* What may still be handed over of an input, of all archives in it. */
struct budget {
	uint64_t bytes, entries;
};

struct members {
	pid_t pid;
	int fd, wait;
	struct budget *budget;
	size_t most;            /* bytes of a member */
	struct buf in;          /* read ahead */
	size_t pos;
	struct buf frame;       /* that began the member in hand */
	char words[512];        /* of a problem */
	bool open;
};

enum member_kind {
	MEMBER_DOCUMENT,
	MEMBER_PROBLEM,         /* of a member that began, or of the file: then it has no name */
	MEMBER_END
};

struct member {
	struct str name;        /* as the archive has it, in any charset; empty for a compressed document */
	struct str url, date, type;     /* of a crawl; {NULL, 0} otherwise */
	struct str code, message;       /* of a problem */
	bool named;             /* it is a member's: name and the like are set */
};

/* Starts on the file FD, which stays the caller's. 0, or an errno. WAIT: seconds of
 * silence after which the unpacker is given up. */
int members_open(struct members *m, int fd, size_t most, struct budget *budget, int wait);

/* Reads the next member, its content into BYTES. Strings live until the next call. */
enum member_kind members_next(struct members *m, struct member *out, struct buf *bytes);

void members_close(struct members *m);

#endif
