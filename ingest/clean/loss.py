"""How a restored stretch is told of: what is lost for good is a gap, what words had to decide a diagnostic."""
from __future__ import annotations

from ..draft import Change, Draft
from .context import Context, GapNote

LOST = "\ufffd"
_SHOWN = 20


def tell(draft: Draft, context: Context, change: Change, doubt: bool = False) -> None:
    """Notes on a change of the draft's present text that is about to be made."""
    count = change.after.count(LOST)
    if count:
        low, high = draft.source_offset(change.start), draft.source_offset(change.end)
        context.gaps.append(GapNote(low, count, change.after[:_SHOWN]))
        context.damaged.append((low, high))
        context.note(draft, "lost-byte", f"{count} character{'s' * (count > 1)} of a misread stretch {'are' if count > 1 else 'is'} lost",
                     change.start, change.end)
    elif doubt:
        context.note(draft, "ambiguous-repair", "a byte was lost; the character that makes words was taken", change.start, change.end)
