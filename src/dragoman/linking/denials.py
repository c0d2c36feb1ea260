"""Claim against denial: what one says and another says is not so, told beside each other in one article.

A denial is what both the statement and the event in the same words say it is (`denies`, REJECT); one voice alone is too
little. What it denies is looked for in the sentences just before it: one that shares a word with it, or, where its own
words only point back ("denies it", "cette accusation"), the last accusation or assertion by another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.linking.sources import Library, merge_evidence
from dragoman.model import Claim, Dispute, EventReport, Span, StatementReport, name_by_content
from dragoman.naming.stems import stems

BEFORE = 3
"""Sentences before a denial in which what it denies is looked for."""

POINTING = 3
"""Words up to which what is denied may only point back."""

CLAIMED = 300
"""Characters of a claim by which a dispute is called."""

LETTERS = 5
"""Letters from which on a word tells what a sentence is about."""

SHARED = 0.6
"""Share of the words of the longer of two claims that are words of the other too, where both mean one thing."""

FAR = 120
"""Code points of a sentence before its accusation that are shown with it, where nobody is read as the accuser."""

_WORD = re.compile(r"[^\W\d_]+")
_EDGES = " \n\t,.;:-–—"


@dataclass(frozen=True, slots=True)
class Side:
    """Words of one side: `said` within `sentence`, by whom, and of what. `unnamed`: the actor whom its words only
    point to ("he"), else None."""

    article: str
    said: Span
    sentence: Span
    what: Span
    actors: frozenset[str]
    rule: str
    unnamed: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    claim: Side
    denial: Side
    about: frozenset[str]
    language: str


def find_denials(library: Library) -> Iterator[Dispute]:
    """One dispute for each claim that is denied; those of one denier in the same words are one."""
    groups: list[list[Pair]] = []
    for source in library.sources:
        for pair in _pairs(library, source.article.id):
            same = next((g for g in groups if _one(g[0], pair)), None)
            if same is None:
                groups.append([pair])
            else:
                same.append(pair)
    for group in groups:
        group.sort(key=lambda p: (library.order(p.claim.article), p.claim.said))
        claims = (_claim(library, [p.claim for p in group]), _claim(library, [p.denial for p in group]))
        about = _claimed(library, group[0].claim)
        anchors = sorted((p.denial.article, p.denial.said.start) for p in group)
        yield Dispute(
            id=name_by_content("dispute", "denial", anchors),
            about=about,
            dispute_kind="denial",
            claims=claims,
        )


def _one(a: Pair, b: Pair) -> bool:
    if a.language != b.language or a.denial.actors.isdisjoint(b.denial.actors):
        return False
    return len(a.about & b.about) >= SHARED * max(len(a.about), len(b.about)) > 0


def _claimed(library: Library, claim: Side) -> str:
    """The whole claim in its article's words, with who claims it where those only point to them."""
    said = library.words(claim.article, *claim.said, most=CLAIMED)
    who = library.names.get(claim.unnamed or "")
    return f"{who}: “{said}”" if who else said


def _claim(library: Library, sides: Sequence[Side]) -> Claim:
    first = sides[0]
    return Claim(
        value=library.words(first.article, *first.said),
        evidence=merge_evidence(
            library.evidence(s.article, s.sentence, s.rule, {"value": s.said}) for s in sides
        ),
        independent=library.independent({s.article for s in sides}),
    )


def _pairs(library: Library, article: str) -> Iterator[Pair]:
    reading = library.reading(article)
    rejections = [e for e in reading.events if e.type == "REJECT"]
    told = set()
    for denied in reading.statements:
        cue = denied.cue
        if denied.stance != "denies" or denied.denied or denied.speaker is None or cue is None:
            continue
        if any(e.trigger.meets(cue) for e in rejections):
            told.add(denied.sentence)
            denial = _of_statement(library, article, denied)
            if claim := _denied(library, denial):
                yield _pair(library, claim, denial)
    for event in rejections:  # "accuses him of it, a charge that he rejects"
        accused = [e for e in reading.events if e.type == "ACCUSE" and e.sentence == event.sentence]
        before = [e for e in accused if e.trigger.end <= event.trigger.start]
        if before and event.sentence not in told and (pair := _in_one(library, article, before[-1], event)):
            yield pair


def _pair(library: Library, claim: Side, denial: Side) -> Pair:
    words = _stems(library, claim.article, claim.what) | _stems(library, denial.article, denial.what)
    return Pair(claim, denial, words, library.reading(claim.article).language)


def _in_one(library: Library, article: str, accused: EventReport, rejected: EventReport) -> Pair | None:
    """Both in one sentence, parted by a comma or a semicolon."""
    text = library.article(article).text
    cut = max(text.rfind(mark, accused.trigger.end, rejected.trigger.start) for mark in ",;")
    who = frozenset(library.actors(article, rejected.who))
    claim = _of_event(library, article, accused, cut)
    if cut < 0 or not who or not who.isdisjoint(claim.actors):
        return None
    said = _trimmed(text, Span(cut + 1, rejected.sentence.end))
    denial = Side(article, said, rejected.sentence, said, who, rejected.rule)
    return _pair(library, claim, denial)


def _denied(library: Library, denial: Side) -> Side | None:
    """What a denial denies, the nearest before it; None where nothing there is."""
    wanted = _stems(library, denial.article, denial.what)
    others = [s for s in _claims(library, denial) if s.actors.isdisjoint(denial.actors)]
    shared = [s for s in others if wanted & _stems(library, s.article, s.what)]
    if shared:
        return shared[-1]
    text = library.article(denial.article).text
    points_back = len(_WORD.findall(text[denial.what.start : denial.what.end])) <= POINTING
    by_somebody = [s for s in others if s.actors and s.sentence.start >= _nearest(library, denial, 1)]
    return by_somebody[-1] if points_back and by_somebody else None


def _claims(library: Library, denial: Side) -> list[Side]:
    """Accusations and assertions that end before a denial begins, in their order."""
    article = denial.article
    reading, first = library.reading(article), _nearest(library, denial, BEFORE)
    found = [
        _of_event(library, article, e, denial.said.start)
        for e in reading.events
        if e.type == "ACCUSE" and e.status != "denied" and e.trigger.end <= denial.said.start
    ]
    found += [
        _of_statement(library, article, s)
        for s in reading.statements
        if s.stance != "denies" and not s.denied and s.content and s.content[-1].end <= denial.said.start
    ]
    near = [s for s in found if s.sentence.start >= first]
    return sorted(near, key=lambda s: (s.what.end, s.said.end, s.rule))


def _nearest(library: Library, denial: Side, before: int) -> int:
    """Where the sentences begin that stand so many before a denial's."""
    starts = [s.start for s in library.reading(denial.article).sentences if s.start <= denial.sentence.start]
    return starts[-1 - before] if len(starts) > before else 0


def _of_statement(library: Library, article: str, report: StatementReport) -> Side:
    what = Span(report.content[0].start, report.content[-1].end)
    parts = [what, *([report.cue] if report.cue else []), *([report.speaker.span] if report.speaker else [])]
    within = [p for p in parts if report.sentence.meets(p)]
    begin = min(p.start for p in within or parts)
    if report.speaker is None and report.cue is not None and begin == report.cue.start:
        begin = _with_what_is_before(begin, report.sentence)
    said = Span(begin, max(p.end for p in within or parts))
    actors = library.actors(article, [report.speaker] if report.speaker else [])
    text = library.article(article).text
    unnamed = None if report.named or not actors else actors[0]
    return Side(article, _trimmed(text, said), report.sentence, what, frozenset(actors), report.rule, unnamed)


def _of_event(library: Library, article: str, event: EventReport, until: int) -> Side:
    text = library.article(article).text
    end = min(event.sentence.end, until) if until > event.trigger.end else event.sentence.end
    begin = min([event.trigger.start, *(w.start for w in event.who if event.sentence.meets(w.span))])
    if not event.who:
        begin = _with_what_is_before(begin, event.sentence)
    what = _trimmed(text, Span(event.trigger.end, end))
    actors = library.actors(article, event.who)
    unnamed = actors[0] if len(actors) == 1 and _points(library, article, event.who[0].span) else None
    said = _trimmed(text, Span(begin, end))
    return Side(article, said, event.sentence, what, frozenset(actors), event.rule, unnamed)


def _with_what_is_before(begin: int, sentence: Span) -> int:
    """Where the sentence begins, if that is near: who speaks was left empty, but the words say it."""
    return sentence.start if 0 <= begin - sentence.start <= FAR else begin


def _points(library: Library, article: str, who: Span) -> bool:
    """True where somebody is a pronoun."""
    return any(m.kind == "pronoun" and Span(m.start, m.end) == who for m in library.mentions(article, who))


def _trimmed(text: str, span: Span) -> Span:
    """Without blanks and marks at its edges."""
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def _stems(library: Library, article: str, span: Span) -> frozenset[str]:
    language = library.reading(article).language
    words = _WORD.findall(library.article(article).text[span.start : span.end])
    return frozenset(s for w in words if len(w) >= LETTERS for s in stems(w, language))
