"""What a file, an archive's record or a feed's entry gives before it is an article: text with what came along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.intake.days import month_ends
from dragoman.intake.lines import Cut
from dragoman.model import When

Source = Literal["plain", "page", "feed", "mail", "pdf", "data", "document"]


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day of publication that somebody states, and who (`"the page's metadata"`): the user reads it.

    Attributes:
        day: An ISO day, or a month where no more is said (`"1998-12"`).
        kind: `on`: that day; `until`: that day at the latest; `from`: that day at the earliest.
    """

    day: str
    why: str
    kind: Literal["on", "until", "from"] = "on"

    @property
    def when(self) -> When:
        """The stretch of days that it stands for."""
        first, last = month_ends(self.day) if len(self.day) == len("1998-12") else (self.day, self.day)
        if self.kind == "on":
            return When(start=first, end=last, basis="stated", why=self.why)
        until = self.kind == "until"
        return When(
            start=None if until else first, end=last if until else None, basis="bounded", why=self.why
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One text and its given fields, before cleaning.

    Attributes:
        path: The file as the user gave it; a record of a container adds `#` and its number from 1.
        text: Decoded text without markup, NFC, lines ended by `"\\n"`.
        source: How it came; `plain`, `mail` and `pdf` may carry their heading inside the text.
        published: None where nothing but the text itself could say it.
        declared_language: What the markup or the data say, an ISO 639-1 code or longer; not trusted alone.
        cuts: Stretches of `text` that the markup shows to be no part of the article.
    """

    path: str
    text: str
    source: Source
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: DayFound | None = None
    declared_language: str | None = None
    cuts: tuple[Cut, ...] = ()
