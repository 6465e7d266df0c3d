"""Times one reader of others on files: `python bench/peer_readers.py NAME < paths.json`, in the environment of
bench/peers.txt. Prints files read, files that failed, seconds of processor time, as JSON; stops after its time is up."""
from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

BUDGET = 15.0        # seconds of processor time


def beautifulsoup() -> Callable[[bytes], object]:
    """The tree of BeautifulSoup on lxml and its text."""
    from bs4 import BeautifulSoup
    return lambda data: BeautifulSoup(data.decode("gb18030", "replace"), "lxml").get_text()


def trafilatura() -> Callable[[bytes], object]:
    """The main text by trafilatura."""
    import trafilatura as library
    return lambda data: library.extract(data)


def readability() -> Callable[[bytes], object]:
    """The main part by readability-lxml."""
    from readability import Document
    return lambda data: Document(data.decode("utf-8", "replace")).summary()


def python_docx() -> Callable[[bytes], object]:
    """Paragraphs by python-docx, without automatic numbers."""
    import docx
    return lambda data: [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


def mammoth() -> Callable[[bytes], object]:
    """HTML by mammoth, without automatic numbers."""
    import mammoth as library
    return lambda data: library.convert_to_html(io.BytesIO(data)).value


def pdfminer() -> Callable[[bytes], object]:
    """Text by pdfminer.six."""
    from pdfminer.high_level import extract_text
    return lambda data: extract_text(io.BytesIO(data))


def pypdf() -> Callable[[bytes], object]:
    """Text by pypdf."""
    from pypdf import PdfReader
    return lambda data: [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def pdfplumber() -> Callable[[bytes], object]:
    """Text by pdfplumber."""
    import pdfplumber as library
    return lambda data: [page.extract_text() for page in library.open(io.BytesIO(data)).pages]


READERS = {f.__name__: f for f in (beautifulsoup, trafilatura, readability, python_docx, mammoth, pdfminer, pypdf, pdfplumber)}


def main() -> None:
    """Read the files, the first once more to warm up, measure."""
    files = [Path(path).read_bytes() for path in json.load(sys.stdin)]
    read = READERS[sys.argv[1]]()
    read(files[0])
    start, done, failed = time.process_time(), 0, 0
    while time.process_time() - start < BUDGET / 5:
        for data in files:
            if time.process_time() - start < BUDGET:
                try:
                    read(data)
                except Exception:      # whatever a library of others raises counts as a failure
                    failed += 1
                done += 1
    print(json.dumps({"files": done, "failed": failed, "seconds": time.process_time() - start}))


if __name__ == "__main__":
    main()
