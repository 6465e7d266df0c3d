"""Small Word files out of raw XML, for the tests of the Word reader."""
from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
CORE = ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator></cp:coreProperties>')


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(text: str = "", properties: str = "", run_properties: str = "", inner: str = "") -> str:
    """A paragraph of one run, or of the runs `inner`."""
    content = run(text, run_properties) if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}{inner}</w:p>"


def item(text: str, number: int | str = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(index: int, fmt: str, text: str, start: int = 1, more: str = "") -> str:
    """A level of a list definition."""
    return (f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{more}'
            f'<w:lvlText w:val="{text}"/></w:lvl>')


def lists(*definitions: str, instances: str = "") -> str:
    """numbering.xml: definitions 0, 1, … with an instance 1, 2, … each, and further instances."""
    abstracts = "".join(f'<w:abstractNum w:abstractNumId="{i}">{d}</w:abstractNum>' for i, d in enumerate(definitions))
    nums = "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(len(definitions)))
    return f"<w:numbering {NAMES}>{abstracts}{nums}{instances}</w:numbering>"


def cell(*paragraphs: str, properties: str = "") -> str:
    """A table cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row; plain words become cells."""
    inner = "".join(c if c.startswith("<") else cell(para(c)) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def field(instruction: str, result: str) -> str:
    """The runs of a field with its result."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (mark.format("begin") + f"<w:r><w:instrText>{instruction}</w:instrText></w:r>" + mark.format("separate")
            + run(result) + mark.format("end"))


def docx(body: str, *, parts: dict[str, str] | None = None, members: dict[str, bytes] | None = None, core: str = "") -> bytes:
    """A Word file. `parts` are the main part's own by kind (styles, numbering, footnotes, header …), a digit at the end
    telling several of a kind apart; `members` are further members as they are."""
    files: dict[str, bytes] = {"word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>".encode()}
    relations = ""
    for i, (name, content) in enumerate((parts or {}).items()):
        kind = name.rstrip("0123456789")
        files[f"word/{name}.xml"] = content.encode()
        relations += f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    start, end = f'<Relationships xmlns="{package}/relationships">', "</Relationships>"
    files["word/_rels/document.xml.rels"] = (start + relations + end).encode()
    files["_rels/.rels"] = (
        f'{start}<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="b" Type="{package}/relationships/metadata/core-properties" Target="docProps/core.xml"/>{end}').encode()
    if core:
        files["docProps/core.xml"] = core.encode()
    return zipped({**files, **(members or {})})


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of the members, the same bytes every time."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
