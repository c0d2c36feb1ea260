"""Who may work on a case on one server: `people`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import CasePath, app, fail, say

if TYPE_CHECKING:
    from dragoman.workbench.team import Role, Team


@app.command(
    epilog="Lines to try:  `dragoman people inquiry.case add Anna --role analyst`  ·  "
    "`dragoman people inquiry.case`  ·  `dragoman people inquiry.case role Anna --role editor`  ·  "
    "`dragoman people inquiry.case remove Anna`"
)
def people(
    case: CasePath,
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="list (where nothing is said), add, role, key or remove.")
    ] = "list",
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The person's name, under which decisions are kept.")
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(
            help="reader (reads, searches, exports), analyst (also judges, marks and adds facts, and takes back their "
            "own), or editor (also joins, splits, renames, adds and removes articles, takes back anybody's)."
        ),
    ] = None,
) -> None:
    """Name the people who work on a case together: `serve` then asks each for their key, and keeps what they decide
    under their name.

    A key is shown once, when it is made (`add`, or `key` for another one), and kept nowhere. Names, roles and what a
    key is known by lie in a file beside the case, CASE.people, which no copy or export of the case takes along. Who is
    removed is out at once.
    """
    from dragoman.store.place import Place
    from dragoman.workbench.team import NotSo, Team

    Place(case).close()  # people of what is no case would be those of nothing
    team = Team(case)
    wants_name, wants_role = what in ("add", "role", "key", "remove"), what in ("add", "role")
    if not wants_name and what != "list":
        fail(f"{what!r} is nothing that people do; there are list, add, role, key and remove.")
    if wants_name and not name:
        fail(f"{what} whom? Give a name: dragoman people {case} {what} NAME")
    if not wants_name and name:
        fail("list takes no name.")
    if role and not wants_role:
        fail(f"{what} takes no --role.")
    try:
        _do(team, case, what, name or "", _role(role) if wants_role else "reader")
    except NotSo as error:
        fail(str(error))


def _role(given: str | None) -> Role:
    from dragoman.workbench.team import ROLES

    found = next((role for role in ROLES if role == given), None)
    if found is None:
        fail(f"give a role: --role {', '.join(ROLES[:-1])} or {ROLES[-1]}.")
    return found


def _do(team: Team, case: Path, what: str, name: str, role: Role) -> None:
    if what == "add":
        _show_key(team.add(name, role), f"{name} may come in as {role}.")
    elif what == "key":
        _show_key(team.renew_key(name), f"The key that {name} had before opens nothing any more.")
    elif what == "role":
        team.set_role(name, role)
        say(f"{name} is {role} now")
    elif what == "remove":
        team.remove(name)
        say(f"{name} is out; what {name} decided stays")
        if not team.members():
            say(f"nobody is named any more: the next dragoman serve {case} is for one person")
    else:
        for member in team.members():
            say(f"{member.name:<24} {member.role:<8} key of {member.since}")
        if not team.members():
            say(f"nobody is named: dragoman serve {case} is for one person")


def _show_key(key: str, told: str) -> None:
    """The key alone on standard output, so that it can be piped; the rest beside it."""
    typer.echo(f"{told} The key, which is shown only now:", err=True)
    say(key)
