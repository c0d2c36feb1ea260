"""Which tellings, of whatever article and language, are one event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from dragoman.linking.days import Stretch, months_of, stretch_of
from dragoman.linking.decisions import Ties, Verdicts
from dragoman.linking.same_event import (
    LEAST_SURE,
    ONE,
    OPEN,
    STANDING,
    Scene,
    Telling,
    doubts,
    family_of,
    likeness_from,
    may_be_one,
    other_step,
)
from dragoman.linking.sources import Library
from dragoman.model import EventReport, Span

H = TypeVar("H", bound=Hashable)

Key = tuple[str, int]
"""Article id and the index of the event in its reading."""

EXPECTED_WITHIN = 45
"""An undated deed is expected to lie so many days, at most, before its article appeared."""

MOST_COMPARED = 16
"""Groups that one telling is compared with; the nearest in what they share come first."""

MOST_MEMBERS = 6
"""Tellings of a group that a new one is compared with, its most exact first."""

Shelves = dict[tuple[str, str, str], dict[str, list[int]]]
"""Kind, standing and side -> time -> the numbers of the groups there, in the order of their tellings."""

CLEAR = 0.06
"""By so much the best group must lie before the next, or the telling stays alone and a person is asked."""


@dataclass(slots=True)
class Group:
    """Tellings that are one event. `common` holds what they say together."""

    common: Telling
    members: list[Telling] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)

    def add(self, telling: Telling) -> None:
        self.members.append(telling)
        self.articles.add(telling.article)
        c = self.common
        self.common = replace(
            c,
            report=telling.report if c.report.mode is None else c.report,
            who=c.who | telling.who,
            whom=c.whom | telling.whom,
            place=c.place or telling.place,
            days=c.days.narrow(telling.days) if c.days.meets(telling.days) else c.days,
            dated=c.dated or telling.dated,
        )


@dataclass(frozen=True, slots=True)
class Undecided:
    """Two tellings that may be one event, for a person to judge. `likeness` and `why` as in `same_event`."""

    left: Key
    right: Key
    likeness: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grouped:
    """`groups`: the tellings of each event. `undecided`: what a person should judge."""

    groups: tuple[Group, ...]
    undecided: tuple[Undecided, ...]

    def group_of(self) -> dict[Key, int]:
        """Telling -> the number of its group."""
        return {(t.article, t.number): n for n, group in enumerate(self.groups) for t in group.members}


def group_events(library: Library, story: Callable[[str, str], float], verdicts: Verdicts) -> Grouped:
    """The tellings of all articles, those of one event together; what a person rejected is left out.

    Args:
        story: How near two articles are, 0 to 1.
    """
    tellings = [t for t in _tellings(library) if not verdicts.rejects("event", t.article, t.report.trigger)]
    scene = Scene(library, story)
    groups, undecided = _group(library, tellings, scene, _ties(library, tellings, verdicts))
    return Grouped(tuple(groups), tuple(sorted(undecided, key=lambda u: (u.left, u.right))))


# --- tellings -------------------------------------------------------------------------------------


def _tellings(library: Library) -> Iterator[Telling]:
    # A case has many tellings of few sides and days: what is equal is held once.
    once: dict[Hashable, Any] = {}

    def held(value: H) -> H:
        found: H = once.setdefault(value, value)
        return found

    for source in library.sources:
        article, reading = source.article.id, source.reading
        appeared = library.publication(article)
        for number, report in enumerate(reading.events):
            who, whom = library.actors(article, report.who), library.actors(article, report.whom)
            days = stretch_of(report.when)
            dated = days.known
            deed = report.status in ("happened", "ongoing", "alleged")
            if not dated and deed:
                days = Stretch(None, appeared.last)
            around = Stretch(
                None if appeared.first is None else appeared.first - EXPECTED_WITHIN,
                appeared.last if deed or appeared.last is None else appeared.last + EXPECTED_WITHIN,
            )
            values = tuple(
                (f.measure, f.low, f.high)
                for f in (reading.figures[i] for i in report.figures if i < len(reading.figures))
            )
            place = library.place(article, report.place)
            yield Telling(
                article=article,
                number=number,
                report=report,
                family=family_of(report.type, report.mode),
                standing=STANDING[report.status],
                who=held(frozenset(library.as_side(r) for r in who)),
                whom=held(frozenset(library.as_side(r) for r in whom or _host(library, report, place))),
                place=place,
                days=held(days),
                dated=dated,
                around=held(around),
                values=values,
                who_in_order=held(who),
                whom_in_order=held(whom),
            )


def _host(library: Library, report: EventReport, place: str | None) -> tuple[str, ...]:
    """Of a visit of which only the place is told, the state that receives the visitor."""
    host = library.host(place) if report.mode == "visit" and place else None
    return (host,) if host else ()


def _exactness(library: Library, telling: Telling) -> tuple[int, int, int, str, int]:
    """Sorts the most exact first: a vague telling then meets all it could be."""
    length = telling.days.length if telling.dated else None
    return (
        10**8 if length is None else length,
        -len(telling.everyone),
        *library.order(telling.article),
        telling.number,
    )


# --- grouping -------------------------------------------------------------------------------------


def _ties(library: Library, tellings: Sequence[Telling], verdicts: Verdicts) -> Ties:
    ties = Ties()
    if not verdicts.decisions:
        return ties
    by_article: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_article[telling.article].append(telling)

    def meant(article: str, span: Span) -> list[Key]:
        here = by_article.get(article, [])
        exact = [t for t in here if t.report.trigger.meets(span)]
        return [(t.article, t.number) for t in exact or [t for t in here if t.report.sentence.meets(span)]]

    for targets in verdicts.groups("event", "join"):
        ties.join(k for t in targets for k in meant(t.article, Span(t.start, t.end)))
    for targets in verdicts.groups("event", "split"):
        ties.split([meant(t.article, Span(t.start, t.end)) for t in targets])
    return ties


def _group(
    library: Library, tellings: list[Telling], scene: Scene, ties: Ties
) -> tuple[list[Group], list[Undecided]]:
    groups: list[Group] = []
    shelves: Shelves = defaultdict(lambda: defaultdict(list))
    tied: dict[Key, int] = {}
    undecided: list[Undecided] = []
    for telling in sorted(tellings, key=lambda t: _exactness(library, t)):
        key = (telling.article, telling.number)
        chosen = tied.get(ties.find(key))
        if chosen is None:
            chosen, doubt = _choose(telling, groups, shelves, scene, ties)
            undecided += doubt
        if chosen is None:
            groups.append(Group(telling))
            chosen = len(groups) - 1
        groups[chosen].add(telling)
        tied[ties.find(key)] = chosen
        times = _shelved_at(library, telling)
        for side in _sides(library, telling):
            of_side = shelves[side]
            for time in times:
                shelf = of_side[time]
                if not shelf or shelf[-1] != chosen:
                    shelf.append(chosen)
    return groups, undecided


def _choose(
    telling: Telling,
    groups: list[Group],
    shelves: Shelves,
    scene: Scene,
    ties: Ties,
) -> tuple[int | None, list[Undecided]]:
    """The group that the telling belongs to, or None with the groups it may belong to."""
    if telling.report.confidence < LEAST_SURE:  # ruled out everywhere
        return None, []
    seen: Counter[int] = Counter()
    times = _looked_at(telling)
    for side in _sides(scene.library, telling):
        if of_side := shelves.get(side):
            for time in times:
                if found := of_side.get(time):
                    seen.update(found[-2 * MOST_COMPARED :])
    nearest = sorted(seen, key=lambda g: (-seen[g], g))[:MOST_COMPARED]
    key = (telling.article, telling.number)
    scored = []
    for g in nearest:
        group = groups[g]
        if not may_be_one(telling, group.common, scene):
            continue
        if telling.article in group.articles and any(other_step(telling, m) for m in group.members):
            continue
        if ties.apart([key], ((m.article, m.number) for m in group.members)):
            continue
        likest = 0.0
        for member in group.members[:MOST_MEMBERS]:
            likest = max(likest, likeness_from(telling, member, scene, max(likest, OPEN)))
        if likest:
            scored.append((-likest, g))
    scored.sort()
    if not scored:
        return None, []
    best, second = -scored[0][0], -scored[1][0] if len(scored) > 1 else 0.0
    exact = telling.dated and (telling.days.length or 10**6) <= 3
    if best >= ONE and (exact or best - second >= CLEAR or second < OPEN):
        return scored[0][1], []
    return None, [_doubt(telling, groups[scored[0][1]].members[0], best, scene)]


def _doubt(telling: Telling, other: Telling, score: float, scene: Scene) -> Undecided:
    left, right = sorted([(telling.article, telling.number), (other.article, other.number)])
    # Likely enough, and still undecided: then another event fits it as well.
    why = ("several_fit",) if score >= ONE else ()
    return Undecided(left, right, score, why + doubts(telling, other, scene))


def _days(stretch: Stretch) -> list[str]:
    if stretch.first is None or stretch.last is None:
        return []
    return [_day(d) for d in range(stretch.first, stretch.last + 1)]


@lru_cache(maxsize=1 << 16)
def _day(number: int) -> str:
    return str(number)


@lru_cache(maxsize=1 << 14)
def _near(month: str) -> str:
    return f"near {month}"


@lru_cache(maxsize=64)
def _in(article: str) -> str:
    """Tellings of one article come together, and all their shelves share its name."""
    return f"in {article}"


def _years(stretch: Stretch) -> list[str]:
    ends = [date.fromordinal(max(d, 1)).year for d in stretch if d is not None]
    return [str(y) for y in range(min(ends), min(max(ends), min(ends) + 40) + 1)] if ends else []


SHORT, MIDDLE = 11, 70
"""Days up to which a stretch is shelved by its days, and by its months."""


def _shelved_at(library: Library, telling: Telling) -> list[str]:
    """The times under which a group is found again, each as fine as the telling is."""
    near = dict.fromkeys(months_of(library.publication(telling.article)))
    times = [_in(telling.article), "ever"]
    if telling.dated:
        length = telling.days.length or 10**6
        times += _years(telling.days)
        if length <= MIDDLE:
            months = months_of(telling.days)
            times += months
            near.update(dict.fromkeys(months))
        if length <= SHORT:
            times += _days(telling.days)
    return times + [_near(m) for m in near]


def _looked_at(telling: Telling) -> list[str]:
    """The times under which a telling looks for a group. Those there are at least as exact as itself."""
    times = [_in(telling.article)]
    length = telling.days.length if telling.dated else None
    if telling.dated and length is not None:
        times += (
            _days(telling.days)
            if length <= SHORT
            else months_of(telling.days)
            if length <= MIDDLE
            else _years(telling.days)
        )
    elif telling.dated:
        times += _years(telling.days)
    else:
        times += [_near(m) for m in months_of(telling.around)] or ["ever"]
    return times


def _sides(library: Library, telling: Telling) -> list[tuple[str, str, str]]:
    """What shelves are found by beside the time: kind, standing, and each side or whom it acts for, or the place."""
    sides = {ref for side in telling.everyone for ref in library.cast.stands_for(side)}
    return [(telling.family, telling.standing, side) for side in sorted(sides or {telling.place or ""})]
