"""Readings of many articles -> one case: the steps of linking, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.linking.by_hand import added_events, lines_of
from dragoman.linking.commitments import as_day, link_commitments
from dragoman.linking.copies import Copy, find_copies, origins
from dragoman.linking.decisions import Verdicts, judged_lines, override
from dragoman.linking.disputes import Count, find_counts, find_disputes
from dragoman.linking.doubts import doubtful_actors, doubtful_dates, doubtful_events
from dragoman.linking.entries import link_entries
from dragoman.linking.event_record import make_events
from dragoman.linking.events import Grouped, Undecided, group_events
from dragoman.linking.figures import merge_figures
from dragoman.linking.memory import Memory, about
from dragoman.linking.nearby import Nearby
from dragoman.linking.publication import narrow_publication
from dragoman.linking.sources import Library, Source
from dragoman.linking.statements import merge_statements
from dragoman.linking.states import link_states
from dragoman.linking.storylines import Stories, make_storylines, told_together
from dragoman.linking.tolls import Tolls, find_tolls
from dragoman.model import (
    Actor,
    ArticleRecord,
    CaseRecord,
    Commitment,
    Decision,
    Dispute,
    Doubt,
    Entry,
    Event,
    Figure,
    Place,
    State,
    Statement,
    Storyline,
)
from dragoman.model.settable import sound


@dataclass(frozen=True, slots=True)
class Case:
    """All records of a case, each kind by id. The same articles and decisions give the same case.

    `undecided` holds pairs of event tellings (article id, index in its reading) that may be one, `doubts` what a
    person should judge, `counts` the tolls that grew, step by step; none of them is exported.
    """

    articles: tuple[ArticleRecord, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    entries: tuple[Entry, ...] = ()
    figures: tuple[Figure, ...] = ()
    states: tuple[State, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    storylines: tuple[Storyline, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    counts: tuple[Count, ...] = ()

    def records(self) -> Iterator[CaseRecord]:
        """Every record, in the order of the kinds of the export, then by id."""
        for kind in (
            self.articles,
            self.actors,
            self.places,
            self.events,
            self.statements,
            self.entries,
            self.figures,
            self.states,
            self.commitments,
            self.disputes,
            self.storylines,
        ):
            yield from kind


def link(
    sources: Iterable[Source],
    decisions: Sequence[Decision] = (),
    today: str | None = None,
    memory: Memory | None = None,
) -> Case:
    """Make a case of what articles say.

    Args:
        decisions: What people decided and did not withdraw, oldest first; what cannot be applied is passed over.
        today: The ISO day that commitments are held against; without it, the day of the latest article.
        memory: Of links of the same case before; it spares work and changes nothing.

    Returns:
        The case; it depends on the set of sources and the decisions alone, not on any order or clock.
    """
    memory = memory or Memory()
    decisions = sound(decisions)
    left_out = {t.article for d in decisions if d.kind == "remove" for t in d.targets}
    library = Library((s for s in sources if s.article.id not in left_out), decisions, memory)
    ids, cast = library.ids, about(decisions, "actor", "place")
    verdicts = Verdicts(decisions)
    nearby = memory.step("nearby", ids, lambda: Nearby(library))
    copies = memory.step("copies", (ids, cast), lambda: find_copies(library, nearby))
    library.origin = origins(library, copies)
    stories = memory.step(
        "stories",
        (ids, cast, about(decisions, "storyline")),
        lambda: Stories(library, nearby, library.origin, verdicts),
    )
    grouped = group_events(library, stories.likeness, verdicts)
    narrow_publication(library, grouped.groups)
    tolls = find_tolls(library, grouped, stories.of)
    counts = find_counts(tolls, stories.of)
    figures = merge_figures(library, verdicts, _context(stories, grouped, tolls), counts)
    events = make_events(library, grouped, figures.figure_of, verdicts)
    states = link_states(library, events, verdicts)
    commitments = link_commitments(library, events, as_day(today, library), verdicts)
    disputes = find_disputes(library, grouped, tolls, stories.of, stories.likeness, verdicts)
    statements = memory.step(
        "statements",
        (ids, cast, about(decisions, "statement"), tuple(library.publication(i) for i in ids)),
        lambda: merge_statements(library, verdicts),
    )
    doubts = list(doubtful_events(grouped, events))
    lines = make_storylines(library, stories, events, told_together(events, commitments, tolls))
    undecided = grouped.undecided
    del grouped, tolls, stories  # lines of the chronology take as much memory again
    articles = override(_articles(library, copies), verdicts)
    actors = override(library.cast.actors, verdicts)
    verdicts.know([*actors, *library.cast.places])
    shown = override(events, verdicts)
    entries = judged_lines(link_entries(library, shown, figures.figures, statements, states), verdicts)
    if by_hand := added_events(library, verdicts):
        shown = (*shown, *by_hand)
        entries = tuple(sorted((*entries, *lines_of(library, by_hand, entries)), key=lambda e: e.id))
    return Case(
        articles=articles,
        actors=actors,
        places=override(library.cast.places, verdicts),
        events=tuple(sorted(shown, key=lambda e: e.id)),
        statements=override(statements, verdicts),
        entries=entries,
        figures=override(figures.figures, verdicts),
        states=override(states, verdicts),
        commitments=override(commitments, verdicts),
        disputes=override(disputes, verdicts),
        storylines=override(lines, verdicts),
        undecided=undecided,
        doubts=(
            *doubts,
            *memory.step(
                "doubtful actors", (ids, cast), lambda: tuple(doubtful_actors(actors, verdicts, memory.score))
            ),
            *doubtful_dates(articles, shown),
        ),
        counts=counts,
    )


def _context(stories: Stories, grouped: Grouped, tolls: Tolls) -> Callable[[str, int], str]:
    """Figures of one occasion or flow go together, those of one event, others of one storyline."""
    event_of = {
        (t.article, i): f"event {n}"
        for n, g in enumerate(grouped.groups)
        for t in g.members
        for i in t.report.figures
    }
    of = {key: " ".join(q) for key, q in tolls.of.items() if q[0] in ("occasion", "flow")}
    return lambda article, number: (
        of.get((article, number)) or event_of.get((article, number)) or stories.of[article]
    )


def _articles(library: Library, copies: dict[str, Copy]) -> Iterator[ArticleRecord]:
    for source in library.sources:
        a = source.article
        copy = copies.get(a.id)
        yield ArticleRecord(
            id=a.id,
            path=a.path,
            url=a.url,
            title=a.title,
            outlet=a.outlet,
            aggregator=a.aggregator,
            wire=a.wire,
            byline=a.byline,
            language=a.language,
            published=library.published(a.id),
            missing_share=a.missing_share,
            text=a.text,
            copies_of=copy.of if copy else None,
            overlap=copy.overlap if copy else None,
        )
