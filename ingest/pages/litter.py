"""Files that lie beside documents without being any: what programs leave behind, and data."""
from __future__ import annotations

from .neighbours import is_material

_LITTER = ("~$", ".", "Thumbs.db", "desktop.ini", "__MACOSX")
"""Beginnings of names that programs leave in folders and archives: lock files of Word, hidden files, previews."""
_CRAWL = (".warc.crawl", ".warc.gz.crawl")
"""Endings of folders in which a crawl keeps its state beside its web archive."""
_DATA = (".yaml", ".yml")
"""Endings of data that lies beside documents: annotation. JSON is told by what it holds (dump.py): texts or data."""


def is_litter(name: str) -> bool:
    """Whether the name of a file or folder is one that programs leave behind."""
    return name.startswith(_LITTER) or name.endswith(_CRAWL)


def beside(path: str) -> bool:
    """Whether a file, by its path with `/`, is litter or data, or what a saved page is made of (`page_files/menu.js`); a run
    over a whole folder leaves it out."""
    return is_litter(path.rpartition("/")[2]) or path.lower().endswith(_DATA) or is_material(path)


def beside_in_archive(name: str) -> bool:
    """The same for the path of an archive's member: litter, data, or anything in a folder of litter."""
    folders = name.split("/")[:-1]
    return beside(name) or any(is_litter(folder) for folder in folders if folder not in ("..", "."))
