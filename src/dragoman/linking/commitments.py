"""Commitments: what was promised or scheduled, and what came of it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from dragoman.linking.days import UNKNOWN, Stretch, day_number, months_of, stretch_of
from dragoman.linking.decisions import Verdicts
from dragoman.linking.same_event import family_of
from dragoman.linking.sources import Fields, Library, merge_evidence, spans
from dragoman.model import Commitment, CommitmentReport, Event, Outcome, Span, When, name_by_content
from dragoman.model.event_types import MUTUAL


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day number as of which outcomes are counted, and whether somebody named it."""

    day: int | None
    named: bool


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


def link_commitments(
    library: Library, events: Sequence[Event], today: AsOf, verdicts: Verdicts
) -> tuple[Commitment, ...]:
    """Commitments, those that are one merged, with their outcome as of `today`."""
    settling = Settling(library, events)
    groups = _groups(
        library,
        [p for p in _promises(library) if not verdicts.rejects("commitment", p.article, p.report.what)],
    )
    found = [_commitment(library, g, settling, today) for g in groups]
    later = _successors(library, groups)
    return tuple(
        sorted(
            (_replaced(c, found[later[n]]) if n in later else c for n, c in enumerate(found)),
            key=lambda c: c.id,
        )
    )


# --- plans that give way to later ones --------------------------------------------------------------

ONCE = frozenset({("RETREAT", "withdraw"), ("RETREAT", "resign"), ("RETREAT", "disarm")})
"""Deeds that are planned once: a later plan for another time replaces the former. Meetings are held again and again."""

MOVED = "commitment moved"
"""The rule of a report that says in so many words that the time is another one now."""


def _successors(library: Library, groups: Sequence[Sequence[Promise]]) -> dict[int, int]:
    """Number of a group -> that of the group that replaces it: the next plan for the same that was told later."""
    shelves: dict[tuple[object, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, group in enumerate(groups):
        told = _known(library, group).first
        if group[0].due.known and told is not None:
            for side in sorted({r for p in group for s in p.by for r in library.cast.stands_for(s)}):
                shelves[group[0].kind, side].append((told, number))
    found: dict[int, int] = {}
    for plans in shelves.values():
        plans.sort()
        for (told, number), (told_later, later) in pairwise(plans):
            if told < told_later and _replaces(groups[later], groups[number]):
                found.setdefault(number, later)
    return found


def _replaces(later: Sequence[Promise], former: Sequence[Promise]) -> bool:
    kind = former[0].kind
    if kind[0] is None or later[0].due.meets(former[0].due):
        return False
    moved = any(p.report.rule == MOVED for p in later)
    if kind[0] in MUTUAL:
        return moved and set(later[0].by) == set(former[0].by)
    return moved or kind in ONCE


def _replaced(commitment: Commitment, later: Commitment) -> Commitment:
    """With its successor; what was replaced is not overdue."""
    outcome: Outcome = "unknown" if commitment.outcome == "overdue" else commitment.outcome
    return replace(commitment, replaced_by=later.id, outcome=outcome)


def _promises(library: Library) -> Iterator[Promise]:
    for source in library.sources:
        for number, report in enumerate(source.reading.commitments):
            article = source.article.id
            by, to = library.sides(article, report.by), library.sides(article, report.to)
            yield Promise(article, number, report, by, to, stretch_of(report.due))


def _groups(library: Library, promises: list[Promise]) -> list[list[Promise]]:
    """Promises of one sort by one actor, due at a time that can be one, the most exact first."""
    order = sorted(
        promises, key=lambda p: (not p.due.known, library.order(p.article), p.report.what, p.number)
    )
    groups: list[list[Promise]] = []
    shelves: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for promise in order:
        sides = sorted({r for side in promise.by for r in library.cast.stands_for(side)})
        shelf = [(promise.kind, side, time) for time in _times(promise, library) for side in sides or [""]]
        near = sorted({g for key in shelf for g in shelves[key]})
        fits = [g for g in near if _one(groups[g][0], promise, library)]
        if len(fits) == 1:
            groups[fits[0]].append(promise)
            continue
        groups.append([promise])
        for key in shelf:
            shelves[key].append(len(groups) - 1)
    return groups


def _times(promise: Promise, library: Library) -> list[object]:
    """The months in which it is due; without a time, the origin of its article: its words may be told twice."""
    if promise.due.known:
        return list(months_of(promise.due)) or ["open"]
    return [("copies", library.origin[promise.article])]


def _one(a: Promise, b: Promise, library: Library) -> bool:
    """One deed by the same, both with a due day that can be one. Without either they stay apart.

    Of two copies, or a text and its translation, what stands at one place is one.
    """
    if a.article != b.article and _in_copies(a, b, library):
        return True
    if a.report.event_type is None:
        return False
    told_together = a.article == b.article and a.report.sentence == b.report.sentence
    at_one_time = a.due.known and b.due.known and a.due.meets(b.due)
    return (told_together or at_one_time) and _by_the_same(a, b, library)


def _in_copies(a: Promise, b: Promise, library: Library) -> bool:
    if library.origin[a.article] != library.origin[b.article] or set(a.by) != set(b.by) or a.kind != b.kind:
        return False
    if a.due != b.due:
        return False
    one, other = (p.report.what.start / max(1, len(library.article(p.article).text)) for p in (a, b))
    return abs(one - other) <= SAME_PLACE


SAME_PLACE = 0.06
"""Share of a text by which one sentence of two copies may be shifted."""


def _by_the_same(a: Promise, b: Promise, library: Library) -> bool:
    """The same promised; of a withdrawal also forces of one state, or the state and its force."""
    if a.by == b.by or set(a.by) == set(b.by):
        return True
    if a.kind != WITHDRAWAL or not a.by or not b.by:
        return False
    stand_for = library.cast.stands_for
    return all(
        any(set(stand_for(x)) & set(stand_for(y)) for y in other.by)
        for one, other in ((a, b), (b, a))
        for x in one.by
    )


WITHDRAWAL = ("RETREAT", "withdraw")


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


def _commitment(library: Library, group: Sequence[Promise], settling: Settling, today: AsOf) -> Commitment:
    members = sorted(group, key=lambda p: (library.order(p.article), p.report.what, p.number))
    first = members[0]
    made = _made(library, members)
    due = next((p.report.due for p in group if p.due.known), None)
    event = settling.of(group, stretch_of(made) if made else _known(library, members))
    return Commitment(
        id=name_by_content("commitment", first.article, first.report.what, first.number),
        by=tuple(dict.fromkeys(side for p in members for side in p.by)),
        to=tuple(dict.fromkeys(s for p in members for s in library.sides(p.article, p.report.to))),
        what=library.words(first.article, *first.report.what),
        due=due,
        made=made,
        outcome=outcome(
            stretch_of(due),
            event,
            today,
            told=event is None and (today.named or settling.would_be_told(members, stretch_of(due))),
        ),
        settled_by=event.id if event else None,
        evidence=merge_evidence(
            library.evidence(p.article, p.report.sentence, p.report.rule, _fields(p.report)) for p in members
        ),
    )


def _made(library: Library, members: Sequence[Promise]) -> When | None:
    dated = [p.report.made for p in members if stretch_of(p.report.made).known]
    return min(dated, key=lambda w: (w.end or "9", w.start or "9") if w else ("9", "9"), default=None)


def _known(library: Library, members: Sequence[Promise]) -> Stretch:
    """When it was made at the latest: its first article had appeared."""
    firsts = [f for p in members if (f := library.publication(p.article).first) is not None]
    return Stretch(min(firsts), None) if firsts else UNKNOWN


_WHOLE = Span(0, 2**31)


def outcome(due: Stretch, event: Event | None, today: AsOf, told: bool) -> Outcome:
    """What became of it: `today` matters only where nothing has settled it.

    Past its due time it is overdue where somebody would have told that it was done; else nobody knows.
    """
    if event is not None:
        if event.status == "denied":
            return "broken"
        days = stretch_of(event.when)
        if not due.known or days.meets(due):
            return "kept"
        return "early" if days.ends_before(due) else "late"
    if due.last is not None and today.day is not None and today.day > due.last:
        return "overdue" if told else "unknown"
    return "open"


def latest_day(library: Library) -> int | None:
    """The last day on which an article of the case is known to have appeared."""
    lasts = [p.last for s in library.sources if (p := library.publication(s.article.id)).closed]
    return max((x for x in lasts if x is not None), default=None)


def as_day(today: str | None, library: Library) -> AsOf:
    """`today`; without it the day of the latest article, so that a case depends on no clock."""
    return AsOf(day_number(today), named=True) if today else AsOf(latest_day(library), named=False)


def _fields(report: CommitmentReport) -> Fields:
    fields: Fields = {"what": report.what}
    if report.by:
        fields["by"] = spans(report.by)
    if report.to:
        fields["to"] = spans(report.to)
    if report.due and report.due.span:
        fields["due"] = report.due.span
    if report.made and report.made.span:
        fields["made"] = report.made.span
    return fields
