"""`jihua why`: what became of one file of a run."""
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import say
from .common import Help, app

_SHOWN = 20


@app.command(help=say("command_why"))
def why(
    file: Annotated[str, typer.Argument(help=say("why_file_argument"), metavar="FILE", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help=say("converted"))] = Path("out"),
    wanted: Help = False,
) -> None:
    """The ledger's word on a file; exit 1 where the run met none of that name."""
    from ..batch.report import called
    from ..screen.why import show_why
    if not out.is_dir():
        raise typer.BadParameter(say("no_folder", path=out))
    found, number = called(out, file, _SHOWN)
    if not number:
        typer.echo(say("error", text=say("why_unknown", out=out, file=file)), err=True)
        raise typer.Exit(1)
    show_why(found)
    if number > len(found):
        typer.echo(say("why_many", n=number, shown=len(found)), err=True)
