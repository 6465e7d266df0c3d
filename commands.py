"""The commands and their parameters, in the chosen language; each hands its arguments to one call."""
from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from .messages import say

app = typer.Typer(help=say("app"), add_completion=False, rich_markup_mode=None,
                  pretty_exceptions_enable=False, context_settings={"help_option_names": []})
UsageError = typer.TyperException


def _help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        print(context.get_help())
        raise typer.Exit


def _version(wanted: bool) -> None:
    if wanted:
        from . import __version__
        print(f"jihua {__version__}")
        raise typer.Exit


Help = Annotated[bool, typer.Option("--help", "-h", callback=_help, is_eager=True, help=say("help"))]
MaxBytes = Annotated[int, typer.Option("--max-bytes", min=1, metavar="N", help=say("max_bytes"))]
_MAX = 64_000_000    # pipeline.MAX_BYTES, which would load every room only to print the help; a test keeps them equal
_UNPACKED, _MEMBERS, _RATIO, _DEPTH = 4_000_000_000, 100_000, 200, 3     # of pipeline.Limits, in the same way


def _limit(name: str) -> typer.models.OptionInfo:
    """The option of one limit on archives."""
    option: typer.models.OptionInfo = typer.Option(f"--{name.replace('_', '-')}", min=1, metavar="N", help=say(name))
    return option


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help=say("version"))] = False,
    wanted: Help = False,
) -> None:
    """Options of the command itself."""


@app.command(help=say("convert"))
def convert(
    paths: Annotated[list[Path], typer.Argument(help=say("paths"), metavar="PATH…", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help=say("out"))] = Path("out"),
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, metavar="N", help=say("jobs"))] = 1,
    max_bytes: MaxBytes = _MAX,
    max_unpacked: Annotated[int, _limit("max_unpacked")] = _UNPACKED,
    max_members: Annotated[int, _limit("max_members")] = _MEMBERS,
    max_ratio: Annotated[int, _limit("max_ratio")] = _RATIO,
    max_depth: Annotated[int, _limit("max_depth")] = _DEPTH,
    wanted: Help = False,
) -> None:
    """Find, convert, report; exit 1 when a source failed."""
    from .batch.find import find
    from .batch.run import run
    from .pipeline import Limits
    from .screen import report
    inputs = find(paths, leave=out)
    if not inputs.files:
        raise typer.BadParameter(say("nothing", paths=", ".join(map(str, paths))))
    limits = Limits(max_bytes, max_unpacked, max_members, max_ratio, max_depth)
    if report(run(inputs.files, out, jobs=jobs, limits=limits), inputs, out):
        raise typer.Exit(1)


@app.command(help=say("panel"))
def panel(
    folder: Annotated[Path, typer.Argument(help=say("converted"), metavar="OUT", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help=say("panel_out"))] = Path("panel.csv"),
    wanted: Help = False,
) -> None:
    """One CSV of what all plans state for their own period; exit 1 when a file is no document."""
    from .batch.panel import gather
    from .screen import panel_report
    if not folder.is_dir():
        raise typer.BadParameter(say("no_folder", path=folder))
    if panel_report(gather(folder, out), out):
        raise typer.Exit(1)


@app.command(help=say("schema"))
def schema(wanted: Help = False) -> None:
    """The published schema, byte for byte."""
    from .schema.publish import published
    sys.stdout.buffer.write(published())
    sys.stdout.buffer.flush()


@app.command(help=say("show"))
def show(
    file: Annotated[Path, typer.Argument(help=say("file"), metavar="FILE", show_default=False)],
    max_bytes: MaxBytes = _MAX,
    wanted: Help = False,
) -> None:
    """One document as a tree."""
    from .batch.open import open_document
    from .screen import show_document
    show_document(open_document(file, max_bytes=max_bytes).document)


@app.command(help=say("explain"))
def explain(
    file: Annotated[Path, typer.Argument(help=say("source"), metavar="FILE", show_default=False)],
    max_bytes: MaxBytes = _MAX,
    wanted: Help = False,
) -> None:
    """One document's hits with their reasons."""
    from .batch.open import open_document
    from .screen import explain_document
    explain_document(open_document(file, max_bytes=max_bytes))
