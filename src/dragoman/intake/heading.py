"""The top of a plain text: banner, outlet, date, headline, byline, where they stand on lines of their own.

A page that carries another's article has a heading of its own above the article's: a name, a date, sponsors,
buttons. Its date is not the article's. What follows its last button is taken for the article's heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.intake.cleaning import REASONS
from dragoman.intake.credits import is_dateline
from dragoman.intake.date_lines import DateLine, best_date, date_line, month_line, why
from dragoman.intake.days import iso
from dragoman.intake.found import DayFound
from dragoman.intake.limits import HEAD_LINES
from dragoman.intake.lines import Cut, Line
from dragoman.intake.teasers import teasers_above
from dragoman.intake.wording import (
    aggregator_names,
    byline_name,
    ends_sentence,
    fold,
    line_matcher,
    outlet_names,
)

_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTER = re.compile(r"[^\W\d_]")
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?[a-z0-9-]{2,40}\.(?:com|org|net|info|news|[a-z]{2})(?:\.[a-z]{2})?/?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?\s?:\s?/\s?/\s?[\w./:?=&%#~+ ,;@!$'()*\[\]-]{4,600}$", re.IGNORECASE)
_URL_DAY = re.compile(
    r"/(?:(\d{4})/(\d{1,2})/(\d{1,2})(?=/|$)|(\d{4})-(\d{2})-(\d{2})(?=[/-]|$)|(\d{4})(\d{2})(\d{2})(?=/))"
)
_PROSE = 60
"""Fewest characters of a sentence that begins the body, once the headline has been seen."""
_LONG_LINE = 160
"""From this length on, a line is a paragraph whatever it ends with."""
_BODY_SHOWN = 3000
_STEM = 5
_STRANGE = 110
"""Most characters of a line above the headline that may be another article's."""
_STANDFIRST = 3
"""Lines under the heading among which a labelled date line is looked for: a paragraph may stand above it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the lines above a text say of it. `title` is the line that holds the headline."""

    title: Line | None = None
    outlet: str | None = None
    aggregator: str | None = None
    byline: str | None = None
    url: str | None = None
    published: DayFound | None = None
    cuts: tuple[Cut, ...] = ()


@dataclass(slots=True)
class _Part:
    """A line above the body. `kind`: `date`, `outlet`, `address`, `other`, or a reason of cleaning."""

    line: Line
    kind: str
    date: DateLine | None = None


def read_heading(lines: Sequence[Line], language: str) -> Heading:
    """The lines above the first paragraph. Nothing is taken from a text that begins with its body."""
    teasers = teasers_above(lines, language)
    listed = [Cut(x.start, x.end, "list above the headline") for x in lines[:teasers]]
    own = lines[teasers:]
    heading = _own_heading(own, [_Part(own[0], "other")] if listed else _parts(lines, language), language)
    return replace(heading, cuts=(*listed, *heading.cuts)) if listed else heading


def _own_heading(lines: Sequence[Line], parts: list[_Part], language: str) -> Heading:
    chrome = [i for i, p in enumerate(parts) if p.kind in ("sponsor", "menu", "count", "prompt")]
    border = chrome[-1] + 1 if chrome else 0
    banner, own = parts[:border], parts[border:]
    if _only_headline(banner, own) or any(len(p.line.text) > _STRANGE for p in banner if p.kind == "other"):
        banner, own = [], parts
    dated = _labelled(lines[len(parts) : len(parts) + _STANDFIRST], language)
    own = [*own, *dated]
    below = lines[len(parts) : len(parts) + 12]
    prose = [line.text for line in below if ends_sentence(line.text) or len(line.text) > _LONG_LINE]
    body = _stems(" ".join(prose)[:_BODY_SHOWN])
    outlets = _outlet_lines(own, body)
    headline = _headline(own, outlets, body)
    named = outlets[0].line.text if outlets else None
    named = named or next((p.date.outlet for p in own if p.date is not None and p.date.outlet), None)
    aggregator = _aggregator(parts, banner, named)
    url = next((u for p in parts if p.kind == "address" and (u := web_address(p.line.text))), None)
    return Heading(
        title=headline,
        outlet=known_name(named),
        aggregator=aggregator,
        byline=next((name for p in own if (name := _byline(p))), None),
        url=url,
        published=_published(own, [] if aggregator else banner, url),
        cuts=(*_banner_cuts(banner), *_own_cuts(own, outlets, headline, body)),
    )


def _labelled(lines: Sequence[Line], language: str) -> list[_Part]:
    """Date lines that say what they are ("Published ..."), as they stand under a headline and its standfirst."""
    found = []
    for line in lines:
        dated = date_line(line.text, language)
        if dated is not None and dated.kind in ("published", "updated"):
            found.append(_Part(line, "date", dated))
        elif found:
            break
    return found


def _byline(part: _Part) -> str | None:
    if part.kind == "byline":
        return byline_name(part.line.text)
    return byline_name(part.date.before) if part.date is not None and part.date.before else None


def _only_headline(banner: list[_Part], own: list[_Part]) -> bool:
    """True where a button stands between the headline and the text: then nothing above is a banner."""
    unnamed = [p for p in banner if p.kind == "other"]
    return not any(p.kind in ("other", "date", "outlet") for p in own) and len(unnamed) <= 2


def _parts(lines: Sequence[Line], language: str) -> list[_Part]:
    parts: list[_Part] = []
    for index, line in enumerate(lines[:HEAD_LINES]):
        part = _part(line, language)
        if part.kind in ("other", "outlet") and index and (month := month_line(line.text, language)):
            part = _Part(line, "date", month)
        if parts and parts[-1].kind == "dateline":
            return parts
        if index == 0 and part.kind == "related" and not ends_sentence(line.text):
            # a headline may read like a link ("Watch: ..."); nothing stands above this one
            part = _Part(line, "other")
        if part.kind == "other" and _is_prose(
            line, lines[index + 1 : index + 2], first=not _has_headline(parts)
        ):
            return parts
        parts.append(part)
    if len(lines) > len(parts):
        # no paragraph among so many lines: a list or a poem, not a heading
        return []
    # a text of short lines only: all from its second unexplained line on is its body
    others = [i for i, p in enumerate(parts) if p.kind == "other"]
    return parts[: others[1]] if len(others) > 1 else []


def _part(line: Line, language: str) -> _Part:
    dated = date_line(line.text, language)
    if dated is not None:
        return _Part(line, "date", dated)
    if web_address(line.text):
        return _Part(line, "address")
    if (reason := line_matcher().reason(line.text)) is not None:
        return _Part(line, reason)
    if fold(line.text) in outlet_names() or _DOMAIN.fullmatch(line.text):
        return _Part(line, "outlet")
    if is_dateline(line.text):
        return _Part(line, "dateline")
    if _LETTER.search(line.text):
        return _Part(line, "other")
    return _Part(line, "count" if any(map(str.isdigit, line.text)) else "rule")


def _has_headline(parts: Sequence[_Part]) -> bool:
    return any(p.kind == "other" and len(p.line.text) > 30 for p in parts)


def _is_prose(line: Line, after: Sequence[Line], *, first: bool) -> bool:
    """A paragraph, as against a headline: long, or a sentence that no longer paragraph follows at once."""
    size = len(line.text)
    if size > _LONG_LINE:
        return True
    if not ends_sentence(line.text):
        return False
    if not first:
        return size >= _PROSE
    longer = bool(after) and len(after[0].text) > 1.5 * size
    return not (longer and after[0].blank_before)


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.casefold())}


def _outlet_lines(own: list[_Part], body: set[str]) -> list[_Part]:
    """Lines that name the outlet: a known name, or one printed twice, or one right above a date."""
    found = [p for p in own if p.kind == "outlet" and fold(p.line.text) not in aggregator_names()]
    if found:
        first = fold(found[0].line.text)
        return found + [p for p in own if p.kind == "other" and fold(p.line.text) == first]
    for index, part in enumerate(own[:-1]):
        after = own[index + 1]
        if part.kind != "other" or len(part.line.text.split()) > 4 or len(own) < 3:
            continue
        if after.kind == "other" and fold(after.line.text) == fold(part.line.text):
            return [part, after]
        # in front of a date stands the outlet or the place; the place is told of in the text
        unknown = _is_name(part.line.text) and not _stems(part.line.text) & body
        if after.date is not None and unknown and any(p.kind == "other" for p in own if p is not part):
            return [part]
    return []


def _is_name(text: str) -> bool:
    return not ends_sentence(text) and all(word[0].isupper() for word in text.split() if len(word) > 3)


def _headline(own: list[_Part], outlets: list[_Part], body: set[str]) -> Line | None:
    """The first line that shares its words with the text about as well as any above it does."""
    lines = [p.line for p in own if p.kind == "other" and p not in outlets]
    lines = [x for x in lines if len(x.text.split()) >= 3] or (lines[:1] if len(own) > 1 else [])
    shared = [len(_stems(line.text) & body) for line in lines]
    enough = 0.4 * max(shared, default=0)
    return next((line for line, count in zip(lines, shared, strict=True) if count >= enough), None)


def _banner_cuts(banner: list[_Part]) -> list[Cut]:
    other = "banner of the page that carries the article"
    return [Cut(p.line.start, p.line.end, REASONS.get(p.kind, other)) for p in banner]


def _own_cuts(own: list[_Part], outlets: list[_Part], headline: Line | None, body: set[str]) -> list[Cut]:
    reasons = {
        "date": "date line",
        "outlet": "outlet's name",
        "address": REASONS["link"],
        "byline": REASONS["byline"],
    }
    cuts: list[Cut] = []
    for part in own:
        line = part.line
        if line is headline:
            continue
        reason = "outlet's name" if part in outlets else reasons.get(part.kind)
        if headline is not None and part.kind == "other" and reason is None:
            if fold(line.text) == fold(headline.text):
                reason = REASONS["headline"]
            elif line.start < headline.start and _is_strange(line.text, body):
                reason = "line above the headline that has nothing to do with the text"
        if reason:
            cuts.append(Cut(line.start, line.end, reason))
    return cuts


def _is_strange(text: str, body: set[str]) -> bool:
    """True for a line that may be another article's: short, no sentence, and of none of the text's words."""
    return len(text) <= _STRANGE and not ends_sentence(text) and not _stems(text) & body


def _published(own: list[_Part], banner: list[_Part], url: str | None) -> DayFound | None:
    for parts in (own, banner):
        if dated := best_date([p.date for p in parts if p.date is not None]):
            return DayFound(dated.day, why(dated, "above"))
    if url and (match := _URL_DAY.search(url)):
        day = iso(*(int(number) for number in match.groups() if number))
        return DayFound(day, "the article's address above the text holds it") if day else None
    return None


def _aggregator(parts: list[_Part], banner: list[_Part], outlet: str | None) -> str | None:
    """The name at the top of a page that carries another's article: a known one, or the banner's first line."""
    known = aggregator_names()
    for part in parts:
        if name := known.get(fold(part.line.text)):
            return name
    if outlet is None or not banner or banner[0].kind not in ("other", "outlet"):
        return None
    top = banner[0].line.text
    return top if fold(top) != fold(outlet) and len(top.split()) <= 6 else None


def known_name(text: str | None) -> str | None:
    """The outlet as it writes its name, where it is known; else as it stands."""
    return outlet_names().get(fold(text), text.strip()) if text else None


def web_address(text: str) -> str | None:
    """A web address that fills a line, also one that was taken apart at its signs."""
    return re.sub(r"\s", "", text) if len(text) <= 600 and _ADDRESS.match(text) else None
