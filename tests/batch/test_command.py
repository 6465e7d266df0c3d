"""The command over lists, parts, layouts and a second time: what it says and with which exit code."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from folders import fill, plan, written
from jihua.batch.find import find, listed


def jihua(*arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
    """Run the command: exit code, output, errors."""
    done = subprocess.run([sys.executable, "-m", "jihua", *map(str, arguments)], input=stdin, capture_output=True, check=False,
                          env={**os.environ, "JIHUA_LANG": "en", "PYTHONUTF8": "1", "COLUMNS": "100"})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_the_second_time_says_what_is_unchanged(tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in", 3), tmp_path / "out"
    code, said, errors = jihua("convert", home, "-o", out)
    assert code == 1 and "4 of 6 converted" in said and "converted once: 2" in said and "left out: 1" in said
    assert "unchanged" not in said and len(errors.splitlines()) == 2
    table = said[:said.index("4 of 6")]
    (home / "0" / "计划0.txt").unlink()
    code, said, _ = jihua("convert", home, "-o", out)
    assert code == 1 and "unchanged since an earlier run: 5" in said and "not met again: 1" in said
    assert table != said[:said.index("4 of 6")]


def test_a_list_on_standard_input(tmp_path: Path) -> None:
    home, out = fill(tmp_path / "in", 3), tmp_path / "out"
    names = [home / "0" / "计划0.txt", home / "missing.txt", home / "m.zip"]
    code, said, errors = jihua("convert", "-", "-o", out, stdin=b"\0".join(os.fsencode(name) for name in names))
    below = home.as_posix().lstrip("/")
    assert code == 1 and "missing.txt: cannot be read" in errors and "3 of 4 converted" in said
    assert {name for name in written(out) if name.endswith(".json")} == {f"{below}/0/计划0.txt.json", f"{below}/m.zip!/0.txt.json",
                                 f"{below}/m.zip!/2.txt.json"}
    assert jihua("convert", "--files-from", tmp_path / "none", "-o", out)[0] == 2
    assert jihua("convert", "-", "-o", out)[0] == 2


def test_lists_of_names(tmp_path: Path) -> None:
    (tmp_path / "a b.txt").write_bytes(plan(1))
    path = os.fsencode(tmp_path / "a b.txt")
    for text in (path + b"\n", path + b"\r\n\n", path + b"\0", b"\xef\xbb\xbf" + path):
        with (tmp_path / "list").open("wb") as file:
            file.write(text)
        with (tmp_path / "list").open("rb") as file:
            names = listed(file)
        assert [item.uri for item in find([], listed=names).files] == [os.fsdecode(path).lstrip("/")]
