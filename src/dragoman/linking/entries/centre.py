"""Who and what a case is about: the actors and places that most of its articles name."""

from __future__ import annotations

from collections import Counter

from dragoman.linking.entries.sentences import Sentence
from dragoman.linking.sources import Library

CENTRAL = 0.3
"""Share of the articles that name an actor from which on it is at the centre of the case."""

ASIDE = 0.3
"""What is left of the nearness of a sentence that names others only, whom no other article names."""


class Centre:
    """How near to the centre of a case the ones are whom a sentence names."""

    def __init__(self, library: Library) -> None:
        self._library = library
        told: Counter[str] = Counter()
        articles = 0
        for source in library.sources:
            name = source.article.id
            if library.origin[name] != name:
                continue
            articles += 1
            refs = {
                library.as_side(library.cast.ref(name, e))
                for m in source.reading.mentions
                if m.kind in ("name", "demonym")
                for e in m.entities
            }
            told.update(refs)
        self._share = {ref: n / articles for ref, n in told.items()} if articles else {}

    def share(self, sentence: Sentence) -> float:
        """From `ASIDE` to 1, by the most central one whom it names or whom its events have; 1 where it names nobody."""
        library = self._library
        refs = set(library.named(sentence.article, sentence.span))
        for report in sentence.reports:
            refs.update(library.actors(sentence.article, report.who))
            refs.update(library.actors(sentence.article, report.whom))
        if not refs:
            return 1.0
        most = max(self._share.get(library.as_side(ref), 0.0) for ref in refs)
        return ASIDE + (1 - ASIDE) * min(most / CENTRAL, 1.0)
