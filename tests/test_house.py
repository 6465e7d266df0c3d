"""The house keeps its order: who may import whom, one door a library, files of a readable length, no machine paths."""
from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jihua
import pytest
from jihua.schema import CODES

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = ("schema", "ingest", "parse", "export", "batch", "crawl", "commands", "screen")
GROUND = {"schema"}
MAY_IMPORT = {     # docs/architecture.md, "may import"; a room may always import itself
    "schema": set(),
    "ingest": GROUND,
    "parse": GROUND,
    "export": GROUND,
    "pipeline": {"ingest", "parse", "export"} | GROUND,
    "batch": {"pipeline", "export", "__init__"} | GROUND,
    "crawl": {"ingest", "__init__"} | GROUND,
    "messages": GROUND,
    "screen": {"messages", "batch", "crawl", "pipeline"} | GROUND,
    "commands": {"messages", "screen", "batch", "crawl", "pipeline", "__init__"} | GROUND,
    "cli": {"messages", "commands"} | GROUND,
    "__main__": {"cli"},
    "__init__": {"pipeline", "export"} | GROUND,
}
EXTRAS = {"anydoc", "rapidocr", "numpy", "duckdb", "fastwarc", "olefile", "py7zr", "pyarrow", "rarfile", "ray", "scrapy", "twisted", "xlsxwriter", "zope"}    # libraries of optional dependencies
DOORS = {          # third-party library → the one module that imports it (pydantic: the room whose models it makes)
    "anydoc": "ingest/office/anydoc.py",
    "borax": "parse/data/generate.py",
    "bs4": "ingest/html/site.py",
    "docx": "ingest/office/docx.py",
    "duckdb": "export/stores/duck.py",
    "fastwarc": "ingest/archive/warc.py",
    "jieba": "parse/words.py",
    "jsonschema_rs": "export/json.py",
    "lxml": "ingest/xml_parts.py",
    "olefile": "ingest/ole.py",
    "opencc": "parse/data/generate.py",
    "orjson": "export/json.py",
    "numpy": "ingest/ocr/",
    "pdfplumber": "ingest/printed/pdf_tables.py",
    "py7zr": "ingest/archive/sevenzip.py",
    "pyarrow": "export/stores/parquet.py",
    "PIL": "ingest/ocr/picture.py",
    "pydantic": "schema/",
    "pypdfium2": "ingest/printed/pdf_chars.py",
    "pypinyin": "ingest/clean/readings.py",
    "rarfile": "ingest/archive/rar.py",
    "rapidocr": "ingest/ocr/engine.py",
    "ray": "batch/cluster.py",
    "rich": "screen/",
    "scrapy": "crawl/",
    "twisted": "crawl/fetch.py",       # under scrapy
    "typer": "commands/",
    "xlsxwriter": "export/stores/xlsx.py",
    "yaml": "ingest/text/front_matter.py",
    "zope": "crawl/fetch.py",          # under twisted
}
LONGEST = 400      # lines of a module
WIDEST = 200       # characters of a line


def modules() -> list[Path]:
    """Every module of the package, relative to the root."""
    found = [*ROOT.glob("*.py"), *(p for room in ROOMS for p in (ROOT / room).rglob("*.py"))]
    return sorted(p.relative_to(ROOT) for p in found)


def tracked() -> list[Path]:
    """Every file that a clone holds, or, outside a clone, every file of the tree that is not made by a tool."""
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def imports(module: Path) -> Iterator[tuple[str, int]]:
    """Each import of a module as a dotted path and its number of leading dots, those only for typing included."""
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((name.name, 0) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{n.name}" if node.module else n.name for n in node.names]
            yield from ((name, node.level) for name in names)


def room(module: Path) -> str:
    """The room of a module: its top-level folder, or the module itself at the root."""
    return module.parts[0] if len(module.parts) > 1 else module.stem


def target(module: Path, name: str, dots: int) -> str:
    """The room that a relative import leads to."""
    here = list(module.parts[:-1])
    up = here[:len(here) - (dots - 1)]
    path = [*up, *name.split(".")]
    return path[0] if path[0] in MAY_IMPORT else "__init__"


@pytest.mark.parametrize("module", modules(), ids=str)
def test_imports_follow_the_arrows(module: Path) -> None:
    mine = room(module)
    assert mine in MAY_IMPORT, f"{module}: no room of docs/architecture.md"
    for name, dots in imports(module):
        assert name.split(".")[0] != "jihua", f"{module}: imports inside the package are relative"
        if dots:
            reached = target(module, name, dots)
            assert reached == mine or reached in MAY_IMPORT[mine], f"{module}: {mine} may not import {reached}"


def test_each_library_has_one_door() -> None:
    standard = sys.stdlib_module_names
    seen: dict[str, set[str]] = {}
    for module in modules():
        for name, dots in imports(module):
            top = name.split(".")[0]
            if not dots and top not in standard:
                seen.setdefault(top, set()).add(module.as_posix())
    for library, users in sorted(seen.items()):
        door = DOORS.get(library, "no door: add it to DOORS")
        outside = {user for user in users if user != door and not (door.endswith("/") and user.startswith(door))}
        assert not outside, f"{library} is imported by {sorted(outside)}; its door is {door}"
    assert not set(DOORS) - set(seen), f"doors of libraries that nobody imports: {sorted(set(DOORS) - set(seen))}"


def test_the_packages_are_the_tree() -> None:
    tree = {"jihua", *(".".join(["jihua", *p.parent.relative_to(ROOT).parts])
                       for name in ROOMS for p in (ROOT / name).rglob("__init__.py"))}
    listed = PROJECT["tool"]["setuptools"]["packages"]
    assert sorted(tree) == sorted(listed)


def test_every_data_file_is_shipped() -> None:
    shipped = PROJECT["tool"]["setuptools"]["package-data"]
    for path in [*ROOT.glob("*.zh.toml"), ROOT / "messages.toml", *(path for name in ROOMS for path in (ROOT / name).rglob("*"))]:
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            package = ".".join(["jihua", *path.parent.relative_to(ROOT).parts])
            assert any(path.match(pattern) for pattern in shipped.get(package, [])), f"{path} is not shipped"


def test_every_dependency_is_used() -> None:
    """Each has a door."""
    named = {re.split(r"[<>=\[ ]", line)[0].lower() for line in PROJECT["project"]["dependencies"]}
    called = {"beautifulsoup4": "bs4", "python-docx": "docx", "pyyaml": "yaml", "jsonschema-rs": "jsonschema_rs",
              "pillow": "PIL"}
    assert {called.get(name, name) for name in named} == set(DOORS) - {"borax", "opencc"} - EXTRAS


def test_every_dependency_says_its_licence() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = ["):text.index("dev = [")]
    for line in block.splitlines()[1:]:
        assert not line.strip().startswith('"') or line.strip().startswith('"jihua[') or re.search(r"#.*(MIT|BSD|Apache|PSF|MPL|ISC|LGPL, used as a library)", line), line


def test_no_file_is_too_long() -> None:
    files = [*modules(), *(p.relative_to(ROOT) for folder in ("tests", "bench", "docs")
                           for p in (ROOT / folder).rglob("*.py"))]
    long = {str(f): n for f in files if (n := len((ROOT / f).read_text(encoding="utf-8").splitlines())) > LONGEST}
    assert not long


def test_no_line_is_too_long() -> None:
    """Of the package; in the tests a case may take the line that it needs."""
    wide = [f"{f}:{k}" for f in modules()
            for k, line in enumerate((ROOT / f).read_text(encoding="utf-8").splitlines(), 1) if len(line) > WIDEST]
    assert not wide


def test_no_file_tells_of_a_machine() -> None:
    words = re.compile(rb"/(?:root|home|Users|work)/[\w.]|\b(?:localhost|127\.0\.0\.1):\d")
    for path in tracked():
        found = words.search(path.read_bytes()) if path != Path(__file__) else None
        assert not found, f"{path.relative_to(ROOT)}: {found and found.group()!r}"


def test_the_version_stands_in_one_place_and_is_the_same() -> None:
    assert PROJECT["project"]["dynamic"] == ["version"]      # read from jihua/__init__.py when it is built
    assert PROJECT["tool"]["setuptools"]["dynamic"] == {"version": {"attr": "jihua.__version__"}}
    assert f"## {jihua.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_diagnostics_page_lists_every_code() -> None:
    page = (ROOT / "docs/diagnostics.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (\w+) \| (.+) \|$", page, re.M)
    assert {code: (severity, says) for code, severity, says in rows} == CODES


def test_every_public_name_says_what_it_gives() -> None:
    """Each module, and each public function and class at its top level, has a docstring."""
    for module in modules():
        tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
        assert not tree.body or ast.get_docstring(tree), module
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{module}: {node.name}"
