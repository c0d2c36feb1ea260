"""What an export says of itself: from how much it was made, and how many records it left out, with the reasons."""

from __future__ import annotations

from dragoman.model.event_types import MODES, OTHER
from dragoman.telling.exports.calendar import DUE
from dragoman.telling.exports.source import Source
from dragoman.telling.exports.table import FACTS
from dragoman.telling.interface import Interface, to_say

_COUNTED = {
    "event": to_say("{n} events"),
    "statement": to_say("{n} statements"),
    "figure": to_say("{n} figures"),
    "state": to_say("{n} states"),
    "commitment": to_say("{n} promises"),
    "dispute": to_say("{n} disputes"),
}


def left_out(source: Source, kinds: tuple[str, ...], need: str | None, face: Interface) -> str:
    """Sentences in the language of the interface; `kinds` and `need` are as `FORMATS` has them."""
    say = face.say
    told = [
        say(
            "Exported by Dragoman from {n} articles. It reports who says what, without a verdict.",
            n=source.count("article"),
        )
    ]
    if not source.whole:
        told.append(say("This is a part of the case, as a page showed it."))
    reasons = _reasons(source, kinds, need, face)
    told.append(say("Left out: {what}.", what="; ".join(reasons)) if reasons else say("Left out: nothing."))
    return " ".join(told)


def _reasons(source: Source, kinds: tuple[str, ...], need: str | None, face: Interface) -> list[str]:
    say = face.say
    counts = {} if need == "sources" else {k: source.count(k) for k in FACTS if k not in kinds}
    if need == "lines" and source.count("entry"):
        counts["event"] = source.count("event")
    without = [say(_COUNTED[kind], n=n) for kind, n in counts.items() if n]
    found = [say("no place in the format for: {what}", what=", ".join(without))] if without else []
    if need == "plover":
        if others := source.of_type("event", OTHER):
            found.append(say("{n} of type OTHER, which PLOVER does not have", n=others))
        if unbegun := source.undated("event", begun=True, types=[t for t in MODES if t != OTHER]):
            found.append(say("{n} undated or of an unknown first day", n=unbegun))
    undated = 0
    if need == "calendar":
        undated = sum(source.undated(kind) for kind in kinds)
        if settled := sum(promise["outcome"] not in DUE for promise in source.of("commitment")):
            found.append(say("{n} promises that are not open any more", n=settled))
    elif need == "lines":
        undated = source.undated("entry" if source.count("entry") else "event")
    if undated:
        found.append(say("{n} undated", n=undated))
    if need == "placed" and (unplaced := source.unplaced()):
        found.append(say("{n} without a place that has coordinates", n=unplaced))
    if "entry" in kinds and (doubtful := source.doubtful("entry")):
        found.append(say("{n} doubtful lines of the chronology", n=doubtful))
    if "event" in kinds and (doubtful := source.doubtful("event")):
        found.append(say("{n} doubtful events", n=doubtful))
    return [*found, *source.beyond(face)]
