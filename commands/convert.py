"""`jihua convert`: files and folders to documents."""
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import say
from .common import MAX_BYTES, Help, MaxBytes, app

UNPACKED, MEMBERS, RATIO, DEPTH = 4_000_000_000, 100_000, 200, 3
"""Of pipeline.Limits, which would load every room only to print the help; a test keeps them equal."""


def _limit(name: str) -> typer.models.OptionInfo:
    """The option of one limit on archives."""
    option: typer.models.OptionInfo = typer.Option(f"--{name.replace('_', '-')}", min=1, metavar="N", help=say(name))
    return option


@app.command(help=say("convert"))
def convert(
    paths: Annotated[list[Path], typer.Argument(help=say("paths"), metavar="PATH…", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help=say("out"))] = Path("out"),
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, metavar="N", help=say("jobs"))] = 1,
    max_bytes: MaxBytes = MAX_BYTES,
    max_unpacked: Annotated[int, _limit("max_unpacked")] = UNPACKED,
    max_members: Annotated[int, _limit("max_members")] = MEMBERS,
    max_ratio: Annotated[int, _limit("max_ratio")] = RATIO,
    max_depth: Annotated[int, _limit("max_depth")] = DEPTH,
    wanted: Help = False,
) -> None:
    """Find, convert, report; exit 1 when a source failed."""
    from ..batch.find import find
    from ..batch.run import run
    from ..pipeline import Limits
    from ..screen.run import report
    inputs = find(paths, leave=out)
    if not inputs.files:
        raise typer.BadParameter(say("nothing", paths=", ".join(map(str, paths))))
    limits = Limits(max_bytes, max_unpacked, max_members, max_ratio, max_depth)
    if report(run(inputs.files, out, jobs=jobs, limits=limits), inputs, out):
        raise typer.Exit(1)
