"""Found text -> Article: cleaning, fields from the text's own heading, the language, the name by content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from dragoman.intake.cleaning import REASONS, furniture, paywall
from dragoman.intake.credits import Dateline, dateline_of, wire_of
from dragoman.intake.days import iso
from dragoman.intake.foot import Foot, page_edges, read_foot
from dragoman.intake.found import DayFound, Found
from dragoman.intake.heading import Heading, read_heading
from dragoman.intake.labelled_header import joined, labelled_header
from dragoman.intake.language import language_of
from dragoman.intake.limits import ARTICLE_CHARS
from dragoman.intake.lines import Clean, Cut, Line, cut_out, invisible, lines_left
from dragoman.intake.wording import fold, outlet_names
from dragoman.intake.wrapping import unwrap
from dragoman.model import Article, SetAside, Span, When, name_by_content

_NAMED_DAY = re.compile(r"(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)")


_WHOLE_DAY = len("2024-06-12")

_WRAPPED = ("plain", "mail", "pdf", "data")
"""Sources whose lines may be broken at a width."""


def compose(found: Found) -> Article | SetAside:
    """The article of one text, or why it is none."""
    raw = found.text
    if len(raw) > ARTICLE_CHARS:
        return SetAside(
            path=found.path,
            reason=f"has {len(raw)} characters; articles of up to {ARTICLE_CHARS} are read",
            hint="Split it into its articles, or put them into JSON Lines, one a line.",
        )
    known = (*found.cuts, *invisible(raw))
    paragraphs = unwrap(
        lines_left(raw, known), wrapped=found.source in _WRAPPED, short=found.source == "mail"
    )
    lines = paragraphs.lines
    language = language_of(raw, found.declared_language)
    heading, foot = _around(found, lines, language)
    missing = paywall(raw)
    around = (*heading.cuts, *foot.cuts, *_headline_cuts(found, heading, lines))
    clean = cut_out(
        raw, [*known, *paragraphs.cuts, *around, *missing.cuts, *furniture(lines)], paragraphs.joints
    )
    if not any(map(str.isalpha, clean.text)):
        return SetAside(
            path=found.path, reason="has no text", hint="Nothing is left beside menus and notices."
        )
    return _article(found, clean, language, heading, foot, missing.share)


def _around(found: Found, lines: Sequence[Line], language: str) -> tuple[Heading, Foot]:
    if found.source != "page":
        above, size = labelled_header(lines, language)
        rest = lines[size:]
        below = read_heading(rest, language) if rest and above.title is None else Heading()
        return joined(above, below), read_foot(rest, language)
    edges = tuple(page_edges(lines, found.byline, language))
    carried = _carried(found, read_heading(lines, language))
    return (replace(carried, cuts=(*carried.cuts, *edges)) if carried else Heading(cuts=edges)), Foot()


def _carried(found: Found, heading: Heading) -> Heading | None:
    """The heading of another outlet's article within a page: a known outlet's name and a date not after the page's."""
    name, own = fold(heading.outlet or ""), fold(found.outlet or "")
    if not own or name not in outlet_names() or name in own or own in name or heading.published is None:
        return None
    if found.published and heading.published.day > found.published.day:
        return None
    return replace(heading, title=None, aggregator=found.outlet)


def _headline_cuts(found: Found, heading: Heading, lines: Sequence[Line]) -> list[Cut]:
    """A page's headline is its title, and not text; in other texts it stays, once."""
    title = found.title if found.source == "page" else heading.title.text if heading.title else found.title
    if not title:
        return []
    key = fold(title)
    same = [line for line in lines[:10] if fold(line.text) == key]
    if found.source != "page":
        same = same[1:]
    reason = "headline, kept as the title" if found.source == "page" else REASONS["headline"]
    return [Cut(line.start, line.end, reason) for line in same]


def _article(
    found: Found, clean: Clean, language: str, heading: Heading, foot: Foot, missing_share: float | None
) -> Article:
    dateline = dateline_of(clean.text, language)
    title = found.title or (heading.title.text if heading.title else None)
    title_span = None
    if heading.title and title and fold(heading.title.text) == fold(title):
        title_span = clean.span_of(heading.title.start, heading.title.end)
    elif title and clean.text.startswith(f"{title}\n"):
        title_span = Span(0, len(title))
    outlet = heading.outlet if heading.aggregator and heading.outlet else found.outlet
    outlet = outlet or heading.outlet or foot.outlet
    byline = found.byline or heading.byline or foot.byline
    return Article(
        id=name_by_content("a", title, clean.text),
        path=found.path,
        text=clean.text,
        raw=found.text,
        language=language,
        title=title,
        url=_web_address(found.url) or heading.url,
        outlet=outlet,
        aggregator=heading.aggregator,
        wire=wire_of(clean.text, dateline, byline, outlet),
        byline=byline,
        dateline=dateline.place if dateline else None,
        published=_published(found, heading, foot, dateline),
        missing_share=missing_share,
        title_span=title_span,
        removed=clean.removed,
        way_back=clean.way_back,
    )


def _web_address(url: str | None) -> str | None:
    """Only addresses that a browser may follow: pages, feeds and data may hold scripts in their place."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _published(found: Found, heading: Heading, foot: Foot, dateline: Dateline | None) -> When | None:
    """What is given with a text goes before what is printed in it, and that before the file's name.

    A mail's own day goes last but for the file's, and so does that of a page that carries another outlet's
    article: both may be later. A day that is only a bound goes last of all.
    """
    printed = heading.published or foot.published
    if (printed is None or len(printed.day) < _WHOLE_DAY) and dateline and dateline.day:
        printed = DayFound(dateline.day, "the dateline says it")
    given = found.published
    bound = given if given and given.kind != "on" else None
    given = None if bound else given
    carried = found.source == "page" and heading.aggregator is not None
    ordered = (printed, given) if found.source == "mail" or carried else (given, printed)
    day = ordered[0] or ordered[1] or named_day(found.path) or bound
    return day.when if day else None


def named_day(path: str) -> DayFound | None:
    """The day that a file's name begins with: `2024-06-12_harbour.txt`, `20240612.txt`."""
    match = _NAMED_DAY.match(PurePath(path.split("#")[0]).name)
    day = iso(int(match[1]), int(match[3]), int(match[4])) if match else None
    return DayFound(day, "the file's name begins with this day") if day else None
