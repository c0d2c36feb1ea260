"""What a sentence leaves to its surroundings: who a pronoun or a bare role at its opening is, which day "Monday" was.

Each is shown in square brackets, in words that the article has, with their span; a day or a year as a number.
"""

from __future__ import annotations

import re

from dragoman.linking.days import day_number, iso_day
from dragoman.linking.entries.sentences import Sentence
from dragoman.linking.sources import Library
from dragoman.model import Context, Mention, Reading, TimeMention

OPENING = 12
"""Characters of a sentence within which whoever it is about is named, or must be."""

_DIGITS = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def names_left_out(library: Library, sentence: Sentence) -> tuple[Context, ...]:
    """The name of the one whom a pronoun or a bare role at the opening stands for, where the reading knows it."""
    reading = library.reading(sentence.article)
    span = sentence.span
    mentions = library.mentions(sentence.article, span)
    first = next((m for m in mentions if m.start - span.start <= OPENING), None)
    if first is None or first.kind not in ("pronoun", "role") or len(first.entities) != 1:
        return ()
    of = first.entities[0]
    if any(of in m.entities for m in mentions if m.kind == "name"):
        return ()  # named further on in the same sentence
    if not _is_sure(library, sentence, first, of):
        return ()
    written = _as_written(reading, of, span.start)
    if written is None:
        return ()
    return (
        Context(
            kind="name",
            at=first.end,
            text=" ".join(written.text.split()),
            article=sentence.article,
            start=written.start,
            end=written.end,
        ),
    )


def _is_sure(library: Library, sentence: Sentence, mention: Mention, of: int) -> bool:
    """A wrong name is worse than none: a person whose role it is, or the only one whom the sentence before names."""
    reading = library.reading(sentence.article)
    if reading.entities[of].type != "person":
        return False
    if mention.kind == "role":
        said = mention.text.casefold()
        follows = library.article(sentence.article).text[mention.end : mention.end + 2].strip()
        return not follows[:1].islower() and any(
            r.title and r.title.casefold() in said for r in reading.entities[of].roles
        )
    if sentence.number == 0:
        return False
    before = library.mentions(sentence.article, reading.sentences[sentence.number - 1])
    people = {e for m in before for e in m.entities if reading.entities[e].type == "person"}
    return people == {of}


def _as_written(reading: Reading, entity: int, before: int) -> Mention | None:
    """The fullest form in which the article names it, before a place if it does so there, the nearest such."""
    names = [m for m in reading.mentions if m.kind == "name" and m.entities == (entity,)]
    earlier = [m for m in names if m.start < before]
    return max(earlier or names, key=lambda m: (len(m.text), m.start), default=None)


def days_left_out(library: Library, sentence: Sentence, start: int | None) -> tuple[Context, ...]:
    """The day or year of each expression that leaves it to the context, where it is not that of the line's own day."""
    reading = library.reading(sentence.article)
    text = library.article(sentence.article).text
    found = []
    for time in reading.times:
        if not sentence.span.start <= time.start < sentence.span.end or time.first is None:
            continue
        if time.first != time.last or time.type != "DATE":
            continue
        said = text[time.start : time.end]
        day = day_number(time.first)
        if day is None or day == start or _YEAR.search(said):
            continue
        if not _DIGITS.search(said):
            found.append(_bracket("day", sentence, time, time.first))
        elif start is None or (iso_day(start) or "")[:4] != time.first[:4]:
            found.append(_bracket("year", sentence, time, time.first[:4]))
    return tuple(found)


def _bracket(kind: str, sentence: Sentence, time: TimeMention, text: str) -> Context:
    return Context(
        kind="day" if kind == "day" else "year",
        at=time.end,
        text=text,
        article=sentence.article,
        start=time.anchor.start if time.anchor else None,
        end=time.anchor.end if time.anchor else None,
    )
