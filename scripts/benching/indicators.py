"""indicators: what people write in place of gongwen: thirty patterns over the text of each report.

    indicators.py FILE...

Prints a row for each figure: file, indicator, figure, unit. A peer of scripts/bench."""

import csv
import re
import sys

NUMBER = r'(\d+(?:\.\d+)?)\s*(余|多)?'
PATTERNS = [(name, re.compile(pattern.replace('#', NUMBER))) for name, pattern in (line.split(' ', 1) for line in '''
review_received (?:收到|新收)[^。；]{0,10}行政复议申请#(件)
review_accepted 行政复议[^。；]{0,20}受理#(件)
review_closed 行政复议[^。；]{0,30}(?:审结|办结)#(件)
review_rate (?:行政复议)?纠错率[^。；\\d]{0,5}#(%)
litigation (?:行政诉讼|应诉)案件#(件)
litigation_lost 败诉#(件)
appearance_rate 出庭应诉率[^。；\\d]{0,6}#(%)
penalties 行政处罚案件#(件)
fines 罚没(?:金额|款)[^。；\\d]{0,5}#(万元|元)
inspections (?:检查|抽查)[^。；\\d]{0,6}#(次|家次|户次)
trained (?:培训|轮训)[^。；\\d]{0,8}#(人次|名|人)
officers (?:执法人员|持证人员)[^。；\\d]{0,4}#(名|人)
documents_made 规范性文件#(件)
documents_cleaned 清理[^。；\\d]{0,10}文件#(件)
documents_repealed 废止[^。；\\d]{0,10}#(件)
reviewed_contracts 审查[^。；\\d]{0,12}合同#(份|件)
opinions 法律意见[^。；\\d]{0,3}#(条|件|份)
legal_aid 法律援助案件#(件)
recovered 挽回(?:经济)?损失[^。；\\d]{0,3}#(万元|元)
advice 法律咨询[^。；\\d]{0,6}#(人次|件)
mediation (?:调解|化解)[^。；\\d]{0,10}纠纷#(件|起)
success_rate (?:调解)?成功率[^。；\\d]{0,5}#(%)
lectures (?:讲座|宣讲)[^。；\\d]{0,5}#(场|次|场次)
materials 宣传(?:资料|手册)[^。；\\d]{0,5}#(份|册|万份)
hotline 热线[^。；\\d]{0,12}#(件|通)
satisfaction 满意(?:率|度)[^。；\\d]{0,5}#(%)
proposals (?:建议|提案)[^。；\\d]{0,5}#(件)
disclosed 公开(?:政府)?信息[^。；\\d]{0,5}#(条)
meetings 常务会议[^。；\\d]{0,12}#(次)
lawyers (?:执业)?律师[^。；\\d]{0,3}#(名|人)
'''.strip().replace('\\\\', '\\').split('\n'))]


def text_of(path):
    data = open(path, 'rb').read()
    try:
        return data.decode('utf-8')
    except UnicodeDecodeError:
        return data.decode('gb18030', 'replace')


def main():
    out = csv.writer(sys.stdout)
    for path in sys.argv[1:]:
        text = text_of(path)
        for name, pattern in PATTERNS:
            for match in pattern.finditer(text):
                out.writerow((path, name, match.group(1), match.group(match.lastindex)))


if __name__ == '__main__':
    main()
