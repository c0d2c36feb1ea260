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

    def add(self, other: Summary) -> None:
        """Count what another read did with this one."""
        self.read += other.read
        self.known += other.known
        self.aside += other.aside
        self.faults += other.faults
        for mine, theirs in ((self.by_language, other.by_language), (self.kept, other.kept)):
            for language, count in theirs.items():
                mine[language] = mine.get(language, 0) + count

    @property
    def done(self) -> int:
        """How many things that were met are dealt with."""
        return self.read + sum(self.kept.values()) + self.known + len(self.aside)


@dataclass
class Filled:
    """What a start of reading into a folder of readings did.

    `before`: shards that stood already; `failed`: shards that were not read, each with the reason; `seconds`: processor
    time of what was read now, as its processes counted it.
    """

    shards: int = 0
    before: int = 0
    read: int = 0
    articles: int = 0
    aside: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    failed: list[str] = field(default_factory=list)
