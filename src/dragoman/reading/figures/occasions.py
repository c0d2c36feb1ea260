"""What the dead, the wounded and the displaced are told of: the war, the attack, the accident.

Words are data (`languages/<language>/occasions.yaml`). A figure is told of the occasion that its own clause
names; a toll without one, of the one that the sentences right before it name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from msgspec.structs import replace as with_fields

from dragoman.languages import words_of
from dragoman.languages.schema.figures import Occasions
from dragoman.model import FigureMention, Language, Occasion, Span, TimeMention, When
from dragoman.reading.figures.words import base
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Syntax, Token

TOLLS = frozenset({"fatalities", "wounded", "missing", "casualties", "hospitalised"})
"""Measures that are told of an occasion even where their own sentence does not name it."""

TOLD_OF = TOLLS | {"displaced", "refugees", "captured"}

BEFORE = 2
"""Sentences before that of a toll in which its occasion may be named."""

COARSE = 28
"""Days from which a time in a sentence is no day of reporting, but when the thing was."""

_DAYS_OF = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.44, "years": 365.25}
_ASIDE = frozenset({"acl:relcl", "conj", "cc", "punct", "parataxis", "appos", "ccomp"})
_BESIDE = ("nsubj", "nsubj:pass", "obj", "obl", "obl:arg", "obl:mod", "obl:agent", "nmod", "advcl")
_CORE = frozenset(
    {
        "nsubj",
        "nsubj:pass",
        "obj",
        "nmod",
        "nummod",
        "nummod:gov",
        "conj",
        "appos",
        "obl:arg",
        "det",
        "advmod",
    }
)
_LONGEST = 40


class Words(Occasions, frozen=True, kw_only=True, dict=True):
    """One language's words, as its data file explains them; nouns and verbs with their kind."""

    @cached_property
    def nouns(self) -> dict[str, str]:
        return {word: kind for kind, words in self.kinds.items() for word in words.nouns}

    @cached_property
    def verbs(self) -> dict[str, str]:
        return {word: kind for kind, words in self.kinds.items() for word in words.verbs}


@cache
def occasion_words(language: Language) -> Words:
    return words_of(Words, language, "occasions")


@dataclass(frozen=True, slots=True)
class _Named:
    """An occasion where the words name it. `fresh`: brought in as new, so not one spoken of before."""

    token: Token
    occasion: Occasion
    fresh: bool


def tell_occasions(
    syntax: Syntax, times: tuple[TimeMention, ...], names: Names, figures: tuple[FigureMention, ...]
) -> tuple[FigureMention, ...]:
    """The same figures, those of people with the occasion that they are told of."""
    if not any(f.measure in TOLD_OF for f in figures):
        return figures
    named = _Reader(syntax, times, names, figures).named()
    at = {n.token.i: n for n in named}
    starts = [n.token.i for n in named]
    told = []
    for figure in figures:
        found = None
        if figure.measure in TOLD_OF and (token := _head(syntax, figure)) is not None:
            found = _in_clause(syntax, token, at)
            if found is None and figure.measure in TOLLS:
                if _is_news(syntax, token):
                    found = _before(syntax, token, named, starts)
                else:
                    figure = with_fields(figure, part=True)
        told.append(with_fields(figure, occasion=found.occasion) if found else figure)
    return tuple(told)


# --- where occasions are named ----------------------------------------------------------------------


class _Reader:
    """Finds the occasions that one text names."""

    def __init__(
        self,
        syntax: Syntax,
        times: tuple[TimeMention, ...],
        names: Names,
        figures: tuple[FigureMention, ...],
    ) -> None:
        self.syntax = syntax
        self.names = names
        self.words = occasion_words(syntax.language)
        self.dates = [t for t in times if t.first and t.last and t.type in ("DATE", "TIME")]
        self.starts = [t.start for t in self.dates]
        self.durations = [f for f in figures if f.measure == "duration" and f.low == f.high]

    def named(self) -> list[_Named]:
        """All of them, in order; one that only takes up another has its time and places."""
        found: list[_Named] = []
        last: dict[str, _Named] = {}
        for token in self.syntax.tokens:
            kind = self._kind(token)
            if kind is None:
                continue
            one = self._name(token, kind)
            before = last.get(kind)
            if before is not None and not one.fresh and not _is_told(one.occasion):
                taken = with_fields(
                    one.occasion,
                    when=before.occasion.when,
                    lasting=before.occasion.lasting,
                    entities=one.occasion.entities or before.occasion.entities,
                )
                one = replace(one, occasion=taken)
            found.append(one)
            if before is None or _is_told(one.occasion):
                last[kind] = one
        return found

    def _kind(self, token: Token) -> str | None:
        lemma = base(token)
        if token.pos == "VERB":
            return self.words.verbs.get(lemma)
        if token.pos not in ("NOUN", "PROPN"):
            return None
        kind = self.words.nouns.get(lemma)
        if kind is None:
            return None
        above = self.syntax.tokens[token.head]
        if token.dep == "compound" and above.pos in ("NOUN", "PROPN") and above.i == token.i + 1:
            return None  # "war crimes"
        near = (t for t in self.syntax.children(token.i) if t.dep in ("compound", "amod", "nmod"))
        return None if any(base(t) in self.words.not_of for t in near) else kind

    def _name(self, token: Token, kind: str) -> _Named:
        syntax = self.syntax
        phrase = syntax.span(syntax.subtree(token.i, _ASIDE))
        sentence = syntax.sentences[token.sent].span
        return _Named(
            token,
            Occasion(
                start=token.start,
                end=token.end,
                kind=kind,
                when=self._when(token, phrase, sentence),
                lasting=self._lasting(token, phrase),
                entities=self._areas(phrase) or self._areas(sentence),
            ),
            fresh=any(base(t) in self.words.new for t in syntax.children(token.i, "det", "nummod")),
        )

    def _areas(self, stretch: Span) -> tuple[int, ...]:
        """States and places named in a stretch."""
        here = (e for m in self.names.within(*stretch) for e in m.entities)
        return tuple(dict.fromkeys(e for e in here if self.names.entities[e].type in ("state", "place")))

    def _dates_in(self, stretch: Span) -> list[TimeMention]:
        return self.dates[bisect_left(self.starts, stretch.start) : bisect_left(self.starts, stretch.end)]

    def _when(self, token: Token, phrase: Span, sentence: Span) -> When | None:
        """Its time: in its phrase, else beside the verb that tells of it, else the one long time of the sentence."""
        own = self._dates_in(phrase)
        here = self._dates_in(sentence)
        verb = self._verb(token)
        beside = [t for t in here if verb is not None and self._verb_of(t) == verb]
        long = [t for t in here if _days(t) >= COARSE]
        for told in (own, beside, long if len(here) == 1 else []):
            if told:
                t = told[0]
                return When(start=t.first, end=t.last, basis=t.basis, why=t.why, span=Span(t.start, t.end))
        return None

    def _verb_of(self, time: TimeMention) -> int | None:
        head = self.syntax.head_of(time.start, time.end)
        return self._verb(head) if head is not None else None

    def _verb(self, token: Token) -> int | None:
        """The verb that a token hangs on, or the token itself where it is one."""
        for _ in range(_LONGEST):
            if token.pos == "VERB":
                return token.i
            if token.head == token.i:
                return None
            token = self.syntax.tokens[token.head]
        return None

    def _lasting(self, token: Token, phrase: Span) -> float | None:
        """How many days it lasted: *a six-week war*, *44 days of fighting*."""
        above = self.syntax.tokens[token.head]
        for figure in self.durations:
            span = Span(figure.start, figure.end)
            measures = figure.start <= above.start < figure.end and token.dep == "nmod"
            measures = measures or token.start - 1 <= figure.end <= token.start
            if (phrase.holds(span) or measures) and figure.low and (figure.unit or "") in _DAYS_OF:
                return figure.low * _DAYS_OF[figure.unit or ""]
        return None


def _is_told(occasion: Occasion) -> bool:
    """True where the words say when it was or how long it lasted."""
    return occasion.when is not None or occasion.lasting is not None


def _days(time: TimeMention) -> int:
    if not time.first or not time.last:
        return 0
    return (date.fromisoformat(time.last) - date.fromisoformat(time.first)).days + 1


# --- what a figure is told of -----------------------------------------------------------------------


def _head(syntax: Syntax, figure: FigureMention) -> Token | None:
    start, end = figure.counted or (figure.start, figure.end)
    return syntax.head_of(start, end)


def _in_clause(syntax: Syntax, token: Token, at: Mapping[int, _Named]) -> _Named | None:
    """The nearest occasion among what the figure hangs on and what hangs there beside it."""
    below = token
    for above in _upward(syntax, token):
        if above.i != token.i and above.i in at:
            return at[above.i]
        if above.dep in ("acl:relcl", "acl") and above.pos == "VERB" and syntax.tokens[above.head].i in at:
            return at[above.head]
        beside = [
            t
            for child in syntax.children(above.i, *_BESIDE)
            if child.i != below.i
            for t in (child, *syntax.children(child.i, "nmod", "obl"))
            if t.i in at
        ]
        if beside:
            return at[min(beside, key=lambda t: abs(t.i - token.i)).i]
        below = above
    return None


def _is_news(syntax: Syntax, token: Token) -> bool:
    """False for a toll that only serves as a reason or a circumstance (*explained it with the deaths of six*)."""
    for above in _upward(syntax, token):
        says = above.i != token.i and above.pos in ("VERB", "AUX", "ADJ")
        if says or above.head == above.i:
            return True
        if above.dep not in _CORE:
            return False
    return True


def _upward(syntax: Syntax, token: Token) -> Iterator[Token]:
    """A token and what it hangs on, up to the end of its clause; a relative clause goes on to its noun."""
    for _ in range(_LONGEST):
        yield token
        if token.head == token.i or token.dep in ("ccomp", "parataxis", "csubj"):
            return
        if token.pos == "VERB" and token.dep in ("conj", "advcl"):
            return
        token = syntax.tokens[token.head]


def _before(syntax: Syntax, token: Token, named: list[_Named], starts: list[int]) -> _Named | None:
    """The last occasion named in the sentences right before, where they name those of one kind."""
    first = syntax.sentences[max(0, token.sent - BEFORE)].first
    past = syntax.sentences[token.sent].first
    for sentence in range(token.sent - 1, token.sent - BEFORE - 1, -1):
        if sentence < 0:
            break
        first = syntax.sentences[sentence].first
        here = named[bisect_left(starts, first) : bisect_left(starts, past)]
        if here:
            return here[-1] if len({n.occasion.kind for n in here}) == 1 else None
        past = first
    return None
