/* detect: which charset undeclared bytes are in.
 *
 * Scores are taken from the first bytes that are not ASCII, wherever they stand
 * (markup is ASCII), and forgive a sequence cut at either end. */
#ifndef DECODE_DETECT_H
#define DECODE_DETECT_H

#include "convert.h"

struct detector {
	struct converter *converter;
	struct str gb_common, big5_common;      /* cells of common.tsv */
	uint8_t *gb_bits, *big5_bits;           /* 65,536 bits each, made at first need */
	uint8_t *common_bits;                   /* of both lists, by code point */
};

/* How a reading of the sample went. */
struct score {
	size_t chars;           /* beyond ASCII */
	size_t bad;             /* bytes that no character takes */
	size_t common;          /* of chars, how many are among the commonest */
};

/* Reads common.tsv; errors stay in the table. */
void detector_open(struct detector *d, struct converter *c, struct table *common);
void detector_close(struct detector *d);

struct score detect_utf8(struct str in);
struct score detect_double(struct detector *d, enum charset_kind kind, struct str in);

/* 1 where IN, which is in GB18030 or Big5, starts with the rest of a character that was
 * cut, else 0. */
size_t detect_stray(struct detector *d, enum charset_kind kind, struct str in);

/* CHARSET_UTF16LE, CHARSET_UTF16BE, or CHARSET_OTHER where IN is neither. *STRAY is 1
 * where the first byte is the rest of a character that was cut, else 0. */
enum charset_kind detect_utf16(struct detector *d, struct str in, size_t *stray);

/* True where IN is seven-bit text with passages of HZ. */
bool detect_hz(struct str in);

/* Of GB18030 and Big5 the likelier one; *SURE tells whether the commonest
 * characters say so, or it is only the default. */
enum charset_kind detect_chinese(struct detector *d, struct str in, bool *sure);

#endif
