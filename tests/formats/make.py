"""make.py TXT DIR: the report TXT in every form in which people have reports, into DIR.

Only Python is needed. Forms that programs make of these (PDF, DOC, RTF) are up to engines.sh.
A report is plain text, a paragraph a line, cells of a table's row separated by tabs.
"""
import csv
import gzip
import html
import io
import json
import os
import sys
import tarfile
import unicodedata
import zipfile
import zlib

WHEN = (2024, 3, 1, 8, 0, 0)


def lines_of(path):
    """The paragraphs: (kind, text); T title, N number, A addressee, H heading, B body, R signature, C row."""
    out, head = [], True
    for text in open(path, encoding="utf-8"):
        text = text.strip("\n")
        if not text.strip():
            continue
        kind = "B"
        if "\t" in text:
            kind, head = "C", False
        elif head:
            kind = "N" if "〔" in text else "T"
            if text.endswith(("：", ":")):
                kind, head = "A", False
            elif text.endswith("。") or text[0] in "一二三（":
                kind, head = "B", False
        elif text[1:2] == "、" and text[0] in "一二三四五六七八九":
            kind = "H"
        elif len(text) < 26 and text[-1] not in "。：；" and text[0] not in "一二三四五六七八九（(":
            kind = "R"
        out.append((kind, text))
    return out


def runs(lines):
    """Rows that follow each other as one table, all else by itself."""
    out = []
    for kind, text in lines:
        if kind == "C" and out and out[-1][0] == "C":
            out[-1][1].append(text.split("\t"))
        else:
            out.append((kind, [text.split("\t")] if kind == "C" else text))
    return out


def title_of(lines):
    return "".join(text for kind, text in lines if kind == "T")


def packed(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in parts:
            info = zipfile.ZipInfo(name, WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data)


# --- pages ---

def table(rows):
    return "<table>%s</table>" % "".join(
        "<tr>%s</tr>" % "".join("<td>%s</td>" % html.escape(c) for c in row) for row in rows)


def markup(lines, tag=lambda kind: "p"):
    out = []
    for kind, x in runs(lines):
        if kind == "C":
            out.append(table(x))
        else:
            align = {"T": "center", "N": "center", "R": "right"}.get(kind)
            out.append("<%s%s>%s%s</%s>" % (tag(kind), ' style="text-align:%s"' % align if align else "",
                       "" if align or kind == "A" else "　　", html.escape(x), tag(kind)))
    return "\n".join(out)


def page(lines):
    """A page as the site of a government has it: the report, and everything around it."""
    title = title_of(lines)
    rest = [x for x in lines if x[0] != "T"]
    return """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>%(title)s_青澜市人民政府门户网站</title>
<meta name="SiteName" content="青澜市人民政府门户网站"><meta name="PubDate" content="2024-02-01 09:30:00">
<script>var visits = 312;</script><style>.nav a { color: #fff }</style></head><body>
<div class="top"><a href="/login">登录</a> | <a href="/reg">注册</a> | <a href="/en">English</a> | 今天是2024年3月1日 星期五 气温12℃</div>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li><li><a href="/zmhd">政民互动</a></li><li><a href="/sj">数据开放 共3201个数据集</a></li></ul>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; 法治政府建设年度报告</div>
<table class="info"><tr><td>索 引 号：</td><td>11370000/2024-00312</td><td>主题分类：</td><td>司法</td></tr>
<tr><td>发布机构：</td><td>青澜市司法局</td><td>发布日期：</td><td>2024-02-01</td></tr></table>
<h1>%(title)s</h1>
<div class="tools">发布时间：2024-02-01 09:30　来源：青澜市司法局　浏览次数：<span>312</span>次　字号：[<a>大</a> <a>中</a> <a>小</a>] <a href="javascript:print()">打印</a></div>
<div class="TRS_Editor" id="zoom">
%(body)s
</div>
<div class="share">分享到：<a>微信</a><a>微博</a> 扫一扫在手机打开当前页</div>
<div class="related"><h3>相关文章</h3><ul><li><a href="/1">2022年办理行政复议案件97件</a> 2023-01-12</li><li><a href="/2">全市新增律师35人</a> 2024-01-05</li><li><a href="/3">政务服务事项再减18项</a> 2024-02-11</li></ul></div>
<div class="footer"><p>主办：青澜市人民政府办公室　承办：青澜市大数据中心</p><p>网站标识码3700000012　<a href="/icp">鲁ICP备05000000号-1</a>　电话：0530-1234567</p></div>
</body></html>
""" % {"title": html.escape(title), "body": markup(rest)}


def printed(lines):
    """A page to be printed, laid out as GB/T 9704-2012 has it."""
    style = """@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: "— " counter(page) " —" } }
body { font-family: "Noto Serif CJK SC", "AR PL UMing CN", "WenQuanYi Zen Hei", serif; font-size: 16pt; line-height: 28pt; margin: 0 }
p { margin: 0; text-indent: 2em; text-align: justify } .T { font-size: 22pt; line-height: 36pt; text-align: center; text-indent: 0 }
.N { text-align: center; text-indent: 0; margin-bottom: 28pt } .A { text-indent: 0 } .R { text-align: right; padding-right: 4em }
table { border-collapse: collapse; width: 100% } td { border: 1px solid; text-align: center }"""
    out = []
    for kind, x in runs(lines):
        if kind == "C":
            out.append(table(x))
        else:
            out.append('<p class="%s">%s</p>' % (kind, html.escape(x)))
    return '<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><title>x</title><style>%s</style>%s</html>' % (style, "\n".join(out))


# --- Word, WPS, spreadsheets ---

def docx(path, lines):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    looks = {"B": '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>', "T": '<w:jc w:val="center"/>',
             "N": '<w:jc w:val="center"/>', "A": "", "R": '<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>'}
    looks["H"] = looks["B"]

    def paragraph(text, kind):
        size = 44 if kind == "T" else 32
        # Word cuts text into runs where it likes, also in numbers
        cuts = [text[:7], text[7:19], text[19:]]
        props = '<w:rPr><w:rFonts w:eastAsia="Noto Serif CJK SC"/><w:sz w:val="%d"/></w:rPr>' % size
        return '<w:p><w:pPr><w:spacing w:line="560" w:lineRule="exact"/>%s</w:pPr>%s</w:p>' % (looks.get(kind, ""), "".join(
            '<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>' % (props, html.escape(c)) for c in cuts if c))

    body = ""
    for kind, x in runs(lines):
        if kind == "C":
            body += '<w:tbl><w:tblPr><w:tblBorders><w:insideH w:val="single"/><w:insideV w:val="single"/></w:tblBorders></w:tblPr>%s</w:tbl>' % "".join(
                "<w:tr>%s</w:tr>" % "".join('<w:tc><w:tcPr><w:tcW w:w="2200" w:type="dxa"/></w:tcPr>%s</w:tc>' % paragraph(c, "A") for c in row)
                for row in x)
        else:
            body += paragraph(x, kind)
    body += ('<w:sectPr><w:footerReference w:type="default" r:id="f1"/><w:pgSz w:w="11906" w:h="16838"/>'
             '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>')
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"
    packed(path, [
        ("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Override PartName="/word/document.xml" ContentType="%s"/><Override PartName="/word/footer1.xml" ContentType="%s"/></Types>'
         % (kind % "document.main", kind % "footer")),
        ("_rels/.rels", relations % ('<Relationship Id="r1" Type="%s/officeDocument" Target="word/document.xml"/>' % r)),
        ("word/_rels/document.xml.rels", relations % ('<Relationship Id="f1" Type="%s/footer" Target="footer1.xml"/>' % r)),
        ("word/document.xml", '<w:document %s xmlns:r="%s"><w:body>%s</w:body></w:document>' % (w, r, body)),
        ("word/footer1.xml", '<w:ftr %s><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>— </w:t></w:r>'
         '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t> —</w:t></w:r></w:p></w:ftr>' % w)])


def rtf(path, lines):
    """As Word writes Chinese: code page 936 in the one half of the paragraphs, \\u in the other."""
    def text(s, unicode):
        out = ""
        for c in s:
            if ord(c) < 128:
                out += "\\" + c if c in "\\{}" else c
            elif unicode:
                out += "\\u%d?" % (ord(c) - 65536 if ord(c) > 32767 else ord(c))
            else:
                out += "".join("\\'%02x" % b for b in c.encode("gbk"))
        return out

    body = ""
    for i, (kind, x) in enumerate(runs(lines)):
        if kind == "C":
            for row in x:
                body += "\\trowd" + "".join("\\cellx%d" % (2000 * (k + 1)) for k in range(len(row)))
                body += "".join("\\pard\\intbl %s\\cell" % text(c, i % 2) for c in row) + "\\row\n"
        else:
            body += "\\pard%s %s\\par\n" % ("\\qc" if kind in "TN" else "", text(x, i % 2))
    with open(path, "w") as f:
        f.write("{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}}"
                "{\\info{\\title x}}\\f0\\fs32\n%s}" % body)


def fodt(path, lines):
    """For LibreOffice, which drops stops that hang over the margin where it reads DOCX."""
    names = {k: "urn:oasis:names:tc:opendocument:xmlns:%s:1.0" % v for k, v in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("fo", "xsl-fo-compatible"))}
    looks = {"B": 'fo:text-indent="32pt" fo:text-align="justify"', "T": 'fo:text-align="center"', "N": 'fo:text-align="center"',
             "A": "", "R": 'fo:text-align="end" fo:margin-right="64pt"', "H": 'fo:text-indent="32pt"', "P": 'fo:text-align="center"'}
    styles = '<style:default-style style:family="paragraph"><style:paragraph-properties style:punctuation-wrap="simple" style:line-break="strict" fo:line-height="28pt"/>' \
        '<style:text-properties fo:font-family="Noto Serif CJK SC" style:font-family-asian="Noto Serif CJK SC" fo:font-size="16pt" style:font-size-asian="16pt"/></style:default-style>'
    for kind, look in looks.items():
        size = 22 if kind == "T" else 14 if kind == "P" else 16
        styles += '<style:style style:name="%s" style:family="paragraph"><style:paragraph-properties %s/><style:text-properties ' \
            'fo:font-size="%dpt" style:font-size-asian="%dpt"/></style:style>' % (kind, look, size, size)
    body = ""
    for kind, x in runs(lines):
        if kind == "C":
            body += '<table:table><table:table-column table:number-columns-repeated="%d"/>%s</table:table>' % (len(x[0]), "".join(
                "<table:table-row>%s</table:table-row>" % "".join(
                    '<table:table-cell><text:p text:style-name="P">%s</text:p></table:table-cell>' % html.escape(c) for c in row) for row in x))
        else:
            body += '<text:p text:style-name="%s">%s</text:p>' % (kind, html.escape(x))
    with open(path, "w", encoding="utf-8") as f:
        f.write('<?xml version="1.0" encoding="UTF-8"?><office:document %s office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
                '<office:styles>%s</office:styles><office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties '
                'fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="37mm" fo:margin-bottom="25mm" fo:margin-left="28mm" fo:margin-right="26mm"/>'
                '<style:footer-style><style:header-footer-properties fo:min-height="10mm"/></style:footer-style></style:page-layout></office:automatic-styles>'
                '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"><style:footer><text:p text:style-name="P">— '
                '<text:page-number/> —</text:p></style:footer></style:master-page></office:master-styles><office:body><office:text>%s</office:text></office:body>'
                '</office:document>' % (" ".join('xmlns:%s="%s"' % x for x in names.items()), styles, body))


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx(path, rows):
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    shared, xml = [], ""
    for i, row in enumerate(rows, 1):
        xml += '<row r="%d">' % i
        for k, v in enumerate(row):
            if isinstance(v, str):
                shared.append("<si><t xml:space=\"preserve\">%s</t></si>" % html.escape(v, False))
                xml += '<c r="%s%d" t="s"><v>%d</v></c>' % ("ABCDEFGH"[k], i, len(shared) - 1)
            else:
                xml += '<c r="%s%d"><v>%s</v></c>' % ("ABCDEFGH"[k], i, v)
        xml += "</row>"
    packed(path, [
        ("xl/workbook.xml", '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="汇总" sheetId="1" r:id="a"/></sheets></workbook>' % (MAIN, r)),
        ("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>'),
        ("xl/sharedStrings.xml", '<sst xmlns="%s">%s</sst>' % (MAIN, "".join(shared))),
        ("xl/worksheets/sheet1.xml", '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (MAIN, xml))])


# --- OFD (GB/T 33190) ---

SIZE, LEFT, PER_LINE, PER_PAGE = 5.64, 28.0, 28, 22


def width(c):
    return SIZE if unicodedata.east_asian_width(c) in "WFA" else SIZE / 2


def set_lines(kind, text):
    """Lines of 28 characters; no line starts with a stop, and no number is torn."""
    out, at = [], LEFT + (2 * SIZE if kind in "BH" else 0)
    start, now, line, i = at, at, "", 0
    while i < len(text):
        j = i + 1
        if text[i].isdigit():
            while j < len(text) and (text[j].isdigit() or text[j] in ".%"):
                j += 1
        while j < len(text) and text[j] in "，。、；：）”》？！%":
            j += 1
        w = sum(map(width, text[i:j]))
        if now + w > LEFT + PER_LINE * SIZE + 0.01 and line and kind != "T":
            out.append((start, line))
            start, now, line = LEFT, LEFT, ""
        line += text[i:j]
        now += w
        i = j
    w = sum(map(width, line))
    if kind in "TN":
        start = LEFT + (PER_LINE * SIZE - w) / 2
    elif kind == "R":
        start = LEFT + (PER_LINE - 4) * SIZE - w
    return out + [(start, line)]


def ofd(path, lines):
    ns, head = 'xmlns:ofd="http://www.ofdspec.org/2016"', '<?xml version="1.0" encoding="UTF-8"?>\n'

    def text_object(number, x, y, text):
        widths = [width(c) for c in text[:-1]]
        deltas, k = [], 0
        while k < len(widths):
            m = k
            while m < len(widths) and widths[m] == widths[k]:
                m += 1
            deltas.append("g %d %.3f" % (m - k, widths[k]) if m - k > 2 else " ".join("%.3f" % v for v in widths[k:m]))
            k = m
        return ('<ofd:TextObject ID="%d" Boundary="%.3f %.3f %.3f %.3f" Font="1" Size="%.3f"><ofd:TextCode X="0" Y="%.3f"%s>%s'
                '</ofd:TextCode></ofd:TextObject>' % (number, x, y, sum(map(width, text)), SIZE, SIZE, SIZE * .86,
                                                      ' DeltaX="%s"' % " ".join(deltas) if deltas else "", html.escape(text)))

    placed = []
    for kind, text in lines:
        if kind == "C":
            cells = text.split("\t")
            placed.append([(LEFT + k * PER_LINE * SIZE / len(cells), c) for k, c in enumerate(cells)])
        else:
            placed += [[one] for one in set_lines(kind, text)]
    pages = [placed[i:i + PER_PAGE] for i in range(0, len(placed), PER_PAGE)]
    parts = [("OFD.xml", head + '<ofd:OFD %s Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>'
              '</ofd:DocBody></ofd:OFD>' % ns),
             ("Doc_0/Document.xml", head + '<ofd:Document %s><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297'
              '</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>%s</ofd:Pages></ofd:Document>' % (ns, "".join(
                  '<ofd:Page ID="%d" BaseLoc="%sPages/Page_%d/Content.xml"/>' % (k + 1, "/Doc_0/" if k % 2 else "", k)
                  for k in range(len(pages)))))]
    for k, rows in enumerate(pages):
        objects = [text_object(10, 95, 275, "— %d —" % (k + 1))]
        for n, row in enumerate(rows):
            objects += [text_object(20 + 10 * n + m, x, 37 + n * 9.9, c) for m, (x, c) in enumerate(row) if c]
        parts.append(("Doc_0/Pages/Page_%d/Content.xml" % k, head + '<ofd:Page %s><ofd:Content><ofd:Layer ID="5" Type="Body">%s'
                      '</ofd:Layer></ofd:Content></ofd:Page>' % (ns, "".join(objects))))
    packed(path, parts)


# --- crawls ---

def http(body, encoding, chunked):
    headers = ["HTTP/1.1 200 OK", "Content-Type: text/html"]
    if encoding == "gzip":
        body = gzip.compress(body, mtime=0)
    elif encoding == "deflate":
        body = zlib.compress(body)
    if encoding:
        headers.append("Content-Encoding: " + encoding)
    if chunked:
        headers.append("Transfer-Encoding: chunked")
        body = b"".join(b"%x\r\n%s\r\n" % (len(body[i:i + 1000]), body[i:i + 1000]) for i in range(0, len(body), 1000)) + b"0\r\n\r\n"
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + body


def warc(path, version, compressed, bodies):
    out = io.BytesIO()
    records = [("warcinfo", "application/warc-fields", b"software: mine\r\n", None)]
    for i, body in enumerate(bodies):
        url = "http://www.example.gov.cn/%d" % i
        records.append(("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n", url))
        records.append(("response", "application/http; msgtype=response", body, url))
    for i, (kind, media, block, url) in enumerate(records):
        head = ["WARC/" + version, "WARC-Type: " + kind, "WARC-Record-ID: <urn:uuid:%d>" % i, "WARC-Date: 2024-03-01T08:00:00Z",
                "Content-Type: " + media, "Content-Length: %d" % len(block)]
        if url:
            head.append("WARC-Target-URI: " + ("<%s>" % url if version == "1.0" else url))
        record = "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
        out.write(gzip.compress(record, mtime=0) if compressed else record)
    with open(path, "wb") as f:
        f.write(out.getvalue())


# --- all of them ---

class GbkName(zipfile.ZipInfo):
    """A name in the charset of the maker's system, as Windows writes it: no flag tells."""
    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def main(source, folder):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    with open(source, encoding="utf-8") as f:
        text = f.read()
    lines = lines_of(source)
    site = page(lines)
    open("report.txt", "w", encoding="utf-8").write(text)
    open("gbk.txt", "w", encoding="gb18030", newline="\r\n").write(text)
    open("page.html", "w", encoding="utf-8").write(site)
    open("page-gbk.html", "w", encoding="gb18030").write(site.replace('charset="utf-8"', 'charset="gb2312"'))
    open("print.htm", "w", encoding="utf-8").write(printed(lines))
    docx("report.docx", lines)
    rtf("script.rtf", lines)
    fodt("report.fodt", lines)
    ofd("script.ofd", lines)
    os.makedirs("tables", exist_ok=True)
    columns = ["编号", "标题", "网址", "text", "备注"]
    row = [1, title_of(lines), "http://www.example.gov.cn/t", text, '引号"和,逗号']
    xlsx("tables/row.xlsx", [columns, row])
    xlsx("tables/page.xlsx", [columns, row[:3] + [site, ""]])
    for name, charset in (("utf-8.csv", "utf-8"), ("bom.csv", "utf-8-sig"), ("gbk.csv", "gb18030")):
        with open("tables/" + name, "w", encoding=charset, newline="") as f:
            csv.writer(f).writerows([columns, row])
    with open("tables/row.jsonl", "w", encoding="utf-8") as f:
        for ascii in (False, True):
            f.write(json.dumps(dict(zip(columns, row)), ensure_ascii=ascii) + "\n")
    with zipfile.ZipFile("gbk-names.zip", "w", zipfile.ZIP_DEFLATED) as z:
        for name, path in (("报告/二〇二三年.txt", "gbk.txt"), ("报告/网页.html", "page-gbk.html"), ("报告/正文.docx", "report.docx"), ("报告/版式.ofd", "script.ofd")):
            info = GbkName(name, WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, open(path, "rb").read())
    with tarfile.open("report.tar.gz", "w:gz") as t:
        t.add("page.html")
        t.add("gbk-names.zip")
    bodies = [http(site.encode(), encoding, chunked) for encoding in ("", "gzip", "deflate") for chunked in (False, True)]
    bodies.append(http(open("page-gbk.html", "rb").read(), "", False))
    warc("crawl11.warc", "1.1", False, bodies)
    warc("crawl10.warc.gz", "1.0", True, bodies)


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), sys.argv[2])
