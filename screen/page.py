"""The report of a run as one HTML page that needs nothing else: no script, no picture, no address."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from html import escape
from pathlib import Path

from ..batch.entry import Entry
from ..batch.ledger import HOME, Run, entries, runs
from ..batch.report import SHOWN, Group, Summary, summarise
from ..batch.write import write
from ..messages import LANGUAGE, MESSAGES, in_words, say
from ..schema.codes import CODES
from .safe import safe
from .why import put_aside, reason

NAME = "report.html"
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2330; --soft: #5c6675; --line: #d9dee6; --paper: #fff; --bar: #3b6ea8;
  --good: #2e7d5b; --half: #b7791f; --rest: #8b95a3; --bad: #b3352f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #9aa4b2; --line: #333b47; --paper: #14181f;
  --bar: #6ea3dd; --good: #5bbd92; --half: #dfa94a; --rest: #6f7a89; --bad: #e5716b; } }
body { font: 15px/1.55 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: var(--ink);
  background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem }
p, small, .soft { color: var(--soft) } code { overflow-wrap: anywhere }
.tiles { display: flex; flex-wrap: wrap; gap: 1.5rem 2.5rem; margin: 1.5rem 0 } .tiles b { display: block; font-size: 1.6rem;
  font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums }
.whole { display: flex; height: 1rem; border-radius: 3px; overflow: hidden; gap: 2px } .whole i { min-width: 2px }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0;
  border-top: 1px solid var(--line) } .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
.bar { width: 30% } .bar i { display: block; height: .8rem; margin-top: .3rem; background: var(--bar); border-radius: 0 3px 3px 0 }
summary { cursor: pointer } details ul { margin: .3rem 0 .6rem; padding-left: 1.2rem } li { overflow-wrap: anywhere }
svg { max-width: 100%; height: auto } svg rect { fill: var(--bar) } svg text { fill: var(--soft); font-size: 11px }
"""
_COLOURS = {"ok": "good", "partial": "half", "skipped": "rest"}


def write_page(out: Path) -> Path:
    """Write the report of the last run into its folder; where it lies. Raises OutputError."""
    place = out / NAME
    write(place, page(summarise(entries(out)), next(iter(runs(out)[-1:]), None)).encode(), drafts=out / HOME)
    return place


def page(summary: Summary, run: Run | None) -> str:
    """The page. Names of files and words of documents are escaped; a group names its first files only."""
    parts = [*_head(summary, run), *_outcomes(summary), *_reasons(summary), *_completeness(summary), *_diagnostics(summary),
             *_plots(summary), *_extremes(summary), *_readers(summary)]
    return (f'<!DOCTYPE html>\n<html lang="{"zh" if LANGUAGE == "zh" else "en"}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            f"<title>{_say('report')}</title><style>{_STYLE}</style></head><body>\n" + "\n".join(parts) + "\n</body></html>\n")


def _say(key: str, **values: object) -> str:
    return escape(say(key, **values))


def _text(words: str) -> str:
    return escape(safe(words))


def _head(summary: Summary, run: Run | None) -> Iterator[str]:
    yield f"<h1>{_say('report')}</h1>"
    if run is not None:
        ended = run.ended or say("report_running")
        yield f"<p>jihua {_text(run.version)} · {_text(run.started)} – {_text(ended)} · {_say('state_' + run.state)}</p>"
        yield from (f"<p>{escape(line)}</p>" for line in put_aside([run]))
    tiles = {"report_inputs": summary.inputs, "report_written": summary.written, "report_failed": summary.failed,
             "outcome_skipped": summary.outcomes["skipped"].sources,
             **{name: value for name, value in asdict(summary.totals).items() if name != "gaps"}}
    yield '<div class="tiles">' + "".join(f"<div><b>{value:,}</b>{_say(key)}</div>" for key, value in tiles.items()) + "</div>"


def _outcomes(summary: Summary) -> Iterator[str]:
    met = {name: group for name, group in summary.outcomes.items() if group.sources}
    yield f"<h2>{_say('report_outcomes')}</h2>"
    yield '<div class="whole">' + "".join(
        f'<i style="flex:{group.sources};background:var(--{_COLOURS.get(name, "bad")})" title="{_say("outcome_" + name)}"></i>'
        for name, group in met.items()) + "</div>"
    yield _groups(((_say("outcome_" + name), group) for name, group in met.items()), summary.inputs)


def _reasons(summary: Summary) -> Iterator[str]:
    if summary.reasons:
        yield f"<h2>{_say('report_reasons')}</h2>"
        yield _groups(((_code(code), group) for code, group in _most(summary.reasons)), summary.failed)


def _code(code: str) -> str:
    key = f"code_{code}"
    said = say(key if key in MESSAGES else f"outcome_{code}")
    return escape(said) if said == code.replace("_", " ") else f"{escape(said)} <code>{_text(code)}</code>"


def _completeness(summary: Summary) -> Iterator[str]:
    groups = {"report_incomplete": summary.incomplete, "report_planless": summary.planless, "report_duplicates": summary.duplicates}
    if any(group.sources for group in groups.values()):
        yield f"<h2>{_say('report_completeness')}</h2>"
        yield _groups(((_say(key), group) for key, group in groups.items() if group.sources), summary.inputs)


def _diagnostics(summary: Summary) -> Iterator[str]:
    if summary.diagnostics:
        yield f"<h2>{_say('report_diagnostics')}</h2>"
        yield _groups(((_meaning(code), group) for code, group in _most(summary.diagnostics)), summary.written)


def _meaning(code: str) -> str:
    said = in_words(CODES[code][1]) if code in CODES else ""
    return f"<code>{_text(code)}</code> {escape(said)}"


def _most(groups: Mapping[str, Group]) -> list[tuple[str, Group]]:
    return sorted(groups.items(), key=lambda item: (-item[1].sources, item[0]))


def _groups(rows: Iterable[tuple[str, Group]], whole: int) -> str:
    return "<table>" + "".join(
        f'<tr><td>{_files(label, group)}</td><td class="n">{group.sources:,}</td>'
        f'<td class="n soft">{group.sources / max(1, whole):.1%}</td>'
        f'<td class="bar"><i style="width:{100 * group.sources / max(1, whole):.2f}%"></i></td></tr>'
        for label, group in rows) + "</table>"


def _files(label: str, group: Group) -> str:
    """A label that opens to the files behind it."""
    items = "".join(f"<li>{_file(entry)}</li>" for entry in group.files)
    more = f"<p>{_say('report_more', n=group.sources - SHOWN)}</p>" if group.sources > SHOWN else ""
    return f"<details><summary>{label}</summary><ul>{items}</ul>{more}</details>"


def _file(entry: Entry) -> str:
    why = reason(entry)
    return f"<code>{_text(entry.uri)}</code>" + (f" <small>{_text(why)}</small>" if why else "")


def _plots(summary: Summary) -> Iterator[str]:
    if summary.seconds:
        yield f"<h2>{_say('report_seconds')}</h2>{_histogram(summary.seconds, _milliseconds)}"
    if summary.sizes:
        yield f"<h2>{_say('report_sizes')}</h2>{_histogram(summary.sizes, _bytes)}"


def _histogram(counts: Mapping[int, int], label: Callable[[int], str]) -> str:
    """Bars by powers of two; the number stands above each, the lower bound below."""
    low, high = min(counts), max(counts)
    most, wide = max(counts.values()), 44
    bars = []
    for k in range(low, high + 1):
        n, x = counts.get(k, 0), (k - low) * wide
        tall = 100 * n / most
        bars.append(f'<rect x="{x + 2}" y="{120 - tall:.1f}" width="{wide - 4}" height="{tall:.1f}" rx="2"/>')
        if n:
            bars.append(f'<text x="{x + wide / 2}" y="{114 - tall:.1f}" text-anchor="middle">{n:,}</text>')
        bars.append(f'<text x="{x + wide / 2}" y="136" text-anchor="middle">{label(k)}</text>')
    broad = wide * (high - low + 1)
    return f'<svg width="{broad}" viewBox="0 0 {broad} 142" role="img">{"".join(bars)}</svg>'


def _milliseconds(power: int) -> str:
    return f"{2 ** power} ms" if power < 10 else f"{2 ** (power - 10)} s"


def _bytes(power: int) -> str:
    unit = ("B", "KB", "MB", "GB", "TB")[power // 10]
    return f"{2 ** (power % 10)} {unit}"


def _extremes(summary: Summary) -> Iterator[str]:
    for title, extreme in (("report_slowest", summary.slowest), ("report_largest", summary.largest)):
        if extreme:
            yield f"<h2>{_say(title)}</h2><table><tr><th>{_say('document')}</th><th class=\"n\">{_say('report_time')}</th>" \
                  f'<th class="n">{_say("report_bytes")}</th><th class="n">{_say("report_memory")}</th></tr>'
            yield "".join(f'<tr><td>{_file(e)}</td><td class="n">{e.seconds:.2f} s</td><td class="n">{e.bytes or 0:,}</td>'
                          f'<td class="n">{e.peak_kb // 1024:,} MB</td></tr>' for e in extreme) + "</table>"


def _readers(summary: Summary) -> Iterator[str]:
    if summary.readers:
        yield f"<h2>{_say('report_readers')}</h2><table>" + "".join(
            f'<tr><td><code>{_text(name)}</code></td><td class="n">{n:,}</td></tr>'
            for name, n in sorted(summary.readers.items(), key=lambda item: (-item[1], item[0]))) + "</table>"
