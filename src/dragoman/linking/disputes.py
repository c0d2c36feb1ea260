"""Disputes: what cannot all hold, side by side with its sources. No verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from dragoman.linking.contradictions import contradictions
from dragoman.linking.decisions import Verdicts, is_meant
from dragoman.linking.denials import find_denials
from dragoman.linking.events import Grouped
from dragoman.linking.quantities import Quantity, days_told, durations_told
from dragoman.linking.sources import Library, merge_evidence
from dragoman.linking.tolls import GROWING, Tolls
from dragoman.linking.values import Value, can_both_hold, revises
from dragoman.model import Claim, Dispute, Span, name_by_content

LIKE_DURATIONS = 3.0
"""Durations further apart than this factor are of different matters."""


PART = 0.5
"""Of a toll, a number up to this share of the largest told is taken for a part of it, unless two speakers differ."""


LEAP = 10.0
"""From so many times the number told before, the count is of something else."""


@dataclass(frozen=True, slots=True)
class Count:
    """The values of one quantity in the order in which they became known: a growing toll, step by step.

    Up to the day `breaking` the values of one day may be in any order.
    """

    measure: str
    storyline: str
    steps: tuple[Value, ...]
    breaking: int | None = None

    def revisions(self) -> Iterator[tuple[Value, Value]]:
        """Each step with the one before that it revises: a count grows, and by less than `LEAP` at once."""
        last = self.steps[0]
        for step in self.steps[1:]:
            if revises(last, step, self.breaking):
                if step.size < LEAP * last.size:
                    yield last, step
                last = step


def find_disputes(
    library: Library,
    grouped: Grouped,
    tolls: Tolls,
    storyline_of: Mapping[str, str],
    story: Callable[[str, str], float],
    verdicts: Verdicts,
) -> tuple[Dispute, ...]:
    """Figures, durations, dates, outcomes and doers that cannot all hold, claims that are denied.

    Those that a person rejected are left out.

    Args:
        tolls: The figures of one quantity.
        storyline_of: Article -> its storyline.
        story: How near two articles are, 0 to 1.
    """
    found: list[Dispute] = []
    for quantity, values in sorted(tolls.told.items()):
        growth = None
        if quantity[1] in GROWING:
            growth = Growth(tolls.breaking(quantity), max(v.size for v in values), tolls.settled(quantity))
        found += _lay_out(library, "figure", tolls.names[quantity], values, growth)
    for quantity, values in sorted(durations_told(library, storyline_of).items()):
        found += _lay_out(library, "duration", _about(library, quantity), values, None)
    for quantity, values in sorted(days_told(library, grouped).items()):
        found += _lay_out(library, "date", _about(library, quantity), values, None)
    for quantity, values in sorted(contradictions(library, grouped, story).items()):
        found += _lay_out(library, quantity[0], _about(library, quantity), values, None)
    found += find_denials(library)
    kept = {d.id: d for d in found if not any(is_meant(d, t) for t in verdicts.rejected("dispute"))}
    return tuple(kept[i] for i in sorted(kept))


def find_counts(tolls: Tolls, storyline_of: Mapping[str, str]) -> tuple[Count, ...]:
    """Growing counts that changed, as sequences."""
    counts = []
    for quantity, values in sorted(tolls.told.items()):
        totals = [v for v in values if not v.part]
        main = sorted((c.main for c in claimants(totals)), key=lambda v: (v.known or 0, v.size, v.article))
        changed = quantity[1] in GROWING and len({(v.low, v.high) for v in main}) > 1
        if changed and not tolls.settled(quantity):
            counts.append(
                Count(quantity[1], storyline_of[main[0].article], tuple(main), tolls.breaking(quantity))
            )
    return tuple(counts)


def _about(library: Library, quantity: Quantity) -> str:
    """The measure, and the actor or place it is of, in words."""
    of = [library.names[q] for q in quantity[2:] if q in library.names]
    return " of ".join([quantity[1], *of])


# --- side by side ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Growth:
    """That a count grows, to `largest` so far; up to the day `breaking` articles of one day may be in any order.

    `settled`: it grew once, long before all that tell it.
    """

    breaking: int | None
    largest: float
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Claimant:
    """What one article, or one speaker in it, gives for a quantity: mainly this, and all that it gives."""

    main: Value
    all: tuple[Value, ...]


def claimants(values: Sequence[Value]) -> list[Claimant]:
    """The values by article, and by speaker where an article quotes several who differ."""
    by_article: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        by_article[value.article].append(value)
    found = []
    for article in sorted(by_article):
        here = sorted(by_article[article], key=lambda v: v.span)
        speakers = list(dict.fromkeys(v.speaker for v in here if v.speaker))
        if len(speakers) > 1:
            found += [_claimant([v for v in here if v.speaker == s]) for s in speakers]
        else:
            found.append(_claimant(here))
    return found


def _claimant(values: Sequence[Value]) -> Claimant:
    """The value given most often, the first on a tie; a bound ("at least 5") before the bare number."""
    times: dict[tuple[float | None, float | None], int] = defaultdict(int)
    for value in values:
        times[value.low, value.high] += 1
    most = max(values, key=lambda v: (times[v.low, v.high], -v.span.start))
    bounds = [v for v in values if v.low != v.high and most.size in (v.low, v.high)]
    return Claimant(bounds[0] if bounds else most, (*values, *_sums(values)))


def _sums(values: Sequence[Value]) -> Iterator[Value]:
    """What the values of one sentence come to: "six men and one woman died" gives seven."""
    by_sentence: dict[Span, list[Value]] = defaultdict(list)
    for value in values:
        by_sentence[value.sentence].append(value)
    for parts in by_sentence.values():
        if len(parts) > 1:
            total = sum(v.low or 0.0 for v in parts)
            exact = all(v.low == v.high for v in parts)
            yield replace(parts[0], low=total, high=total if exact else None)


def _lay_out(
    library: Library, kind: str, about: str, values: Sequence[Value], growth: Growth | None
) -> Iterator[Dispute]:
    """The values as a dispute, where two claimants can neither both be right nor revise each other.

    `growth` is None for what does not grow.
    """
    told = claimants(values)
    sides = {c for a, b in _pairs(told) if _conflict(kind, a, b, growth) for c in (a, b)}
    if not sides:
        return
    by_value: dict[tuple[float, float], list[Value]] = defaultdict(list)
    bounds = {(c.main.low, c.main.high) for c in sides}
    for value in (c.main for c in told if (c.main.low, c.main.high) in bounds):
        by_value[value.low or 0.0, float("inf") if value.high is None else value.high].append(value)
    claims = [_claim(library, same) for _, same in sorted(by_value.items())]
    anchors = sorted((e.article, e.start) for c in claims for e in c.evidence)
    yield Dispute(
        id=name_by_content("dispute", kind, about, anchors),
        about=about,
        dispute_kind=kind,
        claims=tuple(claims),
    )


def _claim(library: Library, values: Sequence[Value]) -> Claim:
    told = sorted(values, key=lambda v: (library.order(v.article), v.span))
    return Claim(
        value=told[0].said,
        evidence=merge_evidence(
            library.evidence(v.article, v.sentence, v.rule, {"value": v.span}) for v in told
        ),
        independent=library.independent({v.article for v in told}),
    )


MOST_VALUES = 60
"""Different values of one quantity that are compared pair by pair."""


def _pairs(told: Sequence[Claimant]) -> Iterator[tuple[Claimant, Claimant]]:
    """Pairs of claimants that differ: of those with one value the first and the last to appear."""
    distinct: dict[tuple[float | None, float | None, bool], list[Claimant]] = defaultdict(list)
    for claimant in sorted(told, key=lambda c: (c.main.known or 0, c.main.article, c.main.span)):
        distinct[claimant.main.low, claimant.main.high, claimant.main.approx].append(claimant)
    ends = [c for same in list(distinct.values())[:MOST_VALUES] for c in dict.fromkeys((same[0], same[-1]))]
    yield from combinations(ends, 2)


SUCCESSION = 60
"""Days between two articles from which what may go up and down has changed rather than been told twice."""


def _may_have_changed(a: Value, b: Value) -> bool:
    return a.known is not None and b.known is not None and abs(a.known - b.known) > SUCCESSION


def _conflict(kind: str, a: Claimant, b: Claimant, growth: Growth | None) -> bool:
    """True where neither gives, even in passing, what the other mainly gives, and neither is a revision or a part."""
    if any(can_both_hold(a.main, v) for v in b.all) or any(can_both_hold(b.main, v) for v in a.all):
        return False
    small, large = sorted((a.main, b.main), key=lambda v: v.size)
    if kind == "duration" and large.size > LIKE_DURATIONS * small.size:
        return False
    if growth is None:
        return kind != "figure" or not _may_have_changed(a.main, b.main)
    two_sides = small.speaker is not None and large.speaker is not None and small.speaker != large.speaker
    part = not two_sides and small.size <= PART * growth.largest
    if growth.settled:
        return not part
    return not (part or revises(a.main, b.main, growth.breaking) or revises(b.main, a.main, growth.breaking))
