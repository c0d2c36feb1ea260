"""The case as one self-contained page: facts on the left, the article with its marked words on the right.

Nothing in it comes from another host, and no markup of an article can come alive: Jinja escapes what is
printed, the script only ever sets text, and the page's own policy admits just its one style and script.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from dragoman import __version__
from dragoman.model.lines import Record
from dragoman.model.sureness import is_doubtful
from dragoman.telling.calendar import said_days, told_days
from dragoman.telling.exports.chronicle import Line, chapters
from dragoman.telling.exports.source import Held
from dragoman.telling.exports.table import Facts
from dragoman.telling.interface import interface
from dragoman.telling.name_book import NameBook
from dragoman.telling.promises import stands
from dragoman.telling.timeline import in_order
from dragoman.telling.wording import (
    brief,
    commitment_line,
    event_line,
    evidence_of,
    lasting,
    of_what,
    source_of,
    state_line,
    title_of,
)

if TYPE_CHECKING:
    from jinja2 import Template

    from dragoman.telling.asked import Asked


QUOTE = 220
"""Code points of a sentence that a list shows; the reader shows the whole."""


def write_report(case: Asked, title: str, language: str = "en", doubtful: bool = False) -> str:
    """The page as HTML text; it begins with the chronology. `language`: of the program's own words in it;
    `doubtful`: with the doubtful events, which are counted else."""
    from markupsafe import Markup

    told = Told(case, language)
    face = told.face
    chronology, events = list(_chronology(told)), in_order(case.records("event"))
    sure = [e for e in events if doubtful or not is_doubtful(e["confidence"])]
    timeline = [
        (heading, [told.event(e) for e in some])
        for heading, some in groupby(sure, key=lambda e: _year(e) or face.say("Undated"))
    ]
    lists = list(_lists(told))
    actors = [
        _actor(a, told) for a in sorted(case.records("actor"), key=lambda a: (-len(a["mentions"]), a["name"]))
    ]
    style, script = _asset("report.css"), _asset("report.js")
    aside = case.file.set_aside()
    hidden = sum(bool(e["doubtful"]) for e in told.facts.of("entry"))
    articles = sorted(told.articles.values(), key=_published_key)
    left_out = [face.say("{n} doubtful lines of the chronology", n=hidden)] if hidden else []
    left_out += [face.say("{n} doubtful events", n=gone)] if (gone := len(events) - len(sure)) else []
    left_out += [face.say("{n} files that could not be read", n=len(aside))] if aside else []
    html: str = _template().render(
        title=title,
        version=__version__,
        language=language,
        say=face.say,
        style=Markup(style),
        script=Markup(script),
        style_hash=_policy_hash(style),
        script_hash=_policy_hash(script),
        sections=[
            ("chronology", face.say("Chronology"), sum(len(lines) for _, _, lines in chronology)),
            ("timeline", face.say("Coded events"), len(sure)),
            ("actors", face.say("Actors"), len(actors)),
            *((name, heading, len(found)) for name, heading, found in lists),
            ("articles", face.say("Articles"), len(articles)),
        ],
        chronology=chronology,
        timeline=timeline,
        lists=lists,
        actors=actors,
        articles=[_article_row(a, told) for a in articles],
        aside=aside,
        span=_span(told),
        left_out="; ".join(left_out),
        data=Markup(
            _embed(
                {
                    "facts": told.shown,
                    "articles": {a["id"]: _article_data(a, told) for a in articles},
                    "words": {name: face.say(name) for name in FIELDS}
                    | {"rule": face.say("The rule that made it")},
                }
            )
        ),
    )
    return html


FIELDS = (
    *(
        "who",
        "whom",
        "when",
        "place",
        "trigger",
        "attributed",
        "speaker",
        "cue",
        "content",
        "value",
        "counted",
    ),
    *("subject", "object", "valid", "by", "to", "due", "what", "made", "sentence"),
)
"""Fields whose words are marked in an article."""


class Told:
    """The records of a case in the words of a language; `shown` gathers where the words of each fact stand."""

    def __init__(self, case: Asked, language: str) -> None:
        self.case = case
        self.face = interface(language)
        self.articles = {a["id"]: a for a in case.records("article")}
        self.source = {name: source_of(a) for name, a in self.articles.items()}
        names = case.records("actor") + case.records("place")
        self.book = NameBook(names, language)
        records = {"entry": case.records("entry"), "article": list(self.articles.values())}
        self.facts = Facts(Held({**records, "actor": names}), language)
        self.shown: dict[str, list[Record]] = {}

    def days(self, when: Record | None) -> str:
        return told_days(when, self.face)

    def fact(
        self, record: Record, day: str, line: str, code: str = "", status: str = "", css: str = ""
    ) -> Record:
        """A line of a list: its day, its words, a word for its kind, its status, its sentence and its sources."""
        evidence = record["evidence"]
        self.shown[record["id"]] = [
            {k: e[k] for k in ("article", "start", "end", "rule", "fields")} for e in evidence
        ]
        quote = _short(evidence[0]["text"]) if evidence else ""
        told = ", ".join(dict.fromkeys(self.source[e["article"]] for e in evidence))
        return {
            "id": record["id"],
            "day": day,
            "line": line,
            "code": code,
            "status": status,
            "css": css,
            "quote": quote,
            "sources": told,
            "words": " ".join([day, line, code, status, quote, told]).casefold(),
        }

    def event(self, event: Record) -> Record:
        return self.fact(event, self.days(event["when"]), event_line(event, self.book), css=event["status"])


def _chronology(told: Told) -> Iterator[tuple[str, str, list[Record]]]:
    """Year, month (each "" where it is that of the lines before, or none), and the lines below."""
    entries = {e["id"]: e for e in told.facts.of("entry")}
    for chapter in chapters(told.facts):
        heading = (chapter.year or told.face.say("Undated")) if chapter.opens_year else ""
        lines = [_line(told, line, entries[line.id]) for line in chapter.lines]
        yield heading, chapter.month or "", lines


def _line(told: Told, line: Line, entry: Record) -> Record:
    """A line of the chronology, whose sources are shown on a click like the evidence of a fact."""
    proof = [{"rule": "", "fields": {}, **source} for source in entry["sources"]]
    shown = told.fact(
        {"id": line.id, "evidence": proof}, line.day, line.text, status=line.status, css="entry"
    )
    return {**shown, "quote": line.beside, "words": f"{shown['words']} {line.beside.casefold()}"}


def _lists(told: Told) -> Iterator[tuple[str, str, list[Record]]]:
    case, face, book = told.case, told.face, told.book
    yield (
        "statements",
        face.say("Statements"),
        [told.fact(s, told.days(s["when"]), _said(s, book)) for s in in_order(case.records("statement"))],
    )
    figures = [
        told.fact(f, face.amount(f), of_what(f, book.name(f["about"])), face.type_word(f["measure"]))
        for f in case.records("figure")
    ]
    yield "figures", face.say("Figures"), figures
    states = [told.fact(s, said_days(lasting(s), face), state_line(s, book)) for s in case.records("state")]
    yield "states", face.say("States"), states
    promises = []
    for c in case.records("commitment"):
        line = _short(commitment_line(c, book))
        promises.append(told.fact(c, told.days(c["due"]), line, status=stands(c, face)))
    yield "promises", face.say("Promises"), promises
    disputes = [
        told.fact({**d, "evidence": evidence_of(d)}, "", brief(d, book)) for d in case.records("dispute")
    ]
    yield "disputes", face.say("Disputes"), disputes
    stories = [
        told.fact({**s, "evidence": []}, face.many(len(s["articles"]), "article"), s["title"], css="story")
        for s in case.records("storyline")
    ]
    yield "storylines", face.say("Stories"), stories


def _said(statement: Record, book: NameBook) -> str:
    speaker = book.name(statement["speaker"]) or statement["speaker_text"] or ""
    said = _short(statement["content"])
    return f"{speaker}: {said}" if speaker else said


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string(_asset("report.html"))


def _asset(name: str) -> str:
    return files("dragoman.telling").joinpath("templates", name).read_text(encoding="utf-8")


def _policy_hash(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


def _embed(data: Record) -> str:
    """JSON that cannot end the script element it stands in."""
    return (
        json.dumps(data, ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= QUOTE else one_line[: QUOTE - 1].rstrip() + "…"


def _year(event: Record) -> str:
    when = event["when"] or {}
    day = when.get("start") or when.get("end")
    return day[:4] if day else ""


def _actor(actor: Record, told: Told) -> Record:
    told.shown[actor["id"]] = [{**m, "rule": "", "fields": {}} for m in actor["mentions"]]
    roles = sorted(
        {r["title"] + (f" · {told.book.name(r['of'])}" if r["of"] else "") for r in actor["roles"]}
    )
    forms = [f for f in actor["forms"] if f != actor["name"]]
    kind = told.face.type_word(actor["type"])
    return {
        "id": actor["id"],
        "name": actor["name"],
        "type": kind,
        "count": len(actor["mentions"]),
        "roles": "; ".join(roles),
        "forms": ", ".join(forms),
        "words": " ".join([actor["name"], kind, *roles, *forms]).casefold(),
    }


def _published_key(article: Record) -> tuple[str, str]:
    when = article["published"] or {}
    return (when.get("start") or when.get("end") or "9999", article["id"])


def _article_row(article: Record, told: Told) -> Record:
    day = told.days(article["published"])
    return {
        "id": article["id"],
        "day": day,
        "title": title_of(article),
        "source": f"{source_of(article)} · {article['language']}",
        "words": " ".join([day, title_of(article), source_of(article), article["language"]]).casefold(),
    }


def _article_data(article: Record, told: Told) -> Record:
    return {
        "title": title_of(article),
        "source": source_of(article),
        "day": told.days(article["published"]),
        "why": (article["published"] or {}).get("why", ""),
        "text": article["text"],
    }


def _span(told: Told) -> str:
    """From the first day of publication to the last, where any is known."""
    dated = (a["published"] for a in told.articles.values() if a["published"])
    known = sorted(when["start"] for when in dated if when["start"])
    return told.days({"start": known[0], "end": known[-1]}) if known else ""
