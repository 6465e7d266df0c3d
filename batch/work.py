"""One document at a time, in a process of its own: converted, written, and told in a few numbers."""
from __future__ import annotations

import gc
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from ..export.json import dumps
from ..pipeline import Fetch, Folder, Limits, Origin, Shelf, convert
from ..schema import DamagedError, Document, JihuaError, OutputError
from .outcome import count, result, result_of
from .write import SYNCS, unwritable, write

FAULT = "This is a fault of jihua, not of the file; please report it with the file"
_ASKED = 1000
_SAMPLE = "青溪镇2024年工作计划\n一、全年完成投资5亿元以上。\n二、每月5日前上报进度。\n".encode()


class Work:
    """What a run hands to a process of the role `work`: messages that name a source, answered by what came of it."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._out, self._home = Path(settings["out"]), Path(settings["work"])
        self._reading = {"max_bytes": settings["max_bytes"], **settings["reading"]}
        self._limits = Limits(**settings["limits"])
        self._shelf: tuple[Mapping[str, str], Shelf] | None = None      # of the last container
        tempfile.tempdir = settings["work"]         # what a killed reader leaves behind goes with the run
        dumps(convert(_SAMPLE, **self._reading))    # rules and libraries load now, on nobody's time
        gc.collect()
        gc.freeze()                                 # they stay: looking through them again took 8 % of the time

    def answer(self, message: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """What came of the source that the message names, as fields of its Entry."""
        began = perf_counter()
        _forget_peak()
        beside: Fetch | None = None
        try:
            beside = self._beside(message)
            told = self._converted(message, beside)
        except OutputError as error:
            told = {"stop": detail(error)}
        except JihuaError as error:
            told = {"outcome": result_of(error.code), "detail": detail(error.at(message["uri"]))}
        except MemoryError:
            told = {"outcome": "memory"}
        except Exception as error:                  # a fault of ours must not cost the user the other files
            told = {"outcome": "error", "detail": detail(fault(error))}
        yield {"id": message["id"], "seconds": round(perf_counter() - began, 4), "peak_kb": _peak(), **_asked(beside), **told}

    def _beside(self, message: Mapping[str, Any]) -> Fetch | None:
        """The files beside a source: in its folder, or in its container where the run says that it may need them."""
        if message.get("offset") is None:
            return Folder(Path(message["path"]), self._reading["max_bytes"])
        box = message.get("box")
        if not box:
            return None
        if self._shelf is None or self._shelf[0] != box:
            self._shelf = box, Shelf(Path(box["path"]), self._limits, _places(box["places"]))
        return self._shelf[1].beside(message["uri"][len(box["uri"]) + 2:])

    def _converted(self, message: Mapping[str, Any], beside: Fetch | None) -> dict[str, Any]:
        source, origin = _source(message), message.get("origin")
        document = convert(source, uri=message["uri"], origin=Origin(**origin) if origin else None, neighbours=beside, **self._reading)
        if message["sha256"] not in (None, document.source.sha256):
            raise DamagedError("changed while it was read", way_out="Run the same command again")
        data = dumps(document, lines="scratch" in message)
        return {**self._written(message, data), **_facts(document),
                "output_sha256": sha256(data).hexdigest(), "output_bytes": len(data)}

    def _written(self, message: Mapping[str, Any], data: bytes) -> dict[str, Any]:
        if "scratch" not in message:
            write(self._out / message["output"], data, drafts=self._home, lasting=not SYNCS)
            return {}
        try:
            with open(message["scratch"], "ab") as file:
                place = file.tell()
                file.write(data)
        except OSError as error:
            raise unwritable(Path(message["scratch"]), error) from error
        return {"at": place, "scratch": message["scratch"]}


def _places(path: str) -> dict[str, int] | None:
    """What the scout has noted of a web archive."""
    if not path:
        return None
    places: dict[str, int] = json.loads(Path(path).read_bytes())
    return places


def _asked(beside: Fetch | None) -> dict[str, Any]:
    """The files that a page asked for, with their stamps. Of more than a thousand, nothing that could be found unchanged."""
    if not isinstance(beside, Folder) or not beside.asked:
        return {}
    return {"parts": beside.asked if len(beside.asked) <= _ASKED else {"": None}}


def detail(error: JihuaError) -> dict[str, str]:
    """An error as the ledger has it; its source is the entry's."""
    return {"code": error.code, "message": error.message, "place": error.place, "way_out": error.way_out}


def _source(message: Mapping[str, Any]) -> Path | bytes:
    """The file itself, or the stretch of the spool that holds a member."""
    path = Path(message["path"])
    if message.get("offset") is None:
        return path
    with path.open("rb") as file:
        file.seek(message["offset"])
        return file.read(message["size"])


def _facts(document: Document) -> dict[str, Any]:
    counts = count(document)
    return {"outcome": result(document), "media_type": document.source.media_type, "reader": document.source.reader,
            "counts": asdict(counts), "complete": document.completeness.complete, "gaps": counts.gaps,
            "diagnostics": dict(sorted(Counter(d.code for d in document.diagnostics).items()))}


def fault(error: Exception) -> JihuaError:
    """The error of whatever should not have happened."""
    return JihuaError(f"{type(error).__name__}: {error}"[:300].replace("\n", " "), way_out=FAULT)


def _forget_peak() -> None:
    """Let the system count the largest size anew (Linux), so that each document has its own."""
    gc.collect(0)
    if sys.platform == "linux":
        with suppress(OSError), open("/proc/self/clear_refs", "w") as file:
            file.write("5")


def _peak() -> int:
    """The largest size, in kilobytes, since it was last forgotten; 0 where the system does not say."""
    if sys.platform == "linux":
        with suppress(OSError, StopIteration, ValueError), open("/proc/self/status") as file:
            return int(next(line for line in file if line.startswith("VmHWM")).split()[1])
    if sys.platform == "win32":
        return 0
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
