"""What a mirror does to a page in GBK: `(pinyin)` put into the bytes behind listed pairs, wherever those occur."""
from __future__ import annotations

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
