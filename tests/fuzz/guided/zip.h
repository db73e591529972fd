/* zip: mutations of a document that is a zip archive of XML. */
#include <stddef.h>
#include <stdint.h>

/* Mutates one member of an archive of stored members in DATA, of N bytes and room for MOST, and
 * writes its sizes and check sums anew: any other change is one that the reader of archives
 * refuses, and no reader of a document ever sees. Returns the new size; 0 where it is none. */
size_t zip_mutate(uint8_t *data, size_t n, size_t most, unsigned seed);
