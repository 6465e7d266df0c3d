"""A sentence's clauses and what each of them does: order, aim, follow from the one before, state, or only lead in.

A clause is read from its head: joining words, adverbs and times are stepped over, a prepositional phrase or a subject
is passed to the verb behind it. The verb's class and a modal before it say what the clause does.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ..cues import cues
from .actors import acts
from .binding import BARE, bound_before, long_predicate, modal_within, need, predicate
from .lexicon import heads, lexicon
from .phrases import has_done, light_verb, past_place, way
from .verbs import actor_end, first_verb, last_verb, noun_verb, verb_of

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
_CLASSES: dict[str, Kind] = {
    "do": "order", "vague": "order", "aim": "aim", "so_that": "consequence", "state": "state",
}
_LABEL = 8               # 项目实施: what the rest of the sentence is about
_TOPIC = 4               # 管理方面, 宣传专刊: what the next clause is about
_NAMED = ("要求", "标准", "目标", "措施", "精神", "部署", "规定", "方针", "原则", "办法", "情况")      # what an order may end with: 落实节约要求
_BODIES = ("单位", "部门", "机构", "人员", "主体", "小组", "中心")
_PLACING = tuple("在对于从向与和同由")     # 在开发区布局: no verb stands right behind these
_HANDED = re.compile(r"[一-龥](?:于|在)[0-9一-龥]{1,10}(?:前|日|底|内)(报|交|送)(?=[一-龥]{2})")
_BY = re.compile(r"等?(?:多种|各种|不同)?(?:形式|方式|途径|渠道|手段|载体)(?!多样)")
_ARRANGED = ("安排", "计划", "文件", "通知", "意见", "方案", "部署", "反馈", "显示", "统计", "测算", "预测", "调查")
_DEALS = ("对", "对于", "针对")
_SPOKEN = re.compile(r"[^,、的]{0,6}的[^,的]{2,10}?(?:都|均|全部|要|应|须|由)(?=[以由按在进实纳要])")
_DRIVES = ("加快", "加速", "加大")
_PACE = ("进度", "步伐", "进程", "速度", "节奏", "力度")
_SEEKS = ("探索", "研究")
_MEANT_DE = ("全方位", "更好", "更加", "积极", "认真", "切实", "深入", "充分", "有效", "及时", "科学", "合理", "主动", "努力", "严格", "扎实", "广泛")
_EVERY = re.compile(r"(?:每个?(?:[年月周季天日旬]|季度|学期|学年)|今年|全年|平时)\Z")
_THINGS = ("管理", "建设", "服务", "治理", "生产", "经营")      # what a title is about
_THEN_TAKES = re.compile(r"[前日内后底旬](?=[将把][一-龥《“])")
_HOW = ("严格", "严肃", "严厉", "认真")
_TAKES = tuple("按将把")
_MANNER = ("严格", "加快", "严肃", "认真", "抓紧")
_OFFICES = tuple("部科处室股组站队员")
_STEPS = 12              # words stepped over before the head, at most


def _has(name: str, view: str, start: int, end: int) -> bool:
    return cues("clauses").has(name, view, start, end)


def _leads_in(view: str, at: int, end: int) -> bool:
    return _has("phrase-end", view, max(at, end - 4), end)


def clauses(view: str, start: int, end: int) -> Iterator[Clause]:
    """The clauses of the sentence `view[start:end]`, cut at commas and colons outside brackets and quotation marks."""
    for piece in _PIECE.finditer(view, start, end):
        low, high = piece.span()
        while low < high and view[low] in " \t*#—-·":
            low += 1
        if low < high:
            labels = high - low <= _LABEL and view[high:high + 1] == ":" and modal_within(view, low, high) < 0
            yield Clause(low, high, "phrase") if labels else _read(view, low, high)


def _final(view: str, end: int) -> bool:
    """Whether no other clause follows."""
    return view[end:end + 1] not in (",", ":")


def _read(view: str, start: int, end: int) -> Clause:
    at, modal, effort, ours = _to_head(view, start, end)
    if at >= end and not modal:
        return Clause(start, end, "phrase")
    forbids = cues("clauses").pattern("prohibits").search(view, start, end)
    if forbids:
        who = (at, forbids.start()) if forbids.start() > at and acts(view[at:forbids.start()]) else None
        return Clause(start, end, "order", first_verb(view, forbids.start() + 2 if who else at, end), who, True, True)
    if not modal and not _final(view, end) and view[end - 1] == "的" and "是" not in view[at:end]:      # 逾期不改的,
        return Clause(start, end, "phrase")
    if at < end and view[at] in "把将" and lexicon("do").at(view, at, end) < 2:
        verb = last_verb(view, at + 2, end) or first_verb(view, at + 2, end)
        return Clause(start, end, "order", verb, None, True, effort, taken=(at + 1, verb[0]) if verb else None)
    if not modal and (cues("clauses").match("fact", view, at, end) or _has("divides", view, at, end)):
        return Clause(start, end, "other", None, (at, end), thing=True)
    head = heads().at(view, at, end)
    plain = head[0] not in ("do", "vague", "aim") or view[at:at + head[1]] in lexicon("noun")
    if not modal and plain and modal_within(view, at, end) < 0 and cues("clauses").match("joined", view, at, end):
        return Clause(start, end, "phrase")
    meanwhile = view.find("的同时", at, end - 4)
    if meanwhile > at:
        return replace(_read(view, meanwhile + 3, end), start=start)
    asked = _asked(view, start, at, end, effort)
    if asked is not None:
        return asked
    if not modal and not _final(view, end) and _has("frame", view, max(start, end - 8), end):
        return Clause(start, end, "phrase")
    name, length, _, _ = head
    if name == "preposition" and view[at:at + length] == "每" and length == 1:      # 每位教师要…
        each = _with_subject(view, start, at, end, ours, effort, modal)
        if each.kind != "other":
            return each
    if name == "preposition":
        return _after_phrase(view, start, at, at + length, end, modal, effort)
    if name == "aim" or view[at:at + length] in lexicon("keeps"):
        if cues("clauses").match("keeps", view, at, end) and not bound_before(view, start, at):
            return Clause(start, end, "aim", (at, at + length), None, modal, effort, thing=True)
    if length and not (modal or effort) and view[at:at + length] in lexicon("noun"):
        noun = _noun_first(view, start, at, at + length, end, ours)
        if noun is not None:
            return noun
    kind = _CLASSES.get(name)
    if kind is not None and _body_acts(view, at, at + length, end):
        return _with_subject(view, start, at, end, ours, effort, modal)      # 承办单位要定期检查
    if kind is not None and kind != "state" and view.startswith("的", at + length):      # 改建的水厂两座
        return Clause(start, end, "other", None, (start, end), thing=True)
    if kind is not None:
        if not modal and has_done(view, at, at + length, end):
            return Clause(start, end, "other", (at, at + length))
        later = cues("clauses").match("after-that", view, at, end) if not modal else None
        if later:
            rest = _read(view, later.end(), end)
            return replace(rest, start=start, effort=True)
        return Clause(start, end, kind, (at, at + length), None, modal, effort, name == "vague")
    if modal and cues("clauses").match("stative", view, at, end):
        return Clause(start, end, "state", None, None, True)
    return _with_subject(view, start, at, end, ours, effort, modal)



def _body_acts(view: str, at: int, after: int, end: int) -> bool:
    """Whether what looks like a verb is the first part of a name that is followed by what is to be done: 责任单位负责…, 宣传部要…."""
    if view.startswith(_BODIES, after):
        return modal_within(view, after, end) >= 0 or view[at:after] in lexicon("role") and long_predicate(view, after + 2, end)
    if view[after:after + 1] not in _OFFICES or view[at:after] not in lexicon("noun"):
        return False
    return long_predicate(view, after + 1, end) or heads().at(view, after + 1, end)[2] > 0



def _noun_first(view: str, start: int, at: int, after: int, end: int, ours: bool) -> Clause | None:
    """A clause that opens with a word that may be noun or verb, where it is a noun: a topic, an office, a subject of
    which something is said; None where it is a verb."""
    spoken = _SPOKEN.match(view, after, end)
    if spoken and not ours:                    # 学习的全部内容都由…: the noun is what is spoken of
        return _with_subject(view, start, at, end, ours, False, False)
    ends = lexicon("do").at(view, end - 2, end) == 2 and view[end - 2:end] not in lexicon("noun") and after < end - 2
    if ends and at == start and view[at:after] in _THINGS and view[end:end + 1] not in (",", ":", "。", ";"):
        return Clause(start, end, "other", None, (at, after), thing=True)      # 管理机制优化
    before = max(start, at - 2)
    if view[before:at] in _HOW:                # 严格控制增量
        return None
    if view[before:at] in lexicon("do"):       # 强化服务措施, 统筹发展和安全: the word stepped over was the verb
        return Clause(start, end, "order", (before, at))
    if after < end <= at + _TOPIC and (at == start or not _final(view, end)):
        return Clause(start, end, "phrase")
    office = cues("clauses").match("office", view, at, end)
    if office and (office.end() < end or not _final(view, end)):
        return _with_subject(view, start, at, end, ours, False, False) if office.end() < end else Clause(start, end, "phrase")
    if _has("says-how", view, after, end):
        return Clause(start, end, "other", None, (at, after), thing=True)
    return None


def _to_head(view: str, start: int, end: int) -> tuple[int, bool, bool, bool]:
    """Past joining words, times, adverbs, modals and 我们 to the clause's head; whether a modal, effort, 我们 was met."""
    at, modal, effort, ours = start, False, False, False
    known = cues("clauses")
    for _ in range(_STEPS):
        if at < end and view[at] in " 、'\"":
            at += 1
            continue
        hit = known.match("time", view, at, end)
        if hit is None and (hit := known.match("we", view, at, end)):
            if view[at] == "全" and hit.end() < end and not predicate(view, hit.end(), end):
                break        # 全省粮食面积: no 我们, but a thing
            ours = True
        if hit is None and not view.startswith(("没", "未"), at) and view.find("地", at + 2, min(end, at + 12)) > 0:
            hit = known.match("manner", view, at, end)
            hit = hit if hit and predicate(view, hit.end(), end) else None
        if hit is not None:
            at = hit.end()
            continue
        bound = need(view, at, end)
        if bound:
            modal, at = True, at + bound
            continue
        _, verb, word, skip = heads().at(view, at, end)
        if word >= max(verb, 1) and not _is_ba(view, at, end, word):
            modal, at = True, at + word
            continue
        if view[at:at + skip] in _DRIVES and view[end - 2:end] in _PACE or view[at:at + skip] in _SEEKS and way(view, at + skip, end):
            break                # 加快退耕还林进度, 探索适应新形势的方式
        manner = view[at:at + skip] in _MANNER and view[at + skip:at + skip + 1] in _TAKES
        if not skip or verb >= skip and not manner and not _verb_follows(view, at + skip, end):
            break
        if skip == 1 and not predicate(view, at + 1, end):      # 少先队 is no 少 with a verb behind
            break
        effort = effort or view[at:at + skip] in lexicon("effort")
        at += skip + (view[at + skip:at + skip + 1] == "地" and predicate(view, at + skip + 1, end))
        if view[at:at + 1] == "的" and view[at - skip:at] in _MEANT_DE and (view[at + 1:at + 2] in BARE or long_predicate(view, at + 1, end)):
            at += 1          # 全方位的对…进行, 更好的开展
    return at, modal, effort, ours



def _asked(view: str, start: int, at: int, end: int, effort: bool) -> Clause | None:
    """What the plan asks of somebody: 要求各村建立台账; None where no such words stand at the head."""
    if not view.startswith("要求", at) or view[start - 1:start] == ",":
        return None
    low = at + 2
    who = actor_end(view, low, end)
    if who == low:
        return None
    rest = _read(view, who, end)
    return replace(rest, start=start, kind="order", subject=(low, who), modal=True, effort=effort)



def _is_ba(view: str, at: int, end: int, word: int) -> bool:
    """将 takes an object (as 把 does) where no verb, adverb or preposition follows it."""
    if view[at:at + word] != "将":
        return False
    follows = lexicon("do", "vague", "aim", "adverb", "state", "preposition", "modal", "so_that")
    return follows.at(view, at + 1, end) == 0


def _verb_follows(view: str, at: int, end: int) -> bool:
    return lexicon("do", "vague", "aim", "preposition").at(view, at, end) > 1


def _after_phrase(view: str, start: int, at: int, inner: int, end: int, modal: bool, effort: bool) -> Clause:
    """A clause that opens with a prepositional phrase: its verb stands behind the phrase, or in the next clause."""
    modal = modal or modal_within(view, inner, end) >= 0
    taking = _THEN_TAKES.search(view, inner, end)
    if taking:                                 # 于每月5日前将报表报送
        rest = _read(view, taking.end(), end)
        return replace(rest, start=start, modal=modal or rest.modal)
    word = view[at:inner]
    placed = word == "在" and past_place(view, inner, end) > inner
    inner = past_place(view, inner, end) if placed else inner
    if word == "通过" and (means := _BY.search(view, inner, end)) and predicate(view, means.end(), end):
        word, inner = "", means.end()
    arranged = word in lexicon("leads_in") and view[end - 2:end] in _ARRANGED and not _final(view, end)
    if arranged and not modal:
        return Clause(start, end, "phrase")
    leads_in = _leads_in(view, at, end) and not (_final(view, end) and view[end - 2:end] in _NAMED)
    purpose = word in lexicon("purpose") and (word != "为" or predicate(view, inner, end))
    if not modal and (purpose or leads_in):
        return Clause(start, end, "phrase")
    if not modal and _has("there-is", view, inner, end):
        return Clause(start, end, "state", None, (at, end))
    verb = light_verb(view, inner, end, word) or first_verb(view, inner, end, free=word not in _PLACING)
    if word in _DEALS and verb and view[slice(*verb)] in lexicon("noun") and not _final(view, end) and not modal:
        return Clause(start, end, "phrase")            # 对…中形成的统计报表,
    if not modal and word in lexicon("leads_in"):      # 通过考察、交流 leads in, 根据规定调整结构 orders
        while verb and (verb[0] == inner or end - verb[1] < 2 or view[verb[1]] == "、" or "的" in view[verb[1]:end]):
            verb = verb_of(("do", "vague"), view, verb[1], end)
        if verb is None:
            return Clause(start, end, "phrase")
    verb = None if leads_in else verb or noun_verb(view, inner if placed else inner + 2, end)
    if verb is None and word in lexicon("uses"):
        return Clause(start, end, "order", (at, inner), None, modal, effort, vague=True)
    if verb is None or not modal and _has("done", view, inner, end):
        return Clause(start, end, "order" if modal and verb is None else "phrase", None, None, modal, effort)
    if word in ("由", "从", "自") and view[verb[1] - 1] in "到至" and not modal:      # 由六处增加到九处
        return Clause(start, end, "aim", verb, None, modal, effort, thing=True)
    kind: Kind = "aim" if lexicon("aim").at(view, verb[0], verb[1]) else "order"
    effort = effort or view[verb[0] - 2:verb[0]] in lexicon("effort")
    return Clause(start, end, kind, verb, None, modal, effort, view[slice(*verb)] in lexicon("vague"))




def _with_subject(view: str, start: int, at: int, end: int, ours: bool, effort: bool, modal: bool) -> Clause:
    """A clause with a subject: an order if a modal binds it, or if somebody who can act is to do something."""
    bound = modal_within(view, at, end)
    if bound > at and _has("said", view, at, bound):
        return Clause(start, end, "state", None, (at, bound))
    if bound >= 0:
        return _bound(view, start, at, bound, end, effort)
    who = actor_end(view, at, end)
    if modal and view.startswith(("国家", "上级", "中央", "省级"), at) and view.startswith("争取", at - 2):      # 争取国家项目落户
        return Clause(start, end, "order", (at - 2, at), None, True, effort)
    if modal and who > at and verb_of(("do",), view, at, who, free=False):
        who = at
    asks = view.find("要求", at, who) if who > at else -1
    if asks > at and view[at:asks] != "或者" and not acts(view[at:asks]):      # 形势要求教师…: nobody asks
        return Clause(start, end, "state", None, (at, asks))
    if who > at:
        rest = _read(view, who, end)
    if who > at and (rest.verb is not None or rest.kind != "other"):
        return replace(rest, start=start, subject=(at, who), modal=modal or rest.modal)
    if modal and not ours and _has("hopes", view, start, at):      # 力争粮食面积恢复到…: what a thing is to become
        verb = first_verb(view, at, end)
        if verb is None and view.startswith("争取", at - 2):       # 争取上级资金
            return Clause(start, end, "order", (at - 2, at), None, True, effort)
        if _has("supply", view, at, end):                          # 保证缺水村组的饮水供应
            return Clause(start, end, "order", (at - 2, at), None, True, effort)
        return Clause(start, end, "aim", verb, (at, end), True, effort, thing=True)
    verb = first_verb(view, at, end)
    handed = _HANDED.search(view, at, end) if verb is None else None
    if handed:                                                     # 总结于12月20日前报县水务局
        return Clause(start, end, "order", handed.span(1), None, modal, effort, thing=True)
    through = view.find("通过", at + 2, end)
    if verb is None and not modal and 0 < through < end - 2 and not _final(view, end):      # 账目通过公示栏,
        return Clause(start, end, "phrase", None, (at, through))
    if verb is None and modal and at < end:
        return Clause(start, end, "order", None, None, True, effort)
    if verb is None or _has("done", view, at, end):
        return Clause(start, end, "other", None, None, modal, thing=True)
    able = ours or modal
    regular = end - verb[1] >= 2 and view[verb[0] - 2:verb[0]] in lexicon("adverb") and view[slice(*verb)] not in lexicon("aim")
    plain = view[slice(*verb)] in lexicon("transfer") or able or regular      # 图书角定期更新图书
    return Clause(start, end, "order" if plain else "other", verb, (at, verb[0]), modal, effort, thing=not able)


def _bound(view: str, start: int, at: int, bound: int, end: int, effort: bool) -> Clause:
    """A clause whose modal stands at `bound`, behind a subject."""
    after, _, more, _ = _to_head(view, bound, end)
    if after < end and view[after] in "把将" and lexicon("do").at(view, after, end) < 2 and after > bound:
        return replace(_read(view, after, end), start=start, subject=(at, bound) if bound > at else None, modal=True)
    name, length, _, _ = heads().at(view, after, end)
    subject = (at, bound) if bound > at else None
    if name == "state":
        return Clause(start, end, "state", (after, after + length), subject, True)
    if not name and cues("clauses").match("stative", view, after, end):
        return Clause(start, end, "state", None, subject, True)
    verb = (after, after + length) if name in ("do", "vague", "aim") else first_verb(view, after, end)
    taken = None
    if name == "preposition":
        taken = _after_phrase(view, start, after, after + length, end, True, effort).taken
        verb = None if _leads_in(view, after, end) else _after_phrase(view, start, after, after + length, end, True, effort).verb
    thing = subject is not None and not acts(_EVERY.sub("", view[at:bound]))
    foretold = thing and view[bound] == "将"
    kind: Kind = "aim" if foretold or name in ("aim", "so_that") else "order"
    return Clause(start, end, kind, verb, subject, True, effort or more, name == "vague", thing, taken)

