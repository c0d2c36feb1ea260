"""Short factories for hand-made readings: a telling of what an article says, without parsing any text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from msgspec import structs

from dragoman.linking import Source
from dragoman.model import (
    Arg,
    Article,
    Basis,
    CommitmentReport,
    Entity,
    EntityType,
    EventReport,
    FigureMention,
    Mention,
    Reading,
    Role,
    Span,
    StatementReport,
    StateReport,
    Status,
    TimeMention,
    When,
    name_by_content,
)

KEYS: dict[str, tuple[EntityType, str | None, str | None]] = {
    "Arland": ("state", "country:XA", "XA"),
    "Borland": ("state", "country:XB", "XB"),
    "Corland": ("state", "country:XC", "XC"),
    "Ada Arden": ("person", None, "XA"),
    "Boris Bolt": ("person", None, "XB"),
    "Cora Cray": ("person", None, None),
    "League": ("organisation", "org:league", None),
    "Arland Guard": ("armed_force", None, "XA"),
    "Rebels": ("group", None, None),
    "Midvale": ("place", None, "XB"),
    "Port Ann": ("place", "city:1", "XA"),
    "Farland": ("place", "territory:farland", None),
    "Bolton": ("place", "city:2", "XB"),
}
"""The made-up world of these tests: name -> type, gazetteer key, country."""


def day(text: str | None) -> When | None:
    """`2024-05-01` or `2024-05-01/2024-05-31`, with either end left out where it is open."""
    if text is None:
        return None
    start, mark, end = text.partition("/")
    return When(start=start or None, end=(end or None) if mark else start, basis="stated", why="it says so")


@dataclass
class Page:
    """One article under construction. Each method adds a sentence and what is read in it."""

    outlet: str = "Daily"
    published: str | None = "2024-05-02"
    language: str = "en"
    title: str | None = None
    wire: str | None = None
    vector: Sequence[float] | None = None
    text: str = ""
    names: list[str] = field(default_factory=list)
    reading: dict[str, list[object]] = field(default_factory=dict)
    sentences: list[Span] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def say(self, sentence: str) -> Span:
        """A sentence in which every known name is a mention."""
        start = len(self.text) + (1 if self.text else 0)
        self.text += (" " if self.text else "") + sentence
        span = Span(start, len(self.text))
        self.sentences.append(span)
        taken: list[Span] = []
        for name in sorted(KEYS, key=len, reverse=True):
            for found in re.finditer(rf"\b{name}\b", sentence):
                here = Span(start + found.start(), start + found.end())
                if not any(here.meets(t) for t in taken):
                    taken.append(here)
                    self.mentions.append(
                        Mention(
                            start=here.start,
                            end=here.end,
                            text=name,
                            entities=(self.entity(name),),
                            rule="test",
                        )
                    )
        return span

    def entity(self, name: str) -> int:
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)

    def arg(self, span: Span, *names: str) -> tuple[Arg, ...]:
        return tuple(self._arg(span, n) for n in names)

    def _arg(self, span: Span, name: str) -> Arg:
        at = self.text.find(name, span.start, span.end)
        start, end = (at, at + len(name)) if at >= 0 else (span.start, span.start + 1)
        return Arg(start=start, end=end, entities=(self.entity(name),) if name in KEYS else ())

    def _add(self, kind: str, report: object) -> Page:
        self.reading.setdefault(kind, []).append(report)
        return self

    def event(
        self,
        sentence: str,
        type: str,
        who: Sequence[str] = (),
        whom: Sequence[str] = (),
        when: str | None = None,
        place: str | None = None,
        mode: str | None = None,
        status: Status = "happened",
        rule: str | None = None,
        figures: Sequence[tuple[str, float]] = (),
    ) -> Page:
        span = self.say(sentence)
        numbers = tuple(self._figure(span, measure, value, value) for measure, value in figures)
        return self._add(
            "events",
            EventReport(
                type=type,
                mode=mode,
                status=status,
                trigger=Span(span.start, span.start + 4),
                who=self.arg(span, *who),
                whom=self.arg(span, *whom),
                place=self._arg(span, place) if place else None,
                when=day(when),
                sentence=span,
                rule=rule or f"{type.lower()}.{mode or 'plain'}",
                confidence=0.8,
                figures=numbers,
            ),
        )

    def _figure(
        self,
        span: Span,
        measure: str,
        low: float | None,
        high: float | None,
        approx: bool = False,
        of: str | None = None,
    ) -> int:
        said = f"{low if low is not None else high:g}"
        at = self.text.find(said, span.start, span.end)
        at = at if at >= 0 else span.start
        self._add(
            "figures",
            FigureMention(
                start=at,
                end=at + len(said),
                measure=measure,
                low=low,
                high=high,
                unit="people",
                approx=approx,
                of=self.entity(of) if of else None,
                rule="figure",
            ),
        )
        return len(self.reading["figures"]) - 1

    def figure(
        self,
        sentence: str,
        measure: str,
        low: float | None,
        high: float | None,
        approx: bool = False,
        of: str | None = None,
    ) -> Page:
        self._figure(self.say(sentence), measure, low, high, approx, of)
        return self

    def statement(self, sentence: str, speaker: str, content: str, when: str | None = None) -> Page:
        span = self.say(sentence)
        at = self.text.index(content, span.start)
        return self._add(
            "statements",
            StatementReport(
                speaker=self._arg(span, speaker),
                cue=None,
                content=(Span(at, at + len(content)),),
                quote=True,
                sentence=span,
                when=day(when),
                rule="quote",
            ),
        )

    def quoted(self, speaker: str, start: int, end: int) -> Page:
        """Put `text[start:end]` into the mouth of a speaker."""
        arg = self._arg(Span(0, len(self.text)), speaker)
        report = StatementReport(
            speaker=arg,
            cue=None,
            content=(Span(start, end),),
            quote=True,
            sentence=self.sentences[0],
            rule="quote",
        )
        return self._add("statements", report)

    def based(self, basis: Basis) -> Page:
        """Say how the dates of the events so far are known."""
        events = [
            structs.replace(e, when=structs.replace(e.when, basis=basis))  # type: ignore[type-var, attr-defined]
            for e in self.reading["events"]
        ]
        self.reading["events"] = list(events)
        return self

    def lasting(self, start: int, end: int, timex: str, mod: str | None = None) -> Page:
        """A duration at `text[start:end]`, which the states so far are said to last."""
        span = Span(start, end)
        self._add("times", TimeMention(start=start, end=end, type="DURATION", value=timex, mod=mod))
        valid = When(start=None, end=None, basis="stated", span=span)
        states = [structs.replace(s, valid=valid) for s in self.reading.get("states", ())]  # type: ignore[type-var]
        self.reading["states"] = list(states)
        return self

    def state(
        self,
        sentence: str,
        type: str,
        subject: str,
        object: str | None = None,
        place: str | None = None,
        valid: str | None = None,
        value: str | None = None,
    ) -> Page:
        span = self.say(sentence)
        return self._add(
            "states",
            StateReport(
                type=type,
                subject=self._arg(span, subject),
                object=self._arg(span, object) if object else None,
                place=self._arg(span, place) if place else None,
                value=value,
                valid=day(valid),
                sentence=span,
                rule=f"state.{type}",
            ),
        )

    def promise(
        self,
        sentence: str,
        by: Sequence[str],
        event_type: str | None,
        due: str | None = None,
        made: str | None = None,
        event_mode: str | None = None,
        to: Sequence[str] = (),
    ) -> Page:
        span = self.say(sentence)
        return self._add(
            "commitments",
            CommitmentReport(
                by=self.arg(span, *by),
                to=self.arg(span, *to),
                what=span,
                due=day(due),
                made=day(made),
                sentence=span,
                rule="promise",
                event_type=event_type,
                event_mode=event_mode,
            ),
        )

    def source(self) -> Source:
        # Hand-made readings of one text may differ; an id of their own keeps them apart.
        told = (self.published, self.language, self.names, self.vector, repr(self.reading))
        name = name_by_content("article", self.outlet, self.text, told)
        published = day(self.published)
        entities = tuple(self._entity(n) for n in list(self.names))
        article = Article(
            id=name,
            path=f"{name}.txt",
            text=self.text,
            raw="",
            language=self.language,
            title=self.title,
            outlet=self.outlet,
            wire=self.wire,
            published=published,
        )
        reading = Reading(
            article=name,
            language=self.language,
            published=published,
            sentences=tuple(self.sentences),
            entities=entities,
            mentions=tuple(sorted(self.mentions, key=lambda m: m.start)),
            **{kind: tuple(reports) for kind, reports in self.reading.items()},  # type: ignore[arg-type]
        )
        return Source(article, reading, None if self.vector is None else unit(self.vector))

    def _entity(self, name: str) -> Entity:
        kind, key, country = KEYS[name]
        state = next(
            (s for s, (t, _, c) in KEYS.items() if t == "state" and c == country and s in self.names), None
        )
        of = self.names.index(state) if state and kind == "armed_force" else None
        roles = (Role(title="president", of=self.names.index(state)),) if state and kind == "person" else ()
        return Entity(name=name, type=kind, forms=(name,), key=key, country=country, of=of, roles=roles)


def unit(numbers: Sequence[float]) -> np.ndarray:
    """A vector of 512 numbers of length 1 that begins with these."""
    vector = np.zeros(512, np.float32)
    vector[: len(numbers)] = numbers
    return vector / np.float32(np.linalg.norm(vector) or 1.0)
