"""Commitments: what was promised or scheduled, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.linking.days import UNKNOWN, Stretch, day_number, stretch_of
from dragoman.linking.decisions import Verdicts
from dragoman.linking.same_event import family_of
from dragoman.linking.sources import Fields, Library, merge_evidence, spans
from dragoman.model import Commitment, CommitmentReport, Event, Outcome, When, name_by_content


@dataclass(frozen=True, slots=True)
class Promise:
    article: str
    number: int
    report: CommitmentReport
    by: tuple[str, ...]
    due: Stretch

    @property
    def kind(self) -> tuple[str | None, str | None]:
        return self.report.event_type, self.report.event_mode


def link_commitments(
    library: Library, events: Sequence[Event], today: int | None, verdicts: Verdicts
) -> tuple[Commitment, ...]:
    """Commitments, those that are one merged, with their outcome as of `today` (a day number)."""
    settling = Settling(library, events)
    groups = _groups(
        library,
        [p for p in _promises(library) if not verdicts.rejects("commitment", p.article, p.report.what)],
    )
    return tuple(sorted((_commitment(library, g, settling, today) for g in groups), key=lambda c: c.id))


def _promises(library: Library) -> Iterator[Promise]:
    for source in library.sources:
        for number, report in enumerate(source.reading.commitments):
            article = source.article.id
            yield Promise(article, number, report, library.sides(article, report.by), stretch_of(report.due))


def _groups(library: Library, promises: list[Promise]) -> list[list[Promise]]:
    """Promises of one sort by one actor, due at a time that can be one, the most exact first."""
    order = sorted(
        promises, key=lambda p: (not p.due.known, library.order(p.article), p.report.what, p.number)
    )
    groups: list[list[Promise]] = []
    shelves: dict[tuple[object, ...], list[list[Promise]]] = defaultdict(list)
    for promise in order:
        fits: list[list[Promise]] = []
        for side in promise.by:
            fits += [g for g in shelves[promise.kind, side] if _one(g[0], promise) and g not in fits]
        if len(fits) == 1:
            fits[0].append(promise)
            continue
        groups.append([promise])
        for side in promise.by:
            shelves[promise.kind, side].append(groups[-1])
    return groups


def _one(a: Promise, b: Promise) -> bool:
    """One deed by the same, both with a due day that can be one. Without either they stay apart."""
    if a.report.event_type is None or set(a.by) != set(b.by):
        return False
    if a.article == b.article and a.report.sentence == b.report.sentence:
        return True
    return a.due.known and b.due.known and a.due.meets(b.due)


class Settling:
    """Finds the event that keeps or breaks a commitment."""

    def __init__(self, library: Library, events: Sequence[Event]) -> None:
        self.library = library
        self._by_side: dict[tuple[str, str], list[Event]] = defaultdict(list)
        for event in sorted(events, key=lambda e: (e.when.start or "" if e.when else "", e.id)):
            if event.status in ("happened", "denied") and stretch_of(event.when).known:
                family = family_of(event.type, event.mode)
                for side in {r for s in (*event.who, *event.whom) for r in library.cast.stands_for(s)}:
                    self._by_side[family, side].append(event)

    def of(self, group: Sequence[Promise], made: Stretch) -> Event | None:
        """The last step of the deed within what was promised: the due time, else the first after it was made."""
        kind, mode = group[0].kind
        if kind is None:
            return None
        family = family_of(kind, mode)
        sides = sorted({side for p in group for side in p.by})
        found: dict[str, Event] = {}
        for side in sides:
            for ref in sorted(self.library.cast.stands_for(side)):
                for event in self._by_side.get((family, ref), ()):
                    if (
                        self._fits(event, mode, side, made)
                        and self._where(event, group[0])
                        and _when(event, group[0])
                    ):
                        found[event.id] = event
        due = group[0].due
        return min(
            found.values(), key=lambda e: (_beside(stretch_of(e.when), due), e.status, e.id), default=None
        )

    def _fits(self, event: Event, mode: str | None, side: str, made: Stretch) -> bool:
        days = stretch_of(event.when)
        if mode and event.mode and event.mode != mode:
            return False
        sides = (
            {*event.who, *event.whom} if event.type in ("CONSULT", "AGREE", "COOPERATE") else set(event.who)
        )
        cast = self.library.cast
        if not any(side in cast.stands_for(s) or s in cast.stands_for(side) for s in sides):
            return False
        first = days.first if days.first is not None else days.last
        return made.first is None or (first is not None and first >= made.first)

    def _where(self, event: Event, promise: Promise) -> bool:
        """False where the promise names a settlement and the deed was done in another."""
        if event.place not in self.library.settlements:
            return True
        named = self.library.settlements.intersection(
            self.library.named(promise.article, promise.report.sentence)
        )
        return not named or event.place in named


EARLY = 2
"""Days by which a meeting may be held before the day it was set for; an earlier meeting is another one."""


def _when(event: Event, promise: Promise) -> bool:
    """False for a meeting before the one that is promised: who meets early has not met yet."""
    days = stretch_of(event.when)
    return event.type != "CONSULT" or not days.ends_before(promise.due.widen(EARLY))


def _beside(days: Stretch, due: Stretch) -> int:
    """Days between an event and the time it was due; what comes later weighs more than what comes early."""
    if not due.known:
        return -(days.last or 0)
    if days.meets(due):
        return 0
    if days.ends_before(due):
        return (due.first or 0) - (days.last or 0)
    return 2 * ((days.first or 0) - (due.last or 0))


def _commitment(
    library: Library, group: Sequence[Promise], settling: Settling, today: int | None
) -> Commitment:
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
        outcome=outcome(stretch_of(due), event, today),
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


def outcome(due: Stretch, event: Event | None, today: int | None) -> Outcome:
    """What became of it: `today` matters only where nothing has settled it."""
    if event is not None:
        if event.status == "denied":
            return "broken"
        days = stretch_of(event.when)
        if not due.known or days.meets(due):
            return "kept"
        return "early" if days.ends_before(due) else "late"
    if due.last is not None and today is not None and today > due.last:
        return "overdue"
    return "open"


def latest_day(library: Library) -> int | None:
    """The last day on which an article of the case is known to have appeared."""
    lasts = [p.last for s in library.sources if (p := library.publication(s.article.id)).closed]
    return max((x for x in lasts if x is not None), default=None)


def as_day(today: str | None, library: Library) -> int | None:
    """`today` as a day number; without it the day of the latest article, so that a case depends on no clock."""
    return day_number(today) if today else latest_day(library)


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
