"""Promises as the cards of a board: who promised what to whom, by when, said when, and what came of it, with the words.

Pages, the command, the JSON interface and assistants show these cards; how one stands, `model.standing` alone tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dragoman.model.lines import Json, Record
from dragoman.model.standing import SETTLED, STANDINGS, Standing, standing_of
from dragoman.store.counts import count
from dragoman.store.promises import columns, day_of_case, due_in_order
from dragoman.store.questions import Ask, briefs, by_id
from dragoman.telling.interface import Interface

if TYPE_CHECKING:
    from sqlalchemy import Connection

Card = Json

PROOF = 3
"""Sentences of a card, the first of which says it."""


def counted_day(connection: Connection, day: str | None = None) -> str:
    """The day that promises are counted against: the one asked for, else that of the case's latest article, so that
    what is told depends on no clock; today where no article has a day."""
    return day or day_of_case(connection) or date.today().isoformat()


def board(
    connection: Connection,
    day: str,
    wanted: Ask | None = None,
    only: Sequence[Standing] = STANDINGS,
    limit: int = 30,
    skip: int = 0,
    latest_first: bool = False,
) -> dict[Standing, tuple[int, list[Card]]]:
    """The columns that hold anything, each with how many promises it has and the first of them as cards."""
    found: dict[Standing, tuple[int, list[Card]]] = {}
    for name, ask in columns(day, wanted).items():
        total = count(connection, ask, skip) if name in only else 0
        if total:
            some = due_in_order(connection, ask, limit, skip, latest_first)
            found[name] = (total, cards(connection, some, day))
    return found


def cards(connection: Connection, promises: Sequence[Record], day: str | None = None) -> list[Card]:
    """Promises as cards.

    A card has `id`, `standing`, `outcome` (`early` and `late` are ways of being kept), `by` and `to` (id, name, kind),
    `what`, `due` and `made` (stretches, or None), `told` (the ISO day of its first article, or None), `proof` (words,
    article, source, day) and, where there is one, `settled` and `later`: what settled it, and the plan that took its
    place, each with `id`, `when` and `proof`.
    """
    others = by_id(
        connection, [ref for p in promises for f in ("settled_by", "replaced_by") if (ref := p.get(f))]
    )
    told = [*promises, *others.values()]
    refs = {ref for p in promises for ref in (*p["by"], *p["to"])}
    names = briefs(connection, sorted(refs | {e["article"] for r in told for e in r["evidence"]}))

    def named(some: Sequence[str]) -> list[Record]:
        return [
            {"id": ref, "name": names[ref].name, "kind": names[ref].kind}
            if ref in names
            else {"id": None, "name": ref, "kind": ""}
            for ref in some
        ]

    def proof(record: Record) -> list[Record]:
        shown = sorted(
            record["evidence"], key=lambda e: record.get("what", "") not in e["text"]
        )  # its own words first
        return [
            {
                "words": " ".join(e["text"].split()),
                "article": e["article"],
                "source": names[e["article"]].name if e["article"] in names else "",
                "day": names[e["article"]].day if e["article"] in names else None,
            }
            for e in shown[:PROOF]
        ]

    def beside(ref: str | None) -> Record | None:
        record = others.get(ref or "")
        if record is None:
            return None
        when = record["due"] if record["kind"] == "commitment" else record["when"]
        return {"id": record["id"], "when": when, "proof": proof(record)}

    made = []
    for promise in promises:
        shown = proof(promise)
        made.append(
            {
                "id": promise["id"],
                "standing": standing_of(promise, day),
                "outcome": promise["outcome"],
                "by": named(promise["by"]),
                "to": named(promise["to"]),
                "what": " ".join(promise["what"].split()),
                "due": promise["due"],
                "made": promise["made"],
                "told": min((p["day"] for p in shown if p["day"]), default=None),
                "proof": shown,
                "settled": beside(promise["settled_by"]),
                "later": beside(promise.get("replaced_by")),
            }
        )
    return made


def stands(promise: Record, face: Interface, day: str | None = None) -> str:
    """How a promise stands in the reader's language: `overdue`, `kept, late`."""
    outcome = promise["outcome"]
    told = face.say(f"promise: {standing_of(promise, day)}")
    return f"{told}, {face.say(outcome)}" if outcome in SETTLED and outcome in ("early", "late") else told
