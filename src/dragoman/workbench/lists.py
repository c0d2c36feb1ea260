"""How lists of facts are called: stories by what they are about, changes that read so."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model.lines import Record
from dragoman.store.chronology import Lines, weightiest
from dragoman.store.questions import briefs
from dragoman.telling.exports.chronicle import sentence
from dragoman.telling.interface import to_say
from dragoman.telling.wording import ROLES, days, title_of, value
from dragoman.workbench.views import View

TITLE = 160
"""Code points of the sentence by which a story is called."""

DATED_BY = 400
"""Articles of a story that its days are taken from."""


def titled(view: View, story: Record) -> Record:
    """A story called by its weightiest sentence, with the days of its articles; as before where no line tells it."""
    line = next(iter(weightiest(view.connection, Lines(story=story["id"]), 1)), None)
    told = briefs(view.connection, story["record"]["articles"][:DATED_BY])
    dates = sorted(one.day for one in told.values() if one.day)
    days = " – ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else ""
    if line is None:  # no line tells it, so it is called by the headline of its first article
        first = view.fetch(story["record"]["articles"][:1]).values()
        text = next(map(title_of, first), story["text"])
        return {**story, "text": text, "span": dates[:1] + dates[-1:], "day": days}
    words = sentence(line)
    if len(words) > TITLE:
        words = f"{words[: TITLE - 1].rsplit(' ', 1)[0]}…"
    return {**story, "text": words, "span": dates[:1] + dates[-1:], "day": days}


def before_in_words(view: View, was: Record, fields: Sequence[str]) -> list[tuple[str, str]]:
    """What the fields of a record held that were revised since, in words; an event's type and mode are one."""
    found: list[tuple[str, str]] = []
    for name in fields:
        held = was.get(name)
        if name in ("type", "mode"):
            if "type" not in dict(found):
                found.append(
                    ("type", f"{was['type']}/{was['mode']}" if was.get("mode") else was.get("type") or "")
                )
        elif name in ("low", "high", "unit", "approx"):
            if "how many" not in dict(found):
                found.append((to_say("how many"), value(was)))
        elif isinstance(held, dict):
            found.append((name, days(held)))
        elif name in ROLES:
            refs = [held] if isinstance(held, str) else held or []
            found.append((name, ", ".join(n["name"] for n in view.named(refs))))
        elif isinstance(held, list):
            found.append((name, view.shown([was])[0]["text"]))
        else:
            found.append((name, "" if held is None else str(held)))
    return found


def names_them_otherwise(view: View, name: str, held: str, record: Record) -> bool:
    """True where a role was filled by somebody else, and not merely by another spelling of a name."""
    now = record.get(name) or []
    refs = [now] if isinstance(now, str) else now
    forms = [{n.casefold() for n in (r["name"], *r["forms"])} for r in view.fetch(refs).values()]
    was = [one.casefold() for one in held.split(", ") if one]
    return len(was) != len(forms) or not all(any(one in known for known in forms) for one in was)


def by_weight(change: Record) -> tuple[float, ...]:
    """Changes in this order: what most independent sources tell first, then what is surest."""
    record = change["record"] or change["was"]
    sure = record.get("confidence")
    return -(record.get("independent") or 1), -(1.0 if sure is None else sure)


def revised(before: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What fields held before, of those that read otherwise now."""
    after = dict(now)
    return [(name, held) for name, held in before if after.get(name) != held]
