"""One spelling for each address, and which of them belong to a crawl."""
from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jihua.crawl.options import Options
from jihua.crawl.urls import Scope, canonical, origin_of, repeats, seed

BASE = "http://www.x.cn/p/q/list.html"


@pytest.mark.parametrize(("href", "url"), [
    ("a.html", "http://www.x.cn/p/q/a.html"),
    ("../a/./b/../c.html#top", "http://www.x.cn/p/a/c.html"),
    ("/a/../../b/", "http://www.x.cn/b/"),
    ("HTTP://WWW.X.CN:80/A", "http://www.x.cn/A"),
    ("https://x.cn:443", "https://x.cn/"),
    ("https://x.cn:8443/", "https://x.cn:8443/"),
    ("//y.cn/a b", "http://y.cn/a%20b"),
    (" a.html\r\n", "http://www.x.cn/p/q/a.html"),
    ("..\\b\\c.html", "http://www.x.cn/p/b/c.html"),
    ("a.asp?类=计划", "http://www.x.cn/p/q/a.asp?%C0%E0=%BC%C6%BB%AE"),
    ("计划.html", "http://www.x.cn/p/q/%E8%AE%A1%E5%88%92.html"),
    ("a.asp;jsessionid=3F?id=1&utm_source=w&PHPSESSID=2", "http://www.x.cn/p/q/a.asp?id=1"),
    ("http://中国.cn/", "http://xn--fiqs8s.cn/"),
    ("http://[::1]:81/", "http://[::1]:81/"),
    ("?id=%E4", "http://www.x.cn/p/q/list.html?id=%E4"),
])
def test_one_spelling(href: str, url: str) -> None:
    assert canonical(href, BASE, "gb18030") == url
    assert canonical(url, BASE) == url


@pytest.mark.parametrize("href", [
    "javascript:go(1)", "mailto:a@x.cn", "file:///etc/passwd", "ftp://x.cn/a", "data:text/html,x", "http://[", "http://x:99999/",
    "http://" + "a" * 300, "http://a..b/", "http://./", "gopher://x/", "http://x y/", "a" * 30_000, "view-source:http://x.cn/"])
def test_no_page(href: str) -> None:
    with pytest.raises(ValueError):
        canonical(href, BASE)


@given(st.text(max_size=60))
def test_any_text_is_an_address_of_one_spelling_or_none(text: str) -> None:
    try:
        url = canonical(text, BASE)
    except ValueError:
        return
    assert url.startswith(("http://", "https://")) and url.isascii() and not set(url) & set(" \t\r\n#")
    assert canonical(url) == url


def test_a_seed_may_lack_its_scheme() -> None:
    assert seed("x.cn/list") == "http://x.cn/list"
    assert origin_of("http://x.cn:81/a/b") == "http://x.cn:81"


@pytest.mark.parametrize(("url", "code"), [
    ("http://www.x.cn/a", ""), ("https://x.cn/a", ""), ("http://x.cn:8080/", ""), ("http://x.cn:22/", "port"),
    ("http://y.cn/", "other-site"), ("http://a.y.gov.cn/", ""), ("http://y.gov.cn/", ""), ("http://z.cn:81/", ""),
    ("http://z.cn/", "other-site"), ("http://evilx.cn/", "other-site"), ("http://x.cn.evil.cn/", "other-site"),
    ("http://x.cn@evil.cn/", "credentials"), ("http://u@x.cn/", "credentials"), ("http://x.cn/" + "a" * 2000, "length"),
    ("http://x.cn/a/b/a/b/a/b/c", "repeats"), ("http://x.cn/2024/2024/2024/a", "repeats"), ("http://x.cn/a/b/a/b/c", "")])
def test_the_scope(url: str, code: str) -> None:
    scope = Scope(Options(also=("*.y.gov.cn", "z.cn:81")))
    scope.add_seed("http://www.x.cn/list/")
    refusal = scope.refusal(canonical(url))
    assert (refusal.code if refusal else "") == code


def test_addresses_that_differ_only_in_their_query_have_an_end() -> None:
    scope = Scope(Options(alike=3))
    scope.add_seed("http://x.cn/")
    codes = [scope.refusal(f"http://x.cn/cal.asp?month={n}&b=1") for n in range(5)]
    assert [refusal and refusal.code for refusal in codes] == [None, None, None, "alike", "alike"]
    assert scope.refusal("http://x.cn/show.asp?id=1") is None


def test_a_long_path_is_looked_through_at_once() -> None:
    began = time.perf_counter()
    assert not repeats("/".join(str(n) for n in range(5_000)))
    assert time.perf_counter() - began < 1
