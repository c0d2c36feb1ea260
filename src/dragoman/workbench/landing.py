"""Where a person lands after a decision: on what was decided about, which may bear another id now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.model.lines import Record
from dragoman.store.questions import Ask, by_id, called, facts
from dragoman.telling.pointing import places

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.model import Decision, Target


LOOKED_AT = 1_000
"""Facts of an article among which the one decided about is looked for."""


def landing(connection: Connection, decision: Decision, back: str) -> str:
    """The page to go back to: that of the actor or the fact as it is now, where `back` was one of those."""
    if not decision.targets:
        return back
    target = decision.targets[0]
    if back.startswith("/actors/"):
        name = _named(connection, target)
        return f"/actors/{name}" if name else "/actors"
    if back.startswith("/articles/") and target.kind not in ("article", "actor", "place", "storyline"):
        fact = _told(connection, target, back)
        article = back.removeprefix("/articles/").partition("?")[0].partition("#")[0]
        return f"/articles/{article}?fact={fact}#chosen" if fact else f"/articles/{article}"
    return back


def _named(connection: Connection, target: Target) -> str | None:
    """The actor or place that bears a target's name and is mentioned where it points."""
    found = by_id(connection, called(connection, target.kind, target.name or ""))
    return next((ref for ref, record in sorted(found.items()) if _mentioned(record, target)), None)


def _mentioned(record: Record, target: Target) -> bool:
    return any(
        m["article"] == target.article and m["start"] < target.end and target.start < m["end"]
        for m in record["mentions"]
    )


def _told(connection: Connection, target: Target, back: str) -> str | None:
    """The fact of a target's kind that is told where it points; that of the address where it still is one of them."""
    ask = Ask(kinds=(target.kind,), article=target.article)
    wanted = (target.article, target.start, target.end)
    found = [r["id"] for r in facts(connection, ask, LOOKED_AT) if wanted in places(r)]
    return next((name for name in found if f"fact={name}" in back), found[0] if found else None)
