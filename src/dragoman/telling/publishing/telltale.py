"""Is one word another: in a different spelling, script or case ending, or made of it; what stands beside names; letters
that are written as codes.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from urllib.parse import unquote

from dragoman.languages import SUPPORTED, load
from dragoman.naming import declension
from dragoman.naming.folding import fold
from dragoman.naming.same import parts, stems_of, word_likeness
from dragoman.naming.sounds import sounded
from dragoman.telling.publishing.hidden import Word

ALIKE, ALIKE_SMALL = 0.88, 0.97
"""Likeness of sounds from which on a word is the hidden one, spelt in another way; and one in small letters."""

SOUNDS, SOUNDS_SMALL = 4, 5
"""Sounds that a word must have to be known by them."""

CONSONANTS = 3
"""Consonants by which a name is known where its vowels are not written."""

WITHIN = 7
"""Letters of a surname from which on any word that holds it gives it away; in an address less will do."""

STEM = 4
"""Letters that a name keeps without its ending."""

GEORGIAN_I = "\u10d8"
"""The ending of each Georgian noun that ends in a consonant elsewhere."""

_CODED = re.compile(r"\\u([0-9A-Fa-f]{4})")
_PUNY = re.compile(r"xn--([a-z0-9-]+)", re.IGNORECASE)


def is_word(token: str, word: Word, commons: frozenset[str]) -> bool:
    """Is a run of letters the hidden word, or made of it? `commons`: hidden words that are common ones if small."""
    folded, wanted = fold(token), word.folded
    small = token[:1].islower()
    common = wanted in commons and not word.text.islower()  # a name that is written small is no other word
    if small and (not word.small or common) and word.role != "part":
        return word.role == "surname" and len(wanted) >= WITHIN and wanted in folded and folded != wanted
    if folded == wanted or _one_stem(folded, wanted):
        return True
    if word.role == "surname" and (
        _made_of(folded, wanted)
        or any(len(piece) > 2 and fold(piece) == wanted for piece in _humps(token)[:8])
    ):
        return True
    return word.role != "mark" and _sounds_like(token, word.text, small)


def _humps(token: str) -> list[str]:
    """The parts of a run of letters like *FreeLopes*, cut where a capital follows a small letter."""
    cuts = [n for n in range(1, len(token)) if token[n - 1].islower() and token[n].isupper()]
    return [token[a:b] for a, b in zip([0, *cuts], [*cuts, len(token)], strict=True)]


@cache
def _data() -> dict[str, frozenset[str]]:
    held = load("common", "redaction")
    return {
        name: frozenset(part.strip() for part in held[name].split(","))
        for name in ("derived", "before", "beside")
    }


@cache
def is_beside(word: str) -> bool:
    """A title, or a word that begins sentences: no given name."""
    return fold(word) in _data()["beside"] or len(parts(f"{word} Xxxx").words) < 2


@cache
def _months() -> frozenset[str]:
    from babel import Locale

    named = (Locale(code).months[kind][width] for code in SUPPORTED for kind, width in _MONTHS)
    return frozenset(fold(name) for months in named for name in months.values())


_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|-е|-го)?[.\s]{1,2}$")
_NUMBER_AFTER = re.compile(r"[.,]?\s{1,2}\d")

_MONTHS = (("format", "wide"), ("stand-alone", "wide"))


def is_month(text: str, start: int, end: int) -> bool:
    """Is it the name of a month in a day, which whoever is called so need not give away: `12 May 2031`?"""
    if fold(text[start:end]) not in _months():
        return False
    return bool(_DAY_BEFORE.search(text[max(start - 8, 0) : start]) or _NUMBER_AFTER.match(text, end))


_PATRONYMIC = re.compile(
    r"(?:ovich|evich|ovitch|evitch|ovna|evna|ович|евич|йович|овна|евна|ична)\w{0,3}$", re.IGNORECASE
)


def is_patronymic(word: str) -> bool:
    """A father's name, which stands between a given name and a surname, or after a given name."""
    return word[:1].isupper() and len(word) > 5 and bool(_PATRONYMIC.search(word))


def _one_stem(folded: str, wanted: str) -> bool:
    """Are both one word but for the ending of a case?"""
    if len(wanted) < STEM or len(folded) < STEM or folded[:3] != wanted[:3]:
        return False
    mine = {folded, declension.stem(folded), *(stem for stem, _ in stems_of(folded))}
    its = {wanted, declension.stem(wanted, base=True)}
    return any(len(stem) >= STEM for stem in mine & its)


def _made_of(folded: str, wanted: str) -> bool:
    """Is a word made of the name: with a beginning or an ending that makes another word of it?"""
    if len(wanted) < STEM:
        return len(wanted) == STEM - 1 and folded == f"{wanted}s"
    if len(wanted) >= WITHIN and wanted in folded:
        return True
    data = _data()
    stems = {wanted, *(w for w in (wanted.rstrip("aeiouyаеиоуыэюяйь"),) if len(w) >= STEM)}
    for before in ("", *data["before"]):
        for stem in stems:
            begun = before + stem
            if not folded.startswith(begun):
                continue
            rest = folded[len(begun) :]
            if not rest or any(
                rest.startswith(d) and len(rest) - len(d) <= (4 if len(d) > 1 else 0) for d in data["derived"]
            ):
                return True
    return False


@cache
def _forms(word: str) -> tuple[str, ...]:
    """A word without the endings that it may have, itself first."""
    folded = fold(word)
    if len(word) > STEM and word[-1] == GEORGIAN_I:
        return (word, word[:-1], folded[:-1])
    return (word, *dict.fromkeys(stem for stem, _ in stems_of(folded) if len(stem) >= STEM))


@cache
def _made_from(word: str) -> tuple[str, ...]:
    """What a word may be made from: `путинский` -> `путин`."""
    folded = fold(word)
    ends = ((folded.rfind(d), len(d)) for d in sorted(_data()["derived"]) if len(d) > 1)
    return tuple(dict.fromkeys(folded[:at] for at, n in ends if at >= STEM and len(folded) - at - n <= STEM))


def _sounds_like(token: str, wanted: str, small: bool) -> bool:
    sounds = len(sounded(wanted).sounds)
    if len(token) < 2:
        return False
    one, two = sounded(token), sounded(wanted)
    if sounds < SOUNDS:
        return not small and one.script != two.script and one.sounds == two.sounds and len(token) > 1
    if small and sounds < SOUNDS_SMALL:
        return False
    least = ALIKE_SMALL if small else ALIKE
    if any(word_likeness(form, wanted)[0] >= least for form in _forms(token)):
        return True
    if one.few_vowels and not two.few_vowels and _may_be_written(one.sounds, two.sounds):
        return True
    return sounds >= SOUNDS_SMALL and any(
        word_likeness(f, wanted)[0] >= ALIKE_SMALL for f in _made_from(token)
    )


_VOWELS = "aiu"
_PLAINLY = str.maketrans("pvoezcqjJCTy", "bfuisskggSti")
"""Sounds with only those differences that Arabic and Hebrew letters write."""


def _may_be_written(sounds: str, wanted: str) -> bool:
    """May a word in a script that writes few vowels be the name: with its consonants and half of its vowels?"""
    plain, name = sounds.translate(_PLAINLY), wanted.translate(_PLAINLY)
    vowels = [sum(c in _VOWELS for c in word) for word in (plain, name)]
    if len(name) - vowels[1] < CONSONANTS or 2 * vowels[0] < vowels[1]:
        return False
    return bool(_written_short(name).fullmatch(plain))


@cache
def _written_short(name: str) -> re.Pattern[str]:
    """How a name may stand there, also after one of the short words that are written together with the next."""
    inner = "".join(f"{c}?" if c in _VOWELS else re.escape(c) for c in name)
    return re.compile(f"(?:[ufbklhS]|al|ul)?{inner}")


def decoded(address: str) -> str:
    """An address with its letters as they are read."""
    text = address
    for _ in range(3):
        text = unescape(unquote(text))
    text = _CODED.sub(lambda m: chr(int(m[1], 16)), text)
    return _PUNY.sub(lambda m: _from_puny(m[1]), text)


def _from_puny(label: str) -> str:
    try:
        return label.encode("ascii").decode("punycode")
    except UnicodeError:
        return label
