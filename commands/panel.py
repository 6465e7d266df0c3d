"""`jihua panel`: what all plans state, as one CSV."""
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import say
from .common import Help, app


@app.command(help=say("panel"))
def panel(
    folder: Annotated[Path, typer.Argument(help=say("converted"), metavar="OUT", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help=say("panel_out"))] = Path("panel.csv"),
    wanted: Help = False,
) -> None:
    """One CSV of what all plans state for their own period; exit 1 when a file is no document."""
    from ..batch.panel import gather
    from ..screen.run import panel_report
    if not folder.is_dir():
        raise typer.BadParameter(say("no_folder", path=folder))
    if panel_report(gather(folder, out), out):
        raise typer.Exit(1)
