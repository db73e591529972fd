"""Plants contradictions and near misses in invented reports, and counts what audit says.

    audit-plants.py [-n EACH] [-s SEED] [-k KIND] [-v]

For each kind of relation it writes EACH statements that contradict themselves,
EACH that only look wrong (rounding, cut digits, bounds, other bases, carried
cases, unlisted outcomes, other spans of time) and half as many that agree, by the
templates of tests/data/audit-templates.tsv. Each stands in a report of its own
among sentences that state nothing; decode, segment, classify, extract and audit
read it, so extract shares the blame. Templates marked held were not looked at
while audit was mended: their recall is shown by itself. Fails where recall falls
below 0.95 in a kind, or where anything is accused that does not contradict itself.
"""
import argparse, json, os, random, re, subprocess, sys, tempfile
from collections import Counter
from fractions import Fraction as Q

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KINDS = ["rate", "sum", "subset", "growth", "difference", "grim", "list", "target", "conflict"]
# a contradiction may be told as another kind: of 30 files 97.5 % is a rate and a matter of whole numbers
SAME = {"rate": {"rate", "grim"}, "grim": {"grim", "rate"}, "growth": {"growth", "difference"},
        "difference": {"difference", "growth"}}

THINGS = [("法律援助案件", "件"), ("行政复议案件", "件"), ("矛盾纠纷", "件"), ("行政诉讼案件", "件"), ("信访事项", "件"),
          ("行政处罚案件", "起"), ("公证事项", "件"), ("人民调解案件", "件"), ("企业诉求", "个"), ("行政许可事项", "项"),
          ("政府合同", "份"), ("热线工单", "件"), ("劳动争议案件", "件"), ("群众来信", "件"), ("投诉举报", "起")]
SORTS = ["涉农民工", "民事类", "涉企", "线上", "婚姻家庭类", "交通事故类", "重大疑难", "涉未成年人", "城乡建设类", "市场监管类"]
VERBS = ["办理", "共办理", "全年共办理", "全县累计受理", "受理", "共受理", "全县共处理", "处理"]
FILES = [("行政处罚案卷", "件"), ("执法案卷", "份"), ("行政许可案卷", "卷")]
RATES = ["群众满意率", "调解成功率", "热线办结率", "知晓率", "全程网办率", "考试合格率"]
HIGH = ["人民调解成功率", "行政机关负责人出庭应诉率", "行政争议实质性化解率"]
LOW = ["行政诉讼败诉率", "行政复议纠错率"]
BOOKS = ["工作规则", "实施办法", "管理规定", "责任清单", "考核细则", "审查制度", "裁量基准", "公示办法"]
NAMES = ["法治驿站", "阳光执法", "清风热线", "云岭调解", "普法集市", "诚信先锋", "一窗通办", "村民说事"]
FILLERS = ["召开专题会议{}次", "组织业务培训{}期", "发放宣传资料{}00余份", "建立联络点{}个", "走访企业{}家", "开展普法活动{}场",
           "配备专职调解员{}名", "审查规范性文件{}件", "解答群众咨询{}人次"]
EMPTY = ["持续健全工作机制，压实各级责任。", "坚持问题导向，强化督促检查。", "深入学习贯彻习近平法治思想。", "工作取得积极成效。"]


def shown(x, places, cut=False):
    """x as it is written with so many places: half up, or cut."""
    k = Q(x) * 10 ** places
    s = str(int(k) if cut else int(k + Q(1, 2))).rjust(places + 1, "0")
    return s[:-places] + "." + s[-places:] if places else s


class Unsuited(Exception):
    """The numbers drawn leave no room for a wrong one."""


class Draw:
    """The words and numbers of one statement; a value X[name] is right, WRONG[name] contradicts."""

    def __init__(self, rng, kind):
        self.r, self.x, self.wrong = rng, {}, {}
        (thing, unit), (file, file_unit) = rng.choice(THINGS), rng.choice(FILES)
        sorts = rng.sample(SORTS, 3)
        self.x.update(T=thing, U=unit, F=file, FU=file_unit, V=rng.choice(VERBS), VA=rng.choice(VERBS[1:4]), K=sorts[0], K2=sorts[1], K3=sorts[2],
                      Y=rng.randint(2, 40), e=rng.randint(3, 60), M=rng.choice(RATES[:3]), M2=rng.choice(RATES[3:]),
                      Hi=rng.choice(HIGH), Lo=rng.choice(LOW), Y0=2022, Y1=2023, I=rng.choice(["法律援助案件", "行政处罚案件"]),
                      J=rng.choice(["行政复议案件", "信访事项"]), e2=rng.randint(3000, 9000))
        {"rate": self.shares, "sum": self.parts, "subset": self.shares, "growth": self.change, "difference": self.change,
         "grim": self.sample, "list": self.things, "target": self.marks, "conflict": self.twice}[kind]()

    def other_rate(self, avoid, places, low=Q(1), high=Q(99)):
        """A share that neither rounds nor cuts to any of AVOID."""
        unit = Q(1, 10 ** places)
        for _ in range(1000):
            y = Q(shown(self.r.uniform(float(low), float(high)), places))
            if y > 0 and all(abs(y - a) >= 2 * unit for a in avoid):
                return shown(y, places)
        raise Unsuited

    def shares(self):
        r, x = self.r, self.x
        whole = r.randint(60, 4000)
        part = r.randint(whole // 8, whole * 4 // 5)
        q = r.randint(2, whole - part - 1)
        stock = r.randint(3, whole // 2)
        bigger = whole + r.randint(20, 900)
        places = r.choice([0, 1, 1, 2])
        share = Q(100 * part, whole)
        honest = [Q(100 * a, b) for a in (part, q, whole - part, whole - part - q) for b in (whole, bigger, whole + stock, part)]
        rest = whole - part - q
        hundred = whole // 100 * 100 or 60
        tight = r.randint(1, 9) * 100
        x.update(W=whole, P=part, Q=q, Z=rest, B=bigger, R=shown(share, places), S=shown(Q(100 * q, whole), places),
                 SZ=shown(Q(100 * rest, whole), places), C=shown(share, places, True), C1=int(share) or 1, G=int(share) + 1,
                 Rr=int(share + Q(1, 2)), RB=shown(Q(100 * part, bigger), places), J=x["J"] if "never" in x else stock,
                 RJ=shown(Q(100 * part, whole + stock), places), RW=shown(share, places),
                 X=self.other_rate(honest, places), H=hundred, q=max(1, min(q, part)), big=whole + r.randint(5, 900),
                 XL=self.other_rate(honest, places, Q(1), share) if share > 12 else "1", Hp=hundred + r.randint(1, max(1, hundred // 25)))
        x["G"] = x["G"] if "占近" else 0
        self.wrong.update(R=self.other_rate(honest, places), P=whole + r.randint(2, 900))
        # the near bound of a whole that is called 近: the part may come close to it
        x["near_whole"], x["Gp"] = tight, max(1, tight - r.randint(1, 9))

    def parts(self):
        r, x = self.r, self.x
        a, b, c, d = (r.randint(11, 900) for _ in range(4))
        x.update(a=a, b=b, c=c, d=d, a1=r.randint(2, a - 2))
        x["letters"] = (a, b, c, d)
        wa, wb, wc = (Q(r.randint(120, 900), 100) for _ in range(3))
        noise = Q(r.randint(-40, 40), 10000)
        x.update(wa=shown(wa, 2), wb=shown(wb, 2), wc=shown(wc, 2), wt=shown(wa + wb + wc + noise, 2))
        x.update(ha=a // 10 * 10, hb=b // 10 * 10, ht=(a // 10 + b // 10) * 10, ga=(a // 100 + 1) * 100)

    def total(self, template):
        """The total of the parts that the template lists."""
        r, x = self.r, self.x
        parts = [x[k] for k in "abcd" if "{%s}" % k in template]
        t = sum(parts) or sum(x["letters"])
        x.update(t=t, more=t + r.randint(5, 300), less=max(parts or [0]) + r.randint(1, 9))
        for k in "abc":
            x["p" + k] = shown(Q(100 * x[k], t), 1)
        while "t" not in self.wrong or self.wrong["t"] <= max(parts or [1]) or self.wrong["t"] <= 0:
            self.wrong["t"] = t + r.choice([1, -1]) * r.choice([r.randint(1, 9), 10 * r.randint(1, 9), 100])

    def change(self):
        r, x = self.r, self.x
        low = r.randint(60, 3000)
        up = r.random() < .6
        now = low + r.randint(low // 20 + 2, low) if up else low - r.randint(low // 20 + 2, low // 2)
        places, delta = r.choice([0, 1, 2]), abs(now - low)
        rate = Q(100 * delta, low)
        word, to = ("增长", "上升", "增加"), ("增加到", "上升到", "增至")
        if not up:
            word, to = ("下降", "减少", "降低"), ("减少到", "下降到", "降至")
        word = r.choice(word)
        honest = [rate, Q(100 * delta, now), Q(delta), Q(100 * now, low)]
        x.update(L=low, N=now, D=delta, R=shown(rate, places), C=shown(rate, places, True), F=int(rate) or 1, Ri=int(rate + Q(1, 2)), G=int(rate) + 1,
                 up=word, to=r.choice(to), width="增幅" if up else "降幅", plus="增加" if up else "减少", plus1="增" if up else "减",
                 X=self.other_rate(honest, places, Q(1), Q(90)), H=low // 100 * 100 or 60, q=max(2, now // 3), big=now + low,
                 K=r.choice(SORTS), Dh=delta // 100 * 100 or 10)
        self.wrong["R"] = self.other_rate(honest, places, Q(1), Q(90))
        self.wrong["D"] = r.choice([n for n in range(max(1, delta // 2), delta * 2 + 9) if abs(n - delta) > 1 and n not in (now, low)])
        m0, m2 = r.randint(9000, 40000), r.randint(200, 5000)
        x.update(m0=shown(Q(m0, 10), 1), m1=shown(Q(m0 + m2, 10), 1), m2=shown(Q(m2, 10), 1))
        wl, wn = sorted(r.sample(range(105, 990), 2))
        x.update(wL=shown(Q(wl, 100), 2), wN=shown(Q(wn, 100), 2), wR=shown(Q(100 * (wn - wl), wl) + Q(r.randint(-9, 9), 100), 1))
        if not up:
            x["wL"], x["wN"], x["wR"] = x["wN"], x["wL"], shown(Q(100 * (wn - wl), wn), 1)
        x["Dh"] = shown(abs(wn - wl) * 100 + r.randint(-30, 30), 0)
        k = r.choice([0, 1, 2])
        a, b = sorted(r.sample(range(30 * 10 ** k, 98 * 10 ** k), 2))
        if (b - a) < 12 * 10 ** k // 4:
            b = a + 3 * 10 ** k
        d = Q(b - a, 10 ** k)
        x.update(l=shown(Q(a, 10 ** k), k), n=shown(Q(b, 10 ** k), k), d=shown(d, k), dr=shown(d, max(0, k - 1)), dF=int(d), dG=int(d) + 1)
        relative = Q(100 * (b - a), a)
        x["x"] = self.other_rate([d, relative], k, Q(1), Q(30))
        x["x2"] = self.other_rate([d, relative], k, Q(1), Q(30))
        while "d" not in self.wrong or abs(Q(self.wrong["d"]) - d) < Q(3, 10 ** k):
            self.wrong["d"] = shown(r.uniform(1, 60), k)

    def sample(self):
        r, x = self.r, self.x
        n, places = r.randint(7, 90), r.choice([1, 1, 2])
        k = r.randint(n // 2, n - 1)
        unit = Q(1, 10 ** places)
        while True:
            odd = Q(shown(r.uniform(50, 99), places))
            if all(abs(Q(100 * j, n) - odd) > unit for j in range(n + 1)):
                break
        x.update(g=n, R=shown(Q(100 * k, n), places), C=shown(Q(100 * k, n), places, True), Fl=int(Q(100 * k, n)),
                 X=shown(odd, places), gb=r.randint(10100, 60000))
        self.wrong["R"] = shown(odd, places)

    def things(self):
        r, x = self.r, self.x
        n = r.randint(2, 6)
        mark = lambda names, o, c: r.choice(["", "、"]).join(o + s + c for s in r.sample(names, n))
        number = lambda k: "零一两三四五六七八九十"[k] if r.random() < .4 else str(k)
        x.update(books=mark(BOOKS, "《", "》"), names=mark(NAMES, "“", "”"), n=number(n), m=number(n + r.randint(1, 4)),
                 k=r.randint(2, 9))
        self.listed = n

    def stated(self, template):
        """A wrong number of items: with 等 before it, it must be fewer than are listed."""
        r, n = self.r, self.listed
        less = [k for k in range(2, n)]
        more = [] if "等" in template else [n + 1, n + 2]
        if not less + more:
            return False
        self.wrong["n"] = str(r.choice(less + more))
        return True

    def marks(self):
        r, x = self.r, self.x
        places = r.choice([0, 1])
        a, b = sorted(r.sample(range(3 * 10 ** places, 40 * 10 ** places), 2))
        x.update(a=shown(Q(a, 10 ** places), places), b=shown(Q(b, 10 ** places), places), b3=99,
                 b1=r.randint(90, 97), a2=r.randint(12, 20))
        x.update(b2=x["b1"] + 1, a1=r.randint(3, 9))
        self.wrong.update(a=shown(Q(b + r.randint(1, 40), 10 ** places), places), b=shown(Q(max(1, a - r.randint(1, 20)), 10 ** places), places),
                          b2=x["b1"] - r.randint(2, 12), a1=x["a2"] + r.randint(2, 9))

    def twice(self):
        r, x = self.r, self.x
        w = r.randint(210, 4000)
        x.update(W=w, Z=w, q=r.randint(20, w // 2), big=w * 2 + r.randint(1, 99), H=w // 100 * 100)
        k = r.randint(101, 900)
        x.update(wW=shown(Q(k, 100), 2), W4=k * 100 + r.randint(-49, 49))
        self.wrong["Z"] = w + r.choice([1, -1]) * r.choice([r.randint(3, 50), 100])


def statement(rng, kind, template, label):
    """The words of one statement; None where the numbers drawn do not suit the template."""
    try:
        d = Draw(rng, kind)
    except Unsuited:
        return None
    if kind == "sum":
        d.total(template)
    if kind == "list" and "{!n}" in template and not d.stated(template):
        return None
    if kind == "subset" and "近{G}" in template:
        d.x["G"] = d.x["near_whole"]
    if kind == "target" and "{!a}" in template and not 0 < float(d.wrong["a"]) < 100:
        return None
    marked = re.findall(r"{!(\w+)}", template)
    wrong = {rng.choice(marked)} if marked and label == "wrong" else set()

    def fill(m):
        name = m.group(1).lstrip("!")
        value = d.wrong[name] if name in wrong else d.x[name]
        return str(value)
    near_other = label != "wrong" and kind == "conflict" and "{!Z}" not in template
    if near_other:
        d.x["Z"] = d.wrong["Z"]
    return re.sub(r"{(!?\w+)}", fill, template)


def report(rng, text):
    """The statement in a report: its summary, body and plan."""
    before, _, rest = text.rpartition("§")
    body, _, plan = rest.partition("¶")
    if rng.random() < .15:
        before, body, plan = (s.translate(str.maketrans("%", "％")) for s in (before, body, plan))
    if rng.random() < .08:
        full = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789"}
        before, body, plan = (s.translate(full) for s in (before, body, plan))

    def filler():
        s = rng.choice(FILLERS).format(rng.randint(2, 90)) if rng.random() < .7 else rng.choice(EMPTY)
        return s if s.endswith("。") else s + "。"
    lines = ["云岭县人民政府", "关于2023年法治政府建设情况的报告", "",
             "2023年，云岭县认真落实法治政府建设各项任务。" + before + "现将有关情况报告如下："]
    lines += ["一、2023年工作情况", "（一）加强组织领导。" + filler() + filler()]
    lines += ["（二）" + rng.choice(["强化法治保障", "提升服务质效", "化解矛盾纠纷"]) + "。" + "".join(filler() for _ in range(rng.randint(0, 2)))
              + body + "".join(filler() for _ in range(rng.randint(0, 2)))]
    lines += ["（三）深化法治宣传。" + filler(), "二、存在的问题", "基层力量仍显薄弱。", "三、2024年工作打算", "一是加强学习。" + plan,
              "云岭县人民政府", "2024年3月1日"]
    return "\n".join(lines) + "\n"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("-n", type=int, default=100, metavar="EACH", help="statements of each kind and label (100)")
    p.add_argument("-s", type=int, default=1, metavar="SEED")
    p.add_argument("-k", metavar="KIND", action="append", choices=KINDS)
    p.add_argument("-v", action="store_true", help="show what was missed or accused, held templates left out")
    p.add_argument("--held", action="store_true", help="show those of held templates too")
    o = p.parse_args()
    rows = [l.rstrip("\n").split("\t") for l in open(os.path.join(TOP, "tests/data/audit-templates.tsv"), encoding="utf-8")
            if not l.startswith("#")][1:]
    rng, plan = random.Random(o.s), []
    kinds = o.k or KINDS
    for kind in kinds:
        for label, source, count in (("wrong", "plant", o.n), ("right", "plant", (o.n + 1) // 2), ("near", "near", o.n)):
            mine, made = [r for r in rows if r[0] == kind and r[1] == source], 0
            while made < count:
                _, _, held, template = mine[made % len(mine)]
                text = statement(rng, kind, template, label)
                if text is not None:
                    plan.append((kind, label, held == "2", text, report(rng, text)))
                    made += 1
    with tempfile.TemporaryDirectory() as d:
        for i, row in enumerate(plan):
            with open(os.path.join(d, "%06d.txt" % i), "w", encoding="utf-8") as f:
                f.write(row[4])
        bin = os.path.join(TOP, "bin/")
        out = subprocess.run(" | ".join([bin + "decode -q " + d] + [bin + p + " -q" for p in ("segment", "classify", "extract", "audit")]
                                        + [bin + "tojson"]), shell=True, stdout=subprocess.PIPE, check=True).stdout
    got = [r for r in map(json.loads, out.splitlines()) if "doc" in r]
    assert len(got) == len(plan), (len(got), len(plan))
    found, false = Counter(), Counter()
    for (kind, label, held, text, _), record in zip(plan, got):
        accused = [f for f in record["findings"] if f["holds"] == "no"]
        planted = [f for f in accused if label == "wrong" and f["kind"] in SAME.get(kind, {kind})]
        hit = bool(planted) if label == "wrong" else any(f["kind"] in SAME.get(kind, {kind}) and f["holds"] in ("yes", "rounding")
                                                         for f in record["findings"])
        wrong = [] if label == "wrong" else accused
        found[kind, label, held, hit] += 1
        false[kind, label] += bool(wrong)
        if o.v and (o.held or not held) and ((label != "near" and not hit) or wrong):
            print("%s %s: %s" % ("accused" if wrong else "missed", label, text))
            for f in record["findings"]:
                print("      ", f["kind"], f["holds"], f["message"]["zh"])
    share = lambda kind, label, *held: (sum(found[kind, label, h, True] for h in held),
                                        sum(found[kind, label, h, x] for h in held for x in (True, False)))
    print("kind        contradictions found   of held templates   agreements confirmed   accused: near, right")
    failed = 0
    for kind in kinds:
        a, b, c = share(kind, "wrong", True, False), share(kind, "wrong", True), share(kind, "right", True, False)
        print("%-12s %6d/%-4d %.3f   %12d/%-4d   %14d/%-4d   %12d %6d" % (kind, *a, a[0] / a[1], *b, *c, false[kind, "near"], false[kind, "right"]))
    for kind in kinds:
        a = share(kind, "wrong", True, False)
        accused = false[kind, "near"] + false[kind, "right"]
        for name, ok, why in (("recall", a[0] >= .95 * a[1], "%d of %d" % a), ("precision", not accused, "%d accused" % accused)):
            failed += not ok
            print("%s audit-plants %s %s%s" % ("ok" if ok else "not ok", kind, name, "" if ok else ": " + why))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
