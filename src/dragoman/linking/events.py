"""Events merged across articles and languages. Every telling stays as evidence; each field keeps the most exact."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dragoman.linking.days import UNKNOWN, Stretch, iso_day, stretch_of
from dragoman.linking.decisions import Ties, Verdicts
from dragoman.linking.same_event import ONE, OPEN, Scene, Telling, likeness, ruled_out
from dragoman.linking.sources import Fields, Library, merge_evidence, spans
from dragoman.model import Event, EventReport, Evidence, Span, Status, When, name_by_content

Key = tuple[str, int]
"""Article id and the index of the event in its reading."""

EXPECTED_WITHIN = 45
"""An undated deed is expected to lie so many days, at most, before its article appeared."""

MOST_COMPARED = 48
"""Groups that one telling is compared with; the nearest in what they share come first."""

MOST_MEMBERS = 6
"""Tellings of a group that a new one is compared with, its most exact first."""

CLEAR = 0.06
"""By so much the best group must lie before the next, or the telling stays alone and a person is asked."""


@dataclass(slots=True)
class Group:
    """Tellings that are one event. `common` holds what they say together."""

    common: Telling
    members: list[Telling] = field(default_factory=list)

    def add(self, telling: Telling) -> None:
        self.members.append(telling)
        c = self.common
        self.common = replace(
            c,
            who=c.who | telling.who,
            whom=c.whom | telling.whom,
            place=c.place or telling.place,
            days=c.days.narrow(telling.days) if c.days.meets(telling.days) else c.days,
            dated=c.dated or telling.dated,
        )


@dataclass(frozen=True, slots=True)
class Undecided:
    """Two tellings that may be one event, for a person to judge. `likeness` as in `same_event`."""

    left: Key
    right: Key
    likeness: float


@dataclass(frozen=True)
class Merged:
    """`event_of`: telling -> event id; a rejected telling has none."""

    events: tuple[Event, ...]
    event_of: Mapping[Key, str]
    undecided: tuple[Undecided, ...]


def merge_events(
    library: Library,
    story: Callable[[str, str], float],
    figure_of: Mapping[Key, str],
    verdicts: Verdicts,
) -> Merged:
    """Events of all articles, those that are one told as one.

    Args:
        story: How near two articles are, 0 to 1.
        figure_of: (article, index of a figure in its reading) -> figure id.
    """
    tellings = [t for t in _tellings(library) if not verdicts.rejects("event", t.article, t.report.trigger)]
    scene = Scene(library, story)
    groups, undecided = _group(library, tellings, scene, _ties(library, tellings, verdicts))
    events, event_of = [], {}
    for group in groups:
        event = _event(library, group, figure_of, verdicts)
        events.append(event)
        event_of.update({(t.article, t.number): event.id for t in group.members})
    return Merged(tuple(sorted(events, key=lambda e: e.id)), event_of, tuple(undecided))


# --- tellings -------------------------------------------------------------------------------------


def _tellings(library: Library) -> Iterator[Telling]:
    for source in library.sources:
        article, reading = source.article.id, source.reading
        appeared = library.publication(article)
        for number, report in enumerate(reading.events):
            days, dated = stretch_of(report.when), report.when is not None and stretch_of(report.when).known
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
            place = library.actors(article, [report.place]) if report.place else ()
            yield Telling(
                article=article,
                number=number,
                report=report,
                who=frozenset(library.actors(article, report.who)),
                whom=frozenset(library.actors(article, report.whom)),
                place=next(iter(place), None),
                days=days,
                dated=dated,
                around=around,
                values=values,
            )


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
    shelves: dict[tuple[str, ...], list[int]] = defaultdict(list)
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
        for shelf in _shelves(telling):
            if not shelves[shelf] or shelves[shelf][-1] != chosen:
                shelves[shelf].append(chosen)
    return groups, undecided


def _choose(
    telling: Telling,
    groups: list[Group],
    shelves: Mapping[tuple[str, ...], list[int]],
    scene: Scene,
    ties: Ties,
) -> tuple[int | None, list[Undecided]]:
    """The group that the telling belongs to, or None with the groups it may belong to."""
    seen = Counter(g for shelf in _looked_at(telling) for g in shelves.get(shelf, ())[-4 * MOST_COMPARED :])
    nearest = sorted(seen, key=lambda g: (-seen[g], g))[:MOST_COMPARED]
    key = (telling.article, telling.number)
    scored = []
    for g in nearest:
        group = groups[g]
        if ruled_out(telling, group.common, scene):
            continue
        if ties.apart([key], [(m.article, m.number) for m in group.members]):
            continue
        likest = max(likeness(telling, m, scene) for m in group.members[:MOST_MEMBERS])
        if likest >= OPEN:
            scored.append((-likest, g))
    scored.sort()
    if not scored:
        return None, []
    best, second = -scored[0][0], -scored[1][0] if len(scored) > 1 else 0.0
    exact = telling.dated and (telling.days.length or 10**6) <= 3
    if best >= ONE and (exact or best - second >= CLEAR or second < OPEN):
        return scored[0][1], []
    return None, [_doubt(telling, groups[g].members[0], -s) for s, g in scored[:3]]


def _doubt(telling: Telling, other: Telling, score: float) -> Undecided:
    left, right = sorted([(telling.article, telling.number), (other.article, other.number)])
    return Undecided(left, right, score)


def _months(stretch: Stretch) -> list[str]:
    if stretch.first is None or stretch.last is None:
        return []
    first, last = date.fromordinal(max(stretch.first, 1)), date.fromordinal(max(stretch.last, 1))
    count = (last.year - first.year) * 12 + last.month - first.month
    return [
        f"{first.year + (first.month - 1 + i) // 12}-{(first.month - 1 + i) % 12 + 1}"
        for i in range(min(count, 24) + 1)
    ]


def _days(stretch: Stretch) -> list[str]:
    if stretch.first is None or stretch.last is None:
        return []
    return [str(d) for d in range(stretch.first, stretch.last + 1)]


def _years(stretch: Stretch) -> list[str]:
    ends = [date.fromordinal(max(d, 1)).year for d in stretch if d is not None]
    return [str(y) for y in range(min(ends), min(max(ends), min(ends) + 40) + 1)] if ends else []


SHORT, MIDDLE = 11, 70
"""Days up to which a stretch is shelved by its days, and by its months."""


def _shelves(telling: Telling) -> Iterator[tuple[str, ...]]:
    """Where a group is found again: by kind, side and time, each as fine as the telling is."""
    times = ["in " + telling.article]
    if telling.dated:
        length = telling.days.length or 10**6
        times += _years(telling.days)
        if length <= MIDDLE:
            times += _months(telling.days)
        if length <= SHORT:
            times += _days(telling.days)
    times += [f"near {m}" for m in _months(telling.around)]
    yield from _at(telling, times)


def _looked_at(telling: Telling) -> Iterator[tuple[str, ...]]:
    """Where a telling looks for a group. Those there are at least as exact as itself."""
    times = ["in " + telling.article]
    length = telling.days.length if telling.dated else None
    if telling.dated and length is not None:
        times += (
            _days(telling.days)
            if length <= SHORT
            else _months(telling.days)
            if length <= MIDDLE
            else _years(telling.days)
        )
    elif telling.dated:
        times += _years(telling.days)
    else:
        times += [f"near {m}" for m in _months(telling.around)]
    yield from _at(telling, times)


def _at(telling: Telling, times: Iterable[str]) -> Iterator[tuple[str, ...]]:
    sides = sorted(telling.everyone) or [telling.place or ""]
    for time in times:
        for side in sides:
            yield (telling.family, telling.standing, side, time)


# --- the record -----------------------------------------------------------------------------------


def _event(library: Library, group: Group, figure_of: Mapping[Key, str], verdicts: Verdicts) -> Event:
    members = sorted(group.members, key=lambda t: (library.order(t.article), t.report.trigger, t.number))
    articles = sorted({t.article for t in members})
    first = members[0]
    reports = [t.report for t in members]
    kind, mode = _kind(reports)
    figures = {
        figure_of[t.article, i] for t in members for i in t.report.figures if (t.article, i) in figure_of
    }
    return Event(
        id=name_by_content(
            "event", first.article, first.report.trigger, first.report.type, first.report.mode, first.number
        ),
        type=kind,
        mode=mode,
        status=_status(reports),
        who=_sides(library, members, "who"),
        whom=_sides(library, members, "whom"),
        place=_place(library, members),
        when=_when(group, members),
        known_from=library.known_from(articles),
        figures=tuple(sorted(figures)),
        reports=len(articles),
        independent=library.independent(articles),
        confidence=_confidence(library, members, verdicts),
        evidence=merge_evidence(evidence_of(library, t) for t in members),
        contexts=tuple(sorted({c for r in reports for c in r.contexts})),
    )


def evidence_of(library: Library, telling: Telling) -> Evidence:
    """The sentence of a telling, with the spans of its fields."""
    report = telling.report
    fields: Fields = {"trigger": report.trigger}
    if report.who:
        fields["who"] = spans(report.who)
    if report.whom:
        fields["whom"] = spans(report.whom)
    if report.place:
        fields["place"] = report.place.span
    if report.when and report.when.span:
        fields["when"] = report.when.span
    if report.attributed:
        fields["attributed"] = report.attributed.span
    return library.evidence(telling.article, report.sentence, report.rule, fields)


def _kind(reports: Sequence[EventReport]) -> tuple[str, str | None]:
    """The type and mode told most often and most surely."""
    weight: dict[tuple[str, str | None], float] = defaultdict(float)
    for report in reports:
        weight[report.type, report.mode] += 1 + report.confidence / 10 + (0.2 if report.mode else 0)
    return min(weight, key=lambda k: (-weight[k], k[0], k[1] or ""))


def _status(reports: Sequence[EventReport]) -> Status:
    """What most tell; on a tie what is more definite."""
    order: list[Status] = ["happened", "ongoing", "planned", "possible", "denied", "alleged"]
    told = Counter(r.status for r in reports)
    if set(told) == {"alleged", "happened"}:
        return "happened"
    return min(told, key=lambda s: (-told[s], order.index(s)))


def _sides(library: Library, members: Sequence[Telling], role: str) -> tuple[str, ...]:
    """Who fills a role: the actors told, without those for whom another of them acts; else the words."""
    told: Counter[str] = Counter()
    other: Counter[str] = Counter()
    order: dict[str, int] = {}
    for telling in members:
        for ref in library.actors(telling.article, getattr(telling.report, role)):
            told[ref] += 1
            order.setdefault(ref, len(order))
        for ref in library.actors(
            telling.article, telling.report.whom if role == "who" else telling.report.who
        ):
            other[ref] += 1
    if not told:
        said = (s for t in members for s in library.sides(t.article, getattr(t.report, role)))
        return tuple(dict.fromkeys(said))[:3]
    kept = [
        r for r in order if told[r] > other[r] or (told[r] == other[r] and role == "who") or r not in other
    ]
    together = [frozenset(library.actors(t.article, getattr(t.report, role))) for t in members]
    return tuple(r for r in kept if not _covered(library, r, kept, told, together))


def _covered(
    library: Library, ref: str, kept: Sequence[str], told: Counter[str], together: Sequence[frozenset[str]]
) -> bool:
    """True for a state named where others name the person or force that acts for it."""
    for more in kept:
        if more != ref and ref in library.cast.stands_for(more) and told[more] >= told[ref]:
            return not any({ref, more} <= names for names in together)
    return False


def _place(library: Library, members: Sequence[Telling]) -> str | None:
    """The place told most often; a settlement before a region."""
    told = Counter(t.place for t in members if t.place)

    def is_vague(ref: str) -> bool:
        return ref not in library.places or library.places[ref].lat is None

    if told:
        return min(told, key=lambda p: (-told[p], is_vague(p), p))
    words = [library.one(t.article, t.report.place) for t in members if t.report.place]
    return next((w for w in words if w), None)


def _when(group: Group, members: Sequence[Telling]) -> When | None:
    """The most exact stretch, narrowed by the others where each is consistent with it."""
    dated = [t for t in members if t.dated and t.report.when is not None]
    if not dated:
        return next((t.report.when for t in members if t.report.when is not None), None)
    best = min(
        dated,
        key=lambda t: (t.days.length or 10**7, t.report.when.basis != "stated" if t.report.when else True),
    )
    common = UNKNOWN
    for telling in dated:
        if common.meets(telling.days):
            common = common.narrow(telling.days)
    when = best.report.when
    assert when is not None
    if common == best.days:
        return When(start=when.start, end=when.end, basis=when.basis, why=when.why)
    return When(
        start=iso_day(common.first),
        end=iso_day(common.last),
        basis="inferred",
        why=f"the days on which {len(dated)} tellings agree; {when.why}".rstrip("; "),
    )


def _confidence(library: Library, members: Sequence[Telling], verdicts: Verdicts) -> float:
    """1 less the chance that all independent origins were misread, or 1 where a person accepted it."""
    if any(verdicts.accepts("event", t.article, t.report.trigger) for t in members):
        return 1.0
    best: dict[str, float] = {}
    for t in members:
        origin = library.origin[t.article]
        best[origin] = max(best.get(origin, 0.0), t.report.confidence)
    doubt = 1.0
    for sure in best.values():
        doubt *= 1.0 - sure
    return round(min(1.0 - doubt, 0.99), 3)
