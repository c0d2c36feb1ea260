"""The day a page was published, by the votes of what the page states about it.

A page says its date in several places, and some of them are wrong: a template's date, the day of the
last change, another article's date. Each place has a weight; the day with the most is taken, and `why`
names the places that agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

import lxml.html
from htmldate import find_date
from lxml import etree

from dragoman.intake.days import iso, read_stamp
from dragoman.intake.found import DayFound
from dragoman.intake.page_facts import PageFacts, type_of
from dragoman.intake.printed_days import Vote, printed_votes, prints, without_impossible_days

_META = {
    "article:published_time": 3,
    "article:published": 3,
    "og:article:published_time": 3,
    "og:published_time": 3,
    "datepublished": 3,
    "date_published": 3,
    "publication_date": 3,
    "publish-date": 3,
    "publishdate": 3,
    "publish_date": 3,
    "published": 3,
    "pubdate": 3,
    "dc.date.issued": 3,
    "dcterms.issued": 3,
    "dc.issued": 3,
    "article.published": 3,
    "cxenseparse:recs:publishtime": 3,
    "parsely-pub-date": 3,
    "sailthru.date": 2,
    "citation_publication_date": 3,
    "date.available": 2,
    "last-modified-date": 0,
    "article:post_date": 3,
    "article_date_original": 3,
    "originalpublicationdate": 3,
    "date": 2,
    "dc.date": 2,
    "dcterms.date": 2,
    "dcterms.created": 2,
    "dc.date.created": 2,
    "date.created": 2,
    "datecreated": 2,
}
"""Names of meta tags -> weight of what they say."""

_URL_DAY = re.compile(r"[/_-](\d{4})[/_-]?(\d{2})[/_-]?(\d{2})(?=[/_.-]|$)")
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})(?=/|$)")
_PUBLISHED = re.compile(r"publi|pubdate|posted|entry-date|post-date|article-date|dateline", re.IGNORECASE)
_UPDATED = re.compile(r"updat|modif", re.IGNORECASE)
_SOME_YEAR = re.compile(r"(?:19|20)\d{2}|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)")
_TIMES = 40
_SURE = 3
"""From this weight on, one place is believed without a search of the printed dates."""
_FIRST_YEAR = 1990
"""Older days in metadata are defaults of a program (1970-01-01), for there were no pages."""


def page_day(tree: lxml.html.HtmlElement, facts: PageFacts) -> DayFound | None:
    """The day most voted for, or None where nothing but a guess speaks for one."""
    votes = [v for v in _votes(tree, facts) if int(v.day[:4]) >= _FIRST_YEAR]
    if max((v.weight for v in votes), default=0) < _SURE:
        printed = printed_votes(tree, facts.language)
        votes += printed[:1]
        if (not printed or printed[0].weight < _SURE) and (day := _searched(tree, facts)):
            # what stands beside the headline is the article's; the page prints days of others too
            alone = not printed or printed[0].weight == 1
            votes.append(Vote(day, 2 if alone else 1, "a date printed on the page"))
    best = _winner(votes)
    if best is None:
        return _month_of(facts.url)
    places = list(dict.fromkeys(v.place for v in votes if v.day == best))
    return DayFound(best, f"stated by {_listed(places)}")


def _month_of(url: str | None) -> DayFound | None:
    """The month that an address holds, where nothing says the day: `/2024/06/`."""
    match = _URL_MONTH.search((url or "")[:2000])
    if match is None or int(match[1]) < _FIRST_YEAR or not 1 <= int(match[2]) <= 12:
        return None
    return DayFound(f"{match[1]}-{int(match[2]):02}", "its address holds the month")


def _listed(places: list[str]) -> str:
    return places[0] if len(places) == 1 else ", ".join(places[:-1]) + " and " + places[-1]


def _votes(tree: lxml.html.HtmlElement, facts: PageFacts) -> Iterator[Vote]:
    stated = [t for t in facts.ld if read_stamp(t.get("datePublished"))]
    articles = [t for t in stated if not type_of(t).endswith("WebPage")]
    for thing in (articles or stated)[:1]:
        if day := read_stamp(thing.get("datePublished")):
            yield Vote(day, 4 if articles else 2, "the page's structured data (datePublished)")
    for name, weight in _META.items():
        for value in facts.meta.get(name, [])[:1]:
            if weight and (day := read_stamp(value, facts.language)):
                yield Vote(day, weight, f"its meta tag {name!r}")
    if day := url_day(facts.url):
        yield Vote(day, 2, "its address")
    yield from _time_votes(tree)


def _time_votes(tree: lxml.html.HtmlElement) -> Iterator[Vote]:
    """The first `time` element that is marked as the publication's, and the first after the headline."""
    after_headline = marked = False
    for element in islice((e for e in tree.iter("h1", "time")), _TIMES):
        if element.tag == "h1":
            after_headline = True
            continue
        day = read_stamp(element.get("datetime"))
        around = " ".join(filter(None, (element.get(a) for a in ("itemprop", "class", "pubdate", "id"))))
        if day is None or _UPDATED.search(around):
            continue
        if not marked and (_PUBLISHED.search(around) or element.get("pubdate") is not None):
            marked = True
            yield Vote(day, 2, "the time beside its headline")
        elif after_headline and not marked:
            marked = True
            yield Vote(day, 1, "the time beside its headline")


def url_day(url: str | None) -> str | None:
    """The day that an address holds: `/2024/06/12/`, `-20240612-`."""
    for match in _URL_DAY.finditer((url or "")[:2000]):
        if (match[1] >= str(_FIRST_YEAR)) and (day := iso(int(match[1]), int(match[2]), int(match[3]))):
            return day
    return None


def _winner(votes: list[Vote]) -> str | None:
    """The day with the greatest weight; of equal ones the earlier, for what changes a page comes later."""
    sums: dict[str, int] = {}
    for vote in votes:
        sums[vote.day] = sums.get(vote.day, 0) + vote.weight
    return min(sums, key=lambda day: (-sums[day], day), default=None)


def _searched(tree: lxml.html.HtmlElement, facts: PageFacts) -> str | None:
    """htmldate's finding among the printed dates.

    The first of a month is often what it makes of a month or a year alone, or of a day that no month has: it
    counts where the page prints it so.
    """
    if not _SOME_YEAR.search(etree.tostring(tree, encoding="unicode")):
        return None  # the search takes its time on the smallest page, and finds no day without a year
    day: str | None = find_date(
        without_impossible_days(tree),
        original_date=True,
        url=facts.url,
        max_date=date(2100, 1, 1).isoformat(),
    )
    if day is None or (day.endswith("-01") and not prints(tree, facts.language, day)):
        return None
    month = _URL_MONTH.search((facts.url or "")[:2000])
    if month and (int(month[1]), int(month[2])) != (int(day[:4]), int(day[5:7])):
        return None
    return None if day.endswith("-01-01") else day
