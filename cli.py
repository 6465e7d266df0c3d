"""The command `jihua`: what was typed goes to one call; a JihuaError becomes one line and an exit code."""
from __future__ import annotations

import os
import sys

from .messages import misused, say, told, translate_library

FAILED, USAGE, STOPPED = 1, 2, 130
"""Exit codes beside 0: some source could not be converted; wrong usage; stopped by the user (docs/errors.md)."""


def main() -> None:
    """Run the command line of this process and exit with its code."""
    translate_library()
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    from .commands import app  # typer reads its headings when it loads
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:                  # `jihua show … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FAILED
    except KeyboardInterrupt:
        code = _told(say("stopped"), STOPPED)
    except Exception as error:
        code = _failed(error)
    sys.exit(code)


def _failed(error: Exception) -> int:
    """Tell the error in a line; one that is neither the user's nor a source's is raised again."""
    from .commands import UsageError
    from .schema import JihuaError
    if isinstance(error, UsageError):
        message = misused(error.format_message())     # empty where the help has been printed in its place
        return _told(f"{say('error', text=message)}\n{say('usage')}" if message else say("usage"), USAGE)
    if isinstance(error, JihuaError):
        return _told(say("error", text=told(error)), error.exit_code)
    raise error


def _told(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code
