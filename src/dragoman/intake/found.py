"""What a file, an archive's record or a feed's entry gives before it is an article: text with what came along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.intake.lines import Cut

Source = Literal["plain", "page", "feed", "mail", "pdf", "data"]


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day of publication that somebody states, and who (`"the page's metadata"`): the user reads it."""

    day: str
    why: str


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
