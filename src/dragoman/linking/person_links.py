"""Which persons of many articles are one: full names compared in blocks, surnames by their only bearer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.linking.surnames import Surnames, script
from dragoman.naming.blocking import candidate_pairs, surname_keys
from dragoman.naming.likeness import likeness
from dragoman.naming.same import parts, word_likeness
from dragoman.naming.sounds import sounded

Score = Callable[[str, str], float]

SURE = 0.84
"""Score from which on two full names are one person without more."""
LIKELY = 0.76
"""Score from which on they are, if nothing speaks against it and no other name fits as well."""
_FAR_MORE = 3
LIKELY_ACROSS = 0.72
"""The same for two scripts, where spelling says less."""
_SURNAME = 0.88
"""Score from which on two bare names of two scripts are one."""
_LEAST = 0.6


@dataclass(frozen=True, slots=True)
class Person:
    """Names that are one person: the articles that name it so, and the states that they tell of it."""

    articles: frozenset[str]
    states: frozenset[str]


class PersonLinks:
    """Finds the pairs of one list of names; an item is one person of one article.

    `states` and `roles` are what each article says of the person; they may veto a doubtful join. `score` tells how
    surely two names are one, see `naming.same`.
    """

    def __init__(
        self,
        names: Sequence[str],
        states: Sequence[frozenset[str]],
        roles: Sequence[frozenset[str]],
        articles: Sequence[str],
        score: Score,
    ) -> None:
        self.states = states
        self.roles = roles
        self.articles = articles
        self.score = score
        self.items: dict[str, list[int]] = defaultdict(list)
        for i, name in enumerate(names):
            self.items[" ".join(name.split())].append(i)
        self.names = sorted(self.items)
        self.full = [n for n in self.names if len(_spelt_out(n)) > 1]
        self.single = [n for n in self.names if len(_spelt_out(n)) <= 1]
        self._up: dict[str, str] = {n: n for n in self.names}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._joined: set[int] = set()

    def find(self) -> Iterator[tuple[int, int, str]]:
        """(item, item, why) for every join, in a fixed order."""
        for name in self.full:
            yield from self._same_words(name)
        yield from self._join_full()
        yield from self._join_single()

    def _same_words(self, name: str) -> Iterator[tuple[int, int, str]]:
        items = self.items[name]
        for i in items[1:]:
            yield items[0], i, ""

    # --- full names

    def _join_full(self) -> Iterator[tuple[int, int, str]]:
        edges = []
        for i, j in candidate_pairs(self.full):
            a, b = self.full[i], self.full[j]
            if not _worth_comparing(a, b) or _mixed(a) or _mixed(b):
                continue
            score = self.score(a, b)
            if score >= (LIKELY if script(a) == script(b) else LIKELY_ACROSS):
                edges.append((-score, a, b))
            elif score < 0.6:
                self._apart[a].add(b)
                self._apart[b].add(a)
        edges.sort()
        best: dict[str, float] = {}
        for minus, a, b in edges:
            best[a] = max(best.get(a, 0.0), -minus)
            best[b] = max(best.get(b, 0.0), -minus)
        for minus, a, b in edges:
            score = -minus
            if score < SURE and not self._may(a, b, score, best):
                continue
            if self._join(a, b):
                yield self.items[a][0], self.items[b][0], f"{a} and {b} are one name ({score:.2f})"

    def _may(self, a: str, b: str, score: float, best: dict[str, float]) -> bool:
        """A doubtful pair: no better partner for either, states that agree where both are told, and two
        scripts, or a state or office in common."""
        if score < best[a] or score < best[b] or self._disagree(a, b):
            return False
        one, two = self._of(self.states, a), self._of(self.states, b)
        if one & two or self._of(self.roles, a) & self._of(self.roles, b):
            return True
        return script(a) != script(b)

    def _disagree(self, a: str, b: str) -> bool:
        one, two = self._of(self.states, a), self._of(self.states, b)
        return bool(one) and bool(two) and not one & two

    def _of(self, table: Sequence[frozenset[str]], name: str) -> frozenset[str]:
        return frozenset().union(*(table[i] for i in self.items[name]))

    def _find(self, name: str) -> str:
        while self._up[name] != name:
            self._up[name] = self._up[self._up[name]]
            name = self._up[name]
        return name

    def _join(self, a: str, b: str) -> bool:
        """False where a name of one group is clearly another person's than a name of the other."""
        one, two = sorted((self._find(a), self._find(b)))
        if one == two:
            return True
        if two in self._apart[one]:
            return False
        self._up[two] = one
        for other in self._apart.pop(two, set()):
            self._apart[other].discard(two)
            self._apart[other].add(one)
            self._apart[one].add(other)
        return True

    # --- surnames alone

    def _join_single(self) -> Iterator[tuple[int, int, str]]:
        surnames = Surnames(self.full)
        clusters: dict[str, list[str]] = defaultdict(list)
        for name in self.full:
            clusters[self._find(name)].append(name)
        persons = {root: self._person(names) for root, names in clusters.items()}
        for single in self.single:
            yield from self._one_single(single, surnames, persons)
        yield from self._singles_alone()

    def _person(self, names: Sequence[str]) -> Person:
        items = [i for n in names for i in self.items[n]]
        articles = frozenset(self.articles[i] for i in items)
        return Person(articles, frozenset().union(*(self.states[i] for i in items)))

    def _one_single(
        self, single: str, surnames: Surnames, persons: Mapping[str, Person]
    ) -> Iterator[tuple[int, int, str]]:
        taken = parts(single)
        spelt = _spelt_out(single)
        if not spelt or taken.mixed:
            return
        word = taken.words[spelt[0]]
        initials = [taken.words[i] for i in sorted(taken.initials) if i < spelt[0]]
        borne = {
            name: self._find(name)
            for name in surnames.bearers(word)
            if not initials or word_likeness(initials[0], _first(name))[0] > 0
        }
        first = {n: self._find(n) for n in (() if initials else surnames.given(word)) if n not in borne}
        given = set(first.values())
        roots = {root: name for name, root in sorted({**borne, **first}.items(), reverse=True)}
        for i in self.items[single]:
            fitting = sorted(r for r in roots if self._fits(i, persons[r], told=r in given))
            meant = _meant(fitting, persons)
            if meant is not None:
                name = roots[meant]
                self._joined.add(i)
                told = "the only one so named" if len(fitting) == 1 else "by far the most named so"
                yield self.items[name][0], i, f"{single} is {told}: {name}"

    def _fits(self, item: int, person: Person, told: bool = False) -> bool:
        """States told of both must meet; one article does not name one person by two unjoined names.

        `told`: the states must be told of both (a given name, or a surname that comes first, is no proof).
        """
        if self.articles[item] in person.articles:
            return False
        mine = self.states[item]
        return bool(mine & person.states) or (not told and (not mine or not person.states))

    def _singles_alone(self) -> Iterator[tuple[int, int, str]]:
        """Bare names of several articles that no full name explains: equal names of one state are one."""
        for single in self.single:
            left = [i for i in self.items[single] if i not in self._joined]
            by_state: dict[frozenset[str], int] = {}
            for i in left:
                first = by_state.setdefault(self.states[i], i)
                if first != i:
                    yield first, i, ""
        yield from self._singles_across()

    def _singles_across(self) -> Iterator[tuple[int, int, str]]:
        """One bare name in two scripts: the nearest by sound, where no state speaks against it."""
        blocks: dict[str, list[str]] = defaultdict(list)
        for single in self.single:
            spelt = _spelt_out(single)
            if spelt and any(i not in self._joined for i in self.items[single]) and not _mixed(single):
                for key in surname_keys(parts(single).words[spelt[0]]):
                    blocks[key].append(single)
        for _, names in sorted(blocks.items()):
            ordered = sorted(names, key=lambda n: (sounded(n.lower()).sounds, n))
            for k, a in enumerate(ordered):
                for b in ordered[k + 1 : k + 6]:
                    if script(a) != script(b) and self.score(a, b) >= _SURNAME and not self._disagree(a, b):
                        one = next((i for i in self.items[a] if i not in self._joined), self.items[a][0])
                        two = next((i for i in self.items[b] if i not in self._joined), self.items[b][0])
                        yield one, two, f"{a} and {b} sound alike"


def _meant(roots: Sequence[str], persons: Mapping[str, Person]) -> str | None:
    """The only bearer, or one who is in far more articles than any other."""
    if len(roots) < 2:
        return roots[0] if roots else None
    counts = {r: len(persons[r].articles) for r in roots}
    first, second = sorted(roots, key=lambda r: (-counts[r], r))[:2]
    return first if counts[first] >= _FAR_MORE * counts[second] else None


def _first(name: str) -> str:
    taken = parts(name)
    return taken.words[taken.weighty[0]]


def _spelt_out(name: str) -> tuple[int, ...]:
    """The words of a name that are neither particles nor initials."""
    taken = parts(name)
    return tuple(i for i in taken.weighty if i not in taken.initials)


def _worth_comparing(a: str, b: str) -> bool:
    """Whether first and last words are alike, straight or crosswise; spares most pairs the whole comparison."""
    one, two = parts(a), parts(b)
    first, last = one.words[one.weighty[0]].lower(), one.words[one.weighty[-1]].lower()
    other_first, other_last = two.words[two.weighty[0]].lower(), two.words[two.weighty[-1]].lower()
    if likeness(last, other_last) >= _LEAST:
        return True
    return likeness(last, other_first) >= _LEAST and likeness(first, other_last) >= _LEAST


def _mixed(name: str) -> bool:
    return any(sounded(w.lower()).mixed for w in name.split())
