"""States over time: what articles say holds, opened and closed by what happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.linking.days import UNKNOWN, Stretch, iso_day, stretch_of
from dragoman.linking.decisions import Verdicts
from dragoman.linking.sources import Fields, Library, merge_evidence
from dragoman.linking.values import duration_of
from dragoman.model import Event, Evidence, Span, State, StateReport, When, name_by_content

Bound = tuple[int, str]
"""A day number and why it is a bound."""


@dataclass(slots=True)
class Holding:
    """A state while it is put together.

    Attributes:
        thing: Its object.
        opened, closed: When it began and ended.
        anchor: Its first report, which names it.
        lasting: For how many days, where the words say it.
    """

    type: str
    subject: str | None
    thing: str | None
    place: str | None
    value: str | None
    opened: Stretch
    closed: Stretch
    anchor: tuple[object, ...]
    basis: str
    lasting: int | None = None
    why: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)

    @property
    def about(self) -> frozenset[str]:
        """What is held, without the holder."""
        return frozenset(x for x in (self.thing, self.place) if x)

    @property
    def named(self) -> frozenset[str]:
        return self.about | ({self.subject} if self.subject else frozenset())


SINGLE_HOLDER = frozenset({"control", "office"})
"""Types of which one holder at a time has a thing: the next one's start is the former's end."""

GENERIC = frozenset({"in power", "in office", "leader", "ally", "member"})
"""Values that say no more than the type of the state does; any other value may be meant."""

OPENS = {("MOBILIZE", None): "deployment", ("MOBILIZE", "troops"): "deployment"}
CLOSES = {("RETREAT", "withdraw"): "deployment"}


def link_states(library: Library, events: Sequence[Event], verdicts: Verdicts) -> tuple[State, ...]:
    """States reported, those that are one merged, with starts and ends that events and successors give."""
    holdings = _merge(list(_reported(library, verdicts)), library)
    _open_and_close(library, holdings, events)
    _succeed(holdings)
    for holding in holdings:
        _count_back(holding)
    states = [_state(library, h) for h in holdings]
    return tuple(sorted(states, key=lambda s: s.id))


def _reported(library: Library, verdicts: Verdicts) -> Iterator[Holding]:
    for source in library.sources:
        article = source.article.id
        for number, report in enumerate(source.reading.states):
            if verdicts.rejects("state", article, report.sentence):
                continue
            valid = stretch_of(report.valid)
            yield Holding(
                type=report.type,
                subject=library.one(article, report.subject),
                thing=library.one(article, report.object),
                place=library.one(article, report.place),
                value=report.value,
                opened=Stretch(valid.first, valid.first) if valid.first is not None else UNKNOWN,
                closed=Stretch(valid.last, valid.last) if valid.last is not None else UNKNOWN,
                anchor=(article, report.sentence, report.type, number),
                basis=report.valid.basis if report.valid else "stated",
                lasting=_lasting(library, article, report),
                why=[report.valid.why] if report.valid and report.valid.why else [],
                evidence=[_evidence(library, article, report)],
                articles=[article],
            )


def _lasting(library: Library, article: str, report: StateReport) -> int | None:
    """How many days the words say that it lasts or lasted."""
    said = report.valid.span if report.valid else None
    for mention in library.reading(article).times if said else ():
        if said and said.meets(Span(mention.start, mention.end)) and (bounds := duration_of(mention)):
            return round(bounds[0] or bounds[1] or 0) or None
    return None


def _evidence(library: Library, article: str, report: StateReport) -> Evidence:
    fields: Fields = {}
    for name in ("subject", "object", "place"):
        if (arg := getattr(report, name)) is not None:
            fields[name] = Span(arg.start, arg.end)
    if report.valid and report.valid.span:
        fields["valid"] = report.valid.span
    return library.evidence(article, report.sentence, report.rule, fields)


# --- one state told twice -------------------------------------------------------------------------


def _merge(found: list[Holding], library: Library) -> list[Holding]:
    """Reports of one state as one, the most exact first; those without what is held, which may be any, last."""
    order = sorted(
        found,
        key=lambda h: (
            h.type == "office" and not h.about,
            h.opened == UNKNOWN,
            h.closed == UNKNOWN,
            -len(h.named),
            library.order(h.articles[0]),
            h.anchor,
        ),
    )
    merged: list[Holding] = []
    shelves: dict[tuple[object, ...], dict[int, Holding]] = defaultdict(dict)
    for holding in order:
        near = {k: h for key in _looked_at(holding, library) for k, h in shelves[key].items()}
        fits = [other for other in near.values() if _one_state(other, holding, library)]
        kept = holding
        if len(fits) == 1:
            kept = fits[0]
            _take_in(kept, holding, library)
        else:
            merged.append(holding)
        for key in _shelves(kept, library):
            shelves[key][id(kept)] = kept
    return merged


def _shelves(holding: Holding, library: Library) -> Iterator[tuple[object, ...]]:
    """Where a state is found again: by its holder, and by each that is held and known by name, or as held unnamed."""
    of = (holding.type, holding.subject)
    known = [x for x in holding.about if x in library.names]
    yield of
    yield from ((*of, x) for x in known or ["unnamed"])
    if holding.subject is None:
        yield (*of, holding.opened, holding.about)


def _looked_at(holding: Holding, library: Library) -> list[tuple[object, ...]]:
    """Where a state looks for others that may be the same: see `_one_state`, which decides."""
    of = (holding.type, holding.subject)
    if holding.subject is None:
        return [(*of, holding.opened, holding.about)]
    known = [x for x in holding.about if x in library.names]
    return [(*of, x) for x in (*known, "unnamed")] if known else [of]


def _one_state(a: Holding, b: Holding, library: Library) -> bool:
    """Same holder and type, something held in common and nothing that differs, and they can hold at one time.

    Two descriptions of a place (*the region*, *the line of contact*) may be of one place.
    """
    values = {a.value, b.value} - {None} - GENERIC
    if len(values) > 1 or not _span(a).meets(_span(b)):
        return False
    if a.subject is None:
        return a.about == b.about and bool(a.about) and a.opened.known and a.opened == b.opened
    if _differ(a.place, b.place, library) or (
        a.type != "deployment" and a.thing and b.thing and a.thing != b.thing
    ):
        return False
    one, other = (frozenset(x for x in h.about if x in library.names) for h in (a, b))
    if one and other:
        return bool(one & other)
    if a.type == "office":
        # "in power since 2003" without the country is the one office that he holds.
        bare = a if not one else b
        return bare.value in GENERIC or not (one or other)
    return a.type == "deployment" or (not a.about and not b.about)


def _differ(a: str | None, b: str | None, library: Library) -> bool:
    """True for two places known by name that are not one."""
    if a is None or b is None or a == b or a not in library.names or b not in library.names:
        return False
    return not library.cast.stands_for(a) & library.cast.stands_for(b)


def _span(holding: Holding) -> Stretch:
    return Stretch(holding.opened.first, holding.closed.last)


def _take_in(kept: Holding, other: Holding, library: Library) -> None:
    kept.thing = _best(kept.thing, other.thing, library)
    kept.place = _best(kept.place, other.place, library)
    kept.value = other.value if kept.value is None or kept.value in GENERIC else kept.value
    kept.opened = kept.opened if kept.opened.known else other.opened
    kept.closed = kept.closed if kept.closed.known else other.closed
    kept.why += other.why
    kept.evidence += other.evidence
    kept.articles += other.articles


def _best(a: str | None, b: str | None, library: Library) -> str | None:
    """What is known by name before a description, and that before nothing."""
    return next((x for x in (a, b) if x in library.names), a or b)


# --- opened and closed ----------------------------------------------------------------------------


def _open_and_close(library: Library, holdings: list[Holding], events: Sequence[Event]) -> None:
    by_actor: dict[tuple[str, str], list[Holding]] = defaultdict(list)
    for holding in holdings:
        for ref in {r for n in holding.named for r in library.cast.stands_for(n)}:
            by_actor[holding.type, ref].append(holding)
    for event in sorted(events, key=lambda e: (e.when.end or "" if e.when else "", e.id)):
        if event.status != "happened" or event.when is None:
            continue
        days = stretch_of(event.when)
        closes = CLOSES.get((event.type, event.mode or ""))
        opens = OPENS.get((event.type, event.mode))
        for kind in {closes, opens} - {None}:
            for holding in _concerned(library, by_actor, str(kind), event):
                if kind == closes and days.last is not None:
                    _close(holding, days, event)
                    _place(library, holding, event)
                elif days.first is not None:
                    _open(holding, days, event)


def _concerned(
    library: Library, by_actor: dict[tuple[str, str], list[Holding]], kind: str, event: Event
) -> list[Holding]:
    """States of this kind whose holder, or whose force, is the one who acts, at a place that can be the same."""
    actors = {r for who in event.who for r in library.cast.stands_for(who)}
    places = [r for r in (event.place, *event.whom) if r and library.is_area(r)]
    may_be: dict[tuple[str | None, str | None], bool] = {}
    found: dict[int, Holding] = {}
    for ref in sorted(actors):
        for holding in by_actor.get((kind, ref), ()):
            here = (holding.place, holding.thing)
            near = may_be.get(here)
            if near is None:
                where = [r for r in here if r and library.is_area(r)]
                near = may_be[here] = (
                    not where
                    or not places
                    or any(library.may_be_one_place(a, b) for a in where for b in places)
                )
            if near:
                found[id(holding)] = holding
    return sorted(found.values(), key=lambda h: h.anchor)


def _close(holding: Holding, days: Stretch, event: Event) -> None:
    """The latest withdrawal after it was opened ends it: what began in April was complete in June."""
    if holding.opened.first is not None and days.last is not None and days.last < holding.opened.first:
        return
    told = bool(holding.closed.known) and not holding.basis.startswith("closed")
    if told or (
        holding.closed.last is not None and days.last is not None and holding.closed.last >= days.last
    ):
        return
    holding.closed = Stretch(days.last, days.last)
    holding.basis = "closed by event"
    holding.why.append(f"ended by {event.id}")
    holding.evidence += event.evidence


def _place(library: Library, holding: Holding, event: Event) -> None:
    """Who left a place had been there, where the words only describe it (*the region*)."""
    known = any(x in library.names for x in (holding.place, holding.thing) if x and library.is_area(x))
    if not known and event.place in library.names:
        holding.place = event.place


def _open(holding: Holding, days: Stretch, event: Event) -> None:
    if holding.opened.known or (
        holding.closed.last is not None and days.first and days.first > holding.closed.last
    ):
        return
    holding.opened = Stretch(days.first, days.first)
    holding.why.append(f"begun by {event.id}")
    holding.evidence += event.evidence


def _succeed(holdings: list[Holding]) -> None:
    """Where one holder follows another, the former's state ends when the latter's begins.

    Without a beginning of its own an office stays open: two presidents of one state may be two spellings, and
    a title may have several holders.
    """
    rivals: dict[tuple[str, str], list[Holding]] = defaultdict(list)
    for holding in holdings:
        if holding.type in SINGLE_HOLDER and holding.subject:
            for thing in holding.about:
                rivals[holding.type, f"{thing} {holding.value or ''}"].append(holding)
    for group in rivals.values():
        started = sorted(
            (h for h in group if h.opened.first is not None), key=lambda h: (h.opened.first, h.anchor)
        )
        for earlier in group:
            if earlier.closed.known or (earlier.type == "office" and not earlier.opened.known):
                continue
            after = earlier.opened.first
            follower = next(
                (
                    h
                    for h in started
                    if h.subject != earlier.subject and (after is None or (h.opened.first or 0) > after)
                ),
                None,
            )
            if follower is not None and follower.opened.first is not None:
                earlier.closed = follower.opened
                earlier.why.append("ended when the next holder's began")


def _count_back(holding: Holding) -> None:
    """An end and a duration give a beginning."""
    if holding.lasting and holding.closed.last is not None and not holding.opened.known:
        first = max(holding.closed.last - holding.lasting, 1)
        holding.opened = Stretch(first, first)
        holding.basis = "inferred"
        holding.why.append("its beginning is counted back from its end by how long it lasted")


def _state(library: Library, holding: Holding) -> State:
    begun, ended = iso_day(holding.opened.first), iso_day(holding.closed.last)
    why = "; ".join(dict.fromkeys(w for w in holding.why if w))
    basis = holding.basis if holding.basis in ("stated", "relative", "inferred", "bounded") else "inferred"
    valid = When(start=begun, end=ended, basis=basis, why=why) if begun or ended else None  # type: ignore[arg-type]
    return State(
        id=name_by_content("state", *holding.anchor),
        type=holding.type,
        subject=holding.subject,
        object=holding.thing,
        place=holding.place,
        value=holding.value,
        valid=valid,
        evidence=merge_evidence(holding.evidence),
    )
