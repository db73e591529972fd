# docx.py OUT: a small DOCX by hand: automatic numbers, a table, tracked changes, a text box, a footnote
import sys,zipfile
W='xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
def p(t,num=None,lvl=0,style=None,extra=''):
    pr=''
    if style: pr+='<w:pStyle w:val="%s"/>'%style
    if num is not None: pr+='<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>'%(lvl,num)
    return '<w:p>'+('<w:pPr>%s</w:pPr>'%pr if pr else '')+'<w:r><w:t xml:space="preserve">%s</w:t></w:r>%s</w:p>'%(t,extra)
def tc(t,span=1): return '<w:tc><w:tcPr><w:gridSpan w:val="%d"/></w:tcPr>%s</w:tc>'%(span,''.join(p(x) for x in t.split('|')))
def tr(*c): return '<w:tr>%s</w:tr>'%''.join(c)
box='<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>%s</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>%s</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>'%(p('青岚市司法局文件'),p('青岚市司法局文件'))
body=p('青岚市司法局2024年工作情况',extra=box)+p('各县（市、区）司法局：')+\
 p('主要做法',1,0)+p('抓机制。全年召开会议6次。',1,1)+p('抓落实。督办事项38件，办结36件。',1,1)+\
 p('存在问题',1,0)+p('人员偏少。',1,1)+p('经费偏紧。',2,0)+p('场地不足。',2,0)+p('下步打算',style='h1')+\
 '<w:p><w:r><w:t>办理</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>援助</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:t>案件2417件</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>。</w:t></w:r></w:p>'+\
 '<w:tbl>'+tr(tc('单位'),tc('案件（件）',2))+tr(tc(''),tc('收案'),tc('结案'))+tr(tc('东城|所'),tc('120'),tc('118'))+'</w:tbl>'+\
 '<w:tbl>'+tr(tc('框内一段。|框内二段。'))+'</w:tbl>'+p('特此报告。')
num='<w:numbering %s><w:abstractNum w:abstractNumId="0">'%W+\
 '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="h1"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'+\
 '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
st='<w:styles %s><w:style w:type="paragraph" w:default="1" w:styleId="a"/><w:style w:type="paragraph" w:styleId="h1"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'%W
fn='<w:footnotes %s><w:footnote w:type="separator" w:id="0">%s</w:footnote><w:footnote w:id="2">%s</w:footnote></w:footnotes>'%(W,p('----'),p('含市本级办理数。'))
hostile=len(sys.argv)>2
z=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)
def put(n,s): 
    i=zipfile.ZipInfo(n,(2024,1,1,0,0,0)); i.compress_type=zipfile.ZIP_DEFLATED; z.writestr(i,s)
X='<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
put('[Content_Types].xml',X+'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'+''.join('<Override PartName="/word/%s.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>'%(n,t) for n,t in (('document','document.main'),('numbering','numbering'),('styles','styles'),('footnotes','footnotes')))+'</Types>')
dt={'entity':'<!DOCTYPE d [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'}.get(sys.argv[2] if hostile else '','')
if hostile and sys.argv[2]=='entity': body=p('&b;&c;')+body
if hostile and sys.argv[2]=='bomb': body=p('案'*80000000)+body
if hostile and sys.argv[2]=='broken': body=body[:-300]
R='http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
RS='<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
put('_rels/.rels',X+RS%('<Relationship Id="r1" Type="'+R+'officeDocument" Target="word/document.xml"/>'))
put('word/_rels/document.xml.rels',X+RS%''.join('<Relationship Id="%s" Type="%s" Target="%s.xml"/>'%(n,R+n,n) for n in ('styles','numbering','footnotes')))
put('word/document.xml',X+dt+'<w:document %s><w:body>%s</w:body></w:document>'%(W,body))
put('word/numbering.xml',X+num); put('word/styles.xml',X+st); put('word/footnotes.xml',X+fn)
z.close()
