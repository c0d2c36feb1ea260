"""What linking leaves to a person: events and persons that may be one, dates that can be read in two ways.

Only what is worth a person's time: pairs that nothing rules out, and that no decision has settled.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from dragoman.linking.decisions import Verdicts
from dragoman.linking.events import Grouped
from dragoman.model import Actor, ArticleRecord, Doubt, Event, Target, When
from dragoman.naming.blocking import candidate_pairs, surname_keys
from dragoman.naming.folding import fold
from dragoman.naming.same import parts

NEAR = 0.66
"""Score of two full names from which on a person is asked whether they are one."""

BEARERS = 3
"""Persons that a bare surname is held against, those named in most articles first."""

HEAD = 400
"""Code points at the head of an article in which its date may stand."""

_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?!\d|[./-]\d)")


def doubtful_events(grouped: Grouped, events: Sequence[Event]) -> Iterator[Doubt]:
    """`events` in the order of the groups. Of several tellings that leave the same two open, the likest stands."""
    group_of = grouped.group_of()
    likest: dict[tuple[str, str], Doubt] = {}
    for pair in grouped.undecided:
        one, other = group_of.get(pair.left), group_of.get(pair.right)
        if one is None or other is None or one == other:
            continue
        left, right = sorted((events[one].id, events[other].id))
        doubt = Doubt(about="event", left=left, right=right, sure=pair.likeness, why=pair.why)
        known = likest.get((left, right))
        if known is None or known.sure < doubt.sure:
            likest[left, right] = doubt
    yield from likest.values()


def doubtful_actors(
    actors: Iterable[Actor], verdicts: Verdicts, score: Callable[[str, str], float]
) -> Iterator[Doubt]:
    """Persons whose names are near by `score`, and bare surnames with those who bear them."""
    persons = [a for a in actors if a.type == "person"]
    apart = _kept_apart(persons, verdicts)
    full: list[Actor] = []
    bare: list[Actor] = []
    for person in persons:
        words = [i for i in parts(person.name).weighty if i not in parts(person.name).initials]
        (full if len(words) > 1 else bare if words else []).append(person)
    found = [*_near_names(full, score), *_bearers(bare, full)]
    yield from (d for d in found if frozenset((d.left, d.right)) not in apart)


def _near_names(full: Sequence[Actor], score: Callable[[str, str], float]) -> Iterator[Doubt]:
    by_name: dict[str, list[Actor]] = defaultdict(list)
    for person in full:
        by_name[person.name].append(person)
    for one in by_name.values():
        for other in one[1:]:
            yield _pair(one[0], other, 0.9, "same_name")
    names = sorted(by_name)
    for i, j in candidate_pairs(names):
        a, b = by_name[names[i]][0], by_name[names[j]][0]
        if _surnames_alike(a.name, b.name) and (sure := score(a.name, b.name)) >= NEAR:
            yield _pair(a, b, sure, "near_spelling")


def _surnames_alike(a: str, b: str) -> bool:
    """Spares most pairs the whole comparison, which takes a hundred times as long."""
    one, two = parts(a), parts(b)
    return bool(
        {k for w in _ends(one.words, one.weighty) for k in surname_keys(w)}
        & {k for w in _ends(two.words, two.weighty) for k in surname_keys(w)}
    )


def _ends(words: Sequence[str], weighty: Sequence[int]) -> set[str]:
    return {words[weighty[0]], words[weighty[-1]]} if weighty else set()


def _bearers(bare: Sequence[Actor], full: Sequence[Actor]) -> Iterator[Doubt]:
    by_key: dict[str, list[Actor]] = defaultdict(list)
    for person in full:
        taken = parts(person.name)
        for key in surname_keys(taken.words[taken.weighty[-1]]):
            by_key[key].append(person)
    for single in bare:
        taken = parts(single.name)
        word = taken.words[next(i for i in taken.weighty if i not in taken.initials)]
        fitting = {
            p.id: p
            for key in surname_keys(word)
            for p in by_key.get(key, ())
            if fold(parts(p.name).words[parts(p.name).weighty[-1]]) == fold(word)
            and not (single.country and p.country and single.country != p.country)
        }
        ranked = sorted(fitting.values(), key=lambda p: (-len(p.mentions), p.id))[:BEARERS]
        for person in ranked:
            yield _pair(single, person, 0.5 if len(ranked) > 1 else 0.6, "surname_alone")


def _pair(a: Actor, b: Actor, sure: float, why: str) -> Doubt:
    codes = (why, "other_country") if a.country and b.country and a.country != b.country else (why,)
    left, right = sorted((a.id, b.id))
    return Doubt(about="actor", left=left, right=right, sure=round(sure, 3), why=codes)


def _kept_apart(persons: Sequence[Actor], verdicts: Verdicts) -> set[frozenset[str]]:
    """Pairs of ids that a person said are not one."""
    splits = verdicts.groups("actor", "split")
    if not splits:
        return set()
    wanted = {t.article for targets in splits for t in targets}
    named: dict[str, list[tuple[int, int, Actor]]] = defaultdict(list)
    for person in persons:
        for m in person.mentions:
            if m.article in wanted:
                named[m.article].append((m.start, m.end, person))

    def meant(target: Target) -> set[str]:
        return {
            p.id
            for start, end, p in named[target.article]
            if start < target.end and target.start < end and (target.name is None or target.name in p.forms)
        }

    found: set[frozenset[str]] = set()
    for targets in splits:
        groups = [meant(t) for t in targets]
        for n, one in enumerate(groups):
            found |= {frozenset((a, b)) for other in groups[n + 1 :] for a in one for b in other if a != b}
    return found


def doubtful_dates(articles: Iterable[ArticleRecord], events: Iterable[Event]) -> Iterator[Doubt]:
    """Where English words have `03/04/2024` and nothing tells day from month: articles and events without a day."""
    english = set()
    for article in articles:
        if article.language == "en":
            english.add(article.id)
            if not _is_day(article.published):
                yield from _two_days(article.id, "published", article.text[:HEAD])
    for event in events:
        if not _is_day(event.when) and event.evidence and event.evidence[0].article in english:
            yield from _two_days(event.id, "when", event.evidence[0].text)


def _is_day(when: When | None) -> bool:
    return when is not None and when.is_day


def _two_days(record: str, field: str, words: str) -> Iterator[Doubt]:
    for match in _NUMERIC.finditer(words):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if 1 <= first <= 12 and 1 <= second <= 12 and first != second:
            days = (date(year, second, first).isoformat(), date(year, first, second).isoformat())
            yield Doubt(
                about="date",
                left=record,
                sure=0.5,
                why=("two_days",),
                words=match[0],
                field=field,
                values=days,
            )
            return
