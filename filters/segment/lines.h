/* lines: what the form of a short line tells: dates, document numbers. */
#ifndef SEGMENT_LINES_H
#define SEGMENT_LINES_H

#include "text.h"

/* A full date and nothing else: 2021年1月11日, 二〇二一年一月十一日, 2021-01-11, also in
 * brackets. */
bool line_is_date(struct str line);

/* A year and a month and nothing else: 2025年2月. */
bool line_is_month(struct str line);

/* A full date after other words: 县人民政府 2021年1月11日. Returns the offset of the date,
 * SIZE_MAX where the line does not end with one. */
size_t line_date_at_end(struct str line);

/* Starts with a date, and white space behind it: 2026-01-20 17:01 安澜县水利局. */
bool line_starts_dated(struct str line);

/* 巴南府文〔2021〕4号 and nothing else. */
bool line_is_docno(struct str line);

/* Whole line in brackets. */
bool line_is_bracketed(struct str line);

/* A line that was drawn: ---|---, ======. */
bool line_is_rule(struct str line);

/* Ends with a colon. */
bool line_ends_with_colon(struct str line);

/* Ends with a stop within a sentence or a list: no heading. */
bool line_goes_on(struct str line);

#endif
