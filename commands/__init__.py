"""The commands and their parameters, in the chosen language; each hands its arguments to one call."""
from __future__ import annotations

from . import convert, crawl, look, panel, store, why
from .common import UsageError, app

__all__ = ["UsageError", "app", "convert", "crawl", "look", "panel", "store", "why"]
