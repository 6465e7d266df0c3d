"""The command itself, and the parameters that several commands share."""
from __future__ import annotations

from typing import Annotated

import typer

from ..messages import say

app = typer.Typer(help=say("app"), add_completion=False, rich_markup_mode=None,
                  pretty_exceptions_enable=False, context_settings={"help_option_names": []})
UsageError = typer.TyperException
MAX_BYTES = 64_000_000    # pipeline.MAX_BYTES, which would load every room only to print the help; a test keeps them equal


def _help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        print(context.get_help())
        raise typer.Exit


def _version(wanted: bool) -> None:
    if wanted:
        from .. import __version__
        print(f"jihua {__version__}")
        raise typer.Exit


Help = Annotated[bool, typer.Option("--help", "-h", callback=_help, is_eager=True, help=say("help"))]
MaxBytes = Annotated[int, typer.Option("--max-bytes", min=1, metavar="N", help=say("max_bytes"))]


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help=say("version"))] = False,
    wanted: Help = False,
) -> None:
    """Options of the command itself; without a command, its help."""
    _help(context, context.invoked_subcommand is None)
