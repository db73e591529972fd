/* package: datapackage.json, the Frictionless description of the dataset. */
#ifndef AGGREGATE_PACKAGE_H
#define AGGREGATE_PACKAGE_H

#include "output.h"

/* Writes FOLDER/datapackage.json; false where it cannot be written (errno). It
 * holds neither times nor paths of the machine, so that equal data are equal
 * bytes. SQLITE tells whether the database is part of the package. */
bool package_write(const struct outputs *o, const char *folder, bool sqlite);

#endif
