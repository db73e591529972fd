# lists in every number format that Word counts Chinese documents in, and beyond what each can say
import zipfile
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FORMATS = ['chineseCounting', 'chineseCountingThousand', 'ideographDigital', 'taiwaneseDigital', 'chineseLegalSimplified', 'decimalFullWidth',
           'decimalEnclosedCircleChinese', 'decimalEnclosedParen', 'decimalEnclosedFullstop', 'ideographEnclosedCircle', 'ideographTraditional',
           'ideographZodiac', 'decimalZero', 'lowerLetter', 'upperLetter', 'lowerRoman', 'upperRoman', 'none', 'decimal', 'unheardOf']
STARTS = [0, 1, 9, 10, 20, 21, 27, 105, 110, 1010, 3999, 10001, 99999999999]
paragraphs, shapes, lists = [], [], []
for f, name in enumerate(FORMATS):
    for k, start in enumerate(STARTS):
        n = f * len(STARTS) + k + 1
        shapes.append('<w:abstractNum w:abstractNumId="%d"><w:lvl w:ilvl="0"><w:start w:val="%d"/><w:numFmt w:val="%s"/><w:lvlText w:val="%%1、"/></w:lvl></w:abstractNum>' % (n, start, name))
        lists.append('<w:num w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>' % (n, n))
        paragraphs.append('<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr></w:pPr><w:r><w:t>%s %d</w:t></w:r></w:p>' % (n, name, start))
R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
RELATION = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="%s%s" Target="%s"/></Relationships>'
with zipfile.ZipFile('numbers.docx', 'w', zipfile.ZIP_DEFLATED) as z:
    z.writestr('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
               '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
               '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    z.writestr('_rels/.rels', RELATION % (R, 'officeDocument', 'word/document.xml'))
    z.writestr('word/_rels/document.xml.rels', RELATION % (R, 'numbering', 'numbering.xml'))
    z.writestr('word/document.xml', '<w:document %s><w:body>%s</w:body></w:document>' % (W, ''.join(paragraphs)))
    z.writestr('word/numbering.xml', '<w:numbering %s>%s%s</w:numbering>' % (W, ''.join(shapes), ''.join(lists)))
