"""Sound files of every format, from which the fuzz runs start: small, each with what its reader has to look at."""
from __future__ import annotations

import gzip
import json
import random
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from unittest import mock

import make_containers
import make_docx
import make_ofd
import make_office
import make_pdf
import wrap
from make_archives import tarred, zipped

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
LINES = ("青溪镇2024年工作计划", "一、主要目标", "（一）全年完成植树5000株以上，道路改造12.5公里，投入320万元，比上年增长8%。", "1、每月5日前上报进度；每季度检查一次。",
         "二、保障措施", "各村要落实责任，年底前完成验收，满意率达到95%以上。", "2024年3月5日")
TEXT = "\n\n".join(LINES)
PAGE = wrap.Parts(LINES[0], "您的位置：首页 > 工作计划 > 正文", "时间：2024-03-04", list(LINES[1:]), [])
KINDS = {".7z": "7z", ".rar": "rar", ".msg": "msg", ".eml": "eml", ".warc": "warc", ".json": "json", ".jsonl": "json", ".csv": "csv"}
Seeds = dict[str, list[tuple[str, bytes]]]


def seeds() -> Seeds:
    """Name and bytes of the seeds of each format, by the format's name: the same bytes every time, although packages note
    when they were made and mails part themselves with a number drawn."""
    state = random.getstate()
    random.seed(1)
    with mock.patch("time.time", return_value=1_700_000_000.0):
        found = _seeds()
    random.setstate(state)
    return found


def _seeds() -> Seeds:
    found = {**_texts(), **_office(), **_mails(), **_images()}
    for kind, more in _archives().items():
        found.setdefault(kind, []).extend(more)
    pdf = make_pdf.Sheet()
    pdf.grid((80, 200, 320), (100, 140, 180), (("任务", "单位"), ("修路", "交通站")))
    found["pdf"] = [("plan.pdf", make_pdf.typeset(LINES, head="青溪镇文件")), ("table.pdf", pdf.bytes())]
    found["ofd"] = [("plan.ofd", make_ofd.ofd(*make_ofd.typeset(list(LINES), "青溪镇文件", "{}"), title=LINES[0]))]
    for name, (file, maker) in wrap.carriers().items():
        if name.startswith(("html", "docx", "markdown")):
            found[name.split(",")[0]].append((file, maker(PAGE)))
    for path in sorted(FIXTURES.glob("*/source.*")):
        known = {".html": "html", ".docx": "docx", ".md": "markdown", ".pdf": "pdf"}.get(path.suffix)
        if known and path.stat().st_size < 200_000:
            found[known].append((path.name, path.read_bytes()))
    return found


def _texts() -> Seeds:
    charsets = ("utf-8", "gb18030", "big5", "utf-16", "utf-16-be", "utf-8-sig", "hz")
    damaged = ("鄉(xiāng)鎮(zhèn)建設(shè)，網(wǎng)絡；向?qū)崿F(xiàn)目標前進，總?cè)丝?480人。", TEXT.encode().decode("gb18030", "replace"), TEXT.encode().decode("latin-1"))
    rows = [{"title": LINES[0], "content": TEXT, "url": "http://a.example/1.html", "date": "2024-03-04"}] * 3
    return {
        "text": [("plan.txt", TEXT.encode(c, "ignore")) for c in charsets] + [("plan.txt", "\n".join((words, TEXT)).encode()) for words in damaged],
        "markdown": [("plan.md", f"---\ntitle: {LINES[0]}\n---\n\n# {TEXT}\n\n| 任务 | 单位 |\n| --- | --- |\n| 修路[^1] | **交通站** |\n\n[^1]: 注。\n".encode())],
        "html": [("plan.html", f"<html><head><title>{LINES[0]}</title><style>li{{list-style-type:cjk-ideographic}}</style></head><body><h1>{LINES[0]}</h1>"
                  f"<ol start=3><li>{'</li><li>'.join(LINES)}</li></ol><table border=1><tr><th colspan=2>任务</th></tr><tr><td>修路</td><td>交通站</td></tr></table>"
                  "<a href='a_2.html'>下一页</a></body></html>".encode())],
        "json": [("rows.json", json.dumps(rows, ensure_ascii=False).encode()), ("rows.jsonl", b"\n".join(json.dumps(r).encode() for r in rows))],
        "csv": [("rows.csv", ("title,content,date\n" + f'{LINES[0]},"{TEXT}",2024-03-04\n' * 3).encode("gb18030"))],
    }


def _office() -> Seeds:
    numbering = make_docx.lists(make_docx.level(0, "chineseCounting", "%1、"), make_docx.level(1, "decimal", "%2."))
    body = "".join(make_docx.item(line, level=i % 2) for i, line in enumerate(LINES)) + make_docx.table(
        make_docx.row(make_docx.cell(make_docx.para("任务")), make_docx.cell(make_docx.para("单位"))), make_docx.row("一", "二"))
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in LINES)
    rows = [["任务", "责任单位", "完成时限"], ["修路", "交通站", "6月底"], ["植树5000株", "林业站", "4月"]]
    return {
        "docx": [("plan.docx", make_docx.docx(body + make_docx.field("PAGE", "3"), parts={"numbering": numbering}))],
        "doc": [("plan.doc", make_office.doc(LINES))],
        "wps": [("plan.wps", make_office.doc(LINES))],
        "rtf": [("plan.rtf", make_office.rtf("\\par ".join(LINES) + "\\trowd\\cellx100 任务\\cell\\cellx200 单位\\cell\\row{\\*\\x y}\\u20013?\\pard"))],
        "odt": [("plan.odt", make_office.odt(f"<text:list><text:list-item>{paragraphs}</text:list-item></text:list>"))],
        "xlsx": [("plan.xlsx", make_office.xlsx({"任务": rows, "Sheet2": [[1, (.85, 1), None]]}, merged="A1:B1", formats=("0%",)))],
        "xls": [("plan.xls", make_office.xls(rows, "任务"))],
    }


def _mails() -> Seeds:
    message = EmailMessage()
    message["Subject"], message["Date"], message["Message-ID"] = LINES[0], "Mon, 04 Mar 2024 10:00:05 +0800", "<1@example.org>"
    message["From"] = message["To"] = "a@example.org"
    message.set_content(TEXT)
    message.add_alternative(f"<html><body><p>{'</p><p>'.join(LINES)}</p></body></html>", subtype="html", charset="gb18030", cte="base64")
    message.add_attachment(make_office.doc(LINES), maintype="application", subtype="msword", filename="附件.doc")
    page = EmailMessage()
    page["Subject"], page["MIME-Version"] = LINES[0], "1.0"
    page.set_content(f"<html><body><h1>{LINES[0]}</h1><p>{'</p><p>'.join(LINES)}</p></body></html>", subtype="html", charset="gb18030", cte="base64")
    page.make_related()
    page.add_related(b"x", "image", "png", cid="<a>")
    return {"eml": [("mail.eml", message.as_bytes())], "mhtml": [("page.mhtml", page.as_bytes().replace(b"From: ", b"X: "))]}


def _archives() -> Seeds:
    files = {"计划/一.txt": TEXT.encode(), "计划/二.docx": make_docx.docx(make_docx.para(LINES[0])), "三.html": f"<html><body><p>{TEXT}</p></body></html>".encode()}
    nested = {**files, "内.zip": zipped(files)}
    found: Seeds = {
        "zip": [("a.zip", zipped(nested, "gb18030")), ("b.zip", zipped(files, marked=True, packed=False))],
        "tar": [("a.tar", tarred(nested)), ("a.tar.gz", tarred(files, "w:gz")), ("a.tar.bz2", tarred(files, "w:bz2")), ("a.tar.xz", tarred(files, "w:xz"))],
        "gz": [("a.txt.gz", gzip.compress(TEXT.encode(), mtime=0)), ("a.html.gz", gzip.compress(files["三.html"], mtime=0))],
    }
    for name, data in make_containers.seeds().items():
        found.setdefault(KINDS[Path(name.removesuffix(".gz")).suffix], []).append((name, data))
    return found


def _images() -> Seeds:
    """Pictures in every format; none where the library that reads them is not installed."""
    try:
        from PIL import Image, ImageDraw
    except ImportError:
        return {}
    picture = Image.new("RGB", (90, 40), "white")
    ImageDraw.Draw(picture).text((5, 10), "PLAN 2024", fill="black")
    found = []
    for name, more in (("a.png", {}), ("a.jpg", {}), ("a.tif", {"save_all": True, "append_images": [picture, picture]}), ("b.tif", {"compression": "tiff_lzw"}), ("a.bmp", {}),
                       ("a.gif", {}), ("a.webp", {})):
        out = BytesIO()
        picture.save(out, {"jpg": "JPEG", "tif": "TIFF"}.get(name[2:], name[2:].upper()), **more)
        found.append((name, out.getvalue()))
    return {"image": found}
