"""What a read of files, folders and feeds did, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from dragoman.model.articles import SetAside


@dataclass
class Summary:
    """What a read did. `known` articles were in the case before; `aside` could not be read; `faults` counts the
    articles that a stage of reading failed on, by stage: they were read but for what that stage gives.

    `kept`: language -> articles in it, of languages that are not read; they are kept, dated and searched.
    """

    read: int = 0
    known: int = 0
    aside: list[SetAside] = field(default_factory=list)
    by_language: dict[str, int] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    kept: dict[str, int] = field(default_factory=dict)
    written: int = 0

    def count(self, language: str, read: bool) -> None:
        """Note one more new article, of a language that is read or of one that is only kept."""
        of = self.by_language if read else self.kept
        of[language] = of.get(language, 0) + 1
        self.read += read

    @property
    def done(self) -> int:
        """How many things that were met are dealt with."""
        return self.read + sum(self.kept.values()) + self.known + len(self.aside)
