"""What a crawl knows: every address with what became of it, in one SQLite file beside the WARC.

The file and the WARC are made to agree at checkpoints: first the WARC is on the disk, then its length is committed here
with all that came in since. What a crash leaves in the WARC beyond that length is cut off at the next start and fetched
again, so that no page is lost, torn or held twice.
"""
from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..schema import JihuaError, LockedError
from .options import Refusal
from .urls import host_of

_FORMAT = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, host TEXT NOT NULL, kind TEXT NOT NULL,
  depth INTEGER NOT NULL, chain INTEGER NOT NULL, redirects INTEGER NOT NULL, parent INTEGER,
  state TEXT NOT NULL, code TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '',
  tries INTEGER NOT NULL DEFAULT 0, target TEXT, bytes INTEGER NOT NULL DEFAULT 0,
  etag TEXT, modified TEXT, digest TEXT, record TEXT, fetched TEXT);
CREATE INDEX IF NOT EXISTS page_state ON page (state, host, tries, depth, id);
CREATE INDEX IF NOT EXISTS page_digest ON page (digest) WHERE digest IS NOT NULL;
CREATE TABLE IF NOT EXISTS passed (code TEXT, what TEXT, n INTEGER NOT NULL, PRIMARY KEY (code, what)) WITHOUT ROWID;
"""
WAITING, DONE, REFUSED, FAILED, GONE, MOVED = "waiting", "done", "refused", "failed", "gone", "moved"
"""States: `failed` is tried again by the next run, `gone` (404 and the like) only by an update, `moved` redirects."""
_FETCHED = (DONE, GONE, MOVED)


@dataclass(frozen=True, slots=True)
class Page:
    """An address of the crawl: what it is, how far from its seed, what is known of it from an earlier visit. `chain` counts
    next pages one after another, `redirects` those that led here."""

    id: int
    url: str
    kind: str
    depth: int = 0
    chain: int = 0
    redirects: int = 0
    tries: int = 0
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    record: str | None = None
    fetched: str | None = None


_FIELDS = ", ".join(Page.__dataclass_fields__)


class Frontier:
    """The file `path` as a crawl works on it; held alone. `pages` and `bytes` are what has come since the crawl or its
    update began. Raises LockedError where it is in use, JihuaError where it is none, sqlite3.Error where the disk fails."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(path, timeout=1, isolation_level=None)
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_SCHEMA)
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise LockedError("another crawl is at work on it", source=str(path),
                             way_out="Wait for its end, or choose another name with -o") from error
        except sqlite3.DatabaseError as error:
            raise JihuaError("is not the state of a crawl", source=str(path),
                             way_out="Delete it with its WARC and crawl anew, or choose another name with -o") from error
        if self.meta("format", _FORMAT) != _FORMAT:
            raise JihuaError("the state of a crawl by another version of jihua", source=str(path),
                             way_out="Choose another name with -o")
        self.set_meta("format", _FORMAT)
        self.pages, self.bytes = self._fetched()

    def close(self) -> None:
        """Give the file free; what was not committed is forgotten."""
        self._db.close()

    def commit(self, length: int) -> None:
        """Keep what came in, with the length of the WARC that holds it."""
        self.set_meta("length", length)
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def meta(self, key: str, default: int) -> int:
        """A number kept under a name."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else default

    def set_meta(self, key: str, value: int) -> None:
        """Keep a number under a name."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def renew(self) -> None:
        """Begin an update: everything fetched, gone or failed is to be asked for again."""
        self._db.execute("UPDATE page SET state = ?, tries = 0, bytes = 0 WHERE state IN (?, ?, ?, ?)",
                         (WAITING, DONE, GONE, FAILED, MOVED))
        self._db.execute("DELETE FROM passed")
        self.pages, self.bytes = self._fetched()

    def again(self) -> None:
        """Let what failed wait again, as a new run does."""
        self._db.execute("UPDATE page SET state = ?, tries = 0 WHERE state = ?", (WAITING, FAILED))

    def add(self, url: str, kind: str, *, depth: int, chain: int = 0, redirects: int = 0, parent: int | None = None,
            refused: Refusal | None = None) -> bool:
        """Note an address; whether it is a new one."""
        state, code, detail = (REFUSED, refused.code, refused.detail) if refused else (WAITING, "", "")
        done = self._db.execute(
            "INSERT OR IGNORE INTO page (url, host, kind, depth, chain, redirects, parent, state, code, detail)"
            " VALUES (?,?,?,?,?,?,?,?,?,?)",
            (url, host_of(url), kind, depth, chain, redirects, parent, state, code, detail))
        return done.rowcount == 1

    def passed(self, code: str, what: str = "") -> None:
        """Count a link that was passed over, by why and by what."""
        self._db.execute("INSERT INTO passed VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1", (code, what))

    def known(self, url: str) -> bool:
        """Whether an address has been noted."""
        return self._db.execute("SELECT 1 FROM page WHERE url = ?", (url,)).fetchone() is not None

    def hosts(self) -> list[str]:
        """The hosts that something waits for, in a stable order."""
        rows = self._db.execute("SELECT host, min(depth), min(id) FROM page WHERE state = ? GROUP BY host ORDER BY 2, 3",
                                (WAITING,))
        return [row[0] for row in rows]

    def next(self, host: str) -> Page | None:
        """The next page of a host: those not tried yet first, then those near the seeds, as they were found."""
        row = self._db.execute(f"SELECT {_FIELDS} FROM page WHERE state = ? AND host = ? ORDER BY tries, depth, id LIMIT 1",
                               (WAITING, host)).fetchone()
        return Page(*row) if row else None

    def settle(self, page: Page, state: str, **facts: object) -> None:
        """What became of a page; facts by the names of columns."""
        columns = {"code": "", "detail": "", **facts, "state": state}
        names = ", ".join(f"{name} = ?" for name in columns)
        if state in _FETCHED:
            self.pages, self.bytes = self.pages + 1, self.bytes + int(str(facts.get("bytes", 0)))
        self._db.execute(f"UPDATE page SET {names} WHERE id = ?", (*columns.values(), page.id))

    def put_off(self, page: Page) -> None:
        """Count a try that failed; the page waits on."""
        self._db.execute("UPDATE page SET tries = tries + 1 WHERE id = ?", (page.id,))

    def holding(self, digest: str) -> Page | None:
        """The first page whose payload has this digest, where one is in the WARC."""
        row = self._db.execute(f"SELECT {_FIELDS} FROM page WHERE digest = ? AND record IS NOT NULL ORDER BY id LIMIT 1",
                               (digest,)).fetchone()
        return Page(*row) if row else None

    def target(self, url: str) -> str | None:
        """Where an address that has moved leads."""
        row = self._db.execute("SELECT target FROM page WHERE url = ? AND state = ?", (url, MOVED)).fetchone()
        return row[0] if row else None

    def _fetched(self) -> tuple[int, int]:
        row = self._db.execute("SELECT count(*), total(bytes) FROM page WHERE state IN (?, ?, ?)", _FETCHED).fetchone()
        return int(row[0]), int(row[1])

    def refused(self) -> Iterator[tuple[Page, Refusal]]:
        """Every refused page with the reason, to be judged anew."""
        rows = self._db.execute(f"SELECT code, detail, {_FIELDS} FROM page WHERE state = ? ORDER BY id", (REFUSED,))
        return ((Page(*row[2:]), Refusal(row[0], row[1])) for row in rows.fetchall())

    def urls(self) -> Iterable[str]:
        """Every address with a query that was not refused."""
        rows = self._db.execute("SELECT url FROM page WHERE state != ? AND url LIKE '%?%' ORDER BY id", (REFUSED,))
        return (row[0] for row in rows)

    def seeds(self) -> list[str]:
        """The addresses that the crawl began with."""
        return [row[0] for row in self._db.execute("SELECT url FROM page WHERE kind = 'seed' AND redirects = 0 ORDER BY id")]

    def lost_seeds(self) -> int:
        """How many of the seeds, or of the addresses that they redirect to, were refused or are gone."""
        return int(self._db.execute("SELECT count(*) FROM page WHERE kind = 'seed' AND state IN (?, ?)",
                                    (REFUSED, GONE)).fetchone()[0])

    def states(self) -> dict[str, int]:
        """How many pages are in each state."""
        return dict(self._db.execute("SELECT state, count(*) FROM page GROUP BY state ORDER BY state").fetchall())

    def reasons(self) -> list[tuple[str, str, str, str]]:
        """State, code, detail and address of every page that was refused, failed or is gone, in the order of codes."""
        return self._db.execute("SELECT state, code, detail, url FROM page WHERE state IN (?, ?, ?) ORDER BY 1, 2, id",
                                (REFUSED, FAILED, GONE)).fetchall()

    def passed_over(self) -> list[tuple[str, str, int]]:
        """Code, what, and number of the links that were passed over, the most frequent first."""
        return self._db.execute("SELECT code, what, n FROM passed ORDER BY n DESC, code, what LIMIT 100").fetchall()
