"""Errors that a caller may catch. Each message names the source, the place in it and the way out."""
from __future__ import annotations


class JihuaError(Exception):
    """A source that cannot be converted, or a run that cannot go on.

    `code` is one word of the documented outcomes (docs/errors.md), `source` the file as the user named it,
    `place` where in it, `way_out` what the user can do; `exit_code` is that of a command that ends with it.
    """

    code = "error"
    exit_code = 1

    def __init__(self, message: str, *, source: str = "", place: str = "", way_out: str = "") -> None:
        super().__init__(message)
        self.message, self.source, self.place, self.way_out = message, source, place, way_out

    def at(self, source: str) -> JihuaError:
        """The same error, with its source named where the raiser did not know it."""
        self.source = self.source or source
        return self

    def __str__(self) -> str:
        where = f"{self.source}: " if self.source else ""
        place = f" ({self.place})" if self.place else ""
        way = f". {self.way_out}" if self.way_out else ""
        return f"{where}{self.message}{place}{way}"

    def __reduce__(self) -> tuple[object, ...]:
        state = {"source": self.source, "place": self.place, "way_out": self.way_out}
        return (_rebuild, (type(self), self.message, state))


def _rebuild(kind: type[JihuaError], message: str, state: dict[str, str]) -> JihuaError:
    return kind(message, **state)


class UnsupportedError(JihuaError):
    """A format that no reader here reads, or a file that is not what its name says."""

    code = "unsupported"


class DamagedError(JihuaError):
    """A file of a known format that is broken: truncated, not decodable, empty."""

    code = "damaged"


class EncryptedError(JihuaError):
    """A file that asks for a password."""

    code = "encrypted"


class TooLargeError(JihuaError):
    """A file beyond a stated limit; `way_out` names the option that lifts it."""

    code = "too_large"


class PartError(JihuaError):
    """A file that is part of another one and is converted with it: the second page of an article. Nothing is lost."""

    code = "part"


class InvalidError(JihuaError):
    """Output that does not fit the published schema, or a file that is no converted document; `place` is the path."""

    code = "invalid"


class RuleError(JihuaError):
    """A rule table that cannot be loaded: names the file and the row."""

    code = "rule"


class OutputError(JihuaError):
    """The output cannot be written: no room, no right, a disk that fails. What was written before stands."""

    code = "output"
    exit_code = 3


class LockedError(JihuaError):
    """Another run works in the same output folder."""

    code = "locked"
    exit_code = 4


class AccountError(JihuaError):
    """The sources that a run met are not those that it has an outcome for, which is a fault of jihua."""

    code = "account"
    exit_code = 5


class StoppedError(JihuaError):
    """A run that a signal stopped; what was done stands, and the same command goes on from there. `exit_code` is 128 and
    the signal's number."""

    code = "stopped"
    exit_code = 130
