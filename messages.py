"""What the command line says, in English and Chinese. One table, messages.toml; the language follows the user's locale."""
from __future__ import annotations

import gettext
import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .schema import JihuaError


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


MESSAGES: dict[str, tuple[str, str]] = _table("messages.toml")
"""Key → what it says in English and in Chinese; messages.toml is the place to add one."""

_LIBRARY = {   # headings that typer takes from gettext
    "Arguments": "参数", "Options": "选项", "Commands": "命令", "Usage:": "用法：", "Error": "错误", "required": "必填",
    "[required]": "[必填]", "[default: {}]": "[默认：{}]", "default: {default}": "默认：{default}",
    "(dynamic)": "（动态）", "Aborted.": "已中止。", "Aborted!": "已中止！",
    "No such command {name!r}.": "没有命令 {name!r}。", "Show this message and exit.": "显示本帮助并退出。",
    "[OPTIONS]": "[选项]",
}


def chosen(environ: Mapping[str, str]) -> str:
    """`zh` or `en`: `JIHUA_LANG`, else the locale that POSIX gives precedence (LC_ALL, LC_MESSAGES, LANG)."""
    for name in ("JIHUA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "zh" if environ[name].lower().startswith(("zh", "chinese")) else "en"
    return "en"


LANGUAGE = chosen(os.environ)


def say(key: str, **values: object) -> str:
    """The message in the chosen language, its places filled in."""
    text = MESSAGES[key][LANGUAGE == "zh"]
    return text.format(**values) if values else text


def told(error: JihuaError) -> str:
    """An error in a line: source, what is wrong, place, way out."""
    if LANGUAGE != "zh":
        return str(error)
    source = f"{error.source}：" if error.source else ""
    place = f"（{_chinese(error.place)}）" if error.place else ""
    way = f"。{_chinese(error.way_out)}" if error.way_out else ""
    return f"{source}{_chinese(error.message)}{place}{way}"


def misused(text: str) -> str:
    """What typer says of wrong usage, in the chosen language and without the words of the library below it."""
    text = text.replace("Value error, ", "")
    return _chinese(text) if LANGUAGE == "zh" else text


def in_words(english: str) -> str:
    """A sentence of the schema, such as what a diagnostic's code means, in the chosen language."""
    return _chinese(english) if LANGUAGE == "zh" else english


def _chinese(text: str) -> str:
    """The text in Chinese as `errors.zh.toml` has it, whole or with the words at its `{}` translated in turn."""
    table = _errors()
    if text in table:
        return table[text]
    for pattern, chinese in table.items():
        if "{}" in pattern:
            found = re.fullmatch(re.escape(pattern).replace(r"\{\}", "(.+?)"), text, re.S)
            if found:
                return chinese.format(*(_chinese(words) for words in found.groups()))
    return text


@cache
def _errors() -> dict[str, str]:
    return _table("errors.zh.toml")


def translate_library() -> None:
    """Let typer's own headings follow the language. It asks gettext, for which it ships no Chinese; this process is the
    command line and nothing else, so gettext may answer for it. Call before typer is imported."""
    if LANGUAGE == "zh":
        gettext.gettext = lambda message: _LIBRARY.get(message, message)
