"""The case as one self-contained page: facts on the left, the article with its marked words on the right.

Nothing in it comes from another host, and no markup of an article can come alive: Jinja escapes what is
printed, the script only ever sets text, and the page's own policy admits just its one style and script.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dragoman import __version__
from dragoman.telling.timeline import in_order
from dragoman.telling.wording import NameBook, days, of_what, source_of, state_line, title_of, value

if TYPE_CHECKING:
    from dragoman.case import Case

Record = dict[str, Any]

QUOTE = 220
"""Code points of a sentence that a list shows; the reader shows the whole."""


def write_report(case: Case, title: str) -> str:
    """The page as HTML text."""
    from jinja2 import Environment
    from markupsafe import Markup

    names = case.records("actor") + case.records("place")
    book = NameBook(names)
    articles = {a["id"]: a for a in case.records("article")}
    source = {i: source_of(a) for i, a in articles.items()}
    facts: dict[str, list[Record]] = {}

    def fact(record: Record, day: str, line: str, code: str = "", status: str = "", css: str = "") -> Record:
        evidence = record["evidence"]
        facts[record["id"]] = [
            {k: e[k] for k in ("article", "start", "end", "rule", "fields")} for e in evidence
        ]
        quote = _short(evidence[0]["text"]) if evidence else ""
        told = ", ".join(dict.fromkeys(source[e["article"]] for e in evidence))
        words = " ".join([day, line, code, status, quote, told]).casefold()
        return {
            "id": record["id"],
            "day": day,
            "line": line,
            "code": code,
            "status": status,
            "css": css,
            "quote": quote,
            "sources": told,
            "words": words,
        }

    events = in_order(case.records("event"))
    timeline = [
        (
            heading,
            [
                fact(
                    e,
                    days(e["when"]),
                    _sides(e, book),
                    e["type"] + (f" · {e['mode']}" if e["mode"] else ""),
                    "" if e["status"] == "happened" else e["status"],
                    e["status"],
                )
                for e in group
            ],
        )
        for heading, group in groupby(events, key=_year)
    ]
    statements = [
        fact(
            s,
            days(s["when"]),
            f"{book.name(s['speaker']) or s['speaker_text'] or 'unnamed'}: {_short(s['content'])}",
            "quoted" if s["quote"] else "paraphrased",
        )
        for s in in_order(case.records("statement"))
    ]
    figures = [
        fact(
            f,
            value(f),
            f"{f['measure']}{': ' + of_what(f, book.name(f['about'])) if of_what(f, book.name(f['about'])) else ''}",
        )
        for f in case.records("figure")
    ]
    states = [fact(s, days(s["valid"]), state_line(s, book), s["type"]) for s in case.records("state")]
    promises = [
        fact(c, days(c["due"]), f"{book.names(c['by']) or '?'}: {_short(c['what'])}", "due", c["outcome"])
        for c in case.records("commitment")
    ]
    disputes = [
        fact(
            {**d, "evidence": [e for c in d["claims"] for e in c["evidence"]]},
            d["dispute_kind"],
            f"{d['about']}: " + " / ".join(c["value"] for c in d["claims"]),
        )
        for d in case.records("dispute")
    ]
    storylines = [
        fact({**s, "evidence": []}, f"{len(s['articles'])} articles", s["title"], css="story")
        for s in case.records("storyline")
    ]
    actors = [
        _actor(a, book, facts)
        for a in sorted(case.records("actor"), key=lambda a: (-len(a["mentions"]), a["name"]))
    ]
    lists = [
        ("statements", "Statements", statements),
        ("figures", "Figures", figures),
        ("states", "States", states),
        ("promises", "Promises", promises),
        ("disputes", "Disputes", disputes),
        ("storylines", "Storylines", storylines),
    ]
    style, script = _asset("report.css"), _asset("report.js")
    aside = case.file.set_aside()
    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        _asset("report.html")
    )
    html: str = page.render(
        title=title,
        version=__version__,
        style=Markup(style),
        script=Markup(script),
        style_hash=_policy_hash(style),
        script_hash=_policy_hash(script),
        sections=[
            ("timeline", "Timeline", len(events)),
            ("actors", "Actors", len(actors)),
            *((i, name, len(found)) for i, name, found in lists),
            ("articles", "Articles", len(articles)),
        ],
        timeline=timeline,
        events=events,
        statements=statements,
        lists=lists,
        actors=actors,
        articles=[_article_row(a) for a in sorted(articles.values(), key=_published_key)],
        aside=aside,
        span=_span(articles.values()),
        left_out=f"{len(aside)} files that could not be read" if aside else "",
        data=Markup(_embed({"facts": facts, "articles": {i: _article_data(a) for i, a in articles.items()}})),
    )
    return html


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
    return day[:4] if day else "Undated"


def _sides(event: Record, book: NameBook) -> str:
    line = book.names(event["who"]) or "?"
    if event["whom"]:
        line += f" → {book.names(event['whom'])}"
    return f"{line}, in {book.name(event['place'])}" if event["place"] else line


def _actor(actor: Record, book: NameBook, facts: dict[str, list[Record]]) -> Record:
    facts[actor["id"]] = [{**m, "rule": "", "fields": {}} for m in actor["mentions"]]
    roles = sorted({r["title"] + (f" of {book.name(r['of'])}" if r["of"] else "") for r in actor["roles"]})
    forms = [f for f in actor["forms"] if f != actor["name"]]
    return {
        "id": actor["id"],
        "name": actor["name"],
        "type": actor["type"],
        "count": len(actor["mentions"]),
        "roles": "; ".join(roles),
        "forms": ", ".join(forms),
        "words": " ".join([actor["name"], actor["type"], *roles, *forms]).casefold(),
    }


def _published_key(article: Record) -> tuple[str, str]:
    when = article["published"] or {}
    return (when.get("start") or when.get("end") or "9999", article["id"])


def _article_row(article: Record) -> Record:
    day = days(article["published"])
    return {
        "id": article["id"],
        "day": day,
        "title": title_of(article),
        "source": f"{source_of(article)} · {article['language']}",
        "words": " ".join([day, title_of(article), source_of(article), article["language"]]).casefold(),
    }


def _article_data(article: Record) -> Record:
    return {
        "title": title_of(article),
        "source": source_of(article),
        "day": days(article["published"]),
        "why": (article["published"] or {}).get("why", ""),
        "text": article["text"],
    }


def _span(articles: Iterable[Record]) -> str:
    known = sorted(a["published"]["start"] for a in articles if a["published"] and a["published"]["start"])
    return f"{known[0]} to {known[-1]}" if known else ""
