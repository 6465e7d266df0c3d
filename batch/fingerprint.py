"""A short mark of everything but the source that an output depends on: our code and rules, the libraries, the options."""
from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from .. import __version__
from .options import Options

_HERE = Path(__file__).resolve().parents[1]
_ROOMS = ("schema", "ingest", "parse", "export")
_KINDS = (".py", ".toml", ".txt", ".json")
_DEVELOPING = re.compile(r'extra *== *"(?:dev|all)"')


def fingerprint(options: Options) -> str:
    """32 hexadecimal digits. Equal ones mean that the same source gives the same bytes."""
    digest = hashlib.sha256(f"{__version__}\n{json.dumps(options.shaping(), sort_keys=True)}\n".encode())
    for path in sorted([_HERE / "pipeline.py", *(p for room in _ROOMS for p in (_HERE / room).rglob("*") if p.suffix in _KINDS)]):
        digest.update(path.relative_to(_HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for line in _libraries():
        digest.update(line.encode())
    return digest.hexdigest()[:32]


def _libraries() -> Iterator[str]:
    """Name and version of each library, or that it is not there: an extra that is installed later reads more files."""
    try:
        wanted = metadata.requires("jihua") or []
    except metadata.PackageNotFoundError:
        return
    names = {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted if not _DEVELOPING.search(line)}
    for name in sorted(names - {"jihua"}):
        try:
            yield f"{name} {metadata.version(name)}\n"
        except metadata.PackageNotFoundError:
            yield f"{name} -\n"
