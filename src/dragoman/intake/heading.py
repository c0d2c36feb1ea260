"""The top and the foot of a plain text: banner, outlet, date, headline, byline, where they stand as lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.intake.cleaning import REASONS
from dragoman.intake.days import find_days
from dragoman.intake.found import DayFound
from dragoman.intake.limits import HEAD_LINES
from dragoman.intake.lines import Cut, Line
from dragoman.intake.wording import aggregator_names, ends_sentence, fold, label, line_matcher, outlet_names

_TIME = re.compile(r"\d{1,2}\s?[:hH.]\s?\d{2}(?::\d{2})?(?:\.\d{1,6})?(?:\s?[ap]\.?m\.?)?", re.IGNORECASE)
_ZONE = re.compile(r"\b(?:[A-Z]{2,5}|UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?(?![a-z])")
_LETTERS = re.compile(r"[^\W\d_]+")
_PROSE = 60
_LONG_LINE = 160
_HEADLINE = 160
_DATE_LINE = 120
_FOOT_LINES = 6
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?[a-z0-9-]{2,40}\.(?:com|org|net|info|news|[a-z]{2})(?:\.[a-z]{2})?/?",
    re.IGNORECASE,
)
_FORMAT = "%d"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the lines around an article say of it. `title` is the line that holds the headline."""

    title: Line | None = None
    outlet: str | None = None
    aggregator: str | None = None
    byline: str | None = None
    published: DayFound | None = None
    published_line: Line | None = None
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that is a date and nothing else. `kind`: how it is labelled, `""` where it is bare."""

    day: str
    kind: str


@dataclass(slots=True)
class _Part:
    line: Line
    kind: str
    date: DateLine | None = None


def date_line(text: str, language: str) -> DateLine | None:
    """The day of a line that is only a date, with its label, weekday, hour and zone if any."""
    if len(text) > _DATE_LINE:
        return None
    kind, rest = "", text
    for name in ("published", "updated", "crawled"):
        if match := label(name).match(text):
            kind, rest = name, text[match.end() :]
            break
    days = find_days(rest, language)
    if not days:
        return None
    left = rest
    for found in reversed(days):
        left = left[: found.start] + " " + left[found.end :]
    left = _ZONE.sub(" ", _TIME.sub(" ", left))
    words = _LETTERS.findall(left)
    # a weekday, "at", "updated", a second label: three short words; more is a sentence
    if len(words) > 3 or sum(map(len, words)) > 24:
        return None
    return DateLine(days[0].day, kind)


def read_heading(lines: Sequence[Line], language: str) -> Heading:
    """The lines above the first paragraph. Nothing is taken from a text that begins with its body."""
    parts = _parts(lines, language)
    chrome = [i for i, p in enumerate(parts) if p.kind in ("sponsor", "menu", "count", "prompt")]
    border = chrome[-1] + 1 if chrome else 0
    banner, own = parts[:border], parts[border:]
    return _own_heading(own, banner, lines[len(parts)] if len(parts) < len(lines) else None)


def _parts(lines: Sequence[Line], language: str) -> list[_Part]:
    matcher, names = line_matcher(), outlet_names()
    parts: list[_Part] = []
    for index, line in enumerate(lines[:HEAD_LINES]):
        dated = date_line(line.text, language)
        reason = matcher.reason(line.text)
        if dated is not None:
            parts.append(_Part(line, "date", dated))
        elif reason is not None:
            parts.append(_Part(line, reason))
        elif fold(line.text) in names or _DOMAIN.fullmatch(line.text):
            parts.append(_Part(line, "outlet"))
        elif not _LETTERS.search(line.text):
            parts.append(_Part(line, "count"))
        elif _is_prose(line, lines[index + 1 : index + 2], first=not _has_headline(parts)):
            break
        else:
            parts.append(_Part(line, "other"))
    else:
        # no paragraph at all among the first lines: a list or a poem, not a heading
        return [] if len(lines) > len(parts) else _without_text(parts)
    return parts


def _without_text(parts: list[_Part]) -> list[_Part]:
    """A text of short lines only: all from its second unexplained line on is its body."""
    others = [i for i, p in enumerate(parts) if p.kind == "other"]
    return parts[: others[1]] if len(others) > 1 else []


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


def _own_heading(own: list[_Part], banner: list[_Part], body: Line | None) -> Heading:
    cuts = [Cut(p.line.start, p.line.end, _banner_reason(p)) for p in banner]
    outlets = _outlet_lines(own)
    headline = _headline(own, outlets)
    named = outlets[0].line.text if outlets else None
    dates = [p for p in own if p.date is not None]
    day = _published(dates)
    aggregator = _aggregator(banner, named)
    if day is None and not aggregator:
        day = _published([p for p in banner if p.date is not None])
    byline = next((p.line.text for p in own if p.kind == "byline"), None)
    for part in own:
        if part.line is headline:
            continue
        reason = {"date": "date line", "outlet": "outlet's name", "byline": REASONS["byline"]}.get(part.kind)
        if part in outlets:
            reason = "outlet's name"
        elif headline is not None and fold(part.line.text) == fold(headline.text):
            reason = REASONS["headline"]
        if reason:
            cuts.append(Cut(part.line.start, part.line.end, reason))
    return Heading(
        title=headline,
        outlet=_known_name(named),
        aggregator=aggregator,
        byline=byline,
        published=DayFound(day.date.day, "a date line above the text says it") if day and day.date else None,
        published_line=day.line if day else None,
        cuts=tuple(cuts),
    )


def _banner_reason(part: _Part) -> str:
    return REASONS.get(part.kind, "banner of the page that carries the article")


def _outlet_lines(own: list[_Part]) -> list[_Part]:
    """Lines that name the outlet: a known name, or one printed twice, or one right above a date."""
    found = [p for p in own if p.kind == "outlet"]
    if found:
        first = fold(found[0].line.text)
        return found + [p for p in own if p.kind == "other" and fold(p.line.text) == first]
    for index, part in enumerate(own[:-1]):
        after = own[index + 1]
        short = part.kind == "other" and len(part.line.text.split()) <= 4
        if short and after.kind == "other" and fold(after.line.text) == fold(part.line.text) and len(own) > 2:
            return [part, after]
        if short and after.date is not None and index == 0 and len(own) > 2:
            return [part]
    return []


def _headline(own: list[_Part], outlets: list[_Part]) -> Line | None:
    for part in own:
        if part.kind == "other" and part not in outlets and len(part.line.text) <= _HEADLINE:
            long_enough = len(part.line.text.split()) >= 3
            if long_enough or (part is own[0] and len(own) > 1):
                return part.line
    return None


def _published(dates: list[_Part]) -> _Part | None:
    labelled = [p for p in dates if p.date and p.date.kind == "published"]
    bare = [p for p in dates if p.date and p.date.kind == ""]
    return next(iter((*labelled, *bare)), None)


def _aggregator(banner: list[_Part], outlet: str | None) -> str | None:
    """The name at the top of a page that carries another's article: a known one, or the banner's first line."""
    known = aggregator_names()
    for part in banner:
        if name := known.get(fold(part.line.text)):
            return name
    if outlet is None or not banner or banner[0].kind not in ("other", "outlet"):
        return None
    top = banner[0].line.text
    return top if fold(top) != fold(outlet) and len(top.split()) <= 6 else None


def _known_name(text: str | None) -> str | None:
    return outlet_names().get(fold(text), text.strip()) if text else None


@dataclass(frozen=True, slots=True)
class Foot:
    """Lines below the last paragraph that are a date, an outlet's name or a wire's credit."""

    published: DayFound | None = None
    published_line: Line | None = None
    outlet: str | None = None
    cuts: tuple[Cut, ...] = field(default=())


def read_foot(lines: Sequence[Line], language: str) -> Foot:
    """The last lines: a bare date there is when the text was put up."""
    cuts: list[Cut] = []
    day: DateLine | None = None
    where: Line | None = None
    outlet: str | None = None
    matcher = line_matcher()
    for line in list(reversed(lines))[:_FOOT_LINES]:
        dated = date_line(line.text, language)
        if dated is not None:
            cuts.append(Cut(line.start, line.end, "date line"))
            if dated.kind in ("", "published") and (day is None or dated.kind):
                day, where = dated, line
        elif match := label("origin").match(line.text):
            name = line.text[match.end() :].strip()
            if not ends_sentence(name) and len(name.split()) <= 6 and ":" in line.text[: match.end()]:
                outlet = outlet or _known_name(name) or None
                cuts.append(Cut(line.start, line.end, "outlet's name"))
            else:
                break
        elif fold(line.text) in outlet_names():
            outlet = outlet or _known_name(line.text)
            cuts.append(Cut(line.start, line.end, "outlet's name"))
        elif matcher.reason(line.text) is None:
            break
    return Foot(
        published=DayFound(day.day, "a date line below the text says it") if day else None,
        published_line=where,
        outlet=outlet,
        cuts=tuple(cuts),
    )
