"""Text of others on a terminal: nothing in it moves the cursor, rings, or turns the line round."""

from __future__ import annotations

import re

_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(text: str) -> str:
    """The text with each sign that a terminal would obey written out as `\\u001b`, which JSON reads as the same sign.

    Line breaks and tabs are left as they are.
    """
    return _ACTING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
