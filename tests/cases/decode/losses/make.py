"""Documents of which a part is damaged or too much: the rest is read, and what was lost is said."""
import zipfile

WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
PAGE = '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer><ofd:TextObject Boundary="20 %d 100 10" Size="4"><ofd:TextCode X="0" Y="5">%s</ofd:TextCode>'
CLOSED = '</ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>'


def package(path, parts):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(name, text)


def ofd(path, *pages):
    parts = {'OFD.xml': '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
             'Doc_0/Document.xml': '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Pages>%s</ofd:Pages></ofd:Document>'
             % ''.join('<ofd:Page ID="%d" BaseLoc="Pages/%d.xml"/>' % (i, i) for i in range(len(pages)))}
    parts.update(('Doc_0/Pages/%d.xml' % i, page) for i, page in enumerate(pages) if page)
    package(path, parts)


def docx(text):
    return '<w:document xmlns:w="%s"><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>' % (WORD, text)


ofd('page.ofd', PAGE % (20, '第一页办案60件。') + CLOSED, PAGE % (20, '第二页断了') + '</ofd:TextObject>', PAGE % (20, '第三页办案7件。') + CLOSED)
ofd('missing.ofd', PAGE % (20, '第一页办案60件。') + CLOSED, None)
ofd('pictures.ofd', '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"/>')
package('long.docx', {'word/document.xml': docx('全年办理案件60件。' * 400)})
package('part.docx', {'word/document.xml': docx('全年办理案件60件。'), 'word/footnotes.xml': '<w:footnotes>' + 'x' * 99})
data = bytearray(open('part.docx', 'rb').read())
at = data.index(b'word/footnotes.xml') + len('word/footnotes.xml')
data[at:at + 4] = b'\xff\xff\xff\xff'
open('part.docx', 'wb').write(data)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
package('sheet.xlsx', {
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="一" r:id="r1"/><sheet name="二" r:id="r2"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': SHEET + '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1"><v>60</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>正文',
    'xl/worksheets/sheet2.xml': SHEET + '<row r="1"><c r="A1" t="inlineStr"><is><t>第二张表</t></is></c></row></sheetData></worksheet>'})
open('long.list', 'w').write('page.ofd\n' + 'x' * 65537 + '\n')
