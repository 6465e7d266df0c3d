"""Make a diagnostic by its code; the severity comes from the documented list."""
from __future__ import annotations

from .codes import CODES
from .document import Diagnostic


def diagnostic(code: str, message: str, span: tuple[int, int] | None = None) -> Diagnostic:
    """A diagnostic of the documented severity; KeyError for a code that is not on the list."""
    return Diagnostic(code=code, severity=CODES[code][0], message=message, span=span)
