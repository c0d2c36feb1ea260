"""What a person judges: `join`, `split`, `rename`, `accept`, `reject`, `set`, `remove`, `undo`, `decisions`; a person's
own hand: `star`, `tag`, `note`, `add`.

A decision names what it is about by the places in articles where that is told, so it outlives every
re-reading; linking obeys it.
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import CasePath, app, complain, fail, say, write

if TYPE_CHECKING:
    from dragoman.case import Case
    from dragoman.model import Decision, Target

Why = Annotated[str, typer.Option(help="Why, for the history.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take such a decision back.")]
NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="An actor's or place's name, or a record's id.")
]


Names = Annotated[
    list[str],
    typer.Argument(
        metavar="NAME...", help="Actors' or places' names, or records' ids; - reads them from standard input."
    ),
]


@app.command(epilog='Lines to try:  `dragoman join inquiry.case Kovalenko "Oleh Kovalenko" --why spelling`')
def join(case: CasePath, names: Names, why: Why = "", undo: Undo = False) -> None:
    """Two or more actors (places, events ...) are one."""
    _decide(case, "join", listed(names), why=why, undo=undo)


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


@app.command(
    epilog="Lines to try:  `dragoman accept inquiry.case event-0123456789abcdef event-123456789abcdef0`"
)
def accept(case: CasePath, records: Names, why: Why = "", undo: Undo = False) -> None:
    """Facts are right, whatever their confidence."""
    _decide_many(case, "accept", records, why=why, undo=undo)


@app.command(
    epilog='Lines to try:  `dragoman reject inquiry.case event-0123456789abcdef --why "a quotation of a film"`  ·  '
    "`dragoman search inquiry.case film --json | jq -r .id | dragoman reject inquiry.case -`"
)
def reject(case: CasePath, records: Names, why: Why = "", undo: Undo = False) -> None:
    """Facts, or lines of the chronology, are wrong: they are left out from now on."""
    _decide_many(case, "reject", records, why=why, undo=undo)


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


@app.command(
    epilog="Lines to try:  `dragoman undo inquiry.case`  ·  `dragoman undo inquiry.case 12 --together`"
)
def undo(
    case: CasePath,
    number: Annotated[
        int | None,
        typer.Argument(
            help="A decision's number (default: the last, with all that were made in one act with it)."
        ),
    ] = None,
    together: Annotated[
        bool, typer.Option("--together", help="With all that were made in one act with it.")
    ] = False,
) -> None:
    """Take a decision back. It stays in the history as undone."""
    from dragoman import case as cases
    from dragoman.telling.deciding import take_back

    with cases.open(case) as opened:
        others = opened.file.in_one_act(number)
        taken = take_back(opened.file, [number] if number is not None and not together else others)
        opened.link()
    if not taken:
        fail("there is no such decision to undo. All of them: dragoman decisions CASE")
    if len(taken) == 1:
        say(f"decision {taken[0]} is undone")
    else:
        say(f"decisions {spans(taken)} are undone")
    if left := [n for n in others if n not in taken]:
        say(
            f"made in one act with it, and standing: {spans(left)}; dragoman undo {case} {left[0]} --together"
        )


def spans(numbers: list[int]) -> str:
    """`3-7, 9`."""
    runs: list[list[int]] = []
    for n in sorted(numbers):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


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
        opened.decide_all(taken)
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
def star(case: CasePath, records: Names, undo: Undo = False) -> None:
    """Mark facts, articles or actors with a star."""
    _decide_many(case, "star", records, undo=undo)


@app.command(epilog='Lines to try:  `dragoman tag inquiry.case Kovalenko "to be asked"`')
def tag(
    case: CasePath,
    records: Names,
    words: Annotated[str, typer.Argument(metavar="TAG")],
    undo: Undo = False,
) -> None:
    """Put a tag on facts, articles or actors."""
    _decide_many(case, "tag", records, value=words, undo=undo)


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


def listed(names: list[str]) -> list[str]:
    """Names as they are given; of `-` those on the lines of standard input, as many as one act may be about."""
    from dragoman.telling.bulk import AT_ONCE

    if names != ["-"]:
        return names
    lines = (line.strip() for line in islice(sys.stdin, 10 * AT_ONCE))
    return list(islice((line for line in lines if line), AT_ONCE + 1))


def _decide_many(
    path: Path, kind: str, about: list[str], value: str | None = None, why: str = "", undo: bool = False
) -> None:
    """Decide on records in one act; those that cannot be decided on are named, and the others kept."""
    from dragoman import case as cases
    from dragoman.telling.deciding import BadDecision
    from dragoman.telling.pointing import NotOne

    about = listed(about)
    if len(about) == 1 or undo:
        for one in about:
            _decide(path, kind, [one], value=value, why=why, undo=undo)
        return
    with cases.open(path) as opened:
        try:
            proposed = opened.propose_all(kind, about, value, why)
            numbers = opened.decide_all(proposed.decisions)
        except (NotOne, BadDecision) as error:
            fail(str(error))
        undone = f"{numbers[0]} --together" if len(numbers) > 1 else f"{numbers[0]}"
        say(f"{kind}: {len(numbers)}, decisions {spans(numbers)}; undo with: dragoman undo {path} {undone}")
        for left in proposed.refused:
            complain(f"{left.about}: left as it was: {left.why}")
        opened.link()
    if proposed.refused:
        raise typer.Exit(1)


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
    take_back(opened.file, standing[-1:])
    say(f"decision {standing[-1]} is undone")
