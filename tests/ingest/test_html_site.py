"""Pages of sites with a profile: what its selectors take goes before what the page's shape suggests."""
from __future__ import annotations

import pytest
from jihua.ingest.html import site
from jihua.ingest.html.profiles import Profile, profiles
from jihua.ingest.html.read import read_html
from jihua.ingest.readers import read
from jihua.schema import Origin, RuleError

OUTER = {"furniture", "links", "header", "footer"}
URL = "http://plans.test/a/1.html"
COMMENTS = "".join(f"<p>说得好，我们村也是这样做的，今年修了路，明年还要植树，大家都很满意{i}。</p>" for i in range(30))
PAGE = f"""<!-- saved from url=(0026){URL} --><html><head><title>窗口_某站</title></head><body>
<div class="talk">{COMMENTS}</div><table><tr><td><div class="t">某村2021年工作计划</div><i class="d">2021-03-05 10:20</i>
<div class="b"><p>一、今年修路2公里，6月底前完工，由村委会负责。</p><p>二、植树300棵，成活率达到90%以上，三月完成。</p></div></td></tr></table></body></html>"""


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (Profile("p", ("*.plans.test",), title=".t", body="table > tbody > tr .b, table .b", date="i.d"),)
    monkeypatch.setattr("jihua.ingest.html.profiles.profiles", lambda: rows)


def own(markup: str, url: str | None = None) -> list[str]:
    source = read_html(markup.encode(), url=url)
    return [source.text[b.start:b.end] for b in source.blocks if b.kind not in OUTER]


TEXT = ["某村2021年工作计划", "一、今年修路2公里，6月底前完工，由村委会负责。", "二、植树300棵，成活率达到90%以上，三月完成。"]


def test_the_profile_goes_before_the_shape() -> None:
    assert own(PAGE) == TEXT
    page = read_html(PAGE.encode()).page
    assert (page.title, page.published) == ("某村2021年工作计划", "2021-03-05T10:20")
    assert len(own(PAGE.replace(URL, "http://other.test/"))) > 20


@pytest.mark.parametrize("head", [
    f'<link rel="canonical" href="{URL}">', f'<meta property="og:url" content="{URL}">'])
def test_the_page_may_say_where_it_is_from(head: str) -> None:
    assert len(own(PAGE.partition("-->")[2].replace("<head>", f"<head>{head}"))) == 3


def test_the_container_may_say_so() -> None:
    bare = PAGE.partition("-->")[2]
    assert len(own(bare)) > 20 and own(bare, URL) == TEXT
    source = read(bare.encode(), "1.html", Origin(url=URL))
    assert sum(b.kind not in OUTER for b in source.blocks) == 3 and source.page.url == URL


def test_an_empty_body_leaves_the_choice_to_the_shape() -> None:
    empty = PAGE.replace('<div class="b">', '<div class="b">无</div><div>')
    assert len(own(empty)) > 20


@pytest.mark.parametrize("url", ["http://[", "ftp://plans.test/", "", "http://plans.test:99999/x", "javascript:1"])
def test_odd_addresses_are_none(url: str) -> None:
    assert own(PAGE.partition("-->")[2], url)


def test_every_selector_of_the_table_parses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert profiles()
    site._check()
    bad = Profile("坏", ("x.test",), body="div[")
    with pytest.raises(RuleError, match="`body` is no selector") as raised:
        site.check(site.BeautifulSoup("", "lxml"), bad, "body")
    assert (raised.value.source, raised.value.place) == ("ingest/data/profiles.toml", "坏")
