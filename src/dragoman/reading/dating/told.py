"""The dates of a text as it tells them: which are facts of the past, and which are still ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.model import Span
from dragoman.reading.syntax import Syntax, Tense, Token
from dragoman.reading.times import Spotted
from dragoman.reading.times.near import in_year
from dragoman.reading.times.periods import Period
from dragoman.reading.times.tense import governing_verb, is_predicate, own_tense, sets_term, tense_at
from dragoman.reading.times.words import time_words

_STEPS = 40
_TERMS = frozenset(("until", "by", "before"))
"""What a preposition makes the end of a term: it may be told in the past and lie ahead."""


@dataclass(frozen=True, slots=True)
class Told:
    """A date in the text with the tense it is told in, and the number of its sentence."""

    one: Spotted
    tense: Tense
    sentence: int

    @property
    def span(self) -> Span:
        return Span(self.one.start, self.one.end)

    @property
    def period(self) -> Period | None:
        """Its days, where it names its year."""
        return in_year(self.one, self.one.year) if self.one.year is not None else None


def told_dates(syntax: Syntax, spotted: tuple[Spotted, ...]) -> list[Told]:
    """The dates among the time expressions of a text, in order."""
    found = []
    for one in spotted:
        if one.kind == "date":
            inside = syntax.tokens_in(one.start, one.end)
            found.append(Told(one, tense_at(syntax, one.start, one.end), inside[0].sent if inside else 0))
    return found


def is_past_fact(syntax: Syntax, told: Told) -> bool:
    """True where the article tells what happened then: it is not before that date.

    Not so for the end of a term (*until May*), nor for the time of a plan, a purpose or something foreseen, which
    may be told in the past and still lie ahead (*signed a deal to deliver it in 2027*).
    """
    if told.one.role in _TERMS:
        return False
    lasting = told.one.role == "since" and told.tense in ("present", "none")
    return (told.tense == "past" or lasting) and not _looks_forward(syntax, told)


def is_ahead(syntax: Syntax, told: Told) -> bool:
    """True where the date is still to come as the article is written, for certain: *will meet in June 2024*."""
    if told.tense != "future" or told.one.role in _TERMS:
        return False
    verb = governing_verb(syntax, told.one.start, told.one.end)
    if verb is None or _is_bare_plan(syntax, verb):
        return False
    certain = time_words(syntax.language).tense.certain_helpers
    return any(
        _is_now(token) or token.lemma.lower() in certain
        for step in _up(syntax, verb)
        for token in (step, *_helpers(syntax, step))
    )


def _looks_forward(syntax: Syntax, told: Told) -> bool:
    """True where a plan, a bare infinitive or a noun that looks ahead stands between the date and its finite verb."""
    verb = governing_verb(syntax, told.one.start, told.one.end)
    nouns = time_words(syntax.language).tense.ahead_nouns
    if any(t.lemma.lower() in nouns for t in _path(syntax, told, verb)):
        return True
    if verb is None:
        return False
    for step in _up(syntax, verb):
        if sets_term(syntax, step):
            return True
        if own_tense(syntax, step) is not None:
            return False
        if step.morph.get("VerbForm") == "Inf":
            return True
    return False


def _path(syntax: Syntax, told: Told, verb: Token | None) -> Iterator[Token]:
    """The words from the date up to the verb that governs it."""
    token = syntax.head_of(told.one.start, told.one.end)
    for _ in range(_STEPS):
        if token is None or token.head == token.i or (verb is not None and token.i == verb.i):
            return
        token = syntax.tokens[token.head]
        yield token


def _up(syntax: Syntax, verb: Token) -> Iterator[Token]:
    """A predicate and those above it, up to the first with a tense of its own."""
    one: Token | None = verb
    for _ in range(_STEPS):
        if one is None:
            return
        yield one
        if one.head == one.i or (own_tense(syntax, one) is not None and not _is_infinitive(one)):
            return
        above = syntax.tokens[one.head]
        one = above if is_predicate(syntax, above) else governing_verb(syntax, above.start, above.end)


def _is_infinitive(token: Token) -> bool:
    return token.morph.get("VerbForm") == "Inf"


def _helpers(syntax: Syntax, verb: Token) -> list[Token]:
    return [t for t in syntax.children(verb.i) if t.dep.startswith(("aux", "cop"))]


def _is_now(token: Token) -> bool:
    """True for a finite present or future, seen from the day of writing; not for a conditional."""
    features = token.morph
    return (
        features.get("Tense") in ("Pres", "Fut")
        and features.get("VerbForm") == "Fin"
        and features.get("Mood") != "Cnd"
    )


def _is_bare_plan(syntax: Syntax, verb: Token) -> bool:
    """True for the date of a plan that is told in passing (*initially scheduled for November 2025*)."""
    if verb.morph.get("VerbForm") != "Part" or not sets_term(syntax, verb):
        return False
    return not _helpers(syntax, verb)
