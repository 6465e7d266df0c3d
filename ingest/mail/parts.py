"""A mail as a container: the mail itself, then each attachment as a file of its own."""
from __future__ import annotations

import io
from collections.abc import Iterator
from email.message import Message
from typing import IO

from ...schema import TooLargeError
from ..archive.entry import Entry, unread
from ..archive.limits import Budget
from .read import MAIL, ODD, attached, name_of, parsed, payload

_ENDINGS = {MAIL: ".eml", "text/html": ".html", "text/plain": ".txt", "application/pdf": ".pdf", "application/msword": ".doc"}
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "text/x-vcard",
               "text/vcard")
_WAY = "Save the message's text as .html or .txt, and its attachments as files"


def entries_mail(file: IO[bytes], name: str, budget: Budget) -> Iterator[Entry]:
    """The mail, under no name, then what is attached to it; attached messages as mails. Raises DamagedError, TooLargeError
    where reading it would take out of measure."""
    most = budget.limits.max_bytes
    data = file.read(most + 1)
    if len(data) > most:
        raise TooLargeError(f"larger than {most:,} bytes", way_out="Allow more with --max-bytes (max_bytes= in Python), or split the file")
    yield Entry(None, lambda: io.BytesIO(data))
    for number, part in enumerate(attached(parsed(data, _WAY)), 1):
        budget.member()
        kind = part.get_content_type()
        called = name_of(part) or f"{number}{_ENDINGS.get(kind, '')}"
        if kind in _SIGNATURES:
            yield Entry(called, unread, reason="a signature")
            continue
        inner = _bytes(part)
        budget.spend(len(inner))
        yield Entry(called, lambda inner=inner: io.BytesIO(inner))      # type: ignore[misc]


def _bytes(part: Message) -> bytes:
    below = part.get_payload() if part.is_multipart() else None
    if part.get_content_maintype() == "message" and isinstance(below, list):
        try:
            return b"".join(one.as_bytes() for one in below if isinstance(one, Message))
        except ODD:
            return b""
    return payload(part)
