"""Finding in a case: `search`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

import typer

from dragoman.cli.asking import _called, _with_names
from dragoman.cli.options import AsJson, CasePath, app, complain, day, fail, one_of, print_json, say
from dragoman.cli.viewing import keep_as, show

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.telling.search import Found

NEAREST = 5
"""Facts that meet only some of a query, shown below the articles that meet all of it."""


@app.command(
    epilog='Lines to try:  `dragoman search inquiry.case "peacekeepers withdrawal"`  ·  '
    """`... 'Novak "border crossing" -protest since:2023-09'`  ·  `... "Novak OR Petrova" --articles`"""
)
def search(
    case: CasePath,
    query: Annotated[
        str,
        typer.Argument(
            show_default=False,
            help='Words in any form, script or spelling; "words in a row", -not, OR, actor: place: type: kind: '
            "language: outlet: since: until:",
        ),
    ] = "",
    articles: Annotated[bool, typer.Option("--articles", help="Show articles instead of facts.")] = False,
    actor: Annotated[str | None, typer.Option(help="Only facts with this actor.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Only facts of this type or measure.")] = None,
    place: Annotated[str | None, typer.Option(help="Only facts at this place.")] = None,
    since: Annotated[str | None, typer.Option(help="First day (YYYY-MM-DD).")] = None,
    until: Annotated[str | None, typer.Option(help="Last day.")] = None,
    language: Annotated[
        str | None, typer.Option(help="Only from articles in this language (en, fr, ru).")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Only from this outlet.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="At most so many.")] = 30,
    saved: Annotated[
        str | None, typer.Option(metavar="NAME", help="Run what was saved under this name (dragoman views).")
    ] = None,
    save: Annotated[str | None, typer.Option(metavar="NAME", help="Save the query under this name.")] = None,
    as_json: AsJson = False,
) -> None:
    """Find facts, best first; where no fact has all of the words, articles that have.

    Exit code 1: nothing was found.
    """
    from dragoman import case as cases
    from dragoman.model.settable import types
    from dragoman.store.counts import tally
    from dragoman.store.lookup import FACTS
    from dragoman.store.questions import Ask
    from dragoman.telling.search import search as find

    if saved is not None:
        with cases.open(case) as opened:
            show(opened, saved, False, limit, False, as_json)
        return
    if not query.strip():
        fail("write what to look for, or name what was saved with --saved.")
    with cases.open(case) as opened, opened.asking() as connection:
        if save is not None:
            keep_as(opened, connection, save, f"/search?{urlencode(_saved(query, articles))}")
        wanted = Ask(
            actors=_called(connection, "actor", "place", name=actor) if actor else (),
            types=one_of(
                [type_] if type_ else None, {*types(), *tally(connection, Ask(kinds=FACTS), "type")}, "type"
            ),
            place=_called(connection, "place", "actor", name=place)[0] if place else None,
            since=day(since),
            until=day(until),
            language=language,
            outlet=outlet,
        )
        found = find(connection, query, limit, wanted=wanted)
        in_articles = articles or found.level == "articles"
        _say_how(found, articles)
        if in_articles:
            _show_articles(found, limit, as_json)
        if not articles:
            _show_facts(connection, found, NEAREST if in_articles else limit, as_json)
    if not (found.articles if articles else found.facts or found.articles):
        raise typer.Exit(1)


def _saved(query: str, articles: bool) -> dict[str, str]:
    return {"q": query, **({"where": "articles"} if articles else {})}


def _say_how(found: Found, articles: bool) -> None:
    """On standard error: what the words were taken for, and how the answer meets them."""
    from dragoman.telling.search.sentences import how

    for line in how(found, articles):
        complain(line)


def _show_articles(found: Found, limit: int, as_json: bool) -> None:
    from dragoman.telling.search.marks import excerpt
    from dragoman.telling.wording import days, source_of, title_of

    for article in found.articles[:limit]:
        if as_json:
            print_json(article)
            continue
        say(f"{days(article['published']):<11} {source_of(article)}: {title_of(article)}")
        say(f"    {excerpt(article['text'], found.marks)}")


def _show_facts(connection: Connection, found: Found, limit: int, as_json: bool) -> None:
    from dragoman.telling.search.marks import excerpt
    from dragoman.telling.wording import brief, evidence_of

    for record, book in _with_names(connection, found.facts[:limit]):
        if as_json:
            print_json(record)
            continue
        say(f"{record['kind']:<11} {brief(record, book)}")
        for item in evidence_of(record)[:1]:
            say(f"    {excerpt(item['text'], found.marks)}")
