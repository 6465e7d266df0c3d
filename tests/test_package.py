"""What `import jihua` gives: quick to load, whole by name."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import jihua
import pytest


@pytest.mark.parametrize("name", jihua.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(jihua, name) is not None and name in dir(jihua)


def test_names_are_those_of_the_rooms() -> None:
    from jihua import pipeline, schema
    assert jihua.JihuaError is schema.JihuaError and jihua.Document is schema.Document and jihua.Member is pipeline.Member
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = jihua.nonsense


def test_documents_go_to_json_and_back() -> None:
    document = jihua.convert("青溪镇2024年工作计划\n一、全年完成投资5.1亿元以上。".encode())
    assert jihua.loads(jihua.dumps(document)) == document and jihua.dumps(document).startswith(b"{")


def test_importing_loads_no_room() -> None:
    program = "import sys, jihua; print([m for m in sys.modules if m.startswith('jihua.') or m in ('pydantic', 'lxml')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_errors_can_be_caught_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"")
    with pytest.raises(jihua.JihuaError) as caught:
        jihua.convert(path)
    assert isinstance(caught.value, jihua.DamagedError | jihua.UnsupportedError) and "a.png" in str(caught.value)
    [member] = jihua.members(path)
    assert isinstance(member, jihua.Member) and member.read() == b""
    with pytest.raises(jihua.TooLargeError):
        jihua.convert(b"x" * 100, max_bytes=10)
