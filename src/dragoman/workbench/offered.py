"""Which acts a page offers on the rows of its list that are ticked."""

from __future__ import annotations

from typing import Literal

Kind = Literal["accept", "reject", "star", "tag", "join", "yes", "no"]

JUDGING: tuple[Kind, ...] = ("accept", "reject", "star", "tag")
NAMING: tuple[Kind, ...] = ("join", "star", "tag")

OFFERED: dict[str, tuple[Kind, ...]] = {
    **dict.fromkeys(("/", "/timeline", "/events", "/search", "/new", "/promises", "/asof", "/map"), JUDGING),
    **dict.fromkeys(("/facts/statement", "/facts/figure", "/facts/state", "/facts/dispute"), JUDGING),
    **dict.fromkeys(("/facts/storyline", "/actors"), NAMING),
    "/decide": ("yes", "no"),
}
"""The acts on the rows of a page, by its address."""


def offered(path: str) -> tuple[Kind, ...]:
    """The acts that a page offers on its rows; none where it has no rows to tick."""
    if path.startswith("/actors/") or path == "/relations":
        return JUDGING
    return OFFERED.get(path, ())
