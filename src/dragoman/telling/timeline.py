"""Events in the order in which they happened."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model.lines import Record


def in_order(events: Iterable[Record]) -> list[Record]:
    """By first day, then last; what has no first day by its last; the undated at the end."""

    def key(event: Record) -> tuple[bool, str, str, str]:
        when = event.get("when") or {}
        start, end = when.get("start"), when.get("end")
        first = start or end
        return (first is None, first or "", end or "9999", event["id"])

    return sorted(events, key=key)


def touches(when: Record | None, since: str | None, until: str | None) -> bool:
    """May a stretch touch the days from `since` to `until`? An unknown stretch touches only an unlimited span."""
    if since is None and until is None:
        return True
    start, end = (when or {}).get("start"), (when or {}).get("end")
    if start is None and end is None:
        return False
    return not (since and end and end < since) and not (until and start and start > until)
