"""Small OFD files out of raw XML, for the tests of the OFD reader."""
from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

SIZE = 5.6                  # mm, 三号
LEFT, RIGHT, TOP = 28.0, 28.0 + 28 * SIZE, 37.0
LEAD = 9.9                  # mm from baseline to baseline
SPACE = "http://www.ofdspec.org/2016"


def text(x: float, base: float, words: str, size: float = SIZE, more: str = "", delta: str | None = None) -> str:
    """A text object whose baseline begins at `x`, `base` mm."""
    advances = " ".join(str(size if ord(c) > 255 else size / 2) for c in words[:-1])
    given = f' DeltaX="{advances if delta is None else delta}"' if (delta or delta is None) and len(words) > 1 else ""
    return (f'<ofd:TextObject ID="9" Boundary="{x} {base - size} 160 {size + 1}" Font="1" Size="{size}" {more}>'
            f'<ofd:TextCode X="0" Y="{size}"{given}>{words}</ofd:TextCode></ofd:TextObject>')


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A path object of one stroke."""
    return (f'<ofd:PathObject ID="8" Boundary="{x0} {y0} {x1 - x0 + 1} {y1 - y0 + 1}"><ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}'
            '</ofd:AbbreviatedData></ofd:PathObject>')


def page(*objects: str, template: str = "") -> str:
    """The content of a page."""
    used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return (f'<ofd:Page xmlns:ofd="{SPACE}">{used}<ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>')


def ofd(*pages: str, templates: tuple[str, ...] = (), resources: str = "", extra: str = "", title: str = "",
        members: dict[str, str] | None = None) -> bytes:
    """An OFD file of these pages; `members` replace parts or add to them, `extra` stands in Document.xml."""
    listed = "".join(f'<ofd:Page ID="{100 + i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    tpl = "".join(f'<ofd:TemplatePage ID="t{i}" BaseLoc="Tpls/Tpl_{i}.xml"/>' for i in range(len(templates)))
    parts = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:OFD xmlns:ofd="{SPACE}"><ofd:DocBody><ofd:DocInfo><ofd:Title>{title}</ofd:Title>'
                   '</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{SPACE}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>'
                              f'</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{tpl}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>'
                              f'{extra}</ofd:Document>',
        "Doc_0/PublicRes.xml": f'<ofd:Res xmlns:ofd="{SPACE}">{resources}</ofd:Res>',
    }
    parts |= {f"Doc_0/Pages/Page_{i}/Content.xml": content for i, content in enumerate(pages)}
    parts |= {f"Doc_0/Tpls/Tpl_{i}.xml": content for i, content in enumerate(templates)}
    return packed(parts | (members or {}))


def packed(parts: dict[str, str]) -> bytes:
    """A zip of these members."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def typeset(paragraphs: list[str] | tuple[str, ...], head: str = "", foot: str = "") -> list[str]:
    """Pages of paragraphs with first lines indented by two characters; `foot` has `{}` for the page's number."""
    pages: list[list[str]] = [[]]
    base = TOP
    for paragraph in paragraphs:
        x, row = LEFT + 2 * SIZE, ""
        for at, sign in enumerate(paragraph):
            row += sign
            width = sum(SIZE if ord(c) > 255 else SIZE / 2 for c in row)
            after = paragraph[at + 1:at + 2]
            full = x + width + SIZE > RIGHT + 0.01 and not (sign.isascii() and after.isascii()) and after not in tuple("，。；：、！？）”%")
            if full or not after:
                pages[-1].append(text(x, base, row))
                x, row, base = LEFT, "", base + LEAD
                if base > 265:
                    pages.append([])
                    base = TOP
    if head:
        pages = [[text(80, 18, head, 3.7), *objects] for objects in pages]
    return [page(*objects, *([text(100, 282, foot.format(i + 1), 4.9)] if foot else ())) for i, objects in enumerate(pages) if objects]
