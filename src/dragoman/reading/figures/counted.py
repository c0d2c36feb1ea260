"""What a quantity counts: its unit, or the noun after it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Mention
from dragoman.reading.figures.bounds import Quantity
from dragoman.reading.figures.words import Kind, Lexicon, base
from dragoman.reading.marks import Names
from dragoman.reading.syntax import Syntax, Token

_FARTHEST = 9
_MODIFIER = frozenset({"ADJ", "ADV", "DET", "PRON", "NUM", "PART", "X", "SYM"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_DASHES = frozenset("-–—‑")


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun phrase that a quantity counts.

    Attributes:
        head: Token of the noun.
        past: First token after the phrase.
        kind: What the noun says, None where it is in no list.
        state: Measure by an adjective or participle before the noun ("20 wounded soldiers"), or None.
    """

    head: int
    past: int
    kind: Kind | None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class UnitAfter:
    """A unit after (or a sign before) a number, with the token of its last word."""

    measure: str
    unit: str
    end: int
    token: int


def unit_of(syntax: Syntax, quantity: Quantity, lexicon: Lexicon) -> UnitAfter | None:
    """The unit of a quantity, or None."""
    if quantity.sign is not None:
        return UnitAfter("money", quantity.sign, quantity.end, quantity.past - 1)
    text, end = syntax.text, quantity.end
    match = lexicon.unit.after.match(text, end)
    if match is None and quantity.number.past < quantity.past:
        end = quantity.number.end
        match = lexicon.unit.after.match(text, end)
    start = end
    if match is None and quantity.shape in ("open", "round", "words", "digits"):
        # "3 milliards d'euros", "hundreds of miles"
        at = quantity.past
        while (
            at < len(syntax.tokens)
            and at < quantity.past + 2
            and syntax.tokens[at].text.lower() in lexicon.numbers.links
        ):
            at += 1
        if quantity.past < at < len(syntax.tokens):
            start = syntax.tokens[at].start
            match = lexicon.unit.after.match(text, start)
    if match is None:
        return None
    form = " ".join(match[1].lower().split())
    if form in lexicon.unit.named:
        measure, unit = lexicon.unit.named[form]
    else:
        return None
    at = quantity.past - 1
    while at + 1 < len(syntax.tokens) and syntax.tokens[at + 1].start < match.end():
        at += 1
    return UnitAfter(measure, unit, match.end(), at)


def noun_of(
    syntax: Syntax, words: list[str], quantity: Quantity, names: Names, lexicon: Lexicon
) -> Counted | None:
    """The noun that a quantity counts, looked for to the right of it; None where none is near."""
    at = _after_links(syntax, words, quantity, lexicon)
    limit = min(len(words), at + _FARTHEST, syntax.sentences[syntax.tokens[quantity.first].sent].past)
    limit = _line_end(syntax, quantity, limit)
    state: str | None = None
    stated_at: int | None = None
    hyphened = quantity.shape in ("digits", "words") and at < limit and words[at] in _DASHES
    if hyphened:
        return _compound_of(syntax, words, at + 1, limit, lexicon)
    while at < limit:
        token = syntax.tokens[at]
        word = words[at]
        if token.text[0].isdigit():
            break
        if word in lexicon.auxiliaries and word not in lexicon.measure.nouns:
            break
        kind, past = _kind_at(syntax, words, at, limit, lexicon)
        if token.pos in _NOMINAL or (kind is not None and not _modifies(syntax, token, at, limit)):
            if token.pos in _NOMINAL and past == at + 1 and _is_compound(syntax, token, at, limit):
                at += 1
                continue
            if token.pos == "PROPN" and kind is None:
                kind = _people_by_name(names, token)
                if kind is None and not _goes_on(syntax, token, at, limit):
                    return None
            kind = kind or _people_by_name(names, token)
            if kind is None and _is_uncounted(token, word, lexicon):
                return None
            return Counted(past - 1, past, kind, state)
        told = measure_state(token, word, lexicon)
        if told is not None:
            if not _modifies(syntax, token, at, limit):
                return Counted(at, at + 1, Kind(told, "people"), None)
            state, stated_at = told, at
        if _ends_phrase(syntax, token, word, at, limit) or (token.pos == "NUM" and at > quantity.past):
            break
        at += 1
    if state is not None and stated_at is not None:
        return Counted(stated_at, stated_at + 1, Kind(state, "people"), None)
    return None


def _ends_phrase(syntax: Syntax, token: Token, word: str, at: int, limit: int) -> bool:
    """True where no noun that is counted can come any more: a verb, or what modifies none."""
    if token.pos == "VERB":
        return not _modifies(syntax, token, at, limit)
    return token.pos not in _MODIFIER and word not in _DASHES and word not in "«»“”\"'"


def _line_end(syntax: Syntax, quantity: Quantity, limit: int) -> int:
    """The first token after a line break, or `limit`: a headline does not go on in the text."""
    for at in range(quantity.past, limit):
        if "\n" in syntax.text[syntax.tokens[at - 1].end : syntax.tokens[at].start]:
            return at
    return limit


def _compound_of(syntax: Syntax, words: list[str], at: int, limit: int, lexicon: Lexicon) -> Counted | None:
    """The noun of a hyphened compound (`a 300-seat parliament`), where it has a measure of its own."""
    if at >= limit:
        return None
    kind, past = _kind_at(syntax, words, at, limit, lexicon)
    return Counted(past - 1, past, kind) if kind is not None and not kind.person else None


def _is_uncounted(token: Token, word: str, lexicon: Lexicon) -> bool:
    """True for nouns of the calendar and the clock, and such as `time`, `fois`: their number is no count."""
    return word in lexicon.uncounted or base(token) in lexicon.uncounted


def measure_state(token: Token, word: str, lexicon: Lexicon) -> str | None:
    """The measure that an adjective or a past participle says: `wounded`, `tués`, `погибших`."""
    states = lexicon.measure.states
    told = states.get(word) or states.get(base(token))
    if told is None and token.pos == "VERB" and token.morph.get("VerbForm") == "Part" and _is_past(token):
        lemma = base(token)
        told = lexicon.measure.done_to.get(lemma) if _is_passive(token) else None
        told = told or lexicon.measure.does.get(lemma)
    return told


def _is_past(token: Token) -> bool:
    return token.morph.get("Tense", "Past") != "Pres" and token.morph.get("Aspect") != "Prog"


def _is_passive(token: Token) -> bool:
    return token.morph.get("Voice", "Pass") != "Act"


def _after_links(syntax: Syntax, words: list[str], quantity: Quantity, lexicon: Lexicon) -> int:
    """The token after `of the` and the like, where the number may take it."""
    at = quantity.past
    heavy = quantity.shape in ("open", "round", "fraction") or quantity.number.scale >= 1_000_000
    if at < len(words) and (heavy or words[at] in lexicon.numbers.fraction_links):
        step = at
        while step < len(words) and step < at + 2 and words[step] in lexicon.numbers.links:
            step += 1
        if step > at:
            return step
    return at


def _kind_at(
    syntax: Syntax, words: list[str], at: int, limit: int, lexicon: Lexicon
) -> tuple[Kind | None, int]:
    """What the word or the two words at a place say as a counted noun, and where they end."""
    nouns = lexicon.measure.nouns
    if at + 2 < limit and (kind := nouns.get(" ".join(words[at : at + 3]))):
        return kind, at + 3
    if at + 1 < limit:
        for first in (words[at], base(syntax.tokens[at])):
            for second in (words[at + 1], base(syntax.tokens[at + 1])):
                if kind := nouns.get(f"{first} {second}"):
                    return kind, at + 2
    token = syntax.tokens[at]
    kind = nouns.get(words[at]) or nouns.get(base(token)) or nouns.get(_singular(words[at]))
    return kind, at + 1


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def _modifies(syntax: Syntax, token: Token, at: int, limit: int) -> bool:
    """True where a word stands before a noun that it describes: `wounded` in *20 wounded soldiers*."""
    if (
        token.dep in ("amod", "compound", "det", "acl", "nmod", "nummod", "advmod")
        and at < token.head < limit
    ):
        return syntax.tokens[token.head].pos in _NOMINAL
    return False


def _is_compound(syntax: Syntax, token: Token, at: int, limit: int) -> bool:
    """True for a noun before the noun that it specifies: `border` in *four border villages*."""
    if at + 1 >= limit:
        return False
    after = syntax.tokens[at + 1]
    if after.text in _DASHES and at + 2 < limit:
        return True
    return token.dep in ("compound", "nmod:poss", "amod", "flat", "flat:name") and at < token.head < limit


def _goes_on(syntax: Syntax, token: Token, at: int, limit: int) -> bool:
    return at < token.head < limit and syntax.tokens[token.head].pos in _NOMINAL


def _are_people(names: Names, mention: Mention) -> bool:
    if mention.kind == "demonym":
        return True
    return mention.kind == "nominal" and all(names.entities[e].type == "group" for e in mention.entities)


def _people_by_name(names: Names, token: Token) -> Kind | None:
    """People for a plural demonym (`120,000 Armenians`)."""
    mention = names.at(token.start)
    if mention is not None and _are_people(names, mention):
        return Kind("count", "people", person=True)
    if mention is None and token.pos == "PROPN" and token.morph.get("Number") == "Plur":
        return Kind("count", "people", person=True)
    return None


def owner_of(syntax: Syntax, names: Names, start: int, end: int, head: int | None) -> int | None:
    """The one entity named inside the phrase (`Russian` in *2,000 Russian peacekeepers*), or None."""
    owners: set[int] = set()
    for mention in _inside(names, start, end):
        if (
            head is not None
            and mention.start <= syntax.tokens[head].start < mention.end
            and mention.kind == "nominal"
        ):
            owners.update(mention.entities)
        elif len(mention.entities) == 1:
            owners.add(mention.entities[0])
    return owners.pop() if len(owners) == 1 else None


def _inside(names: Names, start: int, end: int) -> list[Mention]:
    return [m for m in names.within(start, end) if m.kind in ("name", "demonym", "nominal")]
