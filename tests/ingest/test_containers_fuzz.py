"""Mutated containers of every kind end in documents or in errors that say the way out, in time."""
from __future__ import annotations

import gzip
import io
import random
import struct
import time
import zlib

import pytest
from jihua.ingest.archive.containers import container_kind
from jihua.ingest.archive.limits import Limits
from jihua.ingest.archive.members import members
from jihua.ingest.readers import read
from jihua.schema import JihuaError
from make_containers import seeds

SEEDS = seeds()
ROUNDS = 40             # a kind; thousands were run when this was written
SLOWEST = 5.0           # seconds for one


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The data with bytes changed, cut out, doubled or put in; the checksums of a 7z's or a RAR's heads set right again, so
    that what stands behind them is reached; of what is packed by gzip more often what is in it."""
    if data[:2] == b"\x1f\x8b" and chance.random() < .7:
        return gzip.compress(mutated(gzip.decompress(data), chance), mtime=0)
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        at, how = chance.randrange(len(out)), chance.random()
        if how < .5:
            out[at] = chance.choice((0, 1, 127, 128, 255, out[at] ^ 1 << chance.randrange(8), chance.randrange(256)))
        elif how < .65:
            del out[at:at + chance.choice((1, 4, 40, len(out) // 3))]
        elif how < .8:
            out[at:at] = out[at:at + chance.choice((1, 8, 200))]
        else:
            out[at:at] = chance.choice((b"\xff" * 8, b"\0" * 8, b"\n", b"{", b'"', b"\r\n\r\n", struct.pack("<Q", chance.getrandbits(64))))
        out = out or bytearray(b"x")
    if chance.random() < .7:
        mended(out)
    return bytes(out)


def mended(out: bytearray) -> None:
    """Checksums of heads as they must be."""
    if out[:6] == b"7z\xbc\xaf\x27\x1c" and len(out) > 32:
        at, size = struct.unpack_from("<QQ", out, 12)
        if at + size < len(out):
            struct.pack_into("<I", out, 28, zlib.crc32(out[32 + at:32 + at + size]))
        struct.pack_into("<I", out, 8, zlib.crc32(out[12:32]))
    elif out[:7] == b"Rar!\x1a\x07\x00":
        at = 7
        while at + 7 <= len(out):
            _, flags, size = struct.unpack_from("<BHH", out, at + 2)
            struct.pack_into("<H", out, at, zlib.crc32(out[at + 2:at + size]) & 0xFFFF)
            at += max(size, 7) + (struct.unpack_from("<I", out, at + 7)[0] if flags & 0x8000 and at + 11 <= len(out) else 0)
    elif out[:8] == b"Rar!\x1a\x07\x01\x00":
        at = 8
        while at + 5 < len(out) and out[at + 4] < 128:
            size = out[at + 4] + 1
            struct.pack_into("<I", out, at, zlib.crc32(out[at + 4:at + 4 + size]))
            at += 4 + size


def met(data: bytes, name: str) -> None:
    """All that is in it, read; JihuaErrors are what may come."""
    limits = Limits(max_bytes=2_000_000, max_unpacked=8_000_000, max_members=200)
    file = io.BytesIO(data)
    if not container_kind(file, name):
        return
    for member in members(file, name, limits, lambda _: False):
        if member.error is not None:
            assert isinstance(member.error, JihuaError) and str(member.error) and member.error.way_out, member
        elif not member.left_out:
            try:
                read(member.data, member.uri, member.origin)
            except JihuaError as error:
                assert error.message


def fuzz(name: str, rounds: int, start: int = 0) -> float:
    """The slowest of so many rounds over one seed, in seconds."""
    slowest = 0.0
    for k in range(start, start + rounds):
        data = mutated(SEEDS[name], random.Random(f"{name}{k}"))
        began = time.process_time()
        try:
            met(data, name)
        except BaseException:
            print(f"round {k} of {name}")
            raise
        slowest = max(slowest, time.process_time() - began)
    return slowest


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_containers_end_in_documents_or_errors(name: str) -> None:
    assert fuzz(name, ROUNDS) < SLOWEST


@pytest.mark.parametrize("name", SEEDS)
def test_cut_containers_end_in_documents_or_errors(name: str) -> None:
    data = SEEDS[name]
    for end in range(1, len(data), max(1, len(data) // 15)):
        met(data[:end], name)
