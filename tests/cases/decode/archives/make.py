# makes the archives of this case: their bytes are the same each time
import bz2, ctypes, gzip, io, locale, lzma, tarfile, zipfile

REPORT = "某县司法局2023年度法治政府建设工作报告\n\n全年办理行政复议案件128件，化解率为96.5%。\n"
UTF8, GBK = REPORT.encode(), REPORT.encode("gb18030")


class Named(zipfile.ZipInfo):
    """A name in bytes as systems write them that know no UTF-8, and without its flag."""

    def _encodeFilenameFlags(self):
        return self.raw, 0


def entry(raw):
    info = Named(raw.hex(), (2024, 1, 2, 3, 4, 6))
    info.raw = raw
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in files:
            info = entry(name) if isinstance(name, bytes) else zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6))
            z.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as t:
        for name, data in files:
            info = tarfile.TarInfo(name)
            if isinstance(data, tuple):
                info.type, info.linkname = data
                t.addfile(info)
            else:
                info.size = len(data)
                t.addfile(info, io.BytesIO(data))
    return out.getvalue()


def write(name, data):
    with open(name, "wb") as f:
        f.write(data)


write("plain.txt", UTF8)
write("gbk.zip", zipped([("某市/报告.txt".encode("gbk"), GBK), ("某市/乙.txt", UTF8), (b"c.txt", UTF8),
                         ("某市政府報告.txt".encode("big5"), UTF8)]))
tar = tarred([("./目录/报告.txt", UTF8), ("甲/" + "长" * 60 + ".txt", GBK), ("连结", (tarfile.SYMTYPE, "/etc/passwd")),
              ("硬", (tarfile.LNKTYPE, "目录/报告.txt")), ("夹", (tarfile.DIRTYPE, "")), ("../../上.txt", UTF8),
              ("__MACOSX/._a.txt", b"\0\5\26\7"), ("甲/.hidden", b"x")])
write("t.tar", tar)
write("t.tar.gz", gzip.compress(tar, mtime=0))
write("t.tar.bz2", bz2.compress(tar))
write("t.tar.xz", lzma.compress(tar))
write("bare.gz", gzip.compress(GBK, mtime=0))
write("nested.zip", zipped([("外.txt", UTF8), ("里.zip", zipped([("内.txt".encode("gbk"), GBK)])), ("里.tgz", gzip.compress(tar, mtime=0)),
                            ("单.txt.gz", gzip.compress(UTF8, mtime=0))]))
deep = UTF8
for i in range(6):
    deep = zipped([("%d" % i, deep)])
write("deep.zip", deep)
write("none.zip", zipped([]))
# documents that are zip files themselves, stored as they are
inner = io.BytesIO()
with zipfile.ZipFile(inner, "w") as z:
    z.writestr(zipfile.ZipInfo("word/document.xml", (2024, 1, 2, 3, 4, 6)), "<x/>")
out = io.BytesIO()
with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as z:
    z.writestr(zipfile.ZipInfo("a.txt", (2024, 1, 2, 3, 4, 6)), UTF8)
    z.writestr(zipfile.ZipInfo("b.docx", (2024, 1, 2, 3, 4, 6)), inner.getvalue())
write("stored.zip", out.getvalue())


# 7z and tar.zst, which Python does not write: by libarchive itself
la = ctypes.CDLL("libarchive.so.13")
for f in ("archive_write_new", "archive_entry_new"):
    getattr(la, f).restype = ctypes.c_void_p
la.archive_write_data.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]


def written(name, setups, files):
    a = ctypes.c_void_p(la.archive_write_new())
    for setup in setups:
        assert getattr(la, setup)(a) == 0
    assert la.archive_write_open_filename(a, name.encode()) == 0
    for member, data in files:
        e = ctypes.c_void_p(la.archive_entry_new())
        la.archive_entry_set_pathname_utf8(e, member.encode())
        la.archive_entry_set_size(e, ctypes.c_int64(len(data)))
        la.archive_entry_set_filetype(e, 0o100000)
        la.archive_entry_set_perm(e, 0o644)
        assert la.archive_write_header(a, e) == 0
        la.archive_write_data(a, data, len(data))
        la.archive_entry_free(e)
    assert la.archive_write_close(a) == 0
    la.archive_write_free(a)


locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
written("t.7z", ["archive_write_set_format_7zip"], [("目录/报告.txt", UTF8), ("乙.txt", GBK)])
written("t.tar.zst", ["archive_write_add_filter_zstd", "archive_write_set_format_pax"], [("目录/报告.txt", UTF8)])
