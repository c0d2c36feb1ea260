"""Names of a text without a parser: what the gazetteer knows, towns by their form, persons behind a title.

An entity has only a type that something tells: the gazetteer, the list of towns, or the title before a run of
capitalised words. Other runs are no entities.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dragoman.gazetteer.names import entries
from dragoman.model import Language, Span
from dragoman.reading.light.gazetteer import Known, adjectives_of, find_known, find_town
from dragoman.reading.light.words import light_words
from dragoman.reading.marks import Names
from dragoman.reading.names.drafts import Draft, Roster
from dragoman.reading.syntax import Syntax, Token

_QUOTES = frozenset("\"«»„“”'‘:")
_LONGEST_RUN = 5
"""Words of a run of capitalised words."""


def find_light_names(syntax: Syntax) -> Names:
    """The states, organisations, towns and titled persons of a text, with where they are named."""
    roster = Roster(syntax.text)
    taken: set[int] = set()
    for known in find_known(syntax):
        taken.update(range(known.first, known.past))
        _mention(syntax, roster, known.first, known.past, _draft(roster, known), "name in the gazetteer")
    _adjectives(syntax, roster, taken)
    _persons(syntax, roster, taken)
    _towns(syntax, roster, taken)
    return roster.names()


def _draft(roster: Roster, known: Known) -> Draft:
    entry = known.entry
    return roster.keyed(entry.key, entry.type, entry.name, entry.country)


def _mention(syntax: Syntax, roster: Roster, first: int, past: int, draft: Draft, rule: str) -> None:
    span = syntax.span(list(range(first, past)))
    draft.add_form(syntax.text[span.start : span.end])
    roster.mention(span, first, (draft,), "name", rule)


def _adjectives(syntax: Syntax, roster: Roster, taken: set[int]) -> None:
    """Adjectives of states name the state (*russische Truppen*): in small letters, or where they open a sentence."""
    known = adjectives_of(syntax.language)
    opens = {s.first for s in syntax.sentences}
    for token in syntax.tokens if known else ():
        key = known.get(token.lemma)
        if key is None or token.i in taken or (token.text[0].isupper() and token.i not in opens):
            continue
        entry = entries()[key]
        draft = roster.keyed(key, "state", entry.name, entry.country)
        roster.mention(Span(token.start, token.end), token.i, (draft,), "demonym", "adjective of a state")
        taken.add(token.i)


# --- persons


def _persons(syntax: Syntax, roster: Roster, taken: set[int]) -> None:
    """Runs behind a title; the last word of such a name alone is the same person later on."""
    titles, offices = _listed("titles", syntax.language), _listed("offices", syntax.language)
    surnames: dict[str, Draft] = {}
    if not titles:
        return
    i = 0
    while i < len(syntax.tokens):
        token = syntax.tokens[i]
        past = _run_past(syntax, i, len(syntax.tokens)) if i not in taken else i
        before = _title_before(syntax, i)
        titled = before in titles or (before in offices and past - i > 1)
        if past > i and titled and _is_free(syntax, i, past, taken):
            name = " ".join(syntax.text[slice(*syntax.span(list(range(i, past))))].split())
            last = syntax.tokens[past - 1].lemma
            draft = surnames.get(last) or roster.add(Draft("person", name))
            surnames.setdefault(last, draft)
            if len(name) > len(draft.name):
                draft.name = name
            _mention(syntax, roster, i, past, draft, "capitalised behind a title")
            taken.update(range(i, past))
            i = past
            continue
        if token.lemma in surnames and token.text[0].isupper() and i not in taken:
            _mention(syntax, roster, i, i + 1, surnames[token.lemma], "name of a person told before")
            taken.add(i)
        i += 1


def _is_free(syntax: Syntax, first: int, past: int, taken: set[int]) -> bool:
    """True for a run that nothing else has taken and that is no abbreviation."""
    words = syntax.tokens[first:past]
    return not taken.intersection(range(first, past)) and not any(
        t.text.isupper() and len(t.text) > 1 for t in words
    )


def _title_before(syntax: Syntax, i: int) -> str:
    """The word before a token in lower case, with what a hyphen or apostrophe joins to it; "" for none."""
    j = i - 1
    if j < 0 or syntax.tokens[j].sent != syntax.tokens[i].sent:
        return ""
    start = syntax.tokens[j].start
    while j > 1 and syntax.tokens[j - 1].text in "-'’ʼ" and syntax.tokens[j - 1].end == start:
        j -= 2
        start = syntax.tokens[j].start
    return syntax.text[start : syntax.tokens[i - 1].end].lower().replace("’", "'").replace("ʼ", "'")


@cache
def _listed(name: str, language: Language) -> frozenset[str]:
    return frozenset(getattr(light_words(), name).get(language, ()))


@cache
def _particles() -> frozenset[str]:
    return frozenset(light_words().particles)


def _run_past(syntax: Syntax, first: int, limit: int) -> int:
    """Where a run of capitalised words that begins at a token ends; `first` itself where none begins."""
    past, i = first, first
    while i < limit and i - first < _LONGEST_RUN and syntax.tokens[i].sent == syntax.tokens[first].sent:
        token = syntax.tokens[i]
        if token.text[0].isupper():
            past = i + 1
        elif not (past > first and (token.lemma in _particles() or _joins(syntax, token))):
            break
        i += 1
    return past


def _joins(syntax: Syntax, token: Token) -> bool:
    """A hyphen or apostrophe inside a word."""
    return token.text in "-'’ʼ" and syntax.text[token.end : token.end + 1].isalpha()


# --- towns


def _towns(syntax: Syntax, roster: Roster, taken: set[int]) -> None:
    behind = _listed("place_after", syntax.language)
    adjectival = tuple(_listed("adjectival", syntax.language))
    for token in _capitalised(syntax, taken):
        before = syntax.tokens[token.i - 1]
        if behind and before.lemma not in behind:
            continue
        if _part_of_run(syntax, token, behind) or (adjectival and token.lemma.endswith(adjectival)):
            continue
        town = find_town(token, syntax.language)
        if town is None:
            continue
        draft = roster.keyed(town.key, "place", town.name, town.country)
        _mention(syntax, roster, token.i, token.i + 1, draft, "town by its name")


def _capitalised(syntax: Syntax, taken: set[int]) -> Iterator[Token]:
    """Capitalised words that do not open their sentence or a quotation, in order."""
    opens = {s.first for s in syntax.sentences} | {t.i + 1 for t in syntax.tokens if t.text in _QUOTES}
    for token in syntax.tokens:
        if token.i not in taken and token.i not in opens and token.text[0].isupper():
            yield token


def _part_of_run(syntax: Syntax, token: Token, behind: frozenset[str]) -> bool:
    """True beside another capitalised word, where it may be part of a longer name; not behind a preposition."""
    beside = [syntax.tokens[j] for j in (token.i - 1, token.i + 1) if 0 <= j < len(syntax.tokens)]
    return any(
        t.sent == token.sent
        and (t.text[0].isupper() or t.text in "-'’ʼ")
        and not (t.i < token.i and t.lemma in behind)
        for t in beside
    )
