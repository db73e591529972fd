# archives that attack the reader
import os
import sys
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(name, xml, more=()):
    z = zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED)
    z.writestr("[Content_Types].xml", "<Types/>")
    for path, data in more:
        z.writestr(path, data)
    z.writestr("word/document.xml", xml)
    z.close()


def body(text, head=""):
    return head + "<w:document %s><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>" % (W, text)


open("secret.txt", "w").write("SECRET")
os.chdir(sys.argv[1])
good = body("全年办理法律援助案件950件。")
docx("a-good.docx", good)
docx("b-entities.docx", body("&b;", '<!DOCTYPE d [<!ENTITY a "案案案案"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'))
docx("c-external.docx", body("&c;", '<!DOCTYPE d [<!ENTITY c SYSTEM "../secret.txt">]>'))
docx("d-bomb.docx", body("A" * 30_000_000))
docx("e-broken.docx", good[:-40])
docx("f-deep.docx", "<w:document %s>" % W + "<w:p>" * 100000)
docx("g-many.docx", good, [("x%05d" % i, b"") for i in range(21000)])
open("h-cut.docx", "wb").write(open("a-good.docx", "rb").read()[:400])
for i, tail in enumerate((b"", b"\xd0" * 2000, b"\xff" * 3000)):
    open("i-%d.doc" % i, "wb").write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + tail)
open("j.rtf", "wb").write(b"{\\rtf1" + b"{" * 100000 + b"\\'d6\\'")
z = zipfile.ZipFile("k.ofd", "w", zipfile.ZIP_DEFLATED)
z.writestr("OFD.xml", "<OFD><DocBody><DocRoot>../../D.xml</DocRoot></DocBody></OFD>")
z.writestr("D.xml", '<Document><Pages><Page ID="1" BaseLoc="D.xml"/><Page ID="2" BaseLoc="P.xml"/></Pages></Document>')
z.writestr("P.xml", '<Page><TextObject Boundary="nan 1e39 x" Size="-1" CTM="1 0"><TextCode X="inf" DeltaX="g 99999999 1 g">文</TextCode></TextObject></Page>')
z.close()
open("l-last.txt", "w").write("其余照读。\n")
