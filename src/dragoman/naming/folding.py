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
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0xAD], None
)


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
