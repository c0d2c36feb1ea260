"""Which values are of one quantity: the toll of one event or incident, the strength of one force, how long one
state lasts, the day of one deed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from dragoman.linking.days import Stretch, day_number
from dragoman.linking.events import Grouped
from dragoman.linking.same_event import Telling
from dragoman.linking.sources import Library
from dragoman.linking.values import DAYS_OF, Value, duration_of
from dragoman.model import FigureMention, Span, TimeMention

GROWING = frozenset(
    {
        "fatalities",
        "wounded",
        "missing",
        "casualties",
        "hospitalised",
        "rescued",
        "arrested",
        "imprisoned",
        "captured",
        "displaced",
        "refugees",
    }
)
"""Measures whose count grows while a story develops."""

TOLLS = GROWING - {"casualties", "arrested", "imprisoned"}
"""Measures of which an incident has one total. Of "casualties" and arrests articles often count a part."""

INCIDENT_DAYS = 21
"""A storyline no longer than this is taken for one incident, whose toll all its articles give."""

BACKGROUND_DAYS = 20
"""A figure whose sentence names a day so long before the article appeared is that of another time."""

LONG_LASTING = 10 * DAYS_OF["years"]
"""Days from which a duration in a sentence on a territory is taken to be that of its control."""

Quantity = tuple[str, ...]
"""What kind of quantity, the measure, and what it is of: ids, or the number of an event's group."""


# --- figures --------------------------------------------------------------------------------------


def figures_told(
    library: Library, grouped: Grouped, storyline_of: Mapping[str, str]
) -> dict[Quantity, list[Value]]:
    """Quantity -> what articles give for it, for quantities that surely are one.

    Of one incident every article gives the toll; of a longer story only the figures told of one event are
    of one quantity; and a force has one strength.
    """
    incident_of = _incidents(library, grouped, storyline_of)
    event_of = {
        (t.article, i): n
        for n, group in enumerate(grouped.groups)
        for t in group.members
        for i in t.report.figures
    }
    found: dict[Quantity, list[Value]] = defaultdict(list)
    for source in library.sources:
        article = source.article.id
        for number, figure in enumerate(source.reading.figures):
            incident, event = incident_of.get((article, figure.measure)), event_of.get((article, number))
            if (of := _quantity(library, article, figure, incident, event)) is not None:
                found[of].append(_value(library, article, figure))
    return found


def _quantity(
    library: Library, article: str, figure: FigureMention, incident: str | None, event: int | None
) -> Quantity | None:
    unit = figure.unit or ""
    if figure.low is None and figure.high is None:
        return None
    if incident is not None:
        background = _is_background(library, article, figure)
        return None if background else ("incident", figure.measure, incident, unit)
    if event is not None and figure.measure != "count":
        return "event", figure.measure, str(event), unit
    if figure.measure == "troops" and figure.of is not None:
        force = library.reading(article).entities[figure.of].type == "armed_force"
        return ("force", figure.measure, library.cast.ref(article, figure.of), unit) if force else None
    return None


def counting_from(
    library: Library,
    grouped: Grouped,
    storyline_of: Mapping[str, str],
    told: Mapping[Quantity, Sequence[Value]],
) -> dict[Quantity, int]:
    """The day on which the counting of a quantity began: that of its event, else that of the first article."""
    events: dict[tuple[str, str], int] = {}
    for group in grouped.groups:
        last = group.common.days.last
        if group.common.dated and last is not None:
            for t in group.members:
                for measure, _, _ in t.values:
                    key = (storyline_of[t.article], measure)
                    events[key] = min(last, events.get(key, last))
    found: dict[Quantity, int] = {}
    for quantity, values in told.items():
        days = [v.known for v in values if v.known is not None]
        if quantity[0] == "event":
            common = grouped.groups[int(quantity[2])].common
            days = [common.days.last] if common.dated and common.days.last is not None else days
        elif quantity[0] == "incident" and (day := events.get((quantity[2], quantity[1]))) is not None:
            days.append(day)
        if days:
            found[quantity] = min(days)
    return found


def _incidents(
    library: Library, grouped: Grouped, storyline_of: Mapping[str, str]
) -> dict[tuple[str, str], str]:
    """(article, measure) -> storyline, where the storyline is of one incident that has this toll.

    Its articles all appeared within `INCIDENT_DAYS`, and no two events of different days have such a toll.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for article in sorted(storyline_of):
        members[storyline_of[article]].append(article)
    tolls: dict[tuple[str, str], set[Stretch]] = defaultdict(set)
    for group in grouped.groups:
        days = group.common.days
        for telling in group.members:
            for measure, _, _ in telling.values:
                if group.common.dated and days.length == 1:
                    tolls[storyline_of[telling.article], measure].add(days)
    found: dict[tuple[str, str], str] = {}
    for name, articles in members.items():
        stretches = [library.publication(a) for a in articles]
        if len(articles) < 2 or not all(s.closed for s in stretches):
            continue
        if max(s.last or 0 for s in stretches) - min(s.first or 0 for s in stretches) <= INCIDENT_DAYS:
            for measure in sorted(TOLLS):
                if len(tolls[name, measure]) < 2:
                    found.update({(a, measure): name for a in articles})
    return found


def _is_background(library: Library, article: str, figure: FigureMention) -> bool:
    """True where the sentence of a figure names a time well before the article appeared."""
    first = library.publication(article).first
    span = library.sentence(article, Span(figure.start, figure.end))
    lasts = (day_number(t.last) for t in library.reading(article).times if span.meets(Span(t.start, t.end)))
    return first is not None and any(last is not None and last < first - BACKGROUND_DAYS for last in lasts)


def _value(library: Library, article: str, figure: FigureMention) -> Value:
    span = Span(figure.start, figure.end)
    return Value(
        article=article,
        said=_in_words(figure),
        low=figure.low,
        high=figure.high,
        approx=figure.approx,
        known=library.publication(article).first,
        span=span,
        sentence=library.sentence(article, span),
        rule=figure.rule or "figure",
        speaker=_speaker(library, article, span),
    )


def _speaker(library: Library, article: str, span: Span) -> str | None:
    """Whose words hold the span: an actor's id or the words for the speaker; None for the article's own."""
    for report in library.reading(article).statements:
        if report.speaker is not None and any(c.holds(span) for c in report.content):
            return library.one(article, report.speaker)
    return None


def _in_words(figure: FigureMention) -> str:
    if figure.low is not None and figure.high is not None and figure.low != figure.high:
        said = f"{figure.low:g} to {figure.high:g}"
    elif figure.high is None:
        said = f"at least {figure.low:g}"
    elif figure.low is None:
        said = f"at most {figure.high:g}"
    else:
        said = f"{'about ' if figure.approx else ''}{figure.low:g}"
    return f"{said} {figure.unit}" if figure.unit else said


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
