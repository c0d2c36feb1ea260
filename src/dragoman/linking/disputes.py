"""Disputes: what cannot all hold, side by side with its sources. No verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.linking.decisions import Verdicts, is_meant
from dragoman.linking.events import Grouped
from dragoman.linking.quantities import GROWING, Quantity, days_told, durations_told, figures_told
from dragoman.linking.sources import Library, merge_evidence
from dragoman.linking.values import Value, can_both_hold, revises
from dragoman.model import Claim, Dispute, name_by_content

LIKE_DURATIONS = 3.0
"""Durations further apart than this factor are of different matters."""


@dataclass(frozen=True, slots=True)
class Count:
    """The values of one quantity in the order in which they became known: a growing toll, step by step."""

    measure: str
    storyline: str
    steps: tuple[Value, ...]


def find_disputes(
    library: Library, grouped: Grouped, storyline_of: Mapping[str, str], verdicts: Verdicts
) -> tuple[Dispute, ...]:
    """Figures, durations and dates that cannot all hold. One that a person rejected is left out."""
    found: list[Dispute] = []
    for quantity, values in sorted(figures_told(library, grouped, storyline_of).items()):
        found += _lay_out(
            library, "figure", _about(library, quantity), values, growing=quantity[1] in GROWING
        )
    for quantity, values in sorted(durations_told(library, storyline_of).items()):
        found += _lay_out(library, "duration", _about(library, quantity), values, growing=False)
    for quantity, values in sorted(days_told(library, grouped).items()):
        found += _lay_out(library, "date", _about(library, quantity), values, growing=False)
    kept = {d.id: d for d in found if not any(is_meant(d, t) for t in verdicts.rejected("dispute"))}
    return tuple(kept[i] for i in sorted(kept))


def find_counts(library: Library, grouped: Grouped, storyline_of: Mapping[str, str]) -> tuple[Count, ...]:
    """Growing counts that changed, as sequences."""
    counts = []
    for quantity, values in sorted(figures_told(library, grouped, storyline_of).items()):
        main = sorted(_main(values), key=lambda v: (v.known or 0, v.size, v.article))
        if quantity[1] in GROWING and len({(v.low, v.high) for v in main}) > 1:
            counts.append(Count(quantity[1], storyline_of[main[0].article], tuple(main)))
    return tuple(counts)


def _about(library: Library, quantity: Quantity) -> str:
    """The measure, and the actor or place it is of, in words."""
    names = {a.id: a.name for a in library.cast.actors} | {p.id: p.name for p in library.cast.places}
    of = [names[q] for q in quantity[2:] if q in names]
    return " of ".join([quantity[1], *of])


# --- side by side ---------------------------------------------------------------------------------


def _main(values: Sequence[Value]) -> list[Value]:
    """Each article's largest value: what it gives besides counts a part. Copies of one text give it once."""
    best: dict[str, Value] = {}
    for value in values:
        kept = best.get(value.article)
        if kept is None or (value.size, -value.span.start) > (kept.size, -kept.span.start):
            best[value.article] = value
    return [best[a] for a in sorted(best)]


def _lay_out(
    library: Library, kind: str, about: str, values: Sequence[Value], growing: bool
) -> Iterator[Dispute]:
    """The values as a dispute, where two of them can neither both hold nor revise each other."""
    main = _main(values)
    sides = {v for a, b in _pairs(main) if _conflict(kind, a, b, growing) for v in (a, b)}
    if not sides:
        return
    by_value: dict[tuple[float, float, str], list[Value]] = defaultdict(list)
    for value in main:
        if value in sides or any(value.low == s.low and value.high == s.high for s in sides):
            by_value[value.low or 0.0, value.high or float("inf"), value.said.casefold()].append(value)
    claims = []
    for _, told in sorted(by_value.items()):
        told.sort(key=lambda v: (v.known or 10**9, v.article))
        claims.append(
            Claim(
                value=told[0].said,
                evidence=merge_evidence(
                    library.evidence(v.article, v.sentence, v.rule, {"value": v.span}) for v in told
                ),
                independent=library.independent({v.article for v in told}),
            )
        )
    anchors = sorted((e.article, e.start) for c in claims for e in c.evidence)
    yield Dispute(
        id=name_by_content("dispute", kind, about, anchors[0], anchors[-1]),
        about=about,
        dispute_kind=kind,
        claims=tuple(claims),
    )


MOST_VALUES = 200
"""Values of one quantity that are compared pair by pair, one for each distinct value."""


def _pairs(values: Sequence[Value]) -> Iterator[tuple[Value, Value]]:
    """Pairs of different values, the first and the last article of each."""
    distinct: dict[tuple[float | None, float | None, bool], list[Value]] = defaultdict(list)
    for value in sorted(values, key=lambda v: (v.known or 0, v.article)):
        distinct[value.low, value.high, value.approx].append(value)
    ends = [v for told in distinct.values() for v in dict.fromkeys((told[0], told[-1]))][:MOST_VALUES]
    for i, a in enumerate(ends):
        for b in ends[i + 1 :]:
            yield a, b


def _conflict(kind: str, a: Value, b: Value, growing: bool) -> bool:
    if can_both_hold(a, b):
        return False
    if kind == "duration" and max(a.size, b.size) > LIKE_DURATIONS * min(a.size, b.size):
        return False
    return not (growing and (revises(a, b) or revises(b, a)))
