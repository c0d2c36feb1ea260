"""Templates -> pages, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from dragoman.languages import load

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


def moment(at: str, language: str) -> str:
    """A moment, given as ISO with its offset, by the clock of this machine: `12 June 2024, 14:05`."""
    here = datetime.fromisoformat(at).astimezone()
    return f"{long_day(here.date().isoformat(), language)}, {here:%H:%M}"


def long_day(day: str, language: str) -> str:
    """An ISO day as readers of a language write it out: `12 June 2024`, `12 juin 2024`."""
    from babel.dates import format_date

    written: str = format_date(
        date.fromisoformat(day), "long", locale={"en": "en_GB"}.get(language, language)
    )
    return written
