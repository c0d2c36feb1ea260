"""Words of a text and their plain form, in which a gazetteer or a comparison looks them up."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"\w+")

_EXTRA = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "ħ": "h"}
)
INVISIBLE = dict.fromkeys(
    [
        *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
        *range(0x180B, 0x1810),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        *range(0xE0000, 0xE1000),
    ],
    None,
)
"""What no font shows: joiners, directions, fillers, selectors of a sign's look, tags (Default_Ignorable_Code_Point)."""

_DRESSED = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|(?:NEGATIVE CIRCLED|NEGATIVE SQUARED) LATIN CAPITAL LETTER) ([A-Z])"
)
_RANGES = ((0x1D00, 0x1D23), (0x262, 0x2A0), (0xA730, 0xA7FB), (0x1F150, 0x1F18A))
_EXTRA |= {
    code: found[1].lower()
    for first, past in _RANGES
    for code in range(first, past)
    if (found := _DRESSED.fullmatch(unicodedata.name(chr(code), "")))
}
"""Latin letters in another dress, which Unicode does not take for the same: small capitals, white on black."""


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Small letters without marks: `Érévan` -> `erevan`, `Кишинёв` -> `кишинев`, `Łódź` -> `lodz`.

    Marks that cannot be seen (directions, zero width) go too. The short й becomes и in both things
    compared, which does no harm.
    """
    plain = unicodedata.normalize("NFKD", word.translate(INVISIBLE).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_EXTRA)


def fold_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; hyphens, dots and apostrophes part words."""
    return tuple(fold(w) for w in WORD.findall(text))
