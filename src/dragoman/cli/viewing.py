"""Lists that are kept under a name: `views`."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import AsJson, CasePath, app, complain, fail, print_json, say

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.case import Case
    from dragoman.telling.kept_views import KeptView


@app.command(
    epilog="Lines to try:  `dragoman views inquiry.case`  ·  "
    "`dragoman views inquiry.case Lachin --keep '/timeline?who=Armenia&since=2023-01-01'`  ·  "
    "`dragoman views inquiry.case Lachin --new`"
)
def views(
    case: CasePath,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Show what is in this one.")] = None,
    new: Annotated[
        bool, typer.Option("--new", help="Only what came since it was last marked as seen.")
    ] = False,
    keep: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="Keep the list at this address of the workbench, from / on, under NAME."
        ),
    ] = None,
    rename: Annotated[str | None, typer.Option(metavar="NEW", help="Give it another name.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take it out.")] = False,
    seen: Annotated[bool, typer.Option("--seen", help="Mark what is in it as seen.")] = False,
    why: Annotated[str, typer.Option(help="Why, for the history.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 100,
    doubtful: Annotated[bool, typer.Option("--doubtful", help="With what is doubtful too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Saved lists and searches: how much is in each, and how much of it is new."""
    from dragoman import case as cases

    with cases.open(case) as opened:
        if name is None:
            _list(opened, doubtful, as_json)
        elif keep is not None:
            _keep(opened, name, keep, why)
        elif rename is not None or remove:
            _change(opened, name, rename, why)
        elif seen:
            _mark(opened, _one(opened, name))
            say(f"marked as seen: {name}")
        else:
            show(opened, name, new, limit, doubtful, as_json)


def _list(opened: Case, doubtful: bool, as_json: bool) -> None:
    from dragoman.store.looked import last_look
    from dragoman.telling.deciding import user
    from dragoman.telling.view_lists import how_many, listed, new_in

    with opened.asking() as connection:
        for view in opened.views():
            wanted = listed(connection, view.address, doubtful)
            look = last_look(connection, view.address, user())
            n, new = (
                how_many(connection, wanted),
                len(new_in(connection, wanted, look.articles)) if look else None,
            )
            if as_json:
                since = look.at if look else None
                print_json(
                    {"name": view.name, "address": view.address, "n": int(n), "new": new, "since": since}
                )
            else:
                told = f"{new} new since {look.at}" if look else "never marked as seen"
                say(f"{view.name:<30} {n:>7}  {told}  {view.address}")


def show(opened: Case, name: str, new: bool, limit: int, doubtful: bool, as_json: bool) -> None:
    """Print what is in a view; exit code 1 where that is nothing."""
    from dragoman.store.looked import last_look
    from dragoman.telling.alerts import said_in_a_line
    from dragoman.telling.deciding import user
    from dragoman.telling.view_lists import how_many, listed, members, new_in

    view = _one(opened, name)
    with opened.asking() as connection:
        wanted = listed(connection, view.address, doubtful)
        look = last_look(connection, view.address, user())
        if new:
            found = new_in(connection, wanted, look.articles if look else 0)
            n = len(found)
        else:
            found, n = list(islice(members(connection, wanted), limit)), int(how_many(connection, wanted))
        for record in found[:limit]:
            if as_json:
                print_json(record)
            else:
                say(said_in_a_line(connection, record))
    if n > limit:
        complain(f"{n - limit} more; --limit shows them.")
    if not n:
        complain(f"nothing {'new ' if new else ''}is in the view {view.name!r}.")
        raise typer.Exit(1)


def keep_as(opened: Case, connection: Connection, name: str, address: str, why: str = "") -> None:
    """Keep the list at an address under a name, and mark what is in it as seen."""
    from dragoman.telling.deciding import BadDecision
    from dragoman.telling.kept_views import propose_view
    from dragoman.telling.view_lists import plain_address

    plain = plain_address(connection, address)
    try:
        decision = propose_view(opened.views(), name, plain, why)
    except BadDecision as error:
        fail(str(error))
    number = opened.decide(decision)
    say(f"kept as {decision.value}: {plain}; undo it with: dragoman undo {opened.file.path} {number}")
    view = next(v for v in opened.views() if v.number == number)
    _mark(opened, view, first=True)


def _keep(opened: Case, name: str, address: str, why: str) -> None:
    with opened.asking() as connection:
        keep_as(opened, connection, name, address, why)


def _change(opened: Case, name: str, new: str | None, why: str) -> None:
    from dragoman.telling.deciding import BadDecision
    from dragoman.telling.kept_views import propose_view, propose_without

    view = _one(opened, name)
    try:
        if new is None:
            decision = propose_without(view, why)
        else:
            decision = propose_view(opened.views(), new, view.address, why, was=view.name)
    except BadDecision as error:
        fail(str(error))
    number = opened.decide(decision)
    done = f"{view.name} is taken out" if new is None else f"{view.name} is called {decision.value} now"
    say(f"{done}; undo it with: dragoman undo {opened.file.path} {number}")


def _mark(opened: Case, view: KeptView, first: bool = False) -> None:
    from datetime import UTC, datetime

    from dragoman.telling.deciding import user

    opened.link()
    opened.file.look_at(view.address, user(), datetime.now(UTC).isoformat(timespec="seconds"), first)


def _one(opened: Case, name: str) -> KeptView:
    from dragoman.telling.kept_views import named

    held = opened.views()
    found = named(held, name)
    if found is None:
        there = ", ".join(view.name for view in held) or "none"
        fail(f"no view is called {name!r}; there are: {there}.")
    return found
