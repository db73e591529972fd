/* hosts: what the host of a government's site says of its division.
 *
 * Hosts below gov.cn are made of the Pinyin of names: jurong (句容), gulou.nanjing,
 * njgl (南京鼓楼), cqwx (重庆巫溪), with or without the kind (yyx, yueyangxian). */
#ifndef CLASSIFY_HOSTS_H
#define CLASSIFY_HOSTS_H

#include "regions.h"

enum { LABELS_MOST = 6, LABEL_MOST = 63 };

/* The labels of a host, in lower case, without gov.cn. */
struct host {
	struct host_label {
		char s[LABEL_MOST + 1];
		size_t n;
	} labels[LABELS_MOST];
	size_t n;               /* 0: no government's site */
};

/* What a host says of a division. */
enum host_says {
	HOST_NOTHING,
	HOST_PROVINCE,          /* it names the province that it lies in */
	HOST_PREFECTURE,        /* it names the prefecture */
	HOST_BELOW              /* it names it below one of these */
};

/* Reads the host of a URL. */
struct host host_read(struct str url);

/* Tells of which of several divisions with one name the host can be. */
enum host_says host_says(const struct host *h, const struct regions *r, int region);

/* The divisions of LEVEL (县, 区 …; empty for counties) that the host itself names, which stood at the end of YEAR: up to
 * MOST of them. Returns how many. */
size_t host_regions(const struct host *h, const struct regions *r, struct str level, int year, int *out, size_t most);

/* The same by the initials alone, with those of a division above or without: lw of 荔湾区, hzsc of 杭州市上城区.
 * Many have the same: what the document names has to decide. */
size_t host_initials(const struct host *h, const struct regions *r, struct str level, int year, int *out, size_t most);

#endif
