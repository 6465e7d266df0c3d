"""A text as the other files in which plans are kept: older Word, Rich Text, OpenDocument, OFD, saved pages, Big5."""
from __future__ import annotations

from collections import defaultdict
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape

import make_ofd
import make_office
import wrap_docx
import wrap_html
from jihua.schema.script import simplified
from wrap import Parts, plain

_ABSENT = str.maketrans({"・": "·", "着": "著"})      # as texts in Big5 write them


def doc(page: Parts) -> bytes:
    """A Word 97 file."""
    return make_office.doc([page.title, *(line.strip() for line in page.plain())])


def rtf(page: Parts) -> bytes:
    """Rich Text with its numbers typed, characters beyond GBK by number."""
    return make_office.rtf("".join(_rtf(line) + "\\par " for line in [page.title, *page.plain()]))


def rtf_automatic(page: Parts) -> bytes:
    """Rich Text whose numbers are automatic, written out beside the text as Word does."""
    return make_office.rtf("".join(_listed(line) + "\\par " for line in [page.title, *page.plain()]))


def _listed(line: str) -> str:
    found = wrap_docx.numbered(line)
    if found is None:
        return _rtf(line)
    return "{\\listtext\\pard\\plain " + _rtf(found[0]) + "\\tab}\\ls1\\ilvl0 " + _rtf(found[1])


def _rtf(line: str) -> str:
    escaped = "".join("\\" + c if c in "\\{}" else c for c in line.strip())
    return "".join(c if _in_gbk(c) else f"\\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" for c in escaped)


def _in_gbk(sign: str) -> bool:
    return len(sign.encode("gbk", "ignore")) > 0


def odt(page: Parts) -> bytes:
    """OpenDocument text."""
    body = [f"<text:p>{escape(line.strip(), quote=False)}</text:p>" for line in [page.title, *page.plain()]]
    return make_office.odt("".join(body))


def ofd(page: Parts) -> bytes:
    """Set pages in OFD with page numbers, the title as a paragraph of its own."""
    lines = [escape(line.strip(), quote=False) for line in [page.title, *page.plain()]]
    return make_ofd.ofd(*make_ofd.typeset(lines, foot="— {} —"))


def mhtml(page: Parts) -> bytes:
    """A page as browsers save it in one file, in quoted-printable."""
    whole = MIMEMultipart("related", boundary="----=_part")
    whole["MIME-Version"], whole["Snapshot-Content-Location"] = "1.0", "http://www.example.gov.cn/t1.html"
    part = MIMEText(wrap_html.divs(page).decode("utf-8"), "html", "utf-8")
    part["Content-Location"] = "http://www.example.gov.cn/t1.html"
    whole.attach(part)
    return whole.as_bytes()


def big5(page: Parts) -> bytes:
    """The text in traditional characters, in Big5."""
    return plain(Parts(traditional(page.title), traditional(page.crumbs), traditional(page.info),
                       [traditional(line) for line in page.lines], [traditional(line) for line in page.related]), "big5")


def traditional(text: str) -> str:
    """The text with each character as Big5 has it: itself, or a traditional one that is simplified to it."""
    back = _back()
    return "".join(back.get(c, c) if not _in_big5(c) else c for c in text.translate(_ABSENT))


def _in_big5(sign: str) -> bool:
    return len(sign.encode("big5", "ignore")) > 0


def _back() -> dict[str, str]:
    forms: dict[str, list[str]] = defaultdict(list)
    for code, simple in simplified().items():
        if _in_big5(chr(code)):
            forms[simple].append(chr(code))
    return {simple: min(found) for simple, found in forms.items()} | {"钟": "鐘"}
