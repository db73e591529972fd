/* views: the common questions, as views of the database. */
#ifndef AGGREGATE_VIEWS_H
#define AGGREGATE_VIEWS_H

/* SQL statements, NULL-ended; the last one needs the search index. */
extern const char *const views[];

#endif
