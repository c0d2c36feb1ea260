"""The search page: facts that meet a query, articles, names, and what to narrow it down by."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.model.lines import Record
from dragoman.store.questions import Ask
from dragoman.telling.search import Found, parse_query
from dragoman.telling.search import search as find
from dragoman.telling.search.marks import excerpt
from dragoman.telling.search.sentences import how
from dragoman.telling.wording import days, source_of, title_of
from dragoman.workbench.doubt import shows_doubtful
from dragoman.workbench.pages import show_page
from dragoman.workbench.views import PAGE, View

router = APIRouter(include_in_schema=False)

NARROWED_BY = {"kind": "kind", "year": "since", "outlet": "outlet", "actor": "actor"}
"""Facet -> the operator that narrows a query down by one of its values."""


@router.get("/search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=300)] = "",
    where: Annotated[str, Query(max_length=20)] = "facts",
    skip: Annotated[int, Query(ge=0, le=1_000)] = 0,
) -> Response:
    with request.app.state.case.file.asking() as connection:
        view = View(connection)
        found = (
            find(connection, q, PAGE, skip, wanted=Ask(sure=not shows_doubtful(request)))
            if q.strip()
            else Found(parse_query(""))
        )
        in_articles = where == "articles"
        return show_page(
            request,
            "search.html",
            q=q,
            where=where,
            how=lambda say: list(how(found, in_articles, say)) if q.strip() else [],
            level=found.level,
            names=found.names,
            facts=[] if in_articles else view.shown(found.facts),
            total=found.total,
            articles=[_row(a, found) for a in found.articles]
            if in_articles or found.level == "articles"
            else [],
            also=len(found.articles),
            facets=_narrowed(q, found),
            skip=skip,
            page=PAGE,
        )


def _row(article: Record, found: Found) -> tuple[Record, str, str, str, str]:
    shown = excerpt(article["text"], found.marks)
    return article, shown, days(article["published"]), source_of(article), title_of(article)


def _narrowed(q: str, found: Found) -> dict[str, list[tuple[str, int, str]]]:
    """Facet -> its values, how many facts have each, and the query narrowed down by it."""
    return {
        name: [(value, n, f"{q} {_operator(name, value)}") for value, n in found.facets[name]]
        for name in NARROWED_BY
        if len(found.facets.get(name, [])) > 1
    }


def _operator(name: str, value: str) -> str:
    if name == "year":
        return f"since:{value} until:{value}"
    plain = value.replace('"', "")
    return f'{NARROWED_BY[name]}:"{plain}"' if " " in plain else f"{NARROWED_BY[name]}:{plain}"
