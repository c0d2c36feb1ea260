"""Names in disguise: letters set apart, marks or tags within a word, digits in the place of letters.

Such a word is read as a person reads it, not as it is written; what it is held against is for `spotting` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LETTER = r"[^\W\d_]"
_APART = re.compile(rf"(?<!\w){_LETTER}(?:[^\w\n]{{1,3}}{_LETTER}(?!\w)){{3,60}}")
_MARK = r"(?:<[^<>\n]{0,40}>|[*_\[\](){}|~^`+#•·])"
_MARKED = re.compile(rf"(?<!{_LETTER}){_LETTER}{{1,40}}(?:{_MARK}{{1,4}}{_LETTER}{{1,40}}){{1,20}}")
_BETWEEN = re.compile(_MARK)
_MIXED = re.compile(r"(?<!\w)(?=[^\W\d_]{0,40}\d)\w{4,40}(?!\w)")
_AS_LETTERS = [str.maketrans("013457", f"o{one}east") for one in "li"]


class Disguised(NamedTuple):
    """`text[start:end]` reads `plain`; `apart` where words of a name may follow each other in it without a blank."""

    start: int
    end: int
    plain: str
    apart: bool = False


def parted(text: str) -> Iterator[Disguised]:
    """Words whose letters are set apart, or parted by marks. Each look passes over the text once."""
    for m in _APART.finditer(text):
        yield Disguised(m.start(), m.end(), "".join(filter(str.isalpha, m[0])), True)
    for m in _MARKED.finditer(text):
        yield Disguised(m.start(), m.end(), _BETWEEN.sub("", m[0]))


def written_with_digits(text: str) -> Iterator[Disguised]:
    """Words in which digits stand for letters, in each way that they may be read."""
    for m in _MIXED.finditer(text):
        if 2 * sum(map(str.isalpha, m[0])) >= len(m[0]):
            for table in _AS_LETTERS:
                yield Disguised(m.start(), m.end(), m[0].translate(table))
