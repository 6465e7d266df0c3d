"""What the command line says, in English and Chinese. One table; the language follows the user's locale."""
from __future__ import annotations

import gettext
import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .schema import JihuaError

MESSAGES: dict[str, tuple[str, str]] = {
    # commands and their parameters
    "app": ("Turn Chinese plans into validated JSON: outline, tasks, dates and targets, each tied to its words.",
            "把中文计划、规划、方案、报告转换为经校验的 JSON：层级结构、任务、时间和指标，逐条对应原文。"),
    "convert": ("Convert files and folders to JSON documents.",
                "把文件和文件夹转换为 JSON 文档。"),
    "panel": ("Write what plans state for their own period as one CSV: places, years, concepts.",
              "把各计划对本期各项指标的表述汇总为一个 CSV 面板：地方、年份、指标。"),
    "schema": ("Print the JSON Schema of the output.", "输出结果格式的 JSON Schema。"),
    "show": ("Show a document as a tree, dates and targets marked.",
             "以树形显示文档，并标出时间和指标。"),
    "explain": ("List every hit with its rule and its reasons.",
                "列出每处识别结果及其规则和理由。"),
    "paths": ("Files or folders.", "文件或文件夹。"),
    "file": ("A source file, or a converted .json file.", "源文件，或已转换的 .json 文件。"),
    "source": ("A source file.", "源文件。"),
    "out": ("Folder for the JSON documents.", "存放 JSON 文档的文件夹。"),
    "converted": ("Folder with converted documents.", "存放已转换文档的文件夹。"),
    "panel_out": ("The CSV file to write.", "要写出的 CSV 文件。"),
    "jobs": ("Number of processes to work in.", "并行进程数。"),
    "max_bytes": ("Largest file that is read, in bytes.", "允许读取的最大文件，以字节计。"),
    "max_unpacked": ("Most bytes that one archive may unpack to.", "单个压缩包解压后的最大字节数。"),
    "max_members": ("Most files that one archive may hold.", "单个压缩包所含文件的最大数目。"),
    "max_ratio": ("Most bytes that an archive may unpack to for each of its own.", "压缩包解压后与原大小的最大倍数。"),
    "max_depth": ("How deep archives may stand in each other.", "压缩包嵌套的最大层数。"),
    "version": ("Print the version and exit.", "显示版本号并退出。"),
    "help": ("Print this help and exit.", "显示本帮助并退出。"),
    # what a run reports
    "nothing": ("nothing to convert in {paths}", "{paths} 中没有可转换的文件"),
    "converting": ("Converting", "正在转换"),
    "document": ("document", "文档"),
    "plans": ("plans", "计划"),
    "sections": ("sections", "章节"),
    "tasks": ("tasks", "任务"),
    "dates": ("dates", "时间"),
    "targets": ("targets", "目标"),
    "actuals": ("actuals", "现状"),
    "references": ("references", "引用"),
    "gaps": ("gaps", "缺失"),
    "total": ("total", "合计"),
    "more": ("… and {n} more", "……另有 {n} 个"),
    "done": ("{good} of {all} converted to {out}", "共 {all} 个文件，已转换 {good} 个，存于 {out}"),
    "left_out": ("{n} files left out (hidden, lock and data files)",
                 "另有 {n} 个文件未处理（隐藏文件、锁文件和数据文件）"),
    "panel_done": ("{rows} rows from {stated} of {all} documents in {out}",
                   "共 {all} 个文档，其中 {stated} 个给出 {rows} 行，存于 {out}"),
    "no_folder": ("{path} is not a folder", "{path} 不是文件夹"),
    "error": ("error: {text}", "错误：{text}"),
    "usage": ("Try 'jihua --help' for help.", "用 jihua --help 查看帮助。"),
    "stopped": ("stopped", "已中止"),
    # what show and explain say
    "untitled": ("(untitled)", "（无标题）"),
    "kind": ("kind", "类型"),
    "org": ("organisation", "单位"),
    "period": ("period", "时段"),
    "issued": ("issued", "印发"),
    "inferred": ("(inferred)", "（推定）"),
    "gap": ("gap of {n} characters", "缺 {n} 字"),
    "gap_unknown": ("gap of unknown length", "缺失，字数不详"),
    "edits": ("cleaning", "清理"),
    "rule": ("rule", "规则"),
    "why": ("why", "理由"),
    # outcomes of files, by the error's code
    "code_unsupported": ("unsupported", "不支持的格式"),
    "code_damaged": ("damaged", "文件损坏"),
    "code_encrypted": ("encrypted", "文件加密"),
    "code_too_large": ("too large", "文件过大"),
    "code_invalid": ("invalid", "不是有效的结果文档"),
    "code_rule": ("rule table", "规则表有误"),
    "code_error": ("failed", "失败"),
}

_LIBRARY = {   # headings that typer takes from gettext
    "Arguments": "参数", "Options": "选项", "Commands": "命令", "Usage:": "用法：", "Error": "错误", "required": "必填",
    "[required]": "[必填]", "[default: {}]": "[默认：{}]", "default: {default}": "默认：{default}",
    "(dynamic)": "（动态）", "Aborted.": "已中止。", "Aborted!": "已中止！", "Missing command.": "缺少命令。",
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
    return tomllib.loads(files(__package__).joinpath("errors.zh.toml").read_text(encoding="utf-8"))


def translate_library() -> None:
    """Let typer's own headings follow the language. It asks gettext, for which it ships no Chinese; this process is the
    command line and nothing else, so gettext may answer for it. Call before typer is imported."""
    if LANGUAGE == "zh":
        gettext.gettext = lambda message: _LIBRARY.get(message, message)
