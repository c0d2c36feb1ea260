"""Figures of one quantity: the toll of one incident, occasion or event, a flow of people, the strength of one force."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dragoman.linking.days import Stretch, day_number
from dragoman.linking.events import Grouped
from dragoman.linking.flows import find_flows
from dragoman.linking.occasions import find_occurrences
from dragoman.linking.quantities import Quantity
from dragoman.linking.sources import Library
from dragoman.linking.values import Value
from dragoman.model import FigureMention, Span

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

Key = tuple[str, int]
"""Article id and the index of a figure in its reading."""

SETTLED = 180
"""Days after an occasion from which its toll is taken to grow no more: who differs then, disagrees."""


@dataclass(frozen=True)
class Tolls:
    """What articles give for quantities that surely are one.

    Attributes:
        told: Quantity -> the values, one for each figure.
        began: The day on which the counting of a quantity began: that of its event or occasion, else that of the
            first article.
        names: Quantity -> what it is of, in words.
        of: Figure -> its quantity.
    """

    told: Mapping[Quantity, Sequence[Value]]
    began: Mapping[Quantity, int]
    names: Mapping[Quantity, str]
    of: Mapping[Key, Quantity]

    def breaking(self, quantity: Quantity) -> int | None:
        """The day up to which articles of one day may give the count in any order."""
        first = self.began.get(quantity)
        return None if first is None else first + 1

    def settled(self, quantity: Quantity) -> bool:
        """True where all that is told of an occasion was told long after it."""
        if quantity[0] != "occasion" or quantity not in self.began:
            return False
        known = [v.known for v in self.told[quantity] if v.known is not None]
        return bool(known) and min(known) - self.began[quantity] > SETTLED


def find_tolls(library: Library, grouped: Grouped, storyline_of: Mapping[str, str]) -> Tolls:
    """Of one incident every article gives the toll; of a longer story the figures of one war, attack or accident,
    else those told of one event, are of one quantity; and a force has one strength."""
    sorter = _Sorter(library, grouped, storyline_of)
    told: dict[Quantity, list[Value]] = defaultdict(list)
    of: dict[Key, Quantity] = {}
    for source in library.sources:
        article = source.article.id
        for number, figure in enumerate(source.reading.figures):
            if (quantity := sorter.quantity(article, number, figure)) is not None:
                told[quantity].append(_value(library, article, figure))
                of[article, number] = quantity
    return Tolls(
        told=told,
        began={q: day for q, values in told.items() if (day := sorter.began(q, values)) is not None},
        names={q: sorter.name(q) for q in told},
        of=of,
    )


class _Sorter:
    """Says of which quantity a figure is."""

    def __init__(self, library: Library, grouped: Grouped, storyline_of: Mapping[str, str]) -> None:
        self.library = library
        self.grouped = grouped
        self.storyline_of = storyline_of
        self.event_of = {
            (t.article, i): n
            for n, group in enumerate(grouped.groups)
            for t in group.members
            for i in t.report.figures
        }
        self.occasions = find_occurrences(library)
        self.occasion_of = {key: n for n, one in enumerate(self.occasions) for key in one.figures}
        self.flow_of = find_flows(library, self.occasion_of)
        self.tellers = Counter(flow for flow, _ in {(flow, key[0]) for key, flow in self.flow_of.items()})
        self.incident_of = _incidents(library, grouped, storyline_of)
        self.main = self._main_occasions()

    def _main_occasions(self) -> dict[tuple[str, str], int]:
        """(storyline of one incident, measure) -> the occasion of which most of such figures are told."""
        counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        for (article, number), occasion in self.occasion_of.items():
            measure = self.library.reading(article).figures[number].measure
            if (incident := self.incident_of.get((article, measure))) is not None:
                counts[incident, measure][occasion] += 1
        return {incident: min(found, key=lambda n: (-found[n], n)) for incident, found in counts.items()}

    def quantity(self, article: str, number: int, figure: FigureMention) -> Quantity | None:
        unit = figure.unit or ""
        if figure.low is None and figure.high is None:
            return None
        incident = self.incident_of.get((article, figure.measure))
        occasion = self.occasion_of.get((article, number))
        event = self.event_of.get((article, number))
        flow = self.flow_of.get((article, number))
        if flow is not None and self.tellers[flow] > 1:
            return "flow", figure.measure, str(flow), unit
        main = self.main.get((incident, figure.measure)) if incident is not None else None
        if incident is not None and occasion in (None, main):
            if _is_background(self.library, article, figure):
                return None
            if main is None or figure.part or not self._is_told_elsewhere(main, incident):
                return "incident", figure.measure, incident, unit
            occasion = main
        if occasion is not None and (event is None or len(self.occasions[occasion].articles) > 1):
            side = self._side(article, figure)
            return None if side is None else ("occasion", figure.measure, str(occasion), side, unit)
        if event is not None and figure.measure != "count":
            return "event", figure.measure, str(event), unit
        if figure.measure == "troops" and figure.of is not None:
            force = self.library.reading(article).entities[figure.of].type == "armed_force"
            return (
                ("force", figure.measure, self.library.cast.ref(article, figure.of), unit) if force else None
            )
        return None

    def _is_told_elsewhere(self, occasion: int, incident: str) -> bool:
        return any(self.storyline_of[a] != incident for a in self.occasions[occasion].articles)

    def _side(self, article: str, figure: FigureMention) -> str | None:
        """Whose dead they are: "" for all, None where it is some of them and nobody knows of whom."""
        if figure.part:
            return self.library.cast.ref(article, figure.of) if figure.of is not None else None
        return ""

    def began(self, quantity: Quantity, values: Sequence[Value]) -> int | None:
        days = [v.known for v in values if v.known is not None]
        if quantity[0] == "event":
            days = self._of_event(int(quantity[2])) or days
        elif quantity[0] == "occasion":
            last = self.occasions[int(quantity[2])].days.last
            days = [last] if last is not None else days
        elif (
            quantity[0] == "incident"
            and (day := self._first_events.get((quantity[2], quantity[1]))) is not None
        ):
            days.append(day)
        return min(days, default=None)

    def _of_event(self, number: int) -> list[int]:
        common = self.grouped.groups[number].common
        return [common.days.last] if common.dated and common.days.last is not None else []

    @cached_property
    def _first_events(self) -> dict[tuple[str, str], int]:
        """(storyline, measure) -> the last day of its earliest event that has such a toll."""
        found: dict[tuple[str, str], int] = {}
        for number, group in enumerate(self.grouped.groups):
            for last in self._of_event(number):
                for t in group.members:
                    for measure, _, _ in t.values:
                        key = (self.storyline_of[t.article], measure)
                        found[key] = min(last, found.get(key, last))
        return found

    def name(self, quantity: Quantity) -> str:
        """The measure, and what it is of: an occasion, an actor or a place."""
        of = [self.library.names[q] for q in quantity[2:] if q in self.library.names]
        if quantity[0] == "occasion":
            of.append(self.occasions[int(quantity[2])].name)
        return " of ".join([quantity[1], *of])


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
        part=figure.part,
    )


def _speaker(library: Library, article: str, span: Span) -> str | None:
    """Whose words hold the span: an actor's id or the words for the speaker; None for the article's own."""
    for report in library.reading(article).statements:
        if report.speaker is not None and any(c.holds(span) for c in report.content):
            return library.one(article, report.speaker)
    return None


def _in_words(figure: FigureMention) -> str:
    if figure.low is not None and figure.high is not None and figure.low != figure.high:
        said = f"{figure.low:.15g} to {figure.high:.15g}"
    elif figure.high is None:
        said = f"at least {figure.low:.15g}"
    elif figure.low is None:
        said = f"at most {figure.high:.15g}"
    else:
        said = f"{'about ' if figure.approx else ''}{figure.low:.15g}"
    return f"{said} {figure.unit}" if figure.unit else said
