"""Which durations and days are of one quantity: how long one state lasts, the day of one deed.

Tolls and the strength of forces are in `tolls`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from dragoman.linking.events import Grouped
from dragoman.linking.same_event import Telling
from dragoman.linking.sources import Library
from dragoman.linking.values import DAYS_OF, Value, duration_of
from dragoman.model import Span, TimeMention

LONG_LASTING = 10 * DAYS_OF["years"]
"""Days from which a duration in a sentence on a territory is taken to be that of its control."""

Quantity = tuple[str, ...]
"""What kind of quantity, the measure, and what it is of: ids, or the number of an event's group."""


# --- durations ------------------------------------------------------------------------------------


def durations_told(library: Library, storyline_of: Mapping[str, str]) -> dict[Quantity, list[Value]]:
    """How long a state is said to last, by what is held; and long durations in sentences on a territory.

    Of a breakaway or disputed territory, what is said to have lasted for decades is who holds it.
    """
    found: dict[Quantity, list[Value]] = defaultdict(list)
    for source in library.sources:
        article, reading = source.article.id, source.reading
        durations = [t for t in reading.times if t.type == "DURATION"]
        for state in reading.states:
            things = set(library.actors(article, [a for a in (state.object, state.place) if a]))
            said = state.valid.span if state.valid else None
            for mention in durations:
                span = Span(mention.start, mention.end)
                value = _duration(library, article, mention) if said and said.meets(span) else None
                if value is not None:
                    for thing in things - library.territories:
                        found["state", state.type, thing, storyline_of[article]].append(value)
        for mention in durations:
            value = _duration(library, article, mention)
            if value is not None and value.size >= LONG_LASTING:
                for thing in library.territories.intersection(library.named(article, value.sentence)):
                    found["territory", "duration", thing].append(value)
    return found


def _duration(library: Library, article: str, mention: TimeMention) -> Value | None:
    bounds = duration_of(mention)
    if bounds is None:
        return None
    low, high, unit = bounds
    span = Span(mention.start, mention.end)
    size = (low if low is not None else high) or 0.0
    # A round count of a long unit is round by nature: "three decades" may be 29 years.
    approx = unit in ("decades", "centuries") or size >= 10 * DAYS_OF["years"]
    return Value(
        article=article,
        said=library.words(article, *span),
        low=low,
        high=high,
        approx=approx,
        known=library.publication(article).first,
        span=span,
        sentence=library.sentence(article, span),
        rule="duration",
        speaker=None,
    )


# --- dates ----------------------------------------------------------------------------------------

ONCE = frozenset(
    {("AGREE", None), ("AGREE", "sign"), ("CONSULT", "visit"), ("RETREAT", "withdraw"), ("RETREAT", "resign")}
)
"""Deeds that the same sides hardly do twice within days at one place."""

NEAR_DAYS = 3


def days_told(library: Library, grouped: Grouped) -> dict[Quantity, list[Value]]:
    """One deed at one place between the same sides, told for two days close by, and by no article for both."""
    shelves: dict[tuple[object, ...], list[Telling]] = defaultdict(list)
    for group in grouped.groups:
        for t in group.members:
            exact = (
                t.dated
                and t.days.length == 1
                and t.report.when is not None
                and t.report.when.basis == "stated"
            )
            if exact and t.place and t.who and t.whom and (t.report.type, t.report.mode) in ONCE:
                shelves[t.report.type, t.report.mode, t.standing, t.place, t.everyone].append(t)
    found: dict[Quantity, list[Value]] = {}
    for tellings in shelves.values():
        tellings.sort(key=lambda t: (t.days.first or 0, t.article, t.number))
        for a, b in pairwise(tellings):
            apart = (b.days.first or 0) - (a.days.first or 0)
            told_both = {t.article for t in tellings if t.days == a.days} & {
                t.article for t in tellings if t.days == b.days
            }
            if 0 < apart <= NEAR_DAYS and not told_both:
                told = [_day_told(library, t) for t in tellings if t.days in (a.days, b.days)]
                found["deed", f"day of {a.report.type}", *sorted(a.everyone), str(a.days.first)] = told
    return found


def _day_told(library: Library, telling: Telling) -> Value:
    day = float(telling.days.first or 0)
    when = telling.report.when
    return Value(
        article=telling.article,
        said=(when.start if when else None) or "",
        low=day,
        high=day,
        approx=False,
        known=library.publication(telling.article).first,
        span=telling.report.trigger,
        sentence=telling.report.sentence,
        rule=telling.report.rule,
        speaker=None,
    )
