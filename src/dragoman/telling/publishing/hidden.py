"""Who is to be hidden, under which name, and which words give them away: all that the case knows of an actor.

A person is given away by the surname alone, in any spelling; by a given name where nobody else follows. Others are
given away by their whole names, and by those words of them that nobody else in the case bears.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.naming.folding import INVISIBLE, fold
from dragoman.naming.same import parts
from dragoman.store.questions import by_id, called
from dragoman.telling.interface import Interface, to_say

if TYPE_CHECKING:
    from sqlalchemy import Connection


_LETTER = r"[^\W\d_]|[\u24b6-\u24e9\U0001f110-\U0001f189]"
_UNSEEN = "".join(map(chr, INVISIBLE))
RUN = re.compile(rf"(?:{_LETTER})(?:{_LETTER}|[\u0300-\u036f{_UNSEEN}])*")
"""A run of letters, in a circle or square too, with the marks on them and what cannot be seen between them."""

NAMED = {
    "person": to_say("Person {letter}"),
    "state": to_say("State {letter}"),
    "organisation": to_say("Organisation {letter}"),
    "armed_force": to_say("Force {letter}"),
    "group": to_say("Group {letter}"),
    "place": to_say("Place {letter}"),
}
"""What stands for a hidden name, by kind."""

WITHHELD = to_say("[name withheld]")
"""What stands for a hidden word where somebody else of the name may be meant, and for an address that holds it."""

BEGIN = 5
"""Letters by which a word is known in whatever case and language it stands: `росси`, `armen`."""

LEAST = 3
"""Letters that a word of a name must have to give it away alone, unless it is a whole name."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a hidden name.

    Attributes:
        role: `surname` gives away alone, in whatever is made of it; `given` alone, where nobody else's name follows;
            `mark`, a word of an organisation's name that nobody else bears, alone, as it is spelt; `part` only within
            the whole name.
        small: Written in small letters it is the name too.
    """

    text: str
    role: str
    small: bool = True

    @property
    def folded(self) -> str:
        return fold(self.text)


@dataclass(slots=True)
class Hidden:
    """One who is hidden.

    Attributes:
        name: As it was asked for, or as the case has it.
        pseudonym: In the language of the interface: `Person A`.
        ids: Of the actors and places of the case that it is.
        forms: All its spellings.
        words: What gives it away.
        sequences: Whole names of several words, as indexes of `words`; of whom is no person.
    """

    name: str
    pseudonym: str
    kind: str
    ids: frozenset[str]
    forms: tuple[str, ...]
    words: list[Word] = field(default_factory=list)
    sequences: list[tuple[int, ...]] = field(default_factory=list)


def letters(n: int) -> str:
    """`A` for 0, `B` for 1 ... `AA` for 26."""
    made = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        made = chr(ord("A") + rest) + made
    return made


def hide(connection: Connection, names: Sequence[str], face: Interface) -> list[Hidden]:
    """Who is hidden by names, ids or any spelling, in the order given; each actor of a name that several bear.

    A name that nobody of the case bears is hidden as the words that it is made of.
    """
    found: list[Hidden] = []
    taken: set[str] = set()
    for name in dict.fromkeys(" ".join(n.split()) for n in names):
        for kind, ids in _who(connection, name):
            if taken.issuperset(ids) and ids:
                continue
            taken |= ids
            records = list(by_id(connection, sorted(ids)).values())
            told = [form for r in records for form in (r["name"], *r["forms"])]
            asked = [] if name in ids else [name]
            pseudonym = face.say(NAMED[kind], letter=letters(len(found)))
            best = records[0]["name"] if records else name
            forms = tuple(dict.fromkeys(" ".join(f.split()) for f in [*told, *asked]))
            found.append(Hidden(best, pseudonym, kind, frozenset(ids), forms))
    return found


def _who(connection: Connection, name: str) -> Iterator[tuple[str, set[str]]]:
    """Kinds and ids of those who bear a name; a place of the name goes with the first of them."""
    actors, places = called(connection, "actor", name), called(connection, "place", name)
    if not actors:
        yield ("place" if places else "person"), set(places)
        return
    kinds = {r["id"]: r["type"] for r in by_id(connection, actors).values()}
    for n, one in enumerate(actors):
        yield kinds[one], {one, *(places if not n else ())}


def words_of(one: Hidden, shared: Iterable[str]) -> None:
    """Fill in what gives one away. `shared`: how words, folded, begin that others of the case are called by too."""
    held: dict[str, int] = {}
    others = frozenset(shared)

    def add(text: str, role: str, small: bool = True) -> int:
        known = held.get(text)
        if known is None:
            held[text] = len(one.words)
            one.words.append(Word(text, role, small))
        elif _RANK[role] > _RANK[one.words[known].role]:
            one.words[known] = Word(text, role, small or one.words[known].small)
        return held[text]

    for form in one.forms:
        if one.kind == "person":
            for text, role in _of_person(form):
                add(text, role)
        else:
            runs = RUN.findall(form)
            if len(runs) == 1:
                add(runs[0], "surname", small=not (runs[0].isupper() and len(runs[0]) < 5))
                continue
            one.sequences.append(tuple(add(run, "part") for run in runs))
            for run in runs:
                if len(run) > LEAST and run[:1].isupper() and fold(run)[:BEGIN] not in others:
                    add(run, "mark", small=False)


_RANK = {"part": 0, "mark": 1, "given": 1, "surname": 2}


_AFTER_NAMES = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})


def _of_person(form: str) -> Iterator[tuple[str, str]]:
    """The words of one spelling of a person's name, with their role."""
    named = parts(form)
    weighty = [named.words[i] for i in named.weighty if i not in named.initials]
    last = runs[-1] if len(runs := RUN.findall(form)) > 1 else ""
    if (
        last
        and "," not in form
        and not any(fold(last) in fold(word) for word in weighty)
        and fold(last) not in {*map(fold, named.words), *_AFTER_NAMES}
        and len(last) > 1
    ):
        weighty.append(last)  # a surname that is a title too: King, Bishop, Major
    if any(w[:1].isupper() for w in weighty):  # what is written small among capitals is no part of the name
        weighty = [w for w in weighty if w[:1].isupper() or w[:1].lower() == w[:1].upper()]
    for n, word in enumerate(weighty):
        role = "surname" if n == len(weighty) - 1 else "given"
        runs = RUN.findall(word)
        for run in runs:
            if len(run) >= LEAST or len(runs) == 1:
                yield run, role
        if len(runs) > 1:
            yield "".join(runs), role
    if len(weighty) > 1:  # as accounts and addresses write it
        bare = ["".join(RUN.findall(word)) for word in weighty]
        yield "".join(bare), "surname"
        yield bare[-1] + "".join(bare[:-1]), "surname"
        yield bare[0][:1] + bare[-1], "surname"
