"""What a person judges: `join`, `split`, `rename`, `accept`, `reject`, `set`, `remove`, `undo`, `decisions`; a person's
own hand: `star`, `tag`, `note`, `add`.

A decision names what it is about by the places in articles where that is told, so it outlives every
re-reading; linking obeys it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import CasePath, app, fail, say, write

if TYPE_CHECKING:
    from dragoman.case import Case
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
    from dragoman.telling.deciding import take_back

    with cases.open(case) as opened:
        taken = take_back(opened.file, number)
        opened.link()
    if taken is None:
        fail("there is no such decision to undo. All of them: dragoman decisions CASE")
    say(f"decision {taken} is undone")


@app.command(
    epilog="Lines to try:  `dragoman decisions inquiry.case`  ·  "
    "`dragoman decisions export inquiry.case anna.jsonl`  ·  `dragoman decisions import inquiry.case boris.jsonl`"
)
def decisions(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="[export|import] CASE [FILE]", help="A case; or what to do, a case and a file."
        ),
    ],
    take: Annotated[
        str | None,
        typer.Option(help="Where two contradict each other: theirs, of the file, or mine, of the case."),
    ] = None,
    who: Annotated[
        str | None, typer.Option(help="Only what this person decided, took back or brought in from a file.")
    ] = None,
) -> None:
    """The history: what was decided, by whom, when and why; or decisions to and from a file, to join two people's work.

    Where a decision of the file contradicts one of the case, both are shown and the file's is not taken, unless you say
    which of them to take.
    """
    if len(what) == 1:
        _history(Path(what[0]), who)
    elif who is not None:
        fail("--who goes with the history alone: dragoman decisions CASE --who NAME")
    elif len(what) == 3 and what[0] == "export":
        _export(Path(what[1]), Path(what[2]))
    elif len(what) == 3 and what[0] == "import":
        if take not in (None, "theirs", "mine"):
            fail(f"--take {take}: take theirs or mine.")
        _import(Path(what[1]), Path(what[2]), take)
    else:
        fail("give a case, or export or import with a case and a file.")


def _history(case: Path, who: str | None) -> None:
    from dragoman import case as cases
    from dragoman.telling.history import history

    with cases.open(case) as opened:
        not_applied = opened.not_applied()
        told = history(opened.file)
        if who is not None and who not in told.people:
            fail(
                f"nobody called {who!r} decided anything here; there are: {', '.join(told.people) or 'none'}."
            )
        for one in told.of(who):
            decision = one.decision
            say(f"{one.number:>4}  {decision.when:<20} {decision.who:<12} {_line(decision, one.stands)}")
            if decision.brought_by:
                say(f"{'':>6}from a file that {decision.brought_by} brought in")
            if one.undone_by:
                say(f"{'':>6}taken back by {one.undone_by}, {one.undone_when}")
            if one.number in not_applied:
                say(f"{'':>6}not applied: {not_applied[one.number]}")


def _line(decision: Decision, stands: bool = True) -> str:
    about = " / ".join(t.name or f"{t.kind} in {t.article}" for t in decision.targets)
    change = f" {decision.field or ''} = {decision.value}" if decision.value else ""
    change += "".join(f" {name} = {value}" for name, value in decision.given)
    return f"{decision.kind} {about}{change}{'' if stands else '  (undone)'}  {decision.why}".rstrip()


def _export(case: Path, file: Path) -> None:
    from dragoman import case as cases
    from dragoman.telling.joining import written

    with cases.open(case) as opened:
        lines = list(written(opened.file.decisions()))
    write(file, "".join(f"{line}\n" for line in lines).encode())
    say(f"wrote {len(lines) - 1} decisions to {file}")


def _import(case: Path, file: Path, take: str | None) -> None:
    from dragoman import case as cases
    from dragoman.telling.deciding import BadDecision, user
    from dragoman.telling.joining import join as held_together
    from dragoman.telling.joining import read_back

    try:
        theirs = read_back(file.read_text(encoding="utf-8"))
    except (BadDecision, UnicodeDecodeError) as error:
        fail(f"{file}: {error}")
    except OSError as error:
        fail(f"{file}: {error.strerror}.")
    with cases.open(case) as opened:
        joined = held_together(opened.file.decisions(), theirs)
        taken = joined.taken(take, user())
        here = set(opened.file.article_ids())
        for decision in taken:
            opened.decide(decision)
        opened.link()
    say(f"{len(taken)} decisions taken, {joined.known} were in the case already")
    if waiting := sum(not {t.article for t in d.targets} <= here for d in taken):
        say(f"{waiting} are about articles that the case does not hold; they count when these are read")
    for conflict in joined.conflicts:
        print()
        say(f"theirs: {conflict.theirs.who}, {conflict.theirs.when}: {_line(conflict.theirs)}")
        mine = _line(conflict.mine, conflict.stands)
        say(f"mine:   {conflict.number}, {conflict.mine.who}, {conflict.mine.when}: {mine}")
    if joined.conflicts and take is None:
        fail(
            f"{len(joined.conflicts)} decisions contradict those of the case and were not taken. "
            "Undo yours, or import again with --take theirs or --take mine."
        )


@app.command(epilog="Lines to try:  `dragoman star inquiry.case event-0123456789abcdef`")
def star(case: CasePath, record: NameArgument, undo: Undo = False) -> None:
    """Mark a fact, an article or an actor with a star."""
    _decide(case, "star", [record], undo=undo)


@app.command(epilog='Lines to try:  `dragoman tag inquiry.case Kovalenko "to be asked"`')
def tag(
    case: CasePath,
    record: NameArgument,
    words: Annotated[str, typer.Argument(metavar="TAG")],
    undo: Undo = False,
) -> None:
    """Put a tag on a fact, an article or an actor."""
    _decide(case, "tag", [record], value=words, undo=undo)


@app.command(epilog='Lines to try:  `dragoman note inquiry.case Kovalenko "Calls back on Monday."`')
def note(
    case: CasePath,
    record: NameArgument,
    words: Annotated[str, typer.Argument(metavar="NOTE")],
    undo: Undo = False,
) -> None:
    """Write a note on a fact, an article or an actor."""
    _decide(case, "note", [record], value=words, undo=undo)


@app.command(
    "add",
    epilog='Lines to try:  `dragoman add inquiry.case article-0123456789abcdef "The ferry sank on Monday" --type '
    "ACCIDENT --when 2024-06-10`",
)
def add_fact(
    case: CasePath,
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id.")],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="The words of the article that tell it.")],
    type_: Annotated[str, typer.Option("--type", help="A PLOVER type, with its mode: AID, AID/protect ...")],
    when: Annotated[str, typer.Option(help="The day, or a stretch of days.")] = "",
    who: Annotated[str, typer.Option(help="Names, with ; between them.")] = "",
    whom: Annotated[str, typer.Option(help="Names, with ; between them.")] = "",
    place: Annotated[str, typer.Option(help="Where it was.")] = "",
    status: Annotated[str, typer.Option(help="happened, ongoing, planned, possible, denied, alleged.")] = "",
    why: Why = "",
) -> None:
    """Add an event that was not read, by the words of an article that tell it; it outlives re-reading."""
    from dragoman import case as cases
    from dragoman.telling.deciding import BadDecision
    from dragoman.telling.pointing import NotOne

    given = {"type": type_, "when": when, "who": who, "whom": whom, "place": place, "status": status}
    with cases.open(case) as opened:
        try:
            proposal = opened.propose_fact(article, words, given, why=why)
            number = opened.decide(proposal.decision)
        except (NotOne, BadDecision) as error:
            fail(str(error))
        say(proposal.shown)
        say(f"decision {number} is kept; undo it with: dragoman undo {case} {number}")
        opened.link()


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
    from dragoman.telling.deciding import take_back

    wanted = {(t.kind, t.name or t.article) for t in meant}
    standing = [
        n
        for n, d, stands in opened.file.decisions()
        if stands and d.kind == kind and d.field == field
        if {(t.kind, t.name or t.article) for t in d.targets} == wanted
    ]
    if not standing:
        fail("there is no such decision that stands. All of them: dragoman decisions CASE")
    take_back(opened.file, standing[-1])
    say(f"decision {standing[-1]} is undone")
