import zipfile

with zipfile.ZipFile("in/z.zip", "w") as z:
    for name in ("1.txt", "2.txt"):
        z.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), "某报告，全年审查文件41件。\n")
META = """path,url,地区,year,发文机关,member,note
sub/a.txt,http://www.example.gov.cn/a,"某省, 某市",2024,某市人民政府,,x
./in/a.txt,,某县,2023,,,
z.zip,http://www.example.gov.cn/z,某区,,,,
z.zip,,某镇,,,2.txt,
nowhere.txt,,x,,,,
"""
open("meta.csv", "wb").write(META.encode("gb18030"))
open("meta.tsv", "wb").write(META.replace('"某省, 某市"', "某省 某市").replace(",", "\t").encode("utf-8-sig"))
open("no-path.csv", "w").write("url,x\n1,2\n")
open("twice.csv", "w").write("path,region\na.txt,x\n./a.txt,y\n")
open("wide.csv", "w").write("path,region\na.txt,x,y\n")
open("lines.csv", "w").write('text,title,地区\n"甲报告。",甲,某乡\n')
open("rows.csv", "w").write("path,period,url\nlines.csv,2023,http://www.example.gov.cn/l\nlines.csv/1,2022,\n")
