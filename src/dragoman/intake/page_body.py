"""A page's tree -> the text of its article, and what of that the page itself shows to be none.

The body is trafilatura's. Added to it is the standfirst, which stands apart from the paragraphs; cut from
it are lines that are nothing but a link, and lines that the page leaves out of its own `articleBody`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import lxml.html
import trafilatura

from dragoman.intake.decode import tidy
from dragoman.intake.lines import Cut, Line, lines_of
from dragoman.intake.page_facts import PageFacts, squeeze
from dragoman.intake.paragraphs import set_paragraphs
from dragoman.intake.wording import ends_sentence, fold

_EMBEDDED = [
    "//blockquote[contains(@class, 'twitter-') or contains(@class, '-media') or contains(@class, 'tiktok')"
    " or contains(@class, 'bluesky') or contains(@class, 'reddit-')]"
]
_STANDFIRST_TAGS = ("p", "div", "h2", "h3", "span", "strong", "section")
_STANDFIRST = (40, 900)
"""Fewest and most characters of a standfirst."""
_INNER = 14
"""Most elements inside one that is compared as a whole: keeps the search linear."""
_LINK = (20, 220)
_CARD = 900
"""Most characters of a link that holds a headline with its first lines."""
_LEAD_IN = 45
"""Most characters before the link on a line that is a link ("Read also: ...")."""
_BULLET = re.compile(r"^[-–—•*▶►→»>\s]{1,6}")
_SMALL = 30
"""Fewest elements of a page that needs a second opinion; a news page has hundreds."""
_SHORTEST_OWN_BODY = 500
_COVERED = 0.6


@dataclass(frozen=True, slots=True)
class PageBody:
    text: str
    cuts: tuple[Cut, ...]


def body_of(tree: lxml.html.HtmlElement, facts: PageFacts) -> PageBody:
    """The article's text; empty where none was found."""
    own = facts.article_body
    headings = frozenset(_heading_texts(tree))
    links = frozenset(_link_texts(tree)) - headings
    standfirst = _standfirst(tree, facts)
    set_paragraphs(tree)
    # the second opinion on a page takes the same time however small it is, and small pages come by the thousand
    small = sum(1 for _ in islice(tree.iter(), _SMALL)) < _SMALL
    document = trafilatura.bare_extraction(
        tree, url=facts.url, fast=small, include_comments=False, with_metadata=False, prune_xpath=_EMBEDDED
    )
    text = document.text if document is not None and not isinstance(document, dict) else None
    text = tidy(text or "").strip()
    if own and len(own) > 2 * len(text) and len(own) > _SHORTEST_OWN_BODY:
        return PageBody(own, ())
    if standfirst and text and _plain(standfirst) not in _plain(text[: 3 * len(standfirst) + 2000]):
        text = f"{standfirst}\n{text}"
    lines = lines_of(text)
    return PageBody(text, (*_links(lines, links), *_beside(lines, facts, headings)))


def _plain(text: str) -> str:
    """Letters and digits alone, for comparing texts that differ in spaces and quotation marks."""
    return "".join(filter(str.isalnum, text.casefold()))


def _link_texts(tree: lxml.html.HtmlElement) -> Iterator[str]:
    for link in tree.iter("a"):
        text = (
            link.text_content()
            if link.get("href") and sum(1 for _ in islice(link.iter(), _INNER)) < _INNER
            else ""
        )
        if _LINK[0] <= len(text) <= 2 * _CARD and _LINK[0] <= len(folded := fold(text)) <= _CARD:
            yield folded


def _links(lines: Sequence[Line], links: frozenset[str]) -> Iterator[Cut]:
    """Lines that are a link and at most a few words before it."""
    for line in lines:
        if len(line.text) > _CARD + _LEAD_IN:
            continue
        text = _BULLET.sub("", line.text)
        _, colon, after = text.partition(":")
        _, bar, beyond = text.partition("|")
        tails = (text, after if colon and len(text) - len(after) <= _LEAD_IN else "", beyond if bar else "")
        if any(tail and fold(tail) in links for tail in tails):
            yield Cut(line.start, line.end, "link to another article")


def _heading_texts(tree: lxml.html.HtmlElement) -> Iterator[str]:
    for element in islice(tree.iter("h2", "h3", "h4"), 300):
        if text := squeeze(element.text_content()):
            yield fold(text)


def _beside(lines: Sequence[Line], facts: PageFacts, headings: frozenset[str]) -> Iterator[Cut]:
    """Lines that the page's own statement of the article's body does not hold, where it holds the most.

    Headings between its paragraphs stay, and the standfirst above them, for such statements leave them out.
    """
    own = facts.article_body
    if not own or len(own) < _SHORTEST_OWN_BODY:
        return
    summaries = tuple(p for d in facts.descriptions if len(p := _plain(_uncut(d))) >= _LINK[0])
    stated = _plain(own)
    inside = [_plain(line.text) in stated for line in lines]
    size = sum(len(line.text) for line in lines)
    covered = sum(len(line.text) for line, held in zip(lines, inside, strict=True) if held)
    if covered < _COVERED * size or covered < _COVERED * len(own):
        return
    first, last = inside.index(True), len(inside) - 1 - inside[::-1].index(True)
    for index, line in enumerate(lines):
        heading = first < index < last and fold(line.text) in headings
        lead = index < first and len(line.text) >= _STANDFIRST[0] and ends_sentence(line.text)
        lead = lead or (bool(summaries) and _plain(line.text).startswith(summaries))
        if not (inside[index] or heading or lead):
            yield Cut(line.start, line.end, "beside the body that the page states")


def _standfirst(tree: lxml.html.HtmlElement, facts: PageFacts) -> str | None:
    """The page's description, where a reader sees it as a paragraph of its own."""
    wanted = [p for d in facts.descriptions if len(p := _plain(_uncut(d))) >= _STANDFIRST[0] * 0.75]
    if not wanted:
        return None
    for element in tree.iter(*_STANDFIRST_TAGS):
        if sum(1 for _ in islice(element.iter(), _INNER)) >= _INNER:
            continue
        text = squeeze(element.text_content())
        if text is None or not _STANDFIRST[0] <= len(text) <= _STANDFIRST[1]:
            continue
        plain = _plain(text)
        for description, full in zip(wanted, facts.descriptions, strict=False):
            if plain == description or (
                full.rstrip().endswith(("...", "…")) and plain.startswith(description)
            ):
                return tidy(text)
    return None


def _uncut(description: str) -> str:
    """A description without the dots and the broken word that end a shortened one."""
    text = description.rstrip()
    if text.endswith(("...", "…")):
        text = text.rstrip(".… ").rsplit(" ", 1)[0]
    return text


def headline_lines(lines: Iterable[Line], titles: Iterable[str]) -> Iterator[Cut]:
    """The headline where it stands among the first lines, with a kicker of a few words before it or not."""
    wanted = [w for title in titles if len(w := _plain(title)) > 12]
    for line in islice(lines, 6):
        plain = _plain(line.text)
        if any(plain.endswith(w) and len(plain) - len(w) <= 50 for w in wanted):
            yield Cut(line.start, line.end, "headline, kept as the title")
