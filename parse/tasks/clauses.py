"""A sentence's clauses and what each of them does: order, aim, follow from the one before, state, or only lead in.

A clause is read from its head: joining words, adverbs and times are stepped over, a prepositional phrase or a subject
is passed to the verb behind it. The verb's class and a modal before it say what the clause does.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .actors import acts
from .lexicon import heads, lexicon

Kind = Literal["order", "aim", "consequence", "state", "phrase", "other"]


@dataclass(frozen=True, slots=True)
class Clause:
    """`verb` is the span of the main verb; `subject` what stands before it; `vague`, `effort`, `modal` qualify it."""

    start: int
    end: int
    kind: Kind
    verb: tuple[int, int] | None = None
    subject: tuple[int, int] | None = None
    modal: bool = False
    effort: bool = False
    vague: bool = False
    thing: bool = False      # its subject is a thing, not somebody
    taken: tuple[int, int] | None = None     # what 把 or 将 takes before the verb


_PIECE = re.compile(r"(?:\([^()\n]{0,200}\)|“[^“”\n]{0,120}”|《[^《》\n]{0,80}》|[^,;:。!?\n])++")
_TIME = re.compile(
    r"(?:到|在|至|于|从|自|截至|力争)?(?:20[0-9xX]{2}年|19\d\d年|[一二][〇零九八][〇零一二三四五六七八九]{2}年|[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:\d{1,2}日)?)(?:底|末|前|初|度|起|内|[上中下]旬)*之?前?"
    r"|过去的?[一两三五几]年|每(?:[两三四五六半\d]个?)?(?:天|日|周|旬|月|季度|季|学期|学年|半年|年)(?:年?[底末初]|\d{1,2}[日号]|[一二三四五六日](?=[,集召对]))?"
    r"|(?:今|明|本|新的一|全)年(?:年?度)?[底初末内中]?|年[内底终]前?时?|期间|第?[一二三四]阶段"
)
_WE = re.compile(
    r"(?:我们|我[省市县区乡镇村州盟旗院校局委部司行会厅站所中厂园队科处社]+|全[省市县区乡镇村州盟旗院校局党社国体]+(?:上下)?|各位|大家|本[届级校院村镇乡区]+)(?:也|还|都|就)?"
)
_MANNER = re.compile(r"(?:[一-龥]{2,4}[、而和又]){0,3}[一-龥]{2,4}地(?=[做抓开搞推进办解完建加落实组执提处发调研参学利运])")
_OFFICE = re.compile(r"[一-龥]{2}[一-龥]{0,8}?(?:部门|机关|机构|单位|系统|战线|委员会|小组|中心|协会)(?=[把将对要会在由须应及和与、,]|$)")
# Where these end a clause, it is a phrase that only leads in to the next.
_PHRASE_END = re.compile(
    r"(?:基础上|前提下|领导下|指导下|支持下|要求|原则|精神|部署|规定|思路|方针|标准|目录|目标|契机|抓手|重点|主线|主题|核心|中心|导向|目的|载体|龙头|先导|"
    r"保障|突破口|引领|依托|方式|形式|办法|途径|手段|等|时候|需要|[上下中里后前时内外]|方面|期间|过程中|同时|之际|起|来看|来说|而言|情况|实际|条件|程序|步骤|措施|为重点|为主|为辅)\Z"
)
_LEADS_IN = frozenset(("通过", "围绕", "紧紧围绕", "紧密围绕", "结合", "紧密结合", "针对", "根据", "按照", "依照", "遵照", "依据", "本着", "以", "立足",
                       "立足于", "着眼", "着眼于", "沿着", "随着", "凭借", "经过", "除", "除了", "当"))
_PURPOSE = frozenset(("为", "为了", "为着"))
_USES = frozenset(("利用", "充分利用", "借助", "依托", "依靠"))
_HOPES = re.compile(r"(?:力争|争取|确保|保证)\s?\Z")
_SAID = re.compile(r"(?:提出|要求|强调|指出|规定|号召|认为|表示|需要|呼唤|决定了)\Z")
# Verbs that are mostly nouns in the middle of a clause.
NOUNS = frozenset("建设 发展 管理 服务 教育 培训 经营 保护 改革 开发 研究 治理 学习 规划 计划 组织 领导 保障 供给 监督 检查 整治 改造 投入 合作 "
                   "交流 宣传 创新 养殖 种植 奖励 指导 设计 布局 统筹 应用 登记 考核 监测 监管 防控 防治 示范 试点 试验 实验 实践 维修 流转 审批 "
                   "审计 统计 信访 补贴 补助 储备 供应 开放 增加 减少 生产 应急 值班 配送 安置 安装 救助 帮扶 扶贫 执法 采购 招商 招标 调查 活动 "
                   "处理 处置 处分 评价 评估 代表 报告 总结 通报 转移 转化 转型 升级 融合 落户 参与 利用 使用 控制 调整 调节 执行 运用 记录 更新 "
                   "展示 展览 比赛 演出 表演 联系 整理 清洁 美化 绿化 关怀 关爱 节能 减排 防汛 抗旱 达标 就业 上市 融资 播种 收割 灌溉".split())
_LABEL = 8               # 项目实施: what the rest of the sentence is about
_TOPIC = 4               # 管理方面, 宣传专刊: what the next clause is about
_CLASSES = {"so_that": "consequence"}
_DONE = re.compile(r"了(?<!为了)(?<!除了)(?!解|如|然)|已经?[^,]|取得|得到(?!落实)|有所")
# 供给安全可靠, 教育事业全面发展: a noun that could be a verb, and what becomes of it.
_SAYS_HOW = re.compile(
    r"(?:更加|更|显著|明显|不断|进一步|基本|全面|持续|稳步|日益|大幅|逐步|得到|取得|安全|高效|普遍|加快|更为)[^,;。]{0,6}\Z|[率值][^,;。]{0,12}\Z"
)
# 他们总是要…, 这是必须…的问题: told of somebody or something, not asked.
_TELLS = re.compile(r"是(?!否)|他们|它们?|有些人|有的|敌人|比|可能|也许")
_STATIVE = re.compile(
    r"[高大多少好快慢低小强难远久长](?:得|于|些|一[些点]|[,。;]|\Z)|比|很|更|最|不同|不会|会(?![同商诊计议展面见合])|可能|能(?![源力])|成为|变得|"
    r"有(?![序效力关机计重组步针条])|相信|知道|懂得|想到|说|是|经历|遇到|碰到|面对"
)
_PROHIBITS = re.compile(r"不再(?:保留|设|新|审批|安排|承担|受理|列|办|批|实行|执行)|不得|不准|不许|严禁|禁止|切忌|决不能|绝不能|不允许|杜绝|不能(?=为|以|把|在|让|再|搞|随|用|只|超)")


def clauses(view: str, start: int, end: int) -> Iterator[Clause]:
    """The clauses of the sentence `view[start:end]`, cut at commas and colons outside brackets and quotation marks."""
    for piece in _PIECE.finditer(view, start, end):
        low, high = piece.span()
        while low < high and view[low] in " \t*#—-·":
            low += 1
        if low < high:
            labels = high - low <= _LABEL and view[high:high + 1] == ":" and _modal_within(view, low, high) < 0
            yield Clause(low, high, "phrase") if labels else _read(view, low, high)


def _read(view: str, start: int, end: int) -> Clause:
    at, modal, effort, ours = _to_head(view, start, end)
    if _PROHIBITS.search(view, start, end):
        return Clause(start, end, "order", _first_verb(view, at, end), None, True, True)
    head = _head(view, at, end)
    length = head[1]
    if head[0] == "ba":
        verb = _first_verb(view, at + 1, end)
        return Clause(start, end, "order", verb, None, True, effort, taken=(at + 1, verb[0]) if verb else None)
    if head[0] == "preposition":
        return _after_phrase(view, start, at, at + length, end, modal, effort)
    if end - at <= _TOPIC and view[at:at + length] in NOUNS and not (modal or effort) and at + length < end:
        return Clause(start, end, "phrase")
    if view[at:at + length] in NOUNS and not (modal or effort) and (office := _OFFICE.match(view, at, end)):
        return _with_subject(view, start, at, end, ours, effort, modal) if office.end() < end else Clause(start, end, "phrase")
    if head[0] in ("do", "vague", "aim", "consequence", "state"):
        if view[at:at + length] in NOUNS and not (modal or effort) and _SAYS_HOW.search(view, at + length, end):
            return Clause(start, end, "other", None, (at, at + length), thing=True)
        if _DONE.search(view, at, end) and not modal:
            return Clause(start, end, "other", (at, at + length))
        kind: Kind = "order" if head[0] in ("do", "vague") else head[0]  # type: ignore[assignment]
        return Clause(start, end, kind, (at, at + length), None, modal, effort, head[0] == "vague")
    if modal and _STATIVE.match(view, at, end):
        return Clause(start, end, "state", None, None, True)
    return _with_subject(view, start, at, end, ours, effort, modal)


def _to_head(view: str, start: int, end: int) -> tuple[int, bool, bool, bool]:
    """Past joining words, times, adverbs, modals and 我们 to the clause's head; whether a modal, effort, 我们 was met."""
    at, modal, effort, ours = start, False, False, False
    for _ in range(12):
        if at < end and view[at] in " 、'\"":
            at += 1
            continue
        hit = _TIME.match(view, at, end) or _WE.match(view, at, end)
        if hit and (hit.re is _TIME or view[at] != "全" or hit.end() == end or _predicate(view, hit.end(), end)):
            ours = ours or hit.re is _WE
            at = hit.end()
            continue
        if view.find("地", at + 2, min(end, at + 12)) > 0 and (manner := _MANNER.match(view, at, end)):
            at = manner.end()
            continue
        _, verb, word, skip = heads().at(view, at, end)
        if word >= max(verb, 1) and not _is_ba(view, at, end, word):
            modal, at = True, at + word
            continue
        if not skip or verb >= skip and not _verb_follows(view, at + skip, end):
            break
        effort = effort or view[at:at + skip] in lexicon("effort")
        at += skip
    return at, modal, effort, ours


def _predicate(view: str, at: int, end: int) -> bool:
    return lexicon("do", "vague", "aim", "adverb", "preposition", "modal", "state").at(view, at, end) > 0


def _is_ba(view: str, at: int, end: int, word: int) -> bool:
    """将 takes an object (as 把 does) where no verb, adverb or preposition follows it."""
    if view[at:at + word] != "将":
        return False
    follows = lexicon("do", "vague", "aim", "adverb", "state", "preposition", "modal", "so_that")
    return follows.at(view, at + 1, end) == 0


def _verb_follows(view: str, at: int, end: int) -> bool:
    return lexicon("do", "vague", "aim", "preposition").at(view, at, end) > 1


def _head(view: str, at: int, end: int) -> tuple[str, int]:
    """The class of the word at the clause's head, and its length."""
    if at < end and view[at] in "把将" and lexicon("do").at(view, at, end) < 2:
        return "ba", 1
    kind, length, _, _ = heads().at(view, at, end)
    return _CLASSES.get(kind, kind), length


def _after_phrase(view: str, start: int, at: int, inner: int, end: int, modal: bool, effort: bool) -> Clause:
    """A clause that opens with a prepositional phrase: its verb stands behind the phrase, or in the next clause."""
    modal = modal or _modal_within(view, inner, end) >= 0
    word = view[at:inner]
    purpose = word in _PURPOSE and (word != "为" or _predicate(view, inner, end))
    if not modal and (purpose or _PHRASE_END.search(view, max(at, end - 4), end)):
        return Clause(start, end, "phrase")
    verb = _first_verb(view, inner, end)
    if not modal and word in _LEADS_IN:      # 通过考察、交流 leads in, 根据规定调整结构 orders
        verb = _verb_of(("do", "vague"), view, verb[1], end) if verb and verb[0] == inner else verb
        if verb is None or end - verb[1] < 2 or view[verb[1]] == "、" or "的" in view[verb[1]:end]:
            return Clause(start, end, "phrase")
    if modal and _PHRASE_END.search(view, max(at, end - 4), end):
        verb = None
    if verb is None and not _PHRASE_END.search(view, max(at, end - 4), end):
        verb = _noun_verb(view, inner + 2, end)
    if verb is None and view[at:inner] in _USES:
        return Clause(start, end, "order", (at, inner), None, modal, effort, vague=True)
    if verb is None or _DONE.search(view, inner, end) and not modal:
        return Clause(start, end, "order" if modal and verb is None else "phrase", None, None, modal, effort)
    kind: Kind = "aim" if lexicon("aim").at(view, verb[0], verb[1]) else "order"
    return Clause(start, end, kind, verb, None, modal, effort, view[slice(*verb)] in lexicon("vague"))


def _with_subject(view: str, start: int, at: int, end: int, ours: bool, effort: bool, modal: bool) -> Clause:
    """A clause with a subject: an order if a modal binds it, or if somebody who can act is to do something."""
    bound = _modal_within(view, at, end)
    if bound > at and (_SAID.search(view, at, bound) or _TELLS.search(view, at, bound)):
        return Clause(start, end, "state", None, (at, bound))
    if bound >= 0:
        return _bound(view, start, at, bound, end, effort)
    who = actor_end(view, at, end)
    if who > at:
        rest = _read(view, who, end)
        return replace(rest, start=start, subject=(at, who), modal=modal or rest.modal)
    if modal and not ours and _HOPES.search(view, start, at):      # 力争粮食面积恢复到…: what a thing is to become
        return Clause(start, end, "aim", _first_verb(view, at, end), (at, end), True, effort, thing=True)
    verb = _first_verb(view, at, end)
    if verb is None and modal and at < end:
        return Clause(start, end, "order", None, None, True, effort)
    if verb is None or _DONE.search(view, at, end):
        return Clause(start, end, "other", None, None, modal, thing=True)
    able = ours or modal
    plain = view[slice(*verb)] in lexicon("transfer") or able
    return Clause(start, end, "order" if plain else "other", verb, (at, verb[0]), modal, effort, thing=not able)


def _bound(view: str, start: int, at: int, bound: int, end: int, effort: bool) -> Clause:
    """A clause whose modal stands at `bound`, behind a subject."""
    after, _, more, _ = _to_head(view, bound, end)
    name, length = _head(view, after, end)
    subject = (at, bound) if bound > at else None
    if name == "state":
        return Clause(start, end, "state", (after, after + length), subject, True)
    verb = (after, after + length) if name in ("do", "vague", "aim") else _first_verb(view, after, end)
    if name == "preposition" and _PHRASE_END.search(view, max(after, end - 4), end):
        verb = None
    if not name and _STATIVE.match(view, after, end):
        return Clause(start, end, "state", None, subject, True)
    thing = subject is not None and not acts(view[at:bound])
    foretold = thing and view[bound] == "将"
    kind: Kind = "aim" if foretold or name in ("aim", "consequence") else "order"
    return Clause(start, end, kind, verb, subject, True, effort or more, name == "vague", thing)


def actor_end(view: str, at: int, end: int) -> int:
    """Where a subject that can act ends: the last place within reach where a name ends and a predicate begins."""
    predicate = lexicon("do", "vague", "aim", "adverb", "preposition", "modal")
    found = at
    for place in range(at + 1, min(end, at + 40)):
        if view[place] in "把将对由在要为":
            step = 1
        else:
            step = predicate.at(view, place, end)
        if step and (step > 1 or view[place] in "把将对在要为") and view[place:place + step] not in NOUNS and acts(view[at:place]):
            return place
    return found


_MODAL = re.compile(
    r"要(?<!主要)(?<!重要)(?<!只要)(?<!首要)(?<!纲要)(?<!必要)(?<!摘要)(?<!简要)(?<!概要)(?<!次要)(?<!需要)(?!求|素|点|害|么|闻|领|件|道|务|不得|是|义)"
    r"|必须|务必|应当|应该|(?<=[\u4e00-\u9fff)])应(?=[按予在及把积加严建根与为由有以做从不继安设立主认])(?<!响应)(?<!供应)(?<!相应)|力争|争取|确保|决心|打算|拟(?=[在对将新建开组举](?!定为))|设想|"
    r"将(?=(?:继续|进一步|在|于|按照|以|组织|开展|加|努力|着力|对|为|把|从|通过|全面|全力|认真|大力|积极|重点|坚持|紧|有计划|建|投|由|推|实施|启动|举))"
    r"|(?<=[们府会局司委心])将(?![军士帅近])"
)


def _modal_within(view: str, at: int, end: int) -> int:
    hit = _MODAL.search(view, at, end)
    return hit.start() if hit else -1


def _first_verb(view: str, at: int, end: int) -> tuple[int, int] | None:
    """The first verb of doing at or after `at`, else of aiming; words that are mostly nouns count only behind an
    adverb."""
    return _verb_of(("do", "vague"), view, at, end) or _verb_of(("aim",), view, at, end)


def _noun_verb(view: str, at: int, end: int) -> tuple[int, int] | None:
    """The first verb that is mostly a noun but has an object or ends the clause: 在两个村建设站点, 向学生开放."""
    words = lexicon("do")
    while at < end:
        length = words.at(view, at, end)
        if length > 1 and (at + length == end or end - at - length >= 2 and view[at + length] not in "的、和与及工"):
            return at, at + length
        at += max(length, 1)
    return None


def _verb_of(classes: tuple[str, ...], view: str, at: int, end: int) -> tuple[int, int] | None:
    words, adverbs = lexicon(*classes), lexicon("adverb", "modal")
    free = True
    while at < end:
        step = adverbs.at(view, at, end)
        length = words.at(view, at, end)
        if length and length >= step and (free or view[at:at + length] not in NOUNS and length > 1) \
                and not view.startswith("的", at + length):
            return at, at + length
        free = step > 1
        at += max(step, length, 1) if step > 1 or length > 1 else 1
    return None
