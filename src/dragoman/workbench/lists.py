"""How lists of facts are called: stories by what they are about, changes that read so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.store.chronology import Lines, weightiest
from dragoman.store.questions import briefs
from dragoman.telling.exports.chronicle import sentence
from dragoman.telling.wording import title_of
from dragoman.workbench.views import View

Record = dict[str, Any]

TITLE = 160
"""Code points of the sentence by which a story is called."""

DATED_BY = 400
"""Articles of a story that its days are taken from."""


def titled(view: View, story: Record) -> Record:
    """A story called by its weightiest sentence, with the days of its articles; as before where no line tells it."""
    line = next(iter(weightiest(view.connection, Lines(story=story["id"]), 1)), None)
    told = briefs(view.connection, story["record"]["articles"][:DATED_BY])
    dates = sorted(one.day for one in told.values() if one.day)
    days = " – ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else ""
    if line is None:  # no line tells it, so it is called by the headline of its first article
        first = view.fetch(story["record"]["articles"][:1]).values()
        text = next(map(title_of, first), story["text"])
        return {**story, "text": text, "span": dates[:1] + dates[-1:], "day": days}
    words = sentence(line)
    if len(words) > TITLE:
        words = f"{words[: TITLE - 1].rsplit(' ', 1)[0]}…"
    return {**story, "text": words, "span": dates[:1] + dates[-1:], "day": days}


def revised(before: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What fields held before, of those that read otherwise now."""
    after = dict(now)
    return [(name, held) for name, held in before if after.get(name) != held]
