"""What leaves a case: one function for each format, all with the same meaning.

`export(records, "xlsx")` gives the bytes of a file. Each says in its own head or footer how many records it
left out, and why. The same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dragoman.telling.exports.events_json import as_geojson, as_ics, as_plover, as_timelinejs
from dragoman.telling.exports.linked import as_ftm, as_graphml, as_markdown, as_webannotation
from dragoman.telling.exports.table import FACTS, Facts, when_of
from dragoman.telling.exports.tables import as_csv, as_parquet, as_xlsx

Records = dict[str, list[dict[str, Any]]]

FORMATS: dict[str, tuple[Callable[[Facts, str], bytes], tuple[str, ...], str | None]] = {
    "csv": (as_csv, FACTS, None),
    "xlsx": (as_xlsx, FACTS, None),
    "parquet": (as_parquet, FACTS, None),
    "plover": (as_plover, ("event",), "dated"),
    "timelinejs": (as_timelinejs, ("event",), "dated"),
    "geojson": (as_geojson, ("event",), "placed"),
    "ics": (as_ics, ("commitment",), "dated"),
    "ftm": (as_ftm, ("event", "state"), None),
    "webannotation": (as_webannotation, FACTS, None),
    "graphml": (as_graphml, ("event",), None),
    "markdown": (as_markdown, ("event", "statement", "state", "commitment", "dispute"), None),
}
"""Name -> its function, the kinds of fact that it holds, and what a fact must be to get in."""


class UnknownFormat(LookupError):
    """No such export; the message lists those there are."""


def export(records: Records, name: str) -> bytes:
    """The records, by kind, as a file of the named format.

    Raises:
        UnknownFormat: the name is none of `FORMATS`.
    """
    if name not in FORMATS:
        raise UnknownFormat(f"no export format {name!r}; present are jsonl, {', '.join(FORMATS)}.")
    write, kinds, need = FORMATS[name]
    facts = Facts(records)
    return write(facts, left_out(facts, kinds, need))


def left_out(facts: Facts, kinds: tuple[str, ...], need: str | None) -> str:
    """A sentence: what the export holds and how much it leaves out, with the reason."""
    reasons = []
    for kind in FACTS:
        count = sum(1 for _ in facts.of(kind))
        if kind not in kinds and count:
            reasons.append(f"{count} {kind}s (the format has no place for them)")
    if need == "dated":
        undated = sum(1 for r in facts.of(*kinds) if not (when_of(r).get("start") or when_of(r).get("end")))
        if undated:
            reasons.append(f"{undated} undated")
    if need == "placed":
        unplaced = sum(
            1 for r in facts.of(*kinds) if facts.places.get(r["place"] or "", {}).get("lat") is None
        )
        if unplaced:
            reasons.append(f"{unplaced} without a place that has coordinates")
    held = (
        "Exported by Dragoman from "
        + f"{len(facts.articles)} articles. It reports who says what, without a verdict."
    )
    return f"{held} Left out: {'; '.join(reasons) if reasons else 'nothing'}."
