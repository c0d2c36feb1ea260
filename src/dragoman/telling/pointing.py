"""From what a person names (an actor's name, a record's id) to the target of a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.model import Target
from dragoman.telling.wording import evidence_of

if TYPE_CHECKING:
    from dragoman.case import Case

Record = dict[str, Any]


class NotOne(LookupError):
    """No record, or more than one, is meant; the message says which there are."""


def target(case: Case, wanted: str) -> Target:
    """The record that a person means, by the first place in an article that tells it.

    Raises:
        NotOne: nothing, or more than one thing, has this name or id.
    """
    by_name = [
        (kind, r)
        for kind in ("actor", "place")
        for r in case.records(kind)
        if wanted in (r["id"], r["name"]) or wanted in r["forms"]
    ]
    if by_name:
        # An actor goes before a place of the same name: a state and its territory share theirs.
        kind = by_name[0][0]
        same_kind = [r for k, r in by_name if k == kind]
        exact = [r for r in same_kind if wanted in (r["id"], r["name"])] or same_kind
        if len(exact) > 1:
            several = ", ".join(f"{r['name']} ({r['id']})" for r in exact)
            raise NotOne(f"{wanted!r} may be {several}; name one by its id.")
        return _named(kind, exact[0], wanted)
    for kind in ("event", "statement", "figure", "state", "commitment", "dispute", "storyline", "article"):
        found = [r for r in case.records(kind) if r["id"] == wanted]
        if found:
            return _told(kind, found[0])
    raise NotOne(f"nothing in the case is called {wanted!r}. Names: dragoman who CASE; ids: --json.")


def _named(kind: Any, record: Record, wanted: str) -> Target:
    articles = sorted((m["article"], m["start"], m["end"]) for m in record["mentions"])
    if not articles:
        raise NotOne(f"{wanted!r} is mentioned nowhere, so a decision could not be tied to it.")
    article, start, end = articles[0]
    name = wanted if wanted in record["forms"] else record["name"]
    return Target(kind=kind, article=article, start=start, end=end, name=name)


def _told(kind: Any, record: Record) -> Target:
    if kind == "article":
        return Target(kind=kind, article=record["id"])
    evidence = evidence_of(record)
    if not evidence:
        return Target(kind=kind, article=record["articles"][0])
    return Target(
        kind=kind, article=evidence[0]["article"], start=evidence[0]["start"], end=evidence[0]["end"]
    )
