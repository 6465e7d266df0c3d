"""Where numbers with a unit stand: digits, scale, unit and comparator put together, nothing judged yet."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..numerals import CJK_DIGIT, FRACTION, MORE, NUMBER, SCALE, digits, fraction, number
from .words import Unit, comparators, units

# As the first plans were printed: digits for places (四〇六万千瓦) and a middle dot for the point (百分之一·二).
_SPELLED = f"{CJK_DIGIT}{{3,7}}+(?:·{CJK_DIGIT}{{1,4}})?(?:千?[万亿])?(?!年)|{CJK_DIGIT}{{1,2}}·{CJK_DIGIT}{{1,4}}[万亿]?"
_NUMBER = re.compile(
    rf"(?<=[\u4e00-\u9fff])(?<![第表图栏条款项年月日号])"
    rf"(?P<spaced>[1-9][0-9]{{0,2}}(?: [0-9]{{3}}){{1,3}}(?![0-9])(?:\.[0-9]{{1,4}})?{SCALE}?)(?=[\u4e00-\u9fff%‰])"
    rf"|(?P<cases>[0-9]{{1,6}}(?:\.[0-9]{{1,3}})?(?=/(?:10{{0,3}}|[十百])?万))"
    rf"|百分之(?P<dotted>[百零〇一二三四五六七八九十]{{1,5}}·{CJK_DIGIT}{{1,4}})|(?P<spelled>{_SPELLED})|(?P<share>{FRACTION}|两成(?![立为员分果功本熟绩长都就效套品年人交型语]))|(?P<number>{NUMBER})|(?P<half>半)(?=小时|个小时|个月|天)"
    r"|(?P<full>百分百)(?=达标|覆盖|合格|落实|完成|到位|实现|持证|参保|整改|办结|知晓|签订|建档|入学|到岗|[,。;])"
    r"|(?<=[破过超近达])(?P<bare>[百千万]亿|[百千]万)(?=美?元|人次|吨|斤)|(?<=[过超近])(?P<over>半)(?=[,。;、数以])"
)
_TRIGGER = re.compile("[0-9〇零一二两三四五六七八九十廿卅卌壹贰叁肆伍陆柒捌玖拾百千万半]")
_MORE = re.compile(MORE)
_SCALE = re.compile("万亿|百万|千万|亿|万|千|百")
_OWN_SCALE = re.compile("[万亿千百]+$")
_NO_WORD = frozenset("第.=+*/#_@&'·$")
_SHARES = frozenset("%‰倍")
_LONGEST = 30       # characters; what is longer is no number of a plan
_CUT_OFF = frozenset("几数零百千万亿第")     # before a Chinese numeral: the run began earlier, or has no value (几十)
_GREAT = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_LATIN = re.compile("[A-Za-z]")
_FREE = re.compile("(至少|最少|起码|不少于|不低于)([\u4e00-\u9fff]{1,6})$")
# A share of something, and the comparator before what it is a share of: 不低于上年支出的5%.
_SHARE_OF = re.compile("(不低于|不少于|不超过|不高于|不得低于|不得高于|不得超过|不得少于|至少|超过|高于|低于|大于|小于)([^,。;:!?\n0-9()]{1,24}的)$")
_SHARE_REACH = 34
_NEGATIVE = re.compile("[\u4e00-\u9fff(:]-$")
_LATIN_NAME = re.compile("(?<![A-Za-z])(?:GDP|CPI|PPI|FDI|R&D)$")      # GDP19.9亿元
_FORMULA = re.compile("[0-9][人户元个名]?[×xX*][0-9]{1,8}元?=$")      # 260人×300=78000元
_COMPARES = re.compile("[比较][^,。;:]{1,36}$")
_EACH = re.compile("/(?:人|户|亩|工日?|天|日|小时|时|分钟|月|年|季度|周|次|台|只|头|株|平方米|平方公里|立方米|公里|米|吨|班|床|套|车|村|校|生)(?![一-龥])|/(?:小时|工日?|天|平方米)")
_FOLLOWS = frozenset(" 多余来好几万亿千百-~至到") | frozenset(word[0] for word in units())
_ASCII = frozenset("0123456789")
PLAIN = Unit("", None, "plain", None, None)     # no unit, no scale: 0.4
COUNTED = Unit("", None, "scaled", None, None)  # no unit but a scale: 32.5万


@dataclass(slots=True)
class Token:
    """A number with what belongs to it. `[start, end)` takes in the comparators, `[low, high)` number and unit alone."""

    start: int
    end: int
    low: int
    high: int
    value: Decimal
    unit: Unit
    unit_text: str
    digits: bool             # written in Arabic digits
    scale: Decimal = Decimal(1)
    op: str = "eq"
    words: str = ""          # the comparators as written, for the reasons
    value_high: Decimal | None = None
    verb: int = 0            # where a verb between comparator and number begins (至少|举办|4次), 0 without


def spot(view: str, text: str, start: int, end: int) -> Iterator[Token]:
    """Every number of `view[start:end]` with its unit, in order of the text."""
    at = start
    for trigger in _TRIGGER.finditer(view, start, end):
        if trigger.start() < at:
            continue
        match = _NUMBER.match(view, trigger.start(), end)
        if match is None:
            continue
        at = match.end()
        if match.lastgroup == "number" and view[at:at + 1] not in _FOLLOWS and view[trigger.start()] not in _ASCII:
            continue      # most Chinese numerals stand in words (统一, 进一步), with nothing after them that is counted
        token = _token(view, text, match, end)
        if token is not None:
            yield token


def _token(view: str, text: str, match: re.Match[str], end: int) -> Token | None:
    low, at = match.span()
    before = view[low - 1] if low else ""
    words = match.group()
    if at - low > _LONGEST:
        return None
    arabic = words[0] in _ASCII
    if before in _NO_WORD and not (before == "=" and _FORMULA.search(view, max(0, low - 16), low)) or (arabic and match.lastgroup != "cases" and not _stands_free(view, low, at, end)):
        return None
    if not arabic and match.lastgroup == "number" and before and before in _CUT_OFF:
        return None
    if not arabic and words.endswith(("万千", "亿千")) and view[at:at + 1] in ("瓦", "克", "米", "伏", "卡"):    # 八十万千瓦: the kilo of the unit
        words, at = words[:-1], at - 1
    read = _value(match.lastgroup, words)
    if read is None:
        return None
    value, sign = read
    if before == "-" and arabic and _NEGATIVE.search(view, max(0, low - 3), low):
        low, value = low - 1, -value      # 增长-8.9%, (全国-7.0%)
    if sign is not None:
        unit = Unit("%" if sign == "%" else sign, {"%": "%", "‰": "[ppth]"}.get(sign), "share", None, None)
        token = Token(low, at, low, at, value, unit, sign, arabic)
    else:
        own = _OWN_SCALE.search(words) if arabic else None
        token = Token(low, at, low, at, value, PLAIN, "", arabic, _factor(own.group()) if own else Decimal(1))
        _unit(view, text, token, end)
    if token.unit is PLAIN and not arabic:
        return token
    _after(view, token, end)
    _before(view, token, start=max(0, low - 12))
    return token


def _stands_free(view: str, low: int, at: int, end: int) -> bool:
    """Whether the digits are a number of their own, not part of a name, a ratio, a code or a damaged run."""
    before, after = view[low - 1] if low else "", view[at] if at < end else ""
    if before == "\ufffd" or after == "\ufffd":
        return False
    if _LATIN.match(before) and not (_LATIN_NAME.search(view, max(0, low - 5), low) and units().at(view, at, end)):
        return False
    if before == "-" and low > 1 and (view[low - 2].isalnum() and view[low - 2].isascii()) and not view[low - 2].isdigit():
        return False
    if after and after in "+#:=*·/" and view[at + 1:at + 2].isdigit():
        return False
    if before == ":" and low > 1 and view[low - 2].isdigit():
        return False
    if after == "." and view[at + 1:at + 2].isdigit():
        return False
    return not (after and _LATIN.match(after) and units().at(view, at, end) is None)


def _value(group: str | None, words: str) -> tuple[Decimal, str | None] | None:
    if group == "share":
        return fraction(words)
    if group == "spelled":
        return _spelled(words), None
    if group == "dotted":
        whole, _, tail = words.removeprefix("百分之").partition("·")
        value = number(whole)
        return None if value is None else (value + Decimal(f"0.{digits(tail)}"), "%")
    if group == "full":
        return Decimal(100), "%"
    if group == "half":
        return Decimal("0.5"), None
    if group == "over":
        return Decimal(50), "%"
    if group == "bare":
        return _factor(words), None
    value = number(words)
    return None if value is None else (value, None)


def _spelled(words: str) -> Decimal:
    """四〇六万 → 4060000, 七·八六万 → 78600."""
    plain = words.rstrip("千万亿")
    whole, _, tail = plain.partition("·")
    return Decimal(f"{digits(whole)}.{digits(tail) or 0}") * _factor(words[len(plain):])


def _factor(words: str) -> Decimal:
    out = Decimal(1)
    for c in words:
        out *= _GREAT.get(c, 1)
    return out


def _unit(view: str, text: str, token: Token, end: int) -> None:
    """Read 多, a scale after it, and the unit."""
    at = _skip(view, token.high, end)
    more = _MORE.match(view, at, end)
    after = _skip(view, more.end(), end) if more else at
    found = _unit_at(view, after, end)
    scale = None if found else _SCALE.match(view, after, end)
    if scale and more:
        great = view.rfind("亿", token.low, token.high) + 1 if scale.group() == "万" else 0
        whole = number(view[token.low:great]) if great else None      # 一亿一千四百多万: only what follows 亿 is scaled
        token.value = (token.value - whole) * _factor(scale.group()) + whole if whole else token.value * _factor(scale.group())
        token.scale *= _factor(scale.group())
        after = _skip(view, scale.end(), end)
        found = _unit_at(view, after, end)
        tail = _MORE.match(view, after, end) if not found else None
        if tail:
            found = _unit_at(view, tail.end(), end)
    elif more and not found:
        late = _MORE.match(view, at, end)
        token.unit = COUNTED if token.scale > 1 and late else PLAIN
        if token.scale > 1 and late:
            token.high, token.op, token.words = late.end(), "gt", late.group()
        return
    if more:
        token.op, token.words = ("approx", "来") if more.group() == "来" else ("gt", more.group())
        token.high = after
    if found is None:
        token.unit = COUNTED if token.scale > 1 else PLAIN
        token.end = token.high
        return
    word, unit, at = found
    token.unit, token.high = unit, at + len(word)
    token.unit_text = _written(unit, word, text[at:at + len(word)])
    each = _EACH.match(view, token.high, end)
    if each is not None:      # 吨/工, 方/小时: a rate that the table does not list
        token.unit, token.high = Unit("", None, "rate", None, None), each.end()
        token.unit_text += text[each.start():each.end()]
    token.end = token.high


def _written(unit: Unit, word: str, own: str) -> str:
    """The unit as the text writes it, or its full name, in the text's own script (百分點 is 個百分點)."""
    if not unit.name or (unit.name == word and not (unit.kind == "share" and len(word) == 1)):
        return own
    name = unit.name.replace(word, own) if len(word) > 1 else unit.name
    return name.replace("个", "個") if own != word else name


def _unit_at(view: str, at: int, end: int) -> tuple[str, Unit, int] | None:
    found = units().at(view, at, end)
    if found is None:
        return None
    word, unit = found
    if unit.fits(view, at + len(word)):
        return word, unit, at
    short = units().at(view, at, at + len(word) - 1)    # 亩均: not the long word, perhaps a shorter one
    return (short[0], short[1], at) if short and short[1].fits(view, at + len(short[0])) else None


def _skip(view: str, at: int, end: int) -> int:
    return at + 1 if at < end and view[at] == " " and at + 1 < end and view[at + 1] != " " else at


def _after(view: str, token: Token, end: int) -> None:
    """The comparator after the unit: 以上, 左右 …; also between a scale and no unit (30万以上)."""
    token.end = token.high
    at = _skip(view, token.high, end)      # 15% 以上
    found = comparators("after").at(view, at, end)
    if found is None:
        return
    word, comparator = found
    stop = at + len(word)
    if comparator.only_before is not None and not comparator.only_before.match(view, stop):
        return
    token.end, token.words = stop, token.words + word
    token.op = comparator.op


def _before(view: str, token: Token, start: int) -> None:
    """The comparator before the number; one after it stands for itself, and 左右 outranks all."""
    at = token.low
    for _ in range(2):
        end = at - 1 if at > start and view[at - 1] == " " else at
        found = comparators("before").before(view, end, start)
        if found is None:
            break
        word, comparator = found
        first = end - len(word)
        if first > 0 and comparator.not_after and view[first - 1] in comparator.not_after:
            break
        if word in ("高出", "超出") and token.unit.name == "个百分点" and _COMPARES.search(view, max(0, first - 40), first):
            break      # 比目标超出2个百分点: how far, not at least
        if at == token.low:
            token.op = _joined(comparator.op, token.op)
        at, token.words = first, word + token.words
    if at == token.low:
        verb = _FREE.search(view, start, token.low)
        if verb:
            at, token.words, token.verb = verb.start(), verb.group(1) + token.words, verb.end(1)
            token.op = "ge" if token.op == "eq" else token.op
        elif token.unit_text in _SHARES and view[token.low - 1:token.low] == "的":
            share = _SHARE_OF.search(view, max(0, token.low - _SHARE_REACH), token.low)
            found = comparators("before").at(view, share.start(), share.end(1)) if share else None
            if share and found:
                at, token.words, token.verb = share.start(), share.group(1) + token.words, share.end(1)
                token.op = _joined(found[1].op, token.op)
    token.start = at


def _joined(before: str, after: str) -> str:
    if after in ("eq", "gt"):
        return before
    return after


def plain(value: Decimal) -> Decimal:
    """The same number without an exponent or trailing zeros after the point."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()
