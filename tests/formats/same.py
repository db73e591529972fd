"""same.py WHAT FIRST < stream.jsonl: do all records say the same as the first one?

Reads what tojson makes of a stream through extract. Texts must be equal after white space is taken
out, and so must facts: value, unit, indicator and all else but offsets, with the words and the sentence
that prove them. Prints a line for each document: "ok WHAT: NAME" or "not ok WHAT: NAME: WHY".
"""
import json
import re
import sys

OFFSETS = {"at", "measure_at", "segment"}


def fold(s):
    return re.sub(r"\s+", "", s)


def facts(record):
    text = record["text"].encode()
    cut = lambda span: fold(text[span[0]:span[1]].decode(errors="replace")) if span else None
    sentences = sorted((b, e) for b, e, _ in record.get("sentences", []))
    out = []
    for fact in record.get("facts", []):
        b = fact["at"][0]
        around = [s for s in sentences if s[0] <= b < s[1]]
        kept = {k: v for k, v in fact.items() if k not in OFFSETS}
        kept["words"] = cut(fact["at"])
        kept["measure_words"] = cut(fact.get("measure_at"))
        kept["evidence"] = cut(around[-1]) if around else None
        out.append(kept)
    return out


def about(record):
    a = record.get("about", {})
    keep = {k: (a.get(k) or {}).get("value") for k in ("genre", "issuer", "subject", "period", "number")}
    keep["region"] = [(a.get("region") or {}).get(k) for k in ("code", "name", "level")]
    return keep


def why(first, record):
    if "text" not in record:
        return "no text: %s" % "; ".join(p["message"] for p in record.get("problems", []))
    a, b = fold(first["text"]), fold(record["text"])
    if a != b:
        i = next((i for i in range(min(len(a), len(b))) if a[i] != b[i]), min(len(a), len(b)))
        return "text differs at %d: %r, not %r" % (i, b[max(0, i - 10):i + 20], a[max(0, i - 10):i + 20])
    if about(first) != about(record):
        return "about differs: %s" % {k: (v, about(record)[k]) for k, v in about(first).items() if v != about(record)[k]}
    fa, fb = facts(first), facts(record)
    for x, y in zip(fa, fb):
        if x != y:
            return "a fact differs: %s" % {k: (x.get(k), y.get(k)) for k in {**x, **y} if x.get(k) != y.get(k)}
    if len(fa) != len(fb):
        return "%d facts, not %d" % (len(fb), len(fa))
    lost = [p["message"] for p in record.get("problems", []) if p["lost"]]
    return "problems: %s" % "; ".join(lost) if lost else None


def main(what, name):
    first, others = None, 0
    for line in sys.stdin:
        record = json.loads(line)
        if "doc" not in record:
            continue
        doc = record["doc"]
        if first is None:
            first = record
            if "text" not in record or len(record.get("facts", [])) < 10:
                print("not ok %s: %s: it has hardly any facts" % (what, doc["path"]))
                return 1
            continue
        others += 1
        reason = why(first, record)
        place = doc["path"].split("/", 1)[-1] + ("/" + doc["member"] if doc.get("member") else "")
        print("not ok %s: %s: %s" % (what, place, reason) if reason else "ok %s: %s" % (what, place))
    if others < int(name):
        print("not ok %s: %d documents, not %s" % (what, others, name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
