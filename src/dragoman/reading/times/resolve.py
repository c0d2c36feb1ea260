"""Anchoring: from what the words tell alone (`Spotted`) to days and TIMEX3 values (`TimeMention`).

The rules, in the order in which they are asked:

- what names its year stands for itself;
- what is counted from another date (*two days later*, *that week*) is counted from the date spoken of last;
- what is counted from the day of telling (*last week*, *yesterday*) is counted from the publication date;
- a weekday in the past tense is the latest on or before the publication date, in the future the first after it;
- a month, day or season without its year takes the year that tense and publication date allow; where there is no
  publication date, that of the last date spoken of with a year, if the tense of both is past;
- what none of these settles keeps its form (`XXXX-06-12`, `XXXX-WXX-3`) and has no days.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from dragoman.model import Span, TimeMention, When
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import periods
from dragoman.reading.times.counted import Discourse, Found, anchor_of, counted
from dragoman.reading.times.near import in_year, names_nothing, near, why_near
from dragoman.reading.times.periods import Period
from dragoman.reading.times.spot import Spotted
from dragoman.reading.times.tense import attributive, governing_verb, is_past_perfect, tense_at
from dragoman.reading.times.values import duration_value, open_value, set_value, with_clock
from dragoman.reading.times.words import time_words

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
_BEFORE = 12
"""Code points before an expression in which its preposition stands."""

_TOLD_ON = 240
"""Code points behind a date of an earlier year within which a day without its year goes on from it."""
_LONG_PAST = 300
"""Days after which a date is told with its year, and what goes on from it without."""
_SOON_AFTER = 100
"""Days after the date told before within which the one that goes on from it lies."""
_THESE_WEEKS = 45
"""Days before the article's own in which a day without its year is rather news."""
_THIS_WEEK = 7
"""Days before the article's own in which a day without its year is news, though an older day was told just before."""
_JUST_BEFORE = 10
"""Days before the older day told last within which what goes on from it may lie (*the other on the 20th*)."""
_SHORT_LINE = 80
"""Code points of a line before a date within which the words that make it page furniture stand."""
_MOVED = 8
"""Words before a day within which a verb of putting off may stand."""
_ENDS = re.compile(r"[.!?…]\s")
"""The end of a sentence."""


def resolve_times(
    syntax: Syntax, spotted: tuple[Spotted, ...], published: When | None
) -> tuple[TimeMention, ...]:
    """Anchor the expressions of a text, in order. `published` is the article's day, if it is known.

    Without it, what is counted from the day of telling stays open unless a date spoken of before settles it.
    """
    talk = Discourse(now=_anchor_day(published), now_known=bool(published and published.is_day))
    mentions: list[TimeMention] = []
    for one in spotted:
        if one.anchor == "then" and _governs(syntax, one):
            continue
        if one.anchor == "either":
            past = tense_at(syntax, one.start, one.end) == "past"
            one = replace(one, anchor="then" if past else "now")
        mention, found = _resolve(syntax, one, talk)
        mentions.append(mention)
        back = (
            one.kind == "count"
            and one.direction < 0
            and (one.anchor == "then" or talk.last_quarter is not None)
        )
        if one.kind == "duration" and one.unit == "month":
            talk.last_quarter = None  # *the nine months*: what is compared now is no quarter
        if found is not None and not back and not _is_furniture(syntax, one):
            talk.last, talk.last_span = found.period, Span(one.start, one.end)
            talk.goes_on = one.day is not None and one.year is None and found.anchor is not None
            if found.period.unit == "quarter" and (talk.now is None or found.period.last < talk.now):
                talk.last_quarter, talk.last_quarter_span = found.period, Span(one.start, one.end)
    return tuple(mentions)


def _is_furniture(syntax: Syntax, one: Spotted) -> bool:
    """True in a line that tells when the page was made (*Updated 3 May*): what follows is not counted from it."""
    text = syntax.text
    begin = text.rfind("\n", 0, one.start) + 1
    words = time_words(syntax.language).furniture
    return one.start - begin <= _SHORT_LINE and text[begin : one.start].lstrip().lower().startswith(words)


def _governs(syntax: Syntax, one: Spotted) -> bool:
    """True where the word is a preposition here (*накануне выборов*, the eve of the election), no time of its own."""
    inside = syntax.tokens_in(one.start, one.end)
    return len(inside) == 1 and inside[0].dep == "case"


def _anchor_day(published: When | None) -> date | None:
    """The day to count from: a known day, or the first of a stretch of at most a week."""
    if published is None or published.start is None or published.end is None:
        return None
    start, end = date.fromisoformat(published.start[:10]), date.fromisoformat(published.end[:10])
    return start if (end - start).days <= 7 else None


def _resolve(syntax: Syntax, one: Spotted, talk: Discourse) -> tuple[TimeMention, Found | None]:
    if one.kind == "duration":
        return _duration(one, talk), None
    if one.kind == "set":
        return _mention(one, "SET", set_value(one)), None
    if one.kind == "ref":
        return _reference(one, talk), None
    found = counted(one, talk) if one.kind == "count" else _date(syntax, one, talk)
    if found is not None and one.offset != 0 and _is_told_as_past(syntax, one, found, talk):
        then = one.anchor == "now" and one.kind == "date" and one.offset is not None and talk.last is not None
        found = _date(syntax, replace(one, anchor="then"), talk) if then else None
    if found is None:
        return _mention(one, _kind(one), open_value(one)), None
    first, last = periods.part_of(found.period, one.part)
    value = with_clock(one, found.period.value)
    mention = TimeMention(
        start=one.start,
        end=one.end,
        type=_kind(one),
        value=value,
        first=first.isoformat(),
        last=last.isoformat(),
        basis=found.basis,
        mod=one.part or one.mod,
        anchor=found.anchor,
        why=found.why,
    )
    return mention, found


def _is_told_as_past(syntax: Syntax, one: Spotted, found: Found, talk: Discourse) -> bool:
    """True for what is counted to lie ahead of the article's day, yet told in the past: it was counted wrongly."""
    if talk.now is None or found.period.first <= talk.now or (one.offset is None and one.anchor != "then"):
        return False
    return tense_at(syntax, one.start, one.end) == "past"


def _kind(one: Spotted) -> Kind:
    return "TIME" if one.hour is not None or one.daypart else "DATE"


# --- dates ----------------------------------------------------------------------------------------


def _date(syntax: Syntax, one: Spotted, talk: Discourse) -> Found | None:
    if one.year is not None:
        if one.unit == "quarter" and talk.last_quarter is not None:
            quarter = int(talk.last_quarter.value[-1])  # *the 1988 quarter* beside a third quarter
            return _stated(replace(one, quarter=quarter), one.year)
        return _stated(one, one.year)
    if one.decade is not None:
        return Found(periods.decade_period(one.decade), "stated", "The words name the decade.")
    if one.century is not None:
        return Found(periods.century_period(one.century), "stated", "The words name the century.")
    if one.offset is not None:
        return _counted_period(syntax, one, talk)
    if one.unit == "quarter" and names_nothing(one):
        return _quarter_spoken_of(one, talk)
    if one.unit == "weekend":
        return _weekend(syntax, one, talk)
    if names_nothing(one):
        return _clock_alone(one, talk, syntax.text)
    return _choose_year(syntax, one, talk)


def _clock_alone(one: Spotted, talk: Discourse, text: str) -> Found | None:
    """A time of the day spoken of last; at the head of a line, as live pages have it, one of the article's day."""
    heads_line = not text[: one.start].rpartition("\n")[2].strip(" \t[(•-–—")
    if heads_line and talk.now is not None:
        return Found(periods.day_period(talk.now), "relative", "A time of the article's day.")
    if talk.last is not None and talk.last.unit == "day":
        return Found(talk.last, "relative", "A time of the day spoken of last.", talk.last_span)
    if talk.now is not None:
        return Found(periods.day_period(talk.now), "relative", "A time of the article's day.")
    return None


def _stated(one: Spotted, year: int) -> Found | None:
    period = in_year(one, year)
    return Found(period, "stated", "The words name it in full.") if period else None


def _counted_period(syntax: Syntax, one: Spotted, talk: Discourse) -> Found | None:
    """*last week*, *this summer*, *next June*, *Friday last week*, *that year*."""
    assert one.offset is not None
    anchor, span, source = anchor_of(one, talk)
    if anchor is None:
        return None
    unit = one.unit or _own_unit(one)
    if unit == "day" and one.anchor == "then" and periods.size(anchor.unit) > 1:
        if not one.daypart or talk.now is None:
            return None  # *that day* behind a month or year
        anchor, span, source = (
            periods.day_period(talk.now),
            None,
            f"the article's day, {talk.now.isoformat()}",
        )
    if one.unit is None:
        period = _nth_own(syntax, one, anchor)
    else:
        day = anchor.first if one.offset <= 0 else anchor.last
        period = periods.shifted(periods.holding(day, unit), one.offset)
        if period is not None:
            period = _within(one, period)
    if period is None:
        return None
    return Found(period, "relative", f"Counted from {source}.", span)


def _quarter_spoken_of(one: Spotted, talk: Discourse) -> Found | None:
    """*the quarter*: that spoken of last, else the last that was over on the article's day."""
    if talk.last_quarter is not None:
        return Found(talk.last_quarter, "relative", "The quarter spoken of last.", talk.last_quarter_span)
    if talk.now is None:
        return None
    period = periods.shifted(periods.holding(talk.now, "quarter"), -1)
    return (
        Found(period, "relative", f"The last quarter before the article's day, {talk.now}.")
        if period
        else None
    )


def _weekend(syntax: Syntax, one: Spotted, talk: Discourse) -> Found | None:
    """*the weekend*: the last that had begun, or in the future tense the next."""
    if talk.now is None:
        return None
    tense = tense_at(syntax, one.start, one.end)
    day = talk.now if tense == "future" else talk.now - timedelta(days=5)
    return Found(periods.weekend_period(day), "relative", f"Counted from the article's day, {talk.now}.")


def _own_unit(one: Spotted) -> str:
    if one.weekday is not None:
        return "week"
    return "year"


def _within(one: Spotted, base: Period) -> Period | None:
    """What the words name inside a period (*Friday* of last week, *June* of last year)."""
    if one.weekday is not None and base.unit == "week":
        return periods.day_period(base.first + timedelta(days=one.weekday - 1))
    if names_nothing(one) or base.unit != "year":
        return base
    return in_year(one, base.first.year)


def _nth_own(syntax: Syntax, one: Spotted, anchor: Period) -> Period | None:
    """*last Friday*, *next June*, *this summer*: the one before, after or around the anchor."""
    assert one.offset is not None
    if one.weekday is not None:
        day = anchor.first
        if one.offset < 0:
            back = (day.isoweekday() - one.weekday) % 7 or 7
            return periods.day_period(day - timedelta(days=back))
        if one.offset > 0:
            ahead = (one.weekday - day.isoweekday()) % 7 or 7
            return periods.day_period(day + timedelta(days=ahead))
        return periods.day_period(periods.week_period(day).first + timedelta(days=one.weekday - 1))
    year = anchor.first.year
    around = [p for p in (in_year(one, year + step) for step in (-2, -1, 0, 1, 2)) if p is not None]
    if one.offset < 0:
        return next((p for p in reversed(around) if p.last < anchor.first), None)
    if one.offset > 0:
        return next((p for p in around if p.first > anchor.last), None)
    if one.season is not None:
        inside = next((p for p in around if p.first <= anchor.first <= p.last), None)
        if inside:
            return inside
    return in_year(one, year)


def _choose_year(syntax: Syntax, one: Spotted, talk: Discourse) -> Found | None:
    """A weekday, day, month, season ... without its year."""
    tense = tense_at(syntax, one.start, one.end)
    if tense != "past" and attributive(syntax, one.start, one.end):
        tense = "none"
    if (one.weekday is not None and _is_set_for(syntax, one)) or _is_moved_to(syntax, one):
        tense = "future"  # "a convoqué pour mercredi": whatever the tense, the day is to come
    if talk.now is None:
        told = _goes_on_from(one, talk, syntax.text) if tense == "past" else None
        if told is not None:
            return Found(told, "inferred", "The next after the date told just before.", talk.last_span)
    if talk.now is not None:
        told = _told_on(one, talk, syntax.text) if tense == "past" else None
        if told is not None:
            return Found(
                told, "relative", "Past tense: the next after the date told just before.", talk.last_span
            )
        over = one.role == "by" and tense == "past" and is_past_perfect(syntax, one.start, one.end)
        period = near(replace(one, role="") if over else one, talk.now, tense)
        if period is None:
            return None
        return Found(period, "relative", why_near(tense, period, talk.now))
    return None


def _is_set_for(syntax: Syntax, one: Spotted) -> bool:
    """True behind a preposition that sets a day (*for Monday*, *pour lundi*, *на понедельник*)."""
    before = syntax.tokens_in(max(0, one.start - _BEFORE), one.start)
    setting = time_words(syntax.language).tense.setting
    return bool(before) and before[-1].text.lower() in setting


def _is_moved_to(syntax: Syntax, one: Spotted) -> bool:
    """True for the new day of what is put off: *postponed until March 3*, « reporté au 3 mars »."""
    before = syntax.tokens_in(max(0, one.start - _BEFORE), one.start)
    words = time_words(syntax.language).tense
    inside = syntax.tokens_in(one.start, one.start + 1)
    near_words = [t.text.lower() for t in before[-2:]] + [t.text.lower() for t in inside]
    if not any(word in words.moved_to for word in near_words):
        return False
    first = before[0].i if before else 0
    around = syntax.tokens[max(0, first - _MOVED) : first + len(before)]
    verb = governing_verb(syntax, one.start, one.end)
    moved = [verb] if verb is not None else []
    return any(
        t.lemma.lower() in words.moves
        and (syntax.light or t.pos in ("VERB", "AUX"))
        and t.sent == before[-1].sent
        for t in [*moved, *around]
        if before
    )


def _goes_on_from(one: Spotted, talk: Discourse, text: str) -> Period | None:
    """A day soon after the date told just before it, where the article's own day is not known."""
    last, span = talk.last, talk.last_span
    if last is None or span is None or one.day is None or one.weekday is not None:
        return None
    if last.unit not in ("day", "month") or one.start - span.end > _TOLD_ON:
        return None
    if "\n" in text[span.end : one.start]:
        return None
    ways = [p for p in (in_year(one, last.first.year + step) for step in (0, 1)) if p is not None]
    return next((p for p in ways if 0 <= (p.first - last.first).days <= _SOON_AFTER), None)


def _told_on(one: Spotted, talk: Discourse, text: str) -> Period | None:
    """A day soon after a date of an earlier year told just before it: *in May 2020; on June 3 they met*.

    Not where it may as well be news of these weeks.
    """
    last, span, now = talk.last, talk.last_span, talk.now
    if last is None or span is None or now is None or one.day is None or one.weekday is not None:
        return None
    if last.unit not in ("day", "month") or (now - last.last).days < _LONG_PAST:
        return None
    if one.start - span.end > _TOLD_ON or "\n" in text[span.end : one.start]:
        return None
    if _is_rather_news(one, now, talk, _ENDS.search(text, span.end, one.start) is None):
        return None
    ways = [p for p in (in_year(one, last.first.year + step) for step in (-1, 0, 1)) if p is not None]
    back = _JUST_BEFORE if last.unit == "day" else 0
    near_it = [p for p in ways if -back <= (p.first - last.first).days <= _SOON_AFTER]
    return min(near_it, key=lambda p: abs((p.first - last.first).days), default=None)


def _is_rather_news(one: Spotted, now: date, talk: Discourse, one_sentence: bool) -> bool:
    """Whether a day without its year is one of the weeks before the article, though an older one was told before.

    A sentence stays with the older day that it names; the next one comes back to the news, unless it goes on with
    days that leave out their year, and even then to those of the last week.
    """
    news = near(one, now, "past")
    if news is None:
        return True
    by_day = talk.last is not None and talk.last.unit == "day"
    if by_day and one_sentence:
        return False
    weeks = _THIS_WEEK if by_day and talk.goes_on else _THESE_WEEKS
    return 0 <= (now - news.first).days <= weeks


# --- durations, sets, references ----------------------------------------------------------------------


def _duration(one: Spotted, talk: Discourse) -> TimeMention:
    value = one.value or duration_value(one.count, one.unit or "day")
    mention = _mention(one, "DURATION", value)
    if not one.direction or talk.now is None or one.count is None or one.unit is None:
        return mention
    other = periods.shift_day(talk.now, one.unit, one.count * one.direction)
    if other is None:
        return mention
    first, last = sorted((other, talk.now))
    return TimeMention(
        start=one.start,
        end=one.end,
        type="DURATION",
        value=value,
        first=first.isoformat(),
        last=last.isoformat(),
        basis="relative",
        mod=one.mod,
        why=f"Counted from the article's day, {talk.now.isoformat()}.",
    )


def _reference(one: Spotted, talk: Discourse) -> TimeMention:
    return _mention(one, "DATE", one.value or "PRESENT_REF")


def _mention(one: Spotted, kind: Kind, value: str) -> TimeMention:
    return TimeMention(start=one.start, end=one.end, type=kind, value=value, mod=one.part or one.mod)
