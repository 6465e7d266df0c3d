"""What a mirror does to a page in GBK: `(pinyin)` put into the bytes behind listed pairs, wherever those occur."""
from __future__ import annotations

import random
import re
from collections.abc import Mapping


def damaged(text: str, glosses: Mapping[str, str]) -> str:
    """`text` after its GBK bytes got `(pinyin)` behind each listed character's two bytes, also where the two belong to
    neighbouring characters, and were read again: an invalid pair, whatever its second byte, shows as one `?`."""
    data = text.encode("gbk")
    pairs = {char.encode("gbk"): f"({pinyin})".encode("gbk") for char, pinyin in glosses.items()}
    out, at = bytearray(), 0
    while at < len(data):
        pair = data[at:at + 2]
        if pair in pairs:
            out += pair + pairs[pair]
            at += 2
        else:
            out.append(data[at])
            at += 1
    return reread(bytes(out))


def reread(data: bytes) -> str:
    """Bytes as GBK in the manner of old converters: what is no character shows as `?`, and its second byte is gone."""
    out, at = [], 0
    while at < len(data):
        if data[at] < 0x80:
            out.append(chr(data[at]))
            at += 1
            continue
        try:
            out.append(data[at:at + 2].decode("gbk"))
        except UnicodeDecodeError:
            out.append("?")
        at += 2
    return "".join(out)


def resync(data: bytes, charset: str) -> str:
    """Bytes as a browser reads them: what is no character shows as U+FFFD, with its second byte but where that is ASCII."""
    out, at = [], 0
    while at < len(data):
        if data[at] < 0x80:
            out.append(chr(data[at]))
            at += 1
            continue
        try:
            out.append(data[at:at + 2].decode(charset))
            at += 2
        except UnicodeDecodeError:
            out.append("\ufffd")
            at += 2 if data[at + 1:at + 2] > b"\x7f" else 1
    return "".join(out)


def western(data: bytes, undefined: str = "") -> str:
    """Bytes as cp1252; the five that it has no character for as controls, or as `undefined`."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or undefined or chr(b) for b in data)


KINDS = {
    "utf8-as-gbk": lambda text: text.encode().decode("gb18030", "replace"),
    "utf8-as-latin1": lambda text: text.encode().decode("latin-1"),
    "utf8-as-cp1252": lambda text: western(text.encode()),
    "utf8-as-cp1252-fffd": lambda text: western(text.encode(), "\ufffd"),
    "utf8-as-cp1252-?": lambda text: western(text.encode(), "?"),
    "utf8-twice": lambda text: western(western(text.encode()).encode()),
    "gbk-as-latin1": lambda text: text.encode("gbk", "replace").decode("latin-1"),
    "big5-as-latin1": lambda text: text.encode("cp950", "replace").decode("latin-1"),
    "big5-as-gbk": lambda text: resync(text.encode("cp950", "replace"), "gb18030"),
    "gbk-as-big5": lambda text: resync(text.encode("gbk", "replace"), "big5hkscs"),
    "gbk-as-cp950": lambda text: resync(text.encode("gbk", "replace"), "cp950"),
    "entities-of-bytes": lambda text: "".join(c if c < "\x80" else "".join(f"&#{b};" for b in c.encode()) for c in text),
    "percent-u": lambda text: "".join(c if c < "\x80" else f"%u{ord(c):04X}" for c in text),
    "backslash-u": lambda text: "".join(c if c < "\x80" else f"\\u{ord(c):04x}" for c in text),
}
"""Ways in which a whole text is misread, by name. Those of Big5 take text in traditional characters."""


def paged(text: str, size: int = 700) -> str:
    """A text with a sharing site's page marks (`1、 `), about every `size` characters, wherever that is."""
    dice, out, at = random.Random(1), "", 0
    while (end := at + int(size * dice.uniform(.85, 1.15))) < len(text):
        end += text[end - 1] == "\n"
        out, at = f"{out}{text[at:end]}{1 + out.count(MARK)}{MARK}", end
    return (out + text[at:]).replace(MARK, "、 ")


MARK = "\0"       # in place of a page mark's 、 while they are counted


def shifted(text: str, every: int = 25) -> str:
    """A text of which the first byte of each 25th stop became `?`: shifted from there to the next ASCII byte, without a gloss but one."""
    data, at, count = b"", 0, 0
    for m in re.finditer("[，。、]", text):
        count += 1
        if count % every == 0:
            data += text[at:m.start()].encode("gbk", "ignore") + b"?" + m[0].encode("gbk")[1:]
            at = m.end()
    return "鄉(xiāng)鎮(zhèn)\n\n" + reread(data + text[at:].encode("gbk", "ignore")).replace("？", "?")


MARKS = {
    "quotes-?": lambda text: re.sub("[“”]", "?", text),
    "quotes-??": lambda text: re.sub("[“”]", "??", text),
    "quotes-and-titles-?": lambda text: re.sub("[“”《》]", "?", text),
    "page-marks": paged,
    "spread": lambda text: re.sub(r"(?<=[^\s])(?=[^\s])", " ", text),
    "shift-without-gloss": shifted,
}
"""Ways in which marks are lost or put in. The shift takes text in traditional characters."""
