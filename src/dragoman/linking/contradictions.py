"""Tellings of one deed that contradict each other: done or not done, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from dragoman.linking.events import Group, Grouped
from dragoman.linking.quantities import Quantity
from dragoman.linking.same_event import ONE, Scene, Telling, likeness, other_standing, ruled_out_but
from dragoman.linking.sources import Library
from dragoman.linking.values import Value

EXACT = 11
"""Days up to which a stretch is exact enough to say that two tellings mean one deed."""

MOST_RIVALS = 24
"""Events of one day and kind that one is compared with."""


def contradictions(
    library: Library, grouped: Grouped, story: Callable[[str, str], float]
) -> dict[Quantity, list[Value]]:
    """What is told to have happened and to have not, and deeds whose doer is told differently, by what they are."""
    scene = Scene(library, story)
    found: dict[Quantity, list[Value]] = {}
    for one, other in _rivals(library, grouped.groups):
        if _done_and_not(one, other, scene):
            found["outcome", one.common.report.type, *sorted(one.common.who)] = _told(
                library, one, other, _standing
            )
        elif _other_doer(one, other) and not _names_both(library, one, other):
            found["side", one.common.report.type, one.common.place or ""] = _told(library, one, other, _doer)
    return found


def _rivals(library: Library, groups: Sequence[Group]) -> Iterator[tuple[Group, Group]]:
    """Pairs of events of one kind and day, told by different articles."""
    shelves: dict[tuple[str, int], list[Group]] = defaultdict(list)
    for group in groups:
        days = group.common.days
        if (
            group.common.dated
            and days.first is not None
            and days.last is not None
            and (days.length or 0) <= EXACT
        ):
            for day in range(days.first, days.last + 1):
                for rival in shelves[group.common.family, day][-MOST_RIVALS:]:
                    if not {m.article for m in group.members} & {m.article for m in rival.members}:
                        yield rival, group
                shelves[group.common.family, day].append(group)


def _done_and_not(a: Group, b: Group, scene: Scene) -> bool:
    """One is told as done, the other as not done, of one printed time, and nothing else keeps the two apart.

    One side alone, without a place, is too little to say that both mean one deed.
    """
    if not (_is_pinned(a) and _is_pinned(b)):
        return False
    if {a.common.standing, b.common.standing} != {"deed", "denial"}:
        return False
    if a.common.report.mode != b.common.report.mode or ruled_out_but(
        a.common, b.common, scene, other_standing
    ):
        return False
    return likeness(a.members[0], b.members[0], scene) >= ONE


def _is_pinned(group: Group) -> bool:
    when = group.common.report.when
    known = len(group.common.everyone) > 1 or group.common.place is not None
    return known and when is not None and when.basis in ("stated", "relative")


def _other_doer(a: Group, b: Group) -> bool:
    """One attack on the same at the same place and day, laid to two doers of whom neither acts for the other."""
    one, other = a.common, b.common
    if one.family != "ASSAULT" or one.standing != "deed" or other.standing != "deed" or one.place is None:
        return False
    same = (
        one.place == other.place
        and one.days == other.days
        and one.days.length == 1
        and one.whom == other.whom
    )
    return same and bool(one.whom) and bool(one.who) and bool(other.who) and not one.who & other.who


def _names_both(library: Library, a: Group, b: Group) -> bool:
    """True where a sentence that tells the attack names the other's doer too: two on one side do not clash."""
    return any(
        set(library.named(t.article, t.report.sentence)) & other.common.who
        for group, other in ((a, b), (b, a))
        for t in group.members
    )


def _told(library: Library, a: Group, b: Group, said: Callable[[Library, Telling], str]) -> list[Value]:
    values = []
    for number, group in enumerate((a, b)):
        for t in group.members:
            known = library.publication(t.article).first
            values.append(
                Value(
                    article=t.article,
                    said=said(library, t),
                    low=float(number),
                    high=float(number),
                    approx=False,
                    known=known,
                    span=t.report.trigger,
                    sentence=t.report.sentence,
                    rule=t.report.rule,
                )
            )
    return values


def _standing(library: Library, telling: Telling) -> str:
    return "denied" if telling.standing == "denial" else "happened"


def _doer(library: Library, telling: Telling) -> str:
    return ", ".join(library.names[ref] for ref in telling.who_in_order)
