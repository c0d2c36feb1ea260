"""Templates -> pages, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from dragoman.languages import load
from dragoman.telling.wording import ONE

if TYPE_CHECKING:
    from dragoman.workbench.jobs import Served
    from dragoman.workbench.safety import Guard

LANGUAGES = ("en", "fr")


class Show:
    """What all pages share: the case's title, the form token, the words of the interface."""

    def __init__(self, title: str, guard: Guard, served: Served) -> None:
        self.title = title
        self.guard = guard
        self.served = served
        self.environment = Environment(
            loader=PackageLoader("dragoman.workbench"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """A page; `context` are its names."""
        language = language_for(request.headers.get("accept-language", ""))
        words = _interface(language)

        def say(text: str, **values: Any) -> str:
            return words.get(text, text).format(**values) if values else words.get(text, text)

        def link(**changes: Any) -> str:
            """The address of this page with other parameters; a value of None takes one out."""
            kept = [(k, v) for k, v in request.query_params.multi_items() if k not in changes]
            return "?" + urlencode(kept + [(k, str(v)) for k, v in changes.items() if v is not None])

        html = self.environment.get_template(template).render(
            case=self.title,
            linking=self.served.under_way,
            problem=self.served.problem,
            token=self.guard.forms,
            language=language,
            say=say,
            long_day=lambda day: long_day(day, language),
            moment=lambda at: moment(at, language),
            many=lambda n, noun: say(f"{{n}} {noun}" if n == 1 else f"{{n}} {noun}s", n=n),
            kind_of=lambda code: kind_of(code, words),
            said_day=lambda day: said_day(day, words),
            amount=lambda fact: amount(fact, language, words),
            link=link,
            here=request.url.path,
            query=dict(request.query_params),
            **context,
        )
        return HTMLResponse(html, status, headers={"Vary": "Accept-Language", "Content-Language": language})


def language_for(accepted: str) -> str:
    """The first language of an Accept-Language header that the interface speaks; English else."""
    wanted = []
    for n, part in enumerate(accepted.split(",")[:20]):
        code, _, rank = part.strip().partition(";q=")
        try:
            wanted.append((-float(rank or 1), n, code[:2].lower()))
        except ValueError:
            continue  # a rank that is no number ranks nothing
    return next((code for _, _, code in sorted(wanted) if code in LANGUAGES), "en")


@cache
def _interface(language: str) -> dict[str, str]:
    words: dict[str, str] = load(language, "interface")
    return words


def kind_of(code: str, words: Mapping[str, str]) -> str:
    """A type with its mode, a measure or the like in plain words; as its code where there are none."""
    kind, slash, mode = code.partition("/")
    return words.get(f"type: {code}") or f"{words.get(f'type: {kind}', kind)}{slash}{mode}"


def said_day(day: str, words: Mapping[str, str]) -> str:
    """A stretch of days as `telling.wording.days` tells it, with its words in the reader's language."""
    for word in ("from", "until"):
        if day.startswith(f"{word} "):
            return words.get(f"{word} {{day}}", f"{word} {{day}}").format(day=day.removeprefix(f"{word} "))
    return words.get(day, day)


def amount(fact: dict[str, Any], language: str, words: Mapping[str, str]) -> str:
    """A figure with its bounds, its unit and what it counts, in the reader's language."""
    from babel.numbers import format_decimal

    figure = fact["record"]
    if figure.get("words"):
        return str(figure["words"])
    low, high = (
        None if bound is None else format_decimal(bound, locale=language)
        for bound in (figure["low"], figure["high"])
    )
    about = "~" if figure["approx"] else ""
    pattern = "unknown" if low is None is high else "at least {low}" if high is None else "at most {high}"
    if low is not None and high is not None:
        pattern = "{low}" if low == high else "{low} to {high}"
    said = words.get(pattern, pattern).format(low=f"{about}{low}", high=high if low else f"{about}{high}")
    unit = figure["unit"] or ""
    unit = ONE.get(unit, unit) if figure["low"] == figure["high"] == 1 else unit
    unit = words.get(f"unit: {unit}", unit)
    return f"{said} {unit}".strip() + (f", {fact['about']}" if fact["about"] else "")


def moment(at: str, language: str) -> str:
    """A moment, given as ISO with its offset, by the clock of this machine: `12 June 2024, 14:05`."""
    try:
        here = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    return f"{long_day(here.date().isoformat(), language)}, {here:%H:%M}"


def long_day(day: str, language: str) -> str:
    """An ISO day as readers of a language write it out: `12 June 2024`, `12 juin 2024`."""
    from babel.dates import format_date

    written: str = format_date(
        date.fromisoformat(day), "long", locale={"en": "en_GB"}.get(language, language)
    )
    return written
