"""Tellings that are one event, as one record: every telling stays as evidence, each field keeps the most exact."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from dragoman.linking.days import Stretch, iso_day
from dragoman.linking.decisions import Verdicts
from dragoman.linking.events import Group, Grouped, Key
from dragoman.linking.same_event import Telling
from dragoman.linking.sources import Fields, Library, merge_evidence, spans
from dragoman.model import Basis, Event, EventReport, Evidence, Status, When, name_by_content


def make_events(
    library: Library, grouped: Grouped, figure_of: Mapping[Key, str], verdicts: Verdicts
) -> tuple[Event, ...]:
    """One record a group, in the order of the groups. `figure_of`: (article, index of a figure) -> figure id."""
    return tuple(_event(library, group, figure_of, verdicts) for group in grouped.groups)


def _event(library: Library, group: Group, figure_of: Mapping[Key, str], verdicts: Verdicts) -> Event:
    members = sorted(group.members, key=lambda t: (library.order(t.article), t.report.trigger, t.number))
    articles = sorted({t.article for t in members})
    first = members[0]
    reports = [t.report for t in members]
    kind, mode = _kind(reports)
    figures = {
        figure_of[t.article, i] for t in members for i in t.report.figures if (t.article, i) in figure_of
    }
    who, whom = _sides(library, members, "who"), _sides(library, members, "whom")
    return Event(
        id=name_by_content(
            "event", first.article, first.report.trigger, first.report.type, first.report.mode, first.number
        ),
        type=kind,
        mode=mode,
        status=_status(reports),
        who=library.with_states(who, but=whom),
        whom=library.with_states(whom, but=who),
        place=_place(library, members),
        when=_when(members),
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


def _sides(library: Library, members: Sequence[Telling], role: Literal["who", "whom"]) -> tuple[str, ...]:
    """Who fills a role: the actors told, without those for whom another of them acts; else the words."""
    in_role = [t.who_in_order if role == "who" else t.whom_in_order for t in members]
    if not any(in_role):
        said = (library.sides(t.article, getattr(t.report, role)) for t in members)
        return next((words for words in said if words), ())
    if len(members) == 1:
        return in_role[0]
    told = Counter(ref for refs in in_role for ref in refs)
    other = Counter(ref for t in members for ref in (t.whom_in_order if role == "who" else t.who_in_order))
    mutual = {r for t in members for r in t.who_in_order if r in t.whom_in_order}
    # Told in both roles by different tellings: where most have it, `who` on a tie. In a war told of as such
    # each side did it to the other, and stays in both.
    kept = [r for r in told if r in mutual or told[r] > other[r] or (told[r] == other[r] and role == "who")]
    return tuple(r for r in kept if not _covered(library, r, kept, told, in_role))


def _covered(
    library: Library, ref: str, kept: Sequence[str], told: Counter[str], together: Sequence[tuple[str, ...]]
) -> bool:
    """True for a state where more tellings name the person or force that acts for it, and none names both."""
    for more in kept:
        if more != ref and ref in library.cast.stands_for(more) and told[more] > told[ref]:
            return not any(ref in names and more in names for names in together)
    return False


def _place(library: Library, members: Sequence[Telling]) -> str | None:
    """The place told most often, a settlement before a region; else the one place acted on ("seized X")."""
    told = Counter(t.place for t in members if t.place)
    if told:
        return min(told, key=lambda p: (-told[p], p not in library.settlements, p))
    words = [library.one(t.article, t.report.place) for t in members if t.report.place]
    if any(words):
        return next(w for w in words if w)
    acted_on = {ref for t in members for ref in t.whom if ref in library.places}
    return acted_on.pop() if len(acted_on) == 1 else None


FOUNDED: dict[Basis, int] = {"stated": 0, "relative": 0, "inferred": 1, "bounded": 2}
"""How well a stretch is founded; lower is better."""


def _when(members: Sequence[Telling]) -> When | None:
    """The most exact stretch that no better-founded one contradicts, narrowed by other articles' stretches."""
    by_article: dict[str, tuple[When, Stretch]] = {}
    for telling in members:
        when = telling.report.when
        if when is None or not telling.dated:
            continue
        known = by_article.get(telling.article)
        if known is None or _better(when, telling.days, *known):
            by_article[telling.article] = when, telling.days
    if not by_article:
        return next((t.report.when for t in members if t.report.when is not None), None)
    told = sorted(by_article.values(), key=lambda w: (FOUNDED[w[0].basis], w[1].length or 10**7))
    when, common = told[0]
    for other, days in told[1:]:
        if common.meets(days) and (FOUNDED[other.basis] == FOUNDED[when.basis] or common.holds(days)):
            common = common.narrow(days)
    if common == told[0][1]:
        return When(start=when.start, end=when.end, basis=when.basis, why=when.why)
    why = f"the days on which {len(told)} articles agree; {when.why}".rstrip("; ")
    return When(start=iso_day(common.first), end=iso_day(common.last), basis="inferred", why=why)


def _better(when: When, days: Stretch, known: When, known_days: Stretch) -> bool:
    """True where a later telling of one article dates the event better: better founded, or printed and more exact.

    What is only concluded keeps its first stretch: both come from the article's own date.
    """
    if FOUNDED[when.basis] != FOUNDED[known.basis]:
        return FOUNDED[when.basis] < FOUNDED[known.basis]
    return FOUNDED[when.basis] == 0 and (days.length or 10**7) < (known_days.length or 10**7)


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
