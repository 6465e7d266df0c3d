"""Saved pages and mail: the right part in the right charset, and nothing of the people."""
from __future__ import annotations

import base64
import quopri
import random
import time
from email.header import Header
from email.message import EmailMessage

import jihua
import pytest
from jihua.ingest.readers import read
from jihua.ingest.sniff import sniff
from jihua.schema import DamagedError, JihuaError, TooLargeError

TITLE = "青溪镇2024年工作计划"
PAGE = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>一、全年完成植树5000株以上。</p><p>二、每月5日前上报进度。</p></body></html>"
BARE = PAGE.replace(f"<title>{TITLE}</title>", "")
FRAME = "<html><frameset><frame src='main.htm'></frameset></html>"


def saved(*parts: tuple[str, str, str], head: str = "", charset: str = "utf-8", encoding: str = "base64") -> bytes:
    """An MHTML file: type, headers and content of each part."""
    subject = Header(TITLE, charset).encode()
    lines = [f"From: <Saved by Blink>\r\nSubject: {subject}\r\nDate: Mon, 4 Mar 2024 10:00:00 +0800\r\nMIME-Version: 1.0\r\n{head}"
             'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x"\r\n\r\n']
    for kind, headers, content in parts:
        data = content.encode(charset)
        body = base64.encodebytes(data) if encoding == "base64" else quopri.encodestring(data)
        lines.append(f"----x\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{headers}\r\n{body.decode()}\r\n")
    return ("".join(lines) + "----x--\r\n").encode()


def mail(plain: str = "", page: str = "", **attached: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "a@example.org", "b@example.org"
    message["Subject"], message["Date"] = f"转发：Re: {TITLE}", "Mon, 04 Mar 2024 10:00:05 +0800"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(plain)
    if page:
        message.add_alternative(page, subtype="html", charset="gb18030", cte="base64")
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="msword", filename=f"{name}.doc")
    return message


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
@pytest.mark.parametrize(("charset", "declared"), [("gb18030", ';charset="gb2312"'), ("gb18030", ""), ("utf-8", "; charset=utf-8")])
def test_a_saved_page_is_the_page(charset: str, declared: str, encoding: str) -> None:
    data = saved((f"text/html{declared}", "Content-Location: http://www.example.org/a.htm\r\n", PAGE),
                 ("image/png", "Content-Location: http://www.example.org/a.png\r\n", "x"), charset=charset, encoding=encoding)
    assert sniff(data, "计划.mht") == "multipart/related"
    source, plain = read(data, "计划.mht"), read(PAGE.encode(), "a.html")
    assert (source.text, source.blocks, source.charset) == (plain.text, plain.blocks, charset)
    assert (source.page.title, source.page.url) == (TITLE, "http://www.example.org/a.htm")
    assert source.page.published is None and not source.diagnostics


def test_the_named_part_is_the_page_and_a_frameset_gives_way() -> None:
    other = "<html><body><p>广告广告广告广告广告广告广告广告</p></body></html>"
    where = "Content-Location: http://e.example/main.htm\r\n"
    for data in (saved(("text/html", "", other), ("text/html", where, BARE), head=f"Snapshot-{where}"),
                 saved(("text/html", "", other), ("text/html", "Content-ID: <m>\r\n", BARE)).replace(
                     b'type="text/html";', b'start="<m>";'),
                 saved(("text/html", where, FRAME), ("text/html", "", BARE), head=where)):
        source = read(data, "a.mhtml")
        assert "植树5000株" in source.text and "广告" not in source.text and source.page.title == TITLE


def test_word_saves_pages_under_its_own_ending() -> None:
    source = read(saved(("text/html", "", PAGE)), "计划.doc")
    assert "植树" in source.text and not source.diagnostics


@pytest.mark.parametrize("body", [("text", ""), ("", PAGE), ("备用文字", PAGE)])
def test_a_mail_gives_its_body_subject_and_date(body: tuple[str, str]) -> None:
    plain, page = body
    text = f"{TITLE}\n一、全年完成植树5000株以上。\n二、每月5日前上报进度。\n" if plain == "text" else plain
    data = mail(text, page).as_bytes()
    assert sniff(data, "a.eml") == "message/rfc822"
    document = jihua.convert(data, uri="a.eml")
    assert document.source.reader == "mail" and document.source.media_type == "message/rfc822"
    assert "植树5000株" in document.text and "备用" not in document.text
    assert (document.page.title, document.page.published, document.page.author) == (TITLE, "2024-03-04T10:00:05", None)
    assert document.plans[0].title == TITLE and "example.org" not in document.model_dump_json()


def test_attachments_are_named_and_no_part_of_the_text() -> None:
    message = mail("一、植树。", "", 附件一=b"x", 附件二=b"y")
    message.add_attachment(mail("三、另一封信。"))
    source = read(message.as_bytes(), "a.eml")
    assert source.text.strip() == "一、植树。"
    assert [d.message for d in source.diagnostics] == [
        "attached, and no part of this text: 附件一.doc", "attached, and no part of this text: 附件二.doc",
        "attached, and no part of this text: message/rfc822"]
    many = mail("一、植树。", **{f"a{k}": b"x" for k in range(60)})
    assert read(many.as_bytes(), "a.eml").diagnostics[-1].message == "attached, and no part of this text: 10 more"


def test_headers_that_were_never_encoded_are_read() -> None:
    data = ("Received: x\r\nSubject: 青溪镇二〇二四年工作计划\r\nDate: 2024年3月4日 10:00\r\nTo: b@example.org\r\n"
            "\r\n一、植树五千株。\r\n").encode("gb18030")
    source = read(data, "a.eml")
    assert (source.page.title, source.page.published) == ("青溪镇二〇二四年工作计划", "2024-03-04T10:00")
    assert "植树五千株" in source.text and source.charset == "gb18030"


def test_a_page_with_pictures_that_was_sent_is_a_mail() -> None:
    data = mail("", "").as_bytes().replace(b'Content-Type: text/plain; charset="utf-8"', b'Content-Type: multipart/related; boundary="x"')
    assert sniff(data, "a.eml") == "message/rfc822"


def test_what_is_not_whole_or_out_of_measure_is_refused() -> None:
    with pytest.raises(DamagedError, match="holds no page"):
        read(saved(("image/png", "", "x")), "a.mht")
    head = b"Received: x\nMIME-Version: 1.0\n"
    for data in (head + b"Content-Type: text/plain;" + b' a="' * 5000 + b"\n\n", head + b"\n" * 3_000_000,
                 head + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (k, k) for k in range(300))):
        with pytest.raises(TooLargeError):
            read(data, "a.eml")


def test_hostile_mail_is_read_in_time() -> None:
    head = b"Received: x\nMIME-Version: 1.0\n"
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (k, k) for k in range(150))
    for data in (head + b"Subject: " + b"=?=?" * 100_000 + b"\n\nx", head + nested + b"\n-" * 100_000,
                 head + b"Content-Transfer-Encoding: base64\n\n" + b"=" * 1_000_000, head + b"Date: " + b"1 " * 50_000 + b"\n\n"):
        start = time.process_time()
        read(data, "a.eml")
        assert time.process_time() - start < 5


def test_mutated_mail_ends_in_text_or_errors() -> None:
    seeds = [saved(("text/html; charset=gb2312", "Content-Location: http://e.example/\r\n", PAGE), charset="gb18030"),
             mail("一、植树。", PAGE, 附件=b"x").as_bytes()]
    chance = random.Random(4)
    for k in range(400):
        data = bytearray(seeds[k % 2])
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(min(len(data), 900))] = chance.choice([*range(256), *b'=?;:"\n-'])
        try:
            source = read(bytes(data), "a.eml")
            assert all(0 <= b.start < b.end <= len(source.text) for b in source.blocks)
        except JihuaError as error:
            assert error.way_out
