/* xml: the XML inside of documents, by events.
 *
 * Nothing outside of the input is ever read. A document type, which only an
 * attack would bring (ECMA-376-2, 6.1 forbids it), ends the reading, so that no
 * entity is ever expanded. Names come without their prefix: makers vary it. */
#ifndef HELPER_XML_H
#define HELPER_XML_H

#include "text.h"

struct xml_attributes {
	const void *items;
	int n;
};

struct xml_events {
	void (*open)(void *data, const char *name, const struct xml_attributes *a);
	void (*close)(void *data, const char *name);    /* any of them may be NULL */
	void (*text)(void *data, struct str s);
};

/* Calls EVENTS with DATA for what is in IN; false where it is not well-formed:
 * what came before that was told. */
bool xml_read(struct str in, const struct xml_events *events, void *data);

/* The value of an attribute as it stands; {NULL, 0} where there is none. */
struct str xml_attribute(const struct xml_attributes *a, const char *name);

/* The same as a number, FALLBACK where there is none. */
long xml_number(const struct xml_attributes *a, const char *name, long fallback);

#endif
