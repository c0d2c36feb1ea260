"""Commitments: what was promised or scheduled, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from msgspec.structs import replace

from dragoman.linking.days import UNKNOWN, Stretch, day_number, months_of, stretch_of
from dragoman.linking.decisions import Verdicts
from dragoman.linking.settling import WITHDRAWAL, Promise, Settling
from dragoman.linking.sources import Fields, Library, merge_evidence, spans
from dragoman.model import Commitment, CommitmentReport, Event, Outcome, When, name_by_content
from dragoman.model.event_types import MUTUAL


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day number as of which outcomes are counted, and whether somebody named it."""

    day: int | None
    named: bool


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
