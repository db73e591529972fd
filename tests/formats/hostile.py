"""hostile.py DECODE: documents and archives that attack their reader, one after another.

Each stands before a good file, in a folder of its own. Whatever it is, decode has to end by itself with status 1
(0 where nothing is lost), within limits of time, memory and output; say what was lost as a problem in the stream
and on standard error; read the good file; write nothing, and give nothing of a file that the document points at.
The table at the end says which problems are meant. Prints "ok NAME" or "not ok NAME: WHY".
"""
import base64
import bz2
import gzip
import io
import json
import lzma
import os
import resource
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
import zlib

SECONDS, MEMORY, OUTPUT = 100, 1500 << 20, 70 << 20
SECRET = "SECRET-5821"
TEXT = "全年办理法律援助案件950件。\n".encode()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def packed(*parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
        for name, data in parts:
            z.writestr(name, data)
    return out.getvalue()


# --- XML ---

LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">%s]>' % "".join(
    '<!ENTITY %s "%s">' % (chr(98 + i), ("&%s;" % chr(97 + i)) * 10) for i in range(9))
FILE = '<!DOCTYPE x [<!ENTITY j SYSTEM "secret.txt">]>'
REMOTE = '<!DOCTYPE x [<!ENTITY %% p SYSTEM "http://127.0.0.1:9/x"> %%p; <!ENTITY j SYSTEM "http://127.0.0.1:9/y">]>' % ()


def docx(text, head="", attribute=""):
    return packed(("word/document.xml", "%s<w:document %s><w:body><w:p%s><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>" % (head, W, attribute, text)))


def xlsx(text, head="", attribute=""):
    return packed(("xl/workbook.xml", '<workbook %s><sheets><sheet name="a" r:id="r" xmlns:r="r"/></sheets></workbook>' % S),
                  ("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="r" Target="worksheets/s.xml"/></Relationships>'),
                  ("xl/worksheets/s.xml", '%s<worksheet %s><sheetData><row%s><c t="inlineStr"><is><t>%s</t></is></c></row></sheetData></worksheet>' % (head, S, attribute, text)))


def ofd(text, head="", attribute=""):
    return packed(("OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>"),
                  ("D.xml", '<Document><Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>'),
                  ("P.xml", '%s<Page><TextObject%s Boundary="10 10 90 5" Size="5"><TextCode X="0" Y="4">%s</TextCode></TextObject></Page>' % (head, attribute, text)))


def xml_rows():
    rows = []
    for name, make in (("DOCX", docx), ("XLSX", xlsx), ("OFD", ofd)):
        rows += [
            (name + ": entities that grow", make("&j;", LAUGHS), "malformed empty no_text"),
            (name + ": a file as an entity", make("&j;", FILE), "malformed empty no_text"),
            (name + ": an address as an entity", make("&j;", REMOTE), "malformed empty no_text"),
            (name + ": an attribute of 30 MB", make("a", "", ' x="%s"' % ("y" * (30 << 20))), "malformed too_large empty no_text"),
            (name + ": 30,000 attributes", make("a", "", "".join(' a%d="1"' % i for i in range(30000))), "malformed too_large timeout -"),
            (name + ": 200,000 elements in one another", make("<x>" * 200000), "malformed empty no_text"),
            (name + ": cut", make("案" * 9000)[:-300], "malformed -"),
            (name + ": one part of 140 MB", make("A" * (140 << 20)), "too_large"),
            (name + ": text of 68 MB that hardly compresses",
             make(base64.b64encode(os.urandom(51 << 20)).decode()), "too_large"),
        ]
    return rows


# --- archives ---

def bomb_nested(depth, copies, size):
    data = b"\0" * size
    for level in range(depth):
        data = packed(*[("%d.%s" % (i, "zip" if level else "txt"), data) for i in range(copies)])
    return data


def bomb_overlapping(entries, size):
    """Members that share one piece of compressed data: a quoted ratio of each is small, the sum is not."""
    c = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = c.compress(b"a" * size) + c.flush()
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, zlib.crc32(b"a" * size), len(body), size, 1, 0) + b"a" + body
    central = b"".join(struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, zlib.crc32(b"a" * size), len(body), size, 6, 0, 0, 0, 0, 0, 0)
                       + b"%06d" % i for i in range(entries))
    return local + central + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, entries, entries, len(central), len(local), 0)


def tar_of(*members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as t:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


def links():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as t:
        for name, kind, target in (("a", tarfile.SYMTYPE, "secret.txt"), ("b", tarfile.LNKTYPE, "secret.txt"), ("c", tarfile.FIFOTYPE, ""),
                                   ("d", tarfile.CHRTYPE, "")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            t.addfile(info)
    return out.getvalue()


def climbing():
    return packed(("../escaped.txt", TEXT), ("/tmp/escaped-5821.txt", TEXT), ("..\\escaped2.txt", TEXT))


def flagged(data):
    """Says that all members are encrypted, which they are not."""
    data = bytearray(data)
    for magic, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        i = data.find(magic)
        while i >= 0:
            data[i + at] |= 1
            i = data.find(magic, i + 1)
    return bytes(data)


# by 7z, of one file, with the password gongwen: names, too; content only; zip with AES
SEVEN_NAMES = "N3q8ryccAATSJ/1bkAAAAAAAAAAuAAAAAAAAAKzUB8Fz9E83k8Me9ccQDzt066c2q3+U/rTdGdX0I9gfgzWBB4kUfVVeDT1TwaWo41PzYicBHm5q/wSTc4juwh2Q396hzUc2uTO21SubB8kdSYNN9AZ6NawGtbXCsiNvBRQedkmCzN2dCOQ8ejoGrpYu94CtpCdr926Exa3k3yw0YBGGcfjhsDngwtXu1kQ/2xwdlDMXBiABCXAABwsBAAEkBvEHARJTDwypnaRXZbIFmc6DFHw6jL8MYgoBnJpLewAA"
SEVEN_CONTENT = "N3q8ryccAAR4fAtUIAAAAAAAAABiAAAAAAAAAG/3qsMkQO4bkGqa+YB+elJfqTil43WOqyuHGUnfLiEHzN8m0AEEBgABCSAABwsBAAIkBvEHARJTD812hnPsfip3/wVSyvv8irwhIQEAAQAMFBAACAoBIF3LZwAABQEZAQARDQBhAC4AdAB4AHQAAAAUCgEAn7F0dfR63QEVBgEAIICkgQAA"
ZIP_AES = "UEsDBDMAAQBjAHcVd10AAAAALAAAABAAAAAFAAsAYS50eHQBmQcAAgBBRQMAAMuSg/2TEqbQgFEPwGYvKm2Vy2FCbJmVtwh85AAztrGniNeGepM3NVVTCXmnUEsBAj8DMwABAGMAdxV3XQAAAAAsAAAAEAAAAAUALwAAAAAAAAAggKSBAAAAAGEudHh0CgAgAAAAAAABABgAn7F0dfR63QEAAAAAAAAAAAAAAAAAAAAAAZkHAAIAQUUDAABQSwUGAAAAAAEAAQBiAAAAWgAAAAAA"


def archive_rows():
    noise = os.urandom(200000)
    tar = tar_of(("1.txt", TEXT * 3000), ("2.bin", noise), ("3.txt", TEXT))
    rows = [
        ("zip: 120 MB of nothing", packed(("a.txt", b"\0" * (120 << 20))), "too_large not_text"),
        ("zip: 4 deep, 10 in each", bomb_nested(4, 10, 20 << 20), "too_large not_text"),
        ("zip: 7 deep", bomb_nested(7, 1, 1000), "too_large"),
        ("zip: 60,000 members that share their data", bomb_overlapping(60000, 1 << 20), "too_large malformed -"),
        ("zip: 30,000 empty members", packed(*[("%d.txt" % i, b"") for i in range(30000)]), "empty"),
        ("zip: paths that climb", climbing(), "-"),
        ("zip: encrypted", flagged(packed(("a.txt", TEXT))), "encrypted"),
        ("zip: AES", base64.b64decode(ZIP_AES), "encrypted"),
        ("7z: names encrypted", base64.b64decode(SEVEN_NAMES), "encrypted"),
        ("7z: content encrypted", base64.b64decode(SEVEN_CONTENT), "encrypted"),
        ("tar: links and devices", links(), "empty"),
        ("tar: a size of 8 EB", bytes(tar[:124]) + b"\x80" + b"\0" * 3 + b"\x7f" + b"\xff" * 7 + bytes(tar[136:]), "malformed too_large not_text"),
        ("gzip: 120 MB of nothing", gzip.compress(b"\0" * (120 << 20), 9), "too_large not_text empty"),
        ("bzip2: 120 MB of nothing", bz2.compress(b"\0" * (120 << 20)), "too_large not_text empty"),
        ("xz: 120 MB of nothing", lzma.compress(b"\0" * (120 << 20)), "too_large not_text empty"),
        ("xz: wants 4 GB of memory", lzma.compress(TEXT, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}]), "malformed -"),
        ("WARC: lengths that lie", b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.cn/\r\nContent-Length: 99999999999999999999\r\n\r\nx", "malformed empty"),
        ("WARC: a header without end", b"WARC/1.1\r\nWARC-Type: " + b"x" * (20 << 20), "malformed empty too_large"),
        ("WARC: chunks that lie", b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.cn/\r\nContent-Length: 73\r\n\r\n"
         b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc\r\n", "malformed"),
    ]
    for name, data in (("zip", packed(("1.txt", TEXT * 3000), ("2.bin", noise), ("3.txt", TEXT))), ("tar", tar), ("tar.gz", gzip.compress(tar)),
                       ("tar.bz2", bz2.compress(tar)), ("tar.xz", lzma.compress(tar)), ("txt.gz", gzip.compress(noise)),
                       ("7z", base64.b64decode(SEVEN_CONTENT))):
        for share in (0.2, 0.6, 0.97):
            rows.append(("%s: cut at %d%%" % (name, share * 100), data[:int(len(data) * share)], "malformed encrypted not_text"))
    return rows


# --- PDF, DOC, RTF, tables ---

def pdf(*objects, trailer="/Root 1 0 R"):
    out = b"%PDF-1.7\n"
    offsets = []
    for i, o in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, o if isinstance(o, bytes) else o.encode())
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return out + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer.encode(), at)


def stream(data, more=""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more.encode(), data)


CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page(content, *more):
    return pdf(CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE, content, FONT, *more)


def deflated(data):
    return stream(zlib.compress(data, 9), "/Filter /FlateDecode")


def other_rows(cases):
    image = stream(b"\x80", '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8')
    looping = stream(b"/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>")
    forms = [stream(b"/X Do " * 12, "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (7 + i)) for i in range(11)]
    forms.append(stream(b"BT /F 9 Tf (abc) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"))
    dots = b"\0" * (12000 * 12000 // 8)
    large = stream(zlib.compress(zlib.compress(dots, 9), 9), '/Type /XObject /Subtype /Image /Width 12000 /Height 12000 '
                   '/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter [/FlateDecode /FlateDecode]')
    words = b"BT /F 9 Tf 1 0 0 1 9 700 Tm (reports) Tj 1 0 0 1 99 700 Tm (144) Tj 1 0 0 1 9 680 Tm (hearings) Tj 1 0 0 1 99 680 Tm (12) Tj ET "
    real = open(os.path.join(cases, "one-report/report.pdf"), "rb").read()
    word = open(os.path.join(cases, "one-report/report.doc"), "rb").read()
    return [
        ("PDF: a page of a picture", page(stream(b"q 600 0 0 800 0 0 cm /X Do Q"), image), "no_text"),
        ("PDF: no pages", pdf(CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>"), "malformed no_text"),
        ("PDF: a billion pages", pdf(CATALOG, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>"), "malformed no_text timeout too_large crashed"),
        ("PDF: a form that draws itself", page(stream(b"/X Do"), looping), "no_text malformed timeout"),
        ("PDF: forms that draw forms, 12 to the 12th", page(stream(b"/X Do"), *forms), "no_text timeout crashed too_large -"),
        ("PDF: content of 64 MB", page(deflated(b" " * (64 << 20))), "no_text timeout crashed malformed"),
        ("PDF: 200,000 words", page(deflated(b"BT /F 9 Tf " + b"1 0 0 1 9 9 Tm (abc) Tj " * 200000 + b"ET")), "timeout too_large crashed -"),
        # drawn for its tables' borders it takes minutes: its text is read all the same
        ("PDF: a picture of 144 megapixels, 400 times", page(stream(words + b"q 600 0 0 800 0 0 cm /X Do Q " * 400), large), "timeout text"),
        ("PDF: objects that are each other", pdf("2 0 R", "1 0 R"), "malformed no_text"),
        ("PDF: cut", real[:len(real) // 2], "malformed no_text -"),
        ("PDF: encrypted", open(os.path.join(cases, "pdf/encrypted.pdf"), "rb").read(), "encrypted"),
        ("DOC: cut", word[:len(word) // 2], "malformed -"),
        ("DOC: sectors that go round", word[:76] + struct.pack("<L", 0) * 109 + word[512:], "malformed -"),
        ("RTF: groups without end", b"{\\rtf1 " + b"{" * 3000000, "malformed"),
        ("RTF: a picture of 60 MB", b"{\\rtf1 {\\pict " + b"00" * (30 << 20) + b"} a}", "-"),
        ("RTF: a control word of 30 MB", b"{\\rtf1 \\" + b"a" * (30 << 20) + b" x}", "malformed - empty"),
        ("page: 300,000 elements in one another", b"<html><body>" + b"<div>" * 300000 + TEXT, "- malformed empty"),
        ("page: an attribute of 60 MB", b"<html><body><p x='" + b"y" * (60 << 20) + b"'>a</p>" + TEXT, "- malformed empty crashed"),
        ("text: NUL", b"\0" * (30 << 20), "not_text empty"),
        ("text: one line of 30 MB", TEXT[:-1] * 750000, "-"),
    ]


def table_rows():
    return [
        ("CSV: a quote without end", b'text\n"' + TEXT * 200000, "malformed"),
        ("CSV: 300,000 columns", b"text" + b",a" * 300000 + b"\n" + TEXT, "malformed -"),
        ("CSV: a row of commas", b"text\n" + b"," * (20 << 20) + b"\n", "malformed empty"),
        ("JSON Lines: 300,000 arrays in one another", b'{"a":' + b"[" * 300000 + b"\n" + b'{"text":"a"}\n', "malformed"),
        ("XLSX: a row with 16,384 cells, 2,000 times",
         packed(("xl/workbook.xml", '<workbook %s><sheets><sheet name="a" r:id="r" xmlns:r="r"/></sheets></workbook>' % S),
                ("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="r" Target="worksheets/s.xml"/></Relationships>'),
                ("xl/worksheets/s.xml", "<worksheet %s><sheetData>%s</sheetData></worksheet>" % (S, '<row><c r="XFD1"><v>1</v></c></row>' * 2000))),
         "malformed"),
    ]


# --- ---

def run(decode, data, options):
    folder = tempfile.mkdtemp()
    try:
        for name, content in (("bad", data), ("good.txt", TEXT), ("secret.txt", SECRET.encode()), ("t.csv", b"text\n" + TEXT)):
            with open(os.path.join(folder, name), "wb") as f:
                f.write(content)
        before = sorted(os.listdir(folder))
        out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        start = time.time()
        good = "t.csv" if options else "good.txt"
        p = subprocess.Popen([decode] + options + ["bad", good], cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        while p.poll() is None and time.time() - start < SECONDS:
            time.sleep(0.02)
        if p.returncode is None:
            p.kill()
            p.wait()
            return "it did not end in %d seconds" % SECONDS, None
        if p.returncode not in (0, 1):
            return "status %d" % p.returncode, None
        if out.tell() > OUTPUT + len(data):
            return "%d MB of output" % (out.tell() >> 20), None
        if sorted(os.listdir(folder)) != before:
            return "it made files: %s" % os.listdir(folder), None
        out.seek(0)
        err.seek(0)
        lines = subprocess.run([os.path.join(os.path.dirname(decode), "tojson")], stdin=out, stdout=subprocess.PIPE, check=False).stdout
        return None, (p.returncode, [json.loads(x) for x in lines.splitlines()], err.read().decode(errors="replace"), good)
    finally:
        shutil.rmtree(folder)


def judge(decode, data, wanted, options):
    why, got = run(decode, data, options)
    if why:
        return why
    status, maps, messages, good = got
    records = [m for m in maps if "doc" in m]
    trailer = maps[-1]
    problems = [p for r in records for p in r.get("problems", [])]
    codes = {p["code"] for p in problems}
    if trailer.get("read") != 2 or trailer.get("end") != len(records):
        return "the trailer says %s of %d records" % (trailer, len(records))
    if not any(r["doc"]["path"] == good and "950" in r.get("text", "") for r in records):
        return "the good file was not read"
    if not any(r["doc"]["path"] == "bad" for r in records):
        return "it has no record"
    if SECRET in json.dumps(maps):
        return "it gave away the secret"
    if status != (1 if codes else 0):
        return "status %d with problems %s" % (status, sorted(codes))
    if len(messages.splitlines()) < len(problems):
        return "%d messages for %d problems" % (len(messages.splitlines()), len(problems))
    wanted = set(wanted.split())
    if "text" in wanted and not any(r["doc"]["path"] == "bad" and r.get("text") for r in records):
        return "its text was not read"
    if not codes and "-" not in wanted or codes - wanted:
        return "problems %s, not of %s" % (sorted(codes), sorted(wanted))
    return None


def main(decode, cases):
    rows = archive_rows() + other_rows(cases) + xml_rows()
    for options, table in (([], rows), (["--text", "text"], table_rows())):
        for name, data, wanted in table:
            start = time.time()
            why = judge(decode, data, wanted, options)
            if os.environ.get("HOSTILE_TIMES"):
                print("# %5.1f s  %s" % (time.time() - start, name))
            print("not ok %s: %s" % (name, why) if why else "ok %s" % name, flush=True)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    print("not ok memory: %d MB" % (most >> 20) if most > MEMORY else "ok memory: %d MB at most in one process" % (most >> 20))
    for path in ("/tmp/escaped-5821.txt", "/tmp/escaped.txt"):
        print("not ok nothing written outside: %s" % path if os.path.exists(path) else "ok nothing written: %s" % path)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]))
