/* folder: the dataset's folder, replaced whole or not at all.
 *
 * Files are made in a new folder beside the old one; at the end the two change
 * places. On any failure, a kill included, the old dataset stays as it was; what a
 * killed run left beside it is cleared by the next. */
#ifndef AGGREGATE_FOLDER_H
#define AGGREGATE_FOLDER_H

#include "pack.h"

struct folder {
	char *target;           /* where the dataset goes */
	char *parent;           /* the folder that it stands in */
	char *planned;          /* name of the temporary folder, before it is made */
	char *temporary;        /* where the dataset is made, NULL while it is not */
	char error[512];
};

/* Refuses a target that is neither missing, empty nor a dataset of our making.
 * False with the reason in f->error. */
bool folder_begin(struct folder *f, const char *target);

/* Makes the temporary folder; false with f->error. */
bool folder_make(struct folder *f);

/* Puts the new folder in the old one's place; false with f->error. */
bool folder_swap(struct folder *f);

/* Removes the temporary folder, if it is still there, and frees the names. */
void folder_end(struct folder *f);

/* The names of the files that a dataset may hold; NULL-ended. */
extern const char *const folder_files[];

#endif
