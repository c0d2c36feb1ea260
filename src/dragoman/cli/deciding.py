"""What a person judges: `join`, `split`, `rename`, `accept`, `reject`, `set`, `remove`, `undo`, `decisions`.

A decision names what it is about by the places in articles where that is told, so it outlives every
re-reading; linking obeys it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import CasePath, app, fail, say

if TYPE_CHECKING:
    from dragoman.case import Case
    from dragoman.model import Target

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


@app.command(
    epilog='Lines to try:  `dragoman remove inquiry.case article-0123456789abcdef --why "a test page"`  ·  '
    "`dragoman search inquiry.case ferry --articles --json` shows ids"
)
def remove(
    case: CasePath,
    articles: Annotated[
        list[str],
        typer.Argument(metavar="ARTICLE...", help="Ids of articles, or the paths they were read from."),
    ],
    why: Why = "",
    undo: Undo = False,
) -> None:
    """Leave articles out of the case, as if they had not been read; reading them again does not bring them back."""
    _decide(case, "remove", articles, why=why, undo=undo)


@app.command(epilog="Lines to try:  `dragoman undo inquiry.case`")
def undo(
    case: CasePath,
    number: Annotated[int | None, typer.Argument(help="A decision's number (default: the last).")] = None,
) -> None:
    """Take a decision back. It stays in the history as undone."""
    from dragoman import case as cases

    with cases.open(case) as opened:
        taken = opened.file.undo(number)
        opened.link()
    if taken is None:
        fail("there is no such decision to undo. All of them: dragoman decisions CASE")
    say(f"decision {taken} is undone")


@app.command(epilog="Lines to try:  `dragoman decisions inquiry.case`")
def decisions(case: CasePath) -> None:
    """The history: what was decided, by whom, when and why."""
    from dragoman import case as cases

    with cases.open(case) as opened:
        not_applied = opened.not_applied()
        for number, decision, stands in opened.file.decisions():
            about = " / ".join(t.name or f"{t.kind} in {t.article}" for t in decision.targets)
            change = f" {decision.field or ''} = {decision.value}" if decision.value else ""
            undone = "" if stands else "  (undone)"
            what = f"{decision.kind} {about}{change}{undone}  {decision.why}"
            say(f"{number:>4}  {decision.when:<20} {decision.who:<12} {what}")
            if number in not_applied:
                say(f"{'':>6}not applied: {not_applied[number]}")


def _decide(
    path: Path,
    kind: str,
    about: list[str],
    field: str | None = None,
    value: str | None = None,
    why: str = "",
    undo: bool = False,
) -> None:
    from dragoman import case as cases
    from dragoman.model import Target
    from dragoman.telling.deciding import BadDecision
    from dragoman.telling.pointing import NotOne, targets

    with cases.open(path) as opened:
        if kind == "remove":
            at = opened.file.paths()
            about = list(dict.fromkeys(at.get(name, name) for name in about))
        try:
            if undo and kind == "remove":  # what is left out is no record that could be pointed at
                _take_back(opened, kind, tuple(Target(kind="article", article=name) for name in about), field)
            elif undo:
                _take_back(opened, kind, targets(opened, kind, about), field)
            else:
                proposal = opened.propose(kind, about, field, value, why)
                number = opened.decide(proposal.decision)
                say(proposal.shown)
                say(f"decision {number} is kept; undo it with: dragoman undo {path} {number}")
        except (NotOne, BadDecision) as error:
            fail(str(error))
        opened.link()


def _take_back(opened: Case, kind: str, meant: tuple[Target, ...], field: str | None) -> None:
    wanted = {(t.kind, t.name or t.article) for t in meant}
    standing = [
        n
        for n, d, stands in opened.file.decisions()
        if stands and d.kind == kind and d.field == field
        if {(t.kind, t.name or t.article) for t in d.targets} == wanted
    ]
    if not standing:
        fail("there is no such decision that stands. All of them: dragoman decisions CASE")
    opened.file.undo(standing[-1])
    say(f"decision {standing[-1]} is undone")
