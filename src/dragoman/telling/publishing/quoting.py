"""How much of an article a site quotes: the weightiest of its lines, up to a share of its words.

What is beyond is told in our own words, with its day and its sources, so that no site becomes the article.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from dragoman.model.lines import Record
from dragoman.telling.publishing.redaction import KEPT, Published

Spans = tuple[tuple[int, int], ...]

MOST = 500
"""Facts of one article that are looked at."""


class Quoting:
    """Which words of which article are quoted. `share`: of an article, 0 to 1, at most, but its weightiest line always;
    1 for all of them."""

    def __init__(self, published: Published, share: float) -> None:
        self.published = published
        self.share = share
        self._held: OrderedDict[str, Spans] = OrderedDict()

    def allows(self, article: str, start: int, end: int) -> bool:
        """May these words be shown?"""
        return self.share >= 1 or any(first <= start and end <= last for first, last in self.spans(article))

    def shows(self, record: Record) -> bool:
        """May the words that a line of the chronology or a statement is made of be shown?"""
        if record["kind"] == "entry":
            return self.allows(record["article"], *record["span"])
        return all(self.allows(article, start, end) for article, start, end in _said(record))

    def spans(self, article: str) -> Spans:
        """The stretches of an article that are quoted, in order, none within another."""
        if article in self._held:
            self._held.move_to_end(article)
            return self._held[article]
        found = self.published.fetch([article]).get(article)
        self._held[article] = made = self._chosen(found) if found else ()
        while len(self._held) > KEPT:
            self._held.popitem(last=False)
        return made

    def _chosen(self, article: Record) -> Spans:
        room = self.share * len(article["text"])
        chosen: Spans = ()
        for start, end in self._wanted(article["id"]):
            more = merged((*chosen, (start, end)))
            if not chosen or sum(last - first for first, last in more) <= room:
                chosen = more
        return chosen

    def _wanted(self, article: str) -> Iterator[tuple[int, int]]:
        """What would be quoted of an article, the weightiest lines first."""
        entries = [e for e in self.published.some("entry", MOST, article=article) if e["article"] == article]
        for entry in sorted(entries, key=lambda e: (-e["weight"], e["span"])):
            yield entry["span"][0], entry["span"][1]
        for dispute in self.published.some("dispute", MOST, article=article):
            for proof in (e for claim in dispute["claims"] for e in claim["evidence"]):
                if proof["article"] == article:
                    yield proof["start"], proof["end"]
        for statement in self.published.some("statement", MOST, article=article):
            yield from ((start, end) for told, start, end in _said(statement) if told == article)


def _said(statement: Record) -> list[tuple[str, int, int]]:
    """Where the words of a statement stand: of the first article that tells it, which they are taken from."""
    proof = statement["evidence"][0]
    held = proof["fields"].get("content") or [proof["start"], proof["end"]]
    spans = [held] if isinstance(held[0], int) else held
    return [(proof["article"], start, end) for start, end in spans]


def merged(spans: Spans) -> Spans:
    """Stretches in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)
