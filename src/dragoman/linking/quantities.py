"""Which values are of one quantity: the toll of one event or incident, the strength of one force, how long one
state lasts, the day of one deed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from dragoman.linking.days import day_number
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

INCIDENT_DAYS = 21
"""A storyline no longer than this is taken for one incident, whose toll all its articles give."""

BACKGROUND_DAYS = 20
"""A figure whose sentence names a day so long before the article appeared is that of another time."""

Quantity = tuple[str, ...]
"""What kind of quantity, the measure, and what it is of: ids, or the number of an event's group."""


# --- figures --------------------------------------------------------------------------------------


def figures_told(
    library: Library, grouped: Grouped, storyline_of: Mapping[str, str]
) -> dict[Quantity, list[Value]]:
    """Quantity -> what articles give for it, for quantities that surely are one."""
    event_of = {
        (t.article, i): n
        for n, group in enumerate(grouped.groups)
        for t in group.members
        for i in t.report.figures
    }
    short = _incidents(library, storyline_of)
    found: dict[Quantity, list[Value]] = defaultdict(list)
    for source in library.sources:
        article, reading = source.article.id, source.reading
        for number, figure in enumerate(reading.figures):
            if figure.low is None and figure.high is None:
                continue
            event = event_of.get((article, number))
            for quantity in _quantities(library, article, figure, event, short.get(article)):
                found[quantity].append(_value(library, article, figure))
    return found


def _quantities(
    library: Library, article: str, figure: FigureMention, event: int | None, incident: str | None
) -> Iterator[Quantity]:
    """What a figure may be a value of: an event's toll, an incident's toll, the strength of a force."""
    unit = figure.unit or ""
    if event is not None:
        yield ("event", figure.measure, str(event), unit)
    if incident and figure.measure in GROWING and not _is_background(library, article, figure):
        yield ("incident", figure.measure, incident, unit)
    if figure.of is not None and library.reading(article).entities[figure.of].type in (
        "armed_force",
        "group",
    ):
        yield ("force", figure.measure, library.cast.ref(article, figure.of), unit)


def _incidents(library: Library, storyline_of: Mapping[str, str]) -> dict[str, str]:
    """Article -> its storyline, for storylines whose articles all appeared within `INCIDENT_DAYS`."""
    members: dict[str, list[str]] = defaultdict(list)
    for article in sorted(storyline_of):
        members[storyline_of[article]].append(article)
    found = {}
    for name, articles in members.items():
        days = [d for a in articles for d in library.publication(a) if d is not None]
        dated = all(library.publication(a).closed for a in articles)
        if len(articles) > 1 and dated and max(days) - min(days) <= INCIDENT_DAYS:
            found.update(dict.fromkeys(articles, name))
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
    )


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
    """How long a state is said to last: durations in the sentence of a state, by what is held."""
    found: dict[Quantity, list[Value]] = defaultdict(list)
    for source in library.sources:
        article, reading = source.article.id, source.reading
        for state in reading.states:
            things = library.actors(article, [a for a in (state.object, state.place) if a])
            for mention in (t for t in reading.times if state.sentence.meets(Span(t.start, t.end))):
                value = _duration(library, article, mention, state.sentence)
                if value is not None:
                    for thing in things:
                        found["state", state.type, thing, storyline_of[article]].append(value)
    return found


def _duration(library: Library, article: str, mention: TimeMention, sentence: Span) -> Value | None:
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
        sentence=sentence,
        rule="duration",
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
    )
