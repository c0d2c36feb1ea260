"""From what a person names (an actor's name, a record's id) to the targets of a decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dragoman.model import Target
from dragoman.model.lines import Record
from dragoman.model.settable import ANCHORS
from dragoman.store.questions import by_id, called
from dragoman.telling.wording import evidence_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.telling.asked import Asked


LOOKED_AT = 200
"""Mentions of an actor among which one with the wanted name is looked for."""


class NotOne(LookupError):
    """No record, or more than one, is meant; the message says which there are.

    `wanted` is the name; `several` are the ids of those who bear it, none where nobody does.
    """

    def __init__(self, said: str, wanted: str = "", several: Sequence[str] = ()) -> None:
        super().__init__(said)
        self.wanted, self.several = wanted, tuple(several)


def targets(case: Asked, kind: str, about: Sequence[str]) -> tuple[Target, ...]:
    """What a decision of a kind (`join`, `reject` ...) on these names or ids is about.

    What is wrong, or right, is so wherever it is told; what is one with another is named by one place each.

    Raises:
        NotOne: nothing, or more than one thing, has one of the names or ids.
    """
    with case.asking() as connection:
        return targets_of(connection, kind, records(connection, about), about)


def records(connection: Connection, about: Sequence[str]) -> list[Record]:
    """The record that each name or id means.

    Raises:
        NotOne: nothing, or more than one thing, has one of them.
    """
    return [_record(connection, wanted) for wanted in about]


def targets_of(
    connection: Connection, kind: str, found: Sequence[Record], about: Sequence[str]
) -> tuple[Target, ...]:
    """What a decision of a kind on these records is about, which were named so."""
    if kind in ("reject", "accept"):
        return tuple(dict.fromkeys(t for record in found for t in _everywhere(connection, record)))
    return tuple(_one(connection, record, wanted) for record, wanted in zip(found, about, strict=True))


def _record(connection: Connection, wanted: str) -> Record:
    if wanted in (by_name := by_id(connection, [wanted])):
        return by_name[wanted]
    # An actor goes before a place of the same name: a state and its territory share theirs.
    for kind in ("actor", "place"):
        records = list(by_id(connection, called(connection, kind, wanted)).values())
        exact = (
            [r for r in records if r["name"] == wanted]
            or [r for r in records if wanted in r["forms"]]
            or records
        )
        if len(exact) > 1:
            several = ", ".join(f"{r['name']} ({r['id']})" for r in exact)
            raise NotOne(
                f"{wanted!r} may be {several}; name one by its id.", wanted, [r["id"] for r in exact]
            )
        if exact:
            return exact[0]
    raise NotOne(f"nothing in the case is called {wanted!r}. Names: dragoman who CASE; ids: --json.", wanted)


def _one(connection: Connection, record: Record, wanted: str) -> Target:
    if record["kind"] in ("actor", "place"):
        return _named(connection, record, wanted)
    return _everywhere(connection, record)[0]


def _named(connection: Connection, record: Record, wanted: str) -> Target:
    """By a mention that is written as the name is: what is mentioned elsewhere may be named there in another way."""
    mentions = sorted(record["mentions"], key=lambda m: (m["article"], m["start"], m["end"]))[:LOOKED_AT]
    if not mentions:
        raise NotOne(f"{wanted!r} is mentioned nowhere, so a decision could not be tied to it.", wanted)
    articles = by_id(connection, sorted({m["article"] for m in mentions}))
    written = [
        (m, articles[m["article"]]["text"][m["start"] : m["end"]])
        for m in mentions
        if m["article"] in articles
    ]
    forms, name = set(record["forms"]), wanted if wanted in record["forms"] else record["name"]
    found = next(((m, name) for m, words in written if words == name), None)
    if found is None and wanted not in forms:
        found = next(((m, words) for m, words in written if words in forms), None)
    mention, named = found or (mentions[0], name)
    return Target(
        kind=record["kind"],
        article=mention["article"],
        start=mention["start"],
        end=mention["end"],
        name=named,
    )


def places(record: Record) -> set[tuple[str, int, int]]:
    """Where a fact is told, as decisions about it name that: (article, start, end)."""
    return {(e["article"], *span) for e in evidence_of(record) for span in _anchors(record["kind"], e)}


def _everywhere(connection: Connection, record: Record) -> list[Target]:
    """Each place in an article that tells a record."""
    kind: Any = record["kind"]
    if kind in ("actor", "place"):
        return [_named(connection, record, record["name"])]
    if kind == "article":
        return [Target(kind=kind, article=record["id"])]
    evidence = evidence_of(record)
    if not evidence:
        if not record.get("articles"):
            raise NotOne(f"{record['id']} is told nowhere, so a decision could not be tied to it.")
        return [Target(kind=kind, article=record["articles"][0])]
    return [
        Target(kind=kind, article=e["article"], start=start, end=end)
        for e in evidence
        for start, end in _anchors(kind, e)
    ]


def _anchors(kind: str, evidence: Record) -> list[tuple[int, int]]:
    held = evidence["fields"].get(ANCHORS.get(kind, ""))
    if not held:
        return [(evidence["start"], evidence["end"])]
    return [(start, end) for start, end in ([held] if isinstance(held[0], int) else held)]
