"""Articles of several pages, framesets and saved pages, put together from the files beside them and from nothing else."""
from __future__ import annotations

from pathlib import Path

import pytest
from jihua import convert
from jihua.batch.find import find
from jihua.batch.run import run
from jihua.ingest.html.profiles import Profile
from jihua.ingest.pages.links import follows, heads, is_page_line, links_of, names, numbered, same_title, says_page
from jihua.ingest.pages.litter import beside_in_archive
from jihua.schema import Document, PartError

FIRST = "一、加强道路建设。今年新修村道２公里，６月底前完工，由建设办负责，每月检查一次，确保工程质量，并且"
REST = "按期验收。"
SECOND = "二、加强绿化工作，三月份植树３００棵，成活率达到90%以上，由林业站负责。"
THIRD = "三、办好敬老院，添置床位２０张，年底前完成，请两名护工，由民政办负责落实。"


def page(body: str, links: str, title: str = "某村2021年工作计划", head: str = "") -> str:
    return f"""<html><head><meta charset="utf-8"><title>{title}_某村政务网</title>{head}</head><body>
<div class="nav"><a href="/">首页</a> <a href="/jihua/">工作计划</a></div><h1>{title}</h1>
<div class="content"><p>{body}</p></div><div class="pager">{links}</div>
<div class="foot">版权所有：某村　<a href="t0.html">上一篇：某村总结</a> <a href="t9.html">下一篇：某村通知</a></div></body></html>"""


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")


def three(folder: Path) -> None:
    write(folder, t1__html=page(FIRST, '<a href="t1.html">[1]</a> <a href="t1_2.html">[2]</a> <a href="t1_3.html">[3]</a> <a href="t1_2.html">下一页</a>'),
          t1_2__html=page(f"{REST}</p><p>{SECOND}", '<a href="t1.html">上一页</a> [2] <a href="t1_3.html">下一页</a>'),
          t1_3__html=page(THIRD, '<a href="t1_2.html">上一页</a> <a href="t1.html">首页</a>'),
          t9__html=page("四、这是另一篇文章，内容完全不同，不应并入本文，每月检查一次。", "", "某村通知"))


def texts(document: Document) -> list[str]:
    return document.text.split("\n")


def test_the_pages_of_an_article_are_one_document(tmp_path: Path) -> None:
    three(tmp_path)
    document = convert(tmp_path / "t1.html")
    assert texts(document) == ["某村2021年工作计划", FIRST + REST, SECOND, THIRD]
    assert [e.rule for e in document.edits if e.kind == "rejoin"] == ["open-end"]
    notes = [d.message for d in document.diagnostics if d.code == "reader-note"]
    assert [note.split(",")[0] for note in notes] == ["page 2 read from t1_2.html", "page 3 read from t1_3.html"]
    assert all(len(note.rpartition(" ")[2]) == 64 for note in notes)
    assert document.source.bytes == (tmp_path / "t1.html").stat().st_size and document.page.title == "某村2021年工作计划"
    assert [s.number.value for s in document.plans[0].sections if s.number] == [1, 2, 3]
    places = {m.place.split(" ")[0] for m in document.source_map}
    assert places == {"t1.html", "t1_2.html", "t1_3.html"}


@pytest.mark.parametrize(("name", "nth"), [("t1_2.html", 2), ("t1_3.html", 3)])
def test_a_later_page_is_told_as_part_of_the_first(tmp_path: Path, name: str, nth: int) -> None:
    three(tmp_path)
    with pytest.raises(PartError, match=f"page {nth} of t1.html, converted with it"):
        convert(tmp_path / name)


def test_bytes_have_only_the_neighbours_that_they_are_given(tmp_path: Path) -> None:
    three(tmp_path)
    data = (tmp_path / "t1.html").read_bytes()
    assert SECOND not in convert(data).text
    asked: list[str] = []

    def fetch(name: str) -> bytes | None:
        asked.append(name)
        return (tmp_path / "t1_2.html").read_bytes() if name == "t1_2.html" else None

    document = convert(data, uri="x/t1.html", neighbours=fetch)
    assert SECOND in document.text and THIRD not in document.text and "t9.html" not in asked


def test_a_missing_first_page_leaves_the_rest_together(tmp_path: Path) -> None:
    three(tmp_path)
    (tmp_path / "t1.html").unlink()
    assert THIRD in convert(tmp_path / "t1_2.html").text
    with pytest.raises(PartError, match=r"page 2 of t1_2\.html"):
        convert(tmp_path / "t1_3.html")


@pytest.mark.parametrize("links", [
    '<a href="a_1.html">后一页</a>', '<a href="a_1.html"><img alt="下一页"></a>', '1 <a href="a_1.html">2</a>',
    '第一页 <a href="a_1.html">第二页</a>', '<a href="./a_1.html">下一页 &gt;&gt;</a>', '<a href="/x/a_1.html">&lt;下頁&gt;</a>'], ids=str)
def test_links_in_other_words(tmp_path: Path, links: str) -> None:
    write(tmp_path, a__html=page(FIRST, links), a_1__html=page(SECOND, '<a href="a.html">上一页</a>'))
    assert SECOND in convert(tmp_path / "a.html").text


def test_an_address_with_a_question(tmp_path: Path) -> None:
    (tmp_path / "show.asp@id=5").write_text(page(FIRST, '<a href="show.asp?id=5&amp;page=2">下一页</a>'), encoding="utf-8")
    (tmp_path / "show.asp@id=5&page=2").write_text(page(SECOND, '<a href="show.asp?id=5">上一页</a>'), encoding="utf-8")
    assert SECOND in convert(tmp_path / "show.asp@id=5").text
    with pytest.raises(PartError, match=r"page 2 of show\.asp@id=5"):
        convert(tmp_path / "show.asp@id=5&page=2")


def test_the_next_article_is_not_the_next_page(tmp_path: Path) -> None:
    write(tmp_path, a__html=page(FIRST, '<a href="b.html">下一篇</a> <a href="b.html">下一页</a>', head='<link rel="next" href="b.html">'),
          b__html=page(SECOND, '<a href="a.html">上一页</a>', "某村2022年工作总结"))
    assert SECOND not in convert(tmp_path / "a.html").text and FIRST not in convert(tmp_path / "b.html").text


def test_links_that_a_script_writes(tmp_path: Path) -> None:
    script = '<script>createPageHTML(3, {}, "t5", "htm");</script>'
    for name, nth, body in (("t5.htm", 0, FIRST), ("t5_1.htm", 1, SECOND), ("t5_2.htm", 2, THIRD)):
        (tmp_path / name).write_text(page(body, script.format(nth)), encoding="utf-8")
    assert convert(tmp_path / "t5.htm").text.endswith(f"{SECOND}\n{THIRD}")
    with pytest.raises(PartError, match=r"page 3 of t5\.htm"):
        convert(tmp_path / "t5_2.htm")


def test_the_profile_of_a_site_knows_the_next_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (Profile("p", ("plans.test",), next="a.more"),)
    monkeypatch.setattr("jihua.ingest.html.profiles.profiles", lambda: rows)
    head = '<link rel="canonical" href="http://plans.test/a.html">'
    write(tmp_path, a__html=page(FIRST, '<a class="more" href="b.html">展开</a>', head=head), b__html=page(SECOND, ""))
    assert SECOND in convert(tmp_path / "a.html").text


def test_pages_of_one_title_and_other_names(tmp_path: Path) -> None:
    write(tmp_path, x__html=page(FIRST, '<a href="k.html">下一页</a>'), k__html=page(SECOND, '<a href="x.html">上一页</a> <a href="b.html">下一页</a>'),
          b__html=page(THIRD, '<a href="k.html">上一页</a>'))
    assert convert(tmp_path / "x.html").text.endswith(f"{SECOND}\n{THIRD}")
    with pytest.raises(PartError, match=r"page 3 of x\.html"):
        convert(tmp_path / "b.html")


def test_lists_of_links_stay_apart(tmp_path: Path) -> None:
    items = "".join(f'<li><a href="n{i}.html">某村召开第{i}次会议，部署全年工作</a></li>' for i in range(20))
    write(tmp_path, index__html=page(f"<ul>{items}</ul>", '<a href="index_1.html">下一页</a>'),
          index_1__html=page(f"<ul>{items}</ul>", '<a href="index.html">上一页</a>'))
    assert not [d for d in convert(tmp_path / "index.html").diagnostics if "index_1" in d.message]
    assert convert(tmp_path / "index_1.html").text


SIGNED = "某村村民委员会</p><p>2021年1月5日"


@pytest.mark.parametrize("links", ['<a href="t1_2.html">上一页</a>', '<a href="t1.html">[1]</a> <a href="t1_2.html">[2]</a> [3]',
                                   "第<b>3</b>页/共3页"], ids=str)
def test_a_last_page_with_the_signature_alone_is_joined(tmp_path: Path, links: str) -> None:
    three(tmp_path)
    write(tmp_path, t1_3__html=page(SIGNED, links))
    assert texts(convert(tmp_path / "t1.html"))[-3:] == [SECOND, "某村村民委员会", "2021年1月5日"]
    if "href" in links:
        with pytest.raises(PartError, match=r"page 3 of t1\.html"):
            convert(tmp_path / "t1_3.html")


def test_a_short_page_between_others_of_any_name(tmp_path: Path) -> None:
    write(tmp_path, x__html=page(FIRST, '<a href="k.html">下一页</a>'), b__html=page(THIRD, '<a href="k.html">上一页</a>'),
          k__html=page("（见下页）。", '<a href="x.html">上一页</a> <a href="b.html">下一页</a>'))
    assert convert(tmp_path / "x.html").text.endswith(THIRD)
    with pytest.raises(PartError, match=r"page 3 of x\.html"):
        convert(tmp_path / "b.html")


def test_a_short_page_that_does_not_agree_stays_apart(tmp_path: Path) -> None:
    three(tmp_path)
    write(tmp_path, t1_3__html=page(SIGNED, '<a href="t9.html">上一页</a>'))
    assert "2021年1月5日" not in convert(tmp_path / "t1.html").text
    assert says_page("<p>共3页 第2页</p>", 2) and not says_page("第2页/共3页", 3) and not says_page("3/2页", 3)


def test_loops_and_self_links_end(tmp_path: Path) -> None:
    write(tmp_path, a__html=page(FIRST, '<a href="a.html">下一页</a> <a href="a_2.html">下一页</a>'),
          a_2__html=page(SECOND, '<a href="a.html">下一页</a> <a href="a_2.html">下一页</a>'))
    document = convert(tmp_path / "a.html")
    assert document.text.count(SECOND) == 1 and document.text.count("一、加强道路建设") == 1


def test_a_page_of_links_asks_for_few_files() -> None:
    asked: list[str] = []

    def fetch(name: str) -> bytes:
        asked.append(name)
        return page(f"{SECOND}{name}", "").encode()

    links = "".join(f'<a href="x{i}.html">{words}</a>' for i in range(3000) for words in ("下一页", "上一页"))
    assert FIRST in convert(page(FIRST, links, "某村计划").encode(), uri="a.html", neighbours=fetch).text
    assert len(asked) < 200


def test_a_hundred_pages_are_the_most(tmp_path: Path) -> None:
    for i in range(1, 104):
        text = page(f"第{i}处：某村今年修路2公里，6月底前完工，由村委会负责，每月检查一次并公布结果。", f'<a href="a_{i + 1}.html">下一页</a>')
        (tmp_path / f"a_{i}.html").write_text(text, encoding="utf-8")
    document = convert(tmp_path / "a_1.html")
    assert "第100处" in document.text and "第101处" not in document.text


@pytest.mark.parametrize("link", ["../secret_2.html", "/etc/passwd", "sub/a_2.html", "..\\secret_2.html", "http://[", "a_2.html\x00"])
def test_nothing_outside_the_folder_is_read(tmp_path: Path, link: str) -> None:
    inner = tmp_path / "in"
    (inner / "sub").mkdir(parents=True)
    for place in (tmp_path / "secret_2.html", inner / "sub" / "a_2.html"):
        place.write_text(page(SECOND, ""), encoding="utf-8")
    write(inner, a__html=page(FIRST, f'<a href="{link}">下一页</a>'))
    assert SECOND not in convert(inner / "a.html").text


FRAMES = """<html><head><title>某镇2006年工作计划</title></head><frameset rows="80,*"><frame src="p_files/top.htm">
<frameset cols="150,*"><frame src="p_files/left.htm"><frame src="p_files/main.htm"></frameset>
<noframes><body>您的浏览器不支持框架。</body></noframes></frameset></html>"""


def test_the_frame_that_holds_the_text_is_the_page(tmp_path: Path) -> None:
    saved = tmp_path / "p_files"
    saved.mkdir()
    write(tmp_path, p__html=FRAMES)
    write(saved, top__htm="<body><img src=logo.gif></body>", left__htm="<body><a href=1>首页</a><br><a href=2>通知</a></body>",
          main__htm=f"<html><body><p>{FIRST}完工。</p><p>{SECOND}</p></body></html>")
    document = convert(tmp_path / "p.html")
    assert SECOND in document.text and "浏览器" not in document.text and document.page.title == "某镇2006年工作计划"
    messages = [d.message for d in document.diagnostics]
    assert any(m.startswith("frame 2 read from main.htm, sha256 ") for m in messages)
    assert "frame left.htm left out: it holds little or no text" in messages
    with pytest.raises(PartError, match=r"a file of the saved page p\.html"):
        convert(saved / "main.htm")


def test_framesets_alike_in_two_folders_are_two_documents(tmp_path: Path) -> None:
    for name, text in (("a", FIRST), ("b", SECOND)):
        (tmp_path / "in" / name / "p_files").mkdir(parents=True)
        write(tmp_path / "in" / name, p__html=FRAMES)
        write(tmp_path / "in" / name / "p_files", main__htm=f"<body><p>{text}，年底前完成并且验收。</p></body>")
    found = find([tmp_path / "in"]).files
    outcomes = {o.uri: o.outcome for o in run(found, tmp_path / "out")}
    assert outcomes == {"a/p.html": "ok", "a/p_files/main.htm": "skipped", "b/p.html": "ok", "b/p_files/main.htm": "skipped"}


def test_a_frame_beside_a_text_is_left_out_with_a_reason(tmp_path: Path) -> None:
    write(tmp_path, p__html=page(f"{FIRST}完工。{SECOND}", '<iframe src="ad.html"></iframe>'),
          ad__html="<body><p>本店开业，全场八折，欢迎各位新老顾客光临选购，电话预订更有优惠礼品相送。</p></body>")
    document = convert(tmp_path / "p.html")
    assert "八折" not in document.text
    assert "frame ad.html left out: it holds little or no text" in [d.message for d in document.diagnostics]


@pytest.mark.parametrize(("first", "other", "nth", "yes"), [
    ("t1.html", "t1_2.html", 2, True), ("t1.html", "t1_1.html", 2, True), ("t1.html", "t1_3.html", 2, False),
    ("t1-1.htm", "t1-2.htm", 2, True), ("t1.html", "t2.html", 2, False), ("t2006_100.html", "t2006_101.html", 2, True),
    ("a.asp?id=5", "a.asp?id=5&page=2", 2, True), ("a.asp?id=5", "a.asp?id=6&page=2", 2, False), ("a.htm", "a(2).htm", 2, True)])
def test_names_of_a_series(first: str, other: str, nth: int, yes: bool) -> None:
    assert follows(first, other, nth) is yes


def test_what_names_and_lines_say() -> None:
    assert numbered("t1.html") is None and numbered("show.php?page=3&id=5") == ("show.php?id=5", 3)
    assert heads("t1_3.html")[:2] == ["t1.html", "t1_1.html"] and heads("t1.html") == []
    assert names("show.asp?id=5&page=2#top", "x.html") == ["show.asp?id=5&page=2", "show.asp@id=5&page=2"]
    assert [is_page_line(x) for x in ("上一页 1 2 3 下一页", "[1] [2] [3]", "共3页", "(1)", "1.2", "一、目标", "2022年")] == [
        True, True, True, False, False, False, False]
    assert same_title("某村2021年工作计划(2)", "某村2021年工作计划") and not same_title("某村2021年计划", "某村2022年计划")
    links = links_of('<a href="#">下一页</a><a href="javascript:x()">下一页</a><a href="b.html">下一篇</a><a href="c.html">3</a>')
    assert (links.next, links.numbered) == ((), ((3, "c.html"),))


def test_a_run_over_a_saved_page_gives_one_document(tmp_path: Path) -> None:
    saved = tmp_path / "in" / "p_files"
    saved.mkdir(parents=True)
    write(tmp_path / "in", p__html=FRAMES)
    write(saved, main__htm=f"<html><body><p>{FIRST}完工。</p><p>{SECOND}</p></body></html>", menu__js="var a = 1", style__css="p{}")
    (saved / "logo.gif").write_bytes(b"GIF89a")
    found = find([tmp_path / "in"]).files
    assert [(item.uri, item.litter) for item in found] == [
        ("p.html", False), ("p_files/logo.gif", True), ("p_files/main.htm", False), ("p_files/menu.js", True), ("p_files/style.css", True)]
    assert beside_in_archive("a/p.files/x.css") and not beside_in_archive("a/p.files/x.htm") and not beside_in_archive("a/files/x.png")
