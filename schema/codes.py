"""Codes of diagnostics: the closed, documented list. `docs/diagnostics.md` shows it; a test keeps the two alike."""
from __future__ import annotations

from typing import Literal

Severity = Literal["info", "warning", "error"]

CODES: dict[str, tuple[Severity, str]] = {
    # reading
    "charset-declared-wrong": ("info", "the declared charset does not fit the bytes; another was used"),
    "charset-lost-bytes": ("warning", "bytes that no charset explains were replaced by U+FFFD"),
    "suffix-mismatch": ("info", "the file's content is of another format than its name says"),
    "no-text": ("warning", "the file holds no text"),
    "page-without-text": ("warning", "a page has no text layer"),
    "text-layer-wrong": ("warning", "a page's text layer does not say what the page shows"),
    "text-layer-replaced": ("info", "a page whose text layer is wrong was read from its picture"),
    "ocr-low-confidence": ("warning", "a line read from a picture may be misread"),
    "reader-note": ("info", "a part of the file that the reader left out or resolved, with its reason"),
    # cleaning
    "gap": ("warning", "text is missing: elided by the site, truncated or lost"),
    "lost-byte": ("warning", "a character was damaged and could not be restored"),
    "ambiguous-repair": ("info", "a damaged character had several candidates; the one that makes words was taken"),
    "damaged-number": ("warning", "digits of a number were lost or deleted; no value is reported"),
    "confusable-number": ("warning", "letters stand in a number for digits that look like them (O, l, S, B); no value is reported"),
    # outline
    "numbering-gap": ("warning", "a number is missing in a series"),
    "numbering-repeat": ("warning", "a number stands twice in a series"),
    "numbering-restart": ("info", "a series starts again without a new parent"),
    "section-inferred": ("info", "a section whose own text is missing was inferred from its neighbours"),
    "no-plan": ("info", "the page holds no plan"),
    # consistency
    "sum-mismatch": ("warning", "the parts do not add up to the stated total"),
    "value-conflict": ("warning", "an indicator is given two values for the same time"),
    "due-before-issued": ("warning", "a task is due before the plan was issued"),
    "date-impossible": ("warning", "a date that does not exist in the calendar"),
}
