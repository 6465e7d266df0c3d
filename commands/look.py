"""Looking at one document, and at the published schema."""
from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..messages import say
from .common import MAX_BYTES, Help, MaxBytes, app


@app.command(help=say("schema"))
def schema(wanted: Help = False) -> None:
    """The published schema, byte for byte."""
    from ..schema.publish import published
    sys.stdout.buffer.write(published())
    sys.stdout.buffer.flush()


@app.command(help=say("show"))
def show(
    file: Annotated[Path, typer.Argument(help=say("file"), metavar="FILE", show_default=False)],
    max_bytes: MaxBytes = MAX_BYTES,
    wanted: Help = False,
) -> None:
    """One document as a tree."""
    from ..batch.open import open_document
    from ..screen.document import show_document
    show_document(open_document(file, max_bytes=max_bytes).document)


@app.command(help=say("explain"))
def explain(
    file: Annotated[Path, typer.Argument(help=say("source"), metavar="FILE", show_default=False)],
    max_bytes: MaxBytes = MAX_BYTES,
    wanted: Help = False,
) -> None:
    """One document's hits with their reasons."""
    from ..batch.open import open_document
    from ..screen.document import explain_document
    explain_document(open_document(file, max_bytes=max_bytes))
