"""Plants contradictions and near misses in invented reports, and counts what audit says.

    audit-plants.py [-n EACH] [-s SEED] [-v] [--pipeline]

For each kind of relation it writes statements that contradict themselves (wrong),
that agree (right), and that only look wrong (near: rounding, cut digits, bounds,
other bases, carried cases, other spans of time). A document holds one statement
among sentences that state nothing. By itself it hands the facts to audit; with
--pipeline the words go through segment, classify and extract, which then share the
blame. Fails where recall falls below 0.95 or anything right or near is accused.
"""
import argparse, os, random, struct, subprocess, sys, tempfile
from collections import Counter, defaultdict
from fractions import Fraction as Q

# --- MessagePack, as much as is needed ---

def pack(v):
    if v is None: return b"\xc0"
    if v is True or v is False: return b"\xc3" if v else b"\xc2"
    if isinstance(v, int): return b"\xd3" + struct.pack(">q", v)
    if isinstance(v, float): return b"\xcb" + struct.pack(">d", v)
    if isinstance(v, str):
        e = v.encode(); return b"\xdb" + struct.pack(">I", len(e)) + e
    if isinstance(v, list): return b"\xdd" + struct.pack(">I", len(v)) + b"".join(map(pack, v))
    return b"\xdf" + struct.pack(">I", len(v)) + b"".join(pack(k) + pack(x) for k, x in v.items())

def unpack(b, i=0):
    t = b[i]
    def size(n): return int.from_bytes(b[i + 1:i + 1 + n], "big")
    def text(at, n): return b[at:at + n].decode(), at + n
    def array(at, n):
        out = []
        for _ in range(n):
            v, at = unpack(b, at); out.append(v)
        return out, at
    def table(at, n):
        out = {}
        for _ in range(n):
            k, at = unpack(b, at); out[k], at = unpack(b, at)
        return out, at
    def ext(at, n, kind):
        return (unpack(b[at:at + n])[0] if kind == 1 else b[at:at + n]), at + n
    if t < 0x80: return t, i + 1
    if t < 0x90: return table(i + 1, t & 15)
    if t < 0xa0: return array(i + 1, t & 15)
    if t < 0xc0: return text(i + 1, t & 31)
    if t >= 0xe0: return t - 256, i + 1
    if t in (0xc0, 0xc2, 0xc3): return {0xc0: None, 0xc2: False, 0xc3: True}[t], i + 1
    if 0xc4 <= t <= 0xc6: n = 1 << (t - 0xc4); return b[i + 1 + n:i + 1 + n + size(n)], i + 1 + n + size(n)
    if 0xc7 <= t <= 0xc9: n = 1 << (t - 0xc7); return ext(i + 2 + n, size(n), b[i + 1 + n])
    if t == 0xca: return struct.unpack(">f", b[i + 1:i + 5])[0], i + 5
    if t == 0xcb: return struct.unpack(">d", b[i + 1:i + 9])[0], i + 9
    if 0xcc <= t <= 0xcf: n = 1 << (t - 0xcc); return size(n), i + 1 + n
    if 0xd0 <= t <= 0xd3:
        n = 1 << (t - 0xd0); return int.from_bytes(b[i + 1:i + 1 + n], "big", signed=True), i + 1 + n
    if 0xd4 <= t <= 0xd8: return ext(i + 2, 1 << (t - 0xd4), b[i + 1])
    if 0xd9 <= t <= 0xdb: n = 1 << (t - 0xd9); return text(i + 1 + n, size(n))
    if t in (0xdc, 0xdd): n = 2 << (t - 0xdc); return array(i + 1 + n, size(n))
    n = 2 << (t - 0xde); return table(i + 1 + n, size(n))

# --- numbers and statements ---

class Fact:
    """A number in a statement: what stands there and what it means."""
    def __init__(self, digits, unit, kind="count", **more):
        self.digits, self.unit, self.kind = str(digits), unit, kind
        self.before = more.pop("before", "")          # 近, 约
        self.after = more.pop("after", "")            # 余 stands before the unit, 以上 behind it
        self.scale = more.pop("scale", 0)
        self.mark = more.pop("mark", {0: "", 4: "万", 8: "亿"}[self.scale])
        self.more = more
    def surface(self):
        inner, behind = (self.after, "") if self.after in ("余", "多") else ("", self.after)
        return self.before + self.digits + self.mark + inner + self.unit + behind
    def value(self):
        v = Q(self.digits) * 10 ** self.scale
        return int(v) if v.denominator == 1 else float(v)

def count(n, unit="件", **more): return Fact(n, unit, **more)
def pct(p, **more): return Fact(p, "%", "percent", **more)

def shown(x, places, cut=False):
    """x as it is written with so many places: half up, or cut."""
    k = x * 10 ** places
    n = int(k) if cut else int(k + Q(1, 2))
    s = str(n).rjust(places + 1, "0")
    return s[:-places] + "." + s[-places:] if places else s

THINGS = [("法律援助案件", "件"), ("行政复议案件", "件"), ("矛盾纠纷", "件"), ("行政诉讼案件", "件"), ("信访事项", "件"),
          ("行政处罚案件", "起"), ("公证事项", "件"), ("人民调解案件", "件"), ("建议提案", "件"), ("企业诉求", "个"),
          ("执法人员", "名"), ("规范性文件", "件"), ("行政许可事项", "项"), ("政府合同", "份"), ("热线工单", "件")]
KINDS = ["涉及农民工的", "民事类", "涉企", "线上办理的", "婚姻家庭类", "由基层司法所办理的", "交通事故类", "重大复杂的", "未成年人"]
OVERVIEW = ["办理", "共办理", "全年共办理", "全县累计受理", "受理", "共受理", "全区共处理", "处理"]
FILLERS = ["召开专题会议{}次", "组织培训{}期", "发放宣传资料{}余份", "建立工作站{}个", "走访企业{}家", "制定工作方案{}份",
           "开展普法活动{}场", "配备专职人员{}名"]
UNLIKE = {"次": "次", "期": "期", "份": "份", "个": "个", "家": "家", "场": "场", "名": "名"}

class Maker:
    def __init__(self, rng):
        self.r = rng
    def pick(self, *xs): return self.r.choice(xs[0] if len(xs) == 1 else xs)
    def comma(self): return self.r.choice("，，，,")
    def filler(self, c):
        f = self.pick(FILLERS)
        head, tail = f.split("{}")
        loose = tail.startswith("余")
        return [head, count(self.r.randint(2, 90) * (100 if loose else 1), tail[1:] if loose else tail,
                            after="余" if loose else "", bound="over" if loose else "exact"), self.pick("。", "。", "；")]
    def parts(self, low=60, high=4000):
        whole = self.r.randint(low, high)
        part = self.r.randint(max(2, whole // 12), whole - max(2, whole // 12))
        return whole, part
    def wrong_rate(self, x, places, others=()):
        """A stated rate that neither rounds nor cuts to x, nor to another share."""
        for _ in range(200):
            off = self.r.choice([1, -1]) * Q(self.r.randint(15, 220), 10)
            y = Q(shown(max(Q(1), x + off), places))
            u = Q(1, 10 ** places)
            if 0 < y < 100 and all(not (z - u < y < z + u) for z in (x, *others)):
                return shown(y, places)
        return None

    # Each maker gives (pieces, label): wrong, right or near.
    def rate_share(self, label):
        r, c = self.r, self.comma()
        thing, unit = self.pick(THINGS)
        whole, part = self.parts()
        x, places = Q(100 * part, whole), r.choice([0, 1, 1, 2])
        near = r.choice(["cut", "bound", "other", "stock", "unnamed", "vague"]) if label == "near" else None
        p = {"right": shown(x, places), "wrong": self.wrong_rate(x, places)}.get(label, shown(x, places))
        how, fact = r.choice(["占比{}", "占{}", "占总数的{}", "占比为{}", "占比达{}", "占全部案件的{}", "比重为{}", "占比约为{}"]), None
        whole_fact, part_fact = count(whole, unit), count(part, unit)
        mid, lead = r.choice(["其中", "其中，", "其中：" if c == "，" else "其中"]), ""
        if near == "cut": p = shown(x, places, cut=True)
        if near == "bound":
            floor = int(x) // 5 * 5
            if floor == 0: floor = 1
            fact = pct(floor, after="以上", bound="over")
        if near == "other":
            other = whole + r.randint(20, 900)
            lead = [r.choice(["全年共收到", "上级交办", "共登记"]) + thing, count(other, unit), c]
            p = shown(Q(100 * part, other), places)
        if near == "stock":
            p = self.wrong_rate(x, places)
            lead = ["加上上年结转的", count(r.randint(3, 40), unit), c]
        if near == "unnamed":
            how = r.choice(["占比{}", "占{}", "比重为{}"])
            fact = pct(self.wrong_rate(x, places)); mid = ""
        if near == "vague":
            whole_fact = count(whole // 100 * 100 or 100, unit, after="余", bound="over")
        fact = fact or pct(p)
        kind = self.pick(KINDS)
        a, b = how.replace("案件", thing).split("{}")
        if "约" in a:
            fact = fact if near else pct(p)
            a = a.replace("约", "")
        if near == "unnamed":
            return [self.pick(OVERVIEW), thing, whole_fact, "。", kind + thing, part_fact, c, a, fact, b, "。"]
        return [*(lead or []), self.pick(OVERVIEW), thing, whole_fact, c, mid, kind + r.choice(["", thing]), part_fact, c, a, fact, b, "。"]

    def rate_word(self, label):
        r, c = self.r, self.comma()
        thing, unit = self.pick(THINGS)
        verb, stem = self.pick([("调解成功", "成功"), ("整改", "整改"), ("回复", "回复"), ("办结", "办结"), ("采纳", "采纳"), ("答复", "答复")])
        whole, part = self.parts()
        x, places = Q(100 * part, whole), r.choice([0, 1, 2])
        near = r.choice(["cut", "bound", "stock", "due", "break", "unlike"]) if label == "near" else None
        lead = []
        p = shown(x, places, cut=near == "cut")
        fact = None
        rate = verb + "率"
        if label == "wrong":
            p = self.wrong_rate(x, places)
            if verb in ("办结",):                     # a lower rate may count carried cases
                p = shown(min(Q(99), x + r.randint(3, 9)), places)
                if Q(p) - x < 1: return None
        if near == "bound": fact = pct(max(1, int(x)), after="以上", bound="over")
        if near == "stock":
            lead = ["连同上年结转" + thing, count(r.randint(5, 60), unit), c]
            p = self.wrong_rate(x, places)
        if near == "due":
            rate = r.choice(["按期", "法定期限内", "及时"]) + rate
            p = self.wrong_rate(x, places)
        if near == "unlike":                          # the number before has nothing to do with it
            return ["办理" + thing, count(whole, unit), c, verb + "意见", count(part, unit), c, rate, pct("100"), "。"]
        sep = "。" if near == "break" else c
        if near == "break": p = self.wrong_rate(x, places)
        return [*lead, r.choice(["受理", "共收到", "全年收到", "梳理"]) + thing, count(whole, unit), c, verb, count(part, unit), sep,
                rate, r.choice(["", "为", "达", "达到"]), fact or pct(p), "。"]

    def rate_each(self, label):
        r, c = self.r, self.comma()
        thing, unit = self.pick(THINGS)
        xs = [r.randint(20, 400) for _ in range(r.choice([2, 3]))]
        whole = sum(xs) + r.choice([0, r.randint(5, 200)])
        places = r.choice([0, 1, 2])
        cut = label == "near"
        ps = [shown(Q(100 * x, whole), places, cut) for x in xs]
        if label == "wrong":
            k = r.randrange(len(xs))
            ps[k] = self.wrong_rate(Q(100 * xs[k], whole), places, [Q(100 * xs[k], y) for y in xs])
            if ps[k] is None: return None
        kinds = r.sample(KINDS, len(xs))
        out = [self.pick(OVERVIEW), thing, count(whole, unit), c, "其中"]
        for i, (k, x) in enumerate(zip(kinds, xs)):
            out += ["、" if i else "", k, count(x, unit)]
        out += [c, r.choice(["分别占", "分别占总数的", "占比分别为"])]
        for i, p in enumerate(ps):
            out += ["、" if i else "", pct(p)]
        return out + ["。"]

    def sum_total(self, label):
        r, c = self.r, self.comma()
        thing, unit = self.pick(THINGS)
        xs = [r.randint(11, 900) for _ in range(r.choice([2, 2, 3, 4]))]
        total = sum(xs)
        near = r.choice(["scale", "open", "unit", "mixed"]) if label == "near" else None
        u, fact = unit, None
        if label == "wrong":
            total += r.choice([1, -1]) * r.randint(1, 9) * r.choice([1, 10])
            if total <= max(xs): return None
        if near == "scale":
            xs = [x * 100 for x in xs]
            fact = count(shown(Q(sum(xs), 10000), 2), unit, scale=4)
        if near == "open": total += r.randint(5, 90)
        if near == "unit":
            u = "人次" if unit != "人次" else "件"
            total += r.randint(5, 90)
        if near == "mixed": total += r.randint(3, 60)
        kinds = r.sample(KINDS, len(xs))
        out = [r.choice(["", "全年", "2023年，"]), r.choice(["办理", "受理", "处理"])]
        for i, (k, x) in enumerate(zip(kinds, xs)):
            if near == "mixed" and i == 1: out += ["、", "开展活动", count(r.randint(2, 9), "场")]
            out += [("、" if c == "，" or i else c) if i else "", k + r.choice(["", thing]), count(x, unit)]
        if near == "open": out += ["等"]
        return out + [c, r.choice(["共计", "合计", "总计", "共计为"]), fact or count(total, u), "。"]

    def sum_rest(self, label):
        r, c = self.r, self.comma()
        thing, unit = self.pick(THINGS)
        xs = [r.randint(11, 500) for _ in range(r.choice([3, 4]))]
        total = sum(xs)
        near = label == "near" and r.choice(["overlap", "some"])
        if label == "wrong": total += r.randint(1, 40)
        kinds = r.sample(KINDS, len(xs))
        if label != "near" or near == "overlap": kinds[-1] = r.choice(["其他", "其它", "其他类"])
        if near == "some": total += r.randint(5, 300)
        if near == "overlap": kinds[-1] = "涉外类"; total = max(xs) + r.randint(1, 5)
        out = [self.pick(OVERVIEW), thing, count(total, unit), c, "其中"]
        for i, (k, x) in enumerate(zip(kinds, xs)):
            out += ["、" if i else "", k, count(x, unit)]
        return out + ["。"]

    def subset(self, label):
        r, c = self.r, self.comma()
        thing, unit = self.pick(THINGS)
        whole, part = self.parts()
        near = r.choice(["unit", "later", "over", "sentence", "nested"]) if label == "near" else None
        if label == "wrong": part = whole + r.randint(1, 300)
        kind = self.pick(KINDS)
        lead = [self.pick(OVERVIEW), thing, count(whole, unit)]
        if near == "unit": return lead + [c, "其中惠及群众", count(whole + r.randint(10, 900), "人次"), "。"]
        if near == "later": return lead + [c, "其中", kind, count(part, unit), c, "开展回访" + thing, count(whole + r.randint(5, 90), unit), "。"]
        if near == "over":
            base = whole // 100 * 100 or 100
            return [self.pick(OVERVIEW), thing, count(base, unit, after="余", bound="over"), c, "其中", kind, count(base + r.randint(1, 60), unit), "。"]
        if near == "nested":
            return lead + [c, "组织宣讲", count(max(2, part // 3), unit), c, "其中", kind, count(part, unit), "。"]
        if near == "sentence": return lead + ["。", kind + thing, count(whole + r.randint(5, 90), unit), "。"]
        return lead + [r.choice([c, "（" if c == "，" else c]), "其中", r.choice(["", "，" if c == "，" else ""]), kind, count(part, unit), "。"]

    def growth(self, label):
        r, c = self.r, self.comma()
        thing, unit = self.pick(THINGS)
        low = r.randint(60, 3000)
        up = r.random() < .6
        high = low + r.randint(low // 20 + 1, low) if up else low - r.randint(low // 20 + 1, low // 2)
        x, places = Q(100 * abs(high - low), low), r.choice([0, 1, 2])
        near = r.choice(["cut", "bound", "nobase", "vague", "other"]) if label == "near" else None
        p = shown(x, places, cut=near == "cut")
        if label == "wrong":
            p = self.wrong_rate(min(x, Q(90)), places, [x])
        change = "up" if up else "down"
        word = r.choice(["增长", "上升", "增加"] if up else ["下降", "减少", "降低"])
        fact = pct(p, change=change)
        if near == "bound":
            if int(x) < 1: return None
            fact = pct(max(1, int(x)), after="以上", bound="over", change=change)
        form = r.choice(["than", "before", "from"])
        old = count(low, unit, period="2022", modality="reference") if r.random() < .5 else count(low, unit)
        new = count(high, unit)
        if near == "vague":
            old = count(low // 100 * 100 or 100, unit, after="余", bound="over")
        if near == "nobase":
            return ["办理" + thing, new, c, "同比" + word, pct(self.wrong_rate(min(x, Q(90)), places) or "5", change=change), "。"]
        if near == "other":
            return [r.choice(["上年办理", "去年受理"]) + thing, old, c, "今年办理", new, c, r.choice(["群众满意度", "线上办理量", "标的额"]), word,
                    pct(self.wrong_rate(min(x, Q(90)), places) or "5", change=change), "。"]
        if form == "than":
            return ["办理" + thing, new, c, r.choice(["较上年的", "比去年的", "较上年同期的", "与上年度"]), old, r.choice(["", "相比"]), word, fact, "。"]
        if form == "before":
            return [r.choice(["上年办理", "去年同期办理", "上年度受理"]) + thing, old, c, "今年办理", new, c, r.choice(["", "同比"]) + word, fact, "。"]
        return [thing, r.choice(["由", "从"]), r.choice(["上年的", "2022年的", ""]), old, r.choice(["增加到", "上升到", "增至"] if up else ["减少到", "下降到", "降至"]), new, c, word, fact, "。"]

    def difference(self, label):
        r, c = self.r, self.comma()
        places = r.choice([0, 1, 2])
        a, b = sorted(r.sample(range(30 * 10 ** places, 99 * 10 ** places), 2))
        low, high = Q(a, 10 ** places), Q(b, 10 ** places)
        name = self.pick("群众满意率", "调解成功率", "办结率", "出庭应诉率", "知晓率", "合格率")
        near = r.choice(["decimals", "bound"]) if label == "near" else None
        d = high - low
        p = shown(d, places)
        if label == "wrong":
            d2 = d + r.choice([1, -1]) * Q(r.randint(11, 60), 10)
            if d2 <= 0: return None
            p = shown(d2, places)
            if abs(Q(p) - d) <= Q(2, 10 ** places): return None
        if near == "decimals":
            if places == 0: return None
            p = shown(d, places - 1)
        points = Fact(p, "个百分点", "points", change="up")
        if near == "bound": points = Fact(max(1, int(d)), "个百分点", "points", change="up", bound="over", after="以上")
        form = r.choice(["from", "than", "above"])
        if int(Q(points.digits) * 100) == 0: return None
        if form == "from":
            return [name, r.choice(["由", "从"]), r.choice(["上年的", "年初的", ""]), pct(shown(low, places)), r.choice(["提高到", "提升至", "上升到"]), pct(shown(high, places)), c, r.choice(["提高", "提升", "上升"]), points, "。"]
        if form == "than":
            return [name + "达到", pct(shown(high, places)), c, r.choice(["较上年的", "比去年的"]), pct(shown(low, places), period="2022", modality="reference"), r.choice(["提高", "提升", "上升"]), points, "。"]
        points.more["change"] = "above"
        return [name + "达", pct(shown(high, places)), c, r.choice(["高于全市平均水平", "高于全省平均"]), pct(shown(low, places), scope="全市", modality="reference"), c, "高出", points, "。"]

    def grim(self, label):
        r, c = self.r, self.comma()
        n, places = r.randint(7, 90), r.choice([1, 1, 2])
        k = r.randint(n // 2, n - 1)
        x = Q(100 * k, n)
        near = r.choice(["cut", "large", "named"]) if label == "near" else None
        p = shown(x, places, cut=near == "cut")
        if label == "wrong":
            u = Q(1, 10 ** places)
            for _ in range(99):
                y = Q(shown(Q(r.randint(500, 990), 10), places))
                if all(not (Q(100 * j, n) - u <= y <= Q(100 * j, n) + u) for j in range(n + 1)): break
            else: return None
            p = shown(y, places)
        if near == "large": n = r.randint(2100, 9000); p = shown(Q(r.randint(500, 999), 10), 1)
        verb = r.choice(["抽查", "随机抽取", "抽取", "评查"])
        if near == "named": verb = "办理"; p = shown(Q(r.randint(500, 990), 10), places)
        return [verb + r.choice(["行政处罚案卷", "执法案卷", "许可案卷"]), count(n, r.choice(["件", "份", "卷"])), c, r.choice(["合格率", "优良率", "优秀率"]), r.choice(["", "为", "达"]), pct(p), "。"]

    def list_(self, label):
        r = self.r
        n = r.randint(2, 6)
        names = r.sample(["工作规则", "实施办法", "管理规定", "责任清单", "考核细则", "审查制度", "裁量基准", "公示办法"], n)
        stated = n
        near = r.choice(["open", "apart", "times"]) if label == "near" else None
        if label == "wrong":
            stated = n - 1 if n > 2 and r.random() < .6 else 0
            if stated < 2: return None
        if near == "open": stated = n + r.randint(1, 5)
        items = r.choice(["", "、"]).join("《" + x + "》" for x in names)
        if near == "times": return ["宣讲", items, count(max(1, n - 1), "次"), "。"]
        if near == "apart": return ["出台", items, "，制定", count(r.randint(2, 9), "项"), "措施。"]
        return [r.choice(["出台", "印发", "修订"]), items, r.choice(["等", ""]) if near != "open" else "等", count(stated, r.choice(["项", "件", "个"])), r.choice(["制度", "文件", ""]), "。"]

    def target(self, label):
        r, c = self.r, self.comma()
        a, b = sorted(r.sample(range(2, 60), 2))
        low = r.random() < .5
        ours, other = (a, b) if low else (b, a)
        word = r.choice(["低于", "远低于"]) if low else r.choice(["高于", "远高于", "优于"])
        if label == "wrong": ours, other = other, ours
        if label == "near" and r.random() < .5:       # by how much, or than what
            return ["群众满意率增至", pct(ours), c, "高于全市平均", pct(ours + 3, scope="全市", modality="reference"), "。"]
        if label == "near":
            return ["案件败诉率为", pct(ours), c, "群众满意度", word, "全市", pct(ours, scope="全市", modality="reference"), "的平均水平。"]
        return [r.choice(["案件败诉率为", "纠错率为", "投诉率为"]), pct(ours), c, word, r.choice(["全市", "全省"]), pct(other, scope="全市", modality="reference"), r.choice(["的平均水平", "的考核指标"]), "。"]

    def conflict(self, label):
        r = self.r
        x = r.randint(60, 4000)
        y = x
        near = r.choice(["span", "place", "body"]) if label == "near" else None
        if label == "wrong" or near: y = x + r.choice([1, -1]) * r.randint(3, 50)
        name = {"measure": "办理法律援助案件", "indicator": "legal_aid.cases"}
        first = ["全年办理法律援助案件", count(x, "件", **name), "。"]
        second = ["办理法律援助案件", count(y, "件", **name), "。"]
        if near == "span": second = ["截至上半年办理法律援助案件", count(y, "件", **name), "。"]
        if near == "place": second = ["城关街道办理法律援助案件", count(y, "件", scope="城关街道", **name), "。"]
        return first + [None if near != "body" else ""] + second

MAKERS = {"rate": ["rate_share", "rate_word", "rate_each"], "sum": ["sum_total", "sum_rest"], "subset": ["subset"],
          "growth": ["growth"], "difference": ["difference"], "grim": ["grim"], "list": ["list_"], "target": ["target"],
          "conflict": ["conflict"]}

def document(m, pieces, name):
    """Text, outline and facts of a report that holds the statement."""
    r = m.r
    text, facts, segs, sents = "", [], [], []
    def put(s):
        nonlocal text
        text += s
    def size(): return len(text.encode())
    def line(pieces, kind, role):
        start = s = size()
        for x in pieces:
            if isinstance(x, Fact):
                b = size(); put(x.surface())
                unit = {"件": "件"}.get(x.unit, x.unit)
                measure = x.more.get("measure") or words
                facts.append(dict(at=[b, size()], kind=x.kind, value=x.value(), high=None, digits=x.digits, scale=x.scale,
                    unit=unit, bound=x.more.get("bound", "exact"), change=x.more.get("change", "level"),
                    modality=x.more.get("modality", "actual"), measure=measure or None, measure_at=None,
                    indicator=x.more.get("indicator"), scope=x.more.get("scope"), period=x.more.get("period", "2023"),
                    segment=len(segs), rule=None))
                words = ""
            else:
                words = x.strip("，,、。；：（其中")
                put(x)
                if x.endswith(("。", "；")): sents.append([s, size(), len(segs)]); s = size()
        if s < size(): sents.append([s, size(), len(segs)])
        segs.append((dict(at=[start, size()], kind=kind, level=0, mark=None, up=-1), role))
        put("\n")
    title = "云岭县2023年法治政府建设工作报告"
    line([title], "title", "formal")
    if None in pieces:
        k = pieces.index(None)
        line(pieces[:k], "paragraph", "overview"); pieces = pieces[k + 1:]
    body = []
    for _ in range(r.randint(0, 2)): body += m.filler("，")
    start = len(body)
    body += pieces
    for _ in range(r.randint(0, 2)): body += m.filler("，")
    line(body, "paragraph", "achievement")
    none = {"value": None, "at": None}
    return dict(doc={"path": name}, text=text, segments=[s for s, _ in segs], sentences=sents,
        labels=[dict(topic=None, role=role, score=1.0) for _, role in segs],
        about=dict(period=dict(value="2023", start="2023-01-01", end="2023-12-31", part_year=False, at=None), title=none), facts=facts)

def main():
    p = argparse.ArgumentParser()
    p.add_argument("-n", type=int, default=200)
    p.add_argument("-s", type=int, default=1)
    p.add_argument("-v", action="store_true")
    p.add_argument("--pipeline", action="store_true")
    o = p.parse_args()
    m = Maker(random.Random(o.s))
    plan, records = [], []
    for kind, makers in MAKERS.items():
        for label in ("wrong", "right", "near"):
            made = 0
            while made < o.n:
                maker = makers[made % len(makers)]
                pieces = getattr(m, maker)(label)
                if pieces is None or any(isinstance(x, Fact) and x.digits in ("None", "0") for x in pieces): continue
                plan.append((kind, label, maker))
                records.append(document(m, pieces, "%06d.txt" % len(records)))
                made += 1
    if o.pipeline:
        with tempfile.TemporaryDirectory() as d:
            for r in records: open(os.path.join(d, r["doc"]["path"]), "w").write(r["text"])
            chain = [p for p in ("segment", "classify", "extract", "audit") if os.access("bin/" + p, os.X_OK)]
            out = subprocess.run("bin/decode -q %s" % d + "".join(" | bin/%s -q" % p for p in chain), shell=True,
                stdout=subprocess.PIPE, check=True).stdout
    else:
        stream = pack({"gongwen": 1, "via": []}) + b"".join(map(pack, records)) + pack({"end": len(records), "failed": 0, "read": len(records)})
        out = subprocess.run(["bin/audit", "-q"], input=stream, stdout=subprocess.PIPE, check=True).stdout
    got, i = [], 0
    while i < len(out):
        v, i = unpack(out, i)
        if "doc" in v: got.append(v)
    assert len(got) == len(records), (len(got), len(records))
    seen, false = defaultdict(Counter), Counter()
    for (kind, label, maker), r in zip(plan, got):
        found = r["findings"]
        no = [f for f in found if f["holds"] == "no"]
        if label == "wrong":
            hit = any(f["kind"] in (kind, "grim") for f in no)
        elif label == "right":
            hit = any(f["kind"] == kind and f["holds"] in ("yes", "rounding") for f in found) or kind in ("grim", "conflict")
        else:
            hit = True
        bad = [f for f in no if label != "wrong" or f["kind"] not in (kind, "grim")]
        seen[kind, label][hit] += 1
        false[kind] += len(bad) > 0
        if o.v and (not hit or bad):
            print("%s %s %s: %s" % ("accused" if bad else "missed", label, maker, r["text"].split("\n", 1)[1].strip()))
            for f in found: print("      ", f["kind"], f["holds"], f["message"]["zh"])
    print("kind         wrong found  right confirmed  falsely accused (of %d)" % (3 * o.n))
    failed = 0
    for kind in MAKERS:
        w, g = seen[kind, "wrong"], seen[kind, "right"]
        print("%-12s %11.3f %16.3f %16d" % (kind, w[True] / o.n, g[True] / o.n, false[kind]))
    total = sum(false.values())
    for kind in MAKERS:
        recall = seen[kind, "wrong"][True] / o.n
        for name, ok, why in (("recall", recall >= .95, "%.3f" % recall), ("precision", not false[kind], "%d accused" % false[kind])):
            failed += not ok and not o.pipeline
            print("%s audit-plants %s %s%s" % ("ok" if ok else "not ok", kind, name, "" if ok else ": " + why))
    return 1 if failed else 0

sys.exit(main())
