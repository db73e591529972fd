# workbooks with a report in every row; shared and inline strings, escapes, formats
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cell(ref, value, shared):
    if value is None:
        return ""
    if isinstance(value, int):
        return '<c r="%s"><v>%d</v></c>' % (ref, value)
    if ref[0] in "AC":
        shared.append(value)
        return '<c r="%s" t="s"><v>%d</v></c>' % (ref, len(shared) - 1)
    return '<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (ref, escape(value))


def workbook(path, sheets):
    shared = []
    z = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
    names, relations = "", ""
    for i, (name, state, rows) in enumerate(sheets, 1):
        xml = "".join('<row r="%d">%s</row>' % (r, "".join(cell("%s%d" % ("ABCDE"[c], r), v, shared)
                      for c, v in enumerate(row))) for r, row in enumerate(rows, 1))
        z.writestr("xl/worksheets/sheet%d.xml" % i, '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (MAIN, xml))
        names += '<sheet name="%s" sheetId="%d" state="%s" r:id="r%d"/>' % (name, i, state, i)
        relations += '<Relationship Id="r%d" Target="worksheets/sheet%d.xml"/>' % (i, i)
    z.writestr("xl/workbook.xml", '<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>' % (MAIN, REL, names))
    z.writestr("xl/_rels/workbook.xml.rels", "<Relationships>%s</Relationships>" % relations)
    z.writestr("xl/sharedStrings.xml", '<sst xmlns="%s">%s</sst>' % (
        MAIN, "".join('<si><r><t xml:space="preserve">%s</t></r></si>' % escape(s) for s in shared)))
    z.close()


long = "".join("全年办理案件%d件，\"其中\"网上办理%d件。\n" % (i, i // 2) for i in range(600))
open("long.txt", "w").write(long)
rows = [
    ["标题", "年份", "正文", "网址"],
    ["甲", 2023, "  一是办结128件。_x000D_\n\t二是\"查处\"9件，_x005F_x0041_。", "http://www.example.gov.cn/1"],
    [None] * 4,
    ["乙", 2022, long],
    ["丙", 2022, None, "http://www.example.gov.cn/3"],
    ["丁", 2022, "<html><body><p>全年办案5件。</p></body></html>"],
    ["满", 2022, "满" * 32765 + "😀"],
]
workbook("one.xlsx", [("汇总", "visible", rows)])
workbook("several.xlsx", [("汇总", "visible", rows[:2]), ("说明", "visible", [["正文在第一张表"]]), ("空", "visible", []),
                          ("旧", "hidden", rows[:2]), ("市级", "visible", [["正文"], ["甲市办案3件。"]])])
workbook("none.xlsx", [("空", "visible", [])])
z = zipfile.ZipFile("in.zip", "w")
z.write("several.xlsx", "表.xlsx")
z.close()
open("cut.xlsx", "wb").write(open("one.xlsx", "rb").read()[:-400])
