#include "sealed.h"

#include <stddef.h>

const char *const sealed_keys[] = {
	"segments", "sentences", "about", "labels", "facts", "mentions", "findings", NULL
};
