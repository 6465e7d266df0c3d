"""Profiles of sites: CSS selectors by host, for the reader of pages and for the crawler (data/profiles.toml)."""
from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from ...schema import RuleError

_TABLE = "ingest/data/profiles.toml"


@dataclass(frozen=True, slots=True)
class Profile:
    """The selectors of a site; an empty one says nothing. Hosts are lower-case names, `*.` before one for those below."""

    id: str
    hosts: tuple[str, ...]
    title: str = ""
    body: str = ""
    date: str = ""
    next: str = ""
    article: str = ""
    list_next: str = ""

    def holds(self, host: str) -> bool:
        """Whether the profile is that of a host."""
        return any(host == name or (name.startswith("*.") and (host == name[2:] or host.endswith(name[1:])))
                   for name in self.hosts)


@cache
def profiles() -> tuple[Profile, ...]:
    """The table's rows in order. Raises RuleError, naming file and row, for one that is not what the table says."""
    text = files(f"{__package__.rpartition('.')[0]}.data").joinpath("profiles.toml").read_text(encoding="utf-8")
    return tuple(read(row) for row in tomllib.loads(text).get("profile", []))


def profile_of(host: str) -> Profile | None:
    """The profile of a host, None where no row names it."""
    name = host.lower().rstrip(".")
    return next((profile for profile in profiles() if profile.holds(name)), None)


def read(row: dict[str, object]) -> Profile:
    """A row of the table as a profile; raises RuleError."""
    where = str(row.get("id", "a row without id"))
    known = {field.name for field in fields(Profile)}
    hosts = row.get("hosts")
    if "id" not in row or not isinstance(hosts, list) or not hosts or not set(row) <= known or len(row) < 3:
        raise RuleError("a profile needs id, hosts and a selector, and knows no other keys than "
                        f"{', '.join(sorted(known))}", source=_TABLE, place=where)
    words = {key: value for key, value in row.items() if key != "hosts"}
    if not all(isinstance(value, str) and value for value in (*hosts, *words.values())):
        raise RuleError("a profile's values are texts", source=_TABLE, place=where)
    return Profile(hosts=tuple(str(host).lower() for host in hosts), **{key: str(value) for key, value in words.items()})
