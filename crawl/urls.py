"""Addresses of pages: one spelling each, and whether they belong to the crawl."""
from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from .options import Options, Refusal

PORTS = {"http": 80, "https": 443}
OPEN_PORTS = frozenset((80, 443, 8080, 8443))
"""Ports that any host of the crawl may have; others only where a seed or --also names them."""
_LONGEST = 20_000         # characters beyond which nothing is taken apart
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_HOST = re.compile(r"(?:[\w-]+\.){0,60}[\w-]+|[\da-f]{0,4}:[\da-f:.]+")
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.I)
_NOISE = re.compile(r"(?:utm_[a-z]+|phpsessid|jsessionid|sessionid|spm)", re.I)
_SAFE = "/:@!$&'()*+,;=-._~%"
_REPEATS = 3              # times that the same steps may follow each other in a path
_LONGEST_REPEAT = 5       # steps that are looked for again


def canonical(href: str, base: str = "", charset: str = "utf-8") -> str:
    """The address that `href` on the page `base` names, in one spelling: lower-case host, no default port, no fragment, no
    session, everything beyond ASCII escaped, the path as UTF-8 and the query in the page's charset, as browsers do.
    Raises ValueError for what names no page: other schemes, no host, broken."""
    if len(href) > _LONGEST:
        raise ValueError("too long")
    head, mark, query = href.strip().partition("?")
    href = head.replace("\\", "/") + mark + query
    parts = urlsplit(urljoin(base, re.sub(r"[\t\r\n]", "", href)))
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("no page of the web")
    path = quote(_CONTROL.sub("", _SESSION.sub("", _without_dots(parts.path))) or "/", safe=_SAFE, errors="replace")
    return urlunsplit((parts.scheme, _authority(parts), path, _query(parts.query, charset), ""))


def seed(text: str) -> str:
    """What a user typed as an address; `http://` where no scheme is named. Raises ValueError."""
    return canonical(text if "://" in text else f"http://{text}")


def _authority(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        host = host.encode("idna").decode("ascii").rstrip(".")
    if not host or len(host) > 253 or not _HOST.fullmatch(host):
        raise ValueError("no name of a host")
    port = "" if parts.port in (None, PORTS[parts.scheme]) else f":{parts.port}"
    user = f"{parts.username or ''}@" if "@" in parts.netloc else ""
    return f"{user}[{host}]{port}" if ":" in host else f"{user}{host}{port}"


def _without_dots(path: str) -> str:
    """The path with `.` and `..` gone through."""
    if "/." not in path:
        return path
    kept: list[str] = []
    steps = path.split("/")
    for step in steps:
        if step == "..":
            if len(kept) > 1:
                kept.pop()
        elif step != ".":
            kept.append(step)
    return "/".join(kept) + ("/" if steps[-1] in (".", "..") and kept[-1:] != [""] else "")


def _query(query: str, charset: str) -> str:
    kept = [part for part in query.split("&") if not _NOISE.fullmatch(part.partition("=")[0])]
    try:
        data = "&".join(kept).encode(charset, "xmlcharrefreplace")
    except LookupError:
        data = "&".join(kept).encode("utf-8", "replace")
    return quote(data, safe=_SAFE + "?[]")


def host_of(url: str) -> str:
    """The name of a canonical address's host."""
    return urlsplit(url).hostname or ""


def origin_of(url: str) -> str:
    """Scheme, host and port, for which one robots.txt speaks."""
    return "/".join(url.split("/", 3)[:3])


def site(host: str) -> str:
    """What two hosts of one site have in common: `www.` counts as nothing."""
    return host.removeprefix("www.")


@dataclass(slots=True)
class Scope:
    """Which addresses belong to a crawl: the sites of its seeds, and those that the user names."""

    options: Options
    sites: set[str] = field(default_factory=set)
    ports: set[tuple[str, int]] = field(default_factory=set)
    shapes: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add_seed(self, url: str) -> None:
        """Count the seed's site, and its port, to the crawl."""
        parts = urlsplit(url)
        self.sites.add(site(parts.hostname or ""))
        self.ports.add((parts.hostname or "", parts.port or PORTS[parts.scheme]))

    def refusal(self, url: str) -> Refusal | None:
        """Why a canonical address is none of the crawl's, whatever links to it."""
        if len(url) > self.options.url_length:
            return Refusal("length", str(len(url)))
        parts = urlsplit(url)
        if "@" in parts.netloc:
            return Refusal("credentials")
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        if not self.holds(host, port):
            return Refusal("other-site", host)
        if not self._open(host, port):
            return Refusal("port", f"{host}:{port}")
        return Refusal("repeats") if repeats(parts.path) else self._alike(parts)

    def holds(self, host: str, port: int) -> bool:
        """Whether a host is one of the crawl's."""
        return site(host) in self.sites or any(_named(name, host, port) for name in self.options.also)

    def _open(self, host: str, port: int) -> bool:
        return port in OPEN_PORTS or (host, port) in self.ports or f"{host}:{port}" in self.options.also

    def _alike(self, parts: SplitResult) -> Refusal | None:
        """A site can make addresses without end from one page and a query; each new one is counted here."""
        if not parts.query:
            return None
        shape = (parts.netloc, parts.path, *sorted({part.partition("=")[0] for part in parts.query.split("&")}))
        self.shapes[shape] += 1
        return Refusal("alike", parts.path) if self.shapes[shape] > self.options.alike else None


def _named(name: str, host: str, port: int) -> bool:
    if name.startswith("*."):
        return host == name[2:] or host.endswith(name[1:])
    return name in (host, f"{host}:{port}")


def repeats(path: str) -> bool:
    """Whether the same steps, up to five, follow each other three times in a path, as where relative links lead ever deeper:
    `/a/b/a/b/a/b/`."""
    steps = [step for step in path.split("/") if step]
    for length in range(1, min(len(steps) // _REPEATS, _LONGEST_REPEAT) + 1):
        for start in range(len(steps) - length * _REPEATS + 1):
            part = steps[start:start + length]
            if all(steps[start + k * length:start + (k + 1) * length] == part for k in range(1, _REPEATS)):
                return True
    return False
