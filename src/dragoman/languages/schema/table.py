"""What all tables of words share."""

from __future__ import annotations

import msgspec

Words = tuple[str, ...]
"""Words, or phrases, as a list."""

Set = frozenset[str]
"""Words that are only asked whether one is among them."""


class Table(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename=lambda name: name.removesuffix("_"),
):
    """A mapping whose keys are known; another key is an error. A name that Python keeps ends with `_` here."""


class Text(Table, frozen=True, kw_only=True):
    """A worked example that is only read, or found wanting."""

    text: str
