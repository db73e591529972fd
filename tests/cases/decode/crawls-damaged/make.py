# makes crawls as crawlers write them
import gzip, zlib

TEXT = "某县司法局2023年度法治政府建设工作报告"
BODY = "全年办理行政复议案件128件，化解率为96.5%。"
PAGE = "<html><head><title>%s</title></head><body><h1>%s</h1><p>%s</p></body></html>" % (TEXT, TEXT, BODY)
META = PAGE.replace("<head>", '<head><meta charset="gb2312">')


def record(version, kind, url, block, media="application/http; msgtype=response", id="1", bare=True, extra=""):
    target = url if bare else "<%s>" % url
    head = ("WARC/%s\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n"
            "WARC-Target-URI: %s\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n" % (
                version, kind, id, target, media, extra, len(block)))
    return head.encode() + block + b"\r\n\r\n"


def answer(body, status="200 OK", media="text/html", extra="", end="\r\n"):
    return end.join(["HTTP/1.1 " + status, "Server: x", "content-type: " + media] + ([extra] if extra else []) + ["", ""]).encode() + body


def chunked(data, n=37):
    out = b""
    for i in range(0, len(data), n):
        piece = data[i:i + n]
        out += b"%x;a=b\r\n" % len(piece) + piece + b"\r\n"
    return out + b"0\r\nTrailer: x\r\n\r\n"


def brotli(data):
    """A meta-block that is not compressed, and an empty last one (RFC 7932, 9.2)."""
    bits = (len(data) - 1) << 4 | 1 << 20
    return bits.to_bytes(3, "little") + data + b"\3"


utf8, gbk = PAGE.encode(), PAGE.encode("gb18030")
raw = zlib.compressobj(9, zlib.DEFLATED, -15)
deflated = raw.compress(utf8) + raw.flush()


def records(version, bare):
    r = lambda *a, **k: record(version, *a, bare=bare, **k)
    site = "http://www.example.gov.cn/"
    return [
        record(version, "warcinfo", "urn:x", b"software: x\r\n", "application/warc-fields"),
        r("request", site, b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
        r("response", site + "plain", answer(utf8), id="plain"),
        r("response", site + "charset", answer(gbk, media="text/html;charset=GBK"), id="charset"),
        r("response", site + "lies", answer(utf8, media="text/html; charset=gb2312"), id="lies"),
        r("response", site + "chunked", answer(chunked(utf8), extra="Transfer-Encoding: chunked"), id="chunked"),
        r("response", site + "gzip", answer(chunked(gzip.compress(utf8, mtime=0)),
                                            extra="Transfer-Encoding: chunked\r\nContent-Encoding: gzip"), id="gzip"),
        r("response", site + "zlib", answer(zlib.compress(utf8), extra="Content-Encoding: deflate"), id="zlib"),
        r("response", site + "deflate", answer(deflated, extra="Content-Encoding: deflate"), id="deflate"),
        r("response", site + "unfolded", answer(utf8, extra="Transfer-Encoding: chunked\r\nContent-Encoding: gzip"), id="unfolded"),
        r("response", site + "folded", answer(utf8, extra="X-Long: a\r\n b", end="\n"), id="folded"),
        r("response", site + "brotli", answer(brotli(utf8), extra="Content-Encoding: br"), id="brotli"),
        r("response", site + "no-brotli", answer(utf8, extra="Content-Encoding: br"), id="no-brotli"),
        r("response", site + "unknown", answer(b"\x8b", extra="Content-Encoding: x-unknown"), id="unknown"),
        r("response", site + "gone", answer(utf8, status="404 Not Found"), id="gone"),
        r("response", site + "moved", answer(b"", status="302 Found", extra="Location: /"), id="moved"),
        r("response", site + "a.png", answer(b"\x89PNG\r\n\x1a\n", media="image/png"), id="image"),
        r("response", site + "a.css", answer(b"a{}", media="text/css; charset=utf-8"), id="css"),
        r("response", site + "cut", answer(utf8[:40]), id="cut", extra="WARC-Truncated: length\r\n"),
        r("response", "dns:www.example.gov.cn", b"20240102030405\r\n1.2.3.4\r\n", "text/dns", id="dns"),
        r("resource", site + "resource", utf8, "text/html", id="resource"),
        r("resource", "metadata://x/log", b"log\n", "text/plain", id="log"),
        r("revisit", site + "again", answer(b""), id="again"),
    ]


def write(name, data):
    with open(name, "wb") as f:
        f.write(data)


write("page.html", utf8)
write("v10.warc", b"".join(records("1.0", False)))
write("v11.warc", b"".join(records("1.1", True)))
write("v10.warc.gz", b"".join(gzip.compress(r, mtime=0) for r in records("1.0", False)))
write("v11.warc.gz", b"".join(gzip.compress(r, mtime=0) for r in records("1.1", True)))
write("one.warc.gz", gzip.compress(b"".join(records("1.1", True)), mtime=0))
# damaged ones
few = records("1.1", True)[2:6]
members = [gzip.compress(r, mtime=0) for r in few]
write("cut.warc", b"".join(few)[:-100])
write("cut.warc.gz", b"".join(members)[:-30])
write("hole.warc.gz", members[0] + members[1][:100] + members[2] + members[3])
write("hole.warc", few[0] + few[1][:-300] + few[2] + few[3])
write("junk.warc", few[0] + b"junk\r\n\r\n" + few[2])
write("bomb.warc.gz", gzip.compress(record("1.0", "response", "http://x/", answer(
    gzip.compress(b"0" * (100 << 20), mtime=0), extra="Content-Encoding: gzip")), mtime=0) + members[0])
write("none.warc", record("1.0", "warcinfo", "urn:x", b"x", "application/warc-fields"))
