"""What leaves a case: one function for each format, all with the same meaning.

`parts(source, "xlsx")` gives a file piece by piece, `export(records, "xlsx")` its bytes. Each says in its own head or
footer how many records it left out, and why. The same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.model.event_types import MODES, OTHER
from dragoman.telling.exports.events_json import as_geojson, as_ics, as_plover, as_timelinejs
from dragoman.telling.exports.linked import as_ftm, as_graphml, as_markdown, as_webannotation
from dragoman.telling.exports.pieces import json_line
from dragoman.telling.exports.source import Held, Records, Source, Stored
from dragoman.telling.exports.table import FACTS, Facts
from dragoman.telling.exports.tables import as_csv, as_parquet, as_xlsx

__all__ = [
    "ENDINGS",
    "FORMATS",
    "Held",
    "Records",
    "Source",
    "Stored",
    "UnknownFormat",
    "check",
    "export",
    "parts",
]

FORMATS: dict[str, tuple[Callable[[Facts, str], Iterator[bytes]], tuple[str, ...], str | None]] = {
    "csv": (as_csv, FACTS, None),
    "xlsx": (as_xlsx, FACTS, None),
    "parquet": (as_parquet, FACTS, None),
    "plover": (as_plover, ("event",), "plover"),
    "timelinejs": (as_timelinejs, ("event",), "dated"),
    "geojson": (as_geojson, ("event",), "placed"),
    "ics": (as_ics, ("commitment",), "dated"),
    "ftm": (as_ftm, ("event", "state"), None),
    "webannotation": (as_webannotation, FACTS, None),
    "graphml": (as_graphml, ("event",), None),
    "markdown": (as_markdown, ("event", "statement", "state", "commitment", "dispute"), None),
}
"""Name -> its function, the kinds of fact that it holds, and what a fact must be to get in."""

ENDINGS = {
    "markdown": "md",
    "plover": "jsonl",
    "ftm": "ftm.json",
    "timelinejs": "json",
    "webannotation": "jsonld",
}
"""Endings of files whose format is called otherwise."""


class UnknownFormat(LookupError):
    """No such export; the message lists those there are."""


def check(name: str) -> None:
    """Raise `UnknownFormat` where there is no such format."""
    if name not in FORMATS:
        raise UnknownFormat(f"no export format {name!r}; present are jsonl, {', '.join(FORMATS)}.")


def parts(source: Source, name: str, language: str = "en") -> Iterator[bytes]:
    """A file of the named format, piece by piece; `language`: of the program's own words in it.

    Raises:
        UnknownFormat: the name is none of `FORMATS`.
    """
    check(name)
    write, kinds, need = FORMATS[name]
    return write(Facts(source, language), left_out(source, kinds, need))


def lines(source: Source) -> Iterator[bytes]:
    """The facts of a source with the actors, places and articles in them, as JSON lines."""
    facts = Facts(source)
    yield from (json_line(record) for record in facts.of(*FACTS))
    yield from (json_line(record) for record in facts.all_named())
    yield from (json_line(record) for record in facts.sources_cited())


def export(records: Records, name: str, language: str = "en") -> bytes:
    """Records held in memory, by kind, as a file of the named format; see `parts`."""
    return b"".join(parts(Held(records), name, language))


def left_out(source: Source, kinds: tuple[str, ...], need: str | None) -> str:
    """A sentence: what the export holds and how much it leaves out, with the reason."""
    reasons = []
    for kind in FACTS:
        count = source.count(kind) if kind not in kinds else 0
        if count:
            reasons.append(f"{count} {kind}s (the format has no place for them)")
    if need == "dated" and (undated := sum(source.undated(kind) for kind in kinds)):
        reasons.append(f"{undated} undated")
    if need == "plover":
        if others := source.of_type("event", OTHER):
            reasons.append(f"{others} of type {OTHER}, which PLOVER does not have")
        if unbegun := source.undated("event", begun=True, types=[t for t in MODES if t != OTHER]):
            reasons.append(f"{unbegun} undated or of an unknown first day")
    if need == "placed" and (unplaced := source.unplaced()):
        reasons.append(f"{unplaced} without a place that has coordinates")
    held = f"Exported by Dragoman from {source.count('article')} articles. It reports who says what, without a verdict."
    if not source.whole:
        held += " This is a part of the case, as a page showed it."
    return f"{held} Left out: {'; '.join(reasons) if reasons else 'nothing'}."
