/* archive: members of zip, tar and 7z files and of compressed ones, by libarchive. */
#ifndef UNPACK_ARCHIVE_H
#define UNPACK_ARCHIVE_H

#include "members.h"

/* Hands over the members of the file FD, in its order. BARE: what is compressed but no
 * archive is one member without a name. */
void archive_unpack(struct members *m, int fd, bool bare);

#endif
