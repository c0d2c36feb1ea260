"""The stage that tells statements: the rules' and the encoder's, joined, with their speakers as entities."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from dragoman.encoder.calibration import Bars, chance, shared_bars
from dragoman.encoder.lexicon import stem_of
from dragoman.languages import SUPPORTED
from dragoman.model import Arg, Span, Stance, StatementReport
from dragoman.model.annotation import Annotation, Quote
from dragoman.reading.events.participants import Participants
from dragoman.reading.marks import Names
from dragoman.reading.statements.joint import Joined, Said, join, traits
from dragoman.reading.statements.words import speech_words
from dragoman.reading.syntax import Syntax

_OPENING = "\"'«“„‘‹「『"


def tell_statements(
    annotation: Annotation,
    by_rules: tuple[StatementReport, ...],
    syntax: Syntax,
    names: Names,
    bars: Bars | None = None,
) -> tuple[StatementReport, ...]:
    """All statements of a text, by the place of their content."""
    bars = bars or shared_bars()
    said = [_said(s) for s in by_rules]
    participants = Participants(syntax, names)
    rule = f"encoder:{annotation.made_by}"
    told = []
    for j in join(annotation.quotes, said, bars, partial(_are_one, syntax.text, participants)):
        sure = chance(traits(j, annotation.quotes, said), bars.said)
        quote = annotation.quotes[j.quote] if j.quote is not None else None
        speaker = _arg(j, by_rules, quote, participants)
        if j.said is not None:
            report = replace(
                by_rules[j.said], speaker=speaker, stance=j.stance, content=j.content, confidence=sure
            )
        else:
            assert quote is not None
            report = _report(quote, speaker, syntax, rule, sure)
        told.append(report)
    return tuple(sorted(told, key=lambda s: (s.content, s.cue or Span(0, 0))))


def _said(s: StatementReport) -> Said:
    how = ":".join(s.rule.split(":")[:2])
    return Said(s.content, s.speaker.span if s.speaker else None, s.stance, s.quote, how)


def _arg(
    j: Joined, by_rules: tuple[StatementReport, ...], quote: Quote | None, participants: Participants
) -> Arg | None:
    if j.speaker is None:
        return None
    known = by_rules[j.said].speaker if j.said is not None else None
    if known is not None and known.span == j.speaker:
        return known
    if _is_accused(j.speaker, quote, participants.syntax):
        return None
    found = participants.side(j.speaker)
    return found or Arg(start=j.speaker.start, end=j.speaker.end)


def _is_accused(speaker: Span, quote: Quote | None, syntax: Syntax) -> bool:
    """True for the subject of a cue in the passive, of whom something is said (*is accused of*)."""
    if quote is None or quote.cue is None:
        return False
    cue = {t.i for t in syntax.tokens_in(quote.cue.start, quote.cue.end)}
    return any(t.dep == "nsubj:pass" and t.head in cue for t in syntax.tokens_in(speaker.start, speaker.end))


def _report(q: Quote, speaker: Arg | None, syntax: Syntax, rule: str, sure: float) -> StatementReport:
    sentence = syntax.sentence_at(q.content[0].start)
    return StatementReport(
        speaker=speaker,
        cue=q.cue,
        content=q.content,
        quote=all(_in_marks(syntax.text, c) for c in q.content),
        sentence=sentence.span if sentence is not None else q.content[0],
        rule=rule,
        stance=_by_cue(q, syntax) or q.stance,
        confidence=sure,
    )


def _by_cue(q: Quote, syntax: Syntax) -> Stance | None:
    """What the word that reports it says by itself (*denied*, « promet »); None where it leaves it open."""
    if q.cue is None or syntax.language not in SUPPORTED:
        return None
    words = speech_words(syntax.language)
    for token in syntax.tokens_in(q.cue.start, q.cue.end):
        told = words.told_by.get(token.lemma.lower()) or words.told_by_stem.get(
            stem_of(token.text, syntax.language)
        )
        if told is not None:
            return told
    return None


def _are_one(text: str, participants: Participants, a: Span, b: Span) -> bool:
    """True for an office and the name of who holds it with a comma between them."""
    first, second = sorted((a, b))
    persons = [participants.names_a_person(first), participants.names_a_person(second)]
    return text[first.end : second.start].strip() == "," and sum(persons) == 1


def _in_marks(text: str, content: Span) -> bool:
    """True where an opening quotation mark stands right before it."""
    before = text[max(0, content.start - 2) : content.start].rstrip()
    return before[-1:] in _OPENING and bool(before)
