"""Records one by one: one that cannot be shown takes no list down."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from dragoman.model.lines import Record

log = logging.getLogger(__name__)

T = TypeVar("T")


def shown(record: Record, make: Callable[[], T], instead: Callable[[str], T]) -> T:
    """What `make` makes of a record; where it cannot, that is logged and `instead` gets the words to stand for it."""
    try:
        return make()
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        # The seam that keeps a list alive: whatever a record holds that no code foresaw costs that record alone.
        name = str(record.get("id", "a record without an id"))
        log.warning("%s cannot be shown: %s: %s", name, type(error).__name__, error)
        return instead(f"cannot be shown: {name}")


def told(record: Record, make: Callable[..., str], *of: Any) -> str:
    """`make(record, *of)`, a line of a record; or one that says that it cannot be shown."""
    return shown(record, lambda: make(record, *of), str)
