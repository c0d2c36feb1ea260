"""A day of publication that the text outgrew: explainers are rewritten for years under their first day."""

from __future__ import annotations

import re

from dragoman.intake.days import read_stamp
from dragoman.intake.found import DayFound
from dragoman.intake.page_facts import PageFacts

_YEAR = re.compile(r"(?<![\w./,-])(?:19|20)\d{2}(?![\w/-]|[.,]\d)")
_YEARS, _TIMES = 2, 3
"""Fewest different years after the stated one, and fewest times they are told, that contradict it.

One that lies ahead (an election, a goal) stands in many texts; one that was over before the last change
does not.
"""
_PLANNED = 2
"""Years ahead that an article's plans and elections lie in."""
_MODIFIED = ("article:modified_time", "og:updated_time", "last-modified", "datemodified", "dcterms.modified")


def modified_day(facts: PageFacts) -> str | None:
    """The day of the page's last change, where it says one."""
    stated = [t.get("dateModified") for t in facts.ld]
    stated += [value for name in _MODIFIED for value in facts.meta.get(name, [])[:1]]
    return max((day for value in stated if (day := read_stamp(value))), default=None)


def settled(day: DayFound | None, facts: PageFacts, text: str) -> DayFound | None:
    """The day, or the last change where the text tells of years that were still ahead on that day.

    Without a day of the last change the article was written on the stated day at the earliest.
    """
    if day is None or day.kind != "on":
        return day
    changed = modified_day(facts)
    if changed is not None and changed <= day.day:
        return day
    year = int(day.day[:4])
    last = int(changed[:4]) if changed else year
    told = [found for match in _YEAR.finditer(text) if year + _PLANNED < (found := int(match[0])) <= last]
    if len(set(told)) < _YEARS or len(told) < _TIMES:
        return day
    years = ", ".join(map(str, sorted(set(told))[:4]))
    if changed is not None:
        why = f"stated as the day of the last change; {day.day} is stated too, but the text tells of {years}"
        return DayFound(changed, why)
    return day
