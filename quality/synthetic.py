"""Readings of articles that nobody wrote, made of real ones by changed names, words and days, at no cost of reading.

    press = Press(stored)                      # of articles of a case, as `CaseFile.stored` gives them
    for stored in press.articles(0, 500): ...  # the first five hundred, the same in every run

Every article belongs to a story of up to `STORY` articles that appear within days of each other. A story has names,
words and a vector of its own; every third is told of the states of the articles that it is made of, the others of
those of one of many theatres. One article in eight is a reprint of one of its story, with a few words changed.
Letters change and lengths do not, so all spans hold.
"""

from __future__ import annotations

import json
import random
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

from dragoman.linking.vectors import DIMENSIONS
from dragoman.model import Article, Reading, When
from dragoman.store import Stored
from dragoman.store.packing import GRID

STORY = 40
"""Articles of the longest story."""

A_DAY = 25
"""Articles that appear on one day, whatever their number: a longer case covers more time."""

BEGIN = date(2019, 1, 1)
AT_A_TIME = 24
"""Stories that run beside each other."""

THEATRE = 12
"""Stories of one theatre, which name the same states."""

REPRINT = 1 / 8
OUTLETS = [f"Outlet {n}" for n in range(60)]

_DAY = re.compile(r'"((?:19|20)\d\d-\d\d-\d\d)"')
_NAME = re.compile(r"[^\W\d_]{3,}")
_ALPHABET = {c: a for a in ("aeiou", "bcdfgklmnprstvz", "аеиоу", "бвгдзклмнпрст") for c in a}
_UNITS = ("start", "end")
_NUMBERS = {"entities": "entity", "of": "entity", "figures": "figure"}


class Press:
    """Articles without end, made of those of a case."""

    def __init__(self, stored: Iterable[Stored], seed: int = 0) -> None:
        self.seed = seed
        self.base: dict[str, list[Stored]] = defaultdict(list)
        for one in stored:
            self.base[one.article.language].append(one)
        self._story_of: list[tuple[int, int]] = []
        self._blocks = 0
        self._pair = lru_cache(maxsize=4096)(self._joined)

    def articles(self, first: int, last: int) -> Iterator[Stored]:
        """Those of numbers `first` to `last`, the latter left out. Stories follow each other in time, and overlap."""
        for number in range(first, last):
            yield self._article(number)

    def _place(self, number: int) -> tuple[int, int]:
        """The story of an article, and its number in it."""
        while len(self._story_of) <= number:
            # Stories of one stretch of time run beside each other: their articles are mixed.
            stories = range(self._blocks * AT_A_TIME, (self._blocks + 1) * AT_A_TIME)
            mixed = [s for s in stories for _ in range(1 + _chance(f"{self.seed} size {s}") % STORY)]
            random.Random(f"{self.seed} mix {self._blocks}").shuffle(mixed)
            numbers: Counter[int] = Counter()
            for story in mixed:
                self._story_of.append((story, numbers[story]))
                numbers[story] += 1
            self._blocks += 1
        return self._story_of[number]

    def _article(self, number: int) -> Stored:
        story, at = self._place(number)
        chance = random.Random(f"{self.seed} article {number}")
        original = at
        if at and chance.random() < REPRINT:
            original = chance.randrange(at)
        pick = random.Random(f"{self.seed} text {story} {original}")
        language = ("en", "fr", "en", "ru")[pick.randrange(4)]
        some = self.base[language]
        article, reading = self._pair(language, pick.randrange(len(some)), pick.randrange(len(some)))
        tone = f"{self.seed} {story} {original}"
        day = BEGIN + timedelta(days=number // A_DAY)
        changed = _Changes(
            theatre="" if story % 3 == 0 else f"theatre-{story // THEATRE}",
            story=f"{self.seed} story {story}",
            words=tone,
            few=f"{number}" if original != at else "",
            days=(day - date(2024, 6, 1)).days,
        )
        name = f"s-{self.seed}-{number:07}"
        published = When(start=day.isoformat(), end=day.isoformat(), basis="stated", why="the page says it")
        undated = chance.random() < 0.1
        told = changed.reading(reading)
        text = changed.text(article.text)
        shown = msgspec.structs.replace(
            article,
            id=name,
            path=f"{name}.txt",
            text=text,
            raw=text,
            title=changed.text(article.title) if article.title else None,
            outlet=chance.choice(OUTLETS),
            published=None if undated else published,
        )
        told = msgspec.structs.replace(told, article=name, published=None if undated else published)
        return Stored(shown, told, _vector(f"{self.seed} {story}", tone, str(number)))

    def _joined(self, language: str, first: int, second: int) -> tuple[Article, Reading]:
        """Two articles as one, which is as long as one of a newspaper."""
        one, other = self.base[language][first], self.base[language][second]
        text = f"{one.article.text}\n\n{other.article.text}"
        reading = _join(one.reading, other.reading, len(one.article.text) + 2)
        return msgspec.structs.replace(
            one.article, text=text, removed=(), way_back=((0, 0, len(text)),)
        ), reading


def _join(one: Reading, other: Reading, by: int) -> Reading:
    """The readings of two texts as that of both, the second of which begins `by` code points on."""
    left, right = msgspec.to_builtins(one), msgspec.to_builtins(other)
    known = {(e["name"], e["type"]): n for n, e in enumerate(left["entities"])}
    entity: dict[int, int] = {}
    added = []
    for n, e in enumerate(right["entities"]):
        key = (e["name"], e["type"])
        if key not in known:
            known[key] = len(known)
            added.append(e)
        entity[n] = known[key]
    figures = len(left["figures"])

    def moved(value: Any, key: str = "") -> Any:
        match value:
            case dict():
                return {k: moved(v, k) for k, v in value.items()}
            case int() if not isinstance(value, bool) and key in _UNITS:
                return value + by
            case int() if key == "of" and not isinstance(value, bool):
                return entity[value]
            case list() | tuple() if key == "entities" and all(isinstance(v, int) for v in value):
                return [entity[v] for v in value]
            case list() | tuple() if key == "figures" and all(isinstance(v, int) for v in value):
                return [v + figures for v in value]
            case list() | tuple() if len(value) == 2 and all(isinstance(v, int) for v in value):
                return [v + by for v in value]
            case list() | tuple():
                return [moved(v) for v in value]
        return value

    shifted = moved({k: v for k, v in right.items() if k != "entities"})
    whole = {**left, "entities": [*left["entities"], *(moved(e) for e in added)]}
    for name in (
        "sentences",
        "mentions",
        "times",
        "figures",
        "statements",
        "events",
        "states",
        "commitments",
    ):
        whole[name] = [*left[name], *shifted[name]]
    return msgspec.convert(whole, Reading)


class _Changes:
    """Other letters for the names of a theatre and of a story, and for some words; other days."""

    def __init__(self, theatre: str, story: str, words: str, few: str, days: int) -> None:
        self._theatre, self._story, self._few, self._days = theatre, story, few, days
        self._words = words
        self._names: dict[str, str] = {}

    def _is_of_theatre(self, key: str) -> bool:
        """True for a state, a place, a force, a ministry: all but what the world has once, and what has no state."""
        return bool(self._theatre) and not key.startswith("org:") and not key.endswith("/")

    def text(self, text: str) -> str:
        def word(match: re.Match[str]) -> str:
            said = match[0]
            if said in self._names:
                return self._names[said]
            if said[0].isupper() or len(said) < 4:
                return said
            if self._few and _chance(f"{self._few} {said}") % 100 < 3:
                return _ciphered(said, self._few)
            return _ciphered(said, self._words) if _chance(f"{self._words} {said}") % 100 < 60 else said

        return _NAME.sub(word, text)

    def reading(self, reading: Reading) -> Reading:
        for e in reading.entities:
            if e.key is None or self._is_of_theatre(e.key):
                of = self._story if e.key is None else self._theatre
                for form in (e.name, *e.forms):
                    for said in _NAME.findall(form):
                        if said[0].isupper():
                            self._names.setdefault(said, _ciphered(said, of))
        raw = msgspec.json.encode(reading).decode()
        raw = _DAY.sub(lambda m: f'"{self._moved(m[1])}"', raw)
        plain = json.loads(raw)
        for e in plain["entities"]:
            e["name"] = self.text(e["name"])
            e["forms"] = sorted(self.text(f) for f in e["forms"])
            if e["key"] and self._is_of_theatre(e["key"]):
                e["key"] = f"{e['key']}-{self._theatre}"
            if self._theatre:
                e["country"] = e["country"] and f"{e['country']}-{self._theatre}"
        for m in plain["mentions"]:
            m["text"] = self.text(m["text"])
        return msgspec.convert(plain, Reading)

    def _moved(self, day: str) -> str:
        try:
            return (date.fromisoformat(day) + timedelta(days=self._days)).isoformat()
        except ValueError:
            return day


def _chance(key: str) -> int:
    """A number that anything may be made of, the same in every run."""
    return zlib.crc32(key.encode())


@lru_cache(maxsize=500_000)
def _ciphered(word: str, key: str) -> str:
    """A word of as many letters, the same for one key: vowels stay vowels, and so on."""
    drawn = zlib.crc32(word.casefold().encode(), zlib.crc32(key.encode()))
    letters = []
    for c in word:
        drawn = (drawn * 1_103_515_245 + 12_345) & 0x7FFF_FFFF
        alphabet = _ALPHABET.get(c.casefold())
        other = alphabet[(drawn >> 8) % len(alphabet)] if alphabet else c
        letters.append(other.upper() if c.isupper() else other)
    return "".join(letters)


def _vector(story: str, text: str, article: str) -> np.ndarray:
    """Near to those of its story (a cosine of some 0.6), nearer to that of a reprint, far from others."""
    total = np.zeros(DIMENSIONS)
    for key, weight in ((story, 0.8), (text, 0.55), (article, 0.12)):
        drawn = np.random.Generator(np.random.PCG64(list(key.encode()))).standard_normal(DIMENSIONS)
        total += weight * drawn / np.linalg.norm(drawn)
    made: np.ndarray = np.round(total / np.linalg.norm(total) * GRID).astype(np.float32) / np.float32(GRID)
    return made
