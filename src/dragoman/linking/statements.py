"""Statements: one record for what a speaker said, however many articles quote it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import NamedTuple

from dragoman.linking.decisions import Ties, Verdicts
from dragoman.linking.sources import Fields, Library, merge_evidence
from dragoman.model import Span, Statement, StatementReport, When, name_by_content

LEAST_WORDS = 5
"""Shorter words are one statement across articles only when said on one day at most."""

ALIKE = 0.8
"""Share of the shorter text's words in the longer from which two wordings are one."""

NEXT = 39
"""Sayings of a shelf that one is compared with."""

FIRST_WORDS = 13
"""Words of a saying with which it is looked for, and the two after each."""

JOINT = " … "
"""Between the stretches of a broken quotation."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Saying:
    article: str
    number: int
    report: StatementReport
    speaker: str | None
    content: str
    words: tuple[str, ...]
    whole: Span


class _Said(NamedTuple):
    """What a saying is held against others by: its words, and the numbers and days told in it."""

    words: frozenset[str]
    numbers: frozenset[tuple[float | None, float | None]]
    days: frozenset[str]


@dataclass(slots=True)
class _Likeness:
    """Which sayings are one. What one is held against others by is worked out once."""

    library: Library
    _said: dict[tuple[str, int], _Said] = field(default_factory=dict)

    def said(self, saying: Saying) -> _Said:
        key = (saying.article, saying.number)
        found = self._said.get(key)
        if found is None:
            found = _Said(
                frozenset(saying.words), _numbers(self.library, saying), _days(self.library, saying)
            )
            self._said[key] = found
        return found


def merge_statements(library: Library, verdicts: Verdicts) -> tuple[Statement, ...]:
    """Statements with all their evidence, those of one article that overlap and those reprinted taken as one.

    Words quoted within a statement ("said the plan was “dead”") are a statement beside the whole. What an
    article says that somebody did not say is no statement. A pronoun tells nobody who spoke.
    """
    sayings = [s for s in _sayings(library) if not verdicts.rejects("statement", s.article, s.whole)]
    ties = Ties()
    likeness = _Likeness(library)
    for a, others in _may_be_one(sayings):
        key = (a.article, a.number)
        for b in others:
            if a.article == b.article and not a.whole.meets(b.whole):
                continue
            if ties.find(key) != ties.find((b.article, b.number)) and _one(likeness, a, b):
                ties.join([key, (b.article, b.number)])
    for targets in verdicts.groups("statement", "join"):
        ties.join(
            (s.article, s.number)
            for s in sayings
            for t in targets
            if s.article == t.article and s.whole.meets(Span(t.start, t.end))
        )
    groups: dict[object, list[Saying]] = defaultdict(list)
    for saying in sayings:
        groups[ties.find((saying.article, saying.number))].append(saying)
    return tuple(sorted((_statement(library, g) for g in groups.values()), key=lambda s: s.id))


def _sayings(library: Library) -> Iterator[Saying]:
    for source in library.sources:
        article = source.article.id
        for number, report in enumerate(source.reading.statements):
            if not report.content or report.denied:
                continue  # nobody's words
            speaker = next(iter(library.actors(article, [report.speaker])), None) if report.speaker else None
            content = JOINT.join(source.article.text[c.start : c.end].strip() for c in report.content)
            words = tuple(map(intern, _WORD.findall(content.casefold())))  # the words of a case are few
            whole = Span(report.content[0].start, report.content[-1].end)
            yield Saying(article, number, report, speaker, content, words, whole)


def _may_be_one(sayings: Sequence[Saying]) -> Iterator[tuple[Saying, list[Saying]]]:
    """Each saying with those after it that it is compared with, each once, however many shelves they share.

    Of each shelf on which it stands these are the next `NEXT`.
    """
    reached: dict[int, int] = {}
    for number, shelves in enumerate(_shelved(sayings)):
        others: dict[int, None] = {}
        for shelf in {id(shelf): shelf for shelf in shelves}.values():
            # The numbers on a shelf rise; where one stands there more than once, each place has its own next ones.
            last = bisect_right(shelf, number, reached.get(id(shelf), 0))
            reached[id(shelf)] = last
            others.update(dict.fromkeys(shelf[last : last + NEXT]))
        if others:
            yield sayings[number], [sayings[n] for n in others]


def _shelves_of(saying: Saying) -> list[tuple[str, ...]]:
    """The keys of those that may be one with it: of one speaker, with the same three words in a row near the start; or
    of one article, as often."""
    speaker, words = saying.speaker or "", saying.words
    count = max(min(len(words) - 2, FIRST_WORDS), 1)
    return [("in", saying.article)] * count + [(speaker, *words[i : i + 3]) for i in range(count)]


def _shelved(sayings: Sequence[Saying]) -> list[list[list[int]]]:
    """For each saying its shelves that have more than one place: the numbers of the sayings there.

    Most keys are those of one saying. That is found out by their hashes, which take less memory.
    """
    hashes = [array("q", map(hash, _shelves_of(saying))) for saying in sayings]
    once: set[int] = set()
    more: set[int] = set()
    for some in hashes:
        for found in some:
            (more if found in once else once).add(found)
    del once
    shelves: dict[tuple[str, ...], list[int]] = {}
    placed: list[list[list[int]]] = []
    for number, (saying, some) in enumerate(zip(sayings, hashes, strict=True)):
        mine: list[list[int]] = []
        if not more.isdisjoint(some):
            for key, found in zip(_shelves_of(saying), some, strict=True):
                if found in more:
                    shelf = shelves.setdefault(key, [])
                    shelf.append(number)
                    mine.append(shelf)
        placed.append(mine)
    return placed


def _one(likeness: _Likeness, a: Saying, b: Saying) -> bool:
    if a.report.stance != b.report.stance and "denies" in (a.report.stance, b.report.stance):
        return False  # who denies what he is quoted as saying elsewhere has said two things
    if a.article == b.article:
        like = a.speaker in (b.speaker, None) and a.report.quote == b.report.quote
        return like and _overlap(a.report, b.report) > 0.5
    shorter, longer = (a, b) if len(a.words) <= len(b.words) else (b, a)
    if a.speaker != b.speaker or not shorter.words:
        return False
    if len(shorter.words) < LEAST_WORDS:
        publication = likeness.library.publication
        near = shorter.words == longer.words and len(shorter.words) > 1
        return (
            near
            and publication(a.article).widen(1).meets(publication(b.article))
            and not _differ(likeness, a, b)
        )
    if 2 * len(shorter.words) < len(longer.words):
        return False
    pool = likeness.said(longer).words
    alike = sum([w in pool for w in shorter.words]) / len(shorter.words)
    return alike >= ALIKE and not _differ(likeness, a, b)


def _differ(likeness: _Likeness, a: Saying, b: Saying) -> bool:
    """True where like words give another number or another day: "three were killed", "six were killed"."""
    one, other = likeness.said(a), likeness.said(b)
    if one.numbers and other.numbers and one.numbers.isdisjoint(other.numbers):
        return True
    return bool(one.days and other.days) and one.days.isdisjoint(other.days)


def _numbers(library: Library, saying: Saying) -> frozenset[tuple[float | None, float | None]]:
    figures = library.reading(saying.article).figures
    return frozenset((f.low, f.high) for f in figures if saying.whole.meets(Span(f.start, f.end)))


def _days(library: Library, saying: Saying) -> frozenset[str]:
    times = library.reading(saying.article).times
    return frozenset(
        t.first
        for t in times
        if t.first is not None and t.first == t.last and saying.whole.meets(Span(t.start, t.end))
    )


def _overlap(a: StatementReport, b: StatementReport) -> float:
    """Share of the shorter content's characters that both have."""
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a.content for y in b.content)
    return shared / max(1, min(sum(c.end - c.start for c in r.content) for r in (a, b)))


def _statement(library: Library, group: Sequence[Saying]) -> Statement:
    members = sorted(group, key=lambda s: (library.order(s.article), s.report.content, s.number))
    first = members[0]
    fullest = max(_wholes(members), key=lambda s: (s.report.quote, len(s.words), -members.index(s)))
    named = next((s for s in members if s.report.speaker and s.report.named), None)
    return Statement(
        id=name_by_content("statement", first.article, first.report.content, first.number),
        speaker=next((s.speaker for s in members if s.speaker), None),
        speaker_text=library.words(named.article, *named.report.speaker.span)
        if named and named.report.speaker
        else None,
        quote=any(s.report.quote for s in members),
        content=fullest.content,
        stance=fullest.report.stance,
        when=_when(members),
        evidence=merge_evidence(
            library.evidence(s.article, s.whole, s.report.rule, _fields(s.report)) for s in members
        ),
    )


def _wholes(members: Sequence[Saying]) -> list[Saying]:
    """The longest of each article: the words quoted within a statement are not all that was said."""
    longest: dict[str, Saying] = {}
    for saying in members:
        had = longest.get(saying.article)
        if had is None or len(saying.words) > len(had.words):
            longest[saying.article] = saying
    return list(longest.values())


def _when(members: Sequence[Saying]) -> When | None:
    """The most exact date given; the first on a tie."""
    dated = [s.report.when for s in members if s.report.when]
    return min(dated, key=lambda w: (w.start is None, w.end is None, not w.is_day), default=None)


def _fields(report: StatementReport) -> Fields:
    fields: Fields = {"content": report.content, "sentence": report.sentence}
    if report.speaker:
        fields["speaker"] = report.speaker.span
    if report.cue:
        fields["cue"] = report.cue
    if report.when and report.when.span:
        fields["when"] = report.when.span
    return fields
