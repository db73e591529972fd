# makes archives that are cut, damaged, or bombs
import gzip, io, random, tarfile, zipfile

UTF8 = "某县司法局2023年度法治政府建设工作报告\n\n全年办理行政复议案件128件，化解率为96.5%。\n".encode()
random.seed(1)


def info(name):
    i = zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6))
    i.compress_type = zipfile.ZIP_DEFLATED
    return i


def write(name, data):
    with open(name, "wb") as f:
        f.write(data)


out = io.BytesIO()
with zipfile.ZipFile(out, "w") as z:
    z.writestr(info("1.txt"), UTF8)
    z.writestr(info("2.txt"), UTF8)
    z.writestr(info("3.txt"), "".join(chr(0x4E00 + random.randrange(9000)) for _ in range(9000)))
    z.writestr(info("4.txt"), UTF8)
whole = out.getvalue()
write("whole.zip", whole)
write("cut.zip", whole[:12000])
bad = bytearray(whole)
bad[bad.index(b"2.txt") + 20] ^= 0x55
write("bad.zip", bytes(bad))
out = io.BytesIO()
with tarfile.open(fileobj=out, mode="w") as t:
    for name, n in (("1.txt", 1), ("2.txt", 1), ("3.txt", 400)):
        data = UTF8 + bytes("".join(chr(0x4E00 + random.randrange(9000)) for _ in range(50 * n)), "utf-8")
        i = tarfile.TarInfo(name)
        i.size = len(data)
        t.addfile(i, io.BytesIO(data))
tgz = gzip.compress(out.getvalue(), mtime=0)
write("cut.tgz", tgz[:len(tgz) // 2])
write("cut.txt.gz", gzip.compress(UTF8, mtime=0)[:60])
# a bomb: a good member, one that is too large, a good one, and many that together are too much
zeros = b"0" * (30 << 20)
out = io.BytesIO()
with zipfile.ZipFile(out, "w") as z:
    z.writestr(info("good.txt"), UTF8)
    z.writestr(info("large.txt"), zeros)
    z.writestr(info("good too.txt"), UTF8)
    for i in range(4):
        z.writestr(info("%d.txt" % i), zeros)
    z.writestr(info("never.txt"), UTF8)
write("bomb.zip", out.getvalue())
write("last.txt", UTF8)
