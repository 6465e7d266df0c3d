"""What comes of an export in the forms that others read."""
from __future__ import annotations

from rich.console import Console
from rich.text import Text

from ..batch.exchange import REPORT, Exchanged
from ..messages import say
from .safe import safe
from .store import refused


def exchange_report(exchanged: Exchanged) -> bool:
    """Show what was written and what was lost, the commonest reasons first; whether anything could not be read."""
    for error in exchanged.errors:
        refused(error)
    console = Console()
    told = say("exchanged", documents=exchanged.documents, files=exchanged.files, place=exchanged.place)
    console.print(Text(safe(told)), soft_wrap=True)
    if exchanged.losses:
        reasons = ", ".join(f"{why} {n}" for why, n in sorted(exchanged.losses.items(), key=lambda item: (-item[1], item[0])))
        lost = say("lost", n=exchanged.losses.total(), report=exchanged.place / REPORT, reasons=reasons)
        console.print(Text(safe(lost), style="dim"), soft_wrap=True)
    return bool(exchanged.errors)
