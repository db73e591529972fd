#include "xml.h"

#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>

enum { DEPTH_MOST = 200 };

struct reading {
	const struct xml_events *events;
	void *data;
	xmlParserCtxtPtr ctxt;
	unsigned depth;
	bool bad;
};

/* five pointers an attribute: name, prefix, URI, value, its end (SAX2) */
struct str xml_attribute(const struct xml_attributes *a, const char *name)
{
	const xmlChar *const *items = a->items;

	for (int i = 0; i < a->n; i++, items += 5)
		if (strcmp((const char *)items[0], name) == 0)
			return (struct str){(const char *)items[3], (size_t)(items[4] - items[3])};
	return (struct str){NULL, 0};
}

long xml_number(const struct xml_attributes *a, const char *name, long fallback)
{
	struct str s = xml_attribute(a, name);
	char digits[24], *end;

	if (!s.s || s.n == 0 || s.n >= sizeof digits)
		return fallback;
	memcpy(digits, s.s, s.n);
	digits[s.n] = 0;
	long v = strtol(digits, &end, 10);
	return *end ? fallback : v;
}

static void stop(struct reading *r)
{
	r->bad = true;
	xmlStopParser(r->ctxt);
}

static void on_open(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int nns,
	const xmlChar **ns, int n, int ndefault, const xmlChar **attributes)
{
	struct reading *r = data;
	struct xml_attributes a = {attributes, n};

	(void)prefix, (void)uri, (void)nns, (void)ns, (void)ndefault;
	if (r->bad)
		return;
	if (++r->depth > DEPTH_MOST)
		stop(r);
	else if (r->events->open)
		r->events->open(r->data, (const char *)name, &a);
}

static void on_close(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct reading *r = data;

	(void)prefix, (void)uri;
	r->depth--;
	if (!r->bad && r->events->close)
		r->events->close(r->data, (const char *)name);
}

static void on_text(void *data, const xmlChar *s, int n)
{
	struct reading *r = data;
	if (!r->bad && r->events->text)
		r->events->text(r->data, (struct str){(const char *)s, (size_t)n});
}

static void on_doctype(void *data, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
	(void)name, (void)id, (void)system;
	stop(data);
}

bool xml_read(struct str in, const struct xml_events *events, void *data)
{
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC, .internalSubset = on_doctype, .startElementNs = on_open,
		.endElementNs = on_close, .characters = on_text, .ignorableWhitespace = on_text, .cdataBlock = on_text
	};
	struct reading r = {.events = events, .data = data};

	if (in.n > INT_MAX)
		return false;
	r.ctxt = xmlCreatePushParserCtxt(&sax, &r, NULL, 0, NULL);
	if (!r.ctxt)
		return false;
	xmlCtxtUseOptions(r.ctxt, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	/* by steps, so that libxml2 keeps no more of it than it needs */
	for (size_t at = 0; at < in.n && !r.bad && r.ctxt->wellFormed; at += 1 << 20)
		xmlParseChunk(r.ctxt, in.s + at, (int)(in.n - at < 1 << 20 ? in.n - at : 1 << 20), 0);
	if (!r.bad && r.ctxt->wellFormed)
		xmlParseChunk(r.ctxt, NULL, 0, 1);
	bool ok = !r.bad && r.ctxt->wellFormed;
	if (r.ctxt->myDoc)
		xmlFreeDoc(r.ctxt->myDoc);
	xmlFreeParserCtxt(r.ctxt);
	return ok;
}
