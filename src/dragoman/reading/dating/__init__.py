"""The day an article is of, where nothing outside its words tells it.

The questions, in order: is a full date printed on a line of its own, or in the dateline? Does the dateline have a
day without its year, and do the words name the year? Does a weekday with its day and month, or a weekday and a day
told of one deed, leave only one year? What is the latest past fact, and the first thing still ahead? The answer is
a day, a stretch of days, or a bound; a day is never made up.
"""

from __future__ import annotations

from dragoman.model import When
from dragoman.reading.dating.bounds import Bound, earliest, latest
from dragoman.reading.dating.newest import newest_day
from dragoman.reading.dating.printed import printed_date
from dragoman.reading.dating.told import told_dates
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import Spotted

__all__ = ["date_article"]


def date_article(syntax: Syntax, spotted: tuple[Spotted, ...], known: When | None) -> When | None:
    """`known` where intake knew it; else what the text itself allows, or None where it allows anything."""
    if known is None or known.basis != "bounded":
        return known if known is not None else _of_text(syntax, spotted)
    told = _of_text(syntax, spotted)
    return _within(told, known) if told is not None else known


def _within(told: When, known: When) -> When:
    """What the text says, as far as the bound that is known allows; where they contradict, the bound alone."""
    start = max(filter(None, (told.start, known.start)), default=None)
    end = min(filter(None, (told.end, known.end)), default=None)
    if start is not None and end is not None and start > end:
        return known
    if (start, end) == (told.start, told.end):
        return told
    return When(start=start, end=end, basis="bounded", why=f"{told.why} {known.why}".strip(), span=told.span)


def _of_text(syntax: Syntax, spotted: tuple[Spotted, ...]) -> When | None:
    """What the text itself says, or None where it allows any day."""
    printed = printed_date(syntax, spotted)
    if printed is not None:
        return printed
    told = told_dates(syntax, spotted)
    lower, upper = earliest(syntax, told), latest(syntax, told)
    if lower is not None and upper is not None and lower.day > upper.day:
        upper = None
    newest = newest_day(syntax, told, lower, upper)
    return newest if newest is not None else _bounded(lower, upper)


def _bounded(lower: Bound | None, upper: Bound | None) -> When | None:
    shown = lower or upper
    if shown is None:
        return None
    said = []
    if lower is not None:
        said.append(f"it tells {lower.words!r} as past")
    if upper is not None:
        said.append(f"{upper.words!r} is still ahead")
    start = lower.day.isoformat() if lower else None
    end = upper.day.isoformat() if upper else None
    why = f"No date is printed, but {' and '.join(said)}."
    return When(start=start, end=end, basis="bounded", why=why, span=shown.span)
