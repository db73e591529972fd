/* sealed: which keys our filters write sealed, so that JSON need not say it. */
#ifndef GONGWEN_SEALED_H
#define GONGWEN_SEALED_H

/* NULL-ended. tojson lists exceptions in "$sealed" and "$plain". */
extern const char *const sealed_keys[];

#endif
