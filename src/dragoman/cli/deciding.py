"""What a person judges: `join`, `split`, `rename`, `accept`, `reject`, `set`, `undo`, `decisions`.

A decision names what it is about by the places in articles where that is told, so it outlives every
re-reading; linking obeys it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import CasePath, app, fail
from dragoman.model import Decision, Target

Why = Annotated[str, typer.Option(help="Why, for the history.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take such a decision back.")]
NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="An actor's or place's name, or a record's id.")
]


@app.command(epilog='Lines to try:  `dragoman join inquiry.case Kovalenko "Oleh Kovalenko" --why spelling`')
def join(case: CasePath, a: NameArgument, b: NameArgument, why: Why = "", undo: Undo = False) -> None:
    """Two actors (places, events ...) are one."""
    _decide(case, "join", [a, b], why=why, undo=undo)


@app.command(epilog='Lines to try:  `dragoman split inquiry.case "Oleh Kovalenko" "Iryna Kovalenko"`')
def split(case: CasePath, a: NameArgument, b: NameArgument, why: Why = "", undo: Undo = False) -> None:
    """Two are not one; for an actor, the second may be one of its forms."""
    _decide(case, "split", [a, b], why=why, undo=undo)


@app.command(epilog='Lines to try:  `dragoman rename inquiry.case "Bakou" Baku`')
def rename(
    case: CasePath,
    a: NameArgument,
    name: Annotated[str, typer.Argument(metavar="NEW")],
    why: Why = "",
    undo: Undo = False,
) -> None:
    """Show an actor or place under another name."""
    _decide(case, "rename", [a], value=name, why=why, undo=undo)


@app.command(epilog="Lines to try:  `dragoman accept inquiry.case event-0123456789abcdef`")
def accept(case: CasePath, record: NameArgument, why: Why = "", undo: Undo = False) -> None:
    """A fact is right, whatever its confidence."""
    _decide(case, "accept", [record], why=why, undo=undo)


@app.command(
    epilog='Lines to try:  `dragoman reject inquiry.case event-0123456789abcdef --why "a quotation of a film"`'
)
def reject(case: CasePath, record: NameArgument, why: Why = "", undo: Undo = False) -> None:
    """A fact is wrong: it is left out from now on."""
    _decide(case, "reject", [record], why=why, undo=undo)


@app.command(
    "set", epilog="Lines to try:  `dragoman set inquiry.case event-0123456789abcdef when 2024-06-12`"
)
def set_field(
    case: CasePath,
    record: NameArgument,
    field: Annotated[
        str, typer.Argument(metavar="FIELD", help="when, status, type, mode, place, who, whom ...")
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE")],
    why: Why = "",
    undo: Undo = False,
) -> None:
    """Set a wrong field right."""
    _decide(case, "set", [record], field=field, value=value, why=why, undo=undo)


@app.command(epilog="Lines to try:  `dragoman undo inquiry.case`")
def undo(
    case: CasePath,
    number: Annotated[int | None, typer.Argument(help="A decision's number (default: the last).")] = None,
) -> None:
    """Take a decision back. It stays in the history as undone."""
    from dragoman import case as cases

    with cases.open(case) as opened:
        taken = opened.file.undo(number)
    if taken is None:
        fail("there is no such decision to undo. All of them: dragoman decisions CASE")
    print(f"decision {taken} is undone")


@app.command(epilog="Lines to try:  `dragoman decisions inquiry.case`")
def decisions(case: CasePath) -> None:
    """The history: what was decided, by whom, when and why."""
    from dragoman import case as cases

    with cases.open(case) as opened:
        for number, decision, stands in opened.file.decisions():
            about = " / ".join(t.name or f"{t.kind} in {t.article}" for t in decision.targets)
            change = f" {decision.field or ''} = {decision.value}" if decision.value else ""
            undone = "" if stands else "  (undone)"
            what = f"{decision.kind} {about}{change}{undone}  {decision.why}"
            print(f"{number:>4}  {decision.when:<20} {decision.who:<12} {what}")


def _decide(
    path: Path,
    kind: str,
    about: list[str],
    field: str | None = None,
    value: str | None = None,
    why: str = "",
    undo: bool = False,
) -> None:
    import getpass
    from datetime import UTC, datetime

    import msgspec

    from dragoman import case as cases
    from dragoman.telling.pointing import NotOne, targets

    with cases.open(path) as opened:
        try:
            meant = targets(opened, kind, about)
        except NotOne as error:
            fail(str(error))
        new = msgspec.convert(
            {
                "kind": kind,
                "targets": msgspec.to_builtins(meant),
                "field": field,
                "value": value,
                "who": getpass.getuser(),
                "when": datetime.now(UTC).isoformat(timespec="seconds"),
                "why": why,
            },
            Decision,
        )
        if undo:
            standing = [n for n, d, stands in opened.file.decisions() if stands and _alike(d, new)]
            if not standing:
                fail("there is no such decision that stands. All of them: dragoman decisions CASE")
            opened.file.undo(standing[-1])
            print(f"decision {standing[-1]} is undone")
        else:
            print(f"decision {opened.decide(new)} is kept; undo it with: dragoman undo {path}")
        opened.link()


def _alike(a: Decision, b: Decision) -> bool:
    def names(targets: tuple[Target, ...]) -> set[str | None]:
        return {t.name or t.article for t in targets}

    return a.kind == b.kind and a.field == b.field and names(a.targets) == names(b.targets)
