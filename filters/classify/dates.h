/* dates: calendar dates of document heads and signatures. */
#ifndef CLASSIFY_DATES_H
#define CLASSIFY_DATES_H

#include "arena.h"
#include "text.h"

/* The first full date in S (2021年1月11日, 二〇二一年一月十一日, 2021-01-11, 2021/1/11) as ISO
 * 8601 (arena); *AT its range in S. {NULL, 0} where there is none. */
struct str date_find(struct str s, struct span *at, struct arena *a);

/* Bytes of a full date that S starts with, 0 where it does not. */
size_t date_starts(struct str s);

/* A year of four digits (ASCII, full-width or Chinese) at I of S: its value, 0 where
 * there is none; *END the offset behind it. */
int year_at(struct str s, size_t i, size_t *end);

/* The last day of a month. */
int month_days(int year, int month);

/* The year that a date of ISO 8601 starts with, 0 for none. */
int iso_year(struct str iso);

/* YYYY-MM-DD (arena). */
struct str iso_date(int year, int month, int day, struct arena *a);

#endif
