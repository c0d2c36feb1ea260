"""What leaves a case: one function for each format, all with the same meaning.

`parts(source, "xlsx")` gives a file piece by piece, `export(records, "xlsx")` its bytes. Each says in its own head or
footer how many records it left out, and why. The same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.telling.exports.atom import as_atom
from dragoman.telling.exports.calendar import as_ics
from dragoman.telling.exports.citations import as_bibtex, as_csl, as_ris
from dragoman.telling.exports.docx import as_docx
from dragoman.telling.exports.events_json import as_geojson, as_plover, as_timelinejs
from dragoman.telling.exports.left_out import left_out
from dragoman.telling.exports.linked import as_ftm, as_graphml, as_webannotation
from dragoman.telling.exports.markdown import as_markdown
from dragoman.telling.exports.odt import as_odt
from dragoman.telling.exports.page import as_html
from dragoman.telling.exports.pieces import json_line
from dragoman.telling.exports.source import Held, Records, Source, Stored
from dragoman.telling.exports.table import FACTS, Facts
from dragoman.telling.exports.tables import as_csv, as_parquet, as_xlsx
from dragoman.telling.interface import interface

__all__ = [
    "ENDINGS",
    "FORMATS",
    "FOR_PEOPLE",
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
    "timelinejs": (as_timelinejs, ("entry", "event"), "lines"),
    "geojson": (as_geojson, ("event",), "placed"),
    "ics": (as_ics, ("entry", "commitment"), "calendar"),
    "atom": (as_atom, ("entry",), "chronology"),
    "ftm": (as_ftm, ("event", "state"), None),
    "webannotation": (as_webannotation, FACTS, None),
    "graphml": (as_graphml, ("event",), None),
    "markdown": (
        as_markdown,
        ("entry", "event", "statement", "state", "commitment", "dispute"),
        "chronology",
    ),
    "docx": (as_docx, ("entry",), "chronology"),
    "odt": (as_odt, ("entry",), "chronology"),
    "html": (as_html, ("entry",), "chronology"),
    "bibtex": (as_bibtex, ("entry",), "sources"),
    "ris": (as_ris, ("entry",), "sources"),
    "csl": (as_csl, ("entry",), "sources"),
}
"""Name -> its function, the kinds of fact that it holds, and what a fact must be to get in."""

FOR_PEOPLE = frozenset(
    {"docx", "odt", "html", "markdown", "timelinejs", "geojson", "ics", "atom", "bibtex", "ris", "csl"}
)
"""Formats that people read: what is doubtful is left out, as on the pages, and counted. Those for programs hold every
record, with its confidence or the word `doubtful`."""

ENDINGS = {
    "markdown": "md",
    "plover": "jsonl",
    "ftm": "ftm.json",
    "timelinejs": "json",
    "webannotation": "jsonld",
    "bibtex": "bib",
    "csl": "csl.json",
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
    return write(Facts(source, language), left_out(source, kinds, need, interface(language)))


def lines(source: Source) -> Iterator[bytes]:
    """The facts of a source with the actors, places and articles in them, as JSON lines."""
    facts = Facts(source)
    yield from (json_line(record) for record in facts.of(*FACTS))
    yield from (json_line(record) for record in facts.all_named())
    yield from (json_line(record) for record in facts.sources_cited())


def export(records: Records, name: str, language: str = "en") -> bytes:
    """Records held in memory, by kind, as a file of the named format; see `parts`."""
    return b"".join(parts(Held(records), name, language))
