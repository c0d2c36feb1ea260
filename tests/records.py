"""A small hand-made case, as records by kind: two articles on one fictional border dispute."""

from __future__ import annotations

from typing import Any

import msgspec

from dragoman.model import (
    Actor,
    ArticleRecord,
    Claim,
    Commitment,
    Context,
    Dispute,
    Entry,
    EntrySource,
    Event,
    Evidence,
    Figure,
    MentionRef,
    Place,
    Role,
    Span,
    State,
    Statement,
    Storyline,
    When,
)

FIRST = (
    "Ruritania will pull out by the end of May. "
    "Its soldiers left Strelsau on 3 May 2031, killing at least 4 people."
)
SECOND = (
    "=SUM(1) said the minister <b>coldly</b>. Nine people were killed when the Ruritanian army left Strelsau."
)


def day(iso: str) -> When:
    return When(start=iso, end=iso, basis="stated")


def proof(article: str, text: str, words: str, rule: str = "frame:test", **fields: Span) -> Evidence:
    start = text.index(words)
    return Evidence(
        article=article, start=start, end=start + len(words), text=words, rule=rule, fields=dict(fields)
    )


def structs() -> list[Any]:
    """As linking makes them."""
    left = proof("a-1", FIRST, "Its soldiers left Strelsau on 3 May 2031, killing at least 4 people.")
    told_again = proof("a-2", SECOND, "Nine people were killed when the Ruritanian army left Strelsau.")
    common = {
        "title": None,
        "url": None,
        "aggregator": None,
        "wire": None,
        "byline": None,
        "language": "en",
        "missing_share": None,
    }
    return [
        ArticleRecord(
            id="a-1",
            path="in/1.txt",
            outlet="The Hentzau Post",
            published=day("2031-05-04"),
            text=FIRST,
            **common,
        ),
        ArticleRecord(
            id="a-2",
            path="in/2.txt",
            outlet="Zenda | Daily",
            published=day("2031-05-06"),
            text=SECOND,
            **common,
        ),
        Actor(
            id="p-1",
            name="Ruritania",
            type="state",
            forms=("Ruritania", "Ruritanian"),
            mentions=(MentionRef(article="a-1", start=0, end=9),),
        ),
        Actor(
            id="p-2",
            name="Rupert of Hentzau",
            type="person",
            forms=("Rupert",),
            roles=(Role(title="minister", of="p-1"),),
        ),
        Place(id="l-1", name="Strelsau", forms=("Strelsau",), lat=50.1, lon=14.4, country="RU"),
        Place(id="l-2", name="Zenda", forms=("Zenda",)),
        Event(
            id="e-1",
            type="RETREAT",
            mode="withdraw",
            status="happened",
            who=("p-1",),
            whom=(),
            place="l-1",
            when=day("2031-05-03"),
            known_from="2031-05-04",
            figures=("f-1",),
            reports=2,
            independent=2,
            confidence=0.8,
            evidence=(left, told_again),
            contexts=("military",),
        ),
        Event(
            id="e-2",
            type="ACCUSE",
            mode="allege",
            status="alleged",
            who=("p-2",),
            whom=("p-1",),
            place="l-2",
            when=None,
            known_from="2031-05-06",
            figures=(),
            reports=1,
            independent=1,
            confidence=0.4,
            evidence=(proof("a-2", SECOND, "=SUM(1) said the minister <b>coldly</b>."),),
        ),
        Statement(
            id="s-1",
            speaker="p-2",
            speaker_text="the minister",
            quote=True,
            content="=SUM(1)",
            when=None,
            evidence=(proof("a-2", SECOND, "=SUM(1)"),),
        ),
        Figure(
            id="f-1",
            measure="fatalities",
            low=4,
            high=None,
            unit="people",
            approx=False,
            about=None,
            evidence=(left,),
        ),
        Figure(
            id="f-2",
            measure="fatalities",
            low=9,
            high=9,
            unit="people",
            approx=False,
            about=None,
            evidence=(told_again,),
        ),
        State(
            id="t-1",
            type="deployment",
            subject="p-1",
            object=None,
            place="l-1",
            value=None,
            valid=When(start=None, end="2031-05-03", basis="inferred"),
            evidence=(left,),
        ),
        State(
            id="t-2",
            type="office",
            subject="p-2",
            object="p-1",
            place=None,
            value="minister",
            valid=When(start="2030-01-01", end=None, basis="stated"),
            evidence=(told_again,),
        ),
        Commitment(
            id="c-1",
            by=("p-1",),
            to=(),
            what="pull out by the end of May",
            due=When(start="2031-05-21", end="2031-05-31", basis="stated"),
            made=None,
            outcome="early",
            settled_by="e-1",
            evidence=(proof("a-1", FIRST, "Ruritania will pull out by the end of May."),),
        ),
        Dispute(
            id="d-1",
            about="fatalities at Strelsau",
            dispute_kind="figure",
            claims=(Claim(value="at least 4", evidence=(left,)), Claim(value="9", evidence=(told_again,))),
        ),
        Entry(
            id="n-1",
            start="2031-05-03",
            end="2031-05-03",
            basis="stated",
            text="Its soldiers left Strelsau on 3 May 2031, killing at least 4 people.",
            language="en",
            article="a-1",
            span=Span(left.start, left.end),
            sources=(
                EntrySource(article="a-1", start=left.start, end=left.end, text=left.text, language="en"),
                EntrySource(
                    article="a-2",
                    start=told_again.start,
                    end=told_again.end,
                    text=told_again.text,
                    language="en",
                    copy_of="a-1",
                ),
            ),
            independent=1,
            languages=("en",),
            weight=2.0,
            known_from="2031-05-04",
            status="happened",
            type="RETREAT",
            mode="withdraw",
            actors=("p-1",),
            place="l-1",
            events=("e-1",),
            context=(
                Context(kind="name", at=left.start + 3, text="Ruritania", article="a-1", start=0, end=9),
            ),
        ),
        Entry(
            id="n-2",
            start="2031-05-01",
            end="2031-05-31",
            basis="stated",
            text="Ruritania will pull out by the end of May.",
            language="en",
            article="a-1",
            span=Span(0, 42),
            sources=(EntrySource(article="a-1", start=0, end=42, text=FIRST[:42], language="en"),),
            independent=1,
            languages=("en",),
            weight=1.0,
            known_from="2031-05-04",
            status="planned",
            actors=("p-1",),
        ),
        Entry(
            id="n-3",
            start=None,
            end=None,
            basis=None,
            text="=SUM(1) said the minister <b>coldly</b>.",
            language="en",
            article="a-2",
            span=Span(0, 40),
            sources=(EntrySource(article="a-2", start=0, end=40, text=SECOND[:40], language="en"),),
            independent=1,
            languages=("en",),
            weight=0.5,
            known_from="2031-05-06",
            status="alleged",
            actors=("p-2",),
        ),
        Entry(
            id="n-4",
            start="2031-05-05",
            end="2031-05-05",
            basis="inferred",
            text="Nine people were killed when the Ruritanian army left Strelsau.",
            language="en",
            article="a-2",
            span=Span(told_again.start, told_again.end),
            sources=(
                EntrySource(
                    article="a-2",
                    start=told_again.start,
                    end=told_again.end,
                    text=told_again.text,
                    language="en",
                ),
            ),
            independent=1,
            languages=("en",),
            weight=0.1,
            known_from="2031-05-06",
            status="happened",
            doubtful=True,
            doubts=("day",),
        ),
        Storyline(id="y-1", title="Ruritania, Strelsau", articles=("a-1", "a-2"), events=("e-1", "e-2")),
    ]


def records() -> dict[str, list[dict[str, Any]]]:
    """By kind, as `Case.by_kind` gives them."""
    return as_records(structs())


def as_records(of: list[Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for record in of:
        plain = msgspec.to_builtins(record)
        found.setdefault(plain["kind"], []).append(plain)
    return found
