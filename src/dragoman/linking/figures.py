"""Figures: one record for one value of one thing, with every article that gives it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from dragoman.linking.decisions import Verdicts
from dragoman.linking.disputes import Count
from dragoman.linking.sources import Fields, Library, merge_evidence
from dragoman.model import Figure, FigureMention, Span, name_by_content

Key = tuple[str, int]


@dataclass(frozen=True)
class Figures:
    """`figure_of`: (article, index in its reading) -> figure id."""

    figures: tuple[Figure, ...]
    figure_of: Mapping[Key, str]


Context = Callable[[str, int], str]
"""(article, index of a figure) -> what tells figures of one matter from like ones of another: a storyline or event."""


def merge_figures(
    library: Library, verdicts: Verdicts, context: Context, counts: Sequence[Count] = ()
) -> Figures:
    """Figures of one measure, value and thing counted, in one context, as one record.

    Those of a growing count point to the one that revises them.

    A round figure ("some 2,000") and an exact one stay two records: which words were used is part of the fact.
    """
    groups: dict[tuple[object, ...], list[tuple[str, int, FigureMention]]] = defaultdict(list)
    for source in library.sources:
        article = source.article.id
        for number, figure in enumerate(source.reading.figures):
            if not verdicts.rejects("figure", article, Span(figure.start, figure.end)):
                about = _about(library, article, figure)
                what = (
                    figure.measure,
                    figure.low,
                    figure.high,
                    figure.unit,
                    figure.approx,
                    figure.in_words,
                    about,
                    context(article, number),
                )
                groups[what].append((article, number, figure))
    figures, figure_of = [], {}
    for members in groups.values():
        members.sort(key=lambda m: (library.order(m[0]), m[2].start, m[1]))
        record = _figure(library, members)
        figures.append(record)
        figure_of.update({(article, number): record.id for article, number, _ in members})
    later = _revisions(library, figure_of, counts)
    revised = (replace(f, revised_by=later[f.id]) if f.id in later else f for f in figures)
    return Figures(tuple(sorted(revised, key=lambda f: f.id)), figure_of)


def _revisions(library: Library, figure_of: Mapping[Key, str], counts: Sequence[Count]) -> dict[str, str]:
    """Figure id -> the id of the one that revises it."""
    at: dict[tuple[str, Span], str] = {}
    for (article, number), name in figure_of.items():
        mention = library.reading(article).figures[number]
        at[article, Span(mention.start, mention.end)] = name
    found: dict[str, str] = {}
    for count in counts:
        for old, new in count.revisions():
            earlier, later = at.get((old.article, old.span)), at.get((new.article, new.span))
            if earlier and later and earlier != later:
                found.setdefault(earlier, later)
    return found


def _about(library: Library, article: str, figure: FigureMention) -> str | None:
    """What is counted: the actor or place it belongs to, else the noun, else None."""
    if figure.of is not None:
        return library.cast.ref(article, figure.of)
    return library.counted(article, figure) or None


def _figure(library: Library, members: list[tuple[str, int, FigureMention]]) -> Figure:
    article, number, first = members[0]
    return Figure(
        id=name_by_content("figure", article, first.start, first.end, first.measure, number),
        measure=first.measure,
        low=first.low,
        high=first.high,
        unit=first.unit,
        approx=first.approx,
        about=_about(library, article, first),
        words=library.words(article, first.start, first.end) if first.in_words else None,
        known_from=library.known_from({a for a, _, _ in members}),
        evidence=merge_evidence(
            library.evidence(a, library.sentence(a, Span(f.start, f.end)), f.rule or "figure", _fields(f))
            for a, _, f in members
        ),
    )


def _fields(figure: FigureMention) -> Fields:
    fields: Fields = {"value": Span(figure.start, figure.end)}
    if figure.counted:
        fields["counted"] = figure.counted
    return fields
