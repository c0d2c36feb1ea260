"""Readings whose words and places are held once: a case has few different ones, and each reading brings its own.

Of 110 kB of memory that a reading of real length takes with its article, this leaves half.
"""

from __future__ import annotations

from typing import Any

import msgspec

from dragoman.model import Reading, Span


class Shared:
    """Strings and numbers that were met, each once; for as long as readings are taken in."""

    def __init__(self) -> None:
        self._strings: dict[str, str] = {}
        self._whole: dict[int, int] = {}
        self._broken: dict[float, float] = {}
        self._spans: dict[tuple[int, int], Span] = {}

    def reading(self, reading: Reading) -> Reading:
        """The same reading, with the values of those before, and without what linking does not ask (`sure`).

        It is changed in place: nobody else may hold it.
        """
        self._spans.clear()  # two articles seldom have one in common
        for event in reading.events:
            msgspec.structs.force_setattr(event, "sure", None)
        self._share(reading)
        return reading

    def _share(self, record: Any) -> None:
        change = msgspec.structs.force_setattr
        for name in record.__struct_fields__:
            value = getattr(record, name)
            if value is None:
                continue
            held = self._held(value)
            if held is not value:
                change(record, name, held)

    def _held(self, value: Any) -> Any:
        kind = type(value)
        if kind is str:
            return self._strings.setdefault(value, value)
        if kind is int:
            return self._whole.setdefault(value, value)
        if kind is Span:
            return self._span(value)
        if kind is tuple:
            return self._all(value)
        if kind is float:
            return self._broken.setdefault(value, value) if value else value  # there is a 0.0 and a -0.0
        if isinstance(value, msgspec.Struct):
            self._share(value)
        return value

    def _span(self, span: Span) -> Span:
        found = self._spans.get(span)
        if found is None:
            whole = self._whole.setdefault
            found = self._spans[span] = Span(whole(span.start, span.start), whole(span.end, span.end))
        return found

    def _all(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        if not values:
            return ()
        if isinstance(values[0], msgspec.Struct):
            for one in values:
                self._share(one)
            return values
        return tuple([self._held(one) for one in values])
