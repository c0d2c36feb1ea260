"""What each part of a query may be met by in a case: words, names in other spellings, kinds of event, days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import sqlalchemy as sa

from dragoman.naming.blocking import surname_keys
from dragoman.naming.declension import stem
from dragoman.naming.likeness import likeness
from dragoman.store import lookup
from dragoman.store.lookup import Wanted
from dragoman.store.questions import briefs
from dragoman.store.words import fold
from dragoman.telling.search.meaning import Meaning, all_stems, meaning_of
from dragoman.telling.search.query import Part

WRITTEN, NAMED, IN_PERIOD, OF_KIND, RELATED, IN_PART = 1.0, 0.9, 0.8, 0.7, 0.6, 0.4
"""What a hit weighs: the word itself; a name in another form; the days; the kind of event; a word that means
the same; a part of a longer name."""

ALIKE = 0.8
"""Likeness by sound from which on a word that nobody wrote is taken for one of a name."""
SAME_NAME = 0.64
"""Likeness from which on a word of another form of one name is the same word, see `naming.same`."""
MOST_NAMES = 60
LEAST_INITIALS = 3
SHORTEST, LONG = 4, 9
"""Letters of a word of which a slip is mended; from which on two are."""


class Named(NamedTuple):
    """An actor or a place as lists have it, since its record may be long; its forms are in small letters."""

    id: str
    name: str
    type: str
    forms: Sequence[str]


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a query with all that meets it.

    Attributes:
        ways: What a hit of each condition weighs.
        written: Stems under which the texts of articles hold it.
        names: Ids of actors and places that it names.
        taken: What it was taken for, where nothing is written so.
    """

    part: Part
    ways: tuple[tuple[float, Wanted], ...]
    written: frozenset[str]
    names: tuple[str, ...] = ()
    taken: str | None = None


def term_of(connection: sa.Connection, part: Part) -> Term:
    """All that meets a part of a query in this case."""
    if part.period:
        days = Wanted(first=part.period.first, last=part.period.last)
        stems = frozenset(s for word in part.words for s in all_stems(word))
        year = Wanted(lookup.expression(stems)) if len(part.words) == 1 else Wanted()
        return Term(part, ((IN_PERIOD, days), (IN_PERIOD, year)), stems)
    if len(part.words) > 1:
        return _phrase(part)
    word = part.words[0]
    found = _word(connection, part, word)
    if found.names or lookup.has_words(connection, found.written):
        return found
    return _by_sound(connection, part, word) or _by_spelling(connection, part, word) or found


def _phrase(part: Part) -> Term:
    """All of its words; whether they stand in a row is told by the text itself, see `finding`."""
    each = [lookup.expression(all_stems(word)) for word in part.words]
    whole = Wanted(" AND ".join(f"({one})" for one in each))
    return Term(part, ((WRITTEN, whole),), frozenset(s for w in part.words for s in all_stems(w)))


def _word(connection: sa.Connection, part: Part, word: str) -> Term:
    meaning = meaning_of(word)
    ids = lookup.names_with(connection, all_stems(word))
    spelled_out = False
    if not ids and word.isupper() and len(word) >= LEAST_INITIALS:
        ids = lookup.names_of_initials(connection, word)
        spelled_out = bool(ids)
    return _term(part, word, meaning, _named(connection, ids), spelled_out=spelled_out)


def _term(
    part: Part,
    word: str,
    meaning: Meaning,
    names: Sequence[Named],
    taken: str | None = None,
    spelled_out: bool = False,
) -> Term:
    own = meaning.stems
    whole = [n for n in names if spelled_out or _is_whole(n, own)]
    partly = [n for n in names if n not in whole]
    spelled = frozenset(s for n in whole for s in _spellings(n, word)) - own
    ways = [(WRITTEN, Wanted(lookup.expression(own)))]
    if whole:
        ways.append((NAMED, Wanted(lookup.expression(spelled), tuple(n.id for n in whole[:MOST_NAMES]))))
    if partly:
        ways.append((IN_PART, Wanted(actors=tuple(n.id for n in partly[:MOST_NAMES]))))
    if meaning.codes:
        ways.append((OF_KIND, Wanted(codes=tuple(sorted(meaning.codes, key=str)))))
    if meaning.related:
        ways.append((RELATED, Wanted(lookup.expression(meaning.related))))
    return Term(part, tuple(ways), own | spelled | meaning.related, tuple(n.id for n in whole), taken)


def _named(connection: sa.Connection, ids: Sequence[str]) -> list[Named]:
    known, forms = briefs(connection, ids), lookup.forms_of(connection, ids)
    return [Named(i, known[i].name, known[i].kind, forms.get(i, ())) for i in sorted(known)]


def _is_whole(named: Named, stems: frozenset[str]) -> bool:
    """True where a word with these stems is a name's only word, or any word of a person's name."""
    if named.type == "person":
        return True
    return any(
        len(words := form.split()) == 1 and not stems.isdisjoint(all_stems(words[0])) for form in named.forms
    )


def _spellings(named: Named, word: str) -> set[str]:
    """Stems of the word as the other forms of a name have it."""
    found: set[str] = set()
    for form in named.forms:
        words = form.split()
        if len(words) == 1 and named.type != "person":
            found |= all_stems(words[0])
        else:
            found |= {s for w in words if likeness(fold(w), fold(word)) >= SAME_NAME for s in all_stems(w)}
    return found


def _by_sound(connection: sa.Connection, part: Part, word: str) -> Term | None:
    """The names that sound like a word which nobody wrote: *Pachinyan* for Пашинян."""
    if len(word) < SHORTEST:
        return None
    forms = {fold(word), stem(fold(word))}  # a Russian name may be typed in any case
    keys = {key for form in forms for key in surname_keys(form)}
    near: list[tuple[float, str, set[str]]] = []
    for other, ids in lookup.words_of_names(connection).items():
        if len(other) >= SHORTEST and not keys.isdisjoint(surname_keys(fold(other))):
            alike = max(likeness(form, fold(other)) for form in forms)
            if alike >= ALIKE:
                near.append((-alike, other, ids))
    if not near:
        return None
    best = min(near)
    close = sorted({i for alike, _, some in near if alike <= best[0] + 0.05 for i in some})
    names = _named(connection, close)
    stems = {s for alike, other, _ in near if alike <= best[0] + 0.05 for s in all_stems(other)}
    return _term(part, best[1], Meaning(frozenset(stems)), names, taken=_shown(best[1], names))


def _shown(word: str, names: Sequence[Named]) -> str:
    """A folded word of a name as the name has it."""
    return next((w for n in names for w in n.name.split() if w.casefold() == word), word.capitalize())


def _by_spelling(connection: sa.Connection, part: Part, word: str) -> Term | None:
    """The words of the case from which a word that nobody wrote is a slip or two away."""
    from rapidfuzz.distance import OSA

    folded = fold(word)
    if len(folded) < SHORTEST:
        return None
    found: dict[str, tuple[int, int]] = {}
    for articles in (False, True):
        known = lookup.vocabulary(connection, folded[0], articles)
        for own in all_stems(word):
            most = 1 if len(own) < LONG else 2
            for term, n in known.items():
                far = OSA.distance(own, term, score_cutoff=most)
                if far <= most and len(term) >= SHORTEST - 1:
                    before = found.get(term, (far, 0))
                    found[term] = (min(far, before[0]), min(-n, before[1]))
    if not found:
        return None
    nearest = min(far for far, _ in found.values())
    stems = sorted((at[1], term) for term, at in found.items() if at[0] == nearest)[:3]
    chosen = frozenset(term for _, term in stems)
    meant = meaning_of(stems[0][1])
    return _term(part, word, replace(meant, stems=meant.stems | chosen), (), taken=stems[0][1])
