"""The documents of a folder in the forms that others read: a file a document, and a report of what these cannot say."""
from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ..export.iati import Reporter, iati
from ..export.ical import ical
from ..export.losses import Loss, Written, lines
from ..export.markdown import markdown
from ..export.stratml import stratml
from ..schema import Document, JihuaError, OutputError
from .documents import documents
from .names import output_names
from .write import write

EXCHANGES: dict[str, Callable[[Document], Written]] = {
    "stratml": stratml, "iati": iati, "ical": ical, "markdown": markdown,
}
"""What `jihua export --to` takes beside the stores of tables."""
REPORT = "losses.jsonl"
_REF = re.compile(r"[^/&|?\s\x00-\x20]{1,100}")


@dataclass(slots=True)
class Exchanged:
    """What came of an export: where it is, how many `documents`, the files `written`, the `losses` by reason, what was not
    read."""

    place: Path
    documents: int = 0
    written: set[str] = field(default_factory=set)
    losses: Counter[str] = field(default_factory=Counter)
    errors: list[JihuaError] = field(default_factory=list)

    @property
    def files(self) -> int:
        """How many files were written."""
        return len(self.written)


def exchange(out: Path, to: str, place: Path | None = None, *, ref: str | None = None) -> Exchanged:
    """Write every document in the folder `out` to the folder `place` in the form `to` (a key of EXCHANGES), each under the
    path of its source, `losses.jsonl` with a line for each fact that the form does not say, and `<to>-files.txt`, a list.

    Documents are read one at a time; report and list of files come last. Files of an earlier export, which its list names,
    are replaced or go; others stay. `ref` is the identifier of the reporting organisation in IATI. Raises JihuaError where
    nothing can be written, or `out` has no document."""
    place = place or Path(to)
    if place.resolve().is_relative_to(out.resolve()):
        raise JihuaError("lies in the folder of documents", source=str(place), way_out="Choose another place with --out")
    if ref is not None and not _REF.fullmatch(ref):
        raise JihuaError("not an identifier of an organisation in IATI", source=ref, way_out="It has no blanks and none of / & | ?")
    made = EXCHANGES[to] if ref is None or to != "iati" else partial(iati, reporter=Reporter(ref))
    exchanged = Exchanged(place)
    write(place / REPORT, lines(_losses(out, made, exchanged)))
    if not exchanged.documents:
        (place / REPORT).unlink()
        raise JihuaError("holds no converted document", source=str(out), way_out="Convert first: jihua convert PATH… -o OUT")
    _list(place, place / f"{to}-files.txt", exchanged)
    return exchanged


def _list(place: Path, path: Path, exchanged: Exchanged) -> None:
    """Remove what the earlier list names and this export did not write, then write the new list. Where a document could not
    be read, what may have come of it stays, and stays listed."""
    gone: set[str] = set()
    with suppress(OSError):
        gone = {*path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()} - exchanged.written
    listed = exchanged.written | gone if exchanged.errors else exchanged.written
    for name in sorted(gone - listed):
        with suppress(OSError, ValueError):      # it is no file, or not to be removed
            if (place / name).resolve().is_relative_to(place.resolve()):
                (place / name).unlink()
    write(path, "".join(f"{name}\n" for name in sorted(listed)).encode("utf-8", "surrogateescape"))


def _losses(out: Path, made: Callable[[Document], Written], exchanged: Exchanged) -> Iterator[Loss]:
    """Write one document after the other, and give what each could not say."""
    taken: Counter[str] = Counter()
    for document in documents(out, exchanged.errors.append):
        written = made(document)
        name = _name(document, taken)
        try:
            for suffix, data in written.parts:
                write(exchanged.place / (name + suffix), data)
        except OutputError:        # no room, no right: the next file would fare no better
            raise
        except JihuaError as error:
            exchanged.errors.append(error)
            continue
        exchanged.documents += 1
        exchanged.written |= {name + suffix for suffix, _ in written.parts}
        exchanged.losses.update(loss.why for loss in written.losses)
        yield from written.losses


def _name(document: Document, taken: Counter[str]) -> str:
    """The path of a document's source, as the run that converted it wrote it; one that stood there before gets `~2` …"""
    [name] = output_names([document.source.uri])
    name = name.removesuffix(".json")
    mine, wanted = name, _key(name)
    while _key(mine) in taken:
        taken[wanted] += 1
        mine = f"{name}~{taken[wanted]}"
    taken[_key(mine)] = 1
    return mine


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
