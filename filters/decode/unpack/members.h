/* members: what an archive or a crawl holds, handed to decode one at a time.
 *
 * decode-unpack reads the file on standard input and writes frames on standard
 * output: four bytes of length (most significant first) and that many bytes of
 * MessagePack, which are one of
 *
 *     [name, url, date, type]  a member begins. name is bin, as the archive has it (empty: the file is
 *                              one compressed document); url, date (WARC-Date) and type (Content-Type) of
 *                              a crawl are str or nil
 *     bin                      a piece of its content
 *     nil                      it is complete
 *     [code, message]          it could not be read to its end; or, between members, something of
 *                              the file was not read
 *
 * Status 0 behind the last frame says that all was told. Bounds hold for the whole
 * file: a member that is too large loses its content, a file that is a bomb is left. */
#ifndef UNPACK_MEMBERS_H
#define UNPACK_MEMBERS_H

#include "pack.h"

struct members {
	size_t member_most;     /* bytes of one member */
	uint64_t bytes, entries;        /* that may still be handed over */
	uint64_t made, read;    /* bytes handed over or dropped so far, and read of the file for them */
	uint64_t size;          /* of the file */
	size_t member;          /* bytes of the one in hand */
	bool open;              /* a member is in hand */
	bool dropping;          /* and is too large */
	bool stopped;           /* a bound was hit: nothing more comes */
	struct buf frame;
};

/* Of a member: all but the name may be none. */
struct about_member {
	struct str name, url, date, type;
};

/* Begins a member. False where there may be no more: the file is to be left. */
bool members_begin(struct members *m, const struct about_member *about);

/* Hands over a piece. READ is how much of the file was read so far. False as above. */
bool members_data(struct members *m, struct str piece, uint64_t read);

void members_end(struct members *m);

/* Ends the member in hand with a problem; without one, it is the file's. */
void members_problem(struct members *m, const char *code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
