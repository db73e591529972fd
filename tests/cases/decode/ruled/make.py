"""make.py PDF OFD: the same four pages, of tables with borders, in both forms.

Page 1: a head of two rows with a cell over three columns, names and heads that are broken into
lines, no borders at the sides. Page 2: the rest of it, with its head said again, then a table whose
rows no rule parts; a head that ends page 2, whose numbers stand in finer columns on page 3,
and of which one row is left for page 4. Sizes are points, from the top left corner.
"""
import sys
import zipfile

SIZE, LINE = 10, 14
WIDE, HIGH = 595, 842


class Page:
    def __init__(self):
        self.texts, self.lines = [], []

    def text(self, x, y, s):
        self.texts.append((x, y, s))

    def rule(self, x0, y0, x1, y1):
        self.lines.append((x0, y0, x1, y1))

    def cell(self, x0, y0, x1, y1, s, sides=True):
        """Text broken into lines, in the middle of its height; borders."""
        room, lines, now = (x1 - x0 - 6), [], ""
        for c in s:
            if width(now + c) > room:
                lines.append(now)
                now = ""
            now += c
        lines.append(now)
        top = (y0 + y1) / 2 - len(lines) * LINE / 2
        for i, line in enumerate(lines):
            self.text(x0 + 3, top + i * LINE + SIZE, line)
        for y in (y0, y1):
            self.rule(x0, y, x1, y)
        for x in (x0, x1):
            if sides or 60 < x < 540:
                self.rule(x, y0, x, y1)


def width(s):
    return sum(SIZE if ord(c) > 0x2E7F else SIZE / 2 for c in s)


XS = [60, 210, 290, 370, 450, 540]


def head(p, y):
    p.cell(XS[0], y, XS[1], y + 70, "单位名称", False)
    p.cell(XS[1], y, XS[4], y + 25, "行政处罚数量（宗）", False)
    p.cell(XS[4], y, XS[5], y + 70, "罚没金额（万元）合计", False)
    for i, s in enumerate(["警告、通报批评", "罚款、没收违法所得和没收非法财物", "合计"]):
        p.cell(XS[i + 1], y + 25, XS[i + 2], y + 70, s, False)
    return y + 70


def rows(p, y, table):
    for row in table:
        for i, s in enumerate(row):
            p.cell(XS[i], y, XS[i + 1], y + 34, s, False)
        y += 34
    return y


def pages():
    one, two = Page(), Page()
    one.text(180, 60, "青澜市2023年行政执法统计年报")
    one.text(60, 90, "现将本市2023年行政执法数据公布如下。")
    rows(one, head(one, 110), [
        ["青澜市市场监督管理局（知识产权局）", "12", "356", "368", "128.56"],
        ["青澜市生态环境局", "3", "45", "48", "312.4"]])
    y = rows(two, head(two, 60), [
        ["青澜市交通运输综合行政执法支队及其所属大队", "7", "1,260", "1,267", "96.2"],
        ["合计", "22", "1,661", "1,683", "537.16"]])
    two.text(60, y + 30, "下表的各行之间没有线。")
    y += 50
    for x in (60, 260, 400):
        two.rule(x, y, x, y + 100)
    for k in (0, 25, 100):
        two.rule(60, y + k, 400, y + k)
    for i, (a, b) in enumerate([("项目", "数量"), ("行政复议", "171件"), ("行政应诉", "64件"), ("行政赔偿", "2件")]):
        two.text(70, y + 16 + i * 24, a)
        two.text(280, y + 16 + i * 24, b)
    y += 150
    for i, s in enumerate(["单位", "强制执行（宗）", "合计（宗）"]):
        two.cell([60, 210, 450][i], y, [210, 450, 540][i], y + 30, s)
    two.cell(60, y + 30, 210, y + 60, "")
    two.cell(210, y + 30, 370, y + 60, "机关执行")
    two.cell(370, y + 30, 450, y + 60, "法院执行")
    two.cell(450, y + 30, 540, y + 60, "")
    three = Page()
    for row, cells in enumerate([("青澜市公安局", "2", "5", "16", "23"), ("青澜市水务局", "1", "0", "4", "5")]):
        for i, s in enumerate(cells):
            three.cell(XS[i], 60 + 30 * row, XS[i + 1], 90 + 30 * row, s)
    four = Page()
    for i, s in enumerate(["青澜市林业局", "0", "0", "1", "1"]):
        four.cell(XS[i], 60, XS[i + 1], 90, s)
    three.text(290, 800, "— 3 —")
    return [one, two, three, four]


def pdf(path, pages):
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))),
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>"
        "/FontDescriptor 5 0 R/DW 1000/W[1 95 500 814 939 500]>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        "/Descent -120/CapHeight 880/StemV 93>>",
    ]
    for i, page in enumerate(pages):
        body = "0.5 w " + " ".join(f"{x0} {HIGH - y0} m {x1} {HIGH - y1} l S" for x0, y0, x1, y1 in page.lines)
        body += " BT " + " ".join(f"/F {SIZE} Tf 1 0 0 1 {x} {HIGH - y} Tm <{s.encode('utf-16-be').hex()}> Tj"
                                  for x, y, s in page.texts) + " ET"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDE} {HIGH}]/Contents {7 + 2 * i} 0 R/Resources<</Font<</F 3 0 R>>>>>>")
        objects.append(f"<</Length {len(body)}>>stream\n{body}\nendstream")
    out, places = b"%PDF-1.5\n", []
    for i, o in enumerate(objects):
        places.append(len(out))
        out += f"{i + 1} 0 obj\n{o}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{p:010d} 00000 n \n" for p in places).encode()
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    open(path, "wb").write(out)


def ofd(path, pages):
    mm = 25.4 / 72
    ns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts = {"OFD.xml": f'<ofd:OFD {ns} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'}
    parts["Doc/Document.xml"] = f'<ofd:Document {ns}><ofd:Pages>' + "".join(
        f'<ofd:Page ID="{i + 1}" BaseLoc="Page{i}.xml"/>' for i in range(len(pages))) + '</ofd:Pages></ofd:Document>'
    for i, page in enumerate(pages):
        body = "".join(
            f'<ofd:PathObject ID="{100 + k}" Boundary="{x0 * mm:.3f} {y0 * mm:.3f} {(x1 - x0) * mm:.3f} {(y1 - y0) * mm:.3f}">'
            f'<ofd:AbbreviatedData>M 0 0 L {(x1 - x0) * mm:.3f} {(y1 - y0) * mm:.3f}</ofd:AbbreviatedData></ofd:PathObject>'
            for k, (x0, y0, x1, y1) in enumerate(page.lines))
        for k, (x, y, s) in enumerate(page.texts):
            steps = " ".join(f"{width(c) * mm:.3f}" for c in s[:-1])
            # a clip around a text is no border
            body += (f'<ofd:TextObject ID="{9000 + k}" Boundary="{x * mm:.3f} {(y - SIZE) * mm:.3f} {width(s) * mm:.3f} {LINE * mm:.3f}" Font="1" Size="{SIZE * mm:.3f}">'
                     f'<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path><ofd:AbbreviatedData>M 0 0 L {width(s) * mm:.3f} 0 L {width(s) * mm:.3f} 4 L 0 4 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>'
                     f'<ofd:TextCode X="0" Y="{SIZE * mm:.3f}" DeltaX="{steps}">{s}</ofd:TextCode></ofd:TextObject>')
        parts[f"Doc/Page{i}.xml"] = (f'<ofd:Page {ns}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area><ofd:Content>'
                                     f'<ofd:Layer ID="9">{body}</ofd:Layer></ofd:Content></ofd:Page>')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, xml in parts.items():
            z.writestr(zipfile.ZipInfo(name, (2024, 3, 1, 8, 0, 0)), '<?xml version="1.0" encoding="UTF-8"?>\n' + xml)


pdf(sys.argv[1], pages())
ofd(sys.argv[2], pages())
