"""Sentences by rules: where a stop ends one, and where it belongs to an abbreviation, an initial or an ordinal.

Each line of the text ends a sentence, since intake has joined wrapped lines. A stop ends one unless what stands around
it says otherwise; both sides are looked at within fixed bounds, so the work is linear. Abbreviations and the languages
that write ordinals with a full stop are data (`languages/common/light.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.model import Language, Span
from dragoman.reading.light.words import light_words

LONGEST = 1_500
"""Code points of a sentence at the most; a longer one is cut at a space."""
_BACK = 24
"""Code points before a stop in which the word stands that it may belong to."""
_AHEAD = 12
"""Code points behind a stop in which the next word begins."""
_STOP = re.compile(r"[.!?…؟۔。！？｡][.!?…؟！？]*[\"'»”“’›)\]」』]{0,3}|\n")
_UNSPACED = frozenset("。！？｡")
"""Stops behind which no space is written."""
_WORD_BEFORE = re.compile(r"[\w.'’-]+$")
_ROMAN = re.compile(r"[IVXLC]+")


def split_sentences(text: str, language: Language) -> list[Span]:
    """The sentences of a text in order, without white space around them; together they hold every other sign of it."""
    spans: list[Span] = []
    begin = 0
    for match in _STOP.finditer(text):
        if match.group() == "\n" or _ends(text, match, language):
            spans += _trimmed(text, begin, match.end())
            begin = match.end()
    spans += _trimmed(text, begin, len(text))
    return spans


def _ends(text: str, stop: re.Match[str], language: Language) -> bool:
    signs = stop.group()
    if signs[0] in _UNSPACED:
        return True
    behind = text[stop.end() : stop.end() + _AHEAD]
    if behind and not behind[0].isspace():
        return False
    opening = next((c for c in behind if c.isalnum()), "")
    if opening.islower():
        return False
    if signs[0] != "." or signs.startswith(".."):
        return True
    return not _belongs(text[max(0, stop.start() - _BACK) : stop.start()], behind, signs, language)


def _belongs(before: str, behind: str, signs: str, language: Language) -> bool:
    """True for the stop of an abbreviation, an initial or an ordinal."""
    found = _WORD_BEFORE.search(before)
    if found is None or len(signs) > 1:
        return False
    word = found.group().lstrip("'’-.")
    last = word.rpartition(".")[2]
    if last.isdigit():
        return language in _ordinals() and len(last) <= 2 and not _opens(behind, language)
    if len(last) == 1 and last.isalpha():
        return last.isupper() or "." in word or last in _abbreviations(language)
    if word.casefold() in _abbreviations(language) or last.casefold() in _abbreviations(language):
        return True
    return language in _ordinals() and len(last) > 1 and _ROMAN.fullmatch(last) is not None


@cache
def _abbreviations(language: Language) -> frozenset[str]:
    listed = light_words().abbreviations
    return frozenset(word.casefold() for word in (*listed["all"], *listed.get(language, ())))


def _opens(behind: str, language: Language) -> bool:
    """True where what follows begins a sentence for certain, or nothing follows."""
    words = behind.split()
    return not words or words[0].strip("\"'«»„“”,.:;").casefold() in _openers(language)


@cache
def _openers(language: Language) -> frozenset[str]:
    return frozenset(light_words().sentence_openers.get(language, ()))


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(light_words().ordinals_with_stop)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretch without white space around it, in pieces where it is too long; none where it is empty."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield Span(start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)
