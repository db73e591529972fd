/* folder: a dataset appears whole or not at all.
 *
 * It is built in a folder beside the target and put in its place by one rename.
 * Whatever happens before that, the old dataset stays as it is, and the folder
 * beside it goes when the program ends; one that a killed run left is removed by a
 * later run. */
#ifndef AGGREGATE_FOLDER_H
#define AGGREGATE_FOLDER_H

#include <stdbool.h>

struct folder {
	const char *given;      /* the path as the user wrote it, for messages */
	char *target;           /* absolute; links are followed */
	char *parent;
	char *temp;             /* where it is built */
	int fd;                 /* of temp */
	char error[1024];
};

/* The files that a dataset may have, NULL-ended; the last that is written is the
 * package, which marks the folder as ours. */
extern const char *const folder_files[];
#define FOLDER_PACKAGE "datapackage.json"
#define FOLDER_DATABASE "gongwen.sqlite"
#define FOLDER_WORKBOOK "gongwen.xlsx"
#define FOLDER_PAGE "report.html"
#define FOLDER_STATA "panel.dta"
#define FOLDER_STATA_LONG "panel_long.dta"
#define FOLDER_MARK "\"gongwen\": 1"

/* Looks whether PATH may be (re)placed: it is not there, empty, or a dataset with
 * nothing else in it; makes the folder beside it. PATH must stay. False with ->error set. */
bool folder_open(struct folder *f, const char *path) __attribute__((warn_unused_result));

/* Brings everything to disk and puts it in place. False with ->error set: then the
 * old dataset is as it was. */
bool folder_commit(struct folder *f) __attribute__((warn_unused_result));

/* Copies the file PATH into the folder that is built, as NAME. False with ->error set. */
bool folder_add(struct folder *f, const char *path, const char *name) __attribute__((warn_unused_result));

void folder_free(struct folder *f);

#endif
