"""`jihua convert`: files and folders to documents."""
from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..messages import say
from .common import MAX_BYTES, Help, MaxBytes, app

if TYPE_CHECKING:
    from ..batch.options import Shard

UNPACKED, MEMBERS, RATIO, DEPTH = 4_000_000_000, 100_000, 200, 3
TIMEOUT, MEMORY, OCR_PAGES = 120, 4_000_000_000, 50
"""Of pipeline.Limits and batch.options, which would load every room only to print the help; a test keeps them equal."""


class Layout(StrEnum):
    """How the outputs lie."""

    files = "files"
    shards = "shards"


class Engine(StrEnum):
    """Where the work is done."""

    local = "local"
    ray = "ray"


def _limit(name: str) -> typer.models.OptionInfo:
    """The option of one limit on archives."""
    option: typer.models.OptionInfo = typer.Option(f"--{name.replace('_', '-')}", min=1, metavar="N", help=say(name))
    return option


@app.command(help=say("convert"))
def convert(
    paths: Annotated[list[Path] | None, typer.Argument(help=say("paths"), metavar="PATH…", show_default=False)] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help=say("out"))] = Path("out"),
    files_from: Annotated[str, typer.Option("--files-from", metavar="FILE", help=say("files_from"))] = "",
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, max=256, metavar="N", help=say("jobs"))] = 0,
    layout: Annotated[Layout, typer.Option("--layout", metavar="files|shards", help=say("layout"))] = Layout.files,
    shard: Annotated[str, typer.Option("--shard", metavar="K/N", help=say("shard"))] = "",
    engine: Annotated[Engine, typer.Option("--engine", metavar="local|ray", help=say("engine"))] = Engine.local,
    address: Annotated[str, typer.Option("--address", metavar="HOST:PORT", help=say("address"))] = "",
    shards: Annotated[int, typer.Option("--shards", min=0, max=500, metavar="N", help=say("shards"))] = 0,
    retry: Annotated[bool, typer.Option("--retry", help=say("retry"))] = False,
    keep_duplicates: Annotated[bool, typer.Option("--keep-duplicates", help=say("keep_duplicates"))] = False,
    prune: Annotated[bool, typer.Option("--prune", help=say("prune"))] = False,
    timeout: Annotated[int, typer.Option("--timeout", min=1, metavar="N", help=say("convert_timeout"))] = TIMEOUT,
    max_memory: Annotated[int, typer.Option("--max-memory", min=300_000_000, metavar="N", help=say("max_memory"))] = MEMORY,
    ocr_pages: Annotated[int, typer.Option("--ocr-pages", min=0, metavar="N", help=say("ocr_pages"))] = OCR_PAGES,
    max_bytes: MaxBytes = MAX_BYTES,
    max_unpacked: Annotated[int, _limit("max_unpacked")] = UNPACKED,
    max_members: Annotated[int, _limit("max_members")] = MEMBERS,
    max_ratio: Annotated[int, _limit("max_ratio")] = RATIO,
    max_depth: Annotated[int, _limit("max_depth")] = DEPTH,
    as_json: Annotated[bool, typer.Option("--json", help=say("convert_json"))] = False,
    wanted: Help = False,
) -> None:
    """Find, convert, report; exit 1 when a source failed."""
    from ..batch.find import find
    from ..batch.finish import ended
    from ..batch.options import Options
    from ..batch.run import run
    from ..pipeline import Limits
    from ..screen.events import events
    from ..screen.page import write_page
    from ..screen.run import report
    _fit(engine, shard, address, shards)
    named, lists = _named(paths or [], files_from)
    inputs = find(named, leave=out, listed=lists)
    if len(inputs.files) == inputs.left_out:
        raise typer.BadParameter(say("nothing", paths=", ".join(map(str, paths or ())) or files_from))
    options = Options(jobs=jobs, timeout=timeout, max_memory=max_memory, retry=retry, prune=prune, layout=layout.value,
                      limits=Limits(max_bytes, max_unpacked, max_members, max_ratio, max_depth),
                      keep_duplicates=keep_duplicates, shard=_shard(shard), reading={"ocr_pages": ocr_pages})
    if engine is Engine.ray:
        from ..batch.cluster import run_on_cluster
        settled = run_on_cluster(inputs.files, out, options, shards=shards, address=address)
    else:
        settled = run(inputs.files, out, options)
    failed = events(settled, inputs, out) if as_json else report(settled, inputs, out, options.shard)
    if ended(out, options.shard):
        write_page(out)
    if failed:
        raise typer.Exit(1)


def _named(paths: list[Path], files_from: str) -> tuple[list[Path], list[Path]]:
    """The paths named, and those that a list names; `-` is standard input."""
    from ..batch.find import listed
    if [str(path) for path in paths] == ["-"]:
        return [], listed(sys.stdin.buffer)
    if not paths and not files_from:
        raise typer.BadParameter(say("no_paths"))
    if not files_from:
        return paths, []
    if files_from == "-":
        return paths, listed(sys.stdin.buffer)
    try:
        with open(files_from, "rb") as file:
            return paths, listed(file)
    except OSError as error:
        raise typer.BadParameter(f"{files_from}: {error.strerror}") from error


def _fit(engine: Engine, shard: str, address: str, shards: int) -> None:
    """Refuse options that mean nothing together."""
    if engine is Engine.ray and shard:
        raise typer.BadParameter(say("not_with_ray"))
    if engine is Engine.local and (address or shards):
        raise typer.BadParameter(say("only_with_ray"))


def _shard(text: str) -> Shard | None:
    from ..batch.options import Shard
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise typer.BadParameter(say("bad_shard", text=text))
    return Shard(int(found[1]), int(found[2]))
