"""How the name of a file is written down: any name the system has, as text that can be stored and shown."""

from __future__ import annotations

import re

LONGEST = 1000
"""Most code points of a name; longer ones keep their beginning and their end."""

_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def shown(name: str) -> str:
    r"""The name with bytes that are no UTF-8, and signs that steer a terminal, as escapes: `caf\xe9.txt`.

    A name without such signs is given as it is, so that it names the file.
    """
    text = name.encode("utf-8", "surrogateescape" if _from_bytes(name) else "backslashreplace").decode(
        "utf-8", "backslashreplace"
    )
    text = _UNSHOWN.sub(lambda m: m[0].encode("unicode_escape").decode("ascii"), text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}…{text[-LONGEST // 2 :]}"


def is_shown(name: str) -> bool:
    """Whether a name, or several that were put together, has no sign that `shown` writes otherwise."""
    return _UNSHOWN.search(name) is None


def _from_bytes(name: str) -> bool:
    """True where every lone surrogate stands for a byte of the system's name."""
    return all(0xDC80 <= ord(c) <= 0xDCFF for c in name if 0xD800 <= ord(c) <= 0xDFFF)
