"""Getting pages with Scrapy: one at a time a host, bounded in size and time, from public addresses only.

Scrapy connects, speaks HTTP and TLS, and undoes compression. What to fetch, when, and whether to try again is decided by
the crawl itself, so that it survives a crash: Scrapy's own redirects, retries, cookies, robots and consoles are off.
"""
from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request, Spider, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
)
from scrapy.http import Response
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution
from twisted.internet.threads import deferToThreadPool
from twisted.web._newclient import HEADER, STATUS
from zope.interface import implementer

from .address import is_public
from .options import Options
from .urls import PORTS, host_of

_ACCEPT = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}
_OFF = ("TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "COOKIES_ENABLED", "REDIRECT_ENABLED", "RETRY_ENABLED",
        "METAREFRESH_ENABLED", "ROBOTSTXT_OBEY", "MEMUSAGE_ENABLED", "STATS_DUMP", "LOG_ENABLED",
        "LOG_INSTALL_ROOT_HANDLER", "DNSCACHE_ENABLED")
_MOST_HEADERS = 256_000   # bytes; browsers take as many


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. `stopped`: its headers told that the body is not wanted, which was not read. `seconds` is
    the time to its first byte."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    ip: str
    seconds: float
    stopped: bool = False

    def header(self, name: str) -> str:
        """The first header of a name, in lower case, `""` for none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing came, as a code of options.LIFTS or options.FAILURES."""

    code: str
    detail: str = ""


Wanted = Callable[[str, str], bool]
"""Whether a body is wanted, by its Content-Type and Content-Disposition."""


@dataclass(slots=True)
class Fetcher:
    """What a crawl gets pages with, while `fetching` runs."""

    options: Options
    gate: Gate
    spider: Any = None
    stopping: int = 0          # the signal that asks for an end

    async def get(self, url: str, wanted: Wanted | None = None, headers: dict[str, str] | None = None,
                  most: int | None = None) -> Answer | Trouble:
        """What comes of asking for an address, `most` bytes of it where that is less than any page may have."""
        meta = {"wanted": wanted, "download_maxsize": min(most or self.options.bytes_each, self.options.bytes_each)}
        request = Request(url, headers=headers, dont_filter=True, meta=meta)
        try:
            response = await self.spider.crawler.engine.download_async(request)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            return self._trouble(url, error)
        return _answer(request, response)

    def _trouble(self, url: str, error: Exception) -> Trouble:
        refused = self.gate.refused.get(host_of(url))
        if isinstance(error, CannotResolveHostError):
            return Trouble("address", refused) if refused else Trouble("no-host")
        if isinstance(error, DownloadCancelledError | IgnoreRequest):
            return Trouble("too-large", f"{self.options.bytes_each:,}")
        if isinstance(error, DownloadTimeoutError | TimeoutError):
            return Trouble("slow", f"{self.options.seconds_each:g}")
        if isinstance(error, ResponseDataLossError | DownloadFailedError):
            return Trouble("cut-off")
        return Trouble("no-answer", type(error).__name__)


def _answer(request: Request, response: Response) -> Answer:
    headers = tuple((name.decode("latin-1"), value.decode("latin-1"))
                    for name, values in response.headers.items() for value in values or ())
    return Answer(response.status, headers, response.body, str(response.ip_address or ""),
                  float(request.meta.get("download_latency", 0)), "download_stopped" in response.flags)


@dataclass(slots=True)
class Gate:
    """Lets names through to public addresses, and those of `proxies` to any; `refused` keeps for each host the address that
    was not."""

    private: bool
    proxies: frozenset[str] = frozenset()
    refused: dict[str, str] = field(default_factory=dict)

    def lets(self, host: str, address: str) -> bool:
        """Whether an address that a host's name stands for may be contacted."""
        if self.private or host in self.proxies or is_public(address):
            return True
        self.refused[host] = address
        return False


@implementer(IHostnameResolver)
class _Resolver:
    """Names to addresses. Twisted connects to the very addresses that are given here, none of which is asked for again:
    a name that answers otherwise the next time gains nothing by it."""

    def __init__(self, reactor: Any, gate: Gate) -> None:
        self.reactor, self.gate = reactor, gate

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> _Resolver:
        """As Scrapy makes its resolver."""
        return cls(reactor, crawler.settings["JIHUA_GATE"])

    def install_on_reactor(self) -> None:
        """Take the place of the system's resolver."""
        self.reactor.installNameResolver(self)

    def resolveHostName(self, receiver: Any, hostName: str, portNumber: int = 0,
                        addressTypes: Sequence[type[IAddress]] | None = None,
                        transportSemantics: str = "TCP") -> Any:
        """Resolve in a thread, as Twisted's own resolver does."""
        resolution = _Resolution(hostName)
        receiver.resolutionBegan(resolution)

        def found(addresses: list[tuple[bool, str]]) -> None:
            for six, address in addresses:
                if self.gate.lets(hostName, address):
                    receiver.addressResolved((IPv6Address if six else IPv4Address)("TCP", address, portNumber))
            receiver.resolutionComplete()

        done = deferToThreadPool(self.reactor, self.reactor.getThreadPool(), _addresses, hostName)
        done.addCallback(found)
        return resolution


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        raise NotImplementedError


def _addresses(host: str) -> list[tuple[bool, str]]:
    """The addresses of a name, each with whether it is of IPv6; none where it has none."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [(family == socket.AF_INET6, str(address[0])) for family, _, _, _, address in found
            if family in (socket.AF_INET, socket.AF_INET6)]


class Handler(HTTP11DownloadHandler):
    """Scrapy's own way to speak HTTP/1.1, with a bound on headers, which Twisted collects without one."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)

        class Factory(self._pool._factory):  # type: ignore[misc,name-defined]
            def buildProtocol(self, addr: Any) -> Any:
                return _bounded(super().buildProtocol(addr))

        self._pool._factory = Factory


def _bounded(protocol: Any) -> Any:
    """The protocol of a connection, which hangs up on more than `_MOST_HEADERS` bytes before a body begins."""
    receive, seen = protocol.dataReceived, 0

    def dataReceived(data: bytes) -> None:
        nonlocal seen
        parser = protocol._parser
        seen = seen + len(data) if parser is not None and parser.state in (STATUS, HEADER) else 0
        if seen > _MOST_HEADERS:
            protocol.transport.abortConnection()
        else:
            receive(data)

    protocol.dataReceived = dataReceived
    return protocol


class _Spider(Spider):
    """Scrapy's view of the crawl: one coroutine that fetches for itself."""

    name = "jihua"

    def __init__(self, main: Callable[[Any], Awaitable[None]]) -> None:
        super().__init__()
        self.main = main

    async def start(self) -> Any:
        """The crawl, from its beginning to its end."""
        self.crawler.signals.connect(_headers_received, signals.headers_received)
        await self.main(self)
        return
        yield


def _headers_received(headers: Any, request: Request) -> None:
    """Leave a body that is not wanted where it is."""
    wanted = request.meta.get("wanted")
    told = [(headers.get(name) or b"").decode("latin-1") for name in ("Content-Type", "Content-Disposition")]
    if wanted is not None and not wanted(*told):
        raise StopDownload(fail=False)


def fetching(options: Options, agent: str, crawl: Callable[[Fetcher], Awaitable[None]]) -> None:
    """Run `crawl` with a Fetcher to its end, once in a process: Twisted's loop cannot start again. An interrupt or a
    termination sets `stopping`; a second one ends at once. Raises what `crawl` raises."""
    gate = Gate(options.allow_private, _proxies() if options.env_proxy else frozenset())
    fetcher, raised = Fetcher(options, gate), list[BaseException]()

    async def main(spider: Any) -> None:
        fetcher.spider = spider
        try:
            await crawl(fetcher)
        except BaseException as error:
            raised.append(error)

    process = AsyncCrawlerProcess(_settings(options, agent, gate))
    process.crawl(_Spider, main=main)
    with _stopped_by_signals(fetcher):
        process.start(install_signal_handlers=False)
    if raised:
        raise raised[0]


def _proxies() -> frozenset[str]:
    """The hosts of the proxies that the environment names. Whom these contact is their own affair; what does not go by way of
    them (`no_proxy`, a scheme without one) is judged as ever."""
    named = (urlsplit(value if "://" in value else f"//{value}") for scheme, value in getproxies().items()
             if scheme in PORTS)        # `no` is among them
    return frozenset(parts.hostname for parts in named if parts.hostname)


def _settings(options: Options, agent: str, gate: Gate) -> dict[str, Any]:
    return {
        **dict.fromkeys(_OFF, False), "JIHUA_GATE": gate, "TWISTED_DNS_RESOLVER": _Resolver, "USER_AGENT": agent,
        "DEFAULT_REQUEST_HEADERS": _ACCEPT, "HTTPPROXY_ENABLED": options.env_proxy,
        "DOWNLOAD_HANDLERS": {**dict.fromkeys(("data", "file", "ftp", "s3")), "http": Handler, "https": Handler},
        "DOWNLOAD_TIMEOUT": options.seconds_each, "DOWNLOAD_MAXSIZE": options.bytes_each, "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS": options.hosts, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    }


@contextmanager
def _stopped_by_signals(fetcher: Fetcher) -> Iterator[None]:
    def stop(number: int, _: object) -> None:
        fetcher.stopping = number
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
