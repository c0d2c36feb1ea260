"""Article -> Reading: the stages of reading, as a list.

Each stage is a pure function of what it needs; `check_order` proves that the list can run. Reading
knows no other article, so it runs on any number of processes unchanged. A stage that fails costs what it
gives and no more: that stays as `Stage.without` has it, and the reading keeps the fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from dragoman.languages import LIGHT, SUPPORTED
from dragoman.model import Article, Fault, Reading
from dragoman.model.annotation import Annotation
from dragoman.reading.annotate import annotate, read_until
from dragoman.reading.clauses import find_clauses
from dragoman.reading.commitments import find_commitments
from dragoman.reading.dating import date_article
from dragoman.reading.event_time import time_clauses
from dragoman.reading.events import find_events
from dragoman.reading.figures import find_figures, tell_occasions
from dragoman.reading.light import find_light_figures, find_light_names, light_syntax
from dragoman.reading.marks import Names
from dragoman.reading.names import find_names
from dragoman.reading.parse import parse_many
from dragoman.reading.repair import repair
from dragoman.reading.rules import find_by_rules
from dragoman.reading.statements import find_statements
from dragoman.reading.statements.told import tell_statements
from dragoman.reading.states import find_states
from dragoman.reading.syntax import Syntax
from dragoman.reading.times import resolve_times, spot_times

State = dict[str, Any]
"""What the stages so far gave, by name."""


def _nothing(_: State) -> tuple[()]:
    return ()


def _as_it_was(name: str) -> Callable[[State], Any]:
    return lambda state: state[name]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: `gives` = `run(*needs)`, or `without(state)` where that fails."""

    run: Callable[..., Any]
    needs: tuple[str, ...]
    gives: str
    without: Callable[[State], Any] = _nothing


GIVEN = ("parsed", "known")
"""What is there at the start: the parse, and the publication date that intake knows (or None)."""

DATE_ARTICLE = Stage(
    date_article,
    needs=("syntax", "spotted", "known"),
    gives="published",
    without=_as_it_was("known"),
)
ANNOTATE = Stage(
    annotate,
    needs=("syntax", "times", "published"),
    gives="annotation",
    without=lambda _: Annotation(made_by=""),
)
TELL_STATEMENTS = Stage(
    tell_statements,
    needs=("annotation", "said", "syntax", "names"),
    gives="statements",
    without=_as_it_was("said"),
)
FIND_EVENTS = Stage(
    find_events,
    needs=("annotation", "by_rules", "syntax", "names", "times", "figures", "statements", "published"),
    gives="events",
)

READING: tuple[Stage, ...] = (
    Stage(repair, needs=("parsed",), gives="syntax", without=_as_it_was("parsed")),
    Stage(spot_times, needs=("syntax",), gives="spotted"),
    DATE_ARTICLE,
    Stage(resolve_times, needs=("syntax", "spotted", "published"), gives="times"),
    Stage(find_names, needs=("syntax",), gives="names", without=lambda _: Names((), ())),
    Stage(find_figures, needs=("syntax", "times", "names"), gives="figures"),
    Stage(
        tell_occasions,
        needs=("syntax", "times", "names", "figures"),
        gives="figures",
        without=_as_it_was("figures"),
    ),
    Stage(find_clauses, needs=("syntax",), gives="clauses"),
    Stage(
        time_clauses,
        needs=("syntax", "clauses", "times", "published"),
        gives="clause_times",
        without=lambda state: (None,) * len(state["clauses"]),
    ),
    Stage(find_statements, needs=("syntax", "clauses", "names", "clause_times"), gives="said"),
    Stage(
        find_by_rules,
        needs=("syntax", "clauses", "names", "clause_times", "figures", "said", "published"),
        gives="by_rules",
    ),
    ANNOTATE,
    TELL_STATEMENTS,
    FIND_EVENTS,
    Stage(find_states, needs=("syntax", "clauses", "names", "clause_times", "times"), gives="states"),
    Stage(
        find_commitments,
        needs=("syntax", "clauses", "names", "clause_times", "times", "by_rules"),
        gives="commitments",
    ),
)


GIVEN_LIGHT = ("text", "language", "known", "by_rules", "said")
"""What is there at the start of reading without a parser; there are no rules for its languages."""

READING_LIGHT: tuple[Stage, ...] = (
    Stage(
        light_syntax,
        needs=("text", "language"),
        gives="syntax",
        without=lambda state: Syntax(state["text"], state["language"], [], [], light=True),
    ),
    Stage(spot_times, needs=("syntax",), gives="spotted"),
    DATE_ARTICLE,
    Stage(resolve_times, needs=("syntax", "spotted", "published"), gives="times"),
    Stage(find_light_names, needs=("syntax",), gives="names", without=lambda _: Names((), ())),
    Stage(find_light_figures, needs=("syntax", "times", "names"), gives="figures"),
    ANNOTATE,
    TELL_STATEMENTS,
    FIND_EVENTS,
)
"""For the languages of `LIGHT`: what needs a tree is left out."""


def check_order(stages: Iterable[Stage] = READING, given: Iterable[str] = GIVEN) -> None:
    """Raise ValueError when a stage needs what no earlier stage gives."""
    ready = set(given)
    for stage in stages:
        if missing := set(stage.needs) - ready:
            raise ValueError(f"{stage.run.__name__} needs {sorted(missing)} first")
        ready.add(stage.gives)


def read(article: Article) -> Reading:
    """Read one article. One in a language that is not read yields a reading with its date only."""
    return next(read_many([article]))


def read_many(articles: Iterable[Article]) -> Iterator[Reading]:
    """Read articles, in order; those of one language that follow each other are parsed in one batch."""
    batch: list[Article] = []
    for article in articles:
        if batch and article.language != batch[0].language:
            yield from _read_batch(batch)
            batch = []
        batch.append(article)
    if batch:
        yield from _read_batch(batch)


def _read_batch(articles: list[Article]) -> Iterator[Reading]:
    language = articles[0].language
    if language not in LIGHT and language not in SUPPORTED:
        for article in articles:
            yield Reading(article=article.id, language=language, published=article.published)
        return
    within = [_within_reach(article) for article in articles]
    readings = _read_light(within) if language in LIGHT else _read_parsed(within, language)
    for whole, part, reading in zip(articles, within, readings, strict=True):
        yield reading if part is whole else msgspec.structs.replace(reading, read_until=len(part.text))


def _within_reach(article: Article) -> Article:
    """The article with as much of its text as is read; itself where that is all."""
    past = read_until(article.text)
    return (
        article if past == len(article.text) else msgspec.structs.replace(article, text=article.text[:past])
    )


def _read_light(articles: list[Article]) -> Iterator[Reading]:
    for article in articles:
        yield _reading(article, *read_light(article))


def _read_parsed(articles: list[Article], language: str) -> Iterator[Reading]:
    for article, syntax in zip(articles, _parsed(articles, language), strict=True):
        if isinstance(syntax, Fault):
            yield Reading(
                article=article.id, language=language, published=article.published, faults=(syntax,)
            )
        else:
            yield read_parsed(article, syntax)


def _parsed(articles: list[Article], language: str) -> Iterator[Syntax | Fault]:
    """The tree of each article; where the parser fails on them together, they are parsed one by one."""
    try:
        together = list(parse_many([a.text for a in articles], language))
    except Exception as error:  # noqa: BLE001 - a text that breaks the parser must cost its own reading alone
        if len(articles) == 1:
            yield _fault("parse", error)
            return
        for article in articles:
            yield from _parsed([article], language)
    else:
        yield from together


def _fault(stage: str, error: Exception) -> Fault:
    return Fault(stage=stage, message=f"{type(error).__name__}: {error}")


def stages_of(article: Article, parsed: Syntax) -> tuple[State, tuple[Fault, ...]]:
    """What every stage after the parse gives, by name, and the faults met on the way."""
    state: State = {"parsed": parsed, "known": article.published}
    return state, _run(READING, state)


def read_light(article: Article) -> tuple[State, tuple[Fault, ...]]:
    """What the stages without a parser give for an article in a language of `LIGHT`, and those that failed."""
    state: State = {"text": article.text, "language": article.language, "known": article.published}
    state |= {"by_rules": (), "said": ()}
    return state, _run(READING_LIGHT, state)


def _run(stages: Iterable[Stage], state: State) -> tuple[Fault, ...]:
    """Run the stages in order; what each gives is put into the state. The stages that failed come back."""
    faults: list[Fault] = []
    for stage in stages:
        try:
            state[stage.gives] = stage.run(*(state[need] for need in stage.needs))
        except Exception as error:  # noqa: BLE001 - the seam: a fault in one rule must not cost the article
            faults.append(_fault(stage.run.__name__, error))
            state[stage.gives] = stage.without(state)
    return tuple(faults)


def read_parsed(article: Article, parsed: Syntax) -> Reading:
    """All stages after the parse."""
    return _reading(article, *stages_of(article, parsed))


def _reading(article: Article, state: State, faults: tuple[Fault, ...]) -> Reading:
    """The reading that a state holds; what no stage gave is empty."""
    names = state["names"]
    return Reading(
        article=article.id,
        language=article.language,
        published=state["published"],
        sentences=tuple(s.span for s in state["syntax"].sentences),
        entities=names.entities,
        mentions=names.mentions,
        times=state["times"],
        figures=state["figures"],
        statements=state.get("statements", ()),
        events=state.get("events", ()),
        states=state.get("states", ()),
        commitments=state.get("commitments", ()),
        faults=faults,
        marked_until=state["annotation"].marked_until,
    )
