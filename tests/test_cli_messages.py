"""The command line's words: two languages, chosen by the locale, every message in both."""
from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from jihua import messages, pipeline
from jihua.batch.outcome import RESULTS
from jihua.commands import common
from jihua.messages import MESSAGES, chosen
from jihua.schema import JihuaError, TooLargeError, UnsupportedError
from jihua.schema.codes import CODES
from jihua.screen import run
from jihua.screen.safe import one_line

ROOT = Path(__file__).resolve().parents[1]
STATES = ("running", "finished", "stopped", "failed")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(("environ", "language"), [
    ({}, "en"),
    ({"LANG": "zh_CN.UTF-8"}, "zh"),
    ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
    ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
    ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ({"LANG": "zh_CN.UTF-8", "JIHUA_LANG": "en"}, "en"),
    ({"LC_ALL": "C", "JIHUA_LANG": "zh"}, "zh"),
    ({"LANG": "zh_TW"}, "zh"),
])
def test_the_language_follows_the_locale(environ: dict[str, str], language: str) -> None:
    assert chosen(environ) == language


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_say_the_same(key: str) -> None:
    english, chinese = MESSAGES[key]
    assert not CHINESE.search(english) and CHINESE.search(chinese)
    places = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, chinese)]
    assert places[0] == places[1]


def test_every_message_is_used_and_every_used_one_exists() -> None:
    used = set()
    for name in ("cli.py", *(p.relative_to(ROOT) for room in ("commands", "screen") for p in (ROOT / room).glob("*.py"))):
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.add(node.value)
    codes = {key for key in MESSAGES if key.startswith("code_")}
    composed = {key for key in MESSAGES if key.startswith(("outcome_", "state_"))}
    assert composed == {f"outcome_{name}" for name in RESULTS} | {f"state_{name}" for name in STATES}
    assert set(MESSAGES) - codes - composed <= used
    from jihua.schema import errors
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.JihuaError)]
    assert codes == {f"code_{kind.code}" for kind in kinds}
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    for kind in kinds:
        assert f"| `{kind.code}` | `{kind.__name__}` |" in page


@pytest.mark.parametrize("command", [(), ("convert",), ("panel",), ("crawl",), ("export",), ("query",), ("search",), ("show",), ("explain",), ("schema",)], ids=str)
def test_help_speaks_chinese(command: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-m", "jihua", *command, "--help"], capture_output=True, text=True,
                          encoding="utf-8", env={"JIHUA_LANG": "zh", "PYTHONUTF8": "1"}, check=True)
    told = [line for line in done.stdout.splitlines() if line.strip() and not line.startswith("Usage:")]
    for line in told:
        assert CHINESE.search(line), line


@pytest.mark.parametrize(("error", "chinese"), [
    (TooLargeError("larger than 64,000,000 bytes, or 4,000,000 characters", source="a.txt", way_out="Split the document"),
     "a.txt：超过 64,000,000 字节或 4,000,000 个字符。请拆分文档"),
    (UnsupportedError("this is an image, whatever its name .txt says; no reader takes it", place="page 3"),
     "这是图片（虽然扩展名为 .txt），目前不能读取（第 3 页）"),
    (JihuaError("something that nobody has put into Chinese"), "something that nobody has put into Chinese"),
])
def test_errors_speak_chinese(error: JihuaError, chinese: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert messages.told(error) == str(error)
    monkeypatch.setattr(messages, "LANGUAGE", "zh")
    assert messages.told(error) == chinese


@pytest.mark.parametrize(("english", "chinese"), [
    ("Invalid value: a.txt: No such file or directory", "a.txt：文件不存在"),
    ("Invalid value for '--to' / '-t': Value error, 'x' is not one of 'csv', 'xlsx'.", "'--to' / '-t' 的值无效：'x' 不在 'csv', 'xlsx' 之列。"),
    ("No such option: --nope (Possible options: --prune)", "没有选项 --nope（相近的有 --prune）"),
    ("Invalid value for '--jobs' / '-j': Input should be greater than or equal to 0", "'--jobs' / '-j' 的值无效：不得小于 0"),
])
def test_wrong_usage_is_told_in_chinese(english: str, chinese: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert messages.misused(english) == english.replace("Value error, ", "")
    monkeypatch.setattr(messages, "LANGUAGE", "zh")
    assert messages.misused(english) == chinese


@pytest.mark.parametrize("code", CODES)
def test_every_diagnostic_is_told_in_chinese(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "LANGUAGE", "zh")
    assert CHINESE.search(messages.in_words(CODES[code][1]))


@pytest.mark.parametrize(("called", "path", "typed"), [
    ("/opt/a b/bin/jihua", "", "'/opt/a b/bin/jihua'"), ("jihua/__main__.py", "", "jihua"), (".venv/bin/jihua", "bin", "jihua")])
def test_hints_name_the_command_as_it_can_be_typed(called: str, path: str, typed: str, tmp_path: Path,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "jihua").touch(mode=0o755)
    monkeypatch.setattr(sys, "argv", [called])
    monkeypatch.setenv("PATH", str(tmp_path / path) if path else "")
    assert run._program() == typed


def test_a_name_stays_on_its_line() -> None:
    assert one_line("a\nerror: b\t\x1b[31m") == "a\ufffderror: b\ufffd\ufffd[31m"


def test_translations_of_errors_keep_their_places() -> None:
    for english, chinese in messages._errors().items():
        assert english.count("{}") == chinese.count("{}") and (CHINESE.search(chinese) or "{}" in chinese), english


def test_the_limit_of_the_command_is_that_of_the_library() -> None:
    assert common.MAX_BYTES == pipeline.MAX_BYTES
