"""What is made of one page: asked for, answered, written to the WARC, its links noted."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ..ingest.html.profiles import profile_of
from ..ingest.text.charset import declared_charset, decode
from .fetch import Answer, Fetcher, Trouble, Wanted
from .frontier import DONE, FAILED, GONE, MOVED, REFUSED, Frontier, Page
from .journal import Journal
from .lane import ASKED_LONGEST, LONGEST, Lane, asked
from .links import Link, endings, links
from .options import Options, Refusal
from .robots import MOST, Robots, read_robots
from .urls import Scope, canonical, host_of, origin_of
from .warc import WarcWriter, digest_of, now

_TRY_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504, 522, 524))
_MOVED = frozenset((301, 302, 303, 307, 308))
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/vnd.wap.xhtml+xml")
_DOCUMENTS = re.compile(
    r"application/(?:pdf|ofd|msword|rtf|zip|gzip|x-|vnd\.|octet-stream|force-download|download)|text/(?:rtf|html|plain)")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_LINKED = 8_000_000       # bytes of a page in which links are looked for
_FOREVER = 10             # a wait before the next try grows by no more than this, in powers of 4
_SILENCE = frozenset(("slow", "no-host", "no-answer", "robots-down"))
_WAIT = .25               # seconds of the first such wait where no delay is asked for


@dataclass(slots=True)
class Visitor:
    """Visits pages, one after another for each host. What it learns goes to the frontier, the WARC and the journal."""

    options: Options
    scope: Scope
    frontier: Frontier
    warc: WarcWriter
    journal: Journal
    fetcher: Fetcher
    robots: dict[str, Robots] = field(default_factory=dict)

    async def visit(self, page: Page, lane: Lane) -> bool:
        """See to one page; False where its host did not answer."""
        if page.tries:
            lane.wait(min(max(self.options.delay, _WAIT) * 4 ** min(page.tries - 1, _FOREVER), LONGEST))
        rules = await self._rules(page.url, lane)
        if isinstance(rules, Trouble):
            return self._trouble(page, rules, lane)
        lane.least = max(self.options.delay, rules.delay)
        refusal = rules.refusal(page.url)
        if rules.delay > ASKED_LONGEST:
            refusal = Refusal("crawl-delay", f"{rules.delay:g}")
        if refusal:
            self._refuse(page, refusal)
            return True
        await lane.turn()
        if self.fetcher.stopping:
            return True
        answer = await self.fetcher.get(page.url, self._wanted(page), _conditions(page))
        if isinstance(answer, Trouble):
            return self._trouble(page, answer, lane)
        lane.answered(answer.seconds, answer.status < 400)
        self._answered(page, answer, lane)
        return True

    async def _rules(self, url: str, lane: Lane) -> Robots | Trouble:
        """The robots.txt of an address's origin, read once a run. Its redirects are followed, as RFC 9309 has it."""
        if self.options.ignore_robots:
            return Robots()
        origin = origin_of(url)
        if origin not in self.robots:
            asked_for = f"{origin}/robots.txt"
            got: Answer | Trouble = Trouble("no-answer")
            for _ in range(self.options.redirects + 1):
                await lane.turn()
                got = await self.fetcher.get(asked_for, most=4 * MOST)
                lane.wait(self.options.delay)
                if isinstance(got, Trouble) or got.status not in _MOVED:
                    break
                try:
                    asked_for = canonical(got.header("location"), asked_for)
                except ValueError:
                    break
            rules = read_robots(got)
            if isinstance(rules, Trouble):
                return rules
            self.robots[origin] = rules
        return self.robots[origin]

    def _wanted(self, page: Page) -> Wanted:
        """Whether a body of this type is one that a document may be made of."""
        attachments = self.options.attachments

        def wanted(media: str, disposition: str) -> bool:
            media = media.partition(";")[0].strip().lower()
            if not media or media.startswith(_PAGES):
                return True
            return attachments and bool(_DOCUMENTS.match(media)) and _is_document(page, media, disposition)
        return wanted

    def _answered(self, page: Page, answer: Answer, lane: Lane) -> None:
        if answer.status in _MOVED:
            self._moved(page, answer)
        elif answer.status in _TRY_AGAIN:
            pause = asked(answer.header("retry-after"))
            if pause > ASKED_LONGEST:
                self._fail(page, Trouble("later", f"{pause:.0f}"))
            else:
                lane.wait(pause)
                self._trouble(page, Trouble("status", str(answer.status)), lane)
        elif answer.status == 304 and page.record:
            self._unmodified(page, answer)
        elif answer.status != 200:
            self.frontier.settle(page, GONE, code="status", detail=str(answer.status))
            self.journal.note("gone", page.url, status=answer.status)
        elif answer.stopped:
            self._refuse(page, Refusal("type", answer.header("content-type")[:100]))
        else:
            self._store(page, answer)

    def _store(self, page: Page, answer: Answer) -> None:
        """Write a page to the WARC: as a revisit where the WARC holds its payload already, whose links are known then."""
        digest, date = digest_of(answer.body), now()
        facts = {"etag": answer.header("etag") or None, "modified": answer.header("last-modified") or None,
                 "digest": digest, "bytes": len(answer.body)}
        before = self.frontier.holding(digest) if answer.body else None
        if before is not None and before.record and before.fetched:
            self.warc.revisit(page.url, date, answer.status, answer.headers, digest, answer.ip, profile="same",
                              of=(before.record, before.url, before.fetched))
            own = {} if before.id == page.id else {"record": None, "fetched": None}
            self.frontier.settle(page, DONE, **facts, **own)
            self.journal.note("same", page.url, of=before.url, bytes=len(answer.body))
            return
        record = self.warc.response(page.url, date, answer.status, answer.headers, answer.body, digest, answer.ip,
                                    page.kind)
        self.frontier.settle(page, DONE, **facts, record=record, fetched=date)
        found = self._links(page, answer)
        self.journal.note("stored", page.url, kind=page.kind, bytes=len(answer.body), links=found)

    def _unmodified(self, page: Page, answer: Answer) -> None:
        self.warc.revisit(page.url, now(), answer.status, answer.headers, page.digest or "", answer.ip,
                          profile="unmodified", of=(page.record or "", page.url, page.fetched or ""))
        self.frontier.settle(page, DONE)
        self.journal.note("unmodified", page.url)

    def _links(self, page: Page, answer: Answer) -> int:
        """Note the links of a page; how many new ones wait."""
        media = answer.header("content-type")
        if page.kind == "attachment" or not media.lower().startswith(("text/html", "application/xhtml")) and media:
            return 0
        if b"\0" in answer.body[:512] and not answer.body.startswith((b"\xff\xfe", b"\xfe\xff")):
            return 0
        label = _CHARSET.search(media)
        text, charset = _text(answer.body[:_LINKED], label[1] if label else declared_charset(answer.body))
        profile = profile_of(host_of(page.url))
        return sum(self._link(page, link) for link in links(text, page.url, charset, profile))

    def _link(self, page: Page, link: Link) -> bool:
        """Note a link; whether it is to be fetched. Links to other sites and too deep ones are counted: a page has many."""
        depth = page.depth + (link.kind in ("article", "column"))
        chain = page.chain + 1 if link.kind == "next" else page.chain if link.kind == "part" else 0
        if self.frontier.known(link.url):
            return False
        if link.kind == "column" and depth >= self.options.depth:      # a list at the last depth gives nothing
            return False
        if depth > self.options.depth:
            self.frontier.passed("depth")
            return False
        refusal = self.scope.refusal(link.url)
        if refusal and refusal.code == "other-site":
            self.frontier.passed("other-site", refusal.detail)
            return False
        refusal = refusal or too_far(self.options, link.kind, chain, 0)
        self.frontier.add(link.url, link.kind, depth=depth, chain=chain, parent=page.id, refused=refusal)
        if refusal:
            self._note_refusal(link.url, refusal)
        return refusal is None

    def _moved(self, page: Page, answer: Answer) -> None:
        """Note where a redirect leads. It is judged as any link is, and again by its address when it is asked for."""
        try:
            target = canonical(answer.header("location"), page.url)
        except ValueError:
            self._refuse(page, Refusal("scheme", answer.header("location")[:200]))
            return
        if self._in_circle(page.url, target):
            self._fail(page, Trouble("circle", target))
            return
        self.frontier.settle(page, MOVED, target=target)
        self.journal.note("moved", page.url, to=target)
        if self.frontier.known(target):
            return
        refusal = self.scope.refusal(target) or too_far(
            self.options, page.kind, page.chain, page.redirects + 1)
        self.frontier.add(target, page.kind, depth=page.depth, chain=page.chain, redirects=page.redirects + 1,
                          parent=page.id, refused=refusal)
        if refusal:
            self._note_refusal(target, refusal)

    def _in_circle(self, start: str, target: str) -> bool:
        """Whether known redirects lead from `target` back to `start`."""
        at: str | None = target
        for _ in range(self.options.redirects + 1):
            if at is None or at == start:
                break
            at = self.frontier.target(at)
        return at == start

    def _trouble(self, page: Page, trouble: Trouble, lane: Lane) -> bool:
        """Put a page off, behind all others, or give it up; False where its host did not answer."""
        if trouble.code in ("address", "too-large"):
            self._refuse(page, Refusal(trouble.code, trouble.detail))
            return True
        if page.tries + 1 >= self.options.tries:
            self._fail(page, trouble)
        else:
            self.frontier.put_off(page)
            self.journal.note("retry", page.url, code=trouble.code, detail=trouble.detail)
        return trouble.code not in _SILENCE

    def _fail(self, page: Page, trouble: Trouble) -> None:
        self.frontier.settle(page, FAILED, code=trouble.code, detail=trouble.detail)
        self.journal.note("failed", page.url, code=trouble.code, detail=trouble.detail)

    def _refuse(self, page: Page, refusal: Refusal) -> None:
        self.frontier.settle(page, REFUSED, code=refusal.code, detail=refusal.detail)
        self._note_refusal(page.url, refusal)

    def _note_refusal(self, url: str, refusal: Refusal) -> None:
        self.journal.note("refused", url, code=refusal.code, detail=refusal.detail)


def too_far(options: Options, kind: str, chain: int, redirects: int) -> Refusal | None:
    """Why an address of this kind is not fetched, so many next pages and redirects from where it began."""
    if kind == "attachment" and not options.attachments:
        return Refusal("attachment")
    if chain > options.chain:
        return Refusal("chain", str(options.chain))
    return Refusal("redirects", str(options.redirects)) if redirects > options.redirects else None


def _conditions(page: Page) -> dict[str, str]:
    """The headers that ask for a page only if it has changed."""
    if not page.record:
        return {}
    told = {"If-None-Match": page.etag, "If-Modified-Since": page.modified}
    return {name: value for name, value in told.items() if value and value.isascii() and value.isprintable()}


def _text(data: bytes, label: str | None) -> tuple[str, str]:
    """A page's text and charset. A label is believed where every byte bears it out, which saves two thirds of a page's
    time; the weighing of the evidence is for the rest."""
    named = (label or "").lower()
    codec = "gb18030" if named.startswith("gb") else "big5" if named == "big5" else "utf-8"
    for charset in dict.fromkeys(("utf-8", codec)):
        try:
            return data.decode(charset), charset
        except UnicodeDecodeError:
            continue
    decoded = decode(data, label)
    return decoded.text, decoded.charset


def _is_document(page: Page, media: str, disposition: str) -> bool:
    """Whether a file that is no page is one that may hold a document, by its ending or its type."""
    named = re.findall(r"\.([A-Za-z0-9]{1,5})\b", disposition) or [urlsplit(page.url).path.rpartition(".")[2]]
    ending = named[-1].lower()
    return ending in endings("attachment") or (ending not in endings("other") and "octet" not in media)
