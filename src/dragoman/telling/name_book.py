"""Names of actors and places by their ids, for those who write sentences and lines."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model.lines import Record
from dragoman.telling.tongue import Side


class NameBook:
    """Actor and place ids -> names; an id that no record has is words of an article and shown as it is.

    `records` have `id` and `name`, and `type` or `kind` where sentences are made of them. `language` is that of
    the sentences.
    """

    def __init__(self, records: Iterable[Record], language: str = "en") -> None:
        self._names = {r["id"]: (str(r["name"]), r.get("type") or r.get("kind")) for r in records}
        self.language = language

    def name(self, ref: str | None) -> str:
        return self._names[ref][0] if ref in self._names else ref or ""

    def names(self, refs: list[str]) -> str:
        return ", ".join(self.name(ref) for ref in refs)

    def side(self, ref: str) -> Side:
        """What a sentence is made with."""
        if ref not in self._names:
            return Side(ref)
        name, kind = self._names[ref]
        return Side(name, kind or "group", ref)
