"""Durations and ages, which are figures only where they measure something: a six-week war, a man of 32."""

from __future__ import annotations

from dragoman.reading.figures.bounds import Quantity
from dragoman.reading.figures.counted import UnitAfter
from dragoman.reading.figures.occasions import occasion_words
from dragoman.reading.figures.words import Lexicon, base
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Syntax, Token

_DAYS = {"days": 1.0, "weeks": 7.0}
_OLDEST = 125.0


def in_days(low: float | None, high: float | None, unit: str) -> tuple[float | None, float | None, str]:
    """Weeks as days. Months and years have no fixed number of days and stay as they are."""
    factor = _DAYS.get(unit)
    if factor is None:
        return low, high, unit
    return _by(low, factor), _by(high, factor), "days"


def _by(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def is_measured(
    syntax: Syntax, words: list[str], quantity: Quantity, unit: UnitAfter, lexicon: Lexicon
) -> bool:
    """True for a duration that says how long a thing is: `a six-week war`, `lasted 44 days`, `peine de dix ans`.

    A duration that only places a thing in time (`for three decades`, `two days later`) is a time.
    """
    token = syntax.tokens[unit.token]
    head = syntax.tokens[token.head]
    if any(_is_occasion(syntax, t, lexicon) for t in syntax.children(token.i, "nmod")):
        return True  # "44 days of fighting"
    if token.dep in ("compound", "amod", "nmod:poss") and head.pos in ("NOUN", "PROPN") and head.i > token.i:
        return base(head) not in lexicon.measure.nouns
    if token.dep == "nmod" and head.pos == "NOUN" and head.i < quantity.first:
        case = syntax.child(token.i, "case")
        is_long = case is None or case.text.lower() in lexicon.numbers.links
        lemma = base(head)
        calendar = _is_time_noun(head, lexicon) or lemma in lexicon.uncounted
        return is_long and not calendar and lemma not in lexicon.not_long and _plausible(quantity, unit)
    if head.pos in ("VERB", "AUX") and token.i > head.i and head.i != token.i:
        lemma = base(head)
        if lemma in lexicon.sentencing:
            return True
        return lemma in lexicon.lasting and _is_bare(syntax, token, lexicon)
    return False


def _is_occasion(syntax: Syntax, token: Token, lexicon: Lexicon) -> bool:
    """True for what days are spent in: *of fighting*."""
    case = syntax.child(token.i, "case")
    linked = case is None or case.text.lower() in lexicon.numbers.links
    return linked and base(token) in occasion_words(syntax.language).nouns


def _plausible(quantity: Quantity, unit: UnitAfter) -> bool:
    """False for a year of the calendar taken for a number of years."""
    return unit.unit != "years" or (quantity.low or quantity.high or 0.0) < 1000


def _is_time_noun(noun: Token, lexicon: Lexicon) -> bool:
    named = lexicon.unit.named.get(noun.text.lower())
    return named is not None and named[0] == "duration"


def _is_bare(syntax: Syntax, token: Token, lexicon: Lexicon) -> bool:
    case = syntax.child(token.i, "case")
    return case is None or case.text.lower() in lexicon.lasting_links


def age_of(
    syntax: Syntax,
    words: list[str],
    quantity: Quantity,
    unit: UnitAfter | None,
    names: Names,
    lexicon: Lexicon,
) -> int | None:
    """The end of an age (`aged 42`, `32-year-old`, `Anna Weber, 41,`, `un homme de 32 ans`), None for no age."""
    if quantity.high is None or quantity.high > _OLDEST or quantity.sign is not None:
        return None
    text = syntax.text
    years = unit is not None and unit.measure == "duration" and unit.unit == "years"
    if unit is not None and unit.measure == "age":
        return unit.end
    if years and unit is not None:
        if (old := _old_end(syntax, words, unit, lexicon)) is not None:
            return old
        if _follows(syntax, words, quantity, lexicon) or _of_person(syntax, quantity, unit, lexicon):
            return unit.end
    if unit is None or years:
        end = unit.end if unit else quantity.end
        if unit is None and _follows(syntax, words, quantity, lexicon):
            return end
        if (unit is not None or lexicon.age.bare) and _is_aside(text, quantity, end, names):
            return end
    return None


def _old_end(syntax: Syntax, words: list[str], unit: UnitAfter, lexicon: Lexicon) -> int | None:
    """The end of `years old`, `-year-old`; None where it does not follow."""
    at = unit.token + 1
    while at < len(words) and words[at] in ("-", "–"):
        at += 1
    said = lexicon.old.starting(words, at)
    return syntax.tokens[at + said[1] - 1].end if said else None


def _follows(syntax: Syntax, words: list[str], quantity: Quantity, lexicon: Lexicon) -> bool:
    """After `aged`, `at the age of`, also as a further one of a list: `aged 33, 34 and 39`."""
    at = quantity.left
    for _ in range(6):
        if lexicon.aged.ending(words, at):
            return True
        if at and (words[at - 1] in (",", *lexicon.numbers.glue) or words[at - 1].isdigit()):
            at -= 1
        else:
            return False
    return False


def _of_person(syntax: Syntax, quantity: Quantity, unit: UnitAfter, lexicon: Lexicon) -> bool:
    """`un homme de 32 ans`, `мужчина 32 лет`: a person with years for an attribute."""
    token = syntax.tokens[unit.token]
    head = syntax.tokens[token.head]
    if token.dep in ("nmod", "amod", "appos") and head.pos in ("NOUN", "PROPN") and head.i < quantity.first:
        kind = lexicon.measure.nouns.get(base(head))
        lemma = base(head)
        if lemma in lexicon.age.nouns or (lexicon.age.endings and lemma.endswith(lexicon.age.endings)):
            return True
        return kind is not None and kind.unit == "people"
    return False


def _is_aside(text: str, quantity: Quantity, end: int, names: Names) -> bool:
    """After a person's name, between commas or in brackets: `Anna Weber, 41, said`, `Anna Weber (41)`."""
    at = quantity.start
    while at and text[at - 1] == " ":
        at -= 1
    if not at or text[at - 1] not in ",(":
        return False
    closing = text[end : end + 1]
    if (text[at - 1] == "(" and closing != ")") or closing not in (",", ")", ".", ";", ""):
        return False
    mention = names.at(at - 2) if at > 1 else None
    if mention is None or mention.end < at - 1:
        return False
    return any(names.entities[e].type == "person" for e in mention.entities)
