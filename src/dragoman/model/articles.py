"""What intake hands on: articles with their text, what cleaning removed, what was set aside."""

from __future__ import annotations

from dragoman.model.basics import Language, Record, Span, When


class Removed(Record, frozen=True, kw_only=True):
    """A stretch of the raw text that is no part of the article, and why it was taken out."""

    start: int
    end: int
    text: str
    reason: str


class Article(Record, frozen=True, kw_only=True):
    """One published text, with what is known of its outlet, language and date.

    `raw` is the text as it came (for a page: the visible text of its body); `way_back` holds
    `(clean start, raw start, length)` for each stretch of `text` that was kept unchanged, in order.
    `id` depends on the content alone, so reading a file twice, or under two names, is one article.
    """

    id: str
    path: str
    text: str
    raw: str
    language: Language
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    aggregator: str | None = None
    wire: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: When | None = None
    missing_share: float | None = None
    title_span: Span | None = None
    removed: tuple[Removed, ...] = ()
    way_back: tuple[tuple[int, int, int], ...] = ()


REST = "#rest"
"""Ends the path of what is set aside where only the beginning of a long article was read."""


class SetAside(Record, frozen=True, kw_only=True):
    """Something that was not read, and what stood in the way; `hint` is what the user can do."""

    path: str
    reason: str
    hint: str = ""
