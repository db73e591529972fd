# makes tables of texts
import csv, gzip, io, json, random

TEXT = "某县司法局2023年度法治政府建设工作报告\n\n全年办理行政复议案件128件，化解率为96.5%，称\"好\"。\n"
OTHER = "某市2024年政府工作报告\r\n全年审查文件41件。"
HTML = "<div><p>全年办理行政复议案件128件。</p><p>审查文件41件。</p></div>"
ROWS = [["标题", "content", "URL", "发布 日期", "地区", "note"],
        ["甲, 乙", TEXT, "http://www.example.gov.cn/1", "2024-01-02", "某县", "x"],
        ["", OTHER, "", "", "", ""],
        ["网页", HTML, "http://www.example.gov.cn/3", "", "", ""]]


def table(separator=","):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(ROWS)
    return out.getvalue()


def write(name, data):
    with open(name, "wb") as f:
        f.write(data)


write("plain.txt", TEXT.encode())
write("utf8.csv", table().encode())
write("bom.csv", table().encode("utf-8-sig"))
write("gbk.csv", table().encode("gb18030"))
write("excel.txt", table("\t").encode("utf-16"))
write("semicolon.csv", table(";").encode("gb18030"))
write("packed.csv.gz", gzip.compress(table().encode("gb18030"), mtime=0))
lines = [json.dumps(dict(zip(ROWS[0], r)), ensure_ascii=i % 2 == 0) for i, r in enumerate(ROWS[1:])]
write("lines.jsonl", ("\n".join(lines) + "\n").encode())
# faults
write("ragged.csv", b"content,title\n" + "甲。,t\n,empty\n乙。,t,more\n".encode() + b"\n" + "丙。,,,\n".encode())
write("short.csv", b"title,content\n" + "t\nt,甲。\n".encode())
write("open.csv", b"title,content\n" + "t,甲。\nt,\"乙。\nt,丙。\n".encode())
write("none.csv", b"title,text\nt,x\n")
write("header.csv", b"title,content\n")
write("array.json", b"[{\"content\": \"x\"}]\n")
write("bad.jsonl", b'{"content": "a"}\n{"content": \n[1]\n{"title": "t"}\n{"content": null}\n{"content": "b", "url": {"x": 1}, "year": 2023}\n')
write("page.html", ("<html><body><p>%s</p></body></html>" % TEXT).encode())
# larger than what is read at once
random.seed(1)
out = io.StringIO()
w = csv.writer(out)
w.writerow(["content", "title"])
for i in range(2000):
    w.writerow(["全年办理案件%d件，\"其中\"%s。" % (i, "".join(chr(0x4E00 + random.randrange(9000)) for _ in range(random.randrange(300)))), "甲%d" % i])
write("large.csv", out.getvalue().encode("gb18030"))
