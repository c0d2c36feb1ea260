"""Are two names of persons one name: `same`, with a score and reasons.

Words are paired by their sounds, in any order. A word left over on one side is a middle name, a
patronymic or a particle; words left over on both sides, or one surname with another given name, are
two people. A surname alone fits whoever bears it: the score says so, and context has to decide.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from dragoman.naming.folding import INVISIBLE, fold
from dragoman.naming.likeness import likeness, likeness_from, may_be_like
from dragoman.naming.sounds import script_table, sounded

THRESHOLD = 0.75
"""Score from which on two names are said to be the same."""

LONGEST_NAME = 400
MOST_WORDS = 12
"""Characters and words of a name that are compared; what follows is left out, and the reason says so."""

_PIECES = re.compile(r"[^\W_]+(?:['’ʼ`´׳.]?[^\W_]+)*", re.UNICODE)
_PAIR = 0.64
"""Likeness from which on two words may be one."""
_SHORT_PAIR = 0.66
_JOINED_PAIR = 0.78
_SURNAME_ALONE = 0.76
_INITIAL = 0.86
_KNOWN_FORM = 0.95
_LEAST_FORM = 0.85
_LEAST_STEM = 3
_WORTH_A_SLIP = 0.3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison found. `score` 0 to 1; `same` from `THRESHOLD` on; `reasons` in plain words."""

    score: float
    same: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart: its words in order, without titles; which of them are particles or initials.

    `weighty` are the indices of the words that carry the name: all but the particles.
    """

    words: tuple[str, ...]
    particles: frozenset[int]
    initials: frozenset[int]
    weighty: tuple[int, ...]
    mixed: bool
    cut: bool


@lru_cache(maxsize=100_000)
def same(a: str, b: str) -> Verdict:
    """Say whether two names can be one person's, and why. Symmetric; never raises on any text."""
    one, two = parts(a), parts(b)
    if not one.words or not two.words:
        return Verdict(0.0, False, ("one of them holds no letters",))
    verdict = _compare(one, two) if (one.words, a) <= (two.words, b) else _compare(two, one)
    notes = []
    if one.mixed or two.mixed:
        notes.append("a word mixes scripts whose letters look alike: this rests on looks")
    if one.cut or two.cut:
        notes.append(f"only the first {LONGEST_NAME} characters were compared")
    return Verdict(verdict.score, verdict.same, (*verdict.reasons, *notes)) if notes else verdict


@lru_cache(maxsize=200_000)
def parts(name: str) -> Parts:
    """A name taken apart."""
    cut = len(name) > LONGEST_NAME
    text = unicodedata.normalize("NFC", name[:LONGEST_NAME].translate(INVISIBLE))
    last, comma, first = text.partition(",")
    if comma and first.strip() and "," not in first:
        text = f"{first} {last}"
    found: list[str] = []
    split: set[str] = set()  # letters of "BM", which are no title though "M." is one
    for piece in _PIECES.findall(
        text.replace(".", ". ").replace("-", " ").replace("·", " ").replace("・", " ")
    ):
        taken = _initials(piece)
        found.extend(taken)
        if len(taken) > 1:
            split.update(taken)
    data = _words()
    words = [w for w in found if fold(w.strip(".")) not in data.titles or w in split] or found
    if len(words) > 1:  # the legal form of a firm is no part of its name
        words = [w for w in words if fold(w.strip(".")) not in data.legal] or words
    words = words[:MOST_WORDS]
    particles = {
        i
        for i, w in enumerate(words[:-1])
        if fold(w) in data.particles and (i > 0 or fold(w) not in data.not_first)
    }
    if len(particles) == len(words):
        particles = set()
    initials = {
        i for i, w in enumerate(words) if len(w) == 1 and i not in particles and sounded(w).script != "other"
    }
    mixed = any(sounded(w).mixed for w in words)
    weighty = tuple(i for i in range(len(words)) if i not in particles)
    return Parts(tuple(words), frozenset(particles), frozenset(initials), weighty, mixed, cut)


def _initials(piece: str) -> list[str]:
    """ "JC" and "J.C" are two initials."""
    bare = piece.replace(".", "")
    known = bare.isascii() or all("А" <= c <= "Я" for c in bare)
    if 1 < len(bare) <= 2 and bare.isupper() and known and not set(bare) & set("AEIOUYАЕИОУЫЭЮЯ"):
        return list(bare)
    if "." in piece:
        return [p for p in piece.split(".") if p]
    return [piece]


@dataclass(frozen=True, slots=True)
class _Words:
    titles: frozenset[str]
    particles: frozenset[str]
    not_first: frozenset[str]
    legal: frozenset[str]
    genders: frozenset[tuple[str, str]]
    womens: tuple[str, ...]
    patronymics: tuple[str, ...]
    endings: tuple[str, ...]
    known: dict[str, frozenset[int]]
    groups: tuple[tuple[str, ...], ...]


@cache
def _words() -> _Words:
    data = script_table("persons")

    def listed(cell: str) -> list[str]:
        return [part.strip() for part in cell.split(",") if part.strip()]

    known: dict[str, set[int]] = {}
    groups = [tuple(listed(line)) for line in (*data["nicknames"], *data["equivalents"])]
    for n, forms in enumerate(groups):
        for form in forms:
            known.setdefault(fold(form), set()).add(n)
    return _Words(
        titles=frozenset(fold(t) for t in listed(data["titles"])),
        particles=frozenset(fold(t) for t in listed(data["particles"])),
        not_first=frozenset(fold(t) for t in listed(data["not_first"])),
        legal=frozenset(fold(t) for t in listed(data["legal"])),
        genders=frozenset(
            (fold(man), fold(woman)) for man, _, woman in (p.partition("/") for p in listed(data["genders"]))
        ),
        womens=tuple(fold(t) for t in listed(data["womens"])),
        patronymics=tuple(fold(t) for t in listed(data["patronymics"])),
        endings=tuple(sorted({fold(e) for e in listed(data["endings"])}, key=lambda e: (-len(e), e))),
        known={form: frozenset(ns) for form, ns in known.items()},
        groups=tuple(groups),
    )


# --- two words


@lru_cache(maxsize=400_000)
def word_likeness(a: str, b: str) -> tuple[float, str]:
    """How alike two words are as parts of a name, and in which way, for the reasons."""
    if a == b:
        return 1.0, "equal"
    one, two = _word(a), _word(b)
    if one.folded == two.folded:
        return 1.0, "equal but for capitals and marks"
    if len(one.folded) == 1 or len(two.folded) == 1:
        return (_INITIAL, "initial") if _same_initial(a, b) else (0.0, "")
    if not one.names.isdisjoint(two.names):
        return _KNOWN_FORM, "forms of one given name"
    if one.patronymic != two.patronymic:
        return 0.0, ""
    alike = likeness(one.small, two.small)
    if alike == 0.0 and one.folded[0] != two.folded[0] and not one.names and not two.names:
        return 0.0, ""
    if alike < 0.95 and (stems := _one_stem(one.folded, two.folded)):
        return max(alike, stems), "case or gender ending"
    if alike >= 0.999:
        return alike, "spelt in another way"
    if alike < _KNOWN_FORM and (form := max(_known_form(one, two), _known_form(two, one))) > alike:
        return form, "forms of one given name"
    if (
        alike >= _WORTH_A_SLIP
        and one.script == two.script
        and (slip := _slip(one.folded, two.folded)) > alike
    ):
        return slip, "a slip of the hand"
    return alike, "sounds alike"


def _may_be_alike(one: _Word, two: _Word, least: float) -> bool:
    """False where `word_likeness` is sure to be less than `least`, which most often shows without the way from word to
    word."""
    if one.folded == two.folded or len(one.folded) == 1 or len(two.folded) == 1:
        return True
    if not one.names.isdisjoint(two.names):
        return True
    if one.patronymic != two.patronymic:
        return False
    return (
        may_be_like(one.small, two.small, least)
        or _one_stem(one.folded, two.folded) > 0
        or (one.script == two.script and _slip(one.folded, two.folded) >= least)
        or (bool(one.names or two.names) and max(_known_form(one, two), _known_form(two, one)) >= least)
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """What is asked of a word of a name in each comparison. `names`: the given names of which it is a form, by number;
    `forms`: all other forms of these."""

    small: str
    folded: str
    script: str
    names: frozenset[int]
    forms: tuple[str, ...]
    patronymic: bool


@lru_cache(maxsize=200_000)
def _word(word: str) -> _Word:
    data, small, folded = _words(), word.lower(), fold(word)
    names = data.known.get(folded, frozenset())
    return _Word(
        small=small,
        folded=folded,
        script=sounded(small).script,
        names=names,
        forms=tuple(form for form in known_forms(folded) if fold(form) != folded),
        patronymic=folded.endswith(data.patronymics),
    )


def _known_form(known: _Word, other: _Word) -> float:
    """Likeness of a word to another form of a given name that is known: `steven`, `Стив` by `steve`."""
    best = max((likeness_from(form, other.small, _LEAST_FORM) for form in known.forms), default=0.0)
    return best * 0.97 if best > _LEAST_FORM else 0.0


def known_forms(word: str) -> tuple[str, ...]:
    """All forms of the given names of which a word (folded) is a form; none where it is not known."""
    data = _words()
    return tuple(form for n in sorted(data.known.get(word, ())) for form in data.groups[n])


def _same_initial(a: str, b: str) -> bool:
    one, two = sounded(a.lower()).sounds, sounded(b.lower()).sounds
    return bool(one) and bool(two) and (one[0] == two[0] or a[0].lower() == b[0].lower())


def _one_stem(a: str, b: str) -> float:
    """How far the words are one but for an ending: `merkel`, `merkelova`."""
    if a[:_LEAST_STEM] != b[:_LEAST_STEM] and sounded(a).script == sounded(b).script:
        return 0.0
    for word, other in ((a, b), (b, a)):
        for stem, ending in stems_of(word):
            if stem == other:
                return 0.95
            if (
                len(stem) > _LEAST_STEM
                and len(ending) > 1
                and (value := likeness_from(stem, other, 0.74)) > 0.74
            ):
                return value * 0.97
    return 0.0


@lru_cache(maxsize=100_000)
def stems_of(word: str) -> tuple[tuple[str, str], ...]:
    """What a word may be without an ending of case or gender, and that ending; the longest ending first."""
    return tuple(
        (word[: -len(ending)], ending)
        for ending in _words().endings
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM
    )


def _slip(a: str, b: str) -> float:
    """Likeness by letters: two that changed places, one too many, one too few, one mistaken."""
    if abs(len(a) - len(b)) > 2 or min(len(a), len(b)) < 4:
        return 0.0
    distance = OSA.distance(a, b)  # a change of places counts as one edit
    return max(0.0, 1.0 - distance / max(len(a), len(b)) * 1.15)


# --- two names


def _compare(one: Parts, two: Parts) -> Verdict:
    if joined := _run_together(one, two):
        return joined
    pairs, left, right = _align(one, two)
    score, reasons = _score(one, two, pairs, left, right)
    return Verdict(round(score, 3), score >= THRESHOLD, tuple(reasons))


def _align(one: Parts, two: Parts) -> tuple[list[tuple[int, int, float, str]], list[int], list[int]]:
    """The best pairs of words, greedily; and the weighty words left over on each side."""
    found = []
    for i, a in enumerate(one.words):
        for j, b in enumerate(two.words):
            if (i in one.particles) != (j in two.particles):
                continue
            least = _SHORT_PAIR if min(len(a), len(b)) < 4 else _PAIR
            if not _may_be_alike(_word(a), _word(b), least):
                continue
            alike, how = word_likeness(a, b)
            if alike >= least:
                straight = abs((len(one.words) - i) - (len(two.words) - j))
                found.append((-alike, straight, i, j, how))
    found.sort()
    pairs, used_a, used_b = [], set(), set()
    for minus, _, i, j, how in found:
        if i not in used_a and j not in used_b:
            pairs.append((i, j, -minus, how))
            used_a.add(i)
            used_b.add(j)
    left = [i for i in one.weighty if i not in used_a]
    right = [j for j in two.weighty if j not in used_b]
    if left and right and len(left) + len(right) > 2:
        alike = likeness_from(
            "".join(one.words[i] for i in left).lower(),
            "".join(two.words[j] for j in right).lower(),
            _JOINED_PAIR,
        )
        if alike >= _JOINED_PAIR:
            return [*pairs, (left[0], right[0], alike, "written together")], [], []
    return pairs, left, right


def _score(
    one: Parts, two: Parts, pairs: list[tuple[int, int, float, str]], left: list[int], right: list[int]
) -> tuple[float, list[str]]:
    weighty = [(i, j, alike, how) for i, j, alike, how in pairs if i not in one.particles]
    reasons = [f"{one.words[i]} ~ {two.words[j]}: {how}" for i, j, _, how in weighty]
    if not weighty:
        return 0.0, ["no word of one is like a word of the other"]
    mean = sum(alike for _, _, alike, _ in weighty) / len(weighty)
    if left and right:
        lost = ", ".join([one.words[i] for i in left] + [two.words[j] for j in right])
        return mean * 0.55, [*reasons, f"both have words that the other has not: {lost}"]
    rest = [one.words[i] for i in left] + [two.words[j] for j in right]
    if _initials_differ(one, two, left, right):
        return mean * 0.55, [*reasons, f"one has an initial that the other has not: {', '.join(rest)}"]
    if rest:
        reasons.append(f"only in one of them: {', '.join(rest)}")
    if len(weighty) == 1:
        return _single(one, two, weighty[0], bool(rest), reasons)
    if all(i in one.initials or j in two.initials for i, j, _, _ in weighty):
        return mean * 0.6, [*reasons, "nothing but initials"]
    if _two_genders(one, two, weighty):
        return mean * 0.6, [*reasons, "a man's given name and a woman's"]
    worst = min(alike for _, _, alike, _ in weighty)
    score = 0.6 * mean + 0.4 * worst - 0.02 * min(len(rest), 3)
    return score, reasons


def _two_genders(one: Parts, two: Parts, pairs: list[tuple[int, int, float, str]]) -> bool:
    """Ярослав Новожилов and Ярослава Новожилова: two people, where no case can make one form of the other.

    In Cyrillic the woman's given name alone may be a man's genitive; with a woman's surname beside it, it is taken
    for what it looks like.
    """
    data = _words()
    by_given, by_surname = False, False
    for i, j, _, _ in pairs:
        a, b = fold(one.words[i]), fold(two.words[j])
        if (a, b) in data.genders or (b, a) in data.genders:
            latin = sounded(a).script == sounded(b).script == "latin"
            by_given = True
            by_surname = by_surname or latin
        elif a.endswith(data.womens) != b.endswith(data.womens):
            by_surname = True
    return by_given and by_surname


def _initials_differ(one: Parts, two: Parts, left: list[int], right: list[int]) -> bool:
    """George W. and George H. W.: who prints initials prints them all."""
    if not one.initials or not two.initials:
        return False
    return bool(one.initials.intersection(left) or two.initials.intersection(right))


def _single(
    one: Parts, two: Parts, pair: tuple[int, int, float, str], more: bool, reasons: list[str]
) -> tuple[float, list[str]]:
    """One word is all that one of them has: a surname fits, a given name does not suffice."""
    i, j, alike, _ = pair
    if not more:
        return alike, reasons
    is_last = i == len(one.words) - 1 and j == len(two.words) - 1
    if is_last and i not in one.initials and j not in two.initials:
        return alike * _SURNAME_ALONE, [*reasons, "a surname alone: context has to decide"]
    return alike * 0.6, [*reasons, "a given name alone"]


def _run_together(one: Parts, two: Parts) -> Verdict | None:
    """ "SergeiLavrov", "Jean Daniel" / "JeanDaniel": the same letters with the spaces elsewhere."""
    if len(one.words) == len(two.words) or one.initials or two.initials:
        return None
    a, b = "".join(one.words).lower(), "".join(two.words).lower()
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 2:
        return None
    least = 0.8 if "han" in (sounded(a).script, sounded(b).script) else 0.9
    alike = likeness_from(a, b, least)
    if not alike:
        return None
    return Verdict(round(alike, 3), True, ("the same but for where the spaces stand",))
