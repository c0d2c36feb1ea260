"""Which event keeps or breaks a commitment."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.linking.days import Stretch, stretch_of
from dragoman.linking.same_event import family_of
from dragoman.linking.sources import Library
from dragoman.model import CommitmentReport, Event, Span
from dragoman.model.event_types import MUTUAL


@dataclass(frozen=True, slots=True)
class Promise:
    article: str
    number: int
    report: CommitmentReport
    by: tuple[str, ...]
    to: tuple[str, ...]
    due: Stretch

    @property
    def kind(self) -> tuple[str | None, str | None]:
        return self.report.event_type, self.report.event_mode


WITHDRAWAL = ("RETREAT", "withdraw")
_WHOLE = Span(0, 2**31)


class _Deed(NamedTuple):
    """An event that may settle a commitment, with what each promise asks of it.

    `acting`: who does it, of what is mutual all sides; `acts_for`: these and those they act for; `done_to`: the actors
    it is done to, and those they act for, or None where that says nothing; `told`: where it is told.
    """

    event: Event
    days: Stretch
    first: int
    acting: frozenset[str]
    acts_for: frozenset[str]
    done_to: frozenset[str] | None
    told: tuple[tuple[str, Span], ...]


class Settling:
    """Finds the event that keeps or breaks a commitment."""

    def __init__(self, library: Library, events: Sequence[Event]) -> None:
        self.library = library
        self._known = {a.id for a in library.cast.actors}
        self._tellers: dict[str, list[tuple[int, str]]] | None = None
        deeds = [d for e in events if e.status in ("happened", "denied") and (d := self._deed(e)) is not None]
        self._days: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._events: dict[tuple[str, str], list[_Deed]] = defaultdict(list)
        for deed in sorted(deeds, key=lambda d: (d.first, d.event.id)):
            event = deed.event
            family = family_of(event.type, event.mode)
            for side in {r for s in (*event.who, *event.whom) for r in library.cast.stands_for(s)}:
                self._days[family, side].append(deed.first)
                self._events[family, side].append(deed)

    def _deed(self, event: Event) -> _Deed | None:
        days = stretch_of(event.when)
        first = days.first if days.first is not None else days.last
        if first is None:
            return None
        acting = frozenset((*event.who, *event.whom) if event.type in MUTUAL else event.who)
        done_to = [w for w in event.whom if w in self._known]
        return _Deed(
            event,
            days,
            first,
            acting,
            self._all_of(acting),
            None if event.type in MUTUAL or not done_to else self._all_of(done_to),
            tuple((e.article, Span(e.start, e.end)) for e in event.evidence),
        )

    def _all_of(self, refs: Iterable[str]) -> frozenset[str]:
        """The actors and those they act for."""
        return frozenset(r for ref in refs for r in self.library.cast.stands_for(ref))

    def of(self, group: Sequence[Promise], made: Stretch) -> Event | None:
        """The deed that is meant: after the promise was made, the nearest to its due time."""
        promise = group[0]
        kind, mode = promise.kind
        if kind is None:
            return None
        sides = {ref for p in group for side in p.by for ref in self.library.cast.stands_for(side)}
        around = {
            deed.event.id: deed
            for ref in sides
            for deed in self._around((family_of(kind, mode), ref), made, promise.due)
        }
        if not around:
            return None
        beside = self.library.named(promise.article, promise.report.sentence)
        named = self._all_of((*promise.to, *promise.by, *beside))
        towns = self.library.settlements.intersection(beside)
        fitting = (d for d in around.values() if self._fits(d, mode, promise, made, named, towns))
        found = min(
            fitting, key=lambda d: (_beside(d.days, promise.due), d.event.status, d.event.id), default=None
        )
        return found.event if found is not None else None

    def _around(self, key: tuple[str, str], made: Stretch, due: Stretch) -> Iterator[_Deed]:
        """Events of an actor from the day of the promise on, and around the due time: `MOST_TRIED` of each."""
        days, events = self._days.get(key, []), self._events.get(key, [])
        start = bisect_left(days, made.first) if made.first is not None else 0
        yield from events[start : start + MOST_TRIED]
        if due.first is not None:
            middle = bisect_left(days, due.first)
            yield from events[max(start, middle - MOST_TRIED // 2) : middle + MOST_TRIED // 2]

    def _fits(
        self,
        deed: _Deed,
        mode: str | None,
        promise: Promise,
        made: Stretch,
        named: frozenset[str],
        towns: frozenset[str],
    ) -> bool:
        """`named`: whom the promise and its sentence name, and those they act for; `towns`: settlements named there.

        A deed that is done to actors none of whom the promise names is another, and one in another settlement.
        """
        event = deed.event
        if mode and event.mode and event.mode != mode:
            return False
        if made.first is not None and deed.first < made.first:
            return False
        if deed.done_to is not None and deed.done_to.isdisjoint(named):
            return False
        if towns and event.place in self.library.settlements and event.place not in towns:
            return False
        return (
            _when(event, deed.days, promise)
            and not _is_told_by(deed, promise)
            and self._done_by(deed, promise)
        )

    def _done_by(self, deed: _Deed, promise: Promise) -> bool:
        """True where one who promised acts; of a meeting or an agreement, where all who are named take part."""
        mutual = deed.event.type in MUTUAL
        named = {r for r in (*promise.by, *promise.to) if r in self._known} if mutual else set(promise.by)
        stands_for = self.library.cast.stands_for

        def takes_part(side: str) -> bool:
            return side in deed.acts_for or not deed.acting.isdisjoint(stands_for(side))

        return bool(named) and (all if mutual else any)(takes_part(side) for side in named)

    def would_be_told(self, members: Sequence[Promise], due: Stretch) -> bool:
        """True where an article that appeared after the due time names all sides, two at least.

        That one actor is named again is none.
        """
        sides = {side for p in members for side in (*p.by, *p.to)}
        if due.last is None or len(sides) < 2:
            return False
        if self._tellers is None:
            self._tellers = self._tellers_of_all()
        told = [self._tellers.get(side, []) for side in sides]
        few, *others = sorted((some[bisect_left(some, (due.last + 1, "")) :] for some in told), key=len)
        return any(all(_holds(some, one) for some in others) for one in few)

    def _tellers_of_all(self) -> dict[str, list[tuple[int, str]]]:
        """Actor or place -> (first day of publication, id) of the dated articles that name it, sorted."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for source in self.library.sources:
            name = source.article.id
            first = self.library.publication(name).first
            if first is not None:
                for ref in self.library.named(name, _WHOLE):
                    found[ref].append((first, name))
        for some in found.values():
            some.sort()
        return found


def _holds(some: Sequence[tuple[int, str]], one: tuple[int, str]) -> bool:
    at = bisect_left(some, one)
    return at < len(some) and some[at] == one


def _is_told_by(deed: _Deed, promise: Promise) -> bool:
    """True where nothing but the promise's own sentence tells the deed: a promise does not keep itself."""
    sentence = promise.report.sentence
    return all(article == promise.article and sentence.meets(at) for article, at in deed.told)


MOST_TRIED = 200
"""Events of one actor that a commitment is held against."""

EARLY, LATE = 2, 30
"""Days by which a meeting may be held before or after the time it was set for; else it is another meeting."""


def _when(event: Event, days: Stretch, promise: Promise) -> bool:
    """False for a meeting at another time than the one that is promised: those sides meet again and again."""
    due = promise.due
    if event.type != "CONSULT" or not due.known:
        return True
    from_first = None if due.first is None else due.first - EARLY
    return days.meets(Stretch(from_first, None if due.last is None else due.last + LATE))


def _beside(days: Stretch, due: Stretch) -> int:
    """Days between an event and the time it was due; what comes later weighs more than what comes early."""
    if not due.known:
        return -(days.last or 0)
    if days.meets(due):
        return 0
    if days.ends_before(due):
        return (due.first or 0) - (days.last or 0)
    return 2 * ((days.first or 0) - (due.last or 0))
