"""The day a page was published, by the votes of what the page states about it."""

from __future__ import annotations

import lxml.html
from htmldate import find_date

from dragoman.intake.days import read_stamp
from dragoman.intake.found import DayFound
from dragoman.intake.page_facts import PageFacts


def page_day(tree: lxml.html.HtmlElement, facts: PageFacts) -> DayFound | None:
    for thing in facts.ld:
        if day := read_stamp(thing.get("datePublished")):
            return DayFound(day, "the page's metadata (JSON-LD datePublished) state it")
    day = find_date(tree, original_date=True, url=facts.url)
    return DayFound(day, "the page states it") if day else None
